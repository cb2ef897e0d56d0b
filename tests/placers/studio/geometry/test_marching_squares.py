from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.geometry.marching_squares import (
    arch_field,
    boundary_edges,
    extrude_region,
    polygon_field,
    triangulate_region,
)

L_SHAPE = ((0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0))


def test_the_region_has_the_area_of_a_disc() -> None:
    row, column = np.mgrid[:200, :240]
    vertices, faces = triangulate_region(80 - np.hypot(column - 120, row - 100))
    assert _signed_area(vertices, faces) == pytest.approx(-np.pi * 80**2, rel=2e-3), "seen with rows down"


def test_regions_keep_holes_and_parts() -> None:
    row, column = np.mgrid[:120, :240]
    ring = np.minimum(50 - np.hypot(column - 60, row - 60), np.hypot(column - 60, row - 60) - 20)
    disc = 40 - np.hypot(column - 180, row - 60)
    assert _euler(*triangulate_region(ring)) == 0
    assert _euler(*triangulate_region(disc)) == 1
    assert _euler(*triangulate_region(np.maximum(ring, disc))) == 1


def test_triangles_share_edges_in_noise() -> None:
    field = np.random.default_rng(0).normal(size=(60, 70))
    vertices, faces = triangulate_region(field)
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1)
    assert np.unique(edges, axis=0, return_counts=True)[1].max() == 2
    assert _signed_area(vertices, faces) < 0


@pytest.mark.parametrize("largest", [2, 4, 64])
@pytest.mark.parametrize("size", [(200, 240), (151, 183)])
def test_joined_cells_leave_the_outline_and_no_gap(size: tuple[int, int], largest: int) -> None:
    row, column = np.mgrid[: size[0], : size[1]]
    ring = np.minimum(70 - np.hypot(column - 100, row - 80), np.hypot(column - 120, row - 90) - 20)
    (fine, all_faces), (vertices, faces) = triangulate_region(ring), triangulate_region(ring, largest=largest)
    assert len(faces) < len(all_faces) / 2
    assert _signed_area(vertices, faces) == pytest.approx(_signed_area(fine, all_faces))
    assert _border(vertices, faces) == _border(fine, all_faces), "an edge inside that is one face's is a gap"
    assert _euler(vertices, faces) == 0
    assert len(np.unique(faces)) == len(vertices), "no vertex is left over"
    a, b, c = (vertices[faces[:, corner]] for corner in range(3))
    twice = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    assert (twice < 0).all(), "none is turned over"
    assert -twice.min() / 2 <= largest**2 / 2


def test_nothing_is_joined_in_noise_that_is_nowhere_whole() -> None:
    field = np.random.default_rng(0).normal(size=(60, 70))
    for one, other in zip(triangulate_region(field), triangulate_region(field, largest=8), strict=True):
        np.testing.assert_array_equal(one, other)


def test_an_empty_region_has_no_triangles() -> None:
    vertices, faces = triangulate_region(np.full((5, 6), -1.0))
    assert vertices.shape == (0, 2)
    assert faces.shape == (0, 3)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_polygons_field_is_its_signed_distance(turn: int) -> None:
    field = polygon_field(L_SHAPE[::turn])
    x, y = np.array([0.5, 1.5, 1.5, 3.0, 1.25]), np.array([0.5, 0.5, 1.5, 0.5, 1.5])
    np.testing.assert_allclose(field(x, y), [0.5, 0.5, -0.5, -1.0, -0.25], atol=1e-12)


def test_an_arch_is_as_high_and_wide_as_asked() -> None:
    field = arch_field(0.5, 2.0)
    on = np.array([[0.0, 2.0], [0.5, 1.0], [-0.5, 0.3], [0.2, 0.0]])
    np.testing.assert_allclose(field(*on.T), 0, atol=1e-12)
    assert (field(*(0.9 * on + [0, 0.05]).T) > 0).all()
    assert (field(*np.array([[0.0, 2.1], [0.6, 1.0], [0.0, -0.1]]).T) < 0).all()


def test_the_border_of_a_region_is_closed_and_a_solid_cut_along_it_is_watertight() -> None:
    row, column = np.mgrid[:40, :50]
    plan, faces = triangulate_region(15 - np.hypot(column - 25, row - 20))
    border = boundary_edges(faces)
    assert np.array_equal(np.sort(border[:, 0]), np.sort(border[:, 1])), "every point of it is entered and left once"
    solid = extrude_region(plan * [1, -1], faces[:, ::1], 3.0)
    assert len(boundary_edges(solid.faces)) == 0
    assert float(np.ptp(solid.vertices[:, 2])) == 3.0


def _border(vertices: np.ndarray, faces: np.ndarray) -> set[tuple[float, ...]]:
    return {tuple(ends.reshape(-1).tolist()) for ends in vertices[boundary_edges(faces)]}


def _signed_area(vertices: np.ndarray, faces: np.ndarray) -> float:
    a, b, c = (vertices[faces[:, corner]].astype(np.float64) for corner in range(3))
    first, second = b - a, c - a
    return float((first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]).sum() / 2)


def _euler(vertices: np.ndarray, faces: np.ndarray) -> int:
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1)
    return len(vertices) - len(np.unique(edges, axis=0)) + len(faces)
