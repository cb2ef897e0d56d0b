from __future__ import annotations

import json
from typing import Any

import pytest

from photoshoot.captioners.answers import UnusableAnswerError, read_answer, read_translation
from photoshoot.records import Category

GOOD: dict[str, Any] = {
    "name": "Running Shoes",
    "description": "blue mesh running shoes with white soles",
    "category": "Footwear",
    "prompts": [
        "On wet asphalt at night, neon signs behind, hard rim light",
        "on red clay of a running track, low sun",
        "in a locker room on a wooden bench, cool daylight",
        "on a concrete ledge above the city, overcast light.",
    ],
}


def test_a_good_answer_is_read_and_tidied() -> None:
    answer = read_answer(f"Sure! ```json\n{json.dumps(GOOD)}\n``` Anything else?", 0.7)
    assert (answer.name, answer.category, answer.confidence) == ("running shoes", Category.FOOTWEAR, 0.7)
    assert answer.description == "Blue mesh running shoes with white soles."
    assert answer.prompts[0].startswith("on wet asphalt")
    assert answer.prompts[3].endswith("overcast light")


def test_an_article_is_no_part_of_a_name() -> None:
    assert read_answer(json.dumps({**GOOD, "name": "A ceramic vase."}), 1).name == "ceramic vase"


SCENES = GOOD["prompts"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": None}, "'name' must be a text"),
        ({"name": ""}, "'name' must have 1 to 6 words"),
        ({"name": "123"}, "'name' must have 1 to 6 words"),
        ({"name": "a very long name that goes on and on"}, "'name' must have 1 to 6 words"),
        ({"description": "shoes"}, "'description' must have 3 to 70 words"),
        ({"description": ["blue", "shoes", "here"]}, "'description' must be a text"),
        ({"category": "shoes"}, "'category' must be one of drink, food"),
        ({"category": 3}, "'category' must be one of"),
        ({"prompts": SCENES[:3]}, "'prompts' must be a list of 4 texts"),
        ({"prompts": " ".join(SCENES)}, "'prompts' must be a list of 4 texts"),
        ({"prompts": [*SCENES[:3], 7]}, "'prompt 4' must be a text"),
        ({"prompts": [*SCENES[:3], "on a table"]}, "'prompt 4' must have 4 to 60 words"),
        ({"prompts": [*SCENES[:3], SCENES[0].upper()]}, "the prompts must differ from each other"),
        ({"prompts": [*SCENES[:3], "on sand, a shoe in the sun"]}, "prompt 4 must not name the product"),
    ],
)
def test_a_fault_is_named(change: dict[str, object], fault: str) -> None:
    with pytest.raises(UnusableAnswerError) as raised:
        read_answer(json.dumps({**GOOD, **change}), 1)
    assert fault in str(raised.value)


@pytest.mark.parametrize("key", GOOD)
def test_a_missing_key_is_named(key: str) -> None:
    with pytest.raises(UnusableAnswerError, match=f"the key '{key}' is missing"):
        read_answer(json.dumps({name: value for name, value in GOOD.items() if name != key}), 1)


@pytest.mark.parametrize(
    "text", ["", "I see shoes.", "[1, 2]", '{"name": "shoes"', "{'name': 'shoes'}", '{"name": "a" "b"}', "{" * 9000]
)
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(UnusableAnswerError, match="JSON"):
        read_answer(text, 1)


def test_translations_are_read() -> None:
    assert read_translation('{"english": " on  a table "}') == "on a table"
    for text in ('{"english": ""}', '{"german": "auf"}', '{"english": 3}', "on a table"):
        with pytest.raises(UnusableAnswerError):
            read_translation(text)
