"""Pictures that shine behind a set: discs of light out of focus, and a soft glow in the dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import ndimage

from photoshoot.color import hex_to_linear
from photoshoot.placers.studio.geometry.surfaces import wall
from photoshoot.placers.studio.materials import BLACK, bitmap, glow
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.textures import Floats, mix_hex, noise, smoothstep
from photoshoot.placers.studio.view import View

_ROWS = 560


@dataclass(frozen=True, kw_only=True)
class Bokeh:
    """Discs of light out of focus."""

    color: str
    """What most lights look like."""
    aspect: float
    """Width of the picture over its height, 0.1 to 30."""
    count: int = 70
    """Discs in a picture of aspect 2.5."""
    ground: float = 0.26
    """Brightness of what lies behind the lights, relative to ``color``."""
    seed: int = 0
    """Chooses the discs."""


@lru_cache(maxsize=4)
def bokeh_image(bokeh: Bokeh) -> Floats:
    """Discs over a soft, dim ground; (560, W, 3) display-linear, some discs above 1."""
    rng = np.random.default_rng(bokeh.seed)
    columns = int(np.clip(_ROWS * bokeh.aspect, 96, 3200))
    image = _bokeh_ground(bokeh, columns)
    lights = np.zeros_like(image)
    tints = [hex_to_linear(bokeh.color), mix_hex(bokeh.color, "#fff2d8", 0.45), mix_hex(bokeh.color, "#b3401c", 0.25)]
    for _ in range(max(6, round(bokeh.count * columns / _ROWS / 2.5))):
        radius = float(np.exp(rng.uniform(np.log(9), np.log(36))))
        center = (rng.uniform(0, columns), _ROWS * np.clip(rng.normal(0.42, 0.20), 0.02, 0.86))
        strength = np.exp(rng.uniform(np.log(0.05), np.log(1.15))) * (18 / radius) ** 0.45
        _add_disc(lights, center, radius, tints[int(rng.integers(3))] * strength)
    lights = ndimage.gaussian_filter(lights, (1.3, 1.3, 0))
    image = np.asarray(image + lights, np.float32)
    image.setflags(write=False)
    return image


def glow_image(color: str, aspect: float, center: tuple[float, float], spread: float = 0.42) -> Floats:
    """A soft pool of light on black; (400, W, 3) display-linear.

    Args:
        color: The middle of the pool.
        aspect: Width of the picture over its height.
        center: Its middle, as shares of the width from the left and of the height from the top.
        spread: Radius, in heights.
    """
    rows, columns = 400, int(np.clip(400 * aspect, 64, 2400))
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    radius = np.hypot((x / columns - center[0]) * aspect / 1.25, y / rows - center[1]) / spread
    falloff = np.exp(-(radius**1.7)) + 0.10 * np.exp(-radius / 1.6)
    return np.asarray(falloff[..., None] * hex_to_linear(color) / 1.1 + 0.0025, np.float32)


def shining_wall(image: Floats, view: View, z: float, exposure: float) -> object:
    """An upright picture at depth ``z`` behind a set; it fills the view and looks as ``image`` at ``exposure``."""
    half, top, bottom = backdrop_extent(view, z)
    mesh = wall(z=z, half_width=half, bottom=bottom, top=top)
    radiance = bitmap(np.asarray(image / exposure, np.float32), clamp=True)
    return to_shape(mesh, bsdf=BLACK, emitter=glow(radiance, 0.5))


def backdrop_extent(view: View, z: float) -> tuple[float, float, float]:
    """Half width, top and bottom of an upright picture at depth ``z`` that fills the view over the floor."""
    return view.half_width_at(z) * 1.06 + 0.3, view.top_at(z) + 0.4, -0.35 * abs(z) - 0.5


def backdrop_aspect(view: View, z: float) -> float:
    """Width over height of ``backdrop_extent``."""
    half, top, bottom = backdrop_extent(view, z)
    return 2 * half / (top - bottom)


def _bokeh_ground(bokeh: Bokeh, columns: int) -> Floats:
    y = np.linspace(0, 1, _ROWS, dtype=np.float32)[:, None]
    clouds = _clouds(columns, bokeh.seed)
    level = bokeh.ground * (0.35 + 0.9 * smoothstep(0.0, 0.75, y)) * np.exp(0.38 * clouds)
    shade = mix_hex(bokeh.color, "#3a1a08", 0.30)
    return np.asarray(level[..., None] * shade, np.float32)


def _clouds(columns: int, seed: int) -> Floats:
    """Soft, round clouds over (560, columns)."""
    cells = (48, max(16, round(48 * columns / _ROWS)))
    coarse = noise(cells, seed=seed, exponent=3.4, stretch=(1, cells[1] / cells[0]))
    fine = ndimage.zoom(coarse, (_ROWS / cells[0], columns / cells[1]), order=3)
    return np.asarray(fine[:_ROWS, :columns], np.float32)


def _add_disc(image: Floats, center: tuple[float, float], radius: float, color: Floats) -> None:
    rows, columns = image.shape[:2]
    left, right = max(0, int(center[0] - radius - 2)), min(columns, int(center[0] + radius + 3))
    top, bottom = max(0, int(center[1] - radius - 2)), min(rows, int(center[1] + radius + 3))
    if left >= right or top >= bottom:
        return
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    distance = np.hypot(x - center[0], y - center[1])
    disc = np.clip(radius - distance + 0.5, 0, 1) * (0.72 + 0.28 * (distance / radius) ** 4)
    image[top:bottom, left:right] += disc[..., None] * color
