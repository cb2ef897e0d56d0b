"""Words of manner that change nothing are told, and what is claimed of walls, fog, blocks and books is there."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import read


def instead(text: str, word: str) -> str | None:
    return next(entry.shown_as for entry in read(text).account if word in entry.written.split())


@pytest.mark.parametrize("word", sorted(load_vocabulary().company["looking"]))
def test_words_of_manner_are_told_beside_what_is_shown(word: str) -> None:
    direction = read(f"on oak with {word} candles")
    assert word in " ".join(direction.unread).split()
    assert direction.design == read("on oak with candles").design
    assert word not in " ".join(read(f"on oak, a {word} photo").unread).split()


def test_a_mood_that_is_not_known_is_told_and_so_are_words_of_other_languages() -> None:
    assert read("on oak, calm and quiet mood").unread == ("quiet",)
    assert read("auf einem großen Holztisch mit frischen Kerzen").unread == ("großen (large)", "frischen (fresh)")


@pytest.mark.parametrize("text", ["autumn, white wall", "christmas, a green wall", "old stone wall, cloudy autumn"])
def test_a_wall_that_is_told_is_no_lights_out_of_focus(text: str) -> None:
    assert getattr(read(text).design, "backdrop", "") == "wall"
    assert getattr(read(f"{text}, bokeh").design, "backdrop", "") == "bokeh"


def _design(text: str) -> Any:
    return read(text).design


def test_fog_of_a_color_is_behind_the_product_where_nothing_else_is() -> None:
    assert _design("halloween night with pumpkins and purple fog").backdrop_color == "#7a35b0"
    assert _design("purple fog on black stone").backdrop_color == "#7a35b0"
    assert _design("on slate, red wall, purple fog").backdrop_color == _design("on slate, red wall").backdrop_color
    assert _design("white smoke, on black stone").backdrop_color == _design("on black stone").backdrop_color
    assert read("white smoke, black background").unread == ()


def test_the_color_of_blocks_of_a_material_is_theirs() -> None:
    assert _design("scene: red marble blocks").podium_color == _design("red blocks").podium_color
    assert read("scene: red marble blocks").unread == ()
    assert vars(read("scene: red marble blocks").design)["podium_material"] == "marble"


def test_blocks_in_a_childrens_room_are_toys() -> None:
    assert _design("wooden blocks around it in a nursery") == _design("a nursery with toy blocks")
    assert set_name(read("wooden blocks, white wall").design) == "podium"


@pytest.mark.parametrize(
    ("text", "word"), [("a pile of books as a pedestal", "books"), ("on ice cubes, blue light", "ice")]
)
def test_what_nothing_stands_on_is_told_as_beside_the_product(text: str, word: str) -> None:
    assert "beside the product" in str(instead(text, word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("our night cream resting on a pebble in a shallow pool", "pebble"),
        ("perfume on a seashell on the beach", "seashell"),
        ("bottle on a lemon slice", "slice"),
        ("lipstick resting on a rose", "rose"),
        ("ring on a candle", "candle"),
    ],
)
def test_a_single_thing_carries_no_product(text: str, word: str) -> None:
    assert "beside the product" in str(instead(text, word))


@pytest.mark.parametrize(
    ("text", "word"),
    [("perfume on a bed of rose petals", "petals"), ("ring on a pebble", "pebble"), ("a rose on oak", "rose")],
)
def test_what_the_product_is_among_or_on_is_itself(text: str, word: str) -> None:
    assert "beside the product" not in str(instead(text, word))


@pytest.mark.parametrize("light", ["spotlight", "candlelight"])
@pytest.mark.parametrize(
    ("behind", "backdrop"), [("a brick wall", "brick"), ("a barn", "barn"), ("a bookshelf", "books")]
)
def test_what_is_named_behind_a_table_is_there_in_a_spotlight_and_by_candles(
    light: str, behind: str, backdrop: str
) -> None:
    direction = read(f"on black stone, {behind} behind, {light}")
    assert light in direction.reading.split(";")[0]
    assert getattr(direction.design, "backdrop", "") == backdrop
    assert direction.unread == ()


def test_a_wall_is_told_where_lights_out_of_focus_are_in_its_place() -> None:
    direction = read("white wall, blurred bar lights")
    assert getattr(direction.design, "backdrop", "") == "bokeh"
    assert direction.unread == ("wall",)


@pytest.mark.parametrize("place", ["parking garage", "subway station", "greenhouse", "tatami room"])
def test_a_place_is_told_where_neon_is_in_its_stead(place: str) -> None:
    direction = read(f"on a wooden table in a {place} with neon lights")
    shown = getattr(direction.design, "backdrop", "")
    assert place.replace(" ", "_") == shown or any(place in words for words in direction.unread), direction.reading


@pytest.mark.parametrize(
    ("text", "backdrop"),
    [
        ("white wall, fairy lights", "wall"),
        ("on a table before a brick wall with string lights", "brick"),
        ("on a table in a greenhouse with fairy lights", "greenhouse"),
        ("at a rooftop party at night, festoon lights", "rooftop"),
        ("fairy lights", "bokeh"),
    ],
)
def test_strings_of_lamps_hang_over_whatever_is_behind(text: str, backdrop: str) -> None:
    direction = read(text)
    design = vars(direction.design)
    assert (design["backdrop"], design["lights"], direction.unread) == (backdrop, True, ())


@pytest.mark.parametrize(
    "text",
    [
        "on oak, wall with wooden boards behind",
        "auf Eiche vor einer Bretterwand",
        "framför en plankvägg",
        "deszkafal előtt",
        "na tle ściany z desek",
        "на фоне дощатой стены",
        "на тлі дощатої стіни",
        "пред дъсчена стена",
        "板壁の前",
    ],
)
def test_walls_of_boards_are_such_in_any_language(text: str) -> None:
    direction = read(text)
    assert getattr(direction.design, "backdrop", "") == "boards"
    assert direction.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "na dębowym stole, za nimi cegła",
        "на столе, за ним море, рядом с ней лимоны",
        "su legno, dietro di esso il mare",
    ],
)
def test_pronouns_are_not_told(text: str) -> None:
    assert read(text).unread == ()
