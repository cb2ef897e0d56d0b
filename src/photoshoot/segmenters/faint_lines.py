"""Lines too faint for their pixels to stand out of the grain: the wall of a glass, the side of a white pot on white.

Slopes are added up along a line, each with its sign: those of a line agree, and those of grain cancel.
Source: Freeman and Adelson, "The design and use of steerable filters" (1991): the slope across any direction is the
sum of the two of the picture's axes, weighted by that direction's cosine and sine.
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array

_BLUR = 0.8  # pixels
_HALF = 6  # pixels of a line to both sides of the one that it is told at
_TURNS = 12  # directions, of half a turn


def rate_lines(light: Float32Array) -> Float32Array:
    """How steep brightness is across the steepest line through each pixel.

    Args:
        light: (h, w) brightness, sRGB in [0, 1].

    Returns:
        (h, w): the mean slope along that line, sRGB units a pixel; beyond the picture it is 0.
    """
    down, across = (ndimage.gaussian_filter(light, _BLUR, order=order) for order in ((1, 0), (0, 1)))
    height, width = light.shape
    steepest = np.zeros(light.shape, np.float32)
    for turn in np.pi * np.arange(_TURNS) / _TURNS:
        slope = np.pad(np.cos(turn) * across + np.sin(turn) * down, _HALF)
        total = np.zeros(light.shape, np.float32)
        for step in range(-_HALF, _HALF + 1):
            top, left = _HALF + round(step * np.cos(turn)), _HALF - round(step * np.sin(turn))
            total += slope[top : top + height, left : left + width]
        np.maximum(steepest, np.abs(total), out=steepest)
    return np.asarray(steepest / np.float32(2 * _HALF + 1), np.float32)
