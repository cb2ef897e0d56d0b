"""An outline beside the picture's own edge goes back to it; what is finer than a fair curve, or right, stays."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.matte.matting import ColorLines, solve_matte
from photoshoot.segmenters.matte.outline_curves import draw_outlines, fair, trace_outlines
from photoshoot.segmenters.matte.snapped_outline import snap_outline
from photoshoot.segmenters.regions import grow, shrink

HEIGHT, WIDTH = 160, 200
GROUND, PRODUCT = 0.9, 0.3


def box(left: int = 50, right: int = 150) -> Float32Array:
    truth = np.zeros((HEIGHT, WIDTH), np.float32)
    truth[40:120, left:right] = 1
    return truth


def photo(truth: Float32Array) -> Float32Array:
    """A product of one colour before a plain ground, a little out of focus, in grain."""
    soft = ndimage.gaussian_filter(truth, 0.6)
    grain = np.random.default_rng(7).normal(0, 0.004, (3, HEIGHT, WIDTH))
    return (GROUND + (PRODUCT - GROUND) * soft + grain).astype(np.float32)


def torn(truth: Float32Array) -> Float32Array:
    """A matte with a rim of ground along the right side, 1 to 3 px wide and ragged."""
    alpha = truth.copy()
    for row, reach in enumerate(np.random.default_rng(3).integers(1, 4, HEIGHT)):
        if truth[row].any():
            last = int(np.flatnonzero(truth[row])[-1]) + 1
            alpha[row, last : last + reach] = 1
    return alpha


def lines_of(planes: Float32Array, alpha: Float32Array) -> ColorLines:
    unknown = grow(alpha > 0.5, 4) & ~shrink(alpha > 0.5, 4)
    return solve_matte(planes, alpha, np.full_like(alpha, 0.1), unknown)[1]


def test_a_ragged_rim_of_ground_goes() -> None:
    truth = box()
    planes, alpha = photo(truth), torn(truth)
    lines = lines_of(planes, alpha)
    snapped, kept = snap_outline(alpha, lines, planes)
    error, before = (float(np.abs(matte - truth)[50:110].sum()) for matte in (snapped, alpha))
    assert error < 0.3 * before, f"{error:.0f} px of rim of {before:.0f}"
    assert kept.centers.size < lines.centers.size


@pytest.mark.parametrize("truth", [box(), box(right=WIDTH)], ids=["whole", "cut off by the border"])
def test_a_right_outline_stays(truth: Float32Array) -> None:
    planes, alpha = photo(truth), ndimage.gaussian_filter(truth, 0.6)
    snapped, kept = snap_outline(alpha, lines := lines_of(planes, alpha), planes)
    assert float(np.abs(snapped - alpha).max()) < 0.05
    assert kept is lines


def test_teeth_that_the_picture_shows_stay() -> None:
    truth = box()
    truth[30:40, 52:148:8] = truth[30:40, 53:148:8] = 1
    planes, alpha = photo(truth), ndimage.gaussian_filter(truth, 0.6)
    snapped, _ = snap_outline(alpha, lines_of(planes, alpha), planes)
    assert float(np.abs(snapped - alpha)[28:44].max()) < 0.05


def test_a_traced_outline_is_drawn_as_it_was() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    far = np.hypot(rows - 80, columns - 100)
    ring = ((far < 60) & (far > 25)).astype(np.float32)
    curves = trace_outlines(ring)
    assert len(curves) == 2
    drawn = draw_outlines(curves, ring.shape)
    assert abs(float(drawn.sum()) / float(ring.sum()) - 1) < 0.02
    assert float(drawn[80, 100]) == 0
    assert float(np.abs(drawn - ring).max()) < 0.8  # of pixels that the outline halves


def test_a_fair_curve_is_smooth_and_keeps_its_corners() -> None:
    (outline,) = trace_outlines(ndimage.gaussian_filter(torn(box()), 1.2))
    smooth, normals = fair(outline, 2)
    corner = np.hypot(smooth[0] - 49.5, smooth[1] - 39.5).min()
    assert corner < 2.5, f"the corner is {corner:.1f} px away"
    side = smooth[0][(smooth[0] > 148) & (smooth[1] > 60) & (smooth[1] < 100)]
    rough = outline[0][(outline[0] > 148) & (outline[1] > 60) & (outline[1] < 100)]
    bends, before = (float(np.abs(np.diff(line, 2)).mean()) for line in (side, rough))
    assert bends < 0.4 * before, f"{bends:.3f} px of {before:.3f}"
    np.testing.assert_allclose(np.hypot(*normals), 1, atol=1e-9)
