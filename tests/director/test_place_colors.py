"""A colour that is said of a place is its walls', and no table's in it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from tests.director.reading import read

_ROOMS = {
    "kitchen": "tile_color",
    "bathroom": "tile_color",
    "living room": "wall_color",
    "barn": "backdrop_color",
    "gallery": "wall_color",
    "bedroom": "backdrop_color",
}
_COLORS = ("red", "teal", "navy blue", "lilac")


@pytest.mark.parametrize("room", _ROOMS)
def test_a_rooms_colour_is_its_walls(room: str) -> None:
    for color, table in itertools.permutations(_COLORS, 2):
        direction = read(f"on a {table} table in a {color} {room}")
        design = vars(direction.design)
        assert design[_ROOMS[room]] == NAMED_COLORS[color], direction.reading
        others = [value for name, value in design.items() if name != _ROOMS[room]]
        assert NAMED_COLORS[color] not in others, direction.reading
        assert NAMED_COLORS[table] in others or table in " ".join(direction.unread), direction.reading


@pytest.mark.parametrize("land", ["meadow", "field"])
@pytest.mark.parametrize("color", ["green", "yellow", "red"])
def test_a_lands_colour_is_not_the_tables_in_it(color: str, land: str) -> None:
    plain, direction = read(f"on a wooden table in a {land}"), read(f"on a wooden table in a {color} {land}")
    assert direction.design == plain.design
    assert (color in " ".join(direction.unread)) is (color != "green")  # which meadows and fields are


@pytest.mark.parametrize("path", ["cycle path", "dirt road", "open road", "forest trail"])
@pytest.mark.parametrize("land", ["green fields", "yellow fields", "green grass", "a red meadow"])
def test_no_path_has_the_colour_of_the_land_beside_it(path: str, land: str) -> None:
    plain, direction = (read(f"on a {path}{text}") for text in ("", f" with {land}"))
    assert vars(direction.design)["ground_color"] == vars(plain.design)["ground_color"], direction.reading


def test_a_path_of_a_colour_has_it() -> None:
    plain, red = read("on a cycle path").design, read("on a red cycle path with green fields").design
    assert vars(red)["ground_color"] != vars(plain)["ground_color"]


@pytest.mark.parametrize(("land", "of"), [("snow", "ground_color"), ("desert", "ground_color"), ("sea", "water_color")])
@pytest.mark.parametrize("board", ["wooden board", "wooden boards", "oak tray", "walnut table"])
def test_no_land_has_the_colour_of_the_board_before_it(board: str, land: str, of: str) -> None:
    plain, direction = read(f"in front of the {land}"), read(f"on a {board} in front of the {land}")
    if getattr(plain.design, of, None) is not None and getattr(direction.design, of, None) is not None:
        assert getattr(direction.design, of) == getattr(plain.design, of), direction.reading


@pytest.mark.parametrize("color", _COLORS)
def test_a_markets_awning_is_no_wall(color: str) -> None:
    assert getattr(read(f"a market stall with a {color} awning").design, "awning_color", None) == NAMED_COLORS[color]
    walled = read(f"a market stall, {color} wall")
    assert f"{color} wall" in walled.unread


@pytest.mark.parametrize("color", ["pink", "purple", "magenta"])
def test_dyed_sand_has_its_colour_and_red_sand_is_of_earth(color: str) -> None:
    assert vars(read(f"on {color} sand dunes").design)["ground_color"] == NAMED_COLORS[color]
    assert vars(read("on red sand dunes").design)["ground_color"] != NAMED_COLORS["red"]


@pytest.mark.parametrize("place", ["beach", "gym", "lake", "kitchen", "desert"])
def test_a_colour_before_a_place_is_of_the_unknown_thing_that_it_leads_to(place: str) -> None:
    for color in _COLORS:
        design = read(f"on a table at the {place} by a {color} {place} zorble").design
        assert NAMED_COLORS[color] not in vars(design).values(), color


def test_a_bedrooms_colour_is_its_walls_and_its_headboards() -> None:
    blue, plain = (vars(read(f"in a {color}bedroom").design) for color in ("navy blue ", ""))
    assert blue["wall_color"] == NAMED_COLORS["navy blue"]
    assert blue["linen_color"] == plain["linen_color"]
    assert np.linalg.norm(hex_to_oklab(blue["accent_color"]) - hex_to_oklab(blue["wall_color"])) < 0.1
    both = vars(read("on a white bed in a teal bedroom").design)
    assert (both["linen_color"], both["wall_color"]) == (NAMED_COLORS["white"], NAMED_COLORS["teal"])
