"""How real places are exposed."""

from __future__ import annotations

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.backdrops.real_places import MOODS, mood_of
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
