from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

from photoshoot.errors import InputError, SettingsError, TrainingDataError
from photoshoot.training.data import hold_out_products, open_training_data
from photoshoot.training.data.shard_index import scan_shard
from photoshoot.training.samples import TrainingData
from tests.catalogue.products import read_tree
from tests.training.data.making import make_sample, write_shard


def test_samples_come_back_as_they_were_written_in_any_order(tmp_path: Path) -> None:
    samples = [
        make_sample(f"{number:08}", f"product {number}", seed=number, size=(9 + number, 7)) for number in range(5)
    ]
    write_shard(tmp_path / "shard-00000.tar", *samples[:2])
    write_shard(tmp_path / "shard-00001.tar", *samples[2:])
    data = open_training_data(tmp_path)
    assert len(data) == 5
    for index in (4, 0, 3, -1):
        read, written = data[index], samples[index]
        np.testing.assert_array_equal(read.image, written.image)
        assert written.shadow is not None
        assert read.shadow is not None
        np.testing.assert_allclose(read.alpha_matte, written.alpha_matte, atol=1e-6)
        np.testing.assert_allclose(read.shadow, written.shadow, atol=1e-6)
        assert (read.key, read.caption, read.product) == (written.key, written.caption, written.product)
        assert data.size_of(index) == (written.image.shape[1], 7)
        assert data.product_of(index) == written.product


def test_folders_are_joined(tmp_path: Path) -> None:
    for name in ("rendered", "photos"):
        write_shard(tmp_path / name / "one.tar", make_sample("00000000"))
    data = open_training_data(tmp_path / "rendered", tmp_path / "photos")
    assert [data[index].key for index in range(2)] == ["rendered/00000000", "photos/00000000"]
    with pytest.raises(InputError, match="different names"):
        open_training_data(tmp_path / "photos", tmp_path / "photos")
    for wrong, told in ((tmp_path / "rendred", "is not there"), (tmp_path / "photos" / "one.tar", "is not a folder")):
        with pytest.raises(TrainingDataError, match=told):
            open_training_data(wrong)
    with pytest.raises(TrainingDataError, match="no samples"):
        open_training_data(tmp_path)


def test_other_peoples_tars_are_read_too(tmp_path: Path) -> None:
    write_shard(tmp_path / "own" / "one.tar", make_sample("00000000"), make_sample("00000001", seed=1))
    with tarfile.open(tmp_path / "own" / "one.tar") as own:
        for member in own.getmembers():
            unpacked = tmp_path / "files.v1" / member.name
            unpacked.parent.mkdir(parents=True, exist_ok=True)
            packed = own.extractfile(member)
            assert packed is not None
            unpacked.write_bytes(packed.read())
    with tarfile.open(tmp_path / "theirs.tar", "w") as theirs:
        theirs.add(tmp_path / "files.v1", arcname="./files.v1")
    data, same = open_training_data(tmp_path), open_training_data(tmp_path / "own")
    by_key = {data[index].key: data[index].image for index in range(2)}
    np.testing.assert_array_equal(by_key["./files.v1/00000001"], same[1].image)
    write_shard(tmp_path / "own" / "two.tar", make_sample("00000001"))
    with pytest.raises(TrainingDataError, match="own: 00000001: is the key of more than one"):
        open_training_data(tmp_path / "own")


def test_a_damaged_picture_names_shard_and_key(tmp_path: Path) -> None:
    path = write_shard(tmp_path / "shard-00003.tar", make_sample("00000006"), make_sample("00000007"))
    entry, data = scan_shard(path)[1], bytearray(path.read_bytes())
    middle = entry.picture.offset + entry.picture.size // 2
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)
    read = open_training_data(tmp_path)
    assert read[0].key == "00000006"
    with pytest.raises(TrainingDataError, match=r"shard-00003\.tar: 00000007: "):
        read[1]


def test_a_shard_that_is_cut_short_names_shard_and_key(tmp_path: Path) -> None:
    path = write_shard(tmp_path / "shard-00000.tar", make_sample("00000000"), make_sample("00000001", size=(64, 64)))
    path.write_bytes(path.read_bytes()[: scan_shard(path)[1].matte.offset + 100])
    with pytest.raises(TrainingDataError, match=r"shard-00000\.tar: 00000001: "):
        open_training_data(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b"00000000.matte.png", b"00000000.mat0e.png", "has no matte.png"),
        (b'"source": "rendered"', b'"source": "elsewhere"'[:20], "json"),
        (b'"width": 12', b'"width": 13', "12x8 px"),
        (b'"width": 12', b'"widow": 12', "width is missing or wrong"),
    ],
)
def test_malformed_samples_are_refused(before: bytes, after: bytes, words: str, tmp_path: Path) -> None:
    path = write_shard(tmp_path / "one.tar", make_sample("00000000"))
    data = path.read_bytes()
    assert before in data
    path.write_bytes(mend_sums(data.replace(before, after)))
    with pytest.raises(TrainingDataError, match=f"one.tar: 00000000: .*{words}"):
        open_training_data(tmp_path)[0]


def mend_sums(tar: bytes) -> bytes:
    """The tar with right checksums in its headers."""
    blocks = [bytearray(tar[start : start + 512]) for start in range(0, len(tar), 512)]
    for block in blocks:
        if block[257:262] == b"ustar":
            block[148:156] = b" " * 8
            block[148:156] = f"{sum(block):06o}\0 ".encode()
    return b"".join(blocks)


def test_what_the_manifest_names_must_be_there_and_unchanged(rendered: Path, tmp_path: Path) -> None:
    for name, data in read_tree(rendered).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert len(open_training_data(tmp_path, verify=True)) == 5
    shard = tmp_path / "shard-00001.tar"
    data = shard.read_bytes()
    shard.write_bytes(data[:-1] + b"x")
    with pytest.raises(TrainingDataError, match=r"shard-00001\.tar.*digest"):
        open_training_data(tmp_path, verify=True)
    shard.unlink()
    with pytest.raises(TrainingDataError, match=r"shard-00001\.tar: is missing"):
        open_training_data(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(TrainingDataError, match=r"manifest\.json: is damaged"):
        open_training_data(tmp_path)


def test_reading_loads_no_torch_and_no_renderer() -> None:
    names = "'torch', 'mitsuba', 'onnxruntime'"
    code = f"import sys, photoshoot.training.data; print([name for name in ({names}) if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def build(folder: Path, products: int) -> TrainingData:
    samples = [make_sample(f"{number:08}", f"product {number % products}") for number in range(3 * products)]
    write_shard(folder / f"{products}" / "one.tar", *samples)
    return open_training_data(folder / f"{products}")


def names(data: TrainingData) -> list[str]:
    return [data.product_of(index) for index in range(len(data))]


def test_no_product_is_on_both_sides_and_none_is_lost(tmp_path: Path) -> None:
    data = build(tmp_path, 10)
    train, held = hold_out_products(data, 0.25)
    assert not set(names(train)) & set(names(held))
    assert len(set(names(held))) == 3
    keys = sorted([train[index].key for index in range(len(train))] + [held[index].key for index in range(len(held))])
    assert keys == [f"{number:08}" for number in range(30)]
    assert held.size_of(0) == (12, 8)


def test_it_depends_on_the_seed_alone(tmp_path: Path) -> None:
    data = build(tmp_path, 10)
    held = [set(names(hold_out_products(data, 0.2, seed=seed)[1])) for seed in (0, 0, 1, 2, 3)]
    assert held[0] == held[1]
    assert any(held[0] != other for other in held[2:])


def test_both_sides_have_a_product(tmp_path: Path) -> None:
    for share in (0.0, 1.0):
        train, held = hold_out_products(build(tmp_path, 2), share)
        assert len(set(names(train))) == len(set(names(held))) == 1
    with pytest.raises(InputError, match="at least two"):
        hold_out_products(build(tmp_path, 1), 0.5)
    with pytest.raises(SettingsError, match="share"):
        hold_out_products(build(tmp_path, 2), 1.5)
