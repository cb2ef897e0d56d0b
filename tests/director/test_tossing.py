"""Things that a prompt says fall or fly are in the air, where a set has one, and told elsewhere."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import missed, parts, read


@pytest.mark.parametrize(
    ("text", "air", "color"),
    [
        ("coffee beans falling, brown background", "coffee", "#7a4a2b"),
        ("perfume bottle with flying orange slices, orange background", "citrus", "#f28020"),
        ("soda can, ice cubes flying in the air, blue background", "ice", "#1f5fd6"),
        ("soda can with splashing ice cubes, black background", "ice", "#111111"),
        ("autumn leaves swirling around a jar, beige background", "autumn_leaves", "#e3d3bb"),
        ("serum, mint leaves in the air, green background", "leaves", "#2f9e4c"),
        ("rose petals falling, dark red background", "petals", "#810000"),
        ("handbag with falling autumn leaves, beige background", "autumn_leaves", "#e3d3bb"),
        ("water droplets suspended in mid air, black background", "drops", "#111111"),
    ],
)
def test_what_flies_is_in_the_air_before_the_background(text: str, air: str, color: str) -> None:
    design = parts(text)
    assert (design["set"], design["air"], design["backdrop_color"]) == ("celebration", air, color)
    assert not {"flying", "falling", "swirling"} & set(missed(read(text)).split())


def test_a_product_floats_among_what_flies() -> None:
    design = parts("floating soda can, ice cubes flying, blue background")
    assert (design["afloat"], design["air"]) == (True, "ice")


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("flying coffee beans around a mug on a wooden table", "tabletop", "props"),
        ("citrus slices falling into water", "water", "beside"),
        ("flying strawberries, red background", "tabletop", "props"),
    ],
)
def test_in_a_set_without_an_air_it_lies_there_and_that_is_told(text: str, name: str, part: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name
    assert getattr(direction.design, part) in ("coffee_beans", "citrus", "berries")
    assert "shown as lying there, not in the air" in direction.reading


def test_on_water_things_float_as_they_do() -> None:
    assert parts("lemons floating in water")["set"] == "water"


def test_what_is_shown_as_another_thing_is_so_in_the_air() -> None:
    assert "feathers shown as" in read("feathers floating, blue background").reading.replace("floating ", "")


def test_what_lies_is_not_in_the_air() -> None:
    assert parts("coffee beans, brown background").get("air", "none") == "none"
    assert parts("no falling petals, pink background").get("air", "none") == "none"
