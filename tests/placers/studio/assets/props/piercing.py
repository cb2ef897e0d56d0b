"""How much of some things is inside others: what can't be where something else is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.geometry.mesh import Mesh

Points = npt.NDArray[np.float32]
_CELL = 0.05  # of the squares of the support that heights are taken over, world units
_UNDER, _OVER = 0.03, 0.02  # how far inside a column of its height a point counts


def surface_points(meshes: Iterable[Mesh]) -> Points:
    """Points (N, 3) all over meshes, as close as the squares: each triangle's corners, and a lattice between them."""
    found: list[Points] = [np.zeros((0, 3), np.float32)]
    for mesh in meshes:
        faces = mesh.vertices[mesh.faces].astype(np.float32)
        sides = faces - faces[:, [2, 0, 1]]
        longest = np.sqrt(np.maximum.reduce([*np.einsum("ijk,ijk->ij", sides, sides).T]))
        halvings = np.ceil(np.log2(np.maximum(longest / _CELL, 1))).clip(max=6)
        for times in np.unique(halvings).astype(int):
            steps = 2**times
            weights = np.array([(i, j, steps - i - j) for i in range(steps + 1) for j in range(steps + 1 - i)])
            shares = (weights / steps).astype(np.float32)
            found.append((shares @ faces[halvings == times]).reshape(-1, 3))
    return np.concatenate(found)


def share_inside(points: Points, others: Points) -> float:
    """Share of points (N, 3) that are between the lowest and the highest of others (M, 3) in their square."""
    if not len(points) or not len(others):
        return 0.0
    cells, theirs = (np.floor(part[:, [0, 2]] / np.float32(_CELL)).astype(np.int32) for part in (points, others))
    first = np.minimum(cells.min(0), theirs.min(0))
    size = np.maximum(cells.max(0), theirs.max(0)) - first + 1
    here, there = (np.ravel_multi_index(tuple((part - first).T), tuple(size)) for part in (cells, theirs))
    top, foot = (np.full(size.prod(), far, np.float32) for far in (-np.inf, np.inf))
    np.maximum.at(top, there, others[:, 1])
    np.minimum.at(foot, there, others[:, 1])
    return float(((points[:, 1] < top[here] - _UNDER) & (points[:, 1] > foot[here] + _OVER)).mean())
