"""Plants at both sides of a set in nature: leafy stems, tufts of grass, fallen petals."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import blades, copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import branch, petal
from photoshoot.placers.studio.geometry.terrain import Terrain
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape

GRASS = "#7d8a45"
_LEAF = "#5d7a4a"
_PETAL = "#f3b9c6"
_LYING = 0.025  # height of a fallen petal's middle over the ground, world units
_BLADES = 44  # in a tuft
_LENGTH = 0.8  # of the largest blades of a tuft of size 1, world units
_CLUMP = 3  # tufts
_LEAST_ROOM = 0.2  # beside the product, in which stems rise, world units


def plant(kind: str, view: View, terrain: Terrain, clear: float, rng: np.random.Generator) -> dict[str, object]:
    """Plants as shapes.

    Args:
        kind: ``none``, ``leaves``, ``grass`` or ``petals``.
        view: The camera; nothing grows before or close behind the product.
        terrain: What they stand or lie on.
        clear: Half width of what the product stands on.
        rng: The shot's generator.
    """
    if kind == "leaves":
        return {"leaves": to_shape(_stems(view, terrain, rng), bsdf=diffuse(_LEAF))}
    if kind == "grass":
        roots = tuft_places(view, clear, rng, int(np.clip(4 * view.half_width, 6, 26)))
        return {"grass": to_shape(tufts(roots, terrain, rng), bsdf=diffuse(bitmap(grass_albedo(GRASS))))}
    if kind == "petals":
        return {"petals": to_shape(_petals(view, terrain, rng), bsdf=diffuse(_PETAL))}
    return {}


def tuft_places(view: View, clear: float, rng: np.random.Generator, count: int) -> Float64Array:
    """About ``count`` places (k, 2), x and z, in clumps beside the product and behind it to both sides."""
    clumps = -(-count // _CLUMP)
    z = rng.uniform(-3.2, 0.4, clumps)
    side = np.where(np.arange(clumps) % 2 == 0, -1.0, 1.0)
    room = np.clip(0.45 * (view.half_width - view.product_half_width), 0.15, 1.2)
    seen = (view.product_half_width + 0.2 + 0.25 * room) * (view.distance - z) / view.distance
    near = np.where(z > -1.3, np.maximum(clear + 0.25 * room, seen), seen)
    x = view.product_x + side * (near + rng.exponential(room, clumps))
    spread = rng.normal(0, 0.16, (clumps, _CLUMP, 2)) * [1.0, 0.8]
    return np.asarray((np.stack([x, z], 1)[:, None] + spread).reshape(-1, 2), np.float64)


def tufts(places: Float64Array, terrain: Terrain, rng: np.random.Generator) -> Mesh:
    """Tufts of grass in many sizes, their blades fanned out and bent by one wind."""
    count = len(places) * _BLADES
    sizes = np.repeat(np.exp(rng.uniform(np.log(0.35), np.log(1.1), len(places))), _BLADES)
    root = np.repeat(places, _BLADES, axis=0) + rng.normal(0, 0.085, (count, 2)) * sizes[:, None]
    points = np.stack([root[:, 0], terrain(root[:, 0], root[:, 1]) - 0.02, root[:, 1]], 1)
    outward = (root - np.repeat(places, _BLADES, axis=0)) / (0.085 * sizes[:, None])
    lean = 0.26 * outward + rng.normal(0, 0.3, (count, 2)) + rng.normal(0, 0.2, 2)
    lengths = _LENGTH * sizes * rng.uniform(0.35, 1.1, count)
    return blades(points, lengths, lean, 0.035, steps=5)


def grass_albedo(color: str) -> Float32Array:
    """Grass from the tip down; each blade has a shade of its own, some are dry."""
    rng = np.random.default_rng(8)
    tone = np.exp(rng.normal(0, 0.22, (1, 512, 1)))
    dry = (rng.uniform(size=(1, 512, 1)) < 0.18) * 0.7
    albedo = hex_to_linear(color) * (1 - dry) + hex_to_linear("#b9a46a") * dry
    return np.asarray(np.clip(albedo * tone * np.linspace(1.2, 0.5, 8)[:, None, None], 0, 0.9), np.float32)


def _stems(view: View, terrain: Terrain, rng: np.random.Generator) -> Mesh:
    """Leafy stems that rise at both sides, behind the product's plane, and lean outwards."""
    parts = []
    gap = float(np.clip(0.3 * (view.half_width - view.product_half_width), 0.05, 0.45))
    for index in range(int(np.clip(2 * view.half_width, 4, 12))):
        side, z = (-1.0 if index % 2 else 1.0), float(rng.uniform(-3.2, -2.0))
        edge = (view.product_half_width + gap) * (view.distance - z) / view.distance
        room = max(view.half_width_at(z) - side * view.product_x - edge, _LEAST_ROOM)
        x = view.product_x + side * (edge + float(rng.exponential(0.9)) % room)  # those past the picture's edge, too
        stem = _stem(index % 4).scaled(float(rng.uniform(0.8, 1.25)))
        stem = stem.turned(float(rng.uniform(52, 84)), "z").turned(float(rng.uniform(-50, 50)))
        stem = stem.scaled(side, 1.0, 1.0) if side < 0 else stem
        parts.append(stem.moved(x, float(terrain(np.array([x]), np.array([z]))[0]), z))
    return merged(parts)


@lru_cache(maxsize=4)
def _stem(number: int) -> Mesh:
    return branch(1.7, pairs=7, leaf_length=0.46, leaf_width=0.17, seed=number)


def _petals(view: View, terrain: Terrain, rng: np.random.Generator) -> Mesh:
    """Fallen petals on the ground and the slab, most near the product."""
    count = int(np.clip(20 * view.half_width, 30, 130))
    z = rng.uniform(-1.6, 1.0, count)
    x = view.product_x + rng.choice([-1.0, 1.0], count) * (0.75 * view.product_half_width + rng.exponential(1.1, count))
    size = rng.uniform(0.11, 0.21, count)
    before = (z > 0) & (np.abs(x - view.product_x) < view.product_half_width + size)
    over = before & (_LYING + 0.5 * size > z * view.camera_y / view.distance)  # its tip would hide the product's foot
    free = (Footprint.of(view).distance(x, z) > 0.16) & ~over
    places, size = np.stack([x, z], 1)[free], size[free]
    points = np.stack([places[:, 0], terrain(places[:, 0], places[:, 1]) + _LYING, places[:, 1]], 1)
    flat = petal(1.0, 0.8, cup=0.35).turned(-90, "x")
    return copies(flat, random_turns(len(points), rng, 30) * size[:, None, None], points)
