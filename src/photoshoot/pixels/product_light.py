"""The scene's light on the product, over the light it was photographed in: what its pixels are to be multiplied with.

Both lights are smooth, so their ratio is; prints stay as sharp as they were. Mean brightness follows the scene a little
only, as a photographer exposes for the product; how its sides differ, and in what colour, follows in full.
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
from photoshoot.color.space import LUMINANCE
from photoshoot.light_map import LightMap
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.pixels.product_print import find_print
from photoshoot.pixels.relighting import light_pixels
from photoshoot.records import Box, LinearImage, ProductLayer, ShotRequest

METERED = 0.85
"""White's light in a scene that is exposed for the product."""
_FOLLOW = 0.5  # of the scene's level, in stops, that the product takes over
_LEVELS = (-1.0, 0.2)  # at most, in stops
_DARKER, _BRIGHTER = 1.5, 0.7  # stops of a shade and of a light within the product, which are neared and not passed
_TINT = 0.8  # share of the light's colour; eyes and cameras adapt to a part of it
_CELLS = 48  # of the map, along its longer side
_BLUR = 0.6  # map cells
_SAMPLES = 6000  # pixels that the bounds are measured on
_STEPS = 7  # of halving, to find how much light the bounds allow
_CHROMATIC = 14.0  # CIELAB chroma from which a hue is seen


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How far light may move a product's colours."""

    delta_e: float
    """95th percentile of CIEDE2000 over its core."""
    hue_deg: float
    """95th percentile of the turn of CIELAB hue, degrees, where there is one before and after."""


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
        bounds: What it may do at most; the colour of the light is held back first, then all of it.
    """
    ratio = (_even(part, lights) for part in split_ratio(lights.scene, lights.photo, lights.seen))
    level, tint = (_to_cells(part, lights.seen) * np.float32(strength) for part in ratio)
    printed = find_print(layer, lights.box, (level.shape[0], level.shape[1]))
    level, tint = printed.even(level), printed.even(tint)
    tint = tint * printed.share_of_tint(level, tint)
    probe = _Probe.of(layer, lights.box)
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
    level = float(np.clip(_FOLLOW * math.log2(mean / METERED), *_LEVELS))
    shaded = np.where(local < 0, -_DARKER * np.tanh(-local / _DARKER), _BRIGHTER * np.tanh(local / _BRIGHTER))
    tint = _TINT * np.log2(light / brightness[..., None])
    return np.asarray(level + shaded[..., None], np.float32), np.asarray(tint, np.float32)


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

    def shift(self, stops: Float32Array) -> float:
        """95th percentile of CIEDE2000 under a map (h, w, 3)."""
        return self._measure(stops, delta_e)

    def hue_turn(self, stops: Float32Array) -> float:
        """95th percentile of the turn of hue, degrees, of what has one before and after."""
        return self._measure(stops, _turn_of_hue)

    def _measure(self, stops: Float32Array, compare: Callable[[Float64Array, Float64Array], Float64Array]) -> float:
        places = self.at * np.array(stops.shape[:2])[:, None] - 0.5
        planes = [
            ndimage.map_coordinates(plane, places, order=1, mode="nearest") for plane in np.moveaxis(stops, -1, 0)
        ]
        apart = compare(rgb_to_lab(self.rgb), rgb_to_lab(light_pixels(self.rgb, np.stack(planes, -1))))
        return float(np.percentile(apart, 95)) if apart.size else 0.0


def _turn_of_hue(first: Float64Array, second: Float64Array) -> Float64Array:
    hued = np.minimum(*(np.hypot(lab[:, 1], lab[:, 2]) for lab in (first, second))) > _CHROMATIC
    angles = [np.arctan2(lab[hued, 2], lab[hued, 1]) for lab in (first, second)]
    return np.asarray(np.abs(np.rad2deg((angles[1] - angles[0] + np.pi) % (2 * np.pi) - np.pi)), np.float64)
