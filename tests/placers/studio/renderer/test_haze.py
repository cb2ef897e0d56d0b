"""Haze lies behind the product, thicker with depth, in the light that is there; a seed gives one haze."""

import numpy as np
import pytest

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.haze import _filled, add_haze
from photoshoot.records import LinearImage

NEAREST = 9.0


def scene(level: float = 0.3) -> tuple[LinearImage, Float32Array]:
    """A chequered ground that runs away from the product's plane in the lower half, and a wall far behind it."""
    rows, columns = np.mgrid[0:60, 0:90]
    distance = np.where(rows < 30, 25.0, NEAREST + (60 - rows) / 4).astype(np.float32)
    distance[55:] = NEAREST
    light = level * np.where((rows // 3 + columns // 3) % 2, 1.2, 0.4)[..., None] * np.array([0.7, 1.0, 1.3])
    return light.astype(np.float32), distance


def hazed(haze: float, seed: int = 3, level: float = 0.3) -> LinearImage:
    light, distance = scene(level)
    return add_haze(light, distance, haze=haze, nearest=NEAREST, exposure=1.0, seed=seed)


def contrast(picture: LinearImage) -> float:
    luminance = picture @ LUMINANCE
    return float(luminance.std() / luminance.mean())


def test_what_is_in_the_products_plane_is_clear_and_what_is_far_is_not() -> None:
    light, _ = scene()
    picture = hazed(0.8)
    assert np.array_equal(picture[55:], light[55:])
    far, near, clear = (contrast(part) for part in (picture[:20], picture[48:54], light[:20]))
    assert far < near < clear


def test_more_haze_is_thicker_and_none_is_none() -> None:
    assert contrast(hazed(0.9)[:20]) < contrast(hazed(0.3)[:20])
    light, distance = scene()
    assert add_haze(light, distance, haze=0, nearest=NEAREST, exposure=1.0, seed=3) is light


def test_a_seed_gives_one_haze() -> None:
    assert np.array_equal(hazed(0.6), hazed(0.6))
    assert not np.array_equal(hazed(0.6), hazed(0.6, seed=4))


@pytest.mark.parametrize("level", [0.0, 0.005, 0.4, 5.0])
def test_haze_is_seen_in_the_dark_and_does_not_burn_out(level: float) -> None:
    air = hazed(0.8, level=level)[:20] @ LUMINANCE
    assert np.isfinite(air).all()
    assert 0.03 < float(air.mean()) < 2.5


def test_a_pixel_that_hardly_shows_anything_is_as_far_as_what_is_round_it() -> None:
    distance = np.zeros((5, 5), np.float32)
    distance[3:], distance[2, 2] = 200.0, 4.0  # a horizon that two rays in a hundred met
    zero = np.zeros((5, 5, 3), np.float32)
    assert _filled(Aovs(albedo=zero, normals=zero, distance=distance)).min() >= 200
