from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.errors import PresetError
from photoshoot.files import JsonObject, load_json

FILE = Path("looks.json")
NAMES = st.sets(st.sampled_from(["id", "text", "tags", "weight", "other"]))


def read(
    data: object, required: tuple[str, ...] = ("id",), optional: tuple[str, ...] = ("tags", "weight")
) -> JsonObject:
    return JsonObject(FILE, "[3]", data, required=required, optional=optional)


@given(there=NAMES, required=NAMES, optional=NAMES)
def test_every_required_key_and_no_unknown_one_may_be_there(
    there: set[str], required: set[str], optional: set[str]
) -> None:
    data = dict.fromkeys(there, "word")
    if required <= there <= required | optional:
        found = read(data, tuple(required), tuple(optional))
        assert all(found.text(name) == "word" for name in there)
    else:
        with pytest.raises(PresetError, match=r"looks\.json"):
            read(data, tuple(required), tuple(optional))


def test_a_complaint_names_file_key_and_reason() -> None:
    with pytest.raises(PresetError, match=r"looks\.json.*\[3\]\.id.*is missing"):
        read({})
    with pytest.raises(PresetError, match=r"\[3\]\.tag.*tags"):
        read({"id": "a", "tag": []})
    with pytest.raises(PresetError, match=r"\[3\].*must be an object"):
        read([])


def test_values_are_of_their_kind_and_absent_ones_are_the_default() -> None:
    found = read({"id": "a", "weight": 2, "tags": ["x", "y z"]})
    assert found.value("weight", int, 7) == 2
    assert read({"id": "a"}).value("weight", int, 7) == 7
    assert found.strings("tags") == ("x", "y z")
    assert read({"id": "a"}).strings("tags") == ()
    with pytest.raises(PresetError, match=r"\[3\]\.weight.*of type str, not 2"):
        found.value("weight", str, "")


@pytest.mark.parametrize("tags", [["a", ""], ["a", 1], [" "], "word", None])
def test_words_are_texts_that_are_not_blank(tags: object) -> None:
    with pytest.raises(PresetError, match=r"\[3\]\.tags"):
        read({"id": "a", "tags": tags}).strings("tags")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_blank_text_is_empty(text: str) -> None:
    with pytest.raises(PresetError, match=r"\[3\]\.id.*is empty"):
        read({"id": text}).text("id")
    assert read({"id": " a "}).text("id") == " a "


@pytest.mark.parametrize("content", ["{", "\x00", "[" * 100_000, '{"a": 1} b'])
def test_a_file_that_is_no_json_is_refused_by_its_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "looks.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PresetError, match=r"looks\.json.*is not JSON"):
        load_json(path)


def test_a_file_is_decoded_and_one_that_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "looks.json"
    path.write_text('{"a": [1, "é"]}', encoding="utf-8")
    assert load_json(path) == {"a": [1, "é"]}
    with pytest.raises(PresetError, match="can't be read"):
        load_json(tmp_path / "gone.json")
