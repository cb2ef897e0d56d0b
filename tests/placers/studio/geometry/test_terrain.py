from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.geometry.terrain import plane_noise, relief, space_noise


def test_noise_follows_its_seed_and_stays_in_range() -> None:
    x, z = np.meshgrid(np.linspace(-40, 40, 90), np.linspace(-40, 40, 90))
    first, again, other = (plane_noise(x, z, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert abs(first.mean()) < 0.15
    assert 0.4 < np.abs(first).max() < 3.0


@pytest.mark.parametrize(("across", "down"), [(0.9, 0.9), (40.9, 0.0), (-7.3, 2.0)])
def test_noise_over_a_grid_has_the_bytes_of_its_points_one_by_one(across: float, down: float) -> None:
    """Whole numbers, both sides of 0, and many turns of the lattice among them."""
    x, z = np.meshgrid(np.linspace(-64, 64, 257), np.arange(-50, 101) / 2)
    whole = plane_noise(across * x, down * z, seed=5, octaves=3, gain=0.37)
    single = plane_noise((across * x).ravel(), (down * z).ravel(), seed=5, octaves=3, gain=0.37)
    np.testing.assert_array_equal(whole.ravel(), single)
    bent = plane_noise(across * x + 0.01 * z, down * z, seed=5)  # no grid
    np.testing.assert_array_equal(
        bent.ravel(), plane_noise((across * x + 0.01 * z).ravel(), (down * z).ravel(), seed=5)
    )


def test_noise_is_smooth_over_a_tenth_of_a_unit() -> None:
    points = np.random.default_rng(1).uniform(-9, 9, (500, 3))
    near = points + np.array([0.05, 0, 0])
    assert np.abs(space_noise(points, seed=1) - space_noise(near, seed=1)).max() < 0.25
    step = plane_noise(points[:, 0], points[:, 1], seed=1) - plane_noise(near[:, 0], near[:, 1], seed=1)
    assert np.abs(step).max() < 0.35


def test_octaves_add_finer_detail() -> None:
    x = np.linspace(0, 20, 4000)
    rough, plain = (np.abs(np.diff(plane_noise(x, 0 * x, seed=2, octaves=n))).sum() for n in (4, 1))
    assert rough > 1.3 * plain


def test_relief_faces_up_with_the_slopes_of_its_heights() -> None:
    x, z = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-1, 1, 31))
    mesh = relief(np.stack([x, 0.5 * x, z], -1))
    assert mesh.normals is not None
    wanted = np.array([-0.5, 1, 0]) / np.hypot(0.5, 1)
    assert np.allclose(mesh.normals, wanted, atol=1e-5)
    a, b, c = (mesh.vertices[mesh.faces[:, corner]] for corner in range(3))
    assert (np.cross(b - a, c - a)[:, 1] > 0).all()


def test_relief_cuts_cells_along_a_ridge() -> None:
    index = np.arange(6, dtype=float)
    x, z = np.meshgrid(index, index)
    for y in (-np.abs(x - z - 0.3), -np.abs(x + z - 5.3)):  # along the cells' one and other diagonal
        mesh = relief(np.stack([x, y, z], -1))
        edges = mesh.vertices[mesh.faces][:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2, 3)
        along = (np.abs(edges[:, :, 1] + 0.3) < 1e-5).all(1)
        assert along.sum() >= 2 * 5
