"""What is said of things that they are anyway is shown with them, and what they are not is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.director.reading import read


@pytest.mark.parametrize(
    "prompt",
    [
        "fresh lemons on marble",
        "ripe whole limes on slate",
        "slices of lemon on slate",
        "oak with halves of oranges",
        "lemon halves and mint on marble",
        "ripe red tomatoes on oak",
        "freshly picked green apples on oak",
        "loose pearls on silk",
        "roasted coffee beans on dark wood",
        "smooth river pebbles",
        "on fresh green moss",
        "clear ice cubes on slate",
        "fluffy pampas grass, beige wall",
        "dried autumn leaves on wood",
        "on veined white marble",
        "on flowing silk",
        "on pristine snow",
        "naranjas cortadas sobre madera",
        "ahşap masada portakal dilimleri",
    ],
)
def test_what_things_are_anyway_is_shown(prompt: str) -> None:
    assert read(prompt).unread == ()


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("halved figs on oak", "halved"),  # grapes stand in for them, which are whole
        ("marble with sliced cheese", "sliced"),
        ("dried lemons on marble", "dried"),
        ("no fresh lemons, white marble", "fresh"),
        ("roasted lemons on marble", "roasted"),
    ],
)
def test_what_they_are_not_is_told(prompt: str, told: str) -> None:
    assert told in read(prompt).unread


def test_it_is_accounted_for_as_shown_and_names_no_thing() -> None:
    direction = read("ripe red tomatoes on oak")
    assert {part.written: part.fate for part in direction.account}["ripe"] == "shown"
    assert "ripe" not in [word for words in direction.words.values() for word in words]


@pytest.mark.parametrize("part", ["halves", "slices", "wedges", "segments"])
@pytest.mark.parametrize("fruit", ["lemon", "lime", "orange"])
def test_what_is_cut_into_pieces_is_no_colour(fruit: str, part: str) -> None:
    assert vars(read(f"{fruit} {part} on slate").design)["props"] == "citrus"


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("on wet black rocks", {"wet": True}),
        ("wet rocks", {"wet": True}),
        ("rain-soaked rocks", {"wet": True}),
        ("on wet black pebbles", {"ground": "pebbles", "wet": True}),
        ("on a wet rock at the beach", {"stand": "rock", "wet": True}),
        ("sobre una roca mojada en la playa", {"stand": "rock", "wet": True}),
        ("on a wet stone by the sea", {"support": "stone", "wet": True}),
        ("на мокрых камнях у моря", {"support": "stone", "wet": True}),
        ("on wet rocks by the sea", {"support": "stone", "wet": True}),
        ("posé sur des galets noirs mouillés", {"ground": "pebbles", "wet": True}),
    ],
)
def test_wet_rocks_are_wet(prompt: str, shown: dict[str, Any]) -> None:
    direction = read(prompt)
    assert {**vars(direction.design), **shown} == vars(direction.design)
    assert direction.unread == ()
    assert not any(part.shown_as for part in direction.account)


@pytest.mark.parametrize("finish", ["polished", "glossy", "wet", "matte"])
def test_how_a_stone_shines_is_worth_no_sea(finish: str) -> None:
    assert vars(read(f"on {finish} stone by the sea").design)["support"] == "stone"


def test_wet_is_told_where_the_product_stands_on_no_rock() -> None:
    assert not vars(read("a wet towel on the beach").design)["wet"]
    assert "wet" in read("a wet towel on the beach").unread
    assert "wet" in read("on wet wood by the lake").unread
    beside = read("wooden table with wet rocks beside it")
    assert "dry rocks" in [part.shown_as for part in beside.account]
