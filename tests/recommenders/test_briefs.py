from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from photoshoot.director import direct
from photoshoot.errors import PresetError
from photoshoot.files import find_data
from photoshoot.presets import PresetRegistry
from photoshoot.recommenders.briefs import VARIED, BriefWriter, pair_moods, turn_lights
from photoshoot.records import Category
from photoshoot.sets import SETS, set_name
from tests.recommenders.making import colored_product
from tests.sweeps import sampled

WRITER = BriefWriter()
GRAMMAR: dict[str, Any] = json.loads((find_data("presets") / "prompt_grammar.json").read_text(encoding="utf-8"))
SLOTS = ("surface", "setting", "light", "mood")
NAMES = ("shoes", "cushion", "marble run", "desk", "window", "wooden spoon", "plate", "box", "glass", "lamp", "paper")


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("digest", ["a", "b", "c", "d", "e"])
def test_four_prompts_that_differ_in_surface_setting_and_light(category: Category, digest: str) -> None:
    product = colored_product("#1f5fd6", "#f8f8f7", category=category, digest=digest)
    prompts = WRITER.write(product)
    assert len(set(prompts)) == 4
    lights = [prompt.split(", ")[-2] for prompt in prompts]
    assert len(set(lights)) == 4
    assert all(re.fullmatch(r"(on|laid|floating) [a-z ,-]+", prompt) for prompt in prompts), prompts


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


FAMILY_SETS = {
    "concrete": {"tabletop", "podium"},
    "crystals": {"tabletop", "podium"},
    "rocks": {"tabletop", "rocks"},
    "wood": {"tabletop", "garden"},
}
"""Families of scenes that words build in two ways; every other family is one set."""


def prompts_of(scene: dict[str, Any], colors: list[str]) -> Iterator[str]:
    for surface, setting, light, mood in itertools.product(*(scene[slot] for slot in SLOTS)):
        yield from {f"{surface} {setting}, {light}, {mood}".replace("{color}", color) for color in colors}


def test_the_director_reads_every_prompt_of_the_grammar() -> None:
    registry, built = PresetRegistry.load(), defaultdict(set)
    for name, scene in GRAMMAR["scenes"].items():
        prompts = prompts_of(scene, scene.get("colors", GRAMMAR["colors"])[:2])
        for prompt in sampled(prompts, lambda prompt: prompt.partition(",")[0]):
            direction = direct(prompt, registry)
            assert direction.nearest_preset_id is None, prompt
            assert direction.confidence >= 0.6, (prompt, direction.reading)
            assert not direction.unread, (prompt, direction.reading)  # what we propose ourselves, we show
            built[scene["family"], name].add(set_name(direction.design))
    for (family, name), sets in built.items():
        assert sets == FAMILY_SETS.get(family, sets if len(sets) == 1 else None), (name, sets)
    assert set().union(*built.values()) == set(SETS)


def test_the_director_reads_the_scenes_alike_however_their_light_and_mood_are_said() -> None:
    registry = PresetRegistry.load()
    for name, scene in GRAMMAR["scenes"].items():
        told = [VARIED[slot](scene[slot]) if slot in VARIED else scene[slot] for slot in SLOTS]
        color = scene.get("colors", GRAMMAR["colors"])[0]
        plain = direct(next(prompts_of(scene, [color])), registry)
        said = zip(*(itertools.islice(itertools.cycle(texts), len(max(told, key=len))) for texts in told), strict=True)
        for parts in sampled(said, lambda parts: parts[2]):  # each light of each scene
            surface, setting, light, mood = parts
            direction = direct(f"{surface} {setting}, {light}, {mood}".replace("{color}", color), registry)
            assert direction.nearest_preset_id is None, parts
            assert direction.confidence >= 0.6, (parts, direction.reading)
            assert not direction.unread, (parts, direction.reading)
            assert set_name(direction.design) in {set_name(plain.design), *FAMILY_SETS.get(scene["family"], ())}, (
                name,
                parts,
            )


def test_neighbours_in_a_catalogue_hardly_ever_share_a_prompt() -> None:
    shared, pairs = 0, 0
    for category in Category:
        written = [
            set(WRITER.write(colored_product("#1f5fd6", category=category, digest=f"photo {number}")))
            for number in range(60)
        ]
        pairs += len(written) - 1
        shared += sum(bool(one & other) for one, other in itertools.pairwise(written))
    assert shared <= 0.01 * pairs, f"{shared} of {pairs}"


@pytest.mark.parametrize(
    ("texts", "more"),
    [
        (["soft studio light"], {"soft studio light from the left", "soft studio light from the upper right"}),
        (["hard side light"], {"hard light from the left", "hard light from the right"}),
        (["low evening sun"], {"low evening sun from the left", "low evening sun from the right"}),
        (["overcast light", "hard sun from the left", "bright midday sun", "strong rim light"], set()),
    ],
)
def test_only_a_light_of_no_direction_comes_from_the_sides(texts: list[str], more: set[str]) -> None:
    found = turn_lights(texts)
    assert list(found[: len(texts)]) == texts
    assert more <= set(found)
    assert more or list(found) == texts
    assert not any("low" in text and "upper" in text for text in found)


def test_moods_of_two_words_pair_anew() -> None:
    found = pair_moods(["calm and clean", "fresh and calm", "like a long weekend"])
    assert {"calm and fresh", "clean and fresh", "like a long weekend"} <= set(found)
    assert not any(re.fullmatch(r"(\S+) and \1", text) for text in found)
    assert len(found) == len(set(found))


def test_a_category_has_scenes_of_sets_that_suit_it() -> None:
    wanted = {"drink": "pool", "footwear": "gym", "sport": "gym", "garment": "hanger_wall", "toy": "balloons"}
    for category, scene in wanted.items():
        assert scene in GRAMMAR["categories"][category][:3]


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
    grammar = GRAMMAR
    file = tmp_path / "grammar.json"
    file.write_text(json.dumps(grammar | change), encoding="utf-8")
    with pytest.raises(PresetError, match=re.escape(key)):
        BriefWriter(file)
