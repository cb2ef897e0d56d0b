"""A hint of a colour is that colour paler and greyer, and of what it is said; before another one it leans to it."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.director.words.tinges import TINGES, hint_color, lean_color
from tests.director.reading import parts, read


def _hue(color: str) -> np.ndarray:
    return np.asarray(hex_to_oklab(color)[1:])


@pytest.mark.parametrize("word", [word for word, hue in TINGES.items() if hue not in ("black", "grey", "white")])
def test_a_hint_has_the_hue_and_is_paler_and_greyer(word: str) -> None:
    hint, full = hint_color(word), NAMED_COLORS[TINGES[word]]
    assert hex_to_oklab(hint)[0] >= hex_to_oklab(full)[0] - 0.01
    turn = np.dot(_hue(hint), _hue(full)) / np.linalg.norm(_hue(hint)) / np.linalg.norm(_hue(full))
    assert turn > 0.97
    assert 0.4 < np.linalg.norm(_hue(hint)) / np.linalg.norm(_hue(full)) < 0.7


@pytest.mark.parametrize("word", ["greenish", "bluish", "reddish", "pinkish", "greyish"])
def test_it_is_of_what_it_is_said_of(word: str) -> None:
    table = parts(f"watch on a {word} table, white wall")
    assert (table["surface_color"], table["backdrop_color"]) == (hint_color(word), NAMED_COLORS["white"])
    assert parts(f"{word} background")["colors"] == (hint_color(word),)
    assert not read(f"perfume on marble, {word} light").unread


def test_before_another_colour_that_one_leans_to_it() -> None:
    assert parts("bluish grey wall, watch on slate")["backdrop_color"] == lean_color(NAMED_COLORS["grey"], "bluish")
    brown = read("perfume on a reddish-brown table")
    assert not brown.unread
    assert parts("perfume on a reddish-brown table")["surface_color"] == lean_color(NAMED_COLORS["brown"], "reddish")


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("grünlicher Hintergrund", "greenish"),
        ("Uhr vor rötlichem Hintergrund", "reddish"),
        ("fond verdâtre", "greenish"),
        ("fondo azulado", "bluish"),
        ("sfondo rossastro", "reddish"),
        ("fundo amarelado", "yellowish"),
        ("青みがかった背景", "bluish"),
    ],
)
def test_in_other_languages_it_is_the_background_s(prompt: str, word: str) -> None:
    direction = read(prompt)
    assert not direction.unread
    assert parts(prompt)["colors"] == (hint_color(word),)


def test_a_colour_that_is_called_after_no_thing_is_the_background_s_in_any_language() -> None:
    assert not read("fundo bordô").unread
    assert parts("fundal bleumarin")["colors"] == (NAMED_COLORS["navy blue"],)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("on deep forest green velvet", "forest green"),
        ("on oak before a misty forest green wall", "forest green"),
        ("on oak before a clear sky blue wall", "sky blue"),
    ],
)
def test_a_colour_of_two_words_begins_in_no_place(text: str, color: str) -> None:
    direction = read(text)
    assert "forest" not in str(vars(direction.design).get("place"))
    assert any(color in said for said in direction.words["colour"])
