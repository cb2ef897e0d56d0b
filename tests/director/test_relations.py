"""Words that say how one thing is to another name no set of their own, and go with their noun."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director import Direction
from photoshoot.sets import set_name
from tests.director.reading import read

_TABLES = ("on a walnut table", "on black slate", "on a white marble slab", "on a concrete slab")


def _fates(direction: Direction) -> dict[str, str]:
    return {entry.written.lower(): entry.fate for entry in direction.account}


@pytest.mark.parametrize("where", ["in the background", "in the distance"])
@pytest.mark.parametrize("what", ["sea", "mountains", "zorbles", "forest"])
def test_a_background_goes_with_what_is_in_it(what: str, where: str) -> None:
    for table in _TABLES:
        fates = _fates(read(f"{table}, {what} {where}"))
        assert fates[where.split()[-1]] == "no request"
    assert _fates(read("white podium, soft pink in the background"))["background"] == "shown"


@pytest.mark.parametrize("table", _TABLES)
@pytest.mark.parametrize("sky", ["blue sky behind", "clear blue sky", "blue sky"])
def test_a_table_stands_under_the_sky_that_is_behind_it(table: str, sky: str) -> None:
    design = read(f"{table}, {sky}").design
    assert (set_name(design), getattr(design, "place", None)) == ("location", "clear_sky")


def test_a_sky_behind_a_wall_is_told() -> None:
    assert read("beige wall, blue sky").unread == ("blue sky",)
    assert set_name(read("on a beach with blue sky").design) == "beach"


@pytest.mark.parametrize("thing", ["rose petals", "lemons", "daisies", "mint leaves"])
@pytest.mark.parametrize("afloat", ["floating", "suspended"])
def test_things_that_float_are_no_product_that_does(thing: str, afloat: str) -> None:
    wet = read(f"{thing} {afloat} in milk")
    assert set_name(wet.design) == "water", wet.reading
    assert getattr(wet.design, "beside", "none") != "none", wet.reading
    dry = read(f"on a walnut table, {thing} {afloat}")
    assert set_name(dry.design) == "tabletop", dry.reading
    assert _fates(dry)[afloat] == "not shown" or "not in the air" in dry.reading, dry.reading
    assert set_name(read(f"{afloat} before a pink wall").design) == "hanging_wall"


@pytest.mark.parametrize("plain", ["plain", "simple"])
@pytest.mark.parametrize("table", _TABLES)
def test_a_plain_backdrop_of_a_color_is_that_colors(table: str, plain: str) -> None:
    direction = read(f"{table}, {plain} white background")
    assert direction.unread == (), direction.reading
    assert set_name(direction.design) == "tabletop"


@pytest.mark.parametrize("out", ["a garden outside the window", "city lights outside a window"])
def test_what_is_outside_a_window_is_told(out: str) -> None:
    direction = read(f"on a walnut table, {out}")
    assert set_name(direction.design) == "tabletop", direction.reading
    assert {_fates(direction)[word] for word in out.split() if word not in ("a", "the")} == {"not shown"}
    assert set_name(read("on a walnut table, falling snow outside the window").design) == "cabin"


@pytest.mark.parametrize("curtain", ["green velvet curtain", "green curtain"])
@pytest.mark.parametrize("stand", ["gold pedestal", "white podium", "stone plinth"])
def test_a_curtain_hangs_behind_the_platform_that_a_prompt_begins_with(stand: str, curtain: str) -> None:
    direction = read(f"{stand}, {curtain}")
    assert (set_name(direction.design), getattr(direction.design, "stand", "")) == ("tabletop", "round")
    assert getattr(direction.design, "backdrop_color", "") == "#2f9e4c", direction.reading


@pytest.mark.parametrize("over", ["over", "across", "onto"])
def test_what_is_over_sand_is_over_the_ground(over: str) -> None:
    assert set_name(read(f"sea foam washing {over} sand").design) == "beach"


def test_a_color_of_what_is_not_there_is_not_found_elsewhere() -> None:
    assert "red" in " ".join(read("marble table before a red grand piano").unread)


@pytest.mark.parametrize("lamp", ["lamp", "bulb", "pendant"])
def test_an_overhead_lamp_is_no_camera(lamp: str) -> None:
    direction = read(f"on an oak table, a single overhead {lamp}")
    assert set_name(direction.design) == "tabletop"
    assert direction.design.light.elevation_deg > 70


@pytest.mark.parametrize("what", ["paint", "colour", "ink"])
def test_splashes_of_what_is_not_water_make_no_sea(what: str) -> None:
    direction = read(f"black table with gold splashes of {what}, black background")
    assert set_name(direction.design) == "tabletop"
    assert "gold splashes" in " ".join(direction.unread)
    assert set_name(read("in splashes of water").design) == "water"


def test_a_sea_of_clouds_is_no_water() -> None:
    design = read("on a black table above a sea of clouds").design
    assert (set_name(design), getattr(design, "ground", None)) == ("dunes", "clouds")
    assert (getattr(design, "stand", None), getattr(design, "stand_color", None)) == ("table", NAMED_COLORS["black"])


@pytest.mark.parametrize("dish", ["plate", "ceramic plate", "platter", "saucer"])
def test_a_dish_that_the_product_stands_on_has_its_colour(dish: str) -> None:
    direction = read(f"orange slices on a teal {dish}")
    assert getattr(direction.design, "surface_color", None) == NAMED_COLORS["teal"], direction.reading
    assert "a table" in direction.reading


@pytest.mark.parametrize("color", ["red", "blue", "black"])
def test_a_stages_curtain_is_behind_what_stands_on_it(color: str) -> None:
    direction = read(f"on a stage with a {color} velvet curtain, spotlight")
    design = vars(direction.design)
    assert (design["backdrop"], design["backdrop_color"]) == ("velvet", NAMED_COLORS[color]), direction.reading
    assert "stage shown as" in direction.reading
    assert set_name(read("on a stage, spotlight").design) == "glossy_floor"


@pytest.mark.parametrize("chairs", ["garden chairs", "deck chairs", "office chairs"])
def test_chairs_in_the_plural_are_told_with_their_colour(chairs: str) -> None:
    direction = read(f"on a green lawn with white {chairs} behind")
    assert f"white {chairs}" in direction.unread
    assert direction.design == read("on a green lawn").design


@pytest.mark.parametrize(
    ("island", "counter"),
    [
        ("marble island", "marble kitchen counter"),
        ("butcher block island", "butcher block kitchen counter"),
        ("island countertop", "kitchen counter"),
    ],
)
def test_an_island_of_something_is_a_kitchens(island: str, counter: str) -> None:
    assert read(f"zorble on a {island}").design == read(f"zorble on a {counter}").design


@pytest.mark.parametrize("island", ["tropical island", "rocky island", "island of sand"])
def test_an_island_in_the_sea_is_a_beach(island: str) -> None:
    assert set_name(read(f"zorble on a {island}").design) == "beach"
