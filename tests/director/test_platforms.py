"""What a product stands on under the sky: platforms and rocks on shores, in deserts, in snow and in water."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.test_direction import read


@pytest.mark.parametrize(
    ("text", "name", "standing"),
    [
        ("a round travertine pedestal in front of a calm turquoise sea", "water", {"support": "round"}),
        ("stone podium on the beach, palm leaf shadows", "beach", {"stand": "round", "stand_material": "stone"}),
        ("on a concrete block in the desert", "dunes", {"stand": "square", "stand_material": "concrete"}),
        ("a bag on a wooden plinth in the snow", "dunes", {"stand": "square", "stand_material": "wood"}),
        ("on a marble slab on the beach", "beach", {"stand": "square", "stand_material": "marble"}),
        ("on a boulder in the desert", "dunes", {"stand": "rock", "props": "none"}),
        ("cologne on a black rock, ocean waves behind", "water", {"support": "stone", "stone_color": "#3a3836"}),
    ],
)
def test_what_stands_on_open_ground(text: str, name: str, standing: dict[str, str]) -> None:
    told = read(text)
    assert set_name(told.design) == name
    assert {param: vars(told.design)[param] for param in standing} == standing


def test_the_shape_and_the_material_of_a_platform_are_shown() -> None:
    told = read("a round travertine pedestal in front of a calm sea")
    assert told.unread == ()
    assert vars(told.design)["stone_color"] == "#d8c7ab"


@pytest.mark.parametrize("text", ["white podium, white wall, sand and shells", "black podium, sand, dark background"])
def test_a_platform_with_sand_before_a_wall_stands_in_the_studio(text: str) -> None:
    assert set_name(read(text).design) == "podium"


@pytest.mark.parametrize("text", ["white marble on the beach", "a wooden table on the beach"])
def test_a_material_is_not_shown_where_nothing_is_made_of_it(text: str) -> None:
    told = read(text)
    assert vars(told.design)["stand"] == "none"
    assert {"marble", "wooden"} & set(" ".join(told.unread).split())
