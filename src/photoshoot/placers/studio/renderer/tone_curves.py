"""Tone curves: from exposed light, in which white is 1 and lamps are more, to what a screen can show; and back.

Each has its inverse, which the product's stand-in shines by: where it is seen in a mirror it has the colours that are
pasted. There is an end to that, ``BRIGHTEST``: curves approach white so slowly that white would be a lamp.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE
from photoshoot.pixels.bands import brightest
from photoshoot.records import LinearImage

KNEE: Final = 0.8
"""Display-linear value where the shoulders of ``studio`` and ``neutral`` begin; under it they change nothing."""
BRIGHTEST: Final = 1.0
"""The brightest white that an inverse gives: perfect white in a full exposure. What is shown brighter keeps its hue and
is dimmed: a product is no lamp."""

_PER_CHANNEL = 0.65  # of the studio's curve; the rest keeps the hue of bright colours
_STEPS = 24  # of its inverse
_PALER = 0.15  # of the neutral curve: how soon what is brighter than white turns white


@dataclass(frozen=True, kw_only=True)
class ToneCurve:
    """A tone curve, on arrays (…, 3) of linear RGB."""

    show: Callable[[LinearImage], LinearImage]
    """Exposed light, 0 or more, to display-linear [0, 1]."""
    undo: Callable[[LinearImage], LinearImage]
    """Display-linear, as bright as ``BRIGHTEST`` white is shown at most, to the light that shows so."""

    @property
    def ceiling(self) -> float:
        """How ``BRIGHTEST`` white is shown, display-linear."""
        return float(self.show(np.full((1, 3), BRIGHTEST, np.float32)).min())

    def light_of(self, display: LinearImage) -> LinearImage:
        """The exposed light (…, 3) that is shown as ``display``, which is first dimmed to the curve's ``ceiling``."""
        peak = brightest(display)[..., None]
        dimmed = display * np.minimum(1, self.ceiling / np.maximum(peak, 1e-6))
        return np.asarray(np.maximum(self.undo(np.asarray(dimmed, np.float32)), 0), np.float32)


def _shoulder(value: Float32Array) -> Float32Array:
    over, room = np.maximum(value - KNEE, 0), 1 - KNEE
    return np.asarray(np.minimum(value, KNEE) + room * over / (over + room), np.float32)


def _unshoulder(value: Float32Array) -> Float32Array:
    over, room = np.clip(value - KNEE, 0, None), 1 - KNEE
    return np.asarray(np.where(value < KNEE, value, KNEE + room * over / np.maximum(room - over, 1e-3)), np.float32)


def _studio(exposed: LinearImage) -> LinearImage:
    """A rational shoulder, partly on each channel (bright lights burn to white), partly on luminance."""
    luminance = (exposed @ LUMINANCE)[..., None]
    pure = exposed * (_shoulder(luminance) / np.maximum(luminance, 1e-6))
    mixed = _PER_CHANNEL * _shoulder(exposed) + (1 - _PER_CHANNEL) * np.minimum(pure, 1)
    return np.asarray(np.clip(mixed, 0, 1), np.float32)


def _unstudio(display: LinearImage) -> LinearImage:
    """Found step by step, for those that the shoulder bends: the rest is as it is."""
    light = display.copy()
    bent = brightest(display) > KNEE
    wanted = display[bent]
    found = _unshoulder(wanted)
    for _ in range(_STEPS):
        found = np.minimum(found * (wanted + 1e-4) / (_studio(found) + 1e-4), 4)
    light[bent] = found
    return light


def _neutral(exposed: LinearImage) -> LinearImage:
    """The shoulder on the brightest channel, so that hues stay; what is far brighter than white turns white.

    Source: Khronos PBR Neutral tone mapper, 2024, without its first step, which takes 0.04 off for the sheen of coated
    surfaces: painted backdrops are matte, and their colours are promised.
    """
    peak = np.maximum(brightest(exposed), KNEE)
    if (peak == KNEE).all():
        return np.array(exposed, np.float32)
    shown = _shoulder(peak)
    kept, white = shown / peak, 1 - 1 / (_PALER * (peak - shown) + 1)
    picture = np.empty(exposed.shape, np.float32)
    for channel in range(3):
        pure = exposed[..., channel] * kept
        picture[..., channel] = np.clip(pure + white * (shown - pure), 0, 1)
    return picture


def _unneutral(display: LinearImage) -> LinearImage:
    shown = brightest(display)[..., None]
    peak = _unshoulder(shown)
    white = 1 - 1 / (_PALER * (peak - shown) + 1)
    pure = (display - white * shown) / (1 - white)
    return np.asarray(np.maximum(pure, 0) * (peak / np.maximum(shown, 1e-6)), np.float32)


_INSET = np.array(
    [
        [0.842479062253094, 0.0784335999999992, 0.0792237451477643],
        [0.0423282422610123, 0.878468636469772, 0.0791661274605434],
        [0.0423756549057051, 0.0784336, 0.879142973793104],
    ],
    np.float32,
)
_STOPS = (-12.47393, 4.026069)  # log2 of the least and the most light
_PIVOT, _SLOPE, _TOE = (10 / 16.5, 0.5), 2.0, 3.0  # of the S-shaped curve over those stops
_POWER, _SATURATION = 1.35, 1.4  # of the look "punchy"
_GAMMA = 2.2
_GAIN = 1.5  # so that a mid grey is shown as bright as it is (0.18 as 0.19)
_PLACES = np.linspace(0, 1, 2048)


def _agx(exposed: LinearImage) -> LinearImage:
    """A curve over 16.5 stops in a narrower gamut: saturated lights go to white by way of their own hue.

    Source: Troy Sobotka's AgX, by the matrices, range and look ("punchy") of Benjamin Wrensch's "Minimal AgX
    implementation", 2023; the S-shaped curve is Sobotka's in closed form, within 0.005 of Wrensch's polynomial.
    """
    least, most = _STOPS
    stops = (np.log2(np.maximum(exposed @ (_GAIN * _INSET.T), 2.0**least)) - least) / (most - least)
    formed = np.interp(stops, _PLACES, _FORMED).astype(np.float32) @ _OUTSET.T
    return np.asarray(np.clip(formed, 0, 1) ** _GAMMA, np.float32)


def _unagx(display: LinearImage) -> LinearImage:
    least, most = _STOPS
    formed = (display ** (1 / _GAMMA)) @ np.linalg.inv(_OUTSET).T
    stops = np.interp(formed, _FORMED, _PLACES).astype(np.float32) * (most - least) + least
    return np.asarray(np.exp2(stops) @ np.linalg.inv(_GAIN * _INSET).T, np.float32)


def _form(places: Float64Array) -> Float64Array:
    """The S-shaped curve with the look's power, [0, 1] to [0, 1]."""
    middle, height = _PIVOT
    step = _SLOPE * (places - middle)
    scale = np.where(step > 0, _bend(1 - middle, 1 - height), _bend(middle, height))
    bent = step / (1 + np.abs(step / scale) ** _TOE) ** (1 / _TOE)
    return np.asarray(np.clip(height + bent, 0, 1) ** _POWER, np.float64)


def _bend(width: float, height: float) -> float:
    """The scale at which a branch of the curve that is so wide ends at its height."""
    return float((height**-_TOE - (_SLOPE * width) ** -_TOE) ** (-1 / _TOE))


_FORMED = _form(_PLACES)
_OUTSET = np.asarray(np.linalg.inv(_INSET) @ (_SATURATION * np.eye(3) + (1 - _SATURATION) * LUMINANCE), np.float32)

CURVES: Final[Mapping[str, ToneCurve]] = {
    "studio": ToneCurve(show=_studio, undo=_unstudio),
    "neutral": ToneCurve(show=_neutral, undo=_unneutral),
    "agx": ToneCurve(show=_agx, undo=_unagx),
}
"""The curves, by the names that settings and sets have for them."""
