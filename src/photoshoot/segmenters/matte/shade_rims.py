"""Trims the rim of shade that a product throws on a plain ground beside it, and that shows as a grey or pale line.

Where a strap lies on paper, the ground is darkest at its edge, too dark and too sharply to be told for shade. But the
network sees an outline to a few pixels, and a shade goes on beyond what the matte holds of it, where the edge's own
mixture with an evenly lit ground does not.
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.matte.matting import ColorLines, keep_lines
from photoshoot.segmenters.matte.snapped_outline import near_thin
from photoshoot.segmenters.regions import grow

_HARDLY_SEEN, _SEEN = 0.35, 0.5  # largest saliency of shade beside an outline, and of a product
_NONE, _SOME, _FAINT, _WHOLE = 0.02, 0.1, 0.25, 0.9  # of the matte: ground, what may be trimmed, what is thin, product
_WIDEST_PX, _APART_PX = 5, 3  # px of a rim from the ground and from the product; and from what is none
_SHADED = np.float32(0.975)  # mean factor under which the ground beyond is darkened, too
_BEYOND_PX = 9  # side of the square in which it counts
_SOFT_PX = 0.8  # standard deviation of the blur of the trimmed outline
_BLOCK = np.ones((2, 2), bool)  # px: mixtures of a sharp edge are narrower


def trim_shade(
    alpha: AlphaMatte, lines: ColorLines, shade: BoolArray, factor: Float32Array, most: Float32Array
) -> tuple[AlphaMatte, ColorLines]:
    """Trim what has the hue of a darkened ground, lies on such ground and is hardly seen.

    A network errs about an outline by little, but may overlook a thin or pale part as a whole. So what is trimmed lies
    between ground and product with both near by, and what is thin stays.

    Args:
        alpha: (H, W).
        lines: The matte's colour lines.
        shade: (H, W): a plain ground's hue, darkened, but not black.
        factor: (H, W), by which the ground is darkened, 1 where it is not.
        most: (H, W) in [0, 1], the largest saliency that any look has.

    Returns:
        The matte, and the lines that lie where it stays.
    """
    doubtful = shade & (most < _HARDLY_SEEN) & (alpha > _SOME)
    if not doubtful.any():
        return alpha, lines
    ground = alpha < _NONE
    doubtful = ndimage.binary_opening(doubtful, _BLOCK) & (_mean_near(factor, ground) < _SHADED)
    if not doubtful.any():
        return alpha, lines
    between = grow(ground, _WIDEST_PX) & grow((alpha > _WHOLE) & (most > _SEEN), _WIDEST_PX)
    trimmed = doubtful & ~grow(doubtful & ~between, _APART_PX) & ~near_thin(alpha > _FAINT)
    if not trimmed.any():
        return alpha, lines
    rest = ndimage.gaussian_filter(np.where(trimmed, np.float32(0), alpha), _SOFT_PX)
    near = grow(trimmed)
    return np.where(near, np.minimum(alpha, rest), alpha), keep_lines(lines, ~near)


def _mean_near(field: Float32Array, region: BoolArray) -> Float32Array:
    """The mean (H, W) of a field over what of a region is near; 1 where none is."""
    weight = ndimage.uniform_filter(region.astype(np.float32), _BEYOND_PX)
    total = ndimage.uniform_filter(np.where(region, field, np.float32(0)), _BEYOND_PX)
    known = weight > 0.5 / _BEYOND_PX**2
    return np.where(known, total / np.maximum(weight, np.float32(1e-6)), np.float32(1))
