"""Measures of the product's core: does the picture show exactly the product's own pixels?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray
from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.records import ProductLayer, RgbImage

_TILE_PX = 24
_FLOOR = 24.0  # gradient energy of a tile, in squared bytes a pixel: what is flatter has no writing
_SAMPLES = 40_000  # pixels that colour differences are taken of; more don't move the percentile


@dataclass(frozen=True, kw_only=True)
class Fidelity:
    """How a picture's core differs from the product layer's."""

    changed_share: float
    """Share of core pixels that differ at all, 0 to 1."""
    max_difference: int
    """Largest difference of a channel, 0 to 255."""
    delta_e_p95: float
    """95th percentile of CIEDE2000; 1 is about the least that is seen."""
    gradient_correlation: float
    """-1 to 1: how far edges are where they were, in the worst tile of 24 px: writing, logos."""


def measure_fidelity(image: RgbImage, layer: ProductLayer, core: BoolArray) -> Fidelity:
    """Compare a picture's core with the layer it was made from.

    Args:
        image: (H, W, 3).
        layer: The product's own pixels.
        core: (H, W): where the matte is at least 254/255.
    """
    shown, expected = image[core], layer.rgb[core]
    if np.array_equal(shown, expected):
        return Fidelity(changed_share=0.0, max_difference=0, delta_e_p95=0.0, gradient_correlation=1.0)
    difference = np.abs(shown.astype(np.int16) - expected).max(axis=1)
    step = max(1, len(shown) // _SAMPLES)
    apart = delta_e(rgb_to_lab(shown[::step]), rgb_to_lab(expected[::step]))
    return Fidelity(
        changed_share=float((difference > 0).mean()),
        max_difference=int(difference.max()),
        delta_e_p95=float(np.percentile(apart, 95)),
        gradient_correlation=_correlate(image, layer.rgb, core),
    )


def _correlate(image: RgbImage, expected: RgbImage, core: BoolArray) -> float:
    """The least correlation over tiles of the two gradient fields, each with a floor of energy.

    A tile's is ``(a·b + f) / sqrt((a·a + f)(b·b + f))`` over its inner core pixels: 1 for equal fields and for two flat
    ones, near 0 where either has edges that the other lacks.
    """
    rows, columns = np.flatnonzero(core.any(axis=1)), np.flatnonzero(core.any(axis=0))
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    inner = ndimage.binary_erosion(core[window], np.ones((3, 3), bool))
    first, second = (_gradient(pixels[window]) * inner for pixels in (image, expected))
    both, one, two = _tiles(first * second), _tiles(first**2), _tiles(second**2)
    floor = _FLOOR * _TILE_PX**2
    return float(((both + floor) / np.sqrt((one + floor) * (two + floor))).min(initial=1.0))


def _gradient(rgb: RgbImage) -> npt.NDArray[np.float32]:
    """(2, h, w): of luma, bytes a pixel."""
    luma = rgb.astype(np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    if min(luma.shape) < 2:
        return np.zeros((2, *luma.shape), np.float32)
    return np.stack([np.gradient(luma, axis=axis) for axis in range(2)])


def _tiles(field: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Sums of (2, h, w) over tiles."""
    summed: npt.NDArray[np.float64] = field.sum(axis=0, dtype=np.float64)
    for axis in range(2):
        summed = np.asarray(np.add.reduceat(summed, np.arange(0, summed.shape[axis], _TILE_PX), axis=axis))
    return summed
