"""A gradient of one colour is one, and walls behind platforms and tables fade, too."""

from __future__ import annotations

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.direction import direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.podium import Podium
from photoshoot.sets.tabletop import Tabletop

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


@pytest.mark.parametrize(
    ("text", "kind", "colors", "fade"),
    [
        ("on a white podium, pink to blue gradient background", Podium, ("#f29fbf", "#1f5fd6"), "vertical"),
        ("white pedestal before a gradient from peach to lilac", Podium, ("#fbc6a4", "#c9a3d8"), "vertical"),
        ("podium, radial gradient from yellow to orange", Podium, ("#f5d32e", "#f28020"), "radial"),
        ("on a wooden table, diagonal gradient from pink to blue behind", Tabletop, ("#f29fbf", "#1f5fd6"), "diagonal"),
        ("sur un podium blanc brillant, dégradé de rose à violet", Podium, ("#f29fbf", "#7a35b0"), "vertical"),
        (
            "auf einem weißen Podest vor einem Farbverlauf von Rosa nach Blau",
            Podium,
            ("#f29fbf", "#1f5fd6"),
            "vertical",
        ),
    ],
)
def test_the_wall_behind_a_platform_or_a_table_fades(
    text: str, kind: type[Podium | Tabletop], colors: tuple[str, ...], fade: str
) -> None:
    direction = direct(text, REGISTRY, None)
    design = direction.design
    assert isinstance(design, kind), text
    assert ((design.backdrop_color, *design.fade_colors), design.fade) == (colors, fade)
    assert direction.unread == ()


@pytest.mark.parametrize("text", ["on a round podium, blue gradient background", "on an oak table, pink gradient wall"])
def test_of_one_color_it_fades_from_a_paler_one(text: str) -> None:
    design = direct(text, REGISTRY, None).design
    assert isinstance(design, Podium | Tabletop)
    first, last = (float(hex_to_oklab(color)[0]) for color in (design.backdrop_color, *design.fade_colors))
    assert 0.1 < first - last < 0.25


@pytest.mark.parametrize("text", ["on a pink podium, blue background", "white podium, blue background, no gradient"])
def test_no_wall_fades_that_is_not_asked_to(text: str) -> None:
    design = direct(text, REGISTRY, None).design
    assert isinstance(design, Podium)
    assert design.fade_colors == ()


@pytest.mark.parametrize(
    ("text", "colors", "stood_on"),
    [
        ("on a podium before a gradient of pink, orange and purple", 3, "podium_color"),
        ("mug on an oak table before a gradient of pink, orange and purple", 3, "surface_color"),
        ("gradient background from peach to lilac to navy, white podium", 3, "podium_color"),
        ("gradient of pink and orange behind a purple podium", 2, "podium_color"),
    ],
)
def test_every_colour_of_a_gradient_is_on_the_wall_and_not_under_the_product(
    text: str, colors: int, stood_on: str
) -> None:
    direction = direct(text, REGISTRY, None)
    design = vars(direction.design)
    wall = (design["backdrop_color"], *design["fade_colors"])
    assert len(wall) == colors
    assert design[stood_on] not in wall
    assert not direction.unread, direction.reading
