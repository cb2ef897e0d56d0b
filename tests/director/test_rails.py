"""A clothes rail has the colour and the metal or wood that it is told, and leaves the wall its own."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets.hanging_wall import HangingWall
from tests.director.reading import parts


@pytest.mark.parametrize(
    ("text", "rail", "wall"),
    [
        ("on a black clothes rail before a blush wall", NAMED_COLORS["black"], NAMED_COLORS["blush"]),
        ("white clothes rail, pink wall", NAMED_COLORS["white"], NAMED_COLORS["pink"]),
        ("on a clothes rail before a sage wall", HangingWall().rail_color, NAMED_COLORS["sage"]),
    ],
)
def test_a_rails_colour_is_not_its_walls(text: str, rail: str, wall: str) -> None:
    hung = parts(text)
    assert (hung["rail_color"], hung["colors"]) == (rail, (wall,))


@pytest.mark.parametrize("kind", ["wooden", "copper", "metal", "black metal"])
def test_a_rail_is_of_what_it_is_called(kind: str) -> None:
    assert parts(f"on a {kind} rail")["rail_color"] != HangingWall().rail_color
