"""Fruit, leaves and stones keep the colours that they have, unless one is said right of them."""

from __future__ import annotations

from typing import get_args

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.phrases.natural_hues import _HUES
from photoshoot.sets.props import Props
from tests.director.reading import parts, read


def test_what_has_hues_of_its_own_is_a_kind_of_thing() -> None:
    assert _HUES.keys() <= {*get_args(Props)}


@pytest.mark.parametrize(
    ("text", "things", "face"),
    [
        ("kitchen counter with lemons, navy", "beside_colors", "tile_color"),
        ("kitchen counter with olive branches, terracotta", "beside_colors", "tile_color"),
        ("marble podium, leaves, coral", "prop_colors", "backdrop_color"),
    ],
)
def test_a_colour_behind_a_comma_is_no_fruits_and_no_leafs(text: str, things: str, face: str) -> None:
    alone, colored = vars(read(text.rpartition(",")[0]).design), vars(read(text).design)
    assert colored[things] == alone[things]
    assert colored[face] != alone[face]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("on a table with leaves, sage green", "on a table with sage green leaves"),
        ("podium with roses, pink", "podium with pink roses"),
        ("wooden table, balloons, gold", "wooden table, gold balloons"),
    ],
)
def test_one_that_they_may_have_is_theirs(text: str, same: str) -> None:
    assert vars(read(text).design)["prop_colors"] == vars(read(same).design)["prop_colors"] != ()


def test_one_that_is_said_right_of_them_is_theirs() -> None:
    assert vars(read("navy lemons on marble").design)["prop_colors"] == ("#16264f",)


def test_orange_dunes_are_orange() -> None:
    lightness, red, yellow = hex_to_oklab(str(parts("orange dunes, teal sky")["ground_color"]))
    assert lightness > 0.6
    assert red > 0.04
    assert yellow > 0.07
