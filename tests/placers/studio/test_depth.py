"""The studio tells how far away all is that it shows."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot import DeviceError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.settings import StudioSettings
from photoshoot.stages import DepthMeter
from tests.placers.studio.conftest import make_request


def test_the_product_is_nearer_than_the_sweep_behind_it_and_the_floor_comes_towards_the_camera(variant: str) -> None:
    del variant
    request = make_request()
    with_studio = StudioPlacer(StudioSettings(samples=4, render_scale=0.5))
    assert isinstance(with_studio, DepthMeter)
    (depth,) = with_studio.measure_depth([request])
    alpha = request.layer.alpha_matte
    assert depth.shape == alpha.shape
    assert (depth > 0).all(), "a sweep has no holes"
    rows = np.flatnonzero((alpha > 0.9).any(1))
    body, beside = alpha[rows[len(rows) // 2]] > 0.99, np.arange(alpha.shape[1]) < 40
    middle = depth[rows[len(rows) // 2]]
    assert middle[body].max() < middle[beside].min() - 0.1
    assert np.ptp(middle[beside]) < 0.02 * middle[beside].mean(), "a plane across has one depth"
    floor = depth[-20:, 20]
    assert (np.diff(floor) < 1e-3).all(), "lower in the picture is nearer"
    with_studio.close()
    with pytest.raises(DeviceError):
        with_studio.measure_depth([request])
