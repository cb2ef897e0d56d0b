"""Backgrounds are what a prompt asks for: real places where it names one, their ground, halves in their order."""

from __future__ import annotations

import pytest

from photoshoot.director import read_prompt
from photoshoot.presets import PresetRegistry
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.glossy_floor import GlossyFloor
from photoshoot.sets.location import Location
from photoshoot.sets.tabletop import Tabletop

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize("support", ["a black acrylic plate", "a glass plate", "acrylic"])
@pytest.mark.parametrize("backdrop", ["grey background", "blue background", "dark grey gradient background"])
def test_glass_before_a_plain_backdrop_stands_in_no_park(support: str, backdrop: str) -> None:
    design = read_prompt(f"on {support}, {backdrop}", REGISTRY).design
    assert isinstance(design, GlossyFloor)
    red, green, blue = (int(design.glow_color[i : i + 2], 16) for i in (1, 3, 5))
    assert (blue > max(red, green) + 60) is ("blue" in backdrop), "the backdrop's colour is what glows behind"


def test_a_table_that_mirrors_stands_before_the_backdrop_that_is_named() -> None:
    design = read_prompt("on a reflective black table, dark grey background", REGISTRY).design
    assert isinstance(design, Tabletop)
    assert (design.surface_color, design.finish, design.backdrop) == ("#111111", "gloss", "wall")


@pytest.mark.parametrize("floor", ["black floor", "glossy black floor", "polished floor"])
@pytest.mark.parametrize("wall", ["white wall", "brick wall"])
def test_a_floor_that_mirrors_before_a_wall_is_no_table_of_metal(floor: str, wall: str) -> None:
    assert isinstance(read_prompt(f"on a {floor}, {wall} behind", REGISTRY).design, GlossyFloor)


@pytest.mark.parametrize(
    ("prompt", "place", "material"),
    [
        ("autumn leaves on the ground in a park", "park", "grass"),
        ("on the ground of a forest", "forest", "grass"),
        ("on the forest floor with mushrooms", "forest", "grass"),
        ("on the ground in a city", "city", "concrete"),
        ("on a wooden table in a park, leaves on the ground", "park", "wood"),
        ("on a picnic blanket in a meadow", "park", "blanket"),
        ("in a park", "park", "wood"),
    ],
)
def test_the_ground_of_a_place_is_no_table(prompt: str, place: str, material: str) -> None:
    design = read_prompt(prompt, REGISTRY).design
    assert isinstance(design, Location)
    assert (design.place, design.material) == (place, material)


@pytest.mark.parametrize(
    "prompt",
    [
        "left half pink, right half teal, hard light",
        "half pink, half teal background",
        "the left half of the background is pink, the right half teal",
    ],
)
def test_halves_stand_in_the_order_in_which_they_are_named(prompt: str) -> None:
    reading = read_prompt(prompt, REGISTRY)
    assert isinstance(reading.design, Cyclorama)
    assert (reading.design.direction, reading.design.colors) == ("split", ("#f29fbf", "#12807f"))
    assert reading.unread == ()


def test_what_stands_in_is_told_word_for_word() -> None:
    reading = read_prompt("auf einem alten Holzfass in einer Scheune", REGISTRY)
    assert reading.stand_ins == (("Holzfass", "a wooden table"),)
    assert read_prompt("on oak", REGISTRY).stand_ins == ()


@pytest.mark.parametrize(
    ("prompt", "color"),
    [
        ("on brushed steel, white wall", "#74787e"),
        ("on a metal table with bokeh behind", "#74787e"),
        ("on a copper table, beige wall", "#b8703f"),
        ("on a brass surface before a dark green wall", "#b5924c"),
    ],
)
def test_a_table_of_metal_is_that(prompt: str, color: str) -> None:
    reading = read_prompt(prompt, REGISTRY)
    assert isinstance(reading.design, Tabletop)
    assert (reading.design.finish, reading.design.surface_color) == ("metal", color)
    assert reading.stand_ins == ()
