"""What a table is of: a metal is no plank, and a material that can't be had shows its colour and says so."""

from __future__ import annotations

import itertools

import pytest

from photoshoot.sets import set_name
from tests.director.reading import read

METALS = {"brass": "#b5924c", "copper": "#b8703f", "bronze": "#8c6239"}


@pytest.mark.parametrize("place", ["", " in a bar", " in a loft", " in a forest", ", halloween"])
def test_a_metals_table_has_no_grain(place: str) -> None:
    for (metal, color), face in itertools.product(METALS.items(), ("counter", "table", "shelf")):
        found = read(f"on a {metal} {face}{place}").design
        design, finish = vars(found), "metal" if set_name(found) == "tabletop" else "gloss"
        assert (design["material"], design["surface_color"], design["finish"]) == ("plain", color, finish), design


def test_a_metals_name_before_a_stone_is_the_stones_colour() -> None:
    assert vars(read("a table of gold marble").design)["material"] == "marble"


@pytest.mark.parametrize(
    ("material", "place"),
    [*itertools.product(["steel", "metal"], [" in a loft", " in a forest"])],
)
def test_a_material_that_no_table_is_of_shows_its_colour_and_says_so(material: str, place: str) -> None:
    direction = read(f"a {material} table{place}")
    (entry,) = (entry for entry in direction.account if entry.written == material)
    if entry.fate == "stood in for":
        assert vars(direction.design)["material"] == "plain" or set_name(direction.design) == "drapery"
        assert entry.shown_as
    else:
        assert entry.fate == "not shown"


def test_what_a_season_has_its_table_of_keeps_its_colour() -> None:
    autumn = vars(read("cosy autumn").design)
    fur = read("cosy autumn, faux fur")
    assert vars(fur.design)["surface_color"] == autumn["surface_color"]
    assert "fur" in " ".join(fur.unread)


@pytest.mark.parametrize(
    ("text", "untold", "told"),
    [
        ("on a black mirror, pink sky", "pink", ""),
        ("marble table before a blue pool", "blue pool", ""),
        ("by the pool, blue mosaic tiles, strong sunlight", "sunlight", ""),
        ("red and white linen tablecloth", "", "white"),
        ("living room with a red rug", "", "red rug"),
        ("oak table, doily", "", "doily"),
        ("black table, sky blue", "sky", ""),
    ],
)
def test_what_is_told_is_what_is_not_there(text: str, untold: str, told: str) -> None:
    unread = " ".join(read(text).unread)
    assert told in unread
    assert not untold or untold not in unread


@pytest.mark.parametrize("picture", ["a mountain stream", "a sandy beach", "a forest"])
def test_what_a_picture_is_likened_to_is_not_in_it(picture: str) -> None:
    direction = read(f"on black slate, fresh as {picture}")
    assert set_name(direction.design) == "tabletop", direction.reading
    assert picture.split()[-1] in " ".join(direction.unread)


def test_something_like_a_bench_is_a_bench() -> None:
    assert "wooden bench" in read("something like a wooden bench").reading


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("on stone in the park, sunset", True),
        ("in a forest at golden hour", True),
        ("picnic in the park, dusk", True),
        ("beach at sunset", False),
        ("in a workshop at sunset", False),
        ("on oak, golden hour", False),
    ],
)
def test_an_hour_under_the_sky_of_a_day_is_its_light_alone(text: str, alone: bool) -> None:
    assert ("shown as its light alone" in read(text).reading) == alone


@pytest.mark.parametrize("first", ["yellow door, blue wall", "blue wall, yellow door"])
def test_a_wall_goes_before_what_a_wall_stands_for(first: str) -> None:
    direction = read(first)
    assert vars(direction.design)["colors"] == ("#1f5fd6",), direction.reading
    assert "yellow door" in " ".join(direction.unread)


def test_a_trays_colour_is_no_marbles_from_above() -> None:
    direction = read("a pale pink tray with rose petals on white marble, top view")
    assert vars(direction.design)["colors"] == ("#f8f8f7",), direction.reading
    assert "pale pink" in " ".join(direction.unread)
