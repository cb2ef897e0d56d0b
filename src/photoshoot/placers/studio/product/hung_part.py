"""Where in the picture a hanging product is, for what it is held by."""

import numpy as np

from photoshoot.arrays import BoolArray
from photoshoot.records import Canvas, ProductLayer


def find_hung_part(layer: ProductLayer, canvas: Canvas) -> tuple[BoolArray, int, int]:
    """Which pixels of the product's box, where the canvas shows it, are its own, (h, w); and its first row, column."""
    rows, columns = (slice(max(0, part.start), part.stop) for part in canvas.product_box.slices())
    matte = layer.alpha_matte[rows, columns]
    solid = matte > 0.5 * float(matte.max())  # of a few pixels, none may be wholly the product
    return np.asarray(solid, bool), rows.start, columns.start
