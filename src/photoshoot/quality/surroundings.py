"""The product and its surroundings in a picture, which the measures of the outline look at.

Does the product touch what it stands or lies on? That is the shade right at it, against the support a little way off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.pixels.bands import grown
from photoshoot.records import AlphaMatte, Canvas, Edge, LinearImage, ProductLayer, RgbImage
from photoshoot.settings import Stance

MARGIN_PX = 24
_FOOT = 0.06  # of the product's height: what is lower stands in its own contact shadow


@dataclass(frozen=True, kw_only=True, eq=False)
class Surroundings:
    """A window of a picture round its product. Distances are square: steps to the side, up, down or diagonally."""

    left: int
    """Canvas column of the window's first column."""
    top: int
    """Canvas row of its first row."""
    image: RgbImage
    """(h, w, 3), the picture's part in the window, sRGB bytes."""
    alpha_matte: AlphaMatte
    """(h, w) in [0, 1], 1 = product."""
    canvas: Canvas
    """The picture's geometry."""

    @classmethod
    def of(cls, image: RgbImage, layer: ProductLayer, canvas: Canvas) -> Surroundings:
        """Cut the window out."""
        box = canvas.product_box
        top, left = max(0, box.top - MARGIN_PX), max(0, box.left - MARGIN_PX)
        window = slice(top, box.bottom + MARGIN_PX), slice(left, box.right + MARGIN_PX)
        return cls(left=left, top=top, image=image[window], alpha_matte=layer.alpha_matte[window], canvas=canvas)

    def linear(self) -> LinearImage:
        """The window in linear light, (h, w, 3)."""
        return bytes_to_linear(self.image)

    def ring(self, nearest_px: int, farthest_px: int) -> BoolArray:
        """Pixels outside the matte, at ``nearest_px`` to ``farthest_px`` from its softest edge; not the foot's."""
        touched = self.alpha_matte > 0
        return grow(touched, farthest_px) & ~grow(touched, nearest_px - 1) & self.off_the_ground()

    def off_the_ground(self) -> BoolArray:
        """Rows (h, 1) that are over a standing product's foot, where shade is as it should be."""
        rows = self.top + np.arange(self.image.shape[0])[:, None]
        box = self.canvas.product_box
        if self.canvas.stance is not Stance.UPRIGHT:
            return np.ones(rows.shape, bool)
        return np.asarray(rows < box.bottom - max(4, round(_FOOT * box.height)))


def grow(region: BoolArray, reach_px: int) -> BoolArray:
    """A region and all that is within ``reach_px`` of it."""
    if reach_px <= 0:
        return region
    return grown(region, 2 * reach_px + 1)


def spread_mean(colors: LinearImage, known: BoolArray, width_px: int) -> tuple[Float32Array, Float32Array]:
    """The mean colour of the known pixels near each pixel.

    Args:
        colors: (h, w, 3).
        known: (h, w).
        width_px: Side of the square that the mean is taken over, twice in a row.

    Returns:
        Colours (h, w, 3), and the share of known pixels there (h, w); colours are 0 where it is 0.
    """
    weight = _blur(known.astype(np.float32), width_px)
    blurred = np.dstack([_blur(colors[..., channel] * known, width_px) for channel in range(3)])
    return np.asarray(blurred / np.maximum(weight, 1e-6)[..., None], np.float32), weight


def _blur(plane: Float32Array, width_px: int) -> Float32Array:
    once = ndimage.uniform_filter(plane, width_px, mode="constant")
    return np.asarray(ndimage.uniform_filter(once, width_px, mode="constant"), np.float32)


_LINE = 0.014
"""How far under its contour contact shades, of the product's height; at least 2 px."""
_BEFORE = ((0.03, 0.06), (0.05, 0.09), (0.08, 0.13))
"""Where the support is seen free of that shade: from, to under the contour, of the product's height."""
_STANDING = 0.04  # of the product's height: a contour so near its base stands
_ROUND, _BEYOND = 0.02, (0.10, 0.16)  # of the longer side: the shade round what lies, and the support beyond it
_DARK = 0.004  # linear luminance of a support on which no shade is seen
_LEAST_PIXELS = 12


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How a product touches its support."""

    drop: float | None
    """1 less the luminance at the product over the support's, at least 0; 0 = it floats. None: not measured."""
    note: str = ""
    """Why it was not measured."""


def measure_contact(image: RgbImage, alpha_matte: AlphaMatte, canvas: Canvas) -> Contact:
    """How much darker the support is right at the product than a little way off.

    Under what stands, the line of ``_LINE`` right under the columns that reach the base is compared with the places
    ``_BEFORE`` it in the same columns; round what lies, a narrow ring with a wider one on each of the four sides. The
    place, or side, with the largest drop counts: shadows fall to one side only.
    """
    if canvas.stance is Stance.HANGING:
        return Contact(drop=None, note="it hangs: nothing is under it")
    if canvas.stance is Stance.LYING:
        return _largest(_drops_round(image, alpha_matte, canvas))
    if Edge.BOTTOM in canvas.snapped:
        return Contact(drop=None, note="the picture's edge cuts its base")
    return _largest(_drops_under(image, alpha_matte, canvas))


def _drops_under(image: RgbImage, alpha: AlphaMatte, canvas: Canvas) -> list[float]:
    box = canvas.product_box
    solid = alpha[max(0, box.top) : box.bottom, max(0, box.left) : box.right] > 0.5
    lowest = max(0, box.top) + solid.shape[0] - np.argmax(solid[::-1], axis=0)
    filled = solid.any(axis=0)
    base = lowest[filled].max(initial=0)
    stands = np.flatnonzero(filled & (base - lowest <= max(2, _STANDING * box.height)))

    def read(start: float, stop: float) -> Float32Array:
        """Luminance from ``start`` to ``stop`` px under the standing columns."""
        rows = lowest[stands] + np.arange(round(start), max(round(start) + 2, round(stop)))[:, None]
        columns = np.broadcast_to(max(0, box.left) + stands, rows.shape)
        seen = rows < canvas.height_px
        return _luminance(image[rows[seen], columns[seen]])

    line = read(1, 1 + _LINE * box.height)
    return [_drop(line, read(near * box.height, far * box.height)) for near, far in _BEFORE]


def _drops_round(image: RgbImage, alpha: AlphaMatte, canvas: Canvas) -> list[float]:
    box = canvas.product_box
    long = max(box.width, box.height)
    near, far = round(_BEYOND[0] * long), round(_BEYOND[1] * long)
    top, left = max(0, box.top - far), max(0, box.left - far)
    window = slice(top, box.bottom + far), slice(left, box.right + far)
    touched = alpha[window] > 0
    shade = grow(touched, max(2, round(_ROUND * long))) & ~touched
    beyond = grow(touched, far) & ~grow(touched, near)
    light = _luminance(image[window])
    rows, columns = np.indices(touched.shape)
    under, right = rows >= (box.top + box.bottom) / 2 - top, columns >= (box.left + box.right) / 2 - left
    sides: list[BoolArray] = [np.asarray(side) for side in (under, ~under, right, ~right)]
    return [_drop(light[shade & side], light[beyond & side]) for side in sides]


def _drop(line: Float32Array, support: Float32Array) -> float:
    """NaN where there is too little to see of either, infinite where the support is black."""
    if min(line.size, support.size) < _LEAST_PIXELS:
        return np.nan
    level = float(np.mean(support))
    return max(0.0, 1 - float(np.mean(line)) / level) if level > _DARK else np.inf


def _largest(drops: list[float]) -> Contact:
    measured = [drop for drop in drops if np.isfinite(drop)]
    if measured:
        return Contact(drop=max(measured))
    dark = any(np.isinf(drop) for drop in drops)
    return Contact(drop=None, note="its support is black" if dark else "no support is seen beside it")


def _luminance(pixels: npt.NDArray[np.uint8]) -> Float32Array:
    return np.asarray(bytes_to_linear(pixels) @ LUMINANCE, np.float32)
