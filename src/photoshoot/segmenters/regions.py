"""Regions of pixels: grown, shrunk and picked, many times faster than by SciPy on whole photos.

With them specks far from the product, and soft shadows, are dropped from a matte.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage
from scipy.spatial import cKDTree

from photoshoot.arrays import BoolArray
from photoshoot.records import AlphaMatte, RgbImage

Labels = npt.NDArray[np.signedinteger[Any]]

_SQUARE = np.ones((3, 3), bool)
_LARGE = 0.03  # of the largest part: from here on a part is product wherever it lies
_NEAR = 0.02  # of the picture's longer side: smaller parts this near stay, such as a tag on its thread
_SOLID = 0.75  # a part of the product is this opaque somewhere; a baked shadow is not
_SHADOW = 0.5  # a shadow's matte stays under this
_DARK = 90  # and its colour under this, 8-bit sRGB
_EDGE = 0.006  # of the longer side: the product's own soft edge is no wider


def grow(region: BoolArray, reach: int = 1) -> BoolArray:
    """Add all pixels up to ``reach`` away, diagonals counting as one step."""
    return _widen(_widen(region, reach).T, reach).T


def shrink(region: BoolArray, reach: int = 1) -> BoolArray:
    """Keep what is more than ``reach`` away from any other pixel; the picture's border is none."""
    return ~grow(~region, reach)


def pick_parts(region: BoolArray, marks: BoolArray, *, diagonal: bool) -> BoolArray:
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


def _widen(region: BoolArray, reach: int) -> BoolArray:
    """Along the first axis, in steps that treble."""
    covered = 0
    while covered < reach:
        step = min(2 * covered + 1, reach - covered)
        wide = region.copy(order="K")
        wide[step:] |= region[:-step]
        wide[:-step] |= region[step:]
        region, covered = wide, covered + step
    return region


def drop_islands(alpha_matte: AlphaMatte) -> AlphaMatte:
    """Clear small parts that are far from the product."""
    labels, count = ndimage.label(alpha_matte > 0.05, _SQUARE)
    if count < 2:
        return alpha_matte
    sizes = np.bincount(labels[alpha_matte > 0.5], minlength=count + 1)
    sizes[0] = 0
    large = sizes >= _LARGE * sizes.max()
    small = ~large
    small[0] = False
    if not small.any():
        return alpha_matte
    keep = large.copy()
    keep[_near_parts(labels, large, small, _NEAR * max(alpha_matte.shape))] = True
    keep[0] = False
    return np.where(keep.take(labels), alpha_matte, np.float32(0))


def _near_parts(labels: Labels, large: BoolArray, small: BoolArray, reach_px: float) -> Labels:
    """Labels of the small parts that have a pixel within reach of a large part."""
    solid = large.take(labels)
    rim, rest = np.flatnonzero(solid & ~shrink(solid)), np.flatnonzero(small.take(labels))
    edge, points = (np.stack(np.divmod(places, labels.shape[1]), axis=1) for places in (rim, rest))
    gaps, _ = cKDTree(edge).query(points, distance_upper_bound=reach_px + 1e-6)
    return np.unique(labels.ravel().take(rest[np.isfinite(gaps)]))


def drop_soft_shadow(alpha_matte: AlphaMatte, rgb: RgbImage) -> AlphaMatte:
    """Clear the soft shadow in a photo's own matte: parts solid nowhere, and dark haze round solid ones."""
    labels, count = ndimage.label(alpha_matte > 0.01, _SQUARE)
    if count == 0:
        return alpha_matte
    strongest = ndimage.maximum(alpha_matte, labels, np.arange(count + 1))
    faint_part = (strongest < _SOLID)[labels] & (alpha_matte < _SHADOW)
    haze = (alpha_matte < _SHADOW) & (rgb.max(axis=2) < _DARK)
    apart = ndimage.distance_transform_edt(alpha_matte < _SHADOW) > _EDGE * max(alpha_matte.shape)
    return np.where(faint_part | (haze & apart), 0, alpha_matte).astype(np.float32)
