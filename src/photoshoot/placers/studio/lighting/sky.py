"""The sky over an open set: seen behind it, mirrored in water, lighting the shadows; one picture all round."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE, format_hex, hex_to_linear, linear_to_srgb
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import Entry
from photoshoot.placers.studio.scene.emitters import Rig, build_lights, fill_share
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_colors, mix_hex
from photoshoot.placers.studio.textures.procedural import noise, smoothstep
from photoshoot.sets import Light

_ROWS, _COLUMNS = 720, 1080
_CLOUD_CELLS = (256, 256)
_SUN_DISTANCE = 260.0  # so far that its rays are parallel to the eye
_FILL_RADIANCE = 2.0 / math.pi  # of a fill that gives all the light, as in ``build_lights``


@dataclass(frozen=True, kw_only=True)
class Sky:
    """A sky."""

    colors: tuple[str, ...]
    """One to four, from the horizon to the picture's upper edge."""
    top_deg: float
    """Elevation of the picture's upper edge, degrees, 2 to 90."""
    clouds: float = 0.0
    """Thin clouds, 0 = none, 1 = plainly seen."""
    seed: int = 0
    """Chooses the clouds' shapes, 0 or more."""


def open_air(light: Light, view: View, sky: Sky, exposure: float) -> dict[str, object]:
    """Emitters of a set in the open: the sky, and a key as far away as the sun.

    Args:
        light: The key, and how much light the sky gives.
        view: The camera.
        sky: Looks as asked at ``exposure`` where the camera sees it; elsewhere it is as bright as the fill asks.
        exposure: Factor on radiance.
    """
    rig = Rig(target=(view.product_x, 0.3, -0.5), back_z=-_SUN_DISTANCE, distance=_SUN_DISTANCE)
    emitters = build_lights(light, view, rig)
    return {**emitters, "fill": _dome(light, sky, exposure)}


def top_elevation(view: View) -> float:
    """Elevation in degrees of the canvas's upper edge, rounded up to half a degree so that skies can be shared."""
    seen = math.degrees(math.atan2(view.top - view.camera_y, view.distance))
    return max(2.0, math.ceil(2 * seen) / 2)


@SHELF.keep
def sky_image(sky: Sky) -> Float32Array:
    """The whole sphere, display-linear, (720, 1080, 3): row 0 is the zenith, column 0 the way the camera looks."""
    elevation = 90 - 180 * (np.arange(_ROWS, dtype=np.float32) + 0.5) / _ROWS
    image = np.repeat(sky_colors(sky, elevation)[:, None], _COLUMNS, 1)
    if sky.clouds > 0:
        image = image + (_cloud_color(sky) - image) * _cloud_cover(sky, elevation)[..., None]
    image = np.asarray(image, np.float32)
    image.setflags(write=False)
    return image


def sky_colors(sky: Sky, elevation_deg: npt.NDArray[np.floating]) -> Float32Array:
    """A cloudless sky's display-linear colours (n, 3) at elevations (n,)."""
    share = np.clip(elevation_deg / sky.top_deg, 0, None)
    # the last colour is reached a little inside the picture and goes on above it
    return np.asarray(mix_colors(sky.colors, np.interp(share, [0.0, 0.12, 0.95], [0.0, 0.05, 1.0])), np.float32)


def color_at(sky: Sky, elevation_deg: float) -> Float32Array:
    """A sky's display-linear colour (3,) at an elevation, the mean all round."""
    row = int(np.clip((90 - elevation_deg) / 180 * _ROWS, 0, _ROWS - 1))
    return np.asarray(sky_image(sky)[row].mean(0), np.float32)


def _cloud_color(sky: Sky) -> Float32Array:
    return np.asarray(mix_hex(sky.colors[0], "#ffffff", 0.55), np.float32)


def _cloud_cover(sky: Sky, elevation: npt.NDArray[np.floating]) -> Float32Array:
    """How much of the sky clouds hide, (rows, columns): long thin bands, closer together near the horizon."""
    azimuth = np.arange(_COLUMNS) / _COLUMNS
    low = np.clip(elevation, 0.2, 90) / sky.top_deg
    down = (np.log(low + 0.35) * 0.42 * _CLOUD_CELLS[0]).astype(np.float64)
    across = azimuth * 4 * _CLOUD_CELLS[1]
    field = noise(_CLOUD_CELLS, seed=sky.seed, exponent=2.7, stretch=(3.4, 1.0))
    cover = _sample(field, down, across)
    shown = smoothstep(0.02, 0.3, low) * (1 - smoothstep(1.6, 4.0, low))
    return np.asarray(0.55 * sky.clouds * smoothstep(0.0, 2.0, cover) * shown[:, None], np.float32)


def _sample(field: Float32Array, rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64]) -> Float32Array:
    """A periodic picture at every pair of a row and a column, linearly interpolated."""
    height, width = field.shape
    r, c = np.floor(rows).astype(int), np.floor(columns).astype(int)
    down = (rows - r).astype(np.float32)[:, None]
    across = (columns - c).astype(np.float32)[None]
    upper = field[r % height][:, c % width] * (1 - across) + field[r % height][:, (c + 1) % width] * across
    r = r + 1
    lower = field[r % height][:, c % width] * (1 - across) + field[r % height][:, (c + 1) % width] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _dome(light: Light, sky: Sky, exposure: float) -> Entry:
    """The sky as an emitter."""
    seen = _seen_share()[..., None]
    fill = fill_color(sky) * np.float32(_FILL_RADIANCE * fill_share(light))
    radiance = np.asarray(sky_image(sky) / np.float32(exposure) * seen + fill * (1 - seen), np.float32)
    return {"type": "envmap", "bitmap": mi.Bitmap(radiance)}


def balanced_key(light: Light, sky: Sky) -> Light:
    """The key as warm as a blue sky's fill is cold, so that what both light has the light's own colour, as white snow.

    A fill that is warm, as at sunset, leaves the light as it is.
    """
    share = fill_share(light)
    key = np.clip((1 - share * fill_color(sky)) / (1 - share), 0.25, None)
    if key[2] >= key[0]:
        return light
    return replace(light, color=format_hex(linear_to_srgb(key / key.max() * hex_to_linear(light.color))))


def fill_color(sky: Sky) -> Float32Array:
    """What the sky's light looks like, linear RGB of luminance 1: paler than the sky itself."""
    tint = np.maximum(mix_hex(sky.colors[-1], "#ffffff", 0.35), 1e-3)
    return np.asarray(tint / (tint @ LUMINANCE), np.float32)


@lru_cache(maxsize=1)
def _seen_share() -> Float32Array:
    """1 where the camera may see the sky, also mirrored in ripples, 0 elsewhere; (rows, columns)."""
    elevation = 90 - 180 * (np.arange(_ROWS) + 0.5) / _ROWS
    azimuth = np.abs((np.arange(_COLUMNS) / _COLUMNS * 360 + 180) % 360 - 180)
    share = (1 - smoothstep(38, 62, elevation))[:, None] * (1 - smoothstep(58, 95, azimuth))[None]
    share.setflags(write=False)
    return share
