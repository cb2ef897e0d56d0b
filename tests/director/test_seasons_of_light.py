"""In a room the season of a light is the light's: no leaves lie on a carpet for "soft autumn light"."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    [
        "armchair in a living room, soft autumn light",
        "fauteuil dans un salon, lumière douce d'automne",
        "Sessel im Wohnzimmer, herbstliches Licht",
        "mug in a bedroom, warm autumn sunlight",
    ],
)
def test_a_seasons_light_in_a_room_lays_nothing_there(text: str) -> None:
    assert parts(text)["beside"] == "none"
    assert "autumn" in read(text).reading.split("not read")[0]


@pytest.mark.parametrize("text", ["bedroom with autumn leaves", "bedroom, cozy autumn mood"])
def test_a_season_or_its_things_are_shown_there(text: str) -> None:
    assert parts(text)["beside"] == "autumn_leaves"
