"""The scene's light on the product, over the light it was photographed in: what its pixels are to be multiplied with.

Both lights are smooth, so their ratio is; prints stay as sharp as they were. Brightness follows the scene less and less
the farther it is from a full exposure, as a photographer exposes for the product; colour follows nearly in full.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.light_map import LightMap
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.pixels.product_print import find_print
from photoshoot.pixels.relighting import light_pixels
from photoshoot.records import Box, LinearImage, ProductLayer, ShotRequest

METERED = 0.85
"""White's light in a scene that is exposed for the product."""
_LEVELS = (-1.15, 0.6)  # stops of the product's mean, which are neared and not passed
_DARKER, _BRIGHTER = 1.2, 1.0  # stops of a shade and of a light within the product, so too
_DARKEST = 1.7  # stops that mean and shade take together, so too: three tenths of the light are left everywhere
_KNEE = 4  # how late what is taken bends to that: larger, later
_LIGHTEST, _LIGHTS = 0.85, 97  # luminance that this percentile of the product has at most, where light is lowered to it
_LOWERED = -0.3  # stops, of the mean, that light is lowered to for it at most
_TINT = 0.9  # share of the light's colour; eyes and cameras adapt to a part of it
_CELLS = 48  # of the map, along its longer side
_BLUR = 0.6  # map cells
_SAMPLES = 6000  # pixels that the bounds are measured on
_STEPS = 7  # of halving, to find how much light the bounds allow
_CHROMATIC = 28.0  # CIELAB chroma from which a colour is known by its hue; whites and creams take the light's
_SHARE_BLUR = 1.5  # map cells over which tint is held back alike


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How far light may move a product's colours."""

    delta_e: float
    """95th percentile of CIEDE2000 over its core."""
    hue_deg: float
    """95th percentile of the turn of CIELAB hue, degrees, of what is known by it (chroma over 28) before and after."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoLights:
    """The light of a scene where the product is, and the one that it was photographed in, over a grid."""

    scene: LinearImage
    """(h, w, 3): exposed light of perfect white."""
    photo: Float32Array
    """(h, w): brightness, over 0, at any level."""
    seen: BoolArray
    """(h, w): where the product is seen."""
    box: Box
    """What the grid is stretched over, canvas pixels."""
    trust: float = 1.0
    """Share of how light differs over the product that is believed, 0 to 1; its mean is, in any case."""


def asked_light(request: ShotRequest) -> float:
    """How far the scene's light was asked for on the product of a picture, 0 to 1."""
    return 0.0 if request.recipe is None else request.recipe.light_on_product


def unlit(request: ShotRequest) -> ShotRequest:
    """A picture that is to be the same but for the light on its product, which is none."""
    if request.recipe is None or asked_light(request) == 0:
        return request
    return replace(request, recipe=replace(request.recipe, light_on_product=0.0))


def choose_light(layer: ProductLayer, lights: TwoLights, strength: float, bounds: Bounds) -> LightMap:
    """The light that a product is given, whatever engine made its scene.

    Args:
        layer: Its own pixels.
        lights: What falls on it, and what fell on it.
        strength: Over 0, to 1: how much of the scene's light, in stops.
        bounds: What it may do at most; the colour of the light is held back first, where hues turn, then all of it.
    """
    ratio = (_even(part, lights) for part in split_ratio(lights.scene, lights.photo, lights.seen))
    level, tint = (_to_cells(part, lights.seen) * np.float32(strength) for part in ratio)
    printed = find_print(layer, lights.box, (level.shape[0], level.shape[1]))
    level, tint = printed.even(level), printed.even(tint)
    tint = tint * printed.share_of_tint(level, tint)
    probe = _Probe.of(layer, lights.box)
    level = probe.spare_lights(level)
    tint = tint * probe.share_of_tint(level, tint, bounds.hue_deg)
    share = _largest_share(lambda share: probe.hue_turn(level + np.float32(share) * tint) <= bounds.hue_deg)
    stops = level + np.float32(share) * tint
    share = _largest_share(lambda share: probe.shift(np.float32(share) * stops) <= bounds.delta_e)
    stops = np.float32(share) * stops
    return LightMap.of_stops(printed.share_of_all(stops) * stops, lights.box)


def split_ratio(white: LinearImage, photo: Float32Array, solid: BoolArray) -> tuple[Float32Array, Float32Array]:
    """The scene's light over the photo's (h, w), in stops: its brightness (h, w, 1), and its colour (h, w, 3)."""
    seen = solid if solid.any() else np.ones_like(solid)
    light = np.maximum(white, 1e-4 * max(float(white.max()), 1e-6))
    brightness = light @ LUMINANCE
    mean = float(brightness[seen].mean())
    local = np.log2(brightness / mean) - np.log2(photo / float(photo[seen].mean()))
    exposure = math.log2(mean / METERED)
    most = _LEVELS[0] if exposure < 0 else _LEVELS[1]
    shaded = np.where(local < 0, -_DARKER * np.tanh(-local / _DARKER), _BRIGHTER * np.tanh(local / _BRIGHTER))
    level = most * math.tanh(exposure / most) + shaded
    level = np.where(level < 0, level / (1 + np.abs(level / _DARKEST) ** _KNEE) ** (1 / _KNEE), level)
    tint = _TINT * np.log2(light / brightness[..., None])
    return np.asarray(level[..., None], np.float32), np.asarray(tint, np.float32)


def _even(stops: Float32Array, lights: TwoLights) -> Float32Array:
    """Stops (h, w, C) that differ over the product as far as its shape is trusted."""
    if lights.trust == 1 or not lights.seen.any():
        return stops
    mean = stops[lights.seen].mean(0)
    return np.asarray(mean + np.float32(lights.trust) * (stops - mean), np.float32)


def _to_cells(stops: Float32Array, solid: BoolArray) -> Float32Array:
    """Mean over the map's cells of what the product shows (h, w, C); cells without product take the nearest one's."""
    height, width = solid.shape
    scale = min(1.0, _CELLS / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    weight = _shrink(solid.astype(np.float32), size)
    planes = [_shrink(np.where(solid, plane, 0), size) for plane in np.moveaxis(stops, -1, 0)]
    cells = np.dstack(planes) / np.maximum(weight, 1e-6)[..., None]
    empty = weight < 0.08
    if empty.any() and not empty.all():
        rows, columns = ndimage.distance_transform_edt(empty, return_distances=False, return_indices=True)
        cells = cells[rows, columns]
    return np.asarray(ndimage.gaussian_filter(cells, (_BLUR, _BLUR, 0), mode="nearest"), np.float32)


def _shrink(plane: Float32Array, size: tuple[int, int]) -> Float32Array:
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.resize(size, Image.Resampling.BOX), np.float32)


def _largest_share(holds: Callable[[float], bool]) -> float:
    """The largest of [0, 1] for which something holds that holds for 0."""
    if holds(1.0):
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


@dataclass(frozen=True, kw_only=True, eq=False)
class _Probe:
    """Some of the product's core pixels."""

    rgb: npt.NDArray[np.uint8]
    """(N, 3), as they were photographed."""
    at: Float64Array
    """(2, N): row and column in the map's box, shares of its sides."""

    @classmethod
    def of(cls, layer: ProductLayer, box: Box) -> _Probe:
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
        """How much of a tint (h, w, 3) turns hues by ``hue_deg`` at most, (h, w, 1): all of it on what is white.

        A mean over neighbours: hues may turn farther yet.
        """
        if not len(self.rgb):
            return np.ones_like(level)
        before, levels, tints = rgb_to_lab(self.rgb), self._sample(level), self._sample(tint)
        low, high = np.zeros(len(before)), np.ones(len(before))
        share = high
        for _ in range(_STEPS):
            lit = light_pixels(self.rgb, np.asarray(levels + share[:, None] * tints, np.float32))
            holds = _turn_of_hue(before, rgb_to_lab(lit)) <= hue_deg
            low, high = np.where(holds, share, low), np.where(holds, high, share)
            share = (low + high) / 2
        size = level.shape[:2]
        cells = tuple(np.minimum((line * side).astype(int), side - 1) for line, side in zip(self.at, size, strict=True))
        count, total = np.zeros(size), np.zeros(size)
        np.add.at(count, cells, 1)
        np.add.at(total, cells, low)
        near = ndimage.distance_transform_edt(count == 0, return_distances=False, return_indices=True)
        mean = (total / np.maximum(count, 1))[tuple(near)]
        return np.asarray(ndimage.gaussian_filter(mean, _SHARE_BLUR, mode="nearest"), np.float32)[..., None]

    def shift(self, stops: Float32Array) -> float:
        """95th percentile of CIEDE2000 under a map (h, w, 3)."""
        return _high(delta_e(rgb_to_lab(self.rgb), self._lit(stops)))

    def hue_turn(self, stops: Float32Array) -> float:
        """95th percentile of the turn of hue, degrees, of what has one before and after."""
        before, after = rgb_to_lab(self.rgb), self._lit(stops)
        return _high(_turn_of_hue(before, after)[_hued(before, after)])

    def _lit(self, stops: Float32Array) -> Float64Array:
        return rgb_to_lab(light_pixels(self.rgb, self._sample(stops)))

    def _sample(self, stops: Float32Array) -> Float32Array:
        """A map (h, w, C) at the pixels, (N, C)."""
        places = self.at * np.array(stops.shape[:2])[:, None] - 0.5
        planes = [
            ndimage.map_coordinates(plane, places, order=1, mode="nearest") for plane in np.moveaxis(stops, -1, 0)
        ]
        return np.stack(planes, -1)


def _turn_of_hue(first: Float64Array, second: Float64Array) -> Float64Array:
    """The turn of CIELAB hue from (N, 3) to (N, 3), degrees; 0 where there is none before or after."""
    angles = [np.arctan2(lab[:, 2], lab[:, 1]) for lab in (first, second)]
    turn = np.abs(np.rad2deg((angles[1] - angles[0] + np.pi) % (2 * np.pi) - np.pi))
    return np.asarray(np.where(_hued(first, second), turn, 0.0), np.float64)


def _hued(first: Float64Array, second: Float64Array) -> BoolArray:
    return np.asarray(np.minimum(*(np.hypot(lab[:, 1], lab[:, 2]) for lab in (first, second))) > _CHROMATIC, np.bool_)


def _high(values: Float64Array) -> float:
    return float(np.percentile(values, 95)) if values.size else 0.0
