"""Lines too faint for their pixels to stand out of the grain: the wall of a glass, the side of a white pot on white.

Slopes are added up along a line, each with its sign: those of a line agree, and those of grain cancel.
Source: Freeman and Adelson, "The design and use of steerable filters" (1991): the slope across any direction is the
sum of the two of the picture's axes, weighted by that direction's cosine and sine.
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array

_BLUR = 0.8  # pixels
_HALF = 6  # pixels of a line to both sides of the one that it is told at
_TURNS = 12  # directions, of half a turn
_LEAST_LINE, _OF_CHANCE = 0.002, 3.0  # slope of a line: sRGB units a pixel, and times the middle one of the unseen


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
