"""How a product's colours go with a scene's: does the product stand out, and do the hues suit each other."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.records import Swatch

_Lab: TypeAlias = tuple[float, float, float]

_MERGES, _STANDS_OUT = 0.05, 0.24  # OKLab distances at which a colour is lost in the backdrop, and stands clear of it
_CHROMATIC = 0.055  # OKLab chroma under which a colour has no hue to speak of
_LOUD, _SHRILL = 0.02, 0.15  # chroma over the product's at which a backdrop begins to take the eye off it, and does
_NEUTRAL_SCORE = 0.8
_ANGLES = np.array([0.0, 30.0, 60.0, 95.0, 135.0, 180.0])
_HARMONIES = np.array([0.8, 0.75, 0.45, 0.45, 0.75, 1.0])
"""At these angles between two hues: neighbours and opposites go together, what lies between quarrels."""


def measure_contrast(palette: Sequence[Swatch], backdrop: Sequence[str]) -> float:
    """How well a product stands out before a backdrop: 0 (lost, white on white) to 1.

    The share-weighted mean over the product's colours of their distance to the backdrop's nearest colour; an empty
    palette has 0.5.
    """
    total = sum(swatch.share for swatch in palette)
    if not total:
        return 0.5
    grounds = [_oklab(color) for color in backdrop]
    clear = (swatch.share * _clearness(_oklab(swatch.hex), grounds) for swatch in palette)
    return sum(clear) / total


def measure_harmony(palette: Sequence[Swatch], backdrop: Sequence[str]) -> float:
    """How the hues go together, 0 to 1: 0.8 where either is neutral, less where a loud backdrop outdoes the product."""
    chroma, hue = _lead_hue(palette)
    scores = [_hue_score(chroma, hue, *_polar(color)) for color in backdrop]
    return sum(scores) / len(scores)


def _clearness(color: _Lab, grounds: Sequence[_Lab]) -> float:
    nearest = min(math.dist(color, ground) for ground in grounds)
    step = min(max((nearest - _MERGES) / (_STANDS_OUT - _MERGES), 0.0), 1.0)
    return step * step * (3 - 2 * step)


def _lead_hue(palette: Sequence[Swatch]) -> tuple[float, float]:
    """(chroma, hue in degrees) of the largest chromatic colour; of the largest colour where none is chromatic."""
    polar = [_polar(swatch.hex) for swatch in palette if swatch.share >= 0.05] or [(0.0, 0.0)]
    return next((pair for pair in polar if pair[0] >= _CHROMATIC), polar[0])


def _hue_score(chroma: float, hue: float, other_chroma: float, other_hue: float) -> float:
    loudness = max(0.0, other_chroma - max(chroma, _CHROMATIC) - _LOUD) / _SHRILL
    if min(chroma, other_chroma) < _CHROMATIC:
        return max(0.0, _NEUTRAL_SCORE - loudness)
    angle = abs((hue - other_hue + 180) % 360 - 180)
    return max(0.0, float(np.interp(angle, _ANGLES, _HARMONIES)) - loudness)


def _polar(color: str) -> tuple[float, float]:
    _, a, b = _oklab(color)
    return math.hypot(a, b), math.degrees(math.atan2(b, a))


@lru_cache(maxsize=4096)  # the same backdrops are measured for every product
def _oklab(color: str) -> _Lab:
    lightness, a, b = (float(part) for part in hex_to_oklab(color))
    return lightness, a, b
