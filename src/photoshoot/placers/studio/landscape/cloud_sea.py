"""A sea of clouds: round puffs side by side out to the horizon, level under the product and higher away from it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import copies
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.landscape.grid import Footprint, places_in_sight
from photoshoot.placers.studio.textures.procedural import smoothstep

BANDS: Final = ((None, 0.6, 16, 0.0), (0.6, -2.2, 40, 0.0), (-2.2, -9.0, 44, 0.12), (-9.0, -40.0, 44, 0.42), (-40.0, -170.0, 40, 0.75))
"""Nearest and farthest depth of a band of puffs, how many are in it, and how much of the horizon's haze.

The first begins where the picture ends.
"""
_VARIANTS, _LUMPS = 4, 13
_SHARE = (0.36, 0.15)  # radius of puffs near and far, of half the picture's width there
_NEAR_Z, _FAR_Z = 0.0, -60.0
_CLEAR = 0.16  # how far round the product no puff reaches over its foot
_RISE = (0.25, 0.95)  # how far puffs rise over the level, of their radius, well away from the product
_DIP = 0.42  # how far their middles lie under what they rise to, of their radius
_DOME = 0.55  # how far the level reaches out from the product before it falls away


def cloud_sea(view: View, foot: Footprint, rng: np.random.Generator) -> list[tuple[Mesh, float]]:
    """Each band's puffs as a mesh, and how much haze is before it, 0 to 1.

    Args:
        view: The camera.
        foot: Where the product stands.
        rng: The shot's generator.
    """
    edge = min(float(view.floor_z(view.height_px)), view.distance - 1.0)
    bands = ((edge if near is None else near, far, count, haze) for near, far, count, haze in BANDS)
    return [(_band(view, foot, near, far, count, rng), haze) for near, far, count, haze in bands if near > far]


def level_cloud(x: Float64Array, z: Float64Array, foot: Footprint) -> Float64Array:
    """Height of the cloud that the product is on: level there, and falling away round it."""
    away = foot.distance(x, z)
    return np.asarray(-0.5 * smoothstep(0.1, _DOME + 0.6, away), np.float64)


def _band(view: View, foot: Footprint, near: float, far: float, count: int, rng: np.random.Generator) -> Mesh:
    x, z = places_in_sight(view, rng.uniform(0, 1, count), near, far, rng)
    across = np.asarray([view.half_width_at(float(depth)) for depth in z])
    share = np.interp(z, (_FAR_Z, _NEAR_Z), _SHARE[::-1])
    radius = share * across * rng.uniform(0.65, 1.15, count)
    away = np.maximum(foot.distance(x, z) - radius, 0.0)
    lifted = smoothstep(0.1, 1.6, away) * np.where(z > 0, 0.15, 1.0)
    top = radius * (lifted * rng.uniform(*_RISE, count) - (1 - lifted) * 0.12)
    kinds, turns = rng.integers(_VARIANTS, size=count), rng.uniform(0, 2 * np.pi, count)
    keep = foot.distance(x, z) > _CLEAR
    meshes = []
    for kind in range(_VARIANTS):
        chosen = keep & (kinds == kind)
        if chosen.any():
            places = np.stack([x, top - radius * (1 - _DIP), z], 1)[chosen]
            meshes.append(copies(_puff(kind), _frames(turns[chosen], radius[chosen]), places))
    return merged(meshes)


def _frames(turns: Float64Array, radii: Float64Array) -> Float64Array:
    cos, sin, none = np.cos(turns), np.sin(turns), np.zeros_like(turns)
    turned = np.stack([np.stack([cos, none, sin], -1), np.stack([none, none + 1, none], -1), np.stack([-sin, none, cos], -1)], 1)
    return np.asarray(turned * radii[:, None, None], np.float64)


@lru_cache(maxsize=_VARIANTS)
def _puff(seed: int) -> Mesh:
    """A puff of about radius 1 round its middle, of round lumps of several sizes, as cumulus has them."""
    rng = np.random.default_rng(510 + seed)
    lumps = []
    for number in range(_LUMPS):
        high = (number + 0.5) / _LUMPS  # sunflower over the upper half of a ball
        angle, flat = 2.4 * number, np.sqrt(1 - high**2)
        way = np.array([flat * np.cos(angle), 0.85 * high, flat * np.sin(angle)])
        radius = float(rng.uniform(0.34, 0.62))
        ball = sphere(1.0, rings=16, segments=30)
        points = ball.vertices.astype(np.float64)
        points = points * (1 + 0.06 * sphere_noise(points, 70 + 16 * seed + number))[:, None] * radius
        lumps.append(ball.bent(points + way * (1.0 - 0.75 * radius)))
    return merged(lumps)
