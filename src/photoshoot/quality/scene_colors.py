"""Measures of colour: does the scene have its style reference's palette, and does the product stand out before it?"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from photoshoot.arrays import Float32Array
from photoshoot.color.space import bytes_to_linear, linear_to_oklab
from photoshoot.quality.surroundings import Surroundings, grow
from photoshoot.records import AlphaMatte, RgbImage

_COLORS = 160  # of each picture; twice as many move the distance by less than 0.003
_LINES = 48  # rows of the grid that colours are taken from
_NEAR_PX, _RIM_PX = 12, 16


def measure_palette_distance(image: RgbImage, alpha_matte: AlphaMatte, style_reference: Path) -> float:
    """Earth mover's distance in OKLab between the colours of a scene and those of its style reference.

    Both are 160 colours of equal weight, spread evenly over the picture less its product, so that the distance is the
    mean cost of the best assignment. 0.05 is a shade, 0.2 another palette.

    Source: Rubner, Tomasi and Guibas, "The earth mover's distance as a metric for image retrieval" (2000).
    """
    step = max(1, image.shape[0] // _LINES)
    part = image[step // 2 :: step, step // 2 :: step]
    pixels = part[alpha_matte[step // 2 :: step, step // 2 :: step] == 0]
    if not len(pixels):
        return 0.0
    cost = cdist(_colors(pixels), _reference_colors(style_reference))
    return float(cost[linear_sum_assignment(cost)].mean())


def measure_contrast(around: Surroundings) -> float | None:
    """How far the product's rim stands out from the scene beside it: distance of mean colours in OKLab, 0 to about 1.

    Returns:
        None where the product fills the picture.
    """
    touched, solid = around.alpha_matte > 0, around.alpha_matte >= 0.99
    rim = solid & grow(~solid, _RIM_PX)
    beside = grow(touched, _NEAR_PX) & ~touched
    if not (rim.any() and beside.any()):
        return None
    first, second = (_mean_color(around.image[part]) for part in (rim, beside))
    return float(np.linalg.norm(first - second))


def _mean_color(pixels: RgbImage) -> Float32Array:
    return linear_to_oklab(bytes_to_linear(pixels[:: max(1, len(pixels) // 4000)]).mean(axis=0))


@functools.lru_cache(maxsize=256)
def _reference_colors(path: Path) -> Float32Array:
    with Image.open(path) as picture:
        picture.draft("RGB", (picture.width // 2, picture.height // 2))
        pixels = np.asarray(picture.convert("RGB"))
    step = max(1, pixels.shape[0] // _LINES)
    return _colors(pixels[step // 2 :: step, step // 2 :: step].reshape(-1, 3))


def _colors(pixels: RgbImage) -> Float32Array:
    at = np.linspace(0, len(pixels) - 1, _COLORS).round().astype(int)
    return linear_to_oklab(bytes_to_linear(pixels[at]))
