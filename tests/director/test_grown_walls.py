from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from tests.director.reading import read


@pytest.mark.parametrize(
    "said", ["before a wall of {} roses", "{} flower wall behind", "a wall of {} flowers in the background"]
)
@pytest.mark.parametrize("color", ["pink", "white"])
def test_a_wall_of_flowers_has_their_colour_and_none_lie_before_it(said: str, color: str) -> None:
    shown = vars(read(f"on marble, {said.format(color)}").design)
    assert (shown["backdrop"], shown["backdrop_color"], shown["props"]) == ("flower_wall", NAMED_COLORS[color], "none")


@pytest.mark.parametrize(
    ("said", "wall"), [("ivy wall", "leaf_wall"), ("bougainvillea wall", "blossom_wall"), ("graffiti wall", "graffiti")]
)
def test_what_covers_a_wall_is_there(said: str, wall: str) -> None:
    direction = read(f"on oak, {said}")
    assert vars(direction.design)["backdrop"] == wall
    assert not direction.unread


def test_roses_before_a_wall_lie_there() -> None:
    shown = vars(read("roses on marble, white wall").design)
    assert (shown["backdrop"], shown["props"]) == ("wall", "flowers")
