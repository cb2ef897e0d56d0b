"""A sea of clouds: level under the product, low before it, and out to the horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.landscape.cloud_sea import CloudSea, draw_lumps, without_hidden
from tests.placers.studio.landscape.views import VIEWS


@pytest.mark.parametrize("view", VIEWS)
def test_it_is_level_under_the_product_and_no_puff_hides_its_foot(view: View) -> None:
    land = CloudSea.drawn(view, np.random.default_rng(3))
    assert land.height(*_under(land)) == pytest.approx(0.0, abs=0.02)
    points = np.concatenate([puffs.mesh().vertices for puffs in land.puffs])
    before = points[(points[:, 2] > 0.05) & (np.abs(points[:, 0] - view.product_x) < view.product_half_width)]
    foot = view.to_pixel(np.array([[view.product_x, 0.0, 0.0]]))[0, 1]
    assert not len(before) or view.to_pixel(before)[:, 1].min() > foot - 0.04 * view.height_px


@pytest.mark.parametrize("view", VIEWS)
def test_puffs_reach_from_the_lower_edge_to_the_horizon(view: View) -> None:
    puffs = CloudSea.drawn(view, np.random.default_rng(4)).puffs
    assert [band.haze for band in puffs] == sorted(band.haze for band in puffs)
    near, far = (view.to_pixel(band.mesh().vertices)[:, 1] for band in (puffs[0], puffs[-1]))
    assert near.max() > 0.95 * view.height_px
    assert far.min() < view.axis_row_px + 1  # over the horizon


@pytest.mark.parametrize("view", VIEWS)
def test_what_lies_on_puffs_is_on_them(view: View) -> None:
    land = CloudSea.drawn(view, np.random.default_rng(6))
    for band in land.puffs:
        assert np.all(land.height(band.x, band.z) >= band.top - 1e-9)


def test_a_seed_is_one_sea() -> None:
    one, again, other = (CloudSea.drawn(VIEWS[0], np.random.default_rng(seed)).puffs for seed in (5, 5, 6))
    assert all(np.array_equal(a.top, b.top) for a, b in zip(one, again, strict=True))
    assert not all(np.array_equal(a.top, b.top) for a, b in zip(one, other, strict=True))


def test_under_a_platform_the_clouds_are_lower() -> None:
    land = CloudSea.drawn(VIEWS[0], np.random.default_rng(5))
    lower = replace(land, drop=0.3)
    for high, low in zip(land.puffs, lower.puffs, strict=True):
        assert np.allclose(high.top - low.top, 0.3)


@pytest.mark.parametrize("rings", [6, 13])
def test_a_puff_looks_as_all_of_its_lumps_do_with_half_of_their_triangles(rings: int) -> None:
    lumps = draw_lumps(1)
    whole, puff = merged(lump.mesh(rings) for lump in lumps), merged(without_hidden(lumps, rings))
    assert len(puff.faces) < 0.7 * len(whole.faces)
    ways = np.random.default_rng(1).normal(size=(300, 3))
    ways[:, 1] = np.abs(ways[:, 1])  # from above, aside from the middle
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    aims = np.random.default_rng(2).uniform(-0.8, 0.8, (300, 3))
    assert np.array_equal(_first_hits(puff, aims + 3 * ways, -ways), _first_hits(whole, aims + 3 * ways, -ways))


def _first_hits(mesh: Mesh, starts: Float64Array, ways: Float64Array) -> Float64Array:
    """How far along each ray (n,) a mesh is met first, infinity where it is not (Moeller and Trumbore 1997)."""
    corner, first, second = np.moveaxis(mesh.vertices.astype(np.float64)[mesh.faces], 1, 0)
    first, second = first - corner, second - corner
    found = []
    for start, way in zip(starts, ways, strict=True):
        across, away = np.cross(way, second), start - corner
        scale = 1 / (first * across).sum(1)
        u, turned = scale * (away * across).sum(1), np.cross(away, first)
        v, far = scale * (turned @ way), scale * (second * turned).sum(1)
        found.append(np.where((u >= 0) & (v >= 0) & (u + v <= 1) & (far > 0), far, np.inf).min())
    return np.array(found)


def _under(land: CloudSea) -> tuple[np.ndarray, np.ndarray]:
    return np.array([land.foot.x]), np.array([land.foot.front - 0.5 * land.foot.reach])
