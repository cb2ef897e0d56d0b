"""Removes what stands beside the product by chance: things that the photo's edge cuts off beside a whole product."""

from dataclasses import replace

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.records import AlphaMatte, Box
from photoshoot.segmenters.matte.matte_upsampling import WorkingMatte

_EIGHT = np.ones((3, 3), bool)  # pixels that touch at a corner are connected
_FAINT, _SOLID = 0.05, 0.5
_CUT = 0.01  # of the photo's side, that a part which it cuts off covers at least
_MOST = 0.75  # of the product: what is as large may be sold with it
_NOTE = (
    "something that the photo's side cuts off stood beside the product, and was left out; drop_islands=False keeps it"
)


def leave_bystanders(work: WorkingMatte, window: Box, photo: Image.Image) -> tuple[WorkingMatte, tuple[str, ...]]:
    """The matte of a window of a photo without them, and a note where there were any."""
    sides = window.left == 0, window.top == 0, window.right == photo.width, window.bottom == photo.height
    alpha = drop_bystanders(work.alpha, sides)
    return (work, ()) if alpha is work.alpha else (replace(work, alpha=alpha), (_NOTE,))


def drop_bystanders(alpha_matte: AlphaMatte, sides: tuple[bool, bool, bool, bool]) -> AlphaMatte:
    """Clear parts that a photo's sides cut off, where a larger one apart from them is whole.

    Args:
        alpha_matte: (h, w) in [0, 1] of a window of the photo, 1 = product.
        sides: Whether its left, upper, right and lower sides are the photo's.

    Returns:
        The matte (h, w); the same array where there is nothing to clear.
    """
    labels, count = ndimage.label(alpha_matte > _FAINT, _EIGHT)
    if count < 2:
        return alpha_matte
    solid = np.where(alpha_matte > _SOLID, labels, 0)
    sizes = np.bincount(solid.ravel(), minlength=count + 1)
    sizes[0] = 0
    cut = np.zeros(count + 1, bool)
    for is_side, line in zip(sides, (solid[:, 0], solid[0], solid[:, -1], solid[-1]), strict=True):
        cut |= is_side & (np.bincount(line, minlength=count + 1) > _CUT * len(line))
    beside = cut & (sizes > 0) & (sizes < _MOST * sizes.max())
    if cut[sizes.argmax()] or not beside.any():
        return alpha_matte
    return np.where(beside.take(labels), np.float32(0), alpha_matte)
