"""A wall's material before what the product stands on is of that: of a plaster ledge no wall has the colour."""

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets.window_room import WindowRoom
from tests.director.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "on a plaster ledge in front of a {color} wall",
        "on a plaster shelf before a {color} wall with palm leaf shadows",
        "on a bare plaster floor in a {color} room with light from a window",
        "on a stucco ledge, {color} wall, dappled sunlight",
    ],
)
@pytest.mark.parametrize("color", ["coral", "sage", "navy blue"])
def test_the_wall_is_of_its_own_color(text: str, color: str) -> None:
    direction = read(text.format(color=color))
    assert isinstance(direction.design, WindowRoom)
    assert direction.design.wall_color == NAMED_COLORS[color]
    assert direction.design.floor_color != direction.design.wall_color
    assert direction.unread == ()


def test_plaster_of_a_wall_is_the_walls() -> None:
    design = read("on a floor before a pink plaster wall with leaf shadows").design
    assert isinstance(design, WindowRoom)
    assert design.wall_color == NAMED_COLORS["pink"]


@pytest.mark.parametrize(
    "text",
    ["on a walnut sideboard in a living room, blurred background", "on a concrete table before the city, out of focus"],
)
def test_a_place_out_of_focus_is_told_and_has_a_shallow_depth_of_field(text: str) -> None:
    direction = read(text)
    assert direction.unread == ()
    assert direction.design.depth_of_field == "shallow"


def test_a_relief_of_facets_has_the_floor_that_is_asked_for() -> None:
    direction = read("before a faceted sage wall on a terracotta floor")
    assert direction.unread == ()
    assert vars(direction.design)["podium_color"] == NAMED_COLORS["terracotta"]
