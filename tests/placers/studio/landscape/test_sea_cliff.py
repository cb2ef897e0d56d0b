"""A cliff over the sea: the slab is on its top, which breaks off behind it; foam is on the sea far off alone."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.sea_cliff import FALL, SeaCliff
from tests.placers.studio.landscape.views import VIEWS


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("view", VIEWS)
def test_the_slab_is_on_its_top_and_the_sea_far_under_it(view: View, seed: int) -> None:
    cliff = SeaCliff.under(view, np.random.default_rng(seed))
    slab = cliff.slab
    x, z = np.meshgrid(np.linspace(-1, 1, 9) * slab.reach + slab.x, np.linspace(slab.back, slab.front, 9))
    on, off = cliff.height(x, z), cliff.height(x, 0 * z + slab.back - 4.0)
    assert (on < 0).all()
    assert (on > -slab.height - 0.5).all()
    assert (off < -FALL).all()
    assert (cliff.resting(np.array([slab.x]), np.array([0.0])) == 0).all()


@pytest.mark.parametrize("view", VIEWS)
def test_its_brow_is_seen_under_the_horizon(view: View) -> None:
    cliff = SeaCliff.under(view, np.random.default_rng(1))
    points = cliff.mesh(view).vertices.astype(np.float64)
    rows = view.to_pixel(points[(points[:, 1] > -FALL) & (points[:, 2] < view.distance - 1)])[:, 1]
    assert view.axis_row_px < rows.min() < 0.95 * view.height_px


@pytest.mark.parametrize("view", VIEWS)
def test_the_sea_is_white_at_headlands_and_nowhere_near(view: View) -> None:
    cliff = SeaCliff.under(view, np.random.default_rng(2))
    x = np.linspace(-20, 20, 200)[None]
    near, far = np.full((4, 1), -20.0), np.linspace(-49, -47, 4)[:, None]
    shape = (4, 200)
    places = [(np.broadcast_to(x, shape), np.broadcast_to(z, shape)) for z in (near, far)]
    white = [cliff.foam(view, *place) for place in places]
    beyond = cliff.side * places[1][0] > 0.6 * view.half_width_at(-50.0)
    assert white[0].max() <= 0.4
    assert white[1][beyond].mean() > 0.5
