"""One noun has a part of a set: what is said of others, or of a part that is not there, colours nothing.

Nouns, colours and materials are combined by generation; their two halves are told apart by a hash of the text.
"""

from __future__ import annotations

import hashlib
import itertools

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import Direction
from photoshoot.sets import hold, set_name
from photoshoot.sets.named import named_things
from photoshoot.sets.road import Road
from photoshoot.settings import Stance
from tests.director.reading import read

COLORS = ("red", "yellow", "teal", "purple", "orange", "pink")
HALVES = ("tuned", "held_out")
WALLS = ("walnut", "marble", "concrete", "granite", "travertine", "oak", "slate")
TABLES = ("walnut", "oak", "slate", "travertine", "granite", "concrete")


def half_of(text: str) -> str:
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


def colors_of(direction: Direction) -> set[str]:
    held = (value if isinstance(value, tuple) else (value,) for value in vars(direction.design).values())
    return {value for values in held for value in values if isinstance(value, str) and value.startswith("#")}


def told(direction: Direction) -> str:
    return " ".join(direction.unread)


@pytest.mark.parametrize("half", HALVES)
def test_what_the_product_stands_on_has_the_surface(half: str) -> None:
    pairs = itertools.permutations(COLORS, 2)
    texts = {
        f"{other} {small} on a {color} {face}": (other, color)
        for other, color in pairs
        for small, face in itertools.product(("tray", "board", "rug"), ("table", "counter", "tablecloth", "desk"))
    }
    for text, (other, color) in texts.items():
        if half_of(text) == half:
            direction = read(text)
            assert NAMED_COLORS[color] in colors_of(direction), (text, direction.reading)
            assert NAMED_COLORS[other] not in colors_of(direction), (text, direction.reading)
            assert other in told(direction), (text, direction.reading)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("between", ["{table} table, {wall} wall", "on a {table} table before a {wall} wall"])
def test_what_a_wall_is_of_is_the_walls(half: str, between: str) -> None:
    for table, wall in itertools.permutations(WALLS, 2):
        text = between.format(table=table, wall=wall)
        if half_of(text) == half:
            direction = read(text)
            bare = read(f"on a {table} table")
            assert set_name(direction.design) == "tabletop", (text, direction.reading)
            surface = {name: vars(direction.design)[name] for name in ("material", "surface_color")}
            assert surface == {name: vars(bare.design)[name] for name in surface}, (text, direction.reading)
            behind = vars(direction.design)["backdrop_color"]
            alone = [entry for entry in direction.account if entry.shown_as and entry.written == wall]
            real = vars(direction.design)["backdrop"] != "wall"  # of concrete there is one
            unlike = behind != vars(bare.design)["backdrop_color"]
            assert bool(alone) == (unlike and not real), (text, direction.reading)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize(
    "place", ["at a dressing table", "in a kitchen", "in a laboratory", "in a cosy cabin", "at a market stall"]
)
def test_no_part_that_is_not_there_takes_a_colour(half: str, place: str) -> None:
    for color in COLORS:
        text = f"{place}, {color} floor"
        if half_of(text) == half:
            direction = read(text)
            assert NAMED_COLORS[color] not in colors_of(direction), (text, direction.reading)
            assert f"{color} floor" in told(direction), (text, direction.reading)


@pytest.mark.parametrize(
    ("text", "name", "gone"),
    [
        ("blue velvet sofa in a living room with a brass floor lamp, walnut side table", "interior", ""),
        ("birthday, pink podium and balloons", "podium", ""),
        ("a marble ledge in a library, candles", "tabletop", ""),
    ],
)
def test_the_set_that_shows_more_of_it_is_built(text: str, name: str, gone: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name, direction.reading
    assert gone in told(direction)


@pytest.mark.parametrize("tones", ["amber tones", "beige and sage hues", "dusty terracotta tones"])
def test_tones_behind_a_mark_are_the_pictures(tones: str) -> None:
    for face in ("oak table", "steel shelf", "marble counter"):
        plain, toned = read(face), read(f"{face}, {tones}")
        assert vars(toned.design)["surface_color"] == vars(plain.design)["surface_color"], toned.reading
        assert tones.split()[-2] not in told(toned)


@pytest.mark.parametrize("half", HALVES)
def test_what_follows_an_of_or_in_is_of_the_noun_before_it(half: str) -> None:
    for table, wall in itertools.permutations(WALLS, 2):
        for text in (f"a floor of {table}, a wall of rough {wall}", f"walls in {wall}, a table in {table}"):
            if half_of(text) == half:
                direction = read(text)
                bare = vars(read(f"on a {table} table").design)
                assert set_name(direction.design) == "tabletop", direction.reading
                assert vars(direction.design)["surface_color"] == bare["surface_color"], (text, direction.reading)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("where", ["behind", "in the background"])
def test_cloth_that_hangs_behind_colours_the_backdrop(half: str, where: str) -> None:
    stood_on = (("oak table", "surface_color", "#b98a55"), ("white podium", "surface_color", NAMED_COLORS["white"]))
    cloths = ("velvet curtain", "linen drape", "silk curtain")
    for (face, param, kept), color, cloth in itertools.product(stood_on, COLORS, cloths):
        text = f"{face}, {color} {cloth} {where}"
        if half_of(text) == half:
            design = vars(read(text).design)
            assert (design["backdrop_color"], design[param]) == (NAMED_COLORS[color], kept), read(text).reading
            assert cloth.split()[1] not in told(read(text))
            assert design["backdrop"] == cloth.split()[0]


@pytest.mark.parametrize("place", ["silk drape", "beach", "desert dunes", "shallow water", "asphalt road"])
def test_a_wall_where_there_is_none_colours_nothing(place: str) -> None:
    for color in COLORS:
        direction = read(f"{place}, {color} wall")
        assert NAMED_COLORS[color] not in colors_of(direction), direction.reading
        assert f"{color} wall" in told(direction), direction.reading


@pytest.mark.parametrize("color", COLORS)
@pytest.mark.parametrize("glass", ["test tubes", "flasks", "beakers", "glass vials"])
def test_what_a_laboratorys_glass_is_told_to_be_is_what_is_in_it(glass: str, color: str) -> None:
    plain = read(f"a laboratory bench with {glass}")
    for text in (
        f"a laboratory bench with {color} {glass}",
        f"a laboratory bench with {glass} of {color} liquid",
    ):
        direction = read(text)
        assert set_name(direction.design) == "lab"
        assert vars(direction.design) | {"liquid_colors": ()} == vars(plain.design) | {"liquid_colors": ()}
        assert vars(direction.design)["liquid_colors"] == (NAMED_COLORS[color],), text


@pytest.mark.parametrize("half", HALVES)
def test_reflections_on_a_wet_street_are_those_of_lamps_in_their_colour(half: str) -> None:
    streets = ("wet asphalt at night with {} reflections", "a rainy street, {} reflections", "{} glow on wet asphalt")
    for text, color in ((street.format(color), color) for street in streets for color in (*COLORS, "magenta")):
        if half_of(text) == half:
            direction = read(text)
            assert isinstance(direction.design, Road), (text, direction.reading)
            assert direction.design.neon_colors == (NAMED_COLORS[color],), (text, direction.reading)
            assert color not in told(direction), text
            lying = hold(direction.design, Stance.LYING)
            assert {"wet", "neon"} <= {*named_things(lying)}, "its puddles mirror them from above, too"
