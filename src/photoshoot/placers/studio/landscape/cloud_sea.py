"""A sea of clouds: round puffs side by side out to the horizon, level under the product and higher away from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import copies
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, rotation
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.geometry.terrain import relief
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points, places_in_sight
from photoshoot.placers.studio.textures.procedural import smoothstep

_BANDS: Final = (
    (None, 0.6, 16, 0.0),
    (0.6, -2.2, 40, 0.0),
    (-2.2, -9.0, 44, 0.12),
    (-9.0, -40.0, 44, 0.42),
    (-40.0, -170.0, 40, 0.75),
)
"""Nearest and farthest depth of a band of puffs, how many are in it, and how much of the horizon's haze.

The first begins where the picture ends.
"""
_SEEDS = 1000
_MOST_RINGS, _LEAST_RINGS = 13, 6
_VARIANTS, _LUMPS = 4, 13
_SHARE = (0.36, 0.15)  # radius of puffs near and far, of half the picture's width there
_NEAR_Z, _FAR_Z = 0.0, -60.0
_CLEAR = 0.16  # how far round the product no puff reaches over its foot
_RISE = (0.6, 1.3)  # how far puffs rise over the level, of their radius, well away from the product
_BESIDE, _BEFORE = 0.3, 0.03  # how far those near it do, and those between it and the camera
_DOME = 0.6  # how far from the product the level has fallen away
_BACK, _DETAIL = -6.0, 0.3  # depth to which it is seen between puffs; share of the points that ripples need


@dataclass(frozen=True, kw_only=True)
class Puffs:
    """The puffs of a band, n of them."""

    x: Float64Array
    """To the right (n,), world units."""
    z: Float64Array
    """Towards the camera (n,)."""
    radius: Float64Array
    """How far they reach (n,)."""
    top: Float64Array
    """Their highest places (n,)."""
    kind: npt.NDArray[np.int64]
    """Which of the puffs' shapes (n,)."""
    turn: Float64Array
    """How far they are turned, radians (n,)."""
    haze: float
    """How much of the horizon's haze is before them, 0 to 1."""

    def mesh(self) -> Mesh:
        """All of them."""
        meshes = []
        for kind in np.unique(self.kind):
            chosen = self.kind == kind
            places = np.stack([self.x, self.top - self.radius, self.z], 1)[chosen]
            meshes.append(
                copies(_puff(int(kind), _rings(self.haze)), _frames(self.turn[chosen], self.radius[chosen]), places)
            )
        return merged(meshes)

    def height(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Height of the highest of them at places (m,); where none is, minus infinity."""
        apart = (x[:, None] - self.x) ** 2 + (z[:, None] - self.z) ** 2
        rise = np.sqrt(np.maximum(self.radius**2 - apart, 0.0)) - self.radius
        return np.asarray(np.where(apart < self.radius**2, self.top + rise, -np.inf).max(1), np.float64)


@dataclass(frozen=True, kw_only=True)
class CloudSea:
    """Clouds from above, level under the product."""

    view: View
    """The camera that sees it."""
    foot: Footprint
    """Where the product stands on it."""
    drop: float
    """How far the level lies under what the product stands on."""
    seed: int
    """Chooses where the puffs are, 0 or more."""

    @classmethod
    def drawn(cls, view: View, rng: np.random.Generator) -> CloudSea:
        """One by chance, with the product on a cloud."""
        return cls(view=view, foot=Footprint.of(view), drop=0.0, seed=int(rng.integers(_SEEDS)))

    def height(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Height of the puffs, and between them of the cloud that the product is on, level there and lower round it."""
        across, deep = np.broadcast_arrays(x, z)
        places = across.ravel(), deep.ravel()
        rise = np.max([puffs.height(*places) for puffs in self.puffs], axis=0).reshape(across.shape)
        return np.asarray(np.maximum(self._level(across, deep), rise), np.float64)

    def level(self) -> Mesh:
        """That cloud, between whose puffs it is seen."""
        x, z = ground_points(self.view, _BACK, _DETAIL)
        return relief(np.stack([x, self._level(x, z), z], -1), np.stack([x, z], -1))

    @cached_property
    def puffs(self) -> tuple[Puffs, ...]:
        """The bands that the picture shows, from the nearest."""
        rng, view = np.random.default_rng(self.seed), self.view
        edge = min(float(view.floor_z(view.height_px)), view.distance - 1.0)
        bands = ((edge if near is None else near, far, count, haze) for near, far, count, haze in _BANDS)
        drawn = [self._draw((near, far), count, haze, rng) for near, far, count, haze in bands if near > far]
        return tuple(puffs for puffs in drawn if len(puffs.x))

    def _level(self, x: Float64Array, z: Float64Array) -> Float64Array:
        return np.asarray(-0.5 * smoothstep(0.02, _DOME, self.foot.distance(x, z)) - self.drop, np.float64)

    def _draw(self, ends: tuple[float, float], count: int, haze: float, rng: np.random.Generator) -> Puffs:
        x, z = places_in_sight(self.view, rng.uniform(0, 1, count), *ends, rng)
        across = np.asarray([self.view.half_width_at(float(depth)) for depth in z])
        radius = np.interp(z, (_FAR_Z, _NEAR_Z), _SHARE[::-1]) * across * rng.uniform(0.65, 1.15, count)
        lifted = np.where(z > 0, 0.0, smoothstep(0.1, 1.6, np.maximum(self.foot.distance(x, z) - radius, 0.0)))
        hiding = (z + radius > 0) & (np.abs(x - self.foot.x) < self.foot.half_width + radius)
        near = np.where((z > 0) | hiding, _BEFORE, _BESIDE)
        top = radius * (lifted * rng.uniform(*_RISE, count) + (1 - lifted) * near) - self.drop
        kind, turn = rng.integers(_VARIANTS, size=count), rng.uniform(0, 2 * np.pi, count)
        kept = self.foot.distance(x, z) > _CLEAR
        parts = {"x": x, "z": z, "radius": radius, "top": top, "kind": kind, "turn": turn}
        return Puffs(haze=haze, **{name: values[kept] for name, values in parts.items()})


def _frames(turns: Float64Array, radii: Float64Array) -> Float64Array:
    """How each of n is turned and scaled (n, 3, 3)."""
    turned = np.stack([rotation(float(turn))[:3, :3] for turn in np.degrees(turns)])
    return np.asarray(turned * radii[:, None, None], np.float64)


def _rings(haze: float) -> int:
    """Rings of a lump's mesh: far ones are a few pixels."""
    return round(_MOST_RINGS - (_MOST_RINGS - _LEAST_RINGS) * min(2 * haze, 1.0))


@dataclass(frozen=True, kw_only=True)
class Lump:
    """A round lump of a puff, whose surface is so far from its middle in each direction."""

    middle: Float64Array
    """Where it is in the puff (3,)."""
    radius: float
    """Its mean radius, of the puff's 1."""
    seed: int
    """Chooses its bumps."""

    def reach(self, ways: Float64Array) -> Float64Array:
        """How far it reaches (n,) in directions (n, 3)."""
        return np.asarray((1 + 0.06 * sphere_noise(ways, self.seed)) * self.radius, np.float64)

    def mesh(self, rings: int) -> Mesh:
        """Its surface."""
        ball = sphere(1.0, rings=rings, segments=2 * rings)
        ways = ball.vertices.astype(np.float64)
        return ball.bent(ways * self.reach(ways)[:, None] + self.middle)

    def holds(self, points: Float64Array, rings: int) -> BoolArray:
        """Which points (n, 3) lie inside its mesh, whose triangles are nearer to its middle than their corners."""
        away = points - self.middle
        apart = np.linalg.norm(away, axis=1)
        return np.asarray(apart < math.cos(math.pi / rings) * self.reach(away / apart[:, None]), np.bool_)


@lru_cache(maxsize=4 * _VARIANTS)
def _puff(seed: int, rings: int) -> Mesh:
    """A puff of about radius 1 round its middle and as high."""
    puff = merged(without_hidden(draw_lumps(seed), rings))
    return puff.scaled(1.0, 1.0 / float(puff.vertices[:, 1].max()), 1.0)


def draw_lumps(seed: int) -> list[Lump]:
    """The round lumps of a puff, of several sizes, as cumulus has them."""
    rng = np.random.default_rng(510 + seed)
    lumps = []
    for number in range(_LUMPS):
        high = (number + 0.5) / _LUMPS  # sunflower over the upper half of a ball
        angle, flat = 2.4 * number, np.sqrt(1 - high**2)
        way = np.array([flat * np.cos(angle), 0.85 * high, flat * np.sin(angle)])
        radius = float(rng.uniform(0.34, 0.62))
        lumps.append(Lump(middle=way * (1.0 - 0.75 * radius), radius=radius, seed=70 + 16 * seed + number))
    return lumps


def without_hidden(lumps: Sequence[Lump], rings: int) -> list[Mesh]:
    """The surface of each lump, without the triangles inside another one, where no light comes: half of them all."""
    meshes = []
    for lump in lumps:
        mesh = lump.mesh(rings)
        points = mesh.vertices.astype(np.float64)
        hidden = [other.holds(points, rings)[mesh.faces].all(1) for other in lumps if other is not lump]
        meshes.append(replace(mesh, faces=mesh.faces[~np.any(hidden, axis=0)]))
    return meshes
