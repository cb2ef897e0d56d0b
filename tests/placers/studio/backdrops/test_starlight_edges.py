"""Stars at the edge of a picture's card are drawn as far as they are on it."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.backdrops import starlight


@pytest.mark.parametrize("seed", range(12))
def test_no_star_lies_outside_the_picture_of_the_sky(seed: int) -> None:
    """One whose middle is rounded to just past the edge had no room for its spot."""
    card = starlight.SkyCard(
        left=-50.0, right=50.0, bottom=0.0, top=60.0, rows=31, columns=9, longer=220.0, eye=1.0, distance=300.0
    )
    stars = starlight._stars(card, 900, np.zeros((31, 9)), np.random.default_rng(seed))
    assert stars.shape == (31, 9, 3)
    assert np.isfinite(stars).all()
