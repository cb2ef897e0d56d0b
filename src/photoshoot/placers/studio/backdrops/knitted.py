"""A thick knitted blanket that a product stands on: its stitches are bodies, seen from as low as products are."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.procedural import smoothstep

_REPEATS: Final = 0.34  # of the texture, a world unit: stitches of 3.4 cm
_DEEP: Final = 0.05  # of its stitches, world units, where its texture's relief is 1 high
_TOP: Final = 90.0  # percentile of the relief that a product stands on
_SWELL: Final = 0.05  # how far it rises and falls, beside the product
_ASLANT_DEG: Final = (18.0, 42.0)
"""How far its columns run aside of the view: along it they are ropes."""
_ROWS, _COLUMNS = 460, 560
_BESIDE, _OVER = 9.0, 1.06  # how far it goes on beside the picture, and the dense part past its sides
_CALM: Final = (0.1, 1.2)  # from the product, over which it begins to rise and fall


def knitted_blanket(surface: Surface, view: View, rng: np.random.Generator, back: float, y: float = 0.0) -> object:
    """It, from depth ``back`` to behind the camera, its top at height ``y``; the piece and how it lies vary."""
    texture = surface_texture(surface, int(rng.integers(3)))
    turn = float(rng.choice([-1.0, 1.0]) * rng.uniform(*_ASLANT_DEG))
    x, z = _seen(view, back)
    uv = _laid(x, z, turn, rng.uniform(size=2))
    size = len(texture.height)
    stitches = ndimage.map_coordinates(
        texture.height, [uv[..., 1] * size - 0.5, uv[..., 0] * size - 0.5], order=1, mode="grid-wrap"
    )
    aside = np.maximum(np.abs(x - view.product_x) - view.product_half_width, 0)
    away = smoothstep(*_CALM, np.hypot(aside, np.maximum(-z - view.product_back, 0)))
    swell = away * plane_noise(0.6 * x, 0.6 * z, seed=int(rng.integers(40)), octaves=2)
    height = y + _DEEP * (stitches - np.percentile(texture.height, _TOP)) + _SWELL * swell
    return to_shape(relief(np.stack([x, height, z], -1), uv), bsdf=diffuse(bitmap(texture.color, Tiling())))


def _seen(view: View, back: float) -> tuple[Float64Array, Float64Array]:
    """X and z of a grid from ``back`` to behind the camera, dense where the picture shows it; rows from far to near."""
    near = float(view.floor_z(view.height_px + 8.0))
    away = np.geomspace(view.distance - back, max(view.distance - near, 0.3), _ROWS)
    z = np.concatenate([view.distance - away, [view.distance + 3.0]])[:, None]
    half = np.maximum(view.half_width * (view.distance - z) / view.distance, 0.05) * _OVER
    x = np.concatenate([-half - _BESIDE, half * np.linspace(-1, 1, _COLUMNS), half + _BESIDE], 1)
    return x, np.broadcast_to(z, x.shape)


def _laid(x: Float64Array, z: Float64Array, turn_deg: float, offset: Float64Array) -> Float64Array:
    """Texture coordinates (…, 2), in repeats."""
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    return np.stack([cos * x - sin * z, sin * x + cos * z], -1) * _REPEATS + offset
