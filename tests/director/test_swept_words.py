"""Families of words that a sweep of the language found unknown, untold or taken for others: each family by a few."""

import pytest

from tests.director.reading import parts, read


def _shown_as(prompt: str) -> str | None:
    return next((told.shown_as for told in read(prompt).account if told.shown_as is not None), None)


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("with mint beside it", "leafy twigs"),
        ("lavender next to it", "leafy twigs"),
        ("on oak, with sage scattered around it", "leafy twigs"),
        ("with dahlias on a table", None),
        ("with carrots beside it", None),
    ],
)
def test_what_grows_and_lies_beside_the_product_is_no_colour(prompt: str, told: str | None) -> None:
    assert vars(read(prompt).design)["props"] not in ("none", "")
    assert _shown_as(prompt) == told


@pytest.mark.parametrize(
    "prompt", ["with honeycomb beside it", "honey around it, on oak", "on oak with caramel beside it"]
)
def test_what_is_eaten_and_the_studio_has_not_is_told(prompt: str) -> None:
    assert read(prompt).unread


def test_a_colour_beside_another_stays_one() -> None:
    assert parts("mint and cream background")["colors"] == ("#b5e3cd", "#f5e9cf")


@pytest.mark.parametrize("prompt", ["in a modern shop", "in a cosy store", "in a bold shop", "shop"])
def test_a_noun_that_asks_for_nothing_elsewhere_is_told_after_any_adjective(prompt: str) -> None:
    assert read(prompt).unread == (prompt.split()[-1],)


@pytest.mark.parametrize("prompt", ["everything in zorbic light", "lit with zorbic lighting", "zorbic shadows"])
def test_light_alone_makes_no_preset_near(prompt: str) -> None:
    assert read(prompt).nearest_preset_id is None


@pytest.mark.parametrize(
    ("prompt", "kind", "shown_as"),
    [
        ("in a candy shop", "tabletop", "lit shelves of a shop"),
        ("in an ice cream parlour", "cafe", "a cafe"),
        ("in a boutique hotel", "location", "a lobby"),
        ("in a bungalow", "interior", "an interior"),
        ("in front of a steel wall", "window_room", "a grey wall"),
        ("against a padded wall", "window_room", "a plain wall of its colour"),
        ("against a bamboo wall", "tabletop", "a wall of boards"),
        ("on mosaic tiles", "tabletop", "plain square tiles"),
        ("in front of azulejos", "counter", "plain square tiles"),
        ("on a round rug", "room", "a plain rug"),
        ("on a winding road", "road", "a road"),
        ("on plywood", "tabletop", "wood"),
        ("on organza", "drapery", "woven cloth"),
        ("on crocodile leather", "tabletop", "smooth leather"),
        ("on linoleum", "tabletop", "a matte top"),
        ("on the Maldives", "beach", "a beach"),
        ("in Arizona", "dunes", "dunes"),
        ("in the Scottish Highlands", "location", "rolling hills"),
        ("in Boston", "location", "a city"),
        ("on Crete", "tabletop", "white stone before blue"),
        ("on a milk crate", "crates", "wooden crates"),
        ("hurricane lamps", "celebration", "lanterns"),
    ],
)
def test_the_nearest_real_thing_stands_in_and_is_told(prompt: str, kind: str, shown_as: str) -> None:
    assert (parts(prompt)["set"], _shown_as(prompt)) == (kind, shown_as)


@pytest.mark.parametrize(
    ("prompt", "color"),
    [
        ("a steel gray background", "#71797e"),
        ("a fire engine red background", "#c8102e"),
        ("a pea green background", "#8aa33c"),
        ("an orchid background", "#d68fc6"),
        ("a wine background", "#5a2333"),
    ],
)
def test_a_colour_that_is_called_after_a_thing_is_a_backdrop(prompt: str, color: str) -> None:
    assert (parts(prompt)["set"], parts(prompt)["colors"]) == ("cyclorama", (color,))


@pytest.mark.parametrize(
    "prompt",
    [
        "golden ratio",
        "on gold bars",
        "an avant-garde scene",
        "kodak gold",
        "with straws beside it",
        "ivy league style",
        "a coca cola ad",
    ],
)
def test_a_word_that_is_in_a_name_or_in_another_word_is_not_meant(prompt: str) -> None:
    assert read(prompt).unread
    assert not read(prompt).words


@pytest.mark.parametrize("prompt", ["fluorescent light", "ambient light", "halogen light"])
def test_a_lamp_is_light_alone(prompt: str) -> None:
    direction = read(f"everything in {prompt}")
    assert (direction.nearest_preset_id, direction.understood) == (None, True)


@pytest.mark.parametrize(("prompt", "color"), [("on a pine podium", "#b98a55"), ("on a bamboo pedestal", "#b98a55")])
def test_a_platform_of_a_plant_s_wood_is_of_wood(prompt: str, color: str) -> None:
    assert (parts(prompt)["set"], parts(prompt)["podium_color"]) == ("podium", color)


def test_velvet_in_a_tree_s_colour_is_dyed() -> None:
    assert parts("on pine velvet")["color"] == "#2f5d46"
