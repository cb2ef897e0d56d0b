"""A place with lamps of its own is that place, whatever is said to glow there; a theatre has its curtain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import hold, set_name
from photoshoot.sets.gym import Gym
from photoshoot.settings import Stance
from tests.director.reading import parts, read


@pytest.mark.parametrize("color", ["amber", "blue"])
@pytest.mark.parametrize(
    "form", ["{} glow behind", "shelves of bottles glow {}", "shelves of bottles glow {} behind it"]
)
def test_a_bar_that_glows_is_a_bar_in_that_colour(form: str, color: str) -> None:
    text = f"whisky on a bar, {form.format(color)}"
    assert (parts(text)["backdrop"], parts(text)["backdrop_color"]) == ("bar", NAMED_COLORS[color])
    assert not read(text).unread


@pytest.mark.parametrize("text", ["perfume in a neon nightclub", "sneaker in a neon-lit club", "neon disco"])
def test_a_nightclub_with_neon_is_a_nightclub_and_its_neon_is_told(text: str) -> None:
    assert parts(text)["backdrop"] == "nightclub"
    assert " shown as the lamps there" in read(text).reading


@pytest.mark.parametrize("text", ["beer on a bar counter with a neon sign behind", "DJ booth with purple neon tubes"])
def test_lamps_that_are_named_themselves_are_seen(text: str) -> None:
    assert parts(text)["backdrop"] == "neon"


def test_a_ring_in_a_nightclub_is_seen() -> None:
    assert parts("inside a nightclub with a glowing blue neon ring")["shape"] == "ring"


def test_a_room_of_lamps_is_one_where_no_place_is_named() -> None:
    assert set_name(read("sneaker, neon lights").design) == "neon_room"


@pytest.mark.parametrize("place", ["on a theatre stage", "in a theatre", "at the opera", "on the stage of a theater"])
@pytest.mark.parametrize("curtain", ["red curtain", "red velvet curtain behind"])
def test_a_theatre_has_its_curtain_of_velvet(place: str, curtain: str) -> None:
    text = f"violin {place}, {curtain}"
    assert {"set": "tabletop", "material": "wood", "backdrop": "velvet"}.items() <= parts(text).items()
    assert parts(text)["backdrop_color"] == NAMED_COLORS["red"]
    assert not read(text).unread


def test_a_theatre_without_a_curtain_is_its_hall() -> None:
    assert parts("violin in a theatre")["place"] == "hall"


def test_a_cafes_counter_is_told_as_a_table() -> None:
    assert "cafe counter shown as a cafe's table" in read("coffee bag on a café counter").reading


@pytest.mark.parametrize(
    ("text", "accent"),
    [
        ("a bare concrete hall with teal strip lights on the walls", "#12807f"),
        ("concrete bunker with blue neon tubes", None),
        ("underground hall, led strips", None),
    ],
)
def test_strips_of_light_that_are_asked_for_are_in_a_bare_hall(text: str, accent: str | None) -> None:
    asked = read(text)
    hall = asked.design
    assert isinstance(hall, Gym)
    assert hall.strips
    assert not hall.weights
    assert accent in {None, hall.accent_color}
    assert not asked.unread
    assert hold(hall, Stance.LYING) != hold(replace(hall, strips=False), Stance.LYING)


@pytest.mark.parametrize("text", ["between neon tubes, coloured light", "coloured light and neon tubes"])
def test_tubes_that_are_named_are_seen_whatever_else_is_coloured(text: str) -> None:
    assert parts(text)["shape"] == "bars"


def test_light_from_a_window_draws_it_on_a_wall() -> None:
    assert parts("in a terracotta room with light from a window")["gobo"] == "panes"
    assert parts("in a sunny terracotta room")["gobo"] == "none"
