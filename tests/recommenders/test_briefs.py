from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from photoshoot.data import find_data
from photoshoot.errors import PresetError
from photoshoot.recommenders.briefs import BriefWriter
from photoshoot.records import Category
from tests.recommenders.making import colored_product

WRITER = BriefWriter()
NAMES = ("shoes", "cushion", "marble run", "desk", "window", "wooden spoon", "plate", "box", "glass", "lamp", "paper")


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("digest", ["a", "b", "c", "d", "e"])
def test_four_prompts_that_differ_in_surface_setting_and_light(category: Category, digest: str) -> None:
    product = colored_product("#1f5fd6", "#f8f8f7", category=category, digest=digest)
    prompts = WRITER.write(product)
    assert len(set(prompts)) == 4
    lights = [prompt.split(", ")[-2] for prompt in prompts]
    assert len(set(lights)) == 4
    assert all(re.fullmatch(r"(on|laid) [a-z ,-]+", prompt) for prompt in prompts), prompts


def test_the_same_photo_gets_the_same_prompts_and_another_gets_others() -> None:
    first, again, other = (WRITER.write(colored_product("#1f5fd6", digest=digest)) for digest in ("a", "a", "b"))
    assert first == again
    assert first != other


@pytest.mark.parametrize("name", NAMES)
def test_the_product_is_never_named(name: str) -> None:
    stems = {word.removesuffix("s") for word in name.split()}
    for digest in "abcdef":
        for category in (Category.HOME, Category.TABLEWARE, Category.BOX):
            prompts = WRITER.write(colored_product("#1f5fd6", category=category, digest=digest, name=name))
            assert len(prompts) == 4
            for prompt in prompts:
                assert not stems & {word.removesuffix("s") for word in re.findall("[a-z]+", prompt)}, prompt


def test_a_white_product_is_not_put_before_white() -> None:
    for digest in "abcdefgh":
        for prompt in WRITER.write(colored_product("#f8f8f7", category=Category.BEAUTY, digest=digest)):
            assert "cream" not in prompt.split(", ")[0]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"colors": ["sage", "greenish"]}, "colors"),
        ({"categories": {}}, "categories.drink"),
        ({"scenes": {"x": {"family": "a"}}}, "scenes.x.backdrop"),
        ({"more": 1}, "more"),
    ],
)
def test_a_malformed_grammar_is_refused_with_its_key(tmp_path: Path, change: dict[str, object], key: str) -> None:
    grammar = json.loads((find_data("presets") / "prompt_grammar.json").read_text(encoding="utf-8"))
    file = tmp_path / "grammar.json"
    file.write_text(json.dumps(grammar | change), encoding="utf-8")
    with pytest.raises(PresetError, match=re.escape(key)):
        BriefWriter(file)
