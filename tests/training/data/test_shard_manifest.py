from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.errors import TrainingDataError
from photoshoot.training.data.shard_manifest import MANIFEST, Manifest, Shard, Skipped, load_manifest

TEXTS = st.text(max_size=12)
SKIPPED = st.builds(Skipped, index=st.integers(0, 99), id=TEXTS, reason=TEXTS)
SHARDS = st.builds(
    Shard,
    number=st.integers(0, 99_999),
    samples=st.integers(0, 9),
    skipped=st.lists(SKIPPED, max_size=3).map(tuple),
    bytes=st.integers(0, 2**40),
    sha256=st.just("0" * 64),
)
VALUES = st.one_of(st.integers(), TEXTS, st.lists(st.integers(), max_size=2))
MANIFESTS = st.builds(
    Manifest, made_from=st.dictionaries(TEXTS, VALUES, max_size=3), shards=st.lists(SHARDS, max_size=3).map(tuple)
)


@given(manifest=MANIFESTS)
@settings(max_examples=25, deadline=None)
def test_any_manifest_comes_back_as_it_was_saved(manifest: Manifest) -> None:
    with tempfile.TemporaryDirectory() as name:
        manifest.save(Path(name))
        assert load_manifest(Path(name)) == manifest
        written = json.loads((Path(name) / MANIFEST).read_bytes())
    assert written["samples"] == sum(shard["samples"] for shard in written["shards"])
    assert [shard["name"] for shard in written["shards"]] == [f"shard-{one.number:05}.tar" for one in manifest.shards]


def test_skipped_samples_are_members_and_no_samples() -> None:
    skipped = tuple(Skipped(index=index, id="a", reason="b") for index in range(2))
    shard = Shard(number=7, samples=3, skipped=skipped, bytes=1, sha256="0" * 64)
    assert (shard.members, shard.name) == (5, "shard-00007.tar")
    assert Manifest(made_from={}, shards=(shard, shard)).samples == 6


def test_a_folder_without_a_manifest_has_none(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) is None


def leave_out(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.pop(name)


@pytest.mark.parametrize(
    "damage",
    [
        leave_out("version"),
        leave_out("shards"),
        leave_out("made_from"),
        lambda data: data.update(version=2),
        lambda data: data["shards"][0].pop("sha256"),
        lambda data: data["shards"][0].update(color="red"),
        lambda data: data["shards"][0].update(skipped=[{"index": 1}]),
    ],
)
def test_a_damaged_manifest_is_refused_by_its_path(damage: Callable[[dict[str, Any]], object], tmp_path: Path) -> None:
    shard = Shard(number=0, samples=1, skipped=(), bytes=1, sha256="0" * 64)
    Manifest(made_from={"seed": 1}, shards=(shard,)).save(tmp_path)
    data = json.loads((tmp_path / MANIFEST).read_bytes())
    damage(data)
    (tmp_path / MANIFEST).write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"manifest\.json.*is damaged"):
        load_manifest(tmp_path)
