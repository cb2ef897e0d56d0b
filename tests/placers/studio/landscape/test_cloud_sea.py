"""A sea of clouds: level under the product, low before it, and out to the horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.cloud_sea import CloudSea
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


def _under(land: CloudSea) -> tuple[np.ndarray, np.ndarray]:
    return np.array([land.foot.x]), np.array([land.foot.front - 0.5 * land.foot.reach])
