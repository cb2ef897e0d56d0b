"""Lines too faint for their pixels to stand out of the grain: the wall of a glass, the side of a white pot on white.

Slopes are added up along a line, each with its sign: those of a line agree, and those of grain cancel.
Source: Freeman and Adelson, "The design and use of steerable filters" (1991): the slope across any direction is the
sum of the two of the picture's axes, weighted by that direction's cosine and sine.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import grow, pick_parts, shrink

_BLUR = 0.8  # pixels
_HALF = 6  # pixels of a line to both sides of the one that it is told at
_TURNS = 12  # directions, of half a turn
_LEAST_LINE, _OF_CHANCE = 0.002, 3.0  # slope of a line: sRGB units a pixel, and times the middle one of the unseen
_SEEN, _UNSEEN = 0.5, 0.05  # saliency of the product, and of nothing
_HALF_SEEN, _WITNESSED = 0.25, 0.9  # mean saliency of a part: that all looks come to, and in its best look
_MOST_ALIKE = 0.5  # of a part, that has the backdrop's very colour
_LEAST_SHARE = 0.004  # of what is seen
_THICK, _LINE_PX = 2, 9  # pixels: half of the least width, and the breadth of a line


def rate_lines(light: Float32Array) -> Float32Array:
    """How steep brightness is across the steepest line through each pixel.

    Args:
        light: (h, w) brightness, sRGB in [0, 1].

    Returns:
        (h, w): the mean slope along that line, sRGB units a pixel; beyond the picture it is 0.
    """
    down, across = (ndimage.gaussian_filter(light, _BLUR, order=order) for order in ((1, 0), (0, 1)))
    height, width = light.shape
    steepest, total = np.zeros((2, *light.shape), np.float32)
    slope = np.zeros((height + 2 * _HALF, width + 2 * _HALF), np.float32)
    inside = slope[_HALF:-_HALF, _HALF:-_HALF]
    for turn in np.pi * np.arange(_TURNS) / _TURNS:
        np.multiply(across, np.float32(np.cos(turn)), out=inside)
        inside += np.float32(np.sin(turn)) * down
        total.fill(0)
        for step in range(-_HALF, _HALF + 1):
            top, left = _HALF + round(step * np.cos(turn)), _HALF - round(step * np.sin(turn))
            total += slope[top : top + height, left : left + width]
        np.maximum(steepest, np.abs(total, out=total), out=steepest)
    return np.asarray(steepest / np.float32(2 * _HALF + 1), np.float32)


def stands_out(rate: Float32Array, unseen: BoolArray) -> BoolArray:
    """Where lines (h, w) are steeper than those that grain makes by chance where nothing is seen; none without such."""
    chance = float(np.median(rate[unseen])) if unseen.any() else np.inf
    return np.asarray(rate > max(_LEAST_LINE, _OF_CHANCE * chance))


def find_walled(
    light: Float32Array, ground: BoolArray, alike: BoolArray, saliency: Float32Array, most: Float32Array
) -> BoolArray:
    """Find parts as dark as a soft shadow on the backdrop: one look saw all of them, and lines part them from it.

    Args:
        light: (H, W) brightness, sRGB in [0, 1].
        ground: (H, W): what has the backdrop's colour or is its soft shadow, and hangs together with it.
        alike: (H, W): what has the backdrop's very colour: no shadow.
        saliency: (H, W) that all looks come to.
        most: (H, W), the largest that any of them had.
    """
    found, dark = np.zeros_like(ground), ground & ~alike
    unseen, seen = ground & (most < _UNSEEN), int((saliency > _SEEN).sum())
    contested = shrink(dark & (saliency > _HALF_SEEN) & (most > _WITNESSED), _THICK)
    if contested.sum() < _LEAST_SHARE * seen or not unseen.any():
        return found
    open_ground = ground & ~_find_lines(light, unseen)
    closed = open_ground & ~pick_parts(open_ground, unseen, diagonal=False)
    labels, count = ndimage.label(closed)
    sizes = np.maximum(np.bincount(labels.ravel(), minlength=count + 1), 1)
    sure, said, paler = (np.bincount(labels.ravel(), of.ravel(), count + 1) / sizes for of in (most, saliency, alike))
    walled = (sizes >= _LEAST_SHARE * seen) & (sure > _WITNESSED) & (said > _HALF_SEEN) & (paler < _MOST_ALIKE)
    walled[0] = False
    parts = walled[labels]
    if not parts.any():
        return found
    lines = dark & ~open_ground & (saliency > _HALF_SEEN) & (most > _WITNESSED)
    return parts | (lines & grow(parts, _LINE_PX))


def _find_lines(light: Float32Array, unseen: BoolArray) -> BoolArray:
    """Lines steeper than those that the grain of what is unseen makes by chance; found at half the size."""
    height, width = light.shape
    half = Image.fromarray(light).resize((width // 2, height // 2), Image.Resampling.BOX)
    steep = Image.fromarray(rate_lines(np.asarray(half))).resize((width, height), Image.Resampling.BILINEAR)
    return stands_out(np.asarray(steep), unseen)
