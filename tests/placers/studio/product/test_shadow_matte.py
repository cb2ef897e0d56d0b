from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.product.shadow_matte import measure_shadow, shadow_on_white
from photoshoot.sets import Light
from photoshoot.sets.cyclorama import Cyclorama
from tests.placers.studio.conftest import make_request


def test_it_is_dark_where_the_light_does_not_reach_and_the_picture_is_the_same(placer: StudioPlacer) -> None:
    request = make_request(
        Cyclorama(light=Light(azimuth_deg=-70, elevation_deg=35, softness=0.1, fill=0.2, fixed=True))
    )
    shot, shadow = placer.place_with_shadow(request)
    np.testing.assert_array_equal(shot.image, placer.place([request])[0].image)
    assert shadow.dtype == np.float32
    assert shadow.shape == request.layer.alpha_matte.shape
    assert shadow.min() >= 0
    assert shadow.max() == 1
    box = request.canvas.product_box
    foot = slice(box.bottom - 4, box.bottom + 2)
    right, left = shadow[foot, box.right + 2 : box.right + 12], shadow[foot, box.left - 12 : box.left - 2]
    assert right.min() < 0.7 < left.mean(), (right.min(), left.mean())
    assert shadow[: box.height // 3, :10].mean() > 0.95
    assert shadow[request.layer.alpha_matte >= 1].mean() > 0.97


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_it_is_the_share_of_the_light_that_is_left(share: float) -> None:
    bare = np.full((40, 60, 3), 2.0, np.float32)
    light = bare.copy()
    light[20:, :] *= share
    shadow = measure_shadow(light, bare, 0.5, np.zeros((40, 60), np.float32))
    assert shadow[35, 30] == pytest.approx(share, abs=0.02)
    assert shadow[5, 30] == pytest.approx(1, abs=0.01)


def test_under_the_soft_edge_it_goes_on_as_beside_the_product() -> None:
    alpha = np.zeros((40, 60), np.float32)
    alpha[:, 30:] = 1
    alpha[:, 30] = 0.5
    bare = np.ones((40, 60, 3), np.float32)
    light = bare * np.float32(0.6)
    light[:, 29:] = 3  # the stand-in's own light
    shadow = measure_shadow(light, bare, 1.0, alpha)
    assert shadow[20, 27:31] == pytest.approx(0.6, abs=0.03)
    assert shadow[20, 45] == 1


def test_on_white_a_shadow_stays_and_a_faint_shade_is_gone() -> None:
    shadow = np.ones((100, 100), np.float32)
    shadow[30:50], shadow[50:80] = 0.93, 0.6
    picture = shadow_on_white(shadow, np.full((100, 100, 3), 200, np.uint8))
    assert (picture[:50] == 255).all()
    assert (picture[60:75, 30:70] < 225).all()
    assert (picture[[0, -1]] == 255).all()


def test_on_white_a_wall_that_a_large_product_dims_is_white() -> None:
    """Behind a black camera the wall had a mottled veil, which ended in a frame before the picture's edge."""
    shadow = np.full((100, 100), 0.86, np.float32)
    shadow[::7, ::5] = 0.81
    shadow[50:80] = 0.5
    picture = shadow_on_white(shadow, np.full((100, 100, 3), 200, np.uint8))
    assert (picture[:50] == 255).all()
    assert (picture[55:75, 30:70] < 200).all()
