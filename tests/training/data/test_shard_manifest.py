import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.errors import TrainingDataError
from photoshoot.training.data.shard_manifest import MANIFEST, Manifest, Shard, Skipped, load_manifest

COUNTS = st.integers(0, 2**40)
SKIPPED = st.builds(Skipped, index=COUNTS, id=st.text(), reason=st.text())
SHARDS = st.builds(
    Shard,
    number=COUNTS,
    samples=COUNTS,
    skipped=st.lists(SKIPPED, max_size=2).map(tuple),
    bytes=COUNTS,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text()
MADE_FROM = st.dictionaries(st.text(), PLAIN | st.lists(PLAIN, max_size=3), max_size=3)


@given(made_from=MADE_FROM, shards=st.lists(SHARDS, max_size=3).map(tuple))
def test_what_is_saved_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, made_from: dict[str, Any], shards: tuple[Shard, ...]
) -> None:
    folder, manifest = tmp_path_factory.mktemp("set"), Manifest(made_from=made_from, shards=shards)
    manifest.save(folder)
    assert load_manifest(folder) == manifest


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bytes": "many"}, r"manifest\.json: shards\[0\]\.bytes: must be .*, not 'many'"),
        ({"skipped": [{"index": 1, "id": "a"}]}, r"manifest\.json: shards\[0\]\.skipped\[0\]\.reason: is missing"),
        ({"smaples": 1}, r"manifest\.json: shards\[0\]\.smaples: .*did you mean samples"),
    ],
)
def test_a_wrong_value_is_told_by_its_place(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    shard = Shard(number=0, samples=2, skipped=(), bytes=9, sha256="0" * 64)
    Manifest(made_from={}, shards=(shard,)).save(tmp_path)
    document = json.loads((tmp_path / MANIFEST).read_bytes())
    document["shards"][0] |= change
    (tmp_path / MANIFEST).write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(TrainingDataError, match=message):
        load_manifest(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2}', '{"version": 1, "shards": [3], "made_from": {}}'])
def test_what_is_no_manifest_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"manifest\.json: is damaged"):
        load_manifest(tmp_path)
