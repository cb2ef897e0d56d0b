"""Spotlights and floodlights on whatever is stood, laid or hung on, sheets of brushed metal, desks from above."""

from __future__ import annotations

import pytest

from photoshoot.director.direction import direct
from photoshoot.presets import PresetRegistry
from photoshoot.sets import hold
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.named import left_behind
from photoshoot.settings import Stance

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize("text", ["on slate, spotlight", "on a wooden table in a spotlight", "on stage, stage light"])
@pytest.mark.parametrize("stance", [Stance.UPRIGHT, Stance.LYING])
def test_a_spotlight_is_there_however_a_product_is_placed(text: str, stance: Stance) -> None:
    asked = direct(text, REGISTRY, None).design
    built = hold(asked, stance)
    assert built.light.gobo == "spot"
    assert "glow" not in left_behind(asked, built)


@pytest.mark.parametrize("text", ["on brushed steel", "on a brushed aluminium sheet", "on a stainless steel table"])
def test_what_lies_on_metal_lies_on_a_brushed_sheet_of_its_colour(text: str) -> None:
    asked = direct(text, REGISTRY, None)
    built = hold(asked.design, Stance.LYING)
    assert isinstance(built, FlatLay)
    assert built.surface == "metal"
    assert asked.stand_ins == ()


def test_a_plate_with_a_relief_is_told_as_smooth_metal() -> None:
    for text in ("on diamond plate", "flat lay on diamond plate"):
        assert direct(text, REGISTRY, None).stand_ins == ("diamond plate shown as smooth metal",)


@pytest.mark.parametrize("text", ["colorful gradient background", "pastel gradient background", "vibrant background"])
def test_what_floats_does_so_before_the_gradient_that_was_asked_for(text: str) -> None:
    floating = direct(f"floating in front of a {text}", REGISTRY, None)
    assert len(vars(floating.design)["colors"]) >= 3
    assert floating.unread == ()


@pytest.mark.parametrize(
    ("text", "court"), [("basketball court", "basketball_court"), ("tennis court", "tennis_court")]
)
def test_a_court_under_floodlights_is_no_football_pitch(text: str, court: str) -> None:
    asked = direct(f"on a {text} floor, stadium lights, night game", REGISTRY, None)
    assert vars(asked.design)["backdrop"] == court
    assert "stadium lights" not in asked.unread
    assert asked.design.light.intensity < 0.8


@pytest.mark.parametrize(
    "text", ["on a desk, top down", "flat lay on an artist's desk", "on a messy desk seen from above"]
)
def test_a_desk_from_above_is_of_wood(text: str) -> None:
    asked = direct(f"notebook {text}", REGISTRY, None)
    assert isinstance(asked.design, FlatLay)
    assert asked.design.surface == "wood"
    assert "desk" not in asked.unread


def test_a_spotlight_on_a_dark_mirror_is_seen() -> None:
    lying = hold(direct("black background, dramatic spotlight", REGISTRY, None).design, Stance.LYING)
    assert isinstance(lying, FlatLay)
    assert lying.surface == "paper", "lacquer mirrors lamps, and shows no light that falls on it"
    pool = direct("in a pool of light", REGISTRY, None)
    assert pool.design.light.gobo == "spot"
    assert pool.unread == ()
