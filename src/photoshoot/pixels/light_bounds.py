"""How far light may move a product's colours, measured on some of its pixels: a blue shoe stays a blue shoe.

What is known by its colour keeps its hue and most of its chroma; whites, greys and creams take the light's. Which it is
saturation tells, chroma over lightness: dark blues have as little chroma as creams.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.pixels.imaging import CORE_ALPHA, light_pixels
from photoshoot.records import Box, ProductLayer

_SAMPLES = 6000  # pixels that the bounds are measured on
_STEPS = 7  # of halving, to find how much light the bounds allow
_CHROMATIC = 28.0  # CIELAB chroma from which the turn of a hue is measured
_COLORED = (0.18, 0.28)  # CIELAB chroma over lightness: a colour is not, and is, known by its hue
_BLACK = 4.0  # L* that is added: the colour of what is nearly black is noise
_KEPT = 0.6  # of its chroma that such a colour keeps in its own hue, of what it has under white light of that level
_FREE = 80.0  # chroma that what is not known by its hue may move
_COLORLESS = 0.1  # weight of a white pixel beside that of a coloured one, where they share a cell of the map
_SHARE_BLUR = 2.0  # map cells over which tint is held back alike
_LIGHTEST, _LIGHTS = 0.9, 97  # luminance that this percentile of the product has at most, where light is lowered to it
_LOWERED = -0.3  # stops, of the mean, that light is lowered to for it at most


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How far light may move a product's colours."""

    delta_e: float
    """95th percentile of CIEDE2000 over its core."""
    hue_deg: float
    """Turn of CIELAB hue, degrees, of what is known by it, and keeps three fifths of its chroma, too; of what has a
    chroma over 28 before and after it is the 95th percentile. From 90 on hues and chroma are free."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Probe:
    """Some of the product's core pixels."""

    rgb: npt.NDArray[np.uint8]
    """(N, 3), as they were photographed."""
    at: Float64Array
    """(2, N): row and column in the map's box, shares of its sides."""

    @classmethod
    def of(cls, layer: ProductLayer, box: Box) -> Probe:
        """Pixels of a product's core, from all over it."""
        rows, columns = np.nonzero(layer.alpha_matte >= CORE_ALPHA)
        step = max(1, len(rows) // _SAMPLES)
        rows, columns = rows[::step], columns[::step]
        at = [(rows + 0.5 - box.top) / box.height, (columns + 0.5 - box.left) / box.width]
        return cls(rgb=layer.rgb[rows, columns], at=np.stack(at))

    def spare_lights(self, level: Float32Array) -> Float32Array:
        """Brightness (h, w, 1) that leaves the product's lights a tone, so that shadows beside them are seen."""
        stops = self._sample(level)[:, 0]
        if not stops.size:
            return level
        lights = np.log2(np.maximum(bytes_to_linear(self.rgb) @ LUMINANCE, 1e-3)) + stops
        over = float(np.percentile(lights, _LIGHTS)) - math.log2(_LIGHTEST)
        return level - np.float32(max(0.0, min(over, float(stops.mean()) - _LOWERED)))

    def share_of_tint(self, level: Float32Array, tint: Float32Array, hue_deg: float) -> Float32Array:
        """How much of a tint (h, w, 3) leaves colours what they are, (h, w, 1): all of it on what is white.

        A mean over neighbours, in which colours count more than whites: hues may turn farther yet.
        """
        if not len(self.rgb) or hue_deg >= 90:
            return np.ones_like(level)
        before, levels, tints = rgb_to_lab(self.rgb), self._sample(level), self._sample(tint)
        plain = rgb_to_lab(light_pixels(self.rgb, np.repeat(levels, 3, 1)))
        colored = _colored(before)
        low, high = np.zeros(len(before)), np.ones(len(before))
        share = high
        for _ in range(_STEPS):
            lit = rgb_to_lab(light_pixels(self.rgb, np.asarray(levels + share[:, None] * tints, np.float32)))
            holds = _stays(plain, lit, colored, hue_deg)
            low, high = np.where(holds, share, low), np.where(holds, high, share)
            share = (low + high) / 2
        return self._mean(low, _COLORLESS + colored, level.shape[:2])

    def shift(self, stops: Float32Array) -> float:
        """95th percentile of CIEDE2000 under a map (h, w, 3)."""
        return _high(delta_e(rgb_to_lab(self.rgb), self._lit(stops)))

    def hue_turn(self, stops: Float32Array) -> float:
        """95th percentile of the turn of hue, degrees, of what has one before and after."""
        before, after = rgb_to_lab(self.rgb), self._lit(stops)
        return _high(_turn_of_hue(before, after)[_hued(before, after)])

    def _mean(self, values: Float64Array, weights: Float64Array, size: tuple[int, ...]) -> Float32Array:
        """Means of pixels' values (N,) over a map's cells (h, w, 1) and their neighbours."""
        cells = tuple(np.minimum((line * side).astype(int), side - 1) for line, side in zip(self.at, size, strict=True))
        weight, total = np.zeros(size), np.zeros(size)
        np.add.at(weight, cells, weights)
        np.add.at(total, cells, weights * values)
        near = ndimage.distance_transform_edt(weight == 0, return_distances=False, return_indices=True)
        mean = (total / np.maximum(weight, 1e-9))[tuple(near)]
        return np.asarray(ndimage.gaussian_filter(mean, _SHARE_BLUR, mode="nearest"), np.float32)[..., None]

    def _lit(self, stops: Float32Array) -> Float64Array:
        return rgb_to_lab(light_pixels(self.rgb, self._sample(stops)))

    def _sample(self, stops: Float32Array) -> Float32Array:
        """A map (h, w, C) at the pixels, (N, C)."""
        places = self.at * np.array(stops.shape[:2])[:, None] - 0.5
        planes = [
            ndimage.map_coordinates(plane, places, order=1, mode="nearest") for plane in np.moveaxis(stops, -1, 0)
        ]
        return np.stack(planes, -1)


def _colored(lab: Float64Array) -> Float64Array:
    """How far colours (N, 3) are known by their hue, 0 to 1."""
    saturation = np.hypot(lab[:, 1], lab[:, 2]) / (lab[:, 0] + _BLACK)
    share = np.clip((saturation - _COLORED[0]) / (_COLORED[1] - _COLORED[0]), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def _stays(plain: Float64Array, lit: Float64Array, colored: Float64Array, hue_deg: float) -> BoolArray:
    """Whether colours keep their hue and chroma, as far as they are known by them.

    Args:
        plain: CIELAB (N, 3) under white light of that level.
        lit: Under the light (N, 3).
        colored: See ``_colored``.
        hue_deg: The turn that is let pass.
    """
    chroma = np.maximum(np.hypot(plain[:, 1], plain[:, 2]), 1e-3)
    along = (plain[:, 1:] * lit[:, 1:]).sum(1) / chroma
    aside = np.abs(plain[:, 1] * lit[:, 2] - plain[:, 2] * lit[:, 1]) / chroma
    free = _FREE * (1 - colored) ** 3
    turned = np.maximum(along, 0) * math.tan(math.radians(hue_deg)) * colored + free
    return np.asarray((along >= _KEPT * chroma * colored - free) & (aside <= turned), np.bool_)


def _turn_of_hue(first: Float64Array, second: Float64Array) -> Float64Array:
    """The turn of CIELAB hue from (N, 3) to (N, 3), degrees; 0 where there is none before or after."""
    angles = [np.arctan2(lab[:, 2], lab[:, 1]) for lab in (first, second)]
    turn = np.abs(np.rad2deg((angles[1] - angles[0] + np.pi) % (2 * np.pi) - np.pi))
    return np.asarray(np.where(_hued(first, second), turn, 0.0), np.float64)


def _hued(first: Float64Array, second: Float64Array) -> BoolArray:
    return np.asarray(np.minimum(*(np.hypot(lab[:, 1], lab[:, 2]) for lab in (first, second))) > _CHROMATIC, np.bool_)


def _high(values: Float64Array) -> float:
    return float(np.percentile(values, 95)) if values.size else 0.0
