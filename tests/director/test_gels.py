"""A lamp that has a colour shines in it, from behind or from its side, and things keep theirs."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.sets import set_name
from photoshoot.sets.light import NO_LAMP
from tests.director.reading import parts, read

_HUES = ("red", "blue", "purple", "green")


@pytest.mark.parametrize("hue", _HUES)
@pytest.mark.parametrize(
    "form", ["black marble, {} rim light", "kitchen counter, {} edge lighting", "podium, {} rim lit"]
)
def test_a_rim_alone_has_its_color(form: str, hue: str) -> None:
    direction = read(form.format(hue))
    light = direction.design.light
    assert (light.rim_color, light.color) == (NAMED_COLORS[hue], read(form.format("")).design.light.color)
    assert hue not in " ".join(direction.unread)


@pytest.mark.parametrize("hue", _HUES)
@pytest.mark.parametrize(
    "form", ["concrete, {} light from the left", "on white marble, {} side light", "podium, {} light from the right"]
)
def test_a_lamp_from_a_side_has_its_full_color_there_alone(form: str, hue: str) -> None:
    direction = read(form.format(hue))
    assert (direction.design.light.color, direction.design.light.second_color) == (NAMED_COLORS[hue], "#ffffff")
    assert hue not in " ".join(direction.unread)


@pytest.mark.parametrize("said", ["golden side light", "amber light from the left", "red light", "warm side light"])
def test_what_warms_or_is_all_the_light_is_no_gel(said: str) -> None:
    light = read(f"on white marble, {said}").design.light
    assert (light.second_color, light.rim_color) == (NO_LAMP, NO_LAMP)


def test_a_set_of_one_key_is_tinted() -> None:
    direction = read("kitchen counter, blue light from the left")
    assert set_name(direction.design) == "counter"
    assert not direction.design.light.is_crossed
    assert direction.design.light.color != "#ffffff"


@pytest.mark.parametrize("text", ["Halloween, dark purple light", "halloween table with pumpkins in green light"])
def test_a_feast_in_a_colored_light_has_no_wall_of_its_own_color(text: str) -> None:
    design = parts(text)
    lamp = hex_to_oklab("#5a2a86" if "purple" in text else "#2f9e4c")
    assert float(np.linalg.norm(hex_to_oklab(str(design["backdrop_color"])) - lamp)) < 0.2


@pytest.mark.parametrize(
    "text", ["Halloween, warm light", "halloween, golden light", "Halloween, purple light, orange wall"]
)
def test_a_warm_lamp_leaves_it_and_so_does_a_wall_that_is_named(text: str) -> None:
    _, a, b = hex_to_oklab(str(parts(text)["backdrop_color"]))
    assert min(a, b - 0.08) > 0  # orange, or an amber
