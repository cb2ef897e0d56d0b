"""Vases, and the stems that stand in them. Unit sizes, on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, rotation
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile, tube_along

_OUTSIDES = (
    ((0.19, 0.98), (0.15, 0.86), (0.24, 0.7), (0.4, 0.42), (0.34, 0.14), (0.22, 0.0)),
    ((0.15, 1.08), (0.12, 0.9), (0.13, 0.68), (0.3, 0.36), (0.28, 0.1), (0.2, 0.0)),
    ((0.27, 0.86), (0.26, 0.6), (0.25, 0.3), (0.23, 0.05), (0.21, 0.0)),
)
MOUTHS = (0.98, 1.08, 0.86)
"""Heights of the vases' mouths."""
BELLIES = (0.4, 0.3, 0.27)
"""Their largest radii."""
_THICK = 0.03


@lru_cache(maxsize=3)
def vase(number: int) -> Mesh:
    """A vase about 1 high: with a belly and a neck, a bottle, or nearly a cylinder."""
    outside = np.array(_OUTSIDES[number])
    inside = outside[:3] - [_THICK, 0.0]
    lip = [[outside[0, 0] - _THICK / 2, outside[0, 1] + 0.012]]
    walls = rounded_profile(np.concatenate([inside[::-1], lip, outside]), 0.012)
    return lathe(np.concatenate([[[0.0, inside[-1, 1]]], walls, [[0.0, 0.0]]]), 72, crease_deg=60)


@lru_cache(maxsize=6)
def stems(number: int, count: int, *, half: bool) -> tuple[Mesh, Float64Array, Float64Array]:
    """Stems that rise from y = 0, a vase's mouth, and spread: them with their leaves, and where their heads are.

    Args:
        number: Which ones.
        count: How many.
        half: Whether they spread towards -x alone: of a vase that lies.

    Returns:
        The mesh, v from the stems (0.1) to the leaves' tips; the stems' ends (count, 3); the ways that they end in,
        (count, 3), of unit length.
    """
    rng = np.random.default_rng(500 + number)
    parts, ends, ways = [], [], []
    for index in range(count):
        around = 2 * np.pi * (index + rng.uniform(-0.3, 0.3)) / count
        around = 0.5 * np.pi + 0.5 * around if half else around
        lean = np.radians(rng.uniform(6, 18) if index % 3 == 0 else rng.uniform(22, 46))
        length = rng.uniform(0.62, 0.95)
        share = np.linspace(0, 1, 12)[:, None]
        out = np.array([np.cos(around), 0.0, np.sin(around)])
        path = [0.0, -0.25, 0.0] + share * [0.0, 0.25, 0.0] + out * 0.05 * share
        rise = length * (share * np.array([0.0, np.cos(lean), 0.0]) + share**1.7 * out * np.sin(lean))
        path = path + rise
        parts.append(tube_along(path, 0.016, sides=6).shaded(0.1))
        for place in rng.uniform(0.35, 0.85, 3):
            size = rng.uniform(0.26, 0.4)
            blade = leaf(size, 0.4 * size, curl=0.25, fold=0.25).turned(-90, "x")
            blade = blade.shaded(0.25 + 0.6 * np.clip(blade.vertices[:, 0] / size, 0, 1))
            turn = rotation(float(rng.uniform(0, 360))) @ rotation(float(rng.uniform(15, 55)), "z")
            at = np.array([np.interp(place, share[:, 0], path[:, axis]) for axis in range(3)])
            parts.append(blade.transformed(turn).moved(*map(float, at)))
        ends.append(path[-1])
        ways.append((path[-1] - path[-3]) / np.linalg.norm(path[-1] - path[-3]))
    return merged(parts), np.array(ends), np.array(ways)
