"""What the photo had round the product, laid where the product stands in the new picture."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import bytes_to_linear
from photoshoot.quality.surroundings import Surroundings
from photoshoot.records import Cutout

OWN_MATTE = "alpha"
"""Segmenter of photos that brought their own matte: what such a photo has under it means nothing."""

_CELLS = 96  # along the longer side of the part that is looked at
_AROUND = 0.25  # of the product's sides: how far beyond its box the photo is looked at
_TAINTED = 0.0125  # of the photo's longer side: so near the product, colours are the cut-out's, not the photo's
_LEAST_SHARE = 0.01  # of the cells that must show the background


def lay_old_background(cutout: Cutout, around: Surroundings) -> Float32Array | None:
    """The photo's background as it would stand in the window, carried under the product from its nearest places.

    Returns:
        (h, w, 3), linear; None where the photo shows none: it brought its own matte, or is all product.
    """
    if cutout.segmenter == OWN_MATTE:
        return None
    rows, columns = _photo_rows(cutout, around), _photo_columns(cutout, around)
    step = max(1, round((rows[-1] - rows[0]) / _CELLS), round((columns[-1] - columns[0]) / _CELLS))
    top, left = max(0, int(rows[0])), max(0, int(columns[0]))
    part = slice(top, int(rows[-1]) + 1, step), slice(left, int(columns[-1]) + 1, step)
    near = ndimage.binary_dilation(
        cutout.alpha_matte[part] > 0, np.ones((3, 3), bool), 1 + round(_TAINTED * max(cutout.alpha_matte.shape) / step)
    )
    if (~near).mean() < _LEAST_SHARE:
        return None
    nearest = ndimage.distance_transform_edt(near, return_distances=False, return_indices=True)
    colors = bytes_to_linear(cutout.rgb[part])[nearest[0], nearest[1]]
    at_rows = np.clip((rows - top) / step, 0, colors.shape[0] - 1).astype(int)
    at_columns = np.clip((columns - left) / step, 0, colors.shape[1] - 1).astype(int)
    return np.asarray(colors[at_rows[:, None], at_columns[None]], np.float32)


def _photo_rows(cutout: Cutout, around: Surroundings) -> np.ndarray:
    box, target = cutout.box, around.canvas.product_box
    rows = around.top + np.arange(around.image.shape[0]) + 0.5
    return box.top + (rows - target.top) * box.height / target.height


def _photo_columns(cutout: Cutout, around: Surroundings) -> np.ndarray:
    box, target = cutout.box, around.canvas.product_box
    columns = around.left + np.arange(around.image.shape[1]) + 0.5
    return box.left + (columns - target.left) * box.width / target.width
