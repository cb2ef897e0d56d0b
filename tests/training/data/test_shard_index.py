from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import TrainingDataError
from photoshoot.training.data.shard_index import Member, scan_shard
from photoshoot.training.data.tars import join_samples
from tests.training.data.making import make_sample, write_shard

SAMPLES = [make_sample(f"{number:08}", f"product {number}", seed=number, size=(9 + number, 7)) for number in range(3)]
SAMPLES[1] = replace(SAMPLES[1], shadow=None, source="photo")


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    return write_shard(tmp_path / "shard-00000.tar", *SAMPLES)


def test_what_is_known_without_decoding_is_what_was_written(shard: Path) -> None:
    entries = scan_shard(shard)
    for entry, sample in zip(entries, SAMPLES, strict=True):
        assert (entry.shard, entry.key, entry.product) == (shard, sample.key, sample.product)
        assert (entry.caption, entry.source) == (sample.caption, sample.source)
        assert entry.size == (sample.image.shape[1], sample.image.shape[0])
        assert (entry.shadow is None) is (sample.shadow is None)


def test_the_bytes_at_a_members_place_are_its_file(shard: Path) -> None:
    data = shard.read_bytes()

    def decode(member: Member) -> np.ndarray:
        return np.asarray(Image.open(io.BytesIO(data[member.offset : member.offset + member.size])))

    for entry, sample in zip(scan_shard(shard), SAMPLES, strict=True):
        np.testing.assert_array_equal(decode(entry.picture), sample.image)
        np.testing.assert_array_equal(decode(entry.matte), np.round(sample.alpha_matte * 255))
        if entry.shadow is not None and sample.shadow is not None:
            np.testing.assert_array_equal(decode(entry.shadow), np.round(sample.shadow * 255))


def test_a_shard_is_its_samples_one_after_another(shard: Path, tmp_path: Path) -> None:
    data, entries = shard.read_bytes(), scan_shard(shard)
    assert [entry.start for entry in entries] == [0, *(entry.end for entry in entries[:-1])]
    parts = [data[entry.start : entry.end] for entry in entries]
    assert join_samples(parts) == data
    turned = tmp_path / "turned.tar"
    turned.write_bytes(join_samples(parts[::-1]))
    assert [entry.key for entry in scan_shard(turned)] == [sample.key for sample in SAMPLES[::-1]]


def test_a_file_that_is_no_tar_and_one_that_is_gone_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"no tar at all" * 100)
    for name in ("a.tar", "gone.tar"):
        with pytest.raises(TrainingDataError, match=f"{name}.*can't be read"):
            scan_shard(tmp_path / name)
