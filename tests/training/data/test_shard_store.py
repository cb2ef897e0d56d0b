from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.errors import InputError
from photoshoot.training.data.shard_manifest import Manifest, Skipped
from photoshoot.training.data.shard_store import UNFINISHED, ShardStore
from photoshoot.training.data.tars import encode_sample
from tests.catalogue.products import read_tree
from tests.training.data.making import make_sample


def open_store(out: Path, count: int) -> ShardStore:
    return ShardStore(out, {"seed": 1}, count=count, shard_size=3)


def make(index: int) -> bytes | Skipped:
    if index == 1:
        return Skipped(index=1, id="broken", reason="no picture")
    return encode_sample(make_sample(f"{index:08}", seed=index), "png", {})


def fill(out: Path, count: int, order: list[int] | None = None) -> Manifest:
    store = open_store(out, count)
    for index in order or store.left():
        store.add(index, make(index))
    return store.finish()


def test_bytes_depend_neither_on_the_order_nor_on_when_the_number_grew(tmp_path: Path) -> None:
    whole = fill(tmp_path / "whole", 7)
    assert (whole.samples, [shard.members for shard in whole.shards]) == (6, [3, 3, 1])
    assert [skipped.id for shard in whole.shards for skipped in shard.skipped] == ["broken"]
    fill(tmp_path / "mixed", 7, [6, 3, 0, 5, 1, 4, 2])
    for count in (2, 4, 7):
        fill(tmp_path / "grown", count)
    for other in ("mixed", "grown"):
        assert read_tree(tmp_path / other) == read_tree(tmp_path / "whole")


def test_a_run_that_was_killed_before_it_cleaned_up_loses_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "whole", 4)
    store = open_store(tmp_path / "killed", 4)
    for index in (0, 1, 2):
        store.add(index, make(index))
    left_over = tmp_path / "killed" / UNFINISHED
    for name in ("00000000.tar", "00000009.tar", f".{'a' * 16}.tmp"):
        (left_over / name).write_bytes(b"stale")
    again = open_store(tmp_path / "killed", 4)
    assert again.left() == [3]
    assert list(left_over.iterdir()) == []
    again.add(3, make(3))
    again.finish()
    assert read_tree(tmp_path / "killed") == read_tree(tmp_path / "whole")


def test_samples_that_wait_for_their_shard_are_kept_and_closed(tmp_path: Path) -> None:
    store = open_store(tmp_path, 3)
    store.add(2, make(2))
    store.add(0, make(0))
    assert open_store(tmp_path, 3).left() == [1]
    sample = encode_sample(make_sample("00000001"), "png", {})
    (tmp_path / UNFINISHED / "00000001.tar").write_bytes(sample)  # as a run killed before it closed the shard left it
    assert open_store(tmp_path, 3).finish().samples == 3


def test_other_data_and_smaller_ones_are_refused(tmp_path: Path) -> None:
    fill(tmp_path, 4)
    with pytest.raises(InputError, match="other seed"):
        ShardStore(tmp_path, {"seed": 2}, count=4, shard_size=3)
    with pytest.raises(InputError, match="other shard_size"):
        ShardStore(tmp_path, {"seed": 1}, count=4, shard_size=2)
    with pytest.raises(InputError, match="can grow, not shrink"):
        open_store(tmp_path, 3)
    with pytest.raises(InputError, match="is a file"):
        open_store(tmp_path / "manifest.json", 4)
