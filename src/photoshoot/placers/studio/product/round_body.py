"""Balls: they touch their support in a spot, however gently their lower contour climbs from it."""

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array

_ROUND = (0.92, 1.12)
"""Half height over half width of the ellipse that the lower contour follows, least and most: that of a cup's base that
is looked down on has the sine of the pitch, that of a jar with rounded corners .9."""
_RESIDUAL = 0.02  # of half the width, root mean square: how near the contour has to run to that ellipse
_WITHIN = 0.97  # of half the width: beyond it the ellipse is so steep that a pixel aside is many up
_FEWEST = 12  # columns that can tell


def is_ball(height_px: Float64Array, filled: BoolArray) -> bool:
    """Whether a product's lower contour is the lower half of a ball, from one side of it to the other.

    Args:
        height_px: (w,), the contour's height over the base.
        filled: (w,), which columns have a contour.
    """
    columns = np.flatnonzero(filled)
    if len(columns) < _FEWEST or len(columns) <= columns[-1] - columns[0]:
        return False
    half = 0.5 * len(columns)
    aside = (columns + 0.5 - columns[0]) / half - 1
    inner = np.abs(aside) < _WITHIN
    course, height = 1 - np.sqrt(1 - aside[inner] ** 2), height_px[columns[inner]]
    rise = float(course @ height) / float(course @ course)
    residual = float(np.sqrt(np.mean((height - rise * course) ** 2)))
    return _ROUND[0] * half <= rise <= _ROUND[1] * half and residual <= _RESIDUAL * half
