"""A cliff over the sea: a slab on bare rock that breaks off behind it, and headlands in the haze to one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.boulders import Slab
from photoshoot.placers.studio.landscape.grid import ground_points
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import smoothstep

FALL: Final = 4.5
"""How far under the product the sea is, world units."""
_BACK: Final = -9.0
_TOP: Final = 0.12  # height of the slab on it
_BROW, _RAGGED, _STEEP = 1.0, 0.5, 0.5
"""From the slab to where the rock breaks off, how far that strays, and how far its face leans; world units."""
_LEDGE, _UNDER, _BESIDE = 0.25, -0.04, 0.35
"""The least from the slab to the brow; how far the rock keeps under its top, and how fast it may rise beside it."""
_REPEATS: Final = 0.3
_HEADLANDS: Final = ((-50.0, 0.5, 0.5, 0.12), (-84.0, 0.2, 1.0, 0.34), (-140.0, -0.2, 1.8, 0.6))
"""Of each headland: its depth; how far aside its point is, of what is seen there to a side; how high it is over the
product; and the share of the horizon's colour in it."""
_POINT: Final = 5.0  # how far inland it has its height
_ROWS, _COLUMNS = 48, 180
_DETAIL: Final = 0.4  # of the points that smooth ripples need, what the rock has
_GRASS, _CHALK = "#66753f", "#b89a76"
_STRATA: Final = 1.3  # a world unit
_CAPS: Final = 0.35  # what of the sea's foam far off is white


@dataclass(frozen=True, kw_only=True)
class SeaCliff:
    """Where it breaks off."""

    slab: Slab
    """The flat rock on it that the product stands on."""
    side: float
    """The side on which headlands are seen, -1 or 1."""
    seed: int
    """Chooses its rock."""

    @classmethod
    def under(cls, view: View, rng: np.random.Generator) -> Self:
        """One that the product of a view stands on; headlands are on the side with more room."""
        side = float(np.sign(-view.product_x) or rng.choice([-1.0, 1.0]))
        return cls(slab=Slab.under(view, _TOP), side=side, seed=int(rng.integers(64)))

    def height(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Of the rock; under the sea, where it has broken off."""
        slab = self.slab
        ragged = _RAGGED * plane_noise(x * 0.7, z * 0.35, seed=self.seed, octaves=4, gain=0.6)
        beyond = slab.back - _BROW - z + np.clip(ragged, -_BROW, _BROW - _LEDGE)
        uneven = 0.09 * (plane_noise(x * 1.1, z * 1.1, seed=self.seed + 2, octaves=5, gain=0.6) - 0.7)
        away = np.maximum.reduce([np.abs(x - slab.x) - slab.reach, slab.back - z, z - slab.front, 0 * x])
        rock = np.minimum(uneven - slab.height, _UNDER + _BESIDE * away)
        return np.asarray(rock - (FALL + 1.0) * smoothstep(0.0, _STEEP, beyond), np.float64)

    def resting(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Height of what a thing lies on: the slab, or the rock round it."""
        return np.where(self.slab.covers(x, z, 1.0), 0.0, self.height(x, z))

    def mesh(self, view: View) -> Mesh:
        """The rock, with texture coordinates that run down its face, too."""
        x, z = ground_points(view, _BACK, _DETAIL)
        y = self.height(x, z)
        return relief(np.stack([x, y, z], -1), _REPEATS * np.stack([x, z - y], -1))

    def headlands(self, view: View, color: str, horizon: str) -> dict[str, object]:
        """Cliffs of a colour farther along the coast, the farther the more of the horizon's."""
        return {f"headland_{number}": self._headland(view, number, color, horizon) for number in range(len(_HEADLANDS))}

    def _headland(self, view: View, number: int, color: str, horizon: str) -> object:
        z, point, over, haze = _HEADLANDS[number]
        half = view.half_width_at(z)
        inland = (1.1 - point) * half
        along = np.linspace(0, inland, _COLUMNS)[None] if self.side > 0 else np.linspace(inland, 0, _COLUMNS)[None]
        down = np.linspace(0, 1, _ROWS)[:, None]
        top = self._outline(along, number, over)
        y = top + (-FALL - 0.3 - top) * down
        x = np.broadcast_to(self.side * (point * half + along), y.shape)
        away = 0.8 * plane_noise(x * 0.5, y * 0.1, seed=self.seed + number, octaves=4, gain=0.6)
        away = away + 0.3 * plane_noise(x * 0.15, _STRATA * y, seed=self.seed + 41 + number, octaves=3)
        points = np.stack([x, y, z + away + 1.4 * down * smoothstep(0.0, 1.0, along)], -1)
        paint = self._paint(points, top, number, color)
        paint = paint * (1 - haze) + hex_to_linear(horizon) * haze
        return to_shape(relief(points), bsdf=diffuse(bitmap(np.asarray(paint, np.float32), clamp=True)))

    def _outline(self, along: Float64Array, number: int, over: float) -> Float64Array:
        """Height of a headland's top so far inland from its point, (1, n): it falls off to the sea in steps."""
        steps = plane_noise(along * 0.55, 0 * along, seed=self.seed + 11 + number, octaves=3)
        rough = plane_noise(along * 1.7, 0 * along, seed=self.seed + 21 + number, octaves=3)
        share = smoothstep(0.0, _POINT, along + 0.8 * steps) ** 0.7
        return np.asarray(-FALL + (FALL + over) * share + (0.55 * steps + 0.12 * rough) * share, np.float64)

    def _paint(self, points: Float64Array, top: Float64Array, number: int, color: str) -> Float32Array:
        """Strata in a face, torn and dark in its clefts, and grass on its top, (rows, columns, 3)."""
        x, y, _ = np.moveaxis(points, -1, 0)
        bent = 0.5 * plane_noise(x * 0.2, y * 0.2, seed=self.seed + 31, octaves=2)
        strata = plane_noise(0.06 * x, _STRATA * (y + bent), seed=self.seed + 32, octaves=4, gain=0.7)
        clefts = plane_noise((x + bent) * 0.9, y * 0.22, seed=self.seed + 33 + number, octaves=4, gain=0.7)
        stone = 0.4 * hex_to_linear(color) + 0.6 * hex_to_linear(_CHALK)
        face = stone * np.clip(0.85 + 0.16 * strata - 0.38 * np.maximum(clefts, 0), 0.25, 1.2)[..., None]
        grown = smoothstep(1.5, 0.5, (top - y) + 0.7 * clefts)[..., None]
        return np.asarray(face * (1 - grown) + hex_to_linear(_GRASS) * grown, np.float32)

    def foam(self, view: View, x: Float64Array, z: Float64Array) -> Float64Array:
        """Where the sea is white, 0 to 1: on its waves, and at the feet of the headlands."""
        torn = plane_noise(x * 0.5, z * 0.22, seed=self.seed + 3, octaves=4, gain=0.75)
        gusts = plane_noise(x * 0.06, z * 0.03, seed=self.seed + 4, octaves=2)
        total = _CAPS * smoothstep(0.75, 1.25, torn + 0.45 * gusts)
        for depth, point, *_ in _HEADLANDS:
            aside = self.side * x - point * view.half_width_at(depth)
            near = np.hypot(np.minimum(aside + 0.5, 0), np.maximum(z - depth - 1.5, 0) * 0.5)
            total = np.maximum(total, smoothstep(1.5, 0.2, near + 0.8 * torn) * (z > depth - 3))
        return np.asarray(total * smoothstep(-150.0, -60.0, z), np.float64)
