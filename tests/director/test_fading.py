"""A gradient of one colour is one."""

from __future__ import annotations

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.direction import direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets.cyclorama import Cyclorama

REGISTRY = PresetRegistry.load()


def read(text: str) -> Cyclorama:
    design = direct(text, REGISTRY, None).design
    assert isinstance(design, Cyclorama), text
    return design


@pytest.mark.parametrize(
    "text",
    [
        "blue gradient background",
        "a gradient",
        "radial gradient in navy blue",
        "matcha green gradient, soft",
        "pale yellow gradient",
    ],
)
def test_one_color_or_none_fades_to_a_paler_one(text: str) -> None:
    first, last = (float(hex_to_oklab(color)[0]) for color in read(text).colors)
    assert 0.1 < first - last < 0.25


def test_two_colors_are_its_ends_and_no_gradient_stays_plain() -> None:
    ends = read("gradient from orange to pink").colors
    assert len(ends) == 2
    assert len(read("plain blue background").colors) == 1
    assert len(read("blue background, no gradient").colors) == 1


def test_a_gradient_beside_ware_of_clay_is_no_tiled_kitchen() -> None:
    design = read("matcha green gradient background, ceramic tray, bamboo whisk")
    assert len(design.colors) == 2
