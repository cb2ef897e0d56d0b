"""Cloth and cushions that a product stands on lie on a table, where a wall or a curtain is behind them."""

from __future__ import annotations

import itertools

import pytest

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.sets import set_name
from tests.director.reading import read

_COLORS = ("red", "teal", "black", "lilac")


@pytest.mark.parametrize("cloth", ["silk", "silk cloth", "fabric", "velvet", "cushion", "velvet cushion", "pillow"])
@pytest.mark.parametrize("behind", ["in front of a {} wall", "before a {} wall", "in front of {} curtains"])
def test_cloth_lies_before_what_is_behind_it(cloth: str, behind: str) -> None:
    for under, back in itertools.permutations(_COLORS, 2):
        direction = read(f"on a {under} {cloth} {behind.format(back)}")
        design = vars(direction.design)
        told = (set_name(direction.design), design.get("surface_color"), design.get("backdrop_color"))
        assert told == ("tabletop", NAMED_COLORS[under], NAMED_COLORS[back]), direction.reading
        assert not direction.unread, direction.reading


@pytest.mark.parametrize("place", ["silk drape", "velvet drapery"])
def test_cloth_that_hangs_lies_nowhere(place: str) -> None:
    assert set_name(read(f"{place}, navy wall").design) == "drapery"


@pytest.mark.parametrize("cloth", ["white linen", "white linen cloth", "white cloth"])
@pytest.mark.parametrize("back", ["dark background", "with a dark background", "against a dark backdrop"])
def test_a_dark_background_is_behind_the_cloth_and_darkens_it_not(cloth: str, back: str) -> None:
    direction = read(f"on {cloth}, {back}")
    design = vars(direction.design)
    assert (set_name(direction.design), design.get("surface_color")) == ("tabletop", NAMED_COLORS["white"])
    assert float(hex_to_oklab(design["backdrop_color"])[0]) < 0.3, direction.reading
