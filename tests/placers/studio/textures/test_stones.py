"""Stones side by side: who is nearest, and how far off the rim is."""

import numpy as np
import pytest

from photoshoot.placers.studio.textures.soil import stones

SIDE, SIDE_PX = 12, 240


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_rims_lie_where_one_stone_ends_and_another_begins_over_the_picture_s_edges_too(spread: float) -> None:
    rim, number = stones(SIDE, SIDE_PX, 4, spread)
    assert set(np.unique(number)) == set(range(SIDE**2))
    cell = SIDE_PX // SIDE
    place = np.array(np.indices(rim.shape)) // cell
    off = (np.stack([number // SIDE, number % SIDE]) - place + SIDE // 2) % SIDE - SIDE // 2
    assert np.abs(off).max() <= 2  # cells away, round the picture's edges: one, and what the lattice is warped by
    for axis in (0, 1):
        ends = number != np.roll(number, 1, axis)
        beside, inside = np.minimum(rim, np.roll(rim, 1, axis))[ends], rim[~ends]
        assert beside.max() < 4 * SIDE / SIDE_PX < inside.max() / 2
        assert 0.02 < ends.mean() < 0.2
    assert rim.min() >= 0
