"""How things come to rest on level ground: on three points or more, with their weight between them."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh

_JOGGLE = "QJ"  # of Qhull: flat models have a hull, too


def at_rest(model: Mesh, turns_deg: Float64Array) -> Float64Array:
    """Turns (k, 3), as of ``copies``, after which a model lies as it would: the nearest to those that are given.

    A thing that is tilted by chance and set down touches the ground with one point, and hovers over it with all others.
    """
    faces = _stable_faces(model)
    turn = rotations(turns_deg)
    down = (turn @ faces.T).swapaxes(1, 2)  # (k, faces, 3): where each face looks
    lowest = down[np.arange(len(turn)), down[..., 1].argmin(1)]
    return _angles(_onto_ground(lowest) @ turn)


def rotations(turns_deg: Float64Array) -> Float64Array:
    """Rotations (k, 3, 3) of turns (k, 3): about z first, then x, then y."""
    z, x, y = np.radians(turns_deg).T
    return np.asarray(_turn(y, 2, 0) @ _turn(x, 1, 2) @ _turn(z, 0, 1), np.float64)


def _turn(angles: Float64Array, first: int, second: int) -> Float64Array:
    """Rotations (k, 3, 3) from one axis towards another."""
    turn = np.tile(np.eye(3), (len(angles), 1, 1))
    turn[:, first, first] = turn[:, second, second] = np.cos(angles)
    turn[:, second, first] = sine = np.sin(angles)
    turn[:, first, second] = -sine
    return turn


@lru_cache(maxsize=96)
def _stable_faces(model: Mesh) -> Float64Array:
    """Outward normals (n, 3) of those faces of a model's convex hull on which it does not topple."""
    from scipy.spatial import ConvexHull  # 0.1 s to import, for things that lie about alone

    corners = model.vertices[model.faces].astype(np.float64)
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    weight = (area[:, None] * corners.mean(1)).sum(0) / area.sum()
    hull = ConvexHull(np.unique(model.vertices.astype(np.float64), axis=0), qhull_options=_JOGGLE)
    a, b, c = (hull.points[hull.simplices[:, corner]] for corner in range(3))
    normals = hull.equations[:, :3]
    foot = weight - ((weight - a) * normals).sum(1)[:, None] * normals
    sides = [np.einsum("ij,ij->i", np.cross(q - p, foot - p), normals) for p, q in ((a, b), (b, c), (c, a))]
    inside = np.all(np.stack(sides) >= 0, 0) | np.all(np.stack(sides) <= 0, 0)
    inside[((a - weight) * normals).sum(1).argmin()] = True  # where the weight is lowest; rounding may deny it
    return np.asarray(normals[inside], np.float64)


def _onto_ground(ways: Float64Array) -> Float64Array:
    """The least rotations (k, 3, 3) that turn unit vectors (k, 3) straight down; none of them looks up.

    Source: Rodrigues' formula, with the sine and cosine of the angle between the two as products of them.
    """
    x, y, z = ways.T
    zero = np.zeros_like(x)
    cross = np.stack([zero, x, zero, -x, zero, -z, zero, z, zero], 1).reshape(-1, 3, 3)
    return np.asarray(np.eye(3) + cross + cross @ cross / (1 - y)[:, None, None], np.float64)


def _angles(turn: Float64Array) -> Float64Array:
    """The turns (k, 3) in degrees of rotations (k, 3, 3)."""
    x = np.arcsin(np.clip(-turn[:, 1, 2], -1, 1))
    y, z = np.arctan2(turn[:, 0, 2], turn[:, 2, 2]), np.arctan2(turn[:, 1, 0], turn[:, 1, 1])
    return np.asarray(np.degrees(np.stack([z, x, y], 1)), np.float64)
