from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.segmenters.regions import grow, pick_parts, shrink

SQUARE = np.ones((3, 3), bool)


@pytest.mark.parametrize("reach", [1, 2, 3, 7, 60])
def test_growing_and_shrinking_equal_repeated_morphology(reach: int) -> None:
    region = np.random.default_rng(5).random((37, 53)) > 0.97
    assert np.array_equal(grow(region, reach), ndimage.binary_dilation(region, SQUARE, iterations=reach))
    solid = ~region
    eroded = ndimage.binary_erosion(solid, SQUARE, iterations=reach, border_value=1)
    assert np.array_equal(shrink(solid, reach), eroded)


def test_a_region_stays_as_it_was() -> None:
    region = np.eye(9, dtype=bool)
    grow(region, 3)
    assert np.array_equal(region, np.eye(9, dtype=bool))


def test_marked_parts_are_picked() -> None:
    region = np.zeros((8, 8), bool)
    region[1, 1] = region[2, 2] = region[6, 6] = True
    marks = np.zeros_like(region)
    marks[1, 1] = marks[4, 4] = True
    assert np.argwhere(pick_parts(region, marks, diagonal=True)).tolist() == [[1, 1], [2, 2]]
    assert np.argwhere(pick_parts(region, marks, diagonal=False)).tolist() == [[1, 1]]
    assert not pick_parts(region, np.zeros_like(region), diagonal=True).any()
