"""Where two cords hold what hangs and is no garment, read from its outline and where its weight is."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from photoshoot.arrays import BoolArray
from photoshoot.placers.studio.camera import Cords, Shoulders, View
from photoshoot.placers.studio.product.hung_part import find_hung_part
from photoshoot.records import Canvas, ProductLayer

_HIGH = 0.2  # of the product's height under its highest point: what is so high is held there
_INSET = 0.1  # of the width of what is held: how far its ends are from the cords
_BESIDE = 0.06  # of the product's width: how far a cord is from the middle of the weight, at least
_NEAR, _EDGE, _STEEP = 0.08, 0.2, 4.0
"""How far a cord goes aside to be higher, of the product's width; from an edge, of that; and least it wins, px."""
_UNDER = 0.03  # world units: how far a cord's end is under the outline at most, hidden behind the product
_NARROW = 0.28  # of the product's width: a cord is tied to straps and necks, which are no wider
_THIN, _END = 0.25, 0.05  # of its height: a strap is no thicker; and of its width: how far a cord is from its end
_ARM, _LEAST_ARM = 0.27, 0.42  # of what a hanger in its place would have, of the width; world units


def trace_cords(layer: ProductLayer, canvas: Canvas, view: View) -> Cords:
    """Two places on the upper outline, as high and as far apart as can be, with the product's weight between them.

    What is photographed shows no thickness, so the weight is taken to be where the area is.
    """
    box = canvas.product_box
    solid, top_row, left_column = find_hung_part(layer, canvas)
    filled = np.flatnonzero(solid.any(0))
    top = np.argmax(solid[:, filled], 0)
    high = filled[top <= top.min() + _HIGH * len(solid)]
    left, right = float(high[0]), float(high[-1])
    left, right = left + _INSET * (right - left), right - _INSET * (right - left)
    mass = solid.sum(0)
    middle, beside = float((mass * np.arange(len(mass))).sum() / mass.sum()), _BESIDE * len(mass)
    if np.median(mass[filled]) < _THIN * len(solid) and not left < middle < right:  # no cord on a strap's bare middle
        beside = (0.5 - _END) * len(mass)
    left, right = min(left, max(middle - beside, filled[0])), max(right, min(middle + beside, filled[-1]))
    left, right = (_up(place, filled, top, middle, _NEAR * len(mass)) for place in (left, right))
    thick = np.interp([left, right], filled, _thickness(solid[:, filled]))
    ends = np.interp([left, right], filled, top) + np.minimum(_UNDER * view.px_per_unit, 0.5 * thick)
    (first, second) = view.to_world(left_column + np.array([left, right]) + 0.5, top_row + ends)[:, :2].tolist()
    summit = float(view.to_world(0.0, top_row + float(top.min()))[1])
    arm = max(_ARM * box.width / view.px_per_unit, _LEAST_ARM)
    x = float(view.to_world(left_column + middle + 0.5, 0.0)[0])
    hanger = Shoulders(x=x, y=summit, half_width=arm, drop=0.0, top=summit)
    wide = min(_across(solid[int(row)], round(column)) for column, row in zip((left, right), ends, strict=True))
    threads = bool(thick.min() > _THIN * len(solid) and wide > _NARROW * box.width)
    return Cords(left=(first[0], first[1]), right=(second[0], second[1]), hanger=hanger, threads=threads)


def _up(place: float, filled: NDArray[np.int64], top: NDArray[np.int64], middle: float, near: float) -> float:
    """The place, or one near it on its side of the middle that is higher by more than it is away: no steep side."""
    away = np.abs(filled - place)
    edges = ndimage.maximum_filter1d(top, 2 * round(_EDGE * near) + 1)  # no cord is at the very edge of what is high
    cost = edges + np.where((away <= near) & ((filled < middle) == (place < middle)), away, np.inf)
    least = int(np.argmin(cost))
    return float(filled[least]) if cost[least] < np.interp(place, filled, top) - _STEEP else place


def _thickness(solid: BoolArray) -> NDArray[np.int64]:
    """Rows (n,) from each column's highest one down to the first gap, of a mask (h, n) with something in each."""
    below = np.maximum.accumulate(solid, 0) & ~solid
    end = np.where(below.any(0), np.argmax(below, 0), len(solid))
    return np.asarray(end - np.argmax(solid, 0), np.int64)


def _across(row: BoolArray, column: int) -> int:
    """Columns of the run of a mask's row (w,) round a column; 0 where it has none."""
    runs, _ = ndimage.label(row)
    return int(np.count_nonzero(runs == runs[column])) if runs[column] else 0
