"""Where a hanger fits into a garment, read from the garment's outline."""

import numpy as np

from photoshoot.placers.studio.camera import HANGER_BEND, HANGER_DROP, Shoulders, View
from photoshoot.records import Canvas, ProductLayer

_ARM = 0.27  # length of an arm, of the garment's width
_NECK = 0.35  # of an arm: over the neck the outline says nothing of the shoulders
_MARGIN = 0.05  # of an arm: how far it stays under the outline


def trace_shoulders(layer: ProductLayer, canvas: Canvas, view: View) -> Shoulders:
    """Fit a hanger into a garment's outline: as high as its arms stay under the shoulders."""
    box = canvas.product_box
    rows, columns = (slice(max(0, part.start), part.stop) for part in box.slices())
    solid = layer.alpha_matte[rows, columns] > 0.5
    top_third = solid[: max(1, len(solid) // 3)].sum(0)
    middle = int(np.searchsorted(np.cumsum(top_third), top_third.sum() / 2))
    filled = np.flatnonzero(solid.any(0))
    outline = view.to_world(columns.start + filled + 0.5, rows.start + np.argmax(solid[:, filled], 0))[:, :2]
    x = float(view.to_world(columns.start + middle + 0.5, 0.0)[0])
    arm = _ARM * box.width / view.px_per_unit
    away = np.abs(outline[:, 0] - x) / arm
    shoulder = (away > _NECK) & (away < 1.05)
    rest = outline[shoulder, 1] + HANGER_DROP * arm * away[shoulder] ** HANGER_BEND
    neck = float(outline[away <= _NECK, 1].max(initial=-np.inf))
    height = float(rest.min(initial=np.inf)) - _MARGIN * arm
    if not np.isfinite([height, neck]).all():
        height = neck = float(outline[:, 1].max())
    return Shoulders(x=x, y=min(height, neck + 0.1 * arm), half_width=arm, drop=HANGER_DROP * arm, top=neck)
