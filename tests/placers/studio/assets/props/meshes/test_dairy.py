"""Cheese is closed: no slit between a cut face and the rind shows its dark inside."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from photoshoot.placers.studio.assets.props.meshes.dairy import cheese
from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, weld

_NEAR = 0.002


def _borders(mesh: Mesh) -> np.ndarray:
    """Points (n, 3), close together, on the edges that only one face has."""
    mesh = drop_degenerate(mesh)
    corners = weld(mesh.vertices)[mesh.faces]
    sides = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    ends = np.concatenate([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]])
    _, first, count = np.unique(sides, axis=0, return_index=True, return_counts=True)
    lines = mesh.vertices[ends[first[count == 1]]].astype(np.float64)
    return np.concatenate([np.linspace(a, b, 2 + int(np.linalg.norm(b - a) / _NEAR)) for a, b in lines])


@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize(("start", "end"), [(24.0, 318.0), (-26.0, 22.0)])
def test_cut_faces_meet_the_rind_all_along(start: float, end: float, holes: bool) -> None:
    rind, cut = cheese(start, end, 0.55, holes=holes)
    rim = _borders(cut)
    rim = rim[(np.hypot(rim[:, 0], rim[:, 2]) > 5e-3)]  # the axis is inside
    assert len(rim) > 1000
    edge = _borders(rind)
    assert np.max(cKDTree(edge).query(rim)[0]) < 0.005
    assert np.max(cKDTree(rim).query(edge[np.hypot(edge[:, 0], edge[:, 2]) > 0.02])[0]) < 0.005
