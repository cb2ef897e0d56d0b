"""Without an edge in the picture the outline is smooth; with one it is left as it was found."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.contours import calm_outline
from photoshoot.segmenters.matting import solve_matte

SIDE = 128


def ragged() -> Float32Array:
    """A matte whose right side, at column 64, is torn by hairs of up to 6 px."""
    alpha = np.zeros((SIDE, SIDE), np.float32)
    alpha[:, :64] = 1
    for row, reach in enumerate(np.random.default_rng(5).integers(-6, 7, SIDE)):
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
