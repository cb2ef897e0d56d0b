"""What ends a product's name, what floats or is blurred, floors of rooms, and words that are not misspelt."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.director.design.natural_colors import water
from photoshoot.director.words.participles import is_participle
from photoshoot.sets import set_name
from tests.director.reading import read


def design_of(text: str) -> Any:
    return read(text).design


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("diamond earrings on white marble", "zorbles on white marble"),
        ("a diamond ring on black silk", "a zorble on black silk"),
        ("laptop stand on a clean white desk", "zorble on a clean white desk"),
        ("a book stand on a desk", "a zorble on a desk"),
        ("phone stand on a marble counter", "zorble on a marble counter"),
        ("forest honey on a kitchen table", "zorble on a kitchen table"),
    ],
)
def test_what_a_product_is_called_shows_nothing(text: str, plain: str) -> None:
    assert design_of(text) == design_of(plain)


@pytest.mark.parametrize("text", ["product stand on a beach", "a stand on a beach", "perfume on a stand on a beach"])
def test_a_stand_without_a_product_is_a_platform(text: str) -> None:
    assert design_of(text).stand == "round"


@pytest.mark.parametrize(
    ("stem", "so"),
    [("bathed", True), ("standing", True), ("earring", False), ("ring", False), ("seaweed", False), ("oak", False)],
)
def test_things_are_no_participles(stem: str, so: bool) -> None:
    assert is_participle(stem) is so


@pytest.mark.parametrize(
    ("text", "colors"),
    [
        ("headphones floating against a blue background", 1),
        ("sneaker levitating in front of a yellow wall", 1),
        ("floating headphones in front of a purple gradient", 2),
        ("levitating shoe before a gradient of purple and orange", 2),
    ],
)
def test_what_floats_stands_on_no_backdrop(text: str, colors: int) -> None:
    design = design_of(text)
    assert set_name(design) == "hanging_wall"
    assert design.holder == "none"
    assert len(design.colors) == colors


def test_what_floats_on_water_is_in_it() -> None:
    assert set_name(design_of("a zorble floating on dark water")) == "water"


@pytest.mark.parametrize("text", ["mug on a wooden table with blurred mountains", "mug on oak, blurred mountains"])
def test_blurred_mountains_are_behind(text: str) -> None:
    design = design_of(text)
    assert (design.far, design.stand, design.stand_material) == ("mountains", "table", "wood")


@pytest.mark.parametrize(
    "text",
    ["bag on the rug of a hotel room", "robot vacuum on a parquet floor in a bright living room"],
)
def test_a_rooms_floor_is_stood_on(text: str) -> None:
    design = design_of(text)
    assert set_name(design) == "room"
    assert design.rug or design.floor == "wood"


def test_a_rug_has_its_color_and_leaves_a_table_where_it_is() -> None:
    assert design_of("lamp on a white rug").accent_color == design_of("lamp, white rug").accent_color == "#f8f8f7"
    assert set_name(design_of("vase on a table in a living room with a rug")) == "interior"


@pytest.mark.parametrize("what", ["wooden blocks", "stone cubes"])
def test_blocks_beside_are_no_platform(what: str) -> None:
    direction = read(f"cream on a marble slab with {what}")
    assert set_name(direction.design) == "tabletop"
    assert what.split()[1] in direction.reading.split("not read")[1]


@pytest.mark.parametrize(
    ("text", "elevation"),
    [
        ("wine on a table in a vineyard, summer evening", 18.0),
        ("late summer afternoon on a beach", 18.0),
        ("sand dunes with long evening shadows", 18.0),
        ("a beach in summer", 55.0),
    ],
)
def test_hours_of_summer_have_their_own_sun(text: str, elevation: float) -> None:
    assert design_of(text).light.elevation_deg == elevation


@pytest.mark.parametrize("word", ["scones", "toner", "shallots", "divider", "whippet", "croquettes", "bitters"])
def test_rarer_english_words_are_not_misspelt(word: str) -> None:
    assert not read(f"a bottle on a table with {word}").wording.mended


def test_thatched_roofs_are_in_no_city() -> None:
    design = design_of("rum on a tropical bar top, thatched roof, sunset")
    assert design.place == "sunset"


@pytest.mark.parametrize(
    "text", ["sunglasses on beach sand, blue sea background", "해변 모래 위의 선글라스, 파란 바다 배경"]
)
def test_a_views_background_has_the_views_color(text: str) -> None:
    design = design_of(text)
    assert set_name(design) == "beach"
    assert design.sea_color == water("#1f5fd6")
    assert not {"#1f5fd6", design.sea_color}.intersection(design.sky_colors)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("borsa su una sedia in un caffè di Parigi", "cafe"),
        ("una tazza di caffè su un tavolo di legno", "tabletop"),
        ("tênis em uma pista de corrida vermelha", "tabletop"),
    ],
)
def test_one_word_of_two_meanings_has_that_of_its_company(text: str, name: str) -> None:
    assert set_name(design_of(text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cup in the snow with a wooden cabin behind", "dunes"),
        ("boots outside a cabin in the snow", "dunes"),
        ("bench in front of a cottage", "location"),
        ("a candle in a wooden cabin", "cabin"),
        ("a vase at home", "interior"),
    ],
)
def test_buildings_behind_are_seen_from_outside(text: str, name: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name
    told = {entry.written: entry.fate for entry in direction.account}
    behind = next((word for word in ("cabin", "cottage") if word in text and " in a " not in text), None)
    assert behind is None or told.get(behind, "not shown") != "shown"


@pytest.mark.parametrize("where", ["white marble", "oak", "a stone", "a white towel", "a wooden tray"])
@pytest.mark.parametrize("plant", ["lavender", "mint"])
def test_plants_with_what_is_stood_on_lie_there_and_paint_no_wall(where: str, plant: str) -> None:
    design, plain = design_of(f"zorble on {where} with {plant}"), design_of(f"zorble on {where}")
    assert "leaves" in (getattr(design, "props", ""), getattr(design, "beside", ""))
    assert getattr(design, "backdrop_color", "") == getattr(plain, "backdrop_color", "")


@pytest.mark.parametrize(
    ("text", "wall"), [("podium in white with mint", "#b5e3cd"), ("white podium with lavender backdrop", "#c8bdea")]
)
def test_colors_with_colors_stay_colors(text: str, wall: str) -> None:
    assert design_of(text).backdrop_color == wall


def test_a_puddle_on_a_surface_wets_it_and_one_in_the_street_the_road() -> None:
    on_yellow = design_of("juice in a puddle of water on a yellow surface")
    assert (on_yellow.surface_color, on_yellow.finish) == ("#f5d32e", "gloss")
    assert design_of("shoe in a puddle on the street").surface == "wet"
    assert set_name(design_of("shoe in a puddle")) == "water"


def test_a_river_stone_is_stood_on() -> None:
    assert design_of("a bamboo toothbrush on a river stone with water flowing around").support == "stone"


@pytest.mark.parametrize(
    ("text", "wall", "color"),
    [
        ("t-shirt hanging on a concrete wall", "concrete", "#a5a4a1"),
        ("an apron hanging on a white brick wall", "brick", "#f8f8f7"),
        ("dress hanging in front of a beige wall", "plaster", "#e3d3bb"),
        ("hoodie hanging against a green wall", "plaster", "#2f9e4c"),
    ],
)
def test_what_hangs_before_a_wall_hangs_there(text: str, wall: str, color: str) -> None:
    design = design_of(text)
    assert set_name(design) == "hanging_wall"
    assert (design.wall, design.colors, design.holder) == (wall, (color,), "hanger")


def test_red_clay_is_the_ground_and_no_sky() -> None:
    design = design_of("matte lipstick on cracked red clay, desert sun")
    assert (set_name(design), design.ground_color) == ("dunes", "#a8583a")
    assert design_of("podium in red clay").podium_color != design_of("a podium").podium_color
