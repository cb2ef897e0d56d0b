"""The patch of light behind a product that its set would swallow."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.renderer.separation import measure_gain, measure_outline, separate, told_apart
from photoshoot.records import LinearImage, ProductLayer

SIZE = (180, 240)


def layer_of(level: int) -> ProductLayer:
    alpha = np.zeros(SIZE, np.float32)
    alpha[50:150, 80:160] = 1
    return ProductLayer(rgb=np.full((*SIZE, 3), level, np.uint8), alpha_matte=alpha)


def set_of(level: float) -> LinearImage:
    return np.full((*SIZE, 3), level, np.float32)


def seen(picture: LinearImage, layer: ProductLayer) -> float:
    sides = measure_outline(picture, layer)
    assert sides is not None
    return told_apart(*sides[:2])


@pytest.mark.parametrize(("behind", "level"), [(0.015, 20), (0.02, 30), (0.03, 45)])
def test_a_dark_product_stands_out_before_a_dark_set(behind: float, level: int) -> None:
    """A black beanie on black slate, and a camera before midnight blue, had no outline."""
    picture, layer = set_of(behind), layer_of(level)
    lit = separate(picture, layer, measure_gain(picture, layer))
    assert seen(lit, layer) > seen(picture, layer) + 0.3


@pytest.mark.parametrize(("behind", "level"), [(0.5, 30), (0.2, 250), (0.9, 250), (0.55, 190), (0.3, 140), (0.14, 100)])
def test_no_patch_where_a_set_is_bright(behind: float, level: int) -> None:
    """A blue shoe before sage green lost its shadow, which is what is dark there, and was lit."""
    picture, layer = set_of(behind), layer_of(level)
    assert measure_gain(picture, layer) == 1
    assert separate(picture, layer, 1.0) is picture


def test_a_dark_backdrop_is_no_void_behind_a_pale_product() -> None:
    picture, layer = set_of(0.012), layer_of(230)
    gain = measure_gain(picture, layer)
    assert 1.3 < gain < 2
    lit = separate(picture, layer, gain)
    assert lit[100, 70, 0] > 1.2 * lit[5, 5, 0], "it is a patch, and falls off"
    assert (lit >= picture).all()


def test_lamps_and_skies_in_a_patch_are_as_bright_as_before() -> None:
    picture, layer = set_of(0.012), layer_of(230)
    picture[40:60, 20:60] = (0.9, 0.6, 0.5)
    lit = separate(picture, layer, 2.0)
    np.testing.assert_array_equal(lit[40:60, 20:60], picture[40:60, 20:60])


def test_it_comes_in_without_a_step() -> None:
    """Two renders of one shot differ by their noise, and must not by a patch."""
    layer = layer_of(230)
    gains = [measure_gain(set_of(float(level)), layer) for level in np.linspace(0.01, 0.08, 141)]
    assert max(abs(np.diff(gains))) < 0.05


def test_nothing_is_lit_without_a_product() -> None:
    layer = ProductLayer(rgb=np.zeros((*SIZE, 3), np.uint8), alpha_matte=np.zeros(SIZE, np.float32))
    assert measure_gain(set_of(0.01), layer) == 1


def test_a_shadow_in_a_bright_place_stays_as_deep() -> None:
    picture, layer = set_of(0.3), layer_of(230)
    picture[150:165, 60:190] = 0.05
    lit = separate(picture, layer, 2.0)
    assert lit[157, 175, 0] / lit[157, 195, 0] < 1.3 * picture[157, 175, 0] / picture[157, 195, 0]
