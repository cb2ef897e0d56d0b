"""How a product's colours go with a scene's: does the product stand out, and do the hues suit each other."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np

from photoshoot.color import hex_to_oklab
from photoshoot.records import Swatch
from photoshoot.sets import Location, SetDesign, set_name

_Lab: TypeAlias = tuple[float, float, float]

_MERGES, _STANDS_OUT = 0.05, 0.24  # OKLab distances at which a colour is lost in the backdrop, and stands clear of it
_CHROMATIC = 0.055  # OKLab chroma under which a colour has no hue to speak of
_LOUD = 0.1  # chroma over the product's at which a backdrop takes the eye off it
_NEUTRAL_SCORE = 0.7
_ANGLES = np.array([0.0, 30.0, 60.0, 95.0, 135.0, 180.0])
_HARMONIES = np.array([0.8, 0.75, 0.45, 0.45, 0.75, 1.0])
"""At these angles between two hues: neighbours and opposites go together, what lies between quarrels."""

PLACE_COLORS: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "apartment": "#958e80",
        "bridge": "#3d4752",
        "city": "#505053",
        "dawn": "#9e94a6",
        "esplanade": "#282426",
        "forest": "#454639",
        "hall": "#5c5c5b",
        "lobby": "#adb1a7",
        "night": "#0f0f12",
        "park": "#717d86",
        "sky": "#8791a2",
        "sunrise": "#737673",
        "sunset": "#908879",
        "venice": "#8690aa",
        "warehouse": "#5b5752",
        "workshop": "#665e54",
    }
)
"""Real places out of focus: their mean colour a little over the horizon, as exposed in pictures."""

_BACKDROPS: Mapping[str, tuple[str, ...]] = types.MappingProxyType(
    {
        "cyclorama": ("colors",),
        "podium": ("backdrop_color", "podium_color"),
        "glossy_floor": ("floor_color", "glow_color"),
        "geometric_wall": ("colors",),
        "neon_room": ("wall_color",),
        "celebration": ("backdrop_color",),
        "tabletop": ("backdrop_color", "surface_color"),
        "counter": ("tile_color", "counter_color"),
        "drapery": ("color",),
        "flat_lay": ("colors",),
        "hanging_wall": ("colors",),
        "window_room": ("wall_color", "floor_color"),
        "interior": ("wall_color", "furniture_color"),
        "gym": ("wall_color", "floor_color"),
        "gallery": ("wall_color", "plinth_color"),
        "water": ("sky_colors", "water_color"),
        "dunes": ("sky_colors", "ground_color"),
        "rocks": ("backdrop_color", "rock_color"),
        "location": ("surface_color",),
    }
)
"""The parameters of each set that lie behind and under the product."""


def backdrop_colors(design: SetDesign) -> tuple[str, ...]:
    """The colours that a design shows behind and under the product, ``#rrggbb``."""
    colors = [PLACE_COLORS[design.place]] if isinstance(design, Location) else []
    for name in _BACKDROPS[set_name(design)]:
        value: str | tuple[str, ...] = getattr(design, name)
        colors += [value] if isinstance(value, str) else value
    return tuple(colors)


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
    """How the hues go together, 0 to 1: 0.7 where either is neutral, less where a loud backdrop outdoes the product."""
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
    loudness = max(0.0, other_chroma - max(chroma, _CHROMATIC) - _LOUD) / 0.2
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
