"""How real places are exposed."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear, hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.backdrops.real_places import MOODS, mood_of, turn_leaves
from photoshoot.sets import Light

GOLDEN = Light(color="#ffd6a0")


@pytest.mark.parametrize("place", sorted(MOODS))
@pytest.mark.parametrize("color", ["#ffffff", "#fff2dd", "#f7faff"])
def test_a_key_of_the_day_leaves_a_place_as_it_is(place: str, color: str) -> None:
    assert mood_of(place, Light(color=color)) == MOODS[place]


def test_a_place_by_day_is_warm_and_dim_in_a_low_sun() -> None:
    """A city at noon stood behind shoes in golden light."""
    mood = mood_of("city", GOLDEN)
    assert mood.level < 0.85 * MOODS["city"].level
    assert hex_to_oklab(mood.tint)[2] > 0.05
    assert mood.balance > MOODS["city"].balance, "its own blue would make the light grey"


def test_a_place_in_the_evening_or_at_night_has_its_own_light_already() -> None:
    for place in ("sunset", "sunrise", "night", "park_at_night", "esplanade", "hall"):
        assert mood_of(place, GOLDEN) == MOODS[place]


@pytest.mark.parametrize("color", ["#4f6b2a", "#7c9a3f", "#2c3f1e", "#93a84e"])
def test_leaves_and_grass_are_gold_and_rust_in_autumn(color: str) -> None:
    """An autumn park was asked for, and its trees stood in their green."""
    turned = linear_to_oklab(turn_leaves(hex_to_linear(color)[None, None]))[0, 0]
    assert 45 < np.degrees(np.arctan2(turned[2], turned[1])) < 85
    assert abs(turned[0] - hex_to_oklab(color)[0]) < 0.06


@pytest.mark.parametrize("color", ["#8fb4dc", "#e8eef6", "#8d8a86", "#6b5236", "#b0483a"])
def test_sky_stone_and_earth_stay_in_autumn(color: str) -> None:
    own = hex_to_linear(color)
    np.testing.assert_allclose(turn_leaves(own[None, None])[0, 0], own, atol=2e-3)
