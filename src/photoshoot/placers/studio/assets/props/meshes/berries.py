"""Soft fruit: strawberries and blueberries. Unit sizes, round the origin."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.meshes.produce import small_leaf
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile, sphere, tube_along

_OUTLINE = (
    (0.0, 0.5),
    (0.28, 0.54),
    (0.46, 0.42),
    (0.5, 0.16),
    (0.43, -0.14),
    (0.3, -0.44),
    (0.16, -0.66),
    (0.0, -0.74),
)
_SEEDS = 74
_SEED = (0.016, 0.028)  # half width and half length
_PIT = 0.055  # reach of the hollow that a seed lies in
_SEPALS = 8


@lru_cache(maxsize=1)
def strawberry() -> tuple[Mesh, Mesh, Mesh]:
    """A strawberry 1.25 long, its stalk up: its flesh, its seeds, and its leaves with the stalk."""
    flesh = lathe(rounded_profile(_OUTLINE, 0.035)[::2], 60)
    points, normals = flesh.vertices.astype(np.float64), _outward(flesh)
    seeds = points[_spread(points, _SEEDS)]
    nearest = np.linalg.norm(points[:, None] - seeds[None], axis=2).min(1)
    hollow = 0.022 * np.exp(-((nearest / _PIT) ** 2))
    grain = sphere(1.0, rings=4, segments=6).scaled(_SEED[0], _SEED[1], _SEED[0])
    lain = [grain.moved(*map(float, 0.985 * place)) for place in seeds]
    return flesh.bent(points - normals * hollow[:, None]), merged(lain), _leaves()


def _leaves() -> Mesh:
    leaf = small_leaf(0.42)
    parts = []
    for number in range(_SEPALS):
        droop, turn = 2.0 + 8 * (number % 3), 360.0 / _SEPALS * number + 7 * (number % 2)
        sepal = leaf.scaled(0.5 + 0.08 * (number % 2)).moved(0.25).turned(-droop, "z")
        parts.append(sepal.moved(0, 0.575).turned(turn, "y"))
    stalk = tube_along([(0, 0.5, 0), (0.02, 0.68, 0), (0.07, 0.8, 0.02)], 0.025, sides=8)
    return merged([*parts, stalk.shaded(np.full(len(stalk.vertices), 0.5))])


@lru_cache(maxsize=1)
def blueberry() -> Mesh:
    """A blueberry of radius 1, its crown up; v is 1 in the crown."""
    angle = np.linspace(np.radians(26), np.pi, 22)
    body = np.stack([np.sin(angle), 0.92 * np.cos(angle)], 1)
    body[-1, 0] = 0.0
    crown = np.array([(0.0, 0.74), (0.2, 0.75), (0.3, 0.9), (0.37, 0.95), (0.42, 0.88)])
    mesh = lathe(np.concatenate([crown, body]), 32)
    out = np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 2])
    return mesh.shaded(np.where((out < 0.36) & (mesh.vertices[:, 1] > 0), 1.0, 0.0))


def _outward(mesh: Mesh) -> Float64Array:
    normals = mesh.smoothed().normals
    assert normals is not None
    return np.asarray(normals, np.float64)


def _spread(points: Float64Array, count: int) -> list[int]:
    """Numbers of points that lie evenly over a surface: each is the farthest from those before."""
    chosen = [int(np.argmin(points[:, 1]))]
    away = np.linalg.norm(points - points[chosen[0]], axis=1)
    while len(chosen) < count:
        chosen.append(int(np.argmax(away)))
        away = np.minimum(away, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return chosen
