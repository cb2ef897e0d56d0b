"""Sharp edges on uneven ground."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.geometry.creases import draw_creases, part
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import relief

TURNS_DEG = (4.0, 31.0, 62.0, 88.0)


class Ridge:
    """A ridge that runs straight over a grid of points a tenth apart, as steep on either side."""

    def __init__(self, turn_deg: float, steepness: float = 0.6) -> None:
        self.turn, self.steepness = np.radians(turn_deg), steepness
        x, z = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-1, 1, 21))
        self.grid: tuple[Float64Array, Float64Array] = (x, z)

    def away(self, x: npt.ArrayLike, z: npt.ArrayLike) -> Float64Array:
        return np.asarray(np.asarray(x) * np.cos(self.turn) + np.asarray(z) * np.sin(self.turn) - 0.037, np.float64)

    def pieces(self, x: Float64Array, z: Float64Array) -> npt.NDArray[np.int64]:
        return (self.away(x, z) > 0).astype(np.int64)

    def mesh(self) -> tuple[Mesh, BoolArray]:
        x, z, creases = draw_creases(*self.grid, self.pieces)
        points = np.stack([x, -self.steepness * np.abs(self.away(x, z)), z], -1)
        return relief(points, creases=creases), creases


@pytest.mark.parametrize("turn_deg", TURNS_DEG)
def test_points_slide_onto_the_edge_and_the_rest_stay(turn_deg: float) -> None:
    ridge = Ridge(turn_deg)
    x, z, creases = draw_creases(*ridge.grid, ridge.pieces)
    assert creases.sum() >= 20
    assert np.abs(ridge.away(x, z)[creases]).max() < 0.002
    moved = np.hypot(x - ridge.grid[0], z - ridge.grid[1])
    assert moved[~creases].max() == 0
    assert moved.max() < 0.0501


@pytest.mark.parametrize("turn_deg", TURNS_DEG)
def test_no_triangle_crosses_the_edge(turn_deg: float) -> None:
    ridge = Ridge(turn_deg)
    mesh, _ = ridge.mesh()
    away = ridge.away(mesh.vertices[:, 0], mesh.vertices[:, 2])[mesh.faces]
    assert (np.minimum(away.max(1), -away.min(1)) < 0.002).all()


def test_two_edges_in_one_cell_both_get_points() -> None:
    ridge = Ridge(0.0)

    def strip(x: Float64Array, z: Float64Array) -> npt.NDArray[np.int64]:
        return np.digitize(x + 0.02 * z, [0.015, 0.085])

    x, z, creases = draw_creases(*ridge.grid, strip)
    at = (x + 0.02 * z)[creases]
    assert (np.abs(at[:, None] - [0.015, 0.085]).min(1) < 0.002).all()
    assert {0.015, 0.085} == set(np.array([0.015, 0.085])[np.abs(at[:, None] - [0.015, 0.085]).argmin(1)])


def test_either_side_of_an_edge_has_normals_of_its_own() -> None:
    ridge = Ridge(31.0)
    mesh, creases = ridge.mesh()
    parted = part(mesh, creases, ridge.pieces)
    assert parted.normals is not None
    assert len(parted.faces) == len(mesh.faces)
    assert np.array_equal(parted.vertices[parted.faces], mesh.vertices[mesh.faces])
    middles = mesh.vertices[mesh.faces].mean(1)
    side = np.where(ridge.away(middles[:, 0], middles[:, 2]) > 0, 1.0, -1.0)[:, None]
    slopes = side * [0.6 * np.cos(ridge.turn), 0, 0.6 * np.sin(ridge.turn)] + [0, 1, 0]
    slopes /= np.linalg.norm(slopes, axis=1, keepdims=True)
    agree, before = (_agreement(each, slopes) for each in (parted, mesh))
    assert (before < 0.95).sum() > 40
    assert (agree < 0.95).sum() < 4


def test_an_edge_that_is_hardly_one_stays_smooth() -> None:
    ridge = Ridge(31.0, steepness=0.02)
    mesh, creases = ridge.mesh()
    parted = part(mesh, creases, ridge.pieces)
    assert parted.normals is not None
    at = {tuple(point) for point in mesh.vertices[creases.reshape(-1)]}
    for point in list(at)[:8]:
        same = parted.normals[(parted.vertices == np.array(point)).all(1)]
        assert len(same) >= 2
        assert np.ptp(same, axis=0).max() == 0


def test_ground_without_edges_stays_as_it_is() -> None:
    x, z = Ridge(0.0).grid

    def plain(x: Float64Array, z: Float64Array) -> npt.NDArray[np.int64]:
        return np.zeros(np.broadcast(x, z).shape, np.int64)

    moved_x, moved_z, creases = draw_creases(x, z, plain)
    assert np.array_equal(moved_x, x)
    assert np.array_equal(moved_z, z)
    assert not creases.any()
    mesh = relief(np.stack([x, 0.1 * x, z], -1))
    parted = part(mesh, creases, plain)
    assert np.array_equal(parted.vertices, mesh.vertices)
    assert parted.normals is not None
    assert mesh.normals is not None
    assert np.allclose(parted.normals, mesh.normals, atol=1e-5)


def _agreement(mesh: Mesh, slopes: Float64Array) -> Float64Array:
    """Cosine between each face's slope and the corner's normal that differs most from it."""
    assert mesh.normals is not None
    return np.asarray((mesh.normals[mesh.faces] * slopes[:, None]).sum(-1).min(1), np.float64)
