"""The product's part of a picture with what lies round it: what the outline's measures look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import bytes_to_linear
from photoshoot.records import AlphaMatte, Canvas, LinearImage, ProductLayer, RgbImage
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
    return np.asarray(ndimage.maximum_filter(region.view(np.uint8), 2 * reach_px + 1) > 0)


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
