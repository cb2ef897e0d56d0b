"""A rim of darkened ground beside a product goes; mixtures of a sharp edge, thin and overlooked parts stay."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.matte.matting import solve_matte
from photoshoot.segmenters.matte.shade_rims import trim_shade

SIDE, LAST = 128, 64  # px; and where the product's right side is
UNLIT = 0.7  # factor by which a shade darkens the ground


def band(first: int, end: int, value: float = 1.0) -> Float32Array:
    """Rows of one value from one column to before another; above and below there is ground."""
    field = np.zeros((SIDE, SIDE), np.float32)
    field[20:108, first:end] = value
    return field


def trim(alpha: Float32Array, factor: Float32Array, most: Float32Array) -> Float32Array:
    planes = np.repeat((0.9 * factor)[None], 3, axis=0).astype(np.float32)
    _, lines = solve_matte(planes, alpha, np.zeros_like(alpha), alpha > 0)
    trimmed, kept = trim_shade(alpha, lines, factor < 0.95, factor, most)
    assert (kept.centers.size < lines.centers.size) == (not np.array_equal(trimmed, alpha))
    return trimmed


def seen(end: int = LAST) -> Float32Array:
    """What a network sees of the product: an outline as soft as it draws one."""
    return ndimage.gaussian_filter(band(16, end), 1)


def shaded(reach: int) -> Float32Array:
    """A ground that is darkened so many px to the right of the product."""
    return 1 - band(LAST, LAST + reach, 1 - UNLIT)


def test_a_rim_of_shade_goes_and_the_product_stays() -> None:
    trimmed = trim(band(16, LAST + 4), shaded(10), seen())
    assert float(trimmed[24:104, LAST + 2 :].max()) < 0.05
    assert float(trimmed[24:104, 20 : LAST - 1].min()) > 0.95


@pytest.mark.parametrize("width", [1, 4])
def test_what_lies_on_an_evenly_lit_ground_stays(width: int) -> None:
    alpha = band(16, LAST + width)
    assert np.array_equal(trim(alpha, shaded(width), seen()), alpha)


def test_a_part_that_the_network_overlooks_stays() -> None:
    wide, thin = band(16, LAST + 20), band(16, LAST)
    thin[60:63, LAST : LAST + 40] = 1
    factor = shaded(50)
    assert np.array_equal(trim(wide, factor, seen()), wide)
    assert float(trim(thin, factor, seen())[60:63, LAST + 2 : LAST + 38].min()) > 0.99


def test_what_a_look_sees_stays() -> None:
    alpha = band(16, LAST + 4)
    assert np.array_equal(trim(alpha, shaded(10), seen(LAST + 4)), alpha)
