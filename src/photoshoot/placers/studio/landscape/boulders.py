"""Rocks in a set: the slab that a product stands on, and boulders on uneven ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photoshoot.color.space import format_hex, linear_to_srgb
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import boulder, box_mapped, slab
from photoshoot.placers.studio.geometry.terrain import Terrain
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, textured
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.soil import rock

_REPEATS = 0.42  # of a rock's texture, a world unit
_RELIEF = 0.007
_KINDS = 10  # of boulders; more would not be told apart
_LARGE = 0.38  # from this radius on they need more triangles
_BURIED = 0.2  # how far the slab's sides go down into the ground
_TEXTURES = 3
_KEPT_BY_WATER = 0.3
_STEP = 0.08  # of the rooms along a slab's edge, and their radius, world units


@dataclass(frozen=True, kw_only=True)
class Slab:
    """The rock that the product stands on; its top is y = 0."""

    x: float
    """x of its middle, world units."""
    reach: float
    """Half its width, world units."""
    front: float
    """Depth (z) of its front edge, world units."""
    back: float
    """Depth (z) of its back edge, world units."""
    height: float
    """Height of its top over the ground round it, world units."""

    @classmethod
    def under(cls, view: View, most: float = 0.4) -> Slab:
        """A slab that the product fits on, as high as the picture's lower edge lets it be seen, up to ``most``."""
        reach = max(1.25, 1.28 * view.product_half_width + 0.1)
        front = 0.2 + 0.7 * min(reach, 1.1 + 0.25 * (reach - 1.1))
        height = float(np.clip(-0.62 * view.bottom_at(front), 0.08, most))
        back = -max(1.0, view.product_back + 0.45)
        return cls(x=view.product_x, reach=reach, front=front, back=back, height=height)

    def mesh(self, seed: int) -> Mesh:
        """It, with texture coordinates; its foot is in the ground."""
        depth = 0.5 * (self.front - self.back)
        body = slab(self.reach, depth, self.height + _BURIED, seed=seed, uneven=0.025)
        return box_mapped(body.moved(self.x, 0.0, self.front - depth), _REPEATS)

    def rim(self) -> tuple[tuple[float, float, float], ...]:
        """Rooms along its edge, on which nothing lies, as ``View.taken``."""
        x = np.arange(-self.reach, self.reach, _STEP) + self.x
        z = np.arange(self.back, self.front, _STEP)
        sides = [(float(at), edge) for at in x for edge in (self.back, self.front)]
        sides += [(self.x + side * self.reach, float(at)) for at in z for side in (-1, 1)]
        return tuple((across, deep, _STEP) for across, deep in sides)

    def covers(self, x: npt.ArrayLike, z: npt.ArrayLike, share: float = 0.8) -> npt.NDArray[np.bool_]:
        """Whether places lie over the middle ``share`` of it."""
        middle, depth = 0.5 * (self.front + self.back), 0.5 * (self.front - self.back)
        aside = np.abs(np.asarray(x, np.float64) - self.x) < share * self.reach
        return np.asarray(aside & (np.abs(np.asarray(z, np.float64) - middle) < share * depth), bool)


def rock_material(color: str, rng: np.random.Generator, *, wet: bool = False) -> Entry:
    """Rough rock at a place of its texture by chance; wet, it is darker and shines."""
    texture = rock(wetted(color, wet=wet), int(rng.integers(_TEXTURES)))
    return textured(texture, Tiling.drawn(1.0, rng), "satin" if wet else "matte", _RELIEF)


def wetted(color: str, *, wet: bool) -> str:
    """A stone's or the ground's colour, ``#rrggbb``: water on it keeps some of what its pores scatter."""
    return format_hex(linear_to_srgb(mix_hex(color, "#000000", _KEPT_BY_WATER))) if wet else color


def set_down(
    spots: npt.ArrayLike, sizes: npt.ArrayLike, ground: Terrain, rng: np.random.Generator, sunk: float = 0.42
) -> Mesh:
    """Boulders, turned and pressed flat by chance, with texture coordinates.

    Args:
        spots: (n, 2), x and z; at least one.
        sizes: (n,), radii.
        ground: Its height.
        rng: The shot's generator.
        sunk: Height of their middles over the ground, in radii: the less, the deeper they lie.
    """
    places, radii = np.asarray(spots, np.float64), np.asarray(sizes, np.float64)
    turns = random_turns(len(radii), rng, 40)
    squash = np.stack([np.ones_like(radii), rng.uniform(0.62, 0.85, len(radii)), np.ones_like(radii)], 1)
    middles = np.stack([places[:, 0], ground(places[:, 0], places[:, 1]) + sunk * radii, places[:, 1]], 1)
    frames = (radii[:, None] * squash)[..., None] * turns
    kinds = rng.integers(0, _KINDS, len(radii))
    return merged(
        box_mapped(copies(boulder(int(kind), detail=4 if radius > _LARGE else 3), frame[None], middle[None]), _REPEATS)
        for kind, radius, frame, middle in zip(kinds, radii, frames, middles, strict=True)
    )
