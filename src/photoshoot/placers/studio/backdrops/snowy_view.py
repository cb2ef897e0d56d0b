"""Firs in the snow under a plain sky, out of focus: out of a cabin's window, or beyond a terrace."""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.backdrops.bokeh import backdrop_aspect, shining_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_colors, mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

_ROWS = 300
_SKY = ("#f1f5fa", "#bcd2e8")
_BEYOND, _BLUR_PX = 0.86, (9.0, 5.0)  # of white; down and across
_HORIZON = 0.62  # share of the height from the top
_LAYERS = ((0.34, 0.30, 0.62, 26), (0.52, 0.55, 0.36, 17), (0.78, 1.0, 0.14, 9))
"""Height of firs over the picture's, how dark they are, how much haze is before them, and how many in a picture of
aspect 2: far, middle and near."""
_BOUGHS, _DROOP = 9.0, 0.9  # of a fir, and how far their ends hang, of one's thickness


@SHELF.keep
def snowy_view(colors: tuple[str, ...], aspect: float, seed: int) -> Float32Array:
    """Firs, snow and sky; (300, W, 3) display-linear.

    Args:
        colors: Of the sky, one to four, first at the horizon.
        aspect: Width over height.
        seed: Chooses where firs stand.
    """
    rng = np.random.default_rng(seed)
    columns = int(np.clip(_ROWS * aspect, 64, 2000))
    v = np.linspace(0, 1, _ROWS, dtype=np.float32)
    sky = mix_colors(colors, np.clip(1 - v / _HORIZON, 0, 1))
    light = np.asarray(mix_colors(colors, np.zeros(1)), np.float32)[0]
    image = np.repeat(np.asarray(sky, np.float32)[:, None], columns, 1)
    snow = 0.5 * light + 0.5 * light.mean() * np.array([0.97, 1.0, 1.05], np.float32)
    x = np.arange(columns) / _ROWS
    ground = np.asarray(
        _HORIZON + 0.03 * np.sin(1.7 * x + float(rng.uniform(0, 6))) + 0.015 * np.sin(4.3 * x), np.float32
    )
    below = smoothstep(-0.01, 0.012, v[:, None] - ground[None])[..., None]
    shade = 1 - 0.22 * np.clip((v - _HORIZON) / (1 - _HORIZON), 0, 1)[:, None, None]
    image = image * (1 - below) + snow * shade * below
    for height, dark, haze, count in _LAYERS:
        image = _plant(image, ground, (height, dark, haze), max(3, round(count * aspect / 2)), light, rng)
    flakes = (rng.uniform(size=image.shape[:2]) < 0.0016) * rng.uniform(0.3, 1.0, image.shape[:2])
    image = image + 0.9 * ndimage.gaussian_filter(flakes, 1.6)[..., None] * 9 * light
    return np.asarray(ndimage.gaussian_filter(image, (2.2, 2.2, 0)), np.float32)


def snowy_place(view: View, z: float, exposure: float, rng: np.random.Generator) -> object:
    """The same far behind a wall at depth ``z``, and farther out of focus."""
    far = 1.6 * z
    image = snowy_view(_SKY, round(backdrop_aspect(view, far), 2), int(rng.integers(8)))
    soft = ndimage.gaussian_filter(_BEYOND * image, (*_BLUR_PX, 0))
    return shining_wall(np.asarray(soft, np.float32), view, far, exposure)


def _plant(
    image: Float32Array,
    ground: Float32Array,
    look: tuple[float, float, float],
    count: int,
    light: Float32Array,
    rng: np.random.Generator,
) -> Float32Array:
    """Firs with snow on their boughs, in front of the picture so far."""
    height, dark, _ = look
    rows, columns = image.shape[:2]
    y, x = np.mgrid[:rows, :columns].astype(np.float32) / rows
    image = image.astype(np.float32)
    for _ in range(count):
        at = float(rng.uniform(-0.05, columns / rows + 0.05))
        foot = float(np.interp(at, np.arange(columns) / rows, ground)) + (0.10 if dark == 1.0 else 0.02)
        tall = height * float(rng.uniform(0.7, 1.15))
        there = _around(at, foot, tall, image.shape[:2])
        image[there] = _planted(image[there], y[there], x[there], (at, foot, tall), light, look)
    return image


def _around(at: float, foot: float, tall: float, size: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns that a fir can cover: its boughs reach less than a fifth of its height to each side."""
    rows, columns = size
    top, bottom = np.clip((int((foot - tall) * rows), int(foot * rows) + 2), 0, rows)
    left, right = np.clip([int((at + side * (0.2 * tall + 0.01)) * rows) + (side > 0) for side in (-1, 1)], 0, columns)
    return slice(int(top), int(bottom)), slice(int(left), int(right))


def _planted(
    image: Float32Array,
    y: Float32Array,
    x: Float32Array,
    fir: tuple[float, float, float],
    light: Float32Array,
    look: tuple[float, float, float],
) -> Float32Array:
    at, foot, tall = fir
    _, dark, haze = look
    green = np.asarray(mix_hex("#22342b", "#2c3d3a", 0.5), np.float32) * light.mean()
    share, out = (y - (foot - tall)) / tall, np.abs(x - at)
    grown = 0.19 * tall * np.clip(share, 0, 1) ** 0.9
    ragged = 0.30 * np.sin(67 * x + 90 * at) + 0.22 * np.sin(151 * x + 41 * at) + 0.1 * np.sin(83 * (x + y))
    bough = (_BOUGHS * share - _DROOP * out / (grown + 0.01) + ragged) % 1.0  # 0 on top of one, 1 under it
    half = grown * (0.58 + 0.42 * bough) + 0.004 * ragged
    cover = smoothstep(0.006, -0.006, out - half) * (share > 0) * (share < 1)
    heavy = 0.55 + 0.45 * np.sin(23 * x + 31 * y + 70 * at)  # some boughs hold more than others
    snowy = (smoothstep(0.5, 0.12, bough) * heavy)[..., None]
    tree = green * (1.25 - 0.7 * bough[..., None]) * (1 - snowy) + 0.85 * light * snowy
    tree = tree * (1 - haze) + light * 0.9 * haze
    return np.asarray(image + (tree - image) * cover[..., None] * (0.55 + 0.45 * dark), np.float32)
