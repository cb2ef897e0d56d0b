from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid, weld
from photoshoot.placers.studio.geometry.solids import sphere


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_arrays_of_any_shape_and_float_type_make_the_same_mesh(dtype: type[np.floating]) -> None:
    points = np.arange(12, dtype=dtype).reshape(2, 2, 3)
    uv, normals = points[..., :2], points / np.linalg.norm(points, axis=-1, keepdims=True)
    mesh = Mesh.of(points, np.array([[0, 1, 2], [1, 3, 2]]), uv, normals)
    assert np.array_equal(mesh.vertices, np.arange(12, dtype=np.float32).reshape(4, 3))
    for array, kind in ((mesh.vertices, np.float32), (mesh.faces, np.int32), (mesh.uv, np.float32)):
        assert array is not None
        assert array.dtype == kind
    assert mesh.normals is not None
    assert mesh.normals.shape == (4, 3)


@pytest.mark.parametrize("v", [0.25, np.linspace(0, 1, 4)])
def test_shading_sets_texture_coordinates_alone(v: float | np.ndarray) -> None:
    mesh = grid([[[0, 0, 0], [1, 0, 0]], [[0, 0, 1], [1, 0, 1]]])
    shaded = mesh.shaded(v, 0.5)
    assert shaded.uv is not None
    assert (shaded.uv[:, 0] == 0.5).all()
    np.testing.assert_allclose(shaded.uv[:, 1], v, rtol=1e-6)  # float32 of the same numbers
    assert shaded.vertices is mesh.vertices
    assert shaded.normals is mesh.normals


def test_a_bent_mesh_is_shaded_as_its_new_shape_is() -> None:
    ball = sphere(1.0, rings=24, segments=48)
    flat = ball.bent(ball.vertices * [1, 0.25, 1])
    assert flat.normals is not None
    wanted = ball.vertices * [1, 4, 1] / np.linalg.norm(ball.vertices * [1, 4, 1], axis=1, keepdims=True)
    assert float((flat.normals * wanted).sum(1).min()) > 0.98  # of an ellipsoid, as finely as it is cut
    assert flat.uv is ball.uv


def test_points_of_a_seam_are_one_and_triangles_without_area_go() -> None:
    seam = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0, 0]], np.float32)
    number = weld(seam)
    assert number[1] == number[3]
    assert len(set(number.tolist())) == 3
    mesh = Mesh.of(seam, np.array([[0, 1, 2], [0, 1, 3]]))
    assert drop_degenerate(mesh).faces.tolist() == [[0, 1, 2]]


def test_points_are_numbered_as_numpy_sorts_them_and_normals_add_up_in_the_order_of_faces() -> None:
    """Bit for bit: the same set has the same bytes as before both were made quicker."""
    rng = np.random.default_rng(3)
    mesh = Mesh.of(rng.integers(-4, 5, (400, 3)) / 3, rng.integers(0, 400, (900, 3)))
    cells = np.round(mesh.vertices.astype(np.float64) / (1.37e-5 * float(np.ptp(mesh.vertices, axis=0).max())))
    wanted = np.unique(cells.astype(np.int64), axis=0, return_inverse=True)[1].reshape(-1)
    np.testing.assert_array_equal(weld(mesh.vertices), wanted)
    corners = mesh.vertices[mesh.faces].astype(np.float64)
    total = np.zeros((wanted.max() + 1, 3))
    for corner in range(3):
        np.add.at(
            total, wanted[mesh.faces[:, corner]], np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        )
    unit = (total / np.maximum(np.linalg.norm(total, axis=-1, keepdims=True), 1e-20)).astype(np.float32)
    normals = mesh.smoothed().normals
    assert normals is not None
    np.testing.assert_array_equal(normals, unit[wanted])
