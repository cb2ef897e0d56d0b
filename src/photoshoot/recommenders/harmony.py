"""How a product's colours go with a scene's: does the product stand out, and do the hues suit each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from photoshoot.color import hex_to_oklab
from photoshoot.records import Swatch
from photoshoot.sets import (
    Cyclorama,
    Drapery,
    FlatLay,
    GeometricWall,
    GlossyFloor,
    Interior,
    NeonRoom,
    Podium,
    SetDesign,
    Tabletop,
    WindowRoom,
)

_MERGES, _STANDS_OUT = 0.05, 0.24  # OKLab distances at which a colour is lost in the backdrop, and stands clear of it
_CHROMATIC = 0.055  # OKLab chroma under which a colour has no hue to speak of
_LOUD = 0.1  # chroma over the product's at which a backdrop takes the eye off it
_NEUTRAL_SCORE = 0.7
_ANGLES = (0.0, 30.0, 60.0, 95.0, 135.0, 180.0)
_HARMONIES = (0.8, 0.75, 0.45, 0.45, 0.75, 1.0)
"""At these angles between two hues: neighbours and opposites go together, what lies between quarrels."""


def backdrop_colors(design: SetDesign) -> tuple[str, ...]:
    """The colours that a design shows behind and under the product, ``#rrggbb``."""
    match design:
        case Cyclorama(colors=colors) | GeometricWall(colors=colors) | FlatLay(colors=colors):
            return colors
        case Podium():
            return design.backdrop_color, design.podium_color
        case WindowRoom():
            return design.wall_color, design.floor_color
        case Tabletop():
            return design.backdrop_color, design.surface_color
        case GlossyFloor():
            return design.floor_color, design.glow_color
        case Interior():
            return design.wall_color, design.furniture_color
        case NeonRoom():
            return (design.wall_color,)
        case Drapery():
            return (design.color,)
        case _:
            raise NotImplementedError(f"no backdrop is known for {type(design).__name__}")


def measure_contrast(palette: Sequence[Swatch], backdrop: Sequence[str]) -> float:
    """How well a product stands out before a backdrop: 0 (lost, white on white) to 1.

    The share-weighted mean over the product's colours of their distance to the backdrop's nearest colour; an empty
    palette has 0.5.
    """
    weights = [swatch.share for swatch in palette]
    if not sum(weights):
        return 0.5
    grounds = np.stack([hex_to_oklab(color) for color in backdrop])
    distances = [float(np.linalg.norm(grounds - hex_to_oklab(swatch.hex), axis=1).min()) for swatch in palette]
    steps = np.clip((np.array(distances) - _MERGES) / (_STANDS_OUT - _MERGES), 0, 1)
    return float(np.average(steps * steps * (3 - 2 * steps), weights=weights))


def measure_harmony(palette: Sequence[Swatch], backdrop: Sequence[str]) -> float:
    """How the hues go together, 0 to 1: 0.7 where either is neutral, less where a loud backdrop outdoes the product."""
    chroma, hue = _lead_hue(palette)
    scores = [_hue_score(chroma, hue, *_polar(color)) for color in backdrop]
    return sum(scores) / len(scores)


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
    _, a, b = (float(part) for part in hex_to_oklab(color))
    return math.hypot(a, b), math.degrees(math.atan2(b, a))
