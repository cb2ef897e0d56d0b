"""The fringe of a rug: tufts of thin yarn that lie as they fell, bent, of uneven length."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh

_TUFT, _YARNS = 0.05, 7  # from tuft to tuft, world units, and yarns of one
_LENGTH, _RADIUS = (0.13, 0.19), (0.0034, 0.005)
_LEAN, _FAN, _BEND = 0.035, 0.016, 0.014  # sideways at a yarn's end: of a whole tuft, of each yarn in it, and its bow
_STEPS, _SIDES = 9, 5
_BOUND = 0.18  # of a yarn's length, in which a tuft is tied
_LOW, _HIGH = -0.035, -0.012  # y where yarns end, on the floor, and where they leave the rug, under its top


def fringe(half: float, rng: np.random.Generator) -> Mesh:
    """Yarns along x from ``-half`` to ``half`` that run from z = 0 to larger z, one mesh; y = 0 is the rug's top."""
    knots = np.arange(-half + 0.5 * _TUFT, half, _TUFT)
    knots = knots + rng.uniform(-0.006, 0.006, len(knots))
    count, lean = len(knots) * _YARNS, rng.normal(0, _LEAN, len(knots)).repeat(_YARNS)
    place = rng.uniform(-1, 1, count)  # of a yarn in its tuft
    length = rng.uniform(*_LENGTH, len(knots)).repeat(_YARNS) * rng.uniform(0.8, 1.06, count)
    along = np.linspace(0, 1, _STEPS)
    free = np.clip((along - _BOUND) / (1 - _BOUND), 0, 1)
    tied = 0.5 + 0.5 * np.abs(along - _BOUND) / _BOUND  # tufts are narrowest where they are tied
    x = knots.repeat(_YARNS)[:, None] + 0.011 * place[:, None] * np.minimum(tied, 1.0)
    x = x + (lean + _FAN * (place + rng.normal(0, 0.6, count)))[:, None] * free**1.2
    x = x + rng.normal(0, _BEND, count)[:, None] * np.sin(np.pi * free) * free
    z = (length * np.cos(np.arctan(lean / length)))[:, None] * along - 0.015
    y = _LOW + (_HIGH - _LOW) * (1 - along) ** 2 + rng.uniform(0, 0.008, count)[:, None] * np.sin(np.pi * along)
    return _rods(np.stack([x, y, z], -1), rng.uniform(*_RADIUS, count))


def _rods(paths: Float64Array, radius: Float64Array) -> Mesh:
    """Round yarns (N, steps, 3) that run about along z, thinner at their ends."""
    turn = 2 * np.pi * np.arange(_SIDES) / _SIDES
    around = np.stack([np.cos(turn), np.sin(turn), 0 * turn], -1)
    taper = np.where(np.arange(_STEPS) == _STEPS - 1, 0.4, 1.0)
    points = paths[:, :, None] + (radius[:, None] * taper)[:, :, None, None] * around
    normals = np.broadcast_to(around, points.shape)
    step, side = np.mgrid[: _STEPS - 1, :_SIDES]
    here, beside = step * _SIDES + side, step * _SIDES + (side + 1) % _SIDES
    quads = np.concatenate(
        [np.stack([here, beside, here + _SIDES], -1), np.stack([beside, beside + _SIDES, here + _SIDES], -1)]
    ).reshape(-1, 3)
    faces = quads + (np.arange(len(paths)) * _STEPS * _SIDES)[:, None, None]
    return Mesh.of(points, faces, np.broadcast_to([0.5, 0.5], (*points.shape[:3], 2)), normals)
