"""Pictures that shine behind a set: discs of light out of focus, and a soft glow in the dark."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear, hex_to_oklab, oklab_to_hex
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import wall
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, area_emitter, bitmap
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.discs import add_disc, convolve, lens_disc
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import blend, noise, smoothstep

_ROWS = 560
_GREY, _LEAST_LIGHT = 0.02, 0.42  # chroma under which a pool's colour is grey, and the least lightness then, OKLab
_SOFT_PX = 2.2  # of the edges of lamps out of focus: harder ones come out toothed
_DAY_ROWS = 360
_DAY = 0.64  # lightness in OKLab, less the warmth, from which on a backdrop is a place by day
_DAY_LAYERS = ((8.0, 0.30, 0.20), (16.0, 0.50, 0.17), (28.0, 0.45, 0.13))
"""Radius of the discs, how densely they lie, and their strength: leaves at three distances."""
_EVENING_LAYERS = ((34.0, 72.0, 0.40, 0.03, 0.16), (9.0, 38.0, 1.0, 0.05, 1.25))
"""Least and largest radius, share of the count, least and largest strength: faint lights far behind, and lamps."""


@dataclass(frozen=True, kw_only=True)
class Bokeh:
    """Discs of light out of focus."""

    color: str
    """What most lights look like."""
    aspect: float
    """Width of the picture over its height, 0.1 to 30."""
    count: int = 88
    """Discs in a picture of aspect 2.5."""
    ground: float = 0.26
    """Brightness of what lies behind the lights, relative to ``color``."""
    seed: int = 0
    """Chooses the discs' places and sizes, 0 or more."""


@SHELF.keep
def bokeh_image(bokeh: Bokeh) -> Float32Array:
    """Daylight or lights in the evening, out of focus; (H, W, 3) display-linear, some discs above 1; read-only."""
    image = _daylight(bokeh) if is_daylight(bokeh.color) else _evening(bokeh)
    image.setflags(write=False)
    return image


def is_daylight(color: str) -> bool:
    """Whether a backdrop of this colour is a place by day: a light colour is, a dark or a warm, saturated one isn't."""
    lightness, green_red, blue_yellow = hex_to_oklab(color)
    warmth = float(np.hypot(green_red, blue_yellow)) if green_red > 0 else 0.0
    return float(lightness) - 1.6 * warmth > _DAY


def _daylight(bokeh: Bokeh) -> Float32Array:
    """Leaves and sky far behind: a bright haze, its gaps grown to soft discs that overlap."""
    rng = np.random.default_rng(bokeh.seed)
    columns = int(np.clip(_DAY_ROWS * bokeh.aspect, 64, 2400))
    shape = (_DAY_ROWS, columns)
    y = np.linspace(1, 0, _DAY_ROWS, dtype=np.float32)[:, None]
    mass = _clouds(shape, bokeh.seed + 50)
    open_sky = smoothstep(-2.2, 2.6, mass + 1.7 * (y - 0.5))
    shade = 0.80 * hex_to_linear(bokeh.color) ** 1.45  # darker and purer, as leaves in their own shadow are
    image = np.asarray(blend(shade, mix_hex(bokeh.color, "#fffdf2", 0.60), open_sky), np.float64)
    for radius, density, strength in _DAY_LAYERS:
        points = _gaps(shape, density / radius**2, rng, open_sky)
        disc = lens_disc(radius)
        spread = convolve(np.pad(points, int(radius), mode="reflect"), disc)
        discs = np.maximum(spread[int(radius) : -int(radius), int(radius) : -int(radius)], 0)[..., None]
        tint = mix_hex(bokeh.color, "#fff8dc", float(rng.uniform(0.25, 0.6)))
        image = image + strength * np.minimum(discs, 3.0) * tint
    return np.asarray(ndimage.gaussian_filter(image, (1.0, 1.0, 0)), np.float32)


def _gaps(shape: tuple[int, int], density: float, rng: np.random.Generator, open_sky: Float32Array) -> Float32Array:
    """Points of light between leaves: a few strong, many faint, most of them where leaves and sky meet."""
    strength = np.exp(rng.normal(-1.4, 0.9, shape)) * (rng.uniform(size=shape) < density)
    return np.asarray(strength * (0.25 + 3.0 * open_sky * (1 - open_sky)), np.float32)


def _evening(bokeh: Bokeh) -> Float32Array:
    """Discs over a soft, dim ground."""
    rng = np.random.default_rng(bokeh.seed)
    columns = int(np.clip(_ROWS * bokeh.aspect, 96, 3200))
    image = _bokeh_ground(bokeh, columns)
    lights = np.zeros_like(image)
    tints = [hex_to_linear(bokeh.color), mix_hex(bokeh.color, "#fff2d8", 0.45), mix_hex(bokeh.color, "#b3401c", 0.25)]
    for smallest, largest, share, weakest, strongest in _EVENING_LAYERS:
        for _ in range(max(4, round(share * bokeh.count * columns / _ROWS / 2.5))):
            radius = float(np.exp(rng.uniform(np.log(smallest), np.log(largest))))
            center = (rng.uniform(0, columns), _ROWS * np.clip(rng.normal(0.42, 0.20), 0.02, 0.86))
            strength = np.exp(rng.uniform(np.log(weakest), np.log(strongest))) * (18 / radius) ** 0.45
            add_disc(lights, center, radius, tints[int(rng.integers(3))] * strength)
    lights = ndimage.gaussian_filter(lights, (_SOFT_PX, _SOFT_PX, 0))
    return np.asarray(image + lights, np.float32)


def glow_image(color: str, aspect: float, center: tuple[float, float], spread: float = 0.42) -> Float32Array:
    """A soft pool of light on black; (400, W, 3) display-linear.

    Args:
        color: The middle of the pool; what is black or a dark grey is no light, and becomes a dim white one.
        aspect: Width of the picture over its height.
        center: Its middle, as shares of the width from the left and of the height from the top.
        spread: Radius, in heights.
    """
    lightness, *hue = hex_to_oklab(color)
    if np.hypot(*hue) < _GREY:
        color = oklab_to_hex((max(lightness, _LEAST_LIGHT), *hue))
    rows, columns = 400, int(np.clip(400 * aspect, 64, 2400))
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    radius = np.hypot((x / columns - center[0]) * aspect / 1.25, y / rows - center[1]) / spread
    falloff = np.exp(-(radius**1.7)) + 0.10 * np.exp(-radius / 1.6)
    return np.asarray(falloff[..., None] * hex_to_linear(color) / 1.1 + 0.0025, np.float32)


def blurred_lights(color: str, view: View, z: float, rng: np.random.Generator) -> Float32Array:
    """A picture for ``shining_wall`` at depth ``z``: lights out of focus in a colour, as ``bokeh_image`` has them.

    Args:
        color: ``#rrggbb`` of what is between them.
        view: The camera.
        z: Depth of the wall.
        rng: Chooses where they are.
    """
    aspect = round(backdrop_aspect(view, z), 2)
    return bokeh_image(Bokeh(color=color, aspect=aspect, seed=int(rng.integers(6))))


def shining_wall(image: Float32Array, view: View, z: float, exposure: float, bottom: float | None = None) -> object:
    """An upright picture at depth ``z`` behind a set; it fills the view and looks as ``image`` at ``exposure``.

    Its lower edge is ``bottom``, None = that of ``backdrop_extent``.
    """
    half, top, low = backdrop_extent(view, z)
    bottom = low if bottom is None else bottom
    mesh = wall(z=z, half_width=half, bottom=bottom, top=top)
    radiance = bitmap(np.asarray(image / exposure, np.float32), clamp=True)
    return to_shape(mesh, bsdf=BLACK, emitter=area_emitter(radiance, MET))


def backdrop_extent(view: View, z: float) -> tuple[float, float, float]:
    """Half width, top and bottom of an upright picture at depth ``z`` that fills the view over the floor."""
    return view.half_width_at(z) * 1.06 + 0.3, view.top_at(z) + 0.4, -0.35 * abs(z) - 0.5


def backdrop_aspect(view: View, z: float) -> float:
    """Width over height of ``backdrop_extent``."""
    half, top, bottom = backdrop_extent(view, z)
    return 2 * half / (top - bottom)


def _bokeh_ground(bokeh: Bokeh, columns: int) -> Float32Array:
    y = np.linspace(0, 1, _ROWS, dtype=np.float32)[:, None]
    clouds = _clouds((_ROWS, columns), bokeh.seed)
    level = bokeh.ground * (0.35 + 0.9 * smoothstep(0.0, 0.75, y)) * np.exp(0.38 * clouds)
    shade = mix_hex(bokeh.color, "#3a1a08", 0.30)
    return np.asarray(level[..., None] * shade, np.float32)


def _clouds(shape: tuple[int, int], seed: int) -> Float32Array:
    """Soft, round clouds of zero mean and unit deviation."""
    rows, columns = shape
    cells = (48, max(16, round(48 * columns / rows)))
    coarse = noise(cells, seed=seed, exponent=3.8, stretch=(1, cells[1] / cells[0]))
    fine = ndimage.zoom(coarse, (rows / cells[0], columns / cells[1]), order=3)
    return np.asarray(fine[:rows, :columns], np.float32)
