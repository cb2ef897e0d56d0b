"""Ground that is uneven beside the product and flat under it, and what lies about on it in a wood."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points, places_in_sight
from photoshoot.placers.studio.landscape.ground_cover import pebble_material, pebbles_at
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape

_STONES, _STONES_M = 260, (0.0015, 0.009)  # how many, and their least and largest radius, metres
_LEAVES, _LEAVES_M, _LEAF_WIDTH = 70, (0.025, 0.06), 0.5
_LEAF_SHADES = ("#5a3f26", "#6f4c2a", "#86602f", "#4a3524", "#94733f", "#7a4326")
_BESIDE_A_SHOE, _MOST = 10.0, 5.0  # world units a metre for which these are, and how many times as many lie there
_LARGER = 0.4  # power of that by which they are larger there, to be seen
_THINNER = 1.7  # how much they thin out towards the camera: evenly over the picture, they are a carpet there
_FAR = -7.0  # farther back nothing of this is made out


@dataclass(frozen=True, kw_only=True)
class Uneven:
    """Its shape."""

    view: View
    """The camera and the product's room."""
    metre: float
    """World units a metre."""
    bumps_m: float
    """How uneven it is, metres."""
    seed: int
    """Chooses the bumps."""

    def __call__(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Heights at places of any shape, world units."""
        metre = self.metre
        rough = Footprint.of(self.view).clear(x, z, 0.15 * metre, 0.9 * metre)
        bumps = plane_noise(x / (0.7 * metre), z / (0.7 * metre), seed=self.seed, octaves=3) - 0.3
        return np.asarray(self.bumps_m * metre * rough * bumps, np.float64)

    def mesh(self, back: float) -> Mesh:
        """It, out to a depth; texture coordinates are world units."""
        x, z = ground_points(self.view, back)
        return relief(np.stack([x, self(x, z), z], -1), np.stack([x, z], -1))


def litter(ground: Uneven, color: str, rng: np.random.Generator) -> dict[str, object]:
    """Small stones of the ground's colour and fallen leaves, clear of the product, as shapes."""
    view, metre = ground.view, ground.metre
    share = float(np.clip((_BESIDE_A_SHOE / metre) ** 1.2, 1.0, _MOST))  # a bicycle's picture shows more of the ground
    metre = metre * share**_LARGER
    stones = _strewn(view, round(share * _STONES), _STONES_M[1] * metre, rng)
    gravel = pebbles_at(stones, _sizes(_STONES_M, metre), ground, rng)
    spots = _strewn(view, round(share * _LEAVES), 0.4 * _LEAVES_M[1] * metre, rng)
    return {
        "stones": to_shape(gravel, bsdf=pebble_material(color)),
        "leaves": to_shape(_leaves(spots, _sizes(_LEAVES_M, metre), ground, rng), bsdf=diffuse(bitmap(_dry()))),
    }


def _sizes(of: tuple[float, float], metre: float) -> tuple[float, float]:
    return of[0] * metre, of[1] * metre


def _strewn(view: View, count: int, clear: float, rng: np.random.Generator) -> Float64Array:
    """At most ``count`` places (k, 2), x and z, over the picture, fewer towards its foot; ``clear`` of the product."""
    near = min(float(view.floor_z(view.height_px * 1.02)), 0.8 * view.distance)
    x, z = places_in_sight(view, rng.uniform(0.0, 1.0, count) ** _THINNER, near, _FAR, rng)
    return np.stack([x, z], 1)[Footprint.of(view).distance(x, z) > clear]


def _leaves(spots: Float64Array, sizes: tuple[float, float], ground: Uneven, rng: np.random.Generator) -> Mesh:
    """Leaves that lie on the ground, their tips and edges up; u is the shade, v 0 on the vein and 1 at the edge."""
    size = rng.uniform(*sizes, len(spots))
    blade = leaf(1.0, _LEAF_WIDTH, curl=-0.1, fold=0.3, unseen=len(spots) > 2 * _LEAVES).moved(-0.5).turned(-90, "x")
    assert blade.uv is not None
    uv = np.stack([0 * blade.uv[:, 1], 0.05 + 0.9 * np.abs(2 * blade.uv[:, 1] - 1)], 1)
    points = np.stack([spots[:, 0], ground(spots[:, 0], spots[:, 1]) + 0.03 * size, spots[:, 1]], 1)
    shade = (rng.integers(len(_LEAF_SHADES), size=len(spots)) + 0.5) / len(_LEAF_SHADES)
    turns = random_turns(len(spots), rng, 12) * size[:, None, None]
    return copies(replace(blade, uv=uv.astype(np.float32)), turns, points, np.stack([shade, 0 * shade], 1))


def _dry() -> Float32Array:
    """Dead leaves side by side, (8, n, 3), paler on the vein."""
    shades = np.stack([hex_to_linear(color) for color in _LEAF_SHADES])
    return np.asarray(shades[None] * np.linspace(1.35, 0.85, 8)[:, None, None], np.float32)
