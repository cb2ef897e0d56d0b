"""How much of some things is inside others: what can't be where something else is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.geometry.mesh import Mesh

Points = npt.NDArray[np.float64]
_CELL = 0.05  # of the squares of the support that heights are taken over, world units
_UNDER, _OVER = 0.03, 0.02  # how far inside a column of its height a point counts


def surface_points(meshes: Iterable[Mesh]) -> Points:
    """Points (N, 3) all over meshes, as close as the squares."""
    found: list[Points] = [np.zeros((0, 3))]
    for mesh in meshes:
        faces = mesh.vertices[mesh.faces].astype(np.float64)
        found.append(faces.reshape(-1, 3))
        for _ in range(6):
            faces = faces[np.linalg.norm(faces - np.roll(faces, 1, axis=1), axis=2).max(1) > _CELL]
            middles = (faces + np.roll(faces, -1, axis=1)) / 2
            found.append(middles.reshape(-1, 3))
            corners = [np.stack([faces[:, i], middles[:, i], middles[:, i - 1]], 1) for i in range(3)]
            faces = np.concatenate([middles, *corners])
    return np.concatenate(found)


def share_inside(points: Points, others: Points) -> float:
    """Share of points (N, 3) that are between the lowest and the highest of others (M, 3) in their square."""
    if not len(points) or not len(others):
        return 0.0
    cells, theirs = (np.floor(part[:, [0, 2]] / _CELL).astype(int) for part in (points, others))
    first = np.minimum(cells.min(0), theirs.min(0))
    size = np.maximum(cells.max(0), theirs.max(0)) - first + 1
    top, foot = np.full(size, -np.inf), np.full(size, np.inf)
    np.maximum.at(top, tuple((theirs - first).T), others[:, 1])
    np.minimum.at(foot, tuple((theirs - first).T), others[:, 1])
    here = tuple((cells - first).T)
    return float(((points[:, 1] < top[here] - _UNDER) & (points[:, 1] > foot[here] + _OVER)).mean())
