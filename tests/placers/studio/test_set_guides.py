"""The studio tells how far away all is that it shows, and which way it faces."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot import DeviceError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.settings import StudioSettings
from photoshoot.stages import SetMeter
from tests.placers.studio.conftest import make_request


def test_the_studio_knows_its_sets_depth_and_normals(variant: str) -> None:
    del variant
    request = make_request()
    with_studio = StudioPlacer(StudioSettings(samples=4, render_scale=0.5))
    assert isinstance(with_studio, SetMeter)
    (guides,) = with_studio.measure_sets([request])
    depth, alpha = guides.depth, request.layer.alpha_matte
    assert depth.shape == alpha.shape
    assert guides.normals.shape == (*alpha.shape, 3)
    np.testing.assert_allclose(np.linalg.norm(guides.normals, axis=-1), 1, atol=1e-5)
    np.testing.assert_allclose(guides.normals[-20:, 20], [[0, 1, 0]] * 20, atol=0.02, err_msg="a floor faces up")
    np.testing.assert_allclose(guides.normals[:20, 20], [[0, 0, 1]] * 20, atol=0.02, err_msg="a wall faces the camera")
    assert (depth > 0).all(), "a sweep has no holes"
    assert (guides.normals[alpha > 0.9] == [0, 0, 1]).all(), "whose shape nobody knows"
    rows = np.flatnonzero((alpha > 0.9).any(1))
    body, beside = alpha[rows[len(rows) // 2]] > 0.99, np.arange(alpha.shape[1]) < 40
    middle = depth[rows[len(rows) // 2]]
    assert middle[body].max() < middle[beside].min() - 0.1
    assert np.ptp(middle[beside]) < 0.02 * middle[beside].mean(), "a plane across has one depth"
    floor = depth[-20:, 20]
    assert (np.diff(floor) < 1e-3).all(), "lower in the picture is nearer"
    with_studio.close()
    with pytest.raises(DeviceError):
        with_studio.measure_sets([request])
