from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.placers.studio.geometry.instancing import blades, copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, weld
from photoshoot.placers.studio.geometry.rocks import boulder, box_mapped, parted, pebble, slab
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder


def _areas(mesh: Mesh) -> npt.NDArray[np.float64]:
    a, b, c = (mesh.vertices[mesh.faces[:, corner]].astype(np.float64) for corner in range(3))
    return np.asarray(np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2)


def _open_edges(mesh: Mesh) -> int:
    faces = weld(mesh.vertices)[mesh.faces]
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    return int((np.unique(edges, axis=0, return_counts=True)[1] != 2).sum())


@pytest.mark.parametrize("stone", [boulder(1, detail=3), boulder(2, detail=3, worn=0.9), pebble(1)])
def test_stones_are_closed_and_face_outward(stone: Mesh) -> None:
    assert _open_edges(stone) == 0
    a, b, c = (stone.vertices[stone.faces[:, corner]].astype(np.float64) for corner in range(3))
    volume = np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6
    assert 0.5 < volume < 5.5
    assert 0.6 < np.abs(stone.vertices).max() < 1.6


def test_stones_follow_their_seed() -> None:
    boulder.cache_clear()
    first = boulder(7, detail=2).vertices
    boulder.cache_clear()
    assert np.array_equal(first, boulder(7, detail=2).vertices)
    assert not np.array_equal(first, boulder(8, detail=2).vertices)


@pytest.mark.parametrize("seed", range(4))
def test_slab_is_level_in_its_middle_and_nowhere_higher(seed: int) -> None:
    mesh = slab(1.6, 1.1, 0.4, seed=seed)
    x, y, z = mesh.vertices.T
    assert y.max() <= 0
    middle = (np.abs(x) < 0.6) & (np.abs(z) < 0.4) & (y > -0.2)
    assert y[middle].min() > -0.01
    assert 1.25 < x.max() < 2.0
    assert y.min() == pytest.approx(-0.4, abs=0.08)


@pytest.mark.parametrize("seed", range(6))
def test_a_square_slab_carries_what_lies_askew_on_it(seed: int) -> None:
    x, y, z = slab(2.1, 1.4, 0.4, seed=seed, square=6.0).vertices.T
    top = y > -0.1
    for corner in ((1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)):
        reach = (x[top] * corner[0] / 2.1 > 0.78) & (z[top] * corner[1] / 1.4 > 0.78)
        assert reach.any()


def test_box_mapping_keeps_the_shape_and_does_not_stretch() -> None:
    stone = boulder(3, detail=3)
    mapped = box_mapped(stone, 0.5)
    assert np.allclose(np.sort(_areas(mapped)), np.sort(_areas(stone)))
    assert mapped.uv is not None
    a, b, c = (mapped.uv[mapped.faces[:, corner]].astype(np.float64) for corner in range(3))
    first, second = b - a, c - a
    share = np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]) / 2 / (0.25 * _areas(mapped))
    assert np.percentile(share, 5) > 0.4  # a face seen at 55 degrees at most
    assert share.max() < 1.01


def test_the_side_of_a_round_platform_is_mapped_round_it_without_a_seam_before_the_camera() -> None:
    """Its grain changed at both front quarters, where a box's sides meet."""
    body = bevelled_cylinder(1.0, 0.4, 0.03).scaled(1.5, 1.0, 1.2).moved(0.3, -0.4, -0.2)
    mapped = box_mapped(body, 1.0, (0.3, -0.2))
    assert mapped.uv is not None
    corners, uv = mapped.vertices[mapped.faces], mapped.uv[mapped.faces].astype(np.float64)
    upright = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 1]) < 1e-6
    before = upright & (corners[:, :, 2].min(1) > -0.2)
    assert before.sum() > 60
    assert np.ptp(uv[before], axis=1).max() < 0.45, "one segment's width, or the height"
    points = corners[before].reshape(-1, 3)
    order = np.argsort(np.arctan2(points[:, 0] - 0.3, points[:, 2] + 0.2))
    u = uv[before].reshape(-1, 2)[order, 0]
    assert np.diff(u).min() > -1e-6
    assert np.ptp(u) == pytest.approx(np.pi * 1.35, rel=0.03)


def test_parting_cuts_triangles_and_loses_nothing() -> None:
    """Whole triangles made a saw of the border between dry and wet stone."""
    stone = boulder(4, detail=3)
    over, under = parted(stone, 0.1, seed=1)
    assert _areas(over).sum() + _areas(under).sum() == pytest.approx(_areas(stone).sum(), rel=1e-5)
    assert over.vertices[over.faces][..., 1].min() > 0.1 - 0.03
    assert under.vertices[under.faces][..., 1].max() < 0.1 + 0.03
    for part in (over, under):
        assert part.normals is not None
        first, second, third = (part.vertices[part.faces[:, k]] for k in range(3))
        out = np.cross(second - first, third - first)
        assert ((out * part.normals[part.faces[:, 0]]).sum(1) > -1e-6).mean() > 0.98


def test_copies_are_placed_turned_and_shaded() -> None:
    stone, turns = pebble(1), random_turns(5, np.random.default_rng(1))
    assert np.allclose(np.linalg.det(turns), 1)
    places = np.arange(15.0).reshape(5, 3)
    mesh = copies(stone, 0.5 * turns, places)
    assert len(mesh.faces) == 5 * len(stone.faces)
    assert mesh.normals is not None
    assert stone.normals is not None
    own = mesh.vertices.reshape(5, -1, 3) - places[:, None]
    assert np.allclose(own[3], 0.5 * stone.vertices @ turns[3].T, atol=1e-5)
    assert np.allclose(mesh.normals.reshape(5, -1, 3)[3], stone.normals @ turns[3].T, atol=1e-4)


def test_blades_rise_from_their_roots_and_taper() -> None:
    roots = np.array([[0.0, 0.2, 0.0], [1.0, 0.0, -1.0]])
    mesh = blades(roots, [0.5, 1.0], [[0.4, 0.0], [0.0, -0.4]], 0.1, steps=3)
    rungs = mesh.vertices.reshape(2, 4, 2, 3)
    assert np.allclose(rungs[:, 0].mean(1), roots, atol=1e-6)
    width = np.linalg.norm(rungs[:, :, 1] - rungs[:, :, 0], axis=-1)
    assert np.allclose(width[:, 0], [0.05, 0.1], atol=1e-6)
    assert np.allclose(width[:, -1], 0, atol=1e-6)
    assert rungs[0, -1, 0, 0] == pytest.approx(0.2, abs=1e-6)  # float32, as all vertices
