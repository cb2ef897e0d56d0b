"""Painting a design in the colours of a style picture, and lighting it from the side that its light comes from.

Lit surfaces grow slowly brighter towards a light that is near, while prints, things and shadows' edges change fast. So
of a picture's slopes only the faint ones are asked, and they must agree (the idea of Retinex: Land and McCann 1971).
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy import ndimage

from photoshoot.color.palette import dominant_colors
from photoshoot.color.space import LUMINANCE, bytes_to_linear, hex_to_oklab, oklab_to_hex
from photoshoot.records import Swatch
from photoshoot.sets import Light, SetDesign
from photoshoot.settings import StyleImage, check_range

_WHOLE_HUE = 0.5  # strength from which hues are the picture's own; between two hues lies mud
LEFT, RIGHT, UNCLEAR = "left", "right", None
"""Sides of a picture."""
_BLUR_PX, _FAINT = 2.0, 0.005  # of the small form; and the steepest slope that is asked, stops a pixel
_FLOOR = 0.01  # linear light that is added before logarithms: what is nearly black has no shading
_AGREE = 0.2  # share by which slopes towards one side outweigh those towards the other
_RISE = 0.035  # stops that they add up to over the picture; less is noise of an evenly lit ground
_FROM_A_SIDE = 0.35  # sine of the azimuth from which a set's light has a side


def read_style(image: StyleImage) -> tuple[Swatch, ...]:
    """The colours of a style picture, largest share first, at least one."""
    return dominant_colors(image.rgb, np.ones(image.rgb.shape[:2], np.float32))


def follow_style(design: SetDesign, palette: Sequence[Swatch], strength: float) -> SetDesign:
    """Paint what is painted in a design with a style picture's colours: its largest one behind the product.

    Wood, stone and other materials keep their own colours, and so do lamps; a pure white packshot stays white. Where
    there are more painted parts than colours, those left over are in tone with the first.

    Args:
        design: Any set's.
        palette: As ``read_style`` gives it.
        strength: 0 (the design as it is), 0.5 (hues and chroma are the picture's, lightness half of it) to 1 (all of
            it).

    Raises:
        SettingsError: ``strength`` is out of range.
    """
    check_range("strength", strength, 0, 1)
    if design.pure_white or not palette or strength == 0:
        return design
    painted = design.leaning()
    order = [*(name for name in design.behind if name in painted), *painted]
    colors = _Colors(palette, strength)
    changes: dict[str, Any] = {}
    for name in dict.fromkeys(order):
        value = getattr(design, name)
        changes[name] = tuple(map(colors.paint, value)) if isinstance(value, tuple) else colors.paint(value)
    return dataclasses.replace(design, **changes)


class _Colors:
    """Gives each painted part its colour, in turn."""

    def __init__(self, palette: Sequence[Swatch], strength: float) -> None:
        self._left: Iterator[Swatch] = iter(palette)
        self._first = hex_to_oklab(palette[0].hex)
        self._first_own: np.typing.NDArray[np.floating] | None = None
        self._strength = strength

    def paint(self, own: str) -> str:
        """The colour of the next part, whose own colour is this."""
        lab = hex_to_oklab(own)
        if self._first_own is None:
            self._first_own = lab
        swatch = next(self._left, None)
        goal = hex_to_oklab(swatch.hex) if swatch is not None else self._in_tone(lab - self._first_own)
        hue = min(1.0, self._strength / _WHOLE_HUE)
        return oklab_to_hex(lab + (goal - lab) * np.array([self._strength, hue, hue]))

    def _in_tone(self, step: np.typing.NDArray[np.floating]) -> np.typing.NDArray[np.floating]:
        """The first colour as much lighter or darker as the design's own are."""
        lightness = np.clip(self._first[0] + step[0], 0, 1)
        return np.array([lightness, *self._first[1:]])


def find_light_side(image: StyleImage) -> str | None:
    """From which side a style picture is lit: ``LEFT``, ``RIGHT``, or ``UNCLEAR`` where its shading does not agree."""
    stops = np.log2(bytes_to_linear(image.rgb) @ LUMINANCE + _FLOOR)
    slopes = ndimage.gaussian_filter(stops, _BLUR_PX, order=(0, 1))
    faint = slopes[np.abs(slopes) < _FAINT]
    rise = float(faint.sum()) / slopes.shape[0]
    if abs(rise) < max(_RISE, _AGREE * float(np.abs(faint).sum()) / slopes.shape[0]):
        return UNCLEAR
    return RIGHT if rise > 0 else LEFT


def follow_light(light: Light, side: str | None) -> Light:
    """A set's light from a side, at the angle that it has; from the front or behind, or where words say it, it stays.

    It holds as given: shots don't mirror it.
    """
    if side is UNCLEAR or light.fixed or abs(math.sin(math.radians(light.azimuth_deg))) < _FROM_A_SIDE:
        return light
    azimuth = abs(light.azimuth_deg) * (1 if side == RIGHT else -1)
    return dataclasses.replace(light, azimuth_deg=azimuth, fixed=True)
