"""A wall and a floor or table: two plain backdrops that meet in a line, and what stands in front of them.

Neither a cubic nor a network's guess tells a chair's legs from such a floor; the floor's own colour does. The line is
where most of the unseen columns step the most; each side of it must be plain by itself.
"""

import math
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.backdrop import Backdrop, fit_backdrop
from photoshoot.segmenters.regions import find_largest_channel

_BETTER = 0.6  # of the grain of one backdrop, which two must be under
_UNSEEN = 0.1  # saliency of nothing
_WITHIN = 0.08  # of the height, over which a column's step is told
_LEAST_STEP = 0.03  # sRGB units of a column that crosses the line
_LEAST_COLUMNS = 0.25  # of all columns must be free, and so cross it
_OFF = 0.012  # of the height by which a column may stray from the line
_MOST_STRAY = 0.2  # of the columns
_EDGE = 0.02  # of the height, on either side of the line, over which one goes over into the other
_SHARES = 0.1, 0.95  # of the height between which a line parts wall and floor


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoPlanes(Backdrop):
    """A wall, whose coefficients are its own, and a floor; the spread is that of the coarser one."""

    floor: Backdrop
    left: float
    """Height of the line at the photo's left side, a share of the photo from its top; may lie beyond it."""
    right: float

    def colors(self, box: tuple[float, float, float, float], shape: tuple[int, int]) -> Float32Array:
        """The backdrop's colour, (3, H, W), in ``box`` (left, top, right, bottom as shares of the photo)."""
        below = self._depth(box, shape) > 0
        return np.where(below, self.floor.colors(box, shape), super().colors(box, shape))

    def explain(self, planes: Float32Array, box: tuple[float, float, float, float], unseen: BoolArray) -> Float32Array:
        """The colour behind a picture (3, H, W) of ``box``: at the line such a blend as where nothing is seen."""
        shape = planes.shape[1], planes.shape[2]
        depth = self._depth(box, shape)
        wall, floor = super().colors(box, shape), self.floor.colors(box, shape)
        step = floor - wall
        share = ((planes - wall) * step).sum(axis=0) / np.maximum((step * step).sum(axis=0), np.float32(1e-6))
        down = depth * np.float32(shape[0] / (box[3] - box[1]))  # in rows of the picture
        reach = math.ceil(_EDGE * shape[0] / (box[3] - box[1]))
        rows, at = np.floor(down).astype(np.intp), np.arange(-reach, reach)
        told = [_read_blend(share[(rows == row) & unseen], row) for row in at]
        blend = np.interp(down, at + 0.5, told, left=0, right=1).astype(np.float32)
        return np.asarray(wall + blend * step, np.float32)

    def _depth(self, box: tuple[float, float, float, float], shape: tuple[int, int]) -> Float32Array:
        """How far below the line, a share of the photo's height, (H, W)."""
        across = box[0] + (box[2] - box[0]) * (np.arange(shape[1]) + 0.5) / shape[1]
        down = box[1] + (box[3] - box[1]) * (np.arange(shape[0]) + 0.5) / shape[0]
        return np.asarray(down[:, None] - (self.left + (self.right - self.left) * across), np.float32)


def fit_two_planes(rgb: Float32Array, saliency: Float32Array, one: Backdrop | None) -> TwoPlanes | None:
    """Fit a wall and a floor round the product.

    Args:
        rgb: (H, W, 3), the whole photo, small.
        saliency: (H, W) in [0, 1].
        one: The single backdrop that was found. None: there is none.

    Returns:
        The backdrop, or None where the surroundings are no two plain parts, or one explains them nearly as well.
    """
    line = _find_line(rgb, saliency)
    if line is None:
        return None
    left, right = line
    height, width = saliency.shape
    across = (np.arange(width) + 0.5) / width
    below = (np.arange(height)[:, None] + 0.5) / height > left + (right - left) * across
    wall, floor = (fit_backdrop(rgb, np.where(side, saliency, np.float32(1))) for side in (~below, below))
    if wall is None or floor is None:
        return None
    spread = max(wall.spread, floor.spread)
    if one is not None and spread > _BETTER * one.spread:
        return None
    return TwoPlanes(coefficients=wall.coefficients, spread=spread, floor=floor, left=left, right=right)


def _read_blend(shares: Float32Array, row: int) -> float:
    """How much of the floor a row below the line shows, where nothing stands before it."""
    return float(np.clip(np.median(shares), 0, 1)) if shares.size else float(row >= 0)


def _find_line(rgb: Float32Array, saliency: Float32Array) -> tuple[float, float] | None:
    """Where most free columns step the most: heights at the left and at the right side, shares of the photo's."""
    height, width = saliency.shape
    reach = max(2, round(_WITHIN * height))
    total = np.concatenate([np.zeros_like(rgb[:1]), rgb.cumsum(axis=0)])
    mean = (total[reach:] - total[:-reach]) / np.float32(reach)
    steps = find_largest_channel(np.abs(mean[reach:] - mean[:-reach]))  # of row i: from above to below row i + reach
    first, last = round(_SHARES[0] * height) - reach, round(_SHARES[1] * height) - reach
    steps = steps[max(0, first) : max(1, last)]
    rows = steps.argmax(axis=0) + max(0, first) + reach
    columns = np.flatnonzero((saliency.max(axis=0) < _UNSEEN) & (steps.max(axis=0) > _LEAST_STEP))
    if columns.size < max(4, _LEAST_COLUMNS * width):
        return None
    y, x = rows[columns] / height, (columns + 0.5) / width
    half = columns.size // 2
    slope = (np.median(y[half:]) - np.median(y[:half])) / (np.median(x[half:]) - np.median(x[:half]))
    start = float(np.median(y - slope * x))
    if float((np.abs(y - start - slope * x) > _OFF).mean()) > _MOST_STRAY:
        return None
    return start, start + float(slope)
