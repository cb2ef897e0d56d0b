"""The side that the light of a style picture comes from, and a set's light from there.

Lit surfaces grow slowly brighter towards a light that is near, while prints, things and shadows' edges change fast. So
of a picture's slopes only the faint ones are asked, and they must agree (the idea of Retinex: Land and McCann 1971).
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy import ndimage

from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.sets import Light
from photoshoot.settings import StyleImage

LEFT, RIGHT, UNCLEAR = "left", "right", None
"""Sides of a picture."""
_BLUR_PX, _FAINT = 2.0, 0.005  # of the small form; and the steepest slope that is asked, stops a pixel
_FLOOR = 0.01  # linear light that is added before logarithms: what is nearly black has no shading
_AGREE = 0.2  # share by which slopes towards one side outweigh those towards the other
_RISE = 0.035  # stops that they add up to over the picture; less is noise of an evenly lit ground
_FROM_A_SIDE = 0.35  # sine of the azimuth from which a set's light has a side


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
