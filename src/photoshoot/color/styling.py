"""Colour work on designs: leaning a preset toward a product, toning a colour by words, deriving one from another.

All of it happens in OKLab, where equal steps look equal.
"""

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.records import Swatch
from photoshoot.sets import SetDesign
from photoshoot.settings import Range, check_fields

STYLE_STRENGTH: Final = 0.15
"""Share of the way that an accent's hue and chroma go toward the product's."""
MAX_HUE_TURN_DEG: Final = 8.0
"""Most that a hue is turned: a light blue backdrop stays light blue beside a red product."""
CHROMATIC: Final = 0.045
"""OKLab chroma under which a colour counts as near-neutral and is left alone; natural beige is about 0.04."""

_MIN_SHARE = 0.05  # a smaller part of the product, such as a label's print, does not set the tone
_MAX_CHROMA_CHANGE = 0.3  # of the accent's own chroma, before the strength is applied
_LIT_CHROMA = 0.7  # share of a paint's chroma that a light of its name has: with a third, gold was hardly to be told
_GEL_CHROMA = 0.085  # the most of it, golden hour's: more and the product's own colours are gone
_GEL_DARKER = 0.5  # lightness that a light loses for its chroma, so that its colour can be shown


@dataclass(frozen=True, kw_only=True)
class Tone:
    """What a word such as "pastel" or "dark" does to a colour."""

    toward: Annotated[float, Range(0, 1)]
    """Lightness that it goes toward, 0 to 1."""
    amount: Annotated[float, Range(0, 1)]
    """Share of the way there, 0 to 1."""
    chroma: Annotated[float, Range(0, 2)]
    """Factor of its chroma, 0 to 2."""
    warmth: Annotated[float, Range(-0.1, 0.1)] = 0.0
    """Added to OKLab b: positive is yellower, negative bluer; -0.1 to 0.1."""

    def __post_init__(self) -> None:
        check_fields(self, "tone.")


_DARK = 0.36  # OKLab lightness of #3a3a3a
_LIGHT = 0.6  # OKLab lightness of oak: what goes with that, or with what is lighter, is lighter by the whole step


def lean_design(design: SetDesign, palette: Sequence[Swatch]) -> SetDesign:
    """Lean a design's chromatic accents a little toward a product's dominant chromatic colour.

    Near-neutral colours, lights, and materials with a colour of their own stay as they are. A product without a
    chromatic colour changes nothing.
    """
    toward = next((swatch.hex for swatch in palette if _is_chromatic(swatch.hex) and swatch.share >= _MIN_SHARE), None)
    if toward is None:
        return design
    changes: dict[str, Any] = {name: _lean_value(getattr(design, name), toward) for name in design.leaning()}
    return dataclasses.replace(design, **changes)


def lean_color(color: str, toward: str) -> str:
    """Turn a colour's hue and chroma toward another's by ``STYLE_STRENGTH``, within bounds; lightness is kept.

    The hue turns by at most ``MAX_HUE_TURN_DEG``, and the chroma changes by at most 30 % times that strength.
    A near-neutral colour, or one leaning toward a near-neutral, comes back unchanged.
    """
    if not (_is_chromatic(color) and _is_chromatic(toward)):
        return color
    return oklab_to_hex(lean_oklab(hex_to_oklab(color), hex_to_oklab(toward), STYLE_STRENGTH))


def lean_oklab(color: npt.NDArray[np.floating], toward: npt.NDArray[np.floating], strength: float) -> Float32Array:
    """``lean_color`` of OKLab (3,), before it is rounded to eight bits and clipped to the gamut."""
    lightness, a, b = (float(part) for part in color)
    _, goal_a, goal_b = (float(part) for part in toward)
    chroma, hue = math.hypot(a, b), math.atan2(b, a)
    limit = math.radians(MAX_HUE_TURN_DEG)
    turn = (math.atan2(goal_b, goal_a) - hue + math.pi) % math.tau - math.pi
    hue += min(max(strength * turn, -limit), limit)
    low, high = chroma * (1 - _MAX_CHROMA_CHANGE), chroma * (1 + _MAX_CHROMA_CHANGE)
    chroma += strength * (min(max(math.hypot(goal_a, goal_b), low), high) - chroma)
    return np.array([lightness, chroma * math.cos(hue), chroma * math.sin(hue)], np.float32)


def tone_color(color: str, tone: Tone) -> str:
    """Apply a tone to a colour."""
    lightness, a, b = (float(part) for part in hex_to_oklab(color))
    lightness += tone.amount * (tone.toward - lightness)
    return oklab_to_hex([lightness, a * tone.chroma, b * tone.chroma + tone.warmth])


def shift_color(color: str, lightness: float, chroma: float) -> str:
    """A companion of a colour: lightness added (-1 to 1), chroma multiplied (0 to 2)."""
    own, a, b = (float(part) for part in hex_to_oklab(color))
    return oklab_to_hex([min(max(own + lightness, 0.0), 1.0), a * chroma, b * chroma])


def companion_color(color: str, lightness: float, chroma: float) -> str:
    """A colour beside another, as ``shift_color``; beside a dark one hardly lighter, so that its picture is dark."""
    share = min(1.0, float(hex_to_oklab(color)[0]) / _LIGHT) if lightness > 0 else 1.0
    return shift_color(color, lightness * share, chroma)


def contrast_color(color: str, chroma: float) -> str:
    """A colour for grain and veins: darker on light materials, lighter on dark ones."""
    return shift_color(color, -0.2 if hex_to_oklab(color)[0] > 0.45 else 0.4, chroma)


def is_dark(color: str) -> bool:
    """Whether a colour is so nearly black that a lamp of it would be none."""
    return float(hex_to_oklab(color)[0]) < _DARK and not _is_chromatic(color)


def light_color(color: str) -> str:
    """The colour of a light that is called by this colour: bright, with most of the paint's chroma, up to a gel's."""
    _, a, b = (float(part) for part in hex_to_oklab(color))
    chroma = math.hypot(a, b)
    share = min(_LIT_CHROMA, _GEL_CHROMA / max(chroma, 1e-6))
    return oklab_to_hex([0.92 - _GEL_DARKER * share * chroma, a * share, b * share])


def _lean_value(value: str | tuple[str, ...], toward: str) -> str | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(lean_color(color, toward) for color in value)
    return lean_color(value, toward)


def _is_chromatic(color: str) -> bool:
    _, a, b = (float(part) for part in hex_to_oklab(color))
    return math.hypot(a, b) >= CHROMATIC
