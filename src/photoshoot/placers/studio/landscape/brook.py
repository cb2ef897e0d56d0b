"""A brook between banks of moss: it runs from the wood behind past what stands in it, over stones and round them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import blades, copies
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, rotation
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.boulders import Slab, wetted
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points, places_in_sight
from photoshoot.placers.studio.landscape.ground_cover import moss_tips, pebble_material, pebbles_at
from photoshoot.placers.studio.landscape.water import facing_camera, light_net, waves
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import smoothstep

_WATER: Final = "#3f4d3c"
_FOAM: Final = "#eef3f2"
_FERN: Final = "#56763a"
_DEEP, _BANK = 0.16, 0.34  # of its bed under the water, and of its banks over it, world units
_SLOPE = 0.7  # how wide a bank's slope is
_MARGIN = 0.55  # of water beside what stands in it
_ROUND = 0.35  # of water at least round the slab
_NARROWS = 9.0  # depth over which it grows half as wide
_STRENGTH = 0.55  # of its waves
_IOR = 1.5
_FOAMY = 0.52  # of foam's white, where it is thickest
_STONES = 420
_FERNS, _FRONDS = 9, 7
_LEAFLETS, _DROOP = 19, 0.5  # of a frond on each side, and how far its tip hangs, of its length
_DETAIL = 0.4  # of the points that smooth ripples need, what so little water has
_MOSSY = 0.5  # how far up a stone's side faces at least where moss grows
_FIBRES = 14_000


@dataclass(frozen=True, kw_only=True)
class Brook:
    """Where it runs."""

    slab: Slab
    """The stone in it that the product stands on."""
    level: float
    """Height of the water, world units."""
    half: float
    """Half its width beside the slab, world units."""
    bend: float
    """How far it bends to the right behind the product, world units a unit of depth."""
    seed: int
    """Chooses its banks and its bed."""

    @classmethod
    def round(cls, slab: Slab, view: View, rng: np.random.Generator) -> Self:
        """One that the slab stands in, with a bank at each side where the picture has room for them."""
        half = slab.reach + max(_MARGIN, 0.3 * (view.half_width - slab.reach))
        bend = float(rng.choice([-1.0, 1.0]) * rng.uniform(0.12, 0.3))
        return cls(slab=slab, level=-slab.height, half=half, bend=bend, seed=int(rng.integers(64)))

    def beside(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """How far a place is from its edge, world units; under 0, in the water."""
        behind = np.maximum(-z, 0)
        middle = self.slab.x + self.bend * behind + 0.25 * plane_noise(0 * x, z * 0.4, seed=self.seed)
        half = self.half / (1 + behind / _NARROWS)
        ragged = 0.22 * plane_noise(x * 0.8, z * 0.8, seed=self.seed + 1, octaves=3)
        slab = self.slab
        away = np.maximum.reduce([np.abs(x - slab.x) - slab.reach, slab.back - z, z - slab.front])
        return np.asarray(np.minimum(np.abs(x - middle) - half - ragged, away - _ROUND), np.float64)

    def height(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Of the ground: its bed, and the banks."""
        beside = self.beside(x, z)
        rise = -_DEEP + (_DEEP + _BANK) * smoothstep(-0.35, _SLOPE, beside)
        uneven = plane_noise(x * 0.9, z * 0.9, seed=self.seed + 2, octaves=4, gain=0.55)
        return np.asarray(self.level + rise + 0.07 * uneven * smoothstep(-0.2, 0.5, beside), np.float64)

    def resting(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Height of what a thing lies on: the slab, the banks or the water."""
        ground = np.maximum(self.height(x, z), self.level)
        return np.where(self.slab.covers(x, z), 0.0, ground)

    def shapes(self, view: View, rng: np.random.Generator, back: float) -> dict[str, object]:
        """Its water, the small stones in it and ferns on its banks, as far as depth ``back``."""
        return {
            "water": self._water(view, rng, back),
            "river_stones": to_shape(self._stones(view, rng), bsdf=pebble_material("#b3aa9a", wet=True)),
            "ferns": to_shape(self._ferns(view, rng), bsdf=diffuse(_FERN)),
        }

    def _water(self, view: View, rng: np.random.Generator, back: float) -> object:
        x, z = ground_points(view, back, _DETAIL)
        slab = self.slab
        foot = Footprint(
            x=slab.x, half_width=0.9 * slab.reach, reach=0.9 * (slab.front - slab.back), front=0.95 * slab.front
        )
        runs = 0.018 * plane_noise(x * 2.2, z * 0.8, seed=self.seed + 3, octaves=3)
        heights = self.level + waves(x, z, _STRENGTH, foot, rng) + runs
        surface = facing_camera(relief(np.stack([x, heights, z], -1)), view)
        albedo = bitmap(self._albedo(x, z, foot), clamp=True)
        coat: Entry = {"type": "plastic", "diffuse_reflectance": albedo, "int_ior": _IOR, "nonlinear": False}
        return to_shape(surface, bsdf={"type": "twosided", "bsdf": coat})

    def _albedo(self, x: Float64Array, z: Float64Array, foot: Footprint) -> Float32Array:
        """Its bed seen through it, (rows, columns, 3), with foam where it breaks: round stones and along its run."""
        bed = 1 + 0.45 * plane_noise(x * 2.6, z * 2.6, seed=self.seed + 4, octaves=4, gain=0.7)
        shallow = smoothstep(-0.9, 0.0, self.beside(x, z)) + 0.5 * smoothstep(0.9, 0.2, foot.distance(x, z))
        light = 0.45 * light_net(1.6 * x, 1.6 * z)
        color = hex_to_linear(_WATER) * (bed * (1 + 0.8 * shallow + light))[..., None]
        streaks = plane_noise(x * 5.0, z * 0.9, seed=self.seed + 5, octaves=4, gain=0.75)
        rapids = smoothstep(0.25, 0.9, plane_noise(x * 0.5, z * 0.6, seed=self.seed + 6, octaves=2))
        round_stone = smoothstep(0.16, 0.0, foot.distance(x, z) + 0.05 * streaks)
        broken = smoothstep(0.35, 1.3, streaks + 0.5 * rapids)
        foam = (np.clip((0.15 + 0.85 * rapids) * broken + 0.55 * round_stone, 0, 1) * _FOAMY)[..., None]
        return np.asarray(np.clip(color * (1 - foam) + foam * hex_to_linear(_FOAM), 0, 0.9), np.float32)

    def _stones(self, view: View, rng: np.random.Generator) -> Mesh:
        """Round stones in the water and along its edges."""
        near = min(float(view.floor_z(view.height_px * 1.02)), 3.0)
        x, z = places_in_sight(view, rng.uniform(0, 1, 4 * _STONES), near, -4.5, rng)
        clear = ~self.slab.covers(x, z, 1.15)
        likely = np.exp(-((self.beside(x, z) + 0.1) ** 2) / 0.09) + 0.05
        spots = np.stack([x, z], 1)[clear & (rng.uniform(size=len(x)) < likely)][:_STONES]
        return pebbles_at(spots, (0.05, 0.2), lambda x, z: np.maximum(self.height(x, z), self.level - 0.05), rng)

    def _ferns(self, view: View, rng: np.random.Generator) -> Mesh:
        """Ferns on both banks, behind the product's plane."""
        plants: list[Mesh] = []
        frond = _frond()
        for index in range(round(_FERNS * min(2.0, 0.5 + 0.3 * view.half_width))):
            side, z = (-1.0 if index % 2 else 1.0), float(rng.uniform(-3.6, -0.7))
            edge = max(self.half, (view.product_half_width + 0.35) * (view.distance - z) / view.distance)
            x = self.slab.x + side * (edge + 0.2 + float(rng.exponential(0.7)))
            size = float(rng.uniform(0.45, 0.85))
            for turn in np.linspace(0, 360, _FRONDS, endpoint=False) + rng.uniform(-18, 18, _FRONDS):
                blade = frond.scaled(size * float(rng.uniform(0.8, 1.1)))
                blade = blade.turned(float(rng.uniform(38, 62)), "z").turned(float(turn))
                plants.append(blade.moved(x, float(self.height(np.array([x]), np.array([z]))[0]), z))
        return merged(plants)


@lru_cache(maxsize=1)
def _frond() -> Mesh:
    """A fern's leaf along +x from the origin, flat leaflets to both sides of a rib that bends down, 1 long."""
    share = np.linspace(0.1, 0.99, _LEAFLETS).repeat(2)
    side = np.tile([-1.0, 1.0], _LEAFLETS)
    size = 0.4 * np.sin(np.pi * (0.1 + 0.86 * share)) ** 0.8
    heading, fall = np.interp(share, [0, 1], [78.0, 38.0]) * side, np.degrees(np.arctan(2 * _DROOP * share))
    frames = [(rotation(-down, "z") @ rotation(turn, "y"))[:3, :3] * long
              for down, turn, long in zip(fall, heading, size, strict=True)]  # fmt: skip
    outline = np.array([[0, 0, 0], [0.35, 0, 0.11], [1, 0, 0], [0.35, 0, -0.11]], np.float64)
    blade = Mesh.of(outline, np.array([[0, 1, 2], [0, 2, 3]]))
    return copies(blade, np.stack(frames), np.stack([share, -_DROOP * share**2, 0 * share], 1))


def mossy(stones: Mesh, color: str, seed: int, rng: np.random.Generator, *, wet: bool) -> tuple[Mesh, Mesh, object]:
    """Stones with moss on what of them faces up: bare stone, what the moss grows on, and its fibres as a shape.

    Args:
        stones: They, with texture coordinates.
        color: The moss, ``#rrggbb``.
        seed: Chooses where it is torn.
        rng: The shot's generator.
        wet: Whether it is darker.
    """
    corners = stones.vertices[stones.faces].astype(np.float64)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(across, axis=1)
    middle = corners.mean(1)
    torn = 0.3 * plane_noise(middle[:, 0] * 1.6, middle[:, 2] * 1.6, seed=seed, octaves=3)
    grown = across[:, 1] / np.maximum(area, 1e-12) + torn > _MOSSY
    green = replace(stones, faces=stones.faces[grown])
    fibres = _fibres(corners[grown], area[grown], rng)
    shape = to_shape(fibres, bsdf=diffuse(bitmap(moss_tips(wetted(color, wet=wet)))))
    return replace(stones, faces=stones.faces[~grown]), green, shape


def _fibres(corners: Float64Array, area: npt.NDArray[np.float64], rng: np.random.Generator) -> Mesh:
    """Short fibres all over triangles (n, 3, 3) of such areas (n,)."""
    chosen = rng.choice(len(area), _FIBRES, p=area / area.sum())
    first, second = np.sort(rng.uniform(size=(2, _FIBRES)), axis=0)
    weights = np.stack([first, second - first, 1 - second], 1)
    roots = (corners[chosen] * weights[..., None]).sum(1) - [0, 0.008, 0]
    return blades(roots, rng.uniform(0.02, 0.06, _FIBRES), rng.normal(0, 0.55, (_FIBRES, 2)), 0.28, steps=1)
