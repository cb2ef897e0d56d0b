"""Where a hanger fits into a garment, read from the garment's outline."""

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.camera import HANGER_BEND, HANGER_DROP, Shoulders, View
from photoshoot.placers.studio.product.hung_part import find_hung_part
from photoshoot.records import Canvas, ProductLayer

_ARM = 0.27  # length of an arm, of the garment's width
_NECK = 0.35  # of an arm: over the neck the outline says nothing of the shoulders
_MARGIN = 0.05  # of an arm: how far it stays under the outline
_STEEP = 0.6  # of an arm: a strap is so much higher than the neck, and than what is farther out
_STRAP = 0.3  # of an arm: a strap's top is what is so near to its highest point
_TOP = 0.12  # of a garment with straps: the straps' ends


def trace_shoulders(layer: ProductLayer, canvas: Canvas, view: View) -> Shoulders:
    """Fit a hanger into a garment's outline: as high as its arms stay under the shoulders, or carry the straps."""
    box = canvas.product_box
    solid, top_row, left_column = find_hung_part(layer, canvas)
    filled = np.flatnonzero(solid.any(0))
    outline = view.to_world(left_column + filled + 0.5, top_row + np.argmax(solid[:, filled], 0))[:, :2]
    arm = _ARM * box.width / view.px_per_unit
    straps = _carry_straps(outline, float(view.to_world(left_column + _top_middle(solid) + 0.5, 0.0)[0]), arm)
    if straps is not None:
        return straps
    top_third = solid[: max(1, len(solid) // 3)].sum(0)
    middle = int(np.searchsorted(np.cumsum(top_third), top_third.sum() / 2))
    x = float(view.to_world(left_column + middle + 0.5, 0.0)[0])
    away = np.abs(outline[:, 0] - x) / arm
    neck = float(outline[away <= _NECK, 1].max(initial=-np.inf))
    shoulder = (away > _NECK) & (away < 1.05)
    rest = outline[shoulder, 1] + HANGER_DROP * arm * away[shoulder] ** HANGER_BEND
    height = float(rest.min(initial=np.inf)) - _MARGIN * arm
    if not np.isfinite([height, neck]).all():
        height = neck = float(outline[:, 1].max())
    return Shoulders(x=x, y=min(height, neck + 0.1 * arm), half_width=arm, drop=HANGER_DROP * arm, top=neck)


def _top_middle(solid: BoolArray) -> float:
    """The column midway between the ends of what is highest."""
    columns = np.flatnonzero(solid[: max(1, round(_TOP * len(solid)))].any(0))
    return 0.5 * float(columns[0] + columns[-1]) if len(columns) else 0.5 * solid.shape[1]


def _carry_straps(outline: Float64Array, x: float, arm: float) -> Shoulders | None:
    """A hanger whose arms end under a garment's straps, seen between them; None for what has none.

    Args:
        outline: (n, 2), the garment's upper edge.
        x: Its middle.
        arm: Length of an arm in shoulders.
    """
    away, height = outline[:, 0] - x, outline[:, 1]
    neck = float(height[np.abs(away) <= _NECK * arm].max(initial=-np.inf))
    edges: list[float] = []
    tops: list[float] = []
    for side in (-1.0, 1.0):
        own = side * away > _NECK * arm
        top = float(height[own].max(initial=-np.inf))
        if not np.isfinite(neck) or top < neck + _STEEP * arm:
            return None
        edge = float((side * away)[own & (height > top - _STRAP * arm)].max())
        if height[side * away > edge + _STRAP * arm].max(initial=-np.inf) > top - _STEEP * arm:
            return None
        edges, tops = [*edges, edge], [*tops, top]
    reach, top = min(edges), min(tops)
    drop = HANGER_DROP * reach
    return Shoulders(x=x, y=top + drop - _MARGIN * reach, half_width=reach, drop=drop, top=top)
