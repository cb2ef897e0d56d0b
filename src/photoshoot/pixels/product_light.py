"""The scene's light on the product over the light that it was photographed in: the ratio multiplies its pixels.

Both lights are smooth, so their ratio is; prints stay as sharp as they were. Brightness follows the scene less and less
the farther it is from a full exposure, as a photographer exposes for the product; colour follows nearly in full.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.pixels.imaging import CORE_ALPHA, average_plane, take_nearest
from photoshoot.pixels.light_bounds import Bounds, Probe
from photoshoot.pixels.product_print import find_print
from photoshoot.records import Box, LinearImage, ProductLayer, ShotRequest
from photoshoot.records.light_map import LEAST_STOPS, LightMap

METERED = 0.8
"""White's light in a scene that is exposed for the product."""
_LEVELS = (-1.2, 0.8)  # stops of the product's mean, which are neared and not passed
_DARKER, _BRIGHTER = 1.0, 1.0  # stops of a shade and of a light within the product, so too
_DARKEST = 1.7  # stops that mean and shade take together, so too: three tenths of the light are left everywhere
_KNEE = 4  # how late what is taken bends to that: larger, later
_TINT = 0.95  # share of the light's colour; eyes and cameras adapt to a part of it
_KEY = 0.1  # share of the light that is a white key, where the product is opened up for
_KEY_STOPS = 3.0  # by so many stops
_OPENED = 2.5  # stops at most that what a coat reflects is opened up by with the product
_COATED = 0.7  # share of that coat that products are said to have
_FACE_ON, _GRAZING = 0.04, 0.5  # what a rough coat reflects of even light: face on, and more at its rim
_RIM = 1.0  # stops over its photo that a rim has at most
_BLACKEST = 0.02  # luminance that a product is said to have at least, where a coat's light is set against it
_CELLS = 48  # of the map, along its longer side
_BLUR = 0.6  # map cells
_EMPTY = 0.08  # share of a cell that is product, under which it has no light of its own
_STEPS = 7  # of halving, to find how much light the bounds allow


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
    coat: LinearImage | None = None
    """(h, w, 3): exposed light that a clear coat on it reflects of the scene; None where nobody tells."""
    facing: Float32Array | None = None
    """(h, w): how far it faces the camera, 0 (edge on) to 1; asked for where there is a ``coat``."""


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
    if lights.coat is not None and lights.facing is not None:
        level, tint = _add_coat(layer, lights, (level, tint), strength)
    printed = find_print(layer, lights.box, (level.shape[0], level.shape[1]))
    level, tint = printed.even(level), printed.even(tint)
    tint = tint * printed.share_of_tint(level, tint)
    probe = Probe.of(layer, lights.box)
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
    mean, own = float((light @ LUMINANCE)[seen].mean()), photo / float(photo[seen].mean())
    level, opened = _expose(mean)
    key = _KEY * min(1.0, opened / _KEY_STOPS)
    light = (1 - key) * light + np.float32(key * mean) * own[..., None]
    brightness = light @ LUMINANCE
    local = np.log2(brightness / float(brightness[seen].mean())) - np.log2(own)
    shaded = np.where(local < 0, -_DARKER * np.tanh(-local / _DARKER), _BRIGHTER * np.tanh(local / _BRIGHTER))
    stops = level + shaded
    stops = np.where(stops < 0, stops / (1 + np.abs(stops / _DARKEST) ** _KNEE) ** (1 / _KNEE), stops)
    tint = _TINT * np.log2(light / brightness[..., None])
    return np.asarray(stops[..., None], np.float32), np.asarray(tint, np.float32)


def _expose(mean: float) -> tuple[float, float]:
    """Stops of the product's mean where white has a mean light, and how many it is opened up by for that, 0 or more."""
    exposure = math.log2(mean / METERED)
    most = _LEVELS[0] if exposure < 0 else _LEVELS[1]
    level = most * math.tanh(exposure / most)
    return level, max(0.0, level - exposure)


def _add_coat(
    layer: ProductLayer, lights: TwoLights, ratio: tuple[Float32Array, Float32Array], strength: float
) -> tuple[Float32Array, Float32Array]:
    """A ratio's brightness and colour with what a coat reflects of the scene, over what it did in the photo.

    Most of it is at the rim, where coats mirror what is behind: a product before neon has a rim of neon, and is told
    from the dark by it.
    """
    assert lights.coat is not None
    assert lights.facing is not None
    level, tint = ratio
    mean = max(float((lights.scene @ LUMINANCE)[lights.seen].mean()) if lights.seen.any() else METERED, 1e-6)
    opened = np.float32(2 ** min(_OPENED, _expose(mean)[1]))
    even = METERED * (_FACE_ON + _GRAZING * (1 - np.clip(lights.facing, 0, 1)) ** 5)
    coat, before = (
        _to_cells(np.asarray(plane, np.float32), lights.seen) for plane in (opened * lights.coat, even[..., None])
    )
    own = np.maximum(_own_cells(layer, lights.box, level.shape[:2]) @ LUMINANCE, _BLACKEST)[..., None]
    lit = own * np.exp2(level + tint)
    more = np.float32(_COATED * strength) * np.maximum(coat - before * np.exp2(level), 0)
    bright, plain = ((light @ LUMINANCE)[..., None] for light in (lit + more, lit))
    raised = np.minimum(np.log2(bright / own), np.maximum(np.log2(plain / own), _RIM))
    grown = bright - plain > 1e-6
    color = np.log2(np.maximum((lit + more) / bright, 2**LEAST_STOPS))
    return np.asarray(np.where(grown, raised, level), np.float32), np.asarray(np.where(grown, color, tint), np.float32)


def _own_cells(layer: ProductLayer, box: Box, shape: tuple[int, ...]) -> Float32Array:
    """Mean linear light (h, w, 3) of the photo over the map's cells."""
    height, width = layer.alpha_matte.shape
    rows = np.clip(np.arange(box.top, box.bottom), 0, height - 1)
    columns = np.clip(np.arange(box.left, box.right), 0, width - 1)
    core = (layer.alpha_matte[np.ix_(rows, columns)] >= CORE_ALPHA).astype(np.float32)
    light = bytes_to_linear(layer.rgb[np.ix_(rows, columns)]) * core[..., None]
    size = (shape[1], shape[0])
    weight = average_plane(core, size)
    cells = np.dstack([average_plane(light[..., channel], size) for channel in range(3)])
    means = np.asarray(cells / np.maximum(weight, 1e-6)[..., None], np.float32)
    return take_nearest(means, weight >= _EMPTY)


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
    weight = average_plane(solid.astype(np.float32), size)
    planes = [average_plane(np.where(solid, plane, 0), size) for plane in np.moveaxis(stops, -1, 0)]
    means = np.asarray(np.dstack(planes) / np.maximum(weight, 1e-6)[..., None], np.float32)
    cells = take_nearest(means, weight >= _EMPTY)
    return np.asarray(ndimage.gaussian_filter(cells, (_BLUR, _BLUR, 0), mode="nearest"), np.float32)


def _largest_share(holds: Callable[[float], bool]) -> float:
    """The largest of [0, 1] for which something holds that holds for 0."""
    if holds(1.0):
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
