"""A city of neon colours has neon signs of them, and other things of such colours make none."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import direct
from photoshoot.presets import PresetRegistry

REGISTRY = PresetRegistry.load()


def parameters(text: str) -> dict[str, Any]:
    return vars(direct(text, REGISTRY, None).design)


@pytest.mark.parametrize("city", ["city", "city street", "alley", "downtown"])
@pytest.mark.parametrize("colors", ["neon pink", "neon green", "neon pink and neon blue", "neon pink and cyan"])
@pytest.mark.parametrize("saying", ["{colors} {city}", "in a {colors} {city} at night"])
def test_a_city_of_neon_colours_is_one_in_the_evening(city: str, colors: str, saying: str) -> None:
    design = parameters(saying.format(city=city, colors=colors))
    assert design["place"] == "esplanade"
    assert len(design["neon_colors"]) == 1 + ("and" in colors)


def test_a_second_colour_of_a_city_is_its_signs_too() -> None:
    assert parameters("neon purple and blue city")["neon_colors"][1] == NAMED_COLORS["blue"]


def test_a_neon_wall_makes_no_neon_city() -> None:
    assert parameters("neon green wall in the city")["place"] == "city"


@pytest.mark.parametrize("city", ["a city", "the street", "downtown"])
def test_a_city_in_a_neon_colour_is_one_too(city: str) -> None:
    assert len(parameters(f"{city} in neon pink")["neon_colors"]) == 1
