"""Mountains over firs, at any hour: in snow, or beyond a lake that mirrors them; drawn as a picture that shines."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.backdrops.skylines import sky_at
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

_ROWS: Final = 540
_WIDEST: Final = 2200  # px
_DEPTHS: Final = 110  # ridges that a range is drawn of, from the farthest to the nearest
_OCTAVES: Final = 6
_ROCK, _WOODS, _SNOW, _GRASS = "#77777a", "#3f5340", "#f2f6fb", "#7d8f55"
_RANGES: Final = ((0.66, 0.46, 1.1, 11), (0.36, 0.24, 0.8, 47))
"""Of the far and the near range: height of its peaks, of the sky's over the horizon; share of haze; how broad its
mountains are, of the sky's height; and what is added to the seed."""
_FIRS: Final = ((0.10, 0.34, 46.0, 0.0), (0.19, 0.18, 15.0, 0.4), (0.62, 0.03, 13.0, 0.95))
"""Of firs at three distances: height, of the sky's; share of haze; how many in a width of the sky's height; and how far
they keep to the picture's sides, 0 to 1."""
_TIERS: Final = 9
_CLEAR: Final = 0.45  # share of the haze that a low sun's air is without
_LAST_LIT: Final = (0.25, 0.8)  # heights between which the last sun comes in, of the farthest peaks'
_IN_SHADE: Final = 0.75  # what snow in a low sun's shade shows, of snow in the sun
_UNLIT: Final = 0.1  # what the land shows by night, of what it shows by day


@dataclass(frozen=True, kw_only=True)
class AlpineView:
    """A valley among mountains."""

    aspect: float
    """Width of the picture over its height, 0.1 to 30."""
    horizon: float
    """Share of the picture's height that lies under the horizon, 0 to 0.9."""
    snowy: bool
    """Whether it is winter: the land and the firs are under snow."""
    water: str
    """Colour of the lake under the horizon, ``#rrggbb``; empty: there is land."""
    night: float
    """How far day has gone, 0 to 1."""
    golden: float
    """How low and warm the sun is, 0 to 1."""
    sunny_left: bool
    """Whether the sun is on the left."""
    seed: int
    """Chooses mountains and firs, 0 or more."""


@SHELF.keep
def alpine_image(alps: AlpineView) -> Float32Array:
    """(540, W, 3) display-linear, snow in the sun about 1; read-only."""
    columns = int(np.clip(_ROWS * alps.aspect, 64, _WIDEST))
    over = max(16, round(_ROWS * (1 - alps.horizon)))  # rows over the horizon
    up = np.asarray(1 - (np.arange(over)[:, None] + 0.5) / over, np.float32)
    image = np.repeat(sky_at(alps.night, alps.golden, up), columns, axis=1)
    for peak, haze, broad, seed in _RANGES:
        _raise(image, alps, (peak * over, haze, broad * over), alps.seed * 101 + seed)
    rng = np.random.default_rng([alps.seed, 43])
    below = _ROWS - over
    land = np.concatenate([image, _ground(alps, (below, columns))])
    for layer in _FIRS:
        _plant(land, alps, over, layer, rng)
    if alps.water:
        land[over:] = _mirrored(land[:over], alps, below)
    picture = np.asarray(ndimage.gaussian_filter(land, (1.4, 1.4, 0)), np.float32)
    picture.setflags(write=False)
    return picture


def _lit(alps: AlpineView) -> Float32Array:
    """What the sun's light does to a colour (3,): warm when it is low, dim and blue by night."""
    day = hex_to_linear("#ffffff") + alps.golden * (mix_hex("#ffd0a0", "#ffffff", 0.3) - hex_to_linear("#ffffff"))
    dark = _UNLIT * hex_to_linear("#b9cdf2")
    return np.asarray(day + alps.night * (dark - day), np.float32)


def _light_at(alps: AlpineView, height: npt.ArrayLike) -> Float32Array:
    """Light (…, 3) at heights (…) of the farthest peaks': a low sun reaches them, and leaves the valley to the sky."""
    sun = (1 - alps.golden * (1 - smoothstep(*_LAST_LIT, np.asarray(height, np.float32))))[..., None]
    shade = _IN_SHADE * hex_to_linear("#a3b4e2") * (1 - (1 - _UNLIT) * alps.night)
    return np.asarray(sun * _lit(alps) + (1 - sun) * shade, np.float32)


def _hazy(color: Float32Array, share: float, alps: AlpineView) -> Float32Array:
    share *= 1 - _CLEAR * alps.golden
    haze = sky_at(alps.night, alps.golden, np.array(0.12 + 0.3 * alps.golden, np.float32))
    return np.asarray(color * (1 - share) + haze * share, np.float32)


def _raise(image: Float32Array, alps: AlpineView, size: tuple[float, float, float], seed: int) -> None:
    """Mountains over the picture so far, whose last row is the horizon: ridges over ridges, the farthest first."""
    peak, haze, broad = size
    rows, columns = image.shape[:2]
    x, z = np.meshgrid(np.arange(columns) / broad, np.linspace(0.0, 1.3, _DEPTHS))
    rise = _rise(x, z, seed)
    slope, away = np.gradient(rise, axis=1) * broad, np.gradient(rise, axis=0) * _DEPTHS / 1.3
    sun = 1.0 if alps.sunny_left else -1.0
    facing = np.clip((0.55 + 1.0 * sun * slope + 0.35 * away) / np.sqrt(1 + slope**2 + away**2), 0.0, 1.0)
    rough = plane_noise(x * 5, z * 5, seed=seed + 31, octaves=4)
    snow = smoothstep(0.40, 0.52, rise + 0.10 * rough - 0.05 * np.abs(slope)) if not alps.snowy else np.ones_like(rise)
    woods = smoothstep(0.34, 0.22, rise + 0.06 * rough)
    steep = smoothstep(1.5, 2.6, np.hypot(slope, away) + 0.5 * rough)
    bare = hex_to_linear(_ROCK) * (1 + 0.25 * rough)[..., None]
    color = bare + (snow * (1 - 0.75 * steep))[..., None] * (hex_to_linear(_SNOW) - bare)
    color += (woods * (0.75 if alps.snowy else 1.0))[..., None] * (hex_to_linear(_WOODS) - color)
    sky = 0.30 * sky_at(alps.night, alps.golden, np.array(0.7, np.float32))  # what shaded sides are lit by
    shown = color * (1.2 * facing[..., None] * _light_at(alps, rise * peak / rows) + sky * (1 - 0.6 * alps.night))
    tops = rows - np.clip(rise, 0, None) * peak
    y = np.arange(rows)[:, None]
    for depth in range(_DEPTHS):
        near = haze * (1 - 0.35 * depth / _DEPTHS)
        top = max(0, int(tops[depth].min()) - 1)  # over its highest peak a ridge leaves the picture as it is
        cover = np.clip(y[top:] - tops[depth] + 0.5, 0, 1)[..., None].astype(np.float32)
        image[top:] += cover * (_hazy(shown[depth], near, alps) - image[top:])


def _rise(x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """Height over the foot, 0 to about 1: from the far side of a ridge, over it, down to its foot."""
    total, gain = np.zeros_like(x), 1.0
    for octave in range(_OCTAVES):
        crest = 1 - np.abs(plane_noise(x * 2**octave, z * 2**octave, seed=seed + octave))
        total += gain * np.clip(crest, 0, 1) ** 2.2
        gain *= 0.42
    swell = smoothstep(1.3, 0.45, z) * (0.55 + 0.45 * smoothstep(0.0, 0.4, z))
    rise = swell * total * (0.72 + 0.28 * plane_noise(x / 2.5, 0 * z, seed=seed + 17))
    return np.asarray(rise / np.quantile(rise.max(0), 0.97))


def _ground(alps: AlpineView, shape: tuple[int, int]) -> Float32Array:
    """Land under the horizon, (H, W, 3): snow in soft waves, or meadows."""
    rows, columns = shape
    if not rows:
        return np.zeros((0, columns, 3), np.float32)
    y, x = np.mgrid[:rows, :columns] / _ROWS
    wave = plane_noise(x * 3, y * 9 / (0.15 + y), seed=alps.seed + 5, octaves=3)
    color = hex_to_linear(_SNOW if alps.snowy else _GRASS) * _light_at(alps, 0.0)
    return np.asarray(_hazy(color, 0.12, alps) * (0.86 + 0.10 * wave)[..., None], np.float32)


def _mirrored(over: Float32Array, alps: AlpineView, rows: int) -> Float32Array:
    """The lake, (rows, W, 3): what is over it upside down, in ripples, and more of its own colour nearer by."""
    columns = over.shape[1]
    down = (np.arange(rows, dtype=np.float32) + 0.5) / _ROWS
    y, x = np.mgrid[:rows, :columns]
    ripple = plane_noise(x / 30.0, y / 2.5, seed=alps.seed + 9, octaves=2) * (1 + 10 * down[:, None])
    source = np.clip(len(over) - 1 - 1.35 * y - ripple, 0, len(over) - 1)
    picture = ndimage.gaussian_filter(over, (2.5, 1.0, 0))[source.astype(int), x]
    own = (0.18 + 0.45 * smoothstep(0.0, 0.35, down))[:, None, None]
    water = hex_to_linear(alps.water) * _lit(alps)
    shown = 0.88 * picture * (1 - own) + water * own
    return np.asarray(shown * (1 + 0.04 * ripple / (1 + 10 * down[:, None]))[..., None], np.float32)


def _plant(
    image: Float32Array,
    alps: AlpineView,
    over: int,
    layer: tuple[float, float, float, float],
    rng: np.random.Generator,
) -> None:
    """Firs of one distance, with snow on their boughs in winter; near ones stand lower and at the sides."""
    tall, haze, many, aside = layer
    rows, columns = image.shape[:2]
    green, white = (Image.new("L", (columns, rows)) for _ in range(2))
    crowns, snow = ImageDraw.Draw(green), ImageDraw.Draw(white)
    count = max(3, round(many * columns / over))
    for side in np.sort(rng.uniform(size=count)):
        out = abs(2 * float(side) - 1)
        if rng.uniform() < aside * (1 - out) ** 0.5:
            continue
        high = tall * over * float(rng.uniform(0.55, 1.15)) * (1 - aside + aside * out)
        x = float(side) * columns
        foot = over + 3 + (0.0 if alps.water else 0.08 * aside) * (rows - over)
        for bough, lying in _boughs(x, foot, high, rng):
            crowns.polygon(bough, fill=255)
            snow.polygon(bough, fill=0)
            if alps.snowy:
                snow.polygon(lying, fill=int(rng.integers(70, 215)))
    cover, lying_snow = (np.asarray(picture, np.float32)[..., None] / 255 for picture in (green, white))
    shade = 1 + 0.35 * plane_noise(*np.meshgrid(np.arange(columns) / 9.0, np.arange(rows) / 9.0), seed=alps.seed)
    own = hex_to_linear("#2f4230" if alps.snowy else "#34492c") * _light_at(alps, 0.0) * shade[..., None]
    color = _hazy(np.asarray(own, np.float32), haze, alps)
    color = color + lying_snow * (_hazy(0.9 * hex_to_linear(_SNOW) * _light_at(alps, 0.0), haze, alps) - color)
    image += np.asarray(cover * (color - image), np.float32)


_Polygon = list[tuple[float, float]]


def _boughs(x: float, foot: float, high: float, rng: np.random.Generator) -> list[tuple[_Polygon, _Polygon]]:
    """A fir's tiers from the lowest up, and where snow lies on each: over its upper part and out to its ends."""
    tiers: list[tuple[_Polygon, _Polygon]] = []
    for tier in range(_TIERS):
        share = 1 - tier / _TIERS
        half = 0.19 * high * share**0.85 * float(rng.uniform(0.8, 1.15))
        low = foot - high * (1 - share) * 0.95
        top = low - high * (0.5 * share + 0.13)
        ends = [float(rng.uniform(0.85, 1.15)) * half for _ in range(2)]
        droop = 0.16 * half
        bough = [
            (x, top),
            (x + ends[0], low + droop),
            (x + 0.4 * half, low - droop),
            (x, low),
            (x - 0.5 * half, low - droop),
        ]
        bough.append((x - ends[1], low + droop))
        middle = (top + 1.6 * low) / 2.6
        lying = [(x, top), (x + 0.9 * ends[0], low + 0.5 * droop), (x, middle), (x - 0.9 * ends[1], low + 0.5 * droop)]
        tiers.append((bough, lying))
    return tiers
