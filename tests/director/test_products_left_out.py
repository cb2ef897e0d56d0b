"""What kind a product is says nothing of its place; and what a set does not show has not named it."""

from __future__ import annotations

import pytest

from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.phrases import list_phrases
from tests.director.reading import read

_PLACES = sorted(
    name
    for name in list_phrases("place")
    if name.isalpha() and max(load_vocabulary().phrases[(name,)].votes.values(), default=0.0) >= 2.5
)
_THINGS = sorted(name for name in list_phrases("props") if name.isalpha())


@pytest.mark.parametrize("where", ["on a walnut table", "on white marble"])
def test_a_products_kind_is_no_place(where: str) -> None:
    wanted = set_name(read(f"zorble {where}").design)
    for place in _PLACES[:: 3 if "walnut" in where else 4]:
        direction = read(f"a new {place} zorble {where}")
        assert set_name(direction.design) == wanted, (place, direction.reading)


def test_a_products_kind_is_no_thing_beside_it() -> None:
    for thing in _THINGS[::3]:
        design = read(f"our {thing} zorble standing on a slate table").design
        assert getattr(design, "props", "none") == "none", thing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("couteaux de cuisine sur une ardoise", "tabletop"),
        ("bolsa de playa sobre lino", "drapery"),
        ("pine forest floor with mist for our snow zorbles", "location"),
        ("sea salt jar on stone", "tabletop"),
        ("a glass on a walnut table", "tabletop"),
    ],
)
def test_products_of_kinds(text: str, name: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name, direction.reading


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("desert zorble at sunset", "dunes"),
        ("a zorble on a beach", "beach"),
        ("gym zorble in the morning", "gym"),
        ("kitchen with a zorble on the counter", "counter"),
        ("lemons on marble", "tabletop"),
    ],
)
def test_a_place_stays_where_no_other_is_named(text: str, name: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name, direction.reading


@pytest.mark.parametrize("head", ["Alm", "Zorb", "Hochmoor"])
@pytest.mark.parametrize(("tail", "name"), [("wiese", "location"), ("beton", "tabletop"), ("marmor", "tabletop")])
def test_a_compound_is_what_its_last_word_is_and_its_first_is_told(head: str, tail: str, name: str) -> None:
    direction = read(f"Flasche auf {head}{tail} mit Kerzen")
    assert set_name(direction.design) == name, direction.reading
    assert any(head.lower() in words for words in direction.unread), direction.reading


@pytest.mark.parametrize("crop", ["pumpkin", "tulip", "strawberry", "daisy"])
def test_a_patch_is_out_of_doors(crop: str) -> None:
    direction = read(f"{crop} patch")
    assert set_name(direction.design) == "location", direction.reading
    assert getattr(direction.design, "props", "none") != "none", direction.reading


def test_red_rocks_are_no_red_paint() -> None:
    rock = getattr(read("red rocks in a canyon").design, "rock_color", "")
    assert rock not in ("", "#d2202f")
