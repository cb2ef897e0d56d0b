"""Walls of flowers and of leaves behind a set, out of focus: a photo booth's roses, bougainvillea, ivy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.assets.props.meshes.flowers import small_rose
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, rotation, unit
from photoshoot.placers.studio.landscape.flower_bushes import far_leaf
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.gradients import mix_hex


@dataclass(frozen=True, kw_only=True)
class Planting:
    """What grows on a wall."""

    heads: float
    """Flowers a square unit; 0: none, and the wall's colour is the leaves'."""
    radius: tuple[float, float]
    """Least and most of a flower's, world units."""
    leaves: float
    """Leaves a square unit."""


PLANTINGS: Final = MappingProxyType(
    {
        "flower_wall": Planting(heads=8.0, radius=(0.2, 0.36), leaves=12),
        "blossom_wall": Planting(heads=22.0, radius=(0.07, 0.13), leaves=50),
        "leaf_wall": Planting(heads=0.0, radius=(0.1, 0.1), leaves=70),
    }
)
"""Kinds of walls."""
_ROSES: Final = 3  # kinds of them
_DARK: Final = "#1d2a17"  # between the leaves
_GREEN: Final = "#4f7238"
_SHADES: Final = (("#1c2a14", 0.35), ("#1c2a14", 0.12), ("#ffffff", 0.08), ("#f4f0c0", 0.25))
"""What leaves of one colour are mixed with, and how far."""
_PALE: Final = (0.0, 0.16, 0.34)  # how much white is in flowers of one colour
_SHADES_AT_FOOT, _STEPS = (0.5, 0.9), 8  # of dark and of white petals, and steps from there to their rims
_TO_CAMERA: Final = 1.2  # how far petals are lit as their wall is: they let light through
_LENGTHS: Final = (0.26, 0.46)  # least and most of a leaf
_DEEP: Final = 0.35  # how far things stand out
_EVEN: Final = np.array([0.7548776662466927, 0.5698402909980532])
"""Powers of the plastic number's inverse, whose multiples fill a square evenly.
Source: M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences (2018)."""
_FACING: Final = rotation(90, "x")[:3, :3]  # from lying on their backs to the camera


def planted_wall(
    kind: str, color: str, view: View, z: float, bottom: float, rng: np.random.Generator
) -> dict[str, object]:
    """A wall of a kind of ``PLANTINGS``.

    Args:
        kind: Its name.
        color: Its flowers, or its leaves where it has none, ``#rrggbb``.
        view: The camera.
        z: Depth of the wall.
        bottom: The lowest height that is seen.
        rng: The shot's generator.
    """
    planting = PLANTINGS[kind]
    half, top = view.half_width_at(z) + 0.5, view.top_at(z) + 0.5
    corner, size = np.array([-half, bottom, z]), np.array([2 * half, top - bottom])
    greens = np.stack([mix_hex(_GREEN if planting.heads else color, *shade) for shade in _SHADES])
    count = int(planting.leaves * size.prod())
    turns = _FACING @ random_turns(count, rng, 65) * rng.uniform(*_LENGTHS, count)[:, None, None]
    blade, places = far_leaf().turned(-90, "x").shaded(0.5), _spread(count, corner, size, rng)
    foliage = copies(blade, turns, places, _dyes(len(greens), count, rng))
    shapes: dict[str, object] = {
        "wall": to_shape(stage_wall(view, z=z, bottom=bottom - 1.0), bsdf=diffuse(_DARK)),
        "wall_leaves": to_shape(foliage, bsdf=diffuse(bitmap(greens[None].astype(np.float32), clamp=True))),
    }
    if planting.heads:
        heads = _heads(planting, corner, size, rng)
        shapes["wall_flowers"] = to_shape(heads, bsdf=diffuse(bitmap(_petals(color), clamp=True)))
    return shapes


def _heads(planting: Planting, corner: Float64Array, size: Float64Array, rng: np.random.Generator) -> Mesh:
    count = int(planting.heads * size.prod())
    places = _spread(count, corner, size, rng) + np.array([0, 0, 0.3 * _DEEP])
    frames = _FACING @ random_turns(count, rng, 38) * rng.uniform(*planting.radius, count)[:, None, None]
    dyes, kinds = _dyes(len(_PALE), count, rng), np.arange(count) % _ROSES
    rows = [kinds == n for n in range(_ROSES)]
    heads = merged([copies(small_rose(n), frames[row], places[row], dyes[row]) for n, row in enumerate(rows)])
    assert heads.normals is not None
    facing = heads.normals * np.where(heads.normals[:, 2:] < 0, -1, 1)
    return replace(heads, normals=unit(facing + np.array([0.0, 0.0, _TO_CAMERA])))


def _spread(count: int, corner: Float64Array, size: Float64Array, rng: np.random.Generator) -> Float64Array:
    """Places (count, 3) over a wall from its lower left corner, as far before it as by chance: no gap, and no row."""
    at = (rng.uniform(size=2) + np.arange(1, count + 1)[:, None] * _EVEN) % 1
    return np.asarray(corner + np.column_stack([at * size, rng.uniform(0.04, _DEEP, count)]), np.float64)


def _dyes(kinds: int, count: int, rng: np.random.Generator) -> Float64Array:
    """Shifts (count, 2) of texture coordinates to a column by chance."""
    return np.stack([(rng.integers(kinds, size=count) + 0.5) / kinds, np.zeros(count)], 1)


def _petals(color: str) -> Float32Array:
    """Shades of a colour side by side, a petal's foot above and its rim below, (8, 3, 3)."""
    dyes = np.stack([mix_hex(color, "#ffffff", share) for share in _PALE])
    foot = np.interp(hex_to_oklab(color)[0], (0.6, 0.95), _SHADES_AT_FOOT)
    shade = np.linspace(foot, 1.0, _STEPS)[:, None, None]
    return np.asarray(np.minimum(shade * dyes, 0.92), np.float32)
