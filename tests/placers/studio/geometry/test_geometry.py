from __future__ import annotations

import numpy as np
import pytest

from photoshoot.errors import SettingsError
from photoshoot.placers.studio.geometry.marching_squares import (
    arch_field,
    boundary_edges,
    extrude,
    polygon_field,
)
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, grid, merged, rotation, sweep, wall, weld
from photoshoot.placers.studio.geometry.organic import (
    blob,
    branch,
    leaf,
    maple_leaf,
    petal,
    pumpkin,
    pumpkin_stem,
)
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    rounded_box,
    rounded_box_sides,
    sphere,
    torus,
    tube,
    tube_along,
)

CYLINDER_BEVEL = 0.05
CLOSED = {
    "cylinder": (bevelled_cylinder(1.0, 2.0, CYLINDER_BEVEL), 2 * np.pi),
    "sphere": (sphere(1.0), 4 / 3 * np.pi),
    "box": (rounded_box((1.0, 0.5, 0.7), 0.02), 2.8),
    "torus": (torus(1.0, 0.3), 2 * np.pi**2 * 0.09),
    "tube": (tube((0, 0, 0), (1, 2, 3), 0.1, sides=96), np.pi * 0.01 * np.sqrt(14)),
    "arch": (extrude(arch_field(0.5, 2.0), (-1, -0.5, 1, 2.5), 0.3), (1.5 + np.pi / 8) * 0.3),
    "square": (extrude(polygon_field([[0, 0], [1, 0], [1, 1], [0, 1]]), (-0.2, -0.2, 1.2, 1.2), 0.5), 0.5),
}
GROWN = {"blob": blob(seed=2), "pumpkin": pumpkin(seed=1), "stem": pumpkin_stem()}
OPEN = {"leaf": leaf(), "petal": petal(), "maple": maple_leaf(seed=3), "branch": branch(), "floor": floor()}


def _volume(mesh: Mesh) -> float:
    a, b, c = (mesh.vertices[mesh.faces[:, corner]].astype(np.float64) for corner in range(3))
    return float((np.cross(a, b) * c).sum() / 6)


def _face_normals(mesh: Mesh) -> np.ndarray:
    a, b, c = (mesh.vertices[mesh.faces[:, corner]].astype(np.float64) for corner in range(3))
    return np.cross(b - a, c - a)


@pytest.mark.parametrize("name", CLOSED)
def test_closed_solids_have_their_volume_and_face_outward(name: str) -> None:
    mesh, volume = CLOSED[name]
    assert _volume(mesh) == pytest.approx(volume, rel=0.02), "a negative volume is a solid turned inside out"


@pytest.mark.parametrize("mesh", [*(mesh for mesh, _ in CLOSED.values()), *GROWN.values()])
def test_closed_solids_are_watertight(mesh: Mesh) -> None:
    faces = weld(mesh.vertices)[mesh.faces].astype(np.int32)
    assert len(boundary_edges(faces)) == 0
    assert _volume(mesh) > 0


@pytest.mark.parametrize("mesh", [mesh for mesh, _ in CLOSED.values() if mesh.normals is not None])
def test_vertex_normals_agree_with_faces_and_have_unit_length(mesh: Mesh) -> None:
    assert mesh.normals is not None
    along = (mesh.normals[mesh.faces].mean(1) * _face_normals(mesh)).sum(1)
    assert (along >= 0).all()
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)


def test_sphere_area_and_normals_follow_the_formula() -> None:
    mesh = sphere(2.0)
    assert np.linalg.norm(_face_normals(mesh), axis=1).sum() / 2 == pytest.approx(16 * np.pi, rel=0.005)
    assert mesh.normals is not None
    np.testing.assert_allclose(mesh.normals, mesh.vertices / 2, atol=1e-5)


@pytest.mark.parametrize("mesh", [floor(), grid([[[-1, 0, -1], [1, 0, -1]], [[-1, 0, 1], [1, 0, 1]]])])
def test_level_surfaces_face_up(mesh: Mesh) -> None:
    assert (_face_normals(mesh)[:, 1] > 0).all()


@pytest.mark.parametrize("mesh", [wall(), leaf(curl=0, fold=0), maple_leaf(curl=0, seed=1)])
def test_upright_surfaces_face_the_camera(mesh: Mesh) -> None:
    assert _face_normals(mesh)[:, 2].sum() > 0


def test_sweep_faces_the_camera_everywhere() -> None:
    normals = _face_normals(sweep())
    assert (normals[:, 1] + normals[:, 2] > 0).all()
    assert (normals >= -1e-9).all()


@pytest.mark.parametrize(
    "mesh", [*OPEN.values(), sphere(), bevelled_cylinder(1, 1), sweep(), rounded_box((1, 1, 1), 0.1)]
)
def test_texture_coordinates_are_in_range(mesh: Mesh) -> None:
    assert mesh.uv is not None
    assert mesh.uv.min() >= -1e-6
    assert mesh.uv.max() <= 1 + 1e-6


def test_box_sides_carry_upright_pictures() -> None:
    for name, side in rounded_box_sides((1.0, 2.0, 0.5), 0.05).items():
        assert side.uv is not None
        if name not in ("top", "bottom"):
            assert side.vertices[side.uv[:, 1].argmin(), 1] > side.vertices[side.uv[:, 1].argmax(), 1], name


def test_front_of_a_lathe_is_in_the_middle_of_its_picture() -> None:
    mesh = lathe([(0, 1), (1, 1), (1, 0), (0, 0)], 64)
    assert mesh.uv is not None
    assert mesh.uv[mesh.vertices[:, 2].argmax(), 0] == pytest.approx(0.5, abs=1e-6)  # float32


def test_moving_keeps_volume_and_mirroring_keeps_it_positive() -> None:
    box = rounded_box((1.0, 0.5, 0.7), 0.1)
    turned = box.turned(30, "x").moved(1, 2, 3)
    assert _volume(turned) == pytest.approx(_volume(box), rel=1e-4)
    assert _volume(box.scaled(-1, 1, 1)) == pytest.approx(_volume(box), rel=1e-4)
    assert _volume(box.flipped()) == pytest.approx(-_volume(box), rel=1e-4)


def test_rotation_is_right_handed() -> None:
    np.testing.assert_allclose(rotation(90, "z")[:3, :3] @ [1, 0, 0], [0, 1, 0], atol=1e-12)
    np.testing.assert_allclose(rotation(90, "y")[:3, :3] @ [0, 0, 1], [1, 0, 0], atol=1e-12)


def test_merged_adds_up_and_drops_what_a_part_lacks() -> None:
    bare = Mesh(vertices=np.eye(3, dtype=np.float32), faces=np.array([[0, 1, 2]], np.int32))
    both = merged([sphere(), bare])
    assert len(both.faces) == len(sphere().faces) + 1
    assert both.uv is None
    assert both.normals is None
    assert _volume(merged([sphere(), sphere().moved(5)])) == pytest.approx(2 * _volume(sphere()), rel=1e-4)


def test_closed_tube_is_watertight_and_seeds_decide() -> None:
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    ring = tube_along(np.stack([np.cos(angle), np.sin(angle), 0 * angle], 1), 0.1, closed=True, sides=48)
    assert _volume(ring) == pytest.approx(2 * np.pi**2 * 0.01, rel=0.02)
    assert np.array_equal(blob(seed=4).vertices, blob(seed=4).vertices)
    assert not np.array_equal(blob(seed=4).vertices, blob(seed=5).vertices)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(SettingsError, match="mesh"):
        Mesh(vertices=np.zeros((3, 2), np.float32), faces=np.zeros((1, 3), np.int32))
    with pytest.raises(SettingsError, match="normals"):
        Mesh(
            vertices=np.zeros((3, 3), np.float32),
            faces=np.zeros((1, 3), np.int32),
            normals=np.zeros((2, 3), np.float32),
        )
    with pytest.raises(SettingsError, match="at least one"):
        merged([])


def test_faceted_mesh_looks_flat_and_keeps_its_shape() -> None:
    ball = sphere(1.0, rings=6, segments=12)
    flat = ball.faceted()
    assert flat.normals is not None
    assert flat.uv is not None
    assert _volume(flat) == pytest.approx(_volume(ball))
    normals = flat.normals[flat.faces]
    across = _face_normals(flat)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    for corner in range(3):
        np.testing.assert_allclose(normals[:, corner], across, atol=1e-4)
