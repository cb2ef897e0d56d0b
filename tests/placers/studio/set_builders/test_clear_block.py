from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box
from photoshoot.placers.studio.set_builders.clear_block import faces_and_edges

BODIES = {
    "block": rounded_box((1.2, 0.2, 0.9), 0.03).moved(0, -0.2),
    "disc": bevelled_cylinder(1.2, 0.4, 0.03).moved(0, -0.4),
}


def area(mesh: Mesh) -> float:
    corners = mesh.vertices[mesh.faces]
    return float(np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum())


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("turned", [False, True], ids=["upright", "lying"])
def test_a_body_is_its_sides_and_thin_edges(body: Mesh, turned: bool) -> None:
    body = body.turned(90, "x") if turned else body
    sides, edges = faces_and_edges(body)
    assert len(sides.faces) + len(edges.faces) == len(body.faces)
    assert 0 < area(edges) < 0.12 * area(sides)


def test_its_foot_is_free_of_the_floor() -> None:
    sides, _ = faces_and_edges(BODIES["block"])
    assert -0.4 < sides.vertices[:, 1].min() < -0.39
