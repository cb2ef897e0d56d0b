from __future__ import annotations

import drjit as dr
import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.renderer.sequence import build_sampler

pytestmark = pytest.mark.usefixtures("variant_compiled", "placer")
SIDE, SAMPLES = 8, 16


def draw(seed: int, dimensions: int = 3, samples: int = SAMPLES) -> list[np.ndarray]:
    """Points of a square of pixels (SIDE, SIDE, samples, 2), one array for each pair of dimensions."""
    row, column, sample = (mi.UInt32(axis.ravel()) for axis in np.mgrid[:SIDE, :SIDE, :samples])
    sampler = build_sampler()
    sampler.begin((row, column), sample, dr.opaque(mi.UInt32, seed))
    return [np.array(sampler.next_2d()).T.reshape(SIDE, SIDE, samples, 2) for _ in range(dimensions)]


def cells(points: np.ndarray, across: int, down: int) -> np.ndarray:
    """How many points lie in each cell of a grid over the unit square."""
    x, y = points.reshape(-1, 2).T
    counts: np.ndarray = np.histogram2d(x, y, (across, down), ((0, 1), (0, 1)))[0]
    return counts


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_passes_pixels_and_squares_are_even(seed: int) -> None:
    for points in draw(seed):
        for row, column in ((0, 0), (3, 6), (7, 2)):
            pixel = points[row, column]
            for grid in ((2, 2), (4, 1), (1, 4)):
                assert (cells(pixel[:4], *grid) == 1).all(), "a pass"
                assert (cells(pixel[4:8], *grid) == 1).all(), "the next one"
        square = points[:4, 4:, :4]
        for grid in ((8, 8), (64, 1), (1, 64), (16, 4)):
            assert (cells(square, *grid) == 1).all(), "a square's first pass"
        assert (cells(points[:4, 4:], 16, 16) == 1).all(), "its passes"


def test_dimensions_seeds_and_runs_are_their_own() -> None:
    first, second, third = (points.reshape(-1, 2) for points in draw(5))
    (other,) = (points.reshape(-1, 2) for points in draw(6, 1))
    table = np.corrcoef(np.column_stack([first, second, third, other]).T) - np.eye(8)
    assert np.abs(table).max() < 0.12, np.abs(table).max()  # 1024 points by chance: .03 each
    late = draw(5, 1, 64)[0][:, :, 32:]
    assert (cells(late[0, 0, :4], 2, 2) == 1).all()
    assert np.abs(np.corrcoef(late[..., :16, 0].ravel(), first[:, 0])[0, 1]) < 0.12


def test_one_paths_numbers_are_uniform_over_seeds() -> None:
    seeds = dr.arange(mi.UInt32, 2**14)
    sampler = build_sampler()
    sampler.begin((seeds * 0 + 3, seeds * 0 + 5), seeds * 0 + 2, seeds)
    lone, pair = np.array(sampler.next_1d()), np.array(sampler.next_2d()).T
    assert 0 <= min(lone.min(), pair.min()) < max(lone.max(), pair.max()) < 1
    for counts in (cells(pair, 8, 8), cells(np.column_stack([lone, pair[:, 0]]), 8, 8)):
        assert np.abs(counts - 256).max() < 5 * 16
