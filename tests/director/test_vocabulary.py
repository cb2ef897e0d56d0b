from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from photoshoot.director.words.vocabulary import read_vocabulary
from photoshoot.errors import PresetError
from photoshoot.files import find_data


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"terms": [{"phrases": ["red"]}]}, "phrases", "'red' is given twice"),
        ({"terms": [{"phrases": ["x"], "vote": {}}]}, "vote", "unknown key"),
        ({"terms": [{"votes": {}}]}, "phrases", "is missing"),
        ({"terms": [{"phrases": ["x"], "votes": {"tabel": 1}}]}, "term", "unknown set"),
        ({"terms": [{"phrases": ["x"], "params": {"tabletop": {"material": "gold"}}}]}, "term", "material"),
        ({"terms": [{"phrases": ["x"], "light": {"rim": 2}}]}, "term", "rim"),
        ({"terms": [{"phrases": ["x"], "role": "roof"}]}, "role", "must be one of"),
        ({"terms": [{"phrases": ["x"], "color": "red"}]}, "term", "#rrggbb"),
        ({"colors": {"beautiful": "nice"}}, "colors", "#rrggbb"),
        ({"sets": {"podium": {"base": {}, "roles": {"any": ["roof_color"]}, "follows": []}}}, "sets", "unknown key"),
        ({"ignored": [3]}, "ignored", "array of words"),
    ],
)
def test_bad_vocabulary_names_file_key_and_reason(
    tmp_path: Path, change: dict[str, Any], key: str, reason: str
) -> None:
    data = json.loads((find_data("presets") / "director.json").read_text(encoding="utf-8"))
    file = tmp_path / "director.json"
    file.write_text(json.dumps({**data, **change}), encoding="utf-8")
    with pytest.raises(PresetError) as caught:
        read_vocabulary(file)
    assert caught.value.file == str(file)
    assert caught.value.key.endswith(key)
    assert reason in caught.value.reason
