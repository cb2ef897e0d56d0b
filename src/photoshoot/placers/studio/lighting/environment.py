"""Real places: photographed panoramas as light, and as a picture out of focus behind a set.

A panorama is linear RGB (256, 512, 3): rows run from straight up to straight down, columns to the right as seen from
the inside; heading 0 is its middle column. The files lie in ``presets/environments``, with a notice of their origin.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import drjit
import mitsuba as mi
import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE
from photoshoot.files import find_data
from photoshoot.placers.studio.scene.bsdfs import Entry
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.discs import convolve, lens_disc
from photoshoot.placers.studio.textures.gradients import mix_colors

_BRIGHTEST = 60.0  # times the mean: brighter texels are the sun itself, which the key light stands for
_LIGHT_ROWS = 32  # of the panorama as a light: soft, since the key draws the shadows
_LIGHT_BALANCE = 0.8  # what is lit keeps a fifth of the place's tint: the product has none of it
_SOUND = 0.03  # least share of a texel's darkest channel in its brightest
_CONTRAST = 0.95  # most standard deviation of log luminance over the picture behind a set
_FINER = 4  # times, is a panorama enlarged where it is looked at
_PEAK = 1.35  # how far a light stands out from what is round it, to become a disc of its own
_FLUX = 0.85  # height of such a disc times its area, in texels, over the light's height
_CLEAR = "clear_"  # a place without its clouds
_CLEAR_COLORS, _CLEAR_FROM = ("#d3e6f6", "#7fb8ee", "#3f8de0", "#2a6dc4"), -0.22
"""A cloudless sky from haze, under the horizon by so much of the way straight down, to straight up."""
_AT_NIGHT = "_at_night"  # a place by moonlight is the place, which its mood makes dark
_reading = threading.Lock()  # or one would take the thread away that another waits for


@dataclass(frozen=True, kw_only=True)
class Window:
    """The part of a panorama that shines behind a set, as seen from the camera."""

    left: float
    """Tangent of the angle from straight ahead to the window's left edge; negative to the left."""
    right: float
    """To its right edge."""
    bottom: float
    """To its lower edge; negative below the horizon."""
    top: float
    """To its upper edge."""
    blur: float
    """Radius of the discs that points of light become, as a tangent."""

    @property
    def aspect(self) -> float:
        """Width over height."""
        return (self.right - self.left) / (self.top - self.bottom)


@SHELF.keep
def load_environment(place: str) -> Float32Array:
    """The panorama of a place, its sun dimmed to what a soft light can carry; read-only, above 0."""
    name = place.removesuffix(_AT_NIGHT).removeprefix(_CLEAR)
    with _two_threads():
        image = mi.Bitmap(str(find_data("presets") / "environments" / f"{name}.exr"))
        rgb = image.convert(mi.Bitmap.PixelFormat.RGB, mi.Struct.Type.Float32, False)
    panorama = _repaired(np.array(rgb))
    luminance = panorama @ LUMINANCE
    ceiling = _BRIGHTEST * float(np.median(luminance))
    panorama *= np.minimum(1, ceiling / np.maximum(luminance, 1e-6))[..., None]
    if place.startswith(_CLEAR):
        panorama = _cloudless(panorama)
    panorama.setflags(write=False)
    return panorama


@contextmanager
def _two_threads() -> Iterator[None]:
    """Someone works in Dr.Jit's pool, as nobody does on a single core: what reads a file would wait for ever."""
    with _reading:
        is_alone = drjit.thread_count() == 1
        if is_alone:
            drjit.set_thread_count(2)
        try:
            yield
        finally:
            if is_alone:
                drjit.set_thread_count(1)


def sky_light(place: str, heading_deg: float, irradiance: float) -> Entry:
    """The place as a soft light from all sides.

    Args:
        place: Which panorama.
        heading_deg: Where in it the camera looks.
        irradiance: What a surface receives, the mean of one that faces up and one that faces the camera.
    """
    soft = _softened(place.removeprefix(_CLEAR))  # by a sky that is blue all over what is white would be blue
    ahead = round((0.5 + heading_deg / 360) * soft.shape[1])
    light = np.roll(soft, -ahead, axis=1)  # Mitsuba's first column lies straight ahead of the camera
    received = _received(light)
    light *= balance_gains(received, _LIGHT_BALANCE) * (irradiance / float(received @ LUMINANCE))
    return {"type": "envmap", "bitmap": mi.Bitmap(np.ascontiguousarray(light, np.float32))}


@SHELF.keep
def _softened(place: str) -> Float32Array:
    """A panorama as coarse as light needs it."""
    panorama = load_environment(place)
    step = panorama.shape[0] // _LIGHT_ROWS
    soft = panorama.reshape(_LIGHT_ROWS, step, 2 * _LIGHT_ROWS, step, 3).mean((1, 3))
    return np.asarray(ndimage.gaussian_filter(soft, (1.5, 1.5, 0), mode=("nearest", "wrap", "nearest")), np.float32)


def place_gains(place: str, balance: float) -> Float32Array:
    """Factors (3,) that even out a panorama's colour; see ``balance_gains``."""
    panorama = load_environment(place)
    return balance_gains(np.minimum(panorama, 4 * np.median(panorama)).mean((0, 1)), balance)


def balance_gains(color: npt.NDArray[np.floating], balance: float) -> Float32Array:
    """Factors (3,) that even out a colour as a camera's white balance does: 0 leaves it, 1 makes it grey."""
    return np.asarray((float(color @ LUMINANCE) / color) ** balance, np.float32)


@SHELF.keep
def blurred_view(
    place: str, heading_deg: float, window: Window, rows: int, ceiling: float | None = None
) -> Float32Array:
    """What shines behind a set: the view out of focus, its lights grown to discs; read-only.

    Args:
        place: Which panorama.
        heading_deg: Where in it the camera looks.
        window: What of it is seen.
        rows: Height of the picture, px.
        ceiling: Luminance that broad bright areas such as windows are held under, None = as they are.

    Returns:
        (rows, W, 3) linear, of geometric mean luminance 1.
    """
    pixel = (window.top - window.bottom) / rows
    radius = window.blur / pixel
    margin = math.ceil(radius) + 2
    sharp = _look(place, heading_deg, window, rows, margin)
    sharp = _evened(sharp)
    disc = lens_disc(radius)
    haze = np.minimum(sharp, 6.0)
    picture = np.stack([convolve(haze[..., c], disc / disc.sum()) for c in range(3)], -1)
    picture = np.maximum(picture, 0)
    if ceiling is not None:
        kept = _held_back(picture @ LUMINANCE, ceiling)[..., None]
        picture, sharp = picture * kept, sharp * kept
    picture = picture + _discs_of_light(sharp, disc, radius, pixel)
    inside = np.asarray(picture[margin:-margin, margin:-margin], np.float32)
    inside.setflags(write=False)
    return inside


def _look(place: str, heading_deg: float, window: Window, rows: int, margin: int) -> npt.NDArray[np.float64]:
    """A flat picture of part of the panorama, ``margin`` px larger on all sides."""
    pixel = (window.top - window.bottom) / rows
    columns = max(8, round(rows * window.aspect))
    across = window.left + (np.arange(-margin, columns + margin) + 0.5) * pixel
    up = window.top - (np.arange(-margin, rows + margin) + 0.5) * pixel
    azimuth = np.arctan(across)[None] + 0 * up[:, None]
    elevation = np.arctan2(up[:, None], np.hypot(1, across)[None])
    logarithm = np.log(load_environment(place))
    height, width = (_FINER * size for size in logarithm.shape[:2])
    row = (0.5 - elevation / np.pi) * height - 0.5
    column = ((0.5 + heading_deg / 360 + azimuth / (2 * np.pi)) * width - 0.5) % width
    some = slice(max(0, int(row.min()) // _FINER - 1), min(len(logarithm), int(row.max()) // _FINER + 2))
    fine = _enlarged(logarithm, some)
    at = [row - _FINER * some.start, column]
    planes = [ndimage.map_coordinates(fine[..., c], at, order=1, mode="grid-wrap") for c in range(3)]
    return np.asarray(np.exp(np.stack(planes, -1)), np.float64)


def _evened(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The picture at geometric mean luminance 1, its contrast held to what a photographer's lights would leave."""
    stops = np.log(np.maximum(picture @ LUMINANCE, 1e-5))
    keep = min(1.0, _CONTRAST / max(float(stops.std()), 1e-3))
    return np.asarray(picture * np.exp(keep * (stops - stops.mean()) - stops)[..., None], np.float64)


def _held_back(luminance: npt.NDArray[np.float64], ceiling: float) -> npt.NDArray[np.float64]:
    """Factors that bring what is brighter than half the ceiling softly under it."""
    knee = 0.5 * ceiling
    held = knee + (ceiling - knee) * -np.expm1(-np.maximum(luminance - knee, 0) / (ceiling - knee))
    return np.asarray(np.where(luminance > knee, held / np.maximum(luminance, 1e-6), 1.0), np.float64)


def _enlarged(logarithm: Float32Array, rows: slice) -> Float32Array:
    """Some rows of a panorama's logarithm, four times as fine: cubic steps in it draw no dark rims round lights."""
    wide = np.pad(logarithm, ((0, 0), (8, 8), (0, 0)), mode="wrap")
    box = (0, rows.start, wide.shape[1], rows.stop)
    size = (_FINER * wide.shape[1], _FINER * (rows.stop - rows.start))
    planes = [Image.fromarray(np.ascontiguousarray(wide[..., channel])) for channel in range(3)]
    fine = np.dstack([np.asarray(plane.resize(size, Image.Resampling.BICUBIC, box=box)) for plane in planes])
    return np.asarray(fine[:, 8 * _FINER : -8 * _FINER], np.float32)


def _discs_of_light(
    sharp: npt.NDArray[np.float64], disc: Float32Array, radius: float, pixel: float
) -> npt.NDArray[np.float64]:
    """A disc for each small light that stands out from what is round it."""
    texel = 2 * np.pi / 512 / pixel
    spread = min(1.0, _FLUX * (texel / radius) ** 2)
    luminance = sharp @ LUMINANCE
    round_it = ndimage.gaussian_filter(luminance, 2.2 * texel)
    size = max(3, round(3 * texel))
    peaks = (luminance == ndimage.maximum_filter(luminance, size)) & (luminance > _PEAK * round_it)
    lights = np.zeros_like(sharp)
    excess = np.minimum(spread * (luminance[peaks] - round_it[peaks]), 2.5)
    lights[peaks] = sharp[peaks] * (excess / np.maximum(luminance[peaks], 1e-6))[:, None]
    if not peaks.any():
        return lights
    return np.stack([np.maximum(convolve(lights[..., c], disc), 0) for c in range(3)], -1)


def _repaired(panorama: npt.NDArray[np.float32]) -> Float32Array:
    """The panorama without what its compression broke near very bright lights: zeros and negatives, filled in."""
    sound = panorama.min(-1) > _SOUND * panorama.max(-1)
    weight = ndimage.gaussian_filter(sound.astype(np.float32), 2.5, mode="nearest")
    kept = panorama * sound[..., None]
    round_it = ndimage.gaussian_filter(kept, (2.5, 2.5, 0), mode="nearest") / np.maximum(weight, 1e-4)[..., None]
    return np.asarray(np.maximum(np.where(sound[..., None], panorama, round_it), 1e-4), np.float32)


def _cloudless(panorama: Float32Array) -> Float32Array:
    """The panorama under a sky that has no clouds, as bright as its own in the median."""
    rows = len(panorama)
    height = 1 - 2 * (np.arange(rows) + 0.5) / rows
    sky = mix_colors(_CLEAR_COLORS, (height - _CLEAR_FROM) / (1 - _CLEAR_FROM))
    level = float(np.median(panorama @ LUMINANCE)) / float(np.median(sky @ LUMINANCE))
    return np.broadcast_to((level * sky)[:, None], panorama.shape).astype(np.float32)


def _received(light: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Colour (3,) that surfaces facing up and facing the camera receive from an environment, their mean."""
    rows, columns = light.shape[:2]
    polar = (np.arange(rows) + 0.5)[:, None] / rows * np.pi
    azimuth = (np.arange(columns) + 0.5)[None] / columns * 2 * np.pi
    area = np.sin(polar) * (np.pi / rows) * (2 * np.pi / columns)
    up = np.maximum(np.cos(polar), 0) + 0 * azimuth
    front = np.maximum(-np.sin(polar) * np.cos(azimuth), 0)
    return np.asarray((light * (area * 0.5 * (up + front))[..., None]).sum((0, 1)), np.float64)
