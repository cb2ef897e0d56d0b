"""Fog, mist and smoke behind the product: air that scatters light, laid over a set's clean light by its depth.

It is laid after the denoiser, which would take wisps for noise, and before tone mapping, in linear light. The product
stands before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE
from photoshoot.pixels.imaging import resize_plane
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.holdout import inpaint_under_holdout
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.records import LinearImage, ShotRequest
from photoshoot.seeds import HAZE

_EXTINCTION = 0.11  # of the thickest, a world unit
_FARTHEST = 22.0  # world units behind the product from which on it grows no thicker: suns and skies shine through
_NOWHERE = 1e3  # how far away is what is empty
_WISPS = 0.6  # how far it thins and thickens from place to place
_WISP_WIDTH = 0.9  # of the picture's height; wisps lie
_NOISE_WIDTH = 200  # columns it is drawn on: it is smooth
_BRIGHT = 70  # percentile of the light behind, in which air is seen
_GAIN, _LEAST, _MOST = 1.15, 0.11, 0.82  # of that; and bounds of its display-linear value
_LOCAL = 0.45  # share of the air's light that comes from what is near it in the picture: lamps and suns glow in fog
_GLOW = 0.06  # of the picture's height, how far lamps glow
_DUSK: Final = (0.11, 0.5)
"""Display-linear values of the air between which it turns from smoke in the dark to fog by day."""
_KEPT, _BANKS = (0.85, 0.22), (0.6, 0.14)  # share of its hue that it keeps, and how far banks of it differ, there


def distance_of(raw: RawRender, size: tuple[int, int] | None = None) -> Float32Array | None:
    """How far from the lens each pixel of the canvas shows something (H, W), world units; None where none is known.

    Args:
        raw: What was traced.
        size: Width and height of a draft, px; None: the canvas.
    """
    if raw.aovs is None:
        return None
    film, distance = raw.camera.film, _filled(raw.aovs)
    under = inpaint_under_holdout(distance[..., None], raw.holdout.coverage)
    seen = film.to_canvas(under) if size is None else film.to_draft(under, size)
    return np.maximum(seen[..., 0], 0)


def measure_distance(
    pipeline: RenderPipeline, shapes: Mapping[str, object], camera: Camera, raw: RawRender, request: ShotRequest
) -> Float32Array:
    """As ``distance_of`` on a request's canvas, draft or not; where nothing was denoised, it is looked at again."""
    size = None if request.draft_of is None else (request.canvas.width_px, request.canvas.height_px)
    known = distance_of(raw, size)
    if known is not None:
        return known
    sharp = pipeline.measure_shapes(shapes, camera, request.seed)[0]
    return sharp if size is None else resize_plane(sharp, size[::-1])


def add_haze(
    light: LinearImage, distance: Float32Array, *, haze: float, nearest: float, exposure: float, seed: int
) -> LinearImage:
    """A set's light (H, W, 3) through air.

    Args:
        light: Clean light.
        distance: (H, W), see ``distance_of``.
        haze: See ``Light.haze``; 0 returns ``light``.
        nearest: Distance that it begins at: the product's.
        exposure: The picture's factor on the light.
        seed: The shot's: where it is thick.
    """
    if haze == 0:
        return light
    deep, banks = np.clip(distance - nearest, 0, _FARTHEST), _banks(light.shape[:2], seed)
    thick = np.maximum(1 + _WISPS * banks, 0.1)
    through = np.exp(-_EXTINCTION * haze * deep * thick)[..., None]
    return np.asarray(light * through + _airlight(light, deep, banks, exposure) * (1 - through), np.float32)


def _filled(aovs: Aovs) -> Float32Array:
    """Distances with what is empty as far away as haze reaches; not so near where some rays of a pixel met nothing."""
    empty = aovs.distance <= 0
    if not empty.any():
        return aovs.distance
    filled = np.where(empty, np.float32(_NOWHERE), aovs.distance).astype(np.float32)
    return np.asarray(ndimage.median_filter(filled, 3), np.float32)


def _airlight(light: LinearImage, deep: Float32Array, banks: Float32Array, exposure: float) -> LinearImage:
    """The light that air scatters into the picture (H, W, 3): what shines behind the product, paler.

    By day it is nearly white; in the dark it has its lamps' hue, and is seen as smoke is, in banks.
    """
    behind = deep > 0.1 * _FARTHEST if (deep > 0.1 * _FARTHEST).any() else deep >= 0
    shining = np.minimum(light, 1.5 / exposure)
    luminance = shining @ LUMINANCE
    bright = float(np.clip(_GAIN * exposure * np.percentile(luminance[behind], _BRIGHT), _LEAST, _MOST))
    kept, differ = float(np.interp(bright, _DUSK, _KEPT)), float(np.interp(bright, _DUSK, _BANKS))
    hue = shining[behind].mean(0) + 1e-4 / exposure
    hue = kept * hue / max(float(hue @ LUMINANCE), 1e-6) + (1 - kept)
    mean = float(luminance[behind].mean()) + 1e-4 / exposure
    near = np.minimum(_blurred(np.where(behind, luminance + 1e-4 / exposure, mean), _GLOW) / mean, 3.0)
    level = bright / exposure * ((1 - _LOCAL) + _LOCAL * near) * np.maximum(1 + differ * banks, 0.2)
    return np.asarray(level[..., None] * hue, np.float32)


def _banks(shape: tuple[int, int], seed: int) -> Float32Array:
    """Where it is thick (H, W), about -1 to 1: banks that lie, a little more toward the ground."""
    height, width = shape
    rows = max(2, round(_NOISE_WIDTH * height / width))
    y, x = np.mgrid[0:rows, 0:_NOISE_WIDTH] / rows
    field = plane_noise(x / _WISP_WIDTH, 2.2 * y / _WISP_WIDTH, seed=HAZE.seed(seed) % 997, octaves=4)
    image = Image.fromarray((field + 0.8 * (y - 0.5)).astype(np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC), np.float32)


def _blurred(plane: Float32Array, width: float) -> Float32Array:
    """A plane (H, W) blurred by a share of its height: means of squares, enlarged again."""
    height, columns = plane.shape
    size = max(2, round(columns / (width * height))), max(2, round(1 / width))
    small = Image.fromarray(np.ascontiguousarray(plane, np.float32)).resize(size, Image.Resampling.BOX)
    return np.asarray(small.resize((columns, height), Image.Resampling.BICUBIC), np.float32)
