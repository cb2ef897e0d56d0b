"""The outline is smooth where no edge shows, or where a grain has its colours; else it is left as it was found."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.matte.contours import calm_outline, clear_tails, even_outline
from photoshoot.segmenters.matte.matting import solve_matte

SIDE = 128


def ragged(longest: int = 6) -> Float32Array:
    """A matte whose right side, at column 64, is torn by hairs of up to so many px."""
    alpha = np.zeros((SIDE, SIDE), np.float32)
    alpha[:, :64] = 1
    for row, reach in enumerate(np.random.default_rng(5).integers(-longest, longest + 1, SIDE)):
        alpha[row, min(64, 64 + reach) : max(64, 64 + reach)] = float(reach > 0)
    return alpha


def tears(alpha: Float32Array) -> float:
    """Mean step, px, of the outline from row to row; the ends, where the blur sees no more, apart."""
    edge = alpha[8:-8].sum(axis=1)
    return float(np.abs(np.diff(edge)).mean())


@pytest.mark.parametrize(("step", "smooth"), [(0.0, True), (0.4, False)])
def test_the_outline_is_smooth_where_nothing_shows_an_edge(step: float, smooth: bool) -> None:
    torn = ragged()
    planes = np.repeat((0.1 + step * ndimage.gaussian_filter(torn, 0.7))[None], 3, axis=0).astype(np.float32)
    unknown = np.zeros((SIDE, SIDE), bool)
    unknown[:, 54:74] = True
    _, lines = solve_matte(planes, torn, np.full_like(torn, 0.1), unknown)
    alpha, kept = calm_outline(torn, lines, planes, unknown)
    if smooth:
        assert tears(alpha) < 0.15 * tears(torn), f"steps of {tears(alpha):.2f} px, torn {tears(torn):.2f}"
        assert abs(float(alpha.mean() - torn.mean())) < 0.01
        assert kept.centers.size < lines.centers.size
        assert kept.deviations.shape[2] == kept.inverse.shape[2] == kept.mean.shape[1] == kept.centers.size
    else:
        assert float(np.abs(alpha - torn)[8:-8].max()) < 1e-6
        assert kept.centers.size > 0.99 * lines.centers.size


@pytest.mark.parametrize(("grainy", "smooth"), [(True, True), (False, False)])
def test_an_outline_before_a_grain_of_its_own_colours_is_even(grainy: bool, smooth: bool) -> None:
    torn = ragged(2)
    ground = np.full((SIDE, SIDE), 0.7, np.float32)
    if grainy:
        ground[np.random.default_rng(6).random((SIDE, SIDE)) < 0.3] = 0.1
    planes = np.repeat((torn * 0.1 + (1 - torn) * ground)[None], 3, axis=0).astype(np.float32)
    unknown = np.zeros((SIDE, SIDE), bool)
    unknown[:, 54:74] = True
    _, lines = solve_matte(planes, torn, np.full_like(torn, 0.1), unknown)
    alpha, kept = even_outline(torn, lines, planes, unknown)
    if smooth:
        assert tears(alpha) < 0.5 * tears(torn), f"steps of {tears(alpha):.2f} px, torn {tears(torn):.2f}"
        assert abs(float(alpha.mean() - torn.mean())) < 0.01
        assert kept.centers.size < lines.centers.size
    else:
        assert np.array_equal(alpha, torn)
        assert kept is lines


def test_a_picture_all_product_or_all_ground_has_no_outline_to_draw() -> None:
    planes = np.random.default_rng(7).random((3, 32, 32), np.float32)
    for level in (0.0, 1.0):
        alpha = np.full((32, 32), level, np.float32)
        _, lines = solve_matte(planes, alpha, np.zeros_like(alpha), np.ones((32, 32), bool))
        assert np.array_equal(even_outline(alpha, lines, planes, np.ones((32, 32), bool))[0], alpha)


def edge(softness: float) -> Float32Array:
    """A matte of the columns up to 64, blurred by so many px, without what a blur has left of nearly nothing."""
    sharp = np.zeros((SIDE, SIDE), np.float32)
    sharp[:, :64] = 1
    soft = ndimage.gaussian_filter(sharp, softness)
    return np.where(soft < 0.02, np.float32(0), soft)


def clear(alpha: Float32Array, *, doubtful: bool = True) -> Float32Array:
    _, lines = solve_matte(np.zeros((3, SIDE, SIDE), np.float32), alpha, np.zeros_like(alpha), alpha > 0)
    cleared, kept = clear_tails(alpha, lines, np.full(alpha.shape, doubtful))
    assert (kept.centers.size < lines.centers.size) == (not np.array_equal(cleared, alpha))
    return cleared


def test_crumbs_and_shade_beside_a_sharp_edge_go() -> None:
    plain = edge(0.7)
    crumbs = plain.copy()
    crumbs[:, 66:71] += np.where(np.random.default_rng(8).random((SIDE, 5)) < 0.3, np.float32(0.3), np.float32(0))
    crumbs[40:42, 69:71] = 0.8  # solid, but as small as a crumb
    shade = plain.copy()
    shade[:, 65:70] += np.float32(0.15)
    for tail in (crumbs, shade):
        left = clear(tail) - plain
        assert float(left[:, 66:].sum()) < 0.1 * float((tail - plain).sum())
        assert float(left.max()) < 0.16
        assert np.array_equal(clear(tail, doubtful=False), tail)


def test_an_edge_as_soft_within_stays_and_so_does_a_hair() -> None:
    hairy = edge(0.7)
    hairy[30, 65:90] = 0.4
    for alpha in (edge(0.7), edge(3.0), hairy):
        assert np.array_equal(clear(alpha), alpha)
