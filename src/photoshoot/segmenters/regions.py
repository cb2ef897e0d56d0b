"""Grows, shrinks and picks regions of pixels: what SciPy's morphology does, many times faster on whole photos."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Region = npt.NDArray[np.bool_]

_SQUARE = np.ones((3, 3), bool)


def grow(region: Region, reach: int = 1) -> Region:
    """Add all pixels up to ``reach`` away, diagonals counting as one step."""
    return _widen(_widen(region, reach).T, reach).T


def shrink(region: Region, reach: int = 1) -> Region:
    """Keep what is more than ``reach`` away from any other pixel; the picture's border is none."""
    return ~grow(~region, reach)


def pick_parts(region: Region, marks: Region, *, diagonal: bool) -> Region:
    """The connected parts of a region that hold a mark.

    Args:
        region: (H, W).
        marks: (H, W); those outside the region do not count.
        diagonal: Whether pixels that touch at a corner are connected.
    """
    labels, count = ndimage.label(region, _SQUARE if diagonal else None)
    wanted = np.zeros(count + 1, bool)
    wanted[labels[marks]] = True
    wanted[0] = False
    return wanted.take(labels)


def _widen(region: Region, reach: int) -> Region:
    """Along the first axis, in steps that treble."""
    covered = 0
    while covered < reach:
        step = min(2 * covered + 1, reach - covered)
        wide = region.copy(order="K")
        wide[step:] |= region[:-step]
        wide[:-step] |= region[step:]
        region, covered = wide, covered + step
    return region
