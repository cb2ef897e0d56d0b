"""What is said of a noun that is not shown is told with it, and nothing in the picture comes from it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from photoshoot.director import Direction
from photoshoot.sets import set_name
from tests.director.reading import read
from tests.sweeps import examples

_SCENES = (
    *("on an oak table", "in a garden", "plain grey background", "against a beige wall", "on a slate podium"),
    *("on a bathroom counter", "on a sandy beach", "in a kitchen", "on a blue cloth"),
)
_NOUNS = (
    *("typewriter", "fountain", "kettle", "statue", "guitar", "radio", "globe", "ladder", "birdcage", "telescope"),
    *("piano", "toolbox", "gramophone", "helmet", "chandelier", "harp", "goblet", "sundial", "trunk", "windmill"),
    *("railing", "jug", "chest", "gate"),
)
"""Nouns that the director has never heard of."""
_MADE_OF = (
    *("leather", "marble", "brass", "velvet", "glass", "concrete", "stone", "wooden", "wet", "glossy", "matte"),
    *("mossy", "bamboo", "silk", "linen", "terracotta", "frosted", "rippled", "weathered"),
)
_LEADS = (
    *("beside a {}", "next to a {}", "behind it a {}", "under a {}", "between two {}s", "with a {}", "and a {}"),
    *(", a {}", "near a {}", "in front of a {}", "by a {}", "below a {}", "around a {}", "overlooking a {}"),
    *("reflected in a {}", "through a {}"),
)


def _is_told(direction: Direction, word: str) -> bool:
    fates = {entry.fate for entry in direction.account if entry.written.lower() in (word, f"{word}s")}
    return fates == {"not shown"}


@settings(max_examples=examples(400), deadline=None)
@given(
    scene=st.sampled_from(_SCENES),
    lead=st.sampled_from(_LEADS),
    made=st.sampled_from(_MADE_OF),
    noun=st.sampled_from(_NOUNS),
)
def test_what_an_unknown_thing_is_of_is_told_and_changes_nothing(scene: str, lead: str, made: str, noun: str) -> None:
    assume(
        noun in " ".join(read(f"{made} {noun}").unread)
    )  # a wooden chest is heard of: a wooden table stands in for it
    joint = "" if lead.startswith(",") else " "
    direction = read(f"{scene}{joint}{lead.format(f'{made} {noun}')}")
    bare = read(f"{scene}{joint}{lead.format(noun)}")
    assert _is_told(direction, noun)
    if set_name(bare.design) == set_name(read(scene).design):  # a noun that stands in water or a mirror may change it
        assert _is_told(direction, made), direction.reading
        assert direction.design == bare.design, direction.reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain grey background near a velvet table", "velvet"),
        ("tatami mat, bamboo screen", "bamboo screen"),
        ("on an oak table beside a table clock", "table clock"),
        ("on a sandy beach beside a bamboo window", "bamboo window"),
        ("on a bathroom counter near mossy cubes", "mossy cubes"),
        ("on an oak table between two matte ladders", "matte ladders"),
    ],
)
def test_what_describes_a_thing_that_is_not_shown_is_told_with_it(text: str, told: str) -> None:
    assert told in " ".join(read(text).unread), read(text).reading


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on a walnut zorble, sage wall", "walnut"),
        ("in a marble zorble", "marble"),
        ("walnut zorble, candles", "walnut"),
        ("on the edge of a marble zorble", "marble"),
        ("oak table gleaming in the sun", "oak"),
        ("on white marble with rosemary stalks", "rosemary"),
        ("on white marble, candles everywhere", "candles"),
    ],
)
def test_what_the_product_stands_on_and_what_is_no_thing_keeps_what_is_said_of_it(text: str, shown: str) -> None:
    assert not _is_told(read(text), shown), read(text).reading


@pytest.mark.parametrize("scene", _SCENES)
@pytest.mark.parametrize("made", ["leather", "linen", "silk", "concrete"])
def test_what_is_told_fixes_nothing(scene: str, made: str) -> None:
    for noun in ("counter", "lamp", "pillow", "door"):
        direction, bare = read(f"{scene} and a {made} {noun}"), read(f"{scene} and a {noun}")
        if _is_told(direction, made) and _is_told(direction, noun) and _is_told(bare, noun):
            assert direction.design == bare.design, direction.reading


@pytest.mark.parametrize("made", ["velvet", "wooden", "stone", "matte", "glossy"])
@pytest.mark.parametrize("scene", ["on an oak table", "on a slate podium", "on a sandy beach"])
def test_what_a_thing_is_of_takes_nothing_from_its_number(made: str, scene: str) -> None:
    for thing in ("candle", "pumpkin", "book"):
        design = read(f"{scene} with a {made} {thing}").design
        assert getattr(design, "counts", ()) == (1,), (scene, made, thing)
        assert design == read(f"{scene} with a {thing}").design, (scene, made, thing)


@pytest.mark.parametrize("thing", ["wooden chest", "wooden barrel", "hay bale", "log pile"])
@pytest.mark.parametrize("where", ["in a garden", "in a kitchen"])
@pytest.mark.parametrize("by", ["beside", "next to", "near"])
def test_a_thing_beside_the_product_paints_no_table(where: str, by: str, thing: str) -> None:
    """New examples found it: a chest in a garden was told as stood in for by its colour, which the table had."""
    direction = read(f"{where} {by} a {thing}")
    assert direction.design == read(where).design
    assert thing in " ".join(direction.unread)
    assert "wood" in str(vars(read(f"on a {thing}").design)), "what it stands on is stood in for"
