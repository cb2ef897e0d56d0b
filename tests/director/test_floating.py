"""A product that floats does so where the prompt says, and over what it says."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sneaker floating over a sand dune", "dunes"),
        ("shoe levitating above a meadow", "location"),
        ("can hovering over a neon city street at night", "road"),
        ("a bottle floats over a forest", "location"),
        ("perfume floating above water at sunset", "water"),
        ("hovering over a marble podium, grey background", "podium"),
        ("bag floating in a blue sky", "location"),
        ("perfume floating in a pastel sky with clouds", "location"),
        ("mug hovering above a wooden table", "tabletop"),
        ("shoe in mid-flight over a basketball court", "tabletop"),
        ("my cream jar floats between green leaves, beige background", "tabletop"),
        ("bottle hangs in the air over a kitchen counter", "counter"),
        ("book floats over the ocean", "water"),
        ("Sneaker schwebt über einer Wüste", "dunes"),
        ("スニーカーが森の中で宙に浮く", "location"),
    ],
)
def test_it_floats_in_the_place_that_is_named(text: str, name: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name
    assert direction.design.afloat
    assert not {"floating", "levitating", "hovering", "floats", "schwebt"} & set(" ".join(direction.unread).split())


@pytest.mark.parametrize("text", ["float", "float in the air", "make it float", "let it float in the air"])
def test_a_product_that_is_told_to_float_does(text: str) -> None:
    assert not read(text).unread
    assert vars(read(text).design)["holder"] == "none"


@pytest.mark.parametrize("text", ["a pool float", "unicorn float, blue pool"])
def test_a_float_that_is_bought_is_no_request(text: str) -> None:
    assert not read(text).design.afloat


def test_a_glow_behind_what_floats_is_light_and_no_painted_wall() -> None:
    lit = read("floating sneaker, orange glow behind").design
    assert set_name(lit) == "glossy_floor"
    assert lit.afloat
    dark = read("can floating, red glow, black background")
    assert vars(dark.design)["colors"] == ("#111111",)
    assert "red glow" in dark.unread


def test_before_a_plain_wall_no_floor_is_seen() -> None:
    for text in ("levitating before a blue wall", "bag floating in front of a sky blue wall", "floating sneaker"):
        design = read(text).design
        assert set_name(design) == "hanging_wall"
        assert vars(design)["holder"] == "none"


@pytest.mark.parametrize(
    "text",
    [
        "tech gadget on a floating glass platform, black background",
        "headphones on a purple podium with floating spheres",
        "toothpaste tube on a mint green pedestal, bubbles floating",
        "floating on calm water with lotus flowers",
        "perfume on a floating lily pad in a pond",
        "purple dolphin pool float",
        "on a walnut table, oranges floating around",
        "serum on oak, balloons floating",
        "a candle floats on water",
        "flying petals, pink podium",
        "coffee beans flying around the bag, dark wood",
    ],
)
def test_what_else_floats_lifts_no_product(text: str) -> None:
    assert not read(text).design.afloat


@pytest.mark.parametrize("table", ["a wooden table", "a marble slab", "a shelf"])
def test_a_table_that_floats_is_told_and_lifts_no_product(table: str) -> None:
    direction = read(f"watch on {table} floating over a forest")
    assert not direction.design.afloat
    assert "floating" in direction.unread


@pytest.mark.parametrize("how", ["floating", "levitating", "standing"])
def test_a_tin_that_is_held_somehow_is_the_product(how: str) -> None:
    direction = read(f"matcha tin {how} before a pale green background")
    assert (direction.product, direction.unread) == ("matcha tin", ())


def test_splashes_of_what_is_not_water_are_told_and_make_no_lake() -> None:
    direction = read("matcha tin floating over a pale green background with green powder splashes")
    assert set_name(direction.design) == "hanging_wall"
    assert "green powder splashes" in direction.unread
    assert set_name(read("serum with water splashes").design) == "water"


@pytest.mark.parametrize("text", ["on a pool edge with a float and a cocktail", "sunscreen beside the float, pool"])
def test_a_float_that_one_buys_is_told(text: str) -> None:
    """Push-up bars hung over the water."""
    direction = read(text)
    assert not direction.design.afloat
    assert "float" in direction.unread
