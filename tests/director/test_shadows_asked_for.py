"""Shadows of what is outside the picture fall only where a prompt's words ask for them."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.director.vocabulary import Term, load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import hold, set_name
from photoshoot.settings import Stance

REGISTRY = PresetRegistry.load()


def gobos(text: str) -> set[str]:
    """What throws shadows in a prompt's set, however its product is held."""
    design = direct(text, REGISTRY, None).design
    return {getattr(hold(design, stance), "gobo", "none") for stance in Stance}


def named(term: Term) -> set[object]:
    return {params["gobo"] for params in term.params.values() if "gobo" in params}


def test_no_word_but_their_own_brings_blinds() -> None:
    terms = {id(term): (phrase, term) for phrase, term in load_vocabulary().phrases.items()}
    unasked = [
        phrase for phrase, term in terms.values() if "blinds" not in named(term) and "blinds" in gobos(" ".join(phrase))
    ]
    assert not unasked


@pytest.mark.parametrize(
    "text", ["white brick wall", "pink stucco wall, soft light", "in a tatami room", "a plain sunny wall"]
)
def test_a_wall_without_a_window_has_no_shadows(text: str) -> None:
    assert gobos(text) == {"none"}


@pytest.mark.parametrize(
    ("text", "gobo"),
    [
        ("sunbeams on a stucco wall", "panes"),
        ("sunbeams through shutters", "blinds"),
        ("shutters on a brick wall, sun rays", "blinds"),
        ("a brick wall with fern shadows, shafts of light", "leaves"),
        ("window shadows on a brick wall", "panes"),
        ("a brick wall with window shadows", "panes"),
    ],
)
def test_the_more_telling_word_says_what_light_comes_through(text: str, gobo: str) -> None:
    direction = direct(text, REGISTRY, None)
    assert vars(direction.design)["gobo"] == gobo
    assert direction.unread == ()


@pytest.mark.parametrize("way", ["hanging on", "hung on", "hangs on"])
def test_what_hangs_does_so_whatever_throws_shadows_there(way: str) -> None:
    terms = {id(term): " ".join(phrase) for phrase, term in load_vocabulary().phrases.items() if named(term)}
    shadows = [phrase for phrase in terms.values() if "shadow" in phrase]
    assert len(shadows) >= 3
    for phrase in shadows:
        assert set_name(direct(f"{way} a pink wall, {phrase}", REGISTRY, None).design) == "hanging_wall", phrase
        assert set_name(direct(f"a pink wall, {phrase}", REGISTRY, None).design) != "hanging_wall", phrase
