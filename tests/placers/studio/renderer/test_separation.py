"""The patch of light behind a product that its set would swallow."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.renderer.separation import measure_gain, measure_outline, separate, told_apart
from photoshoot.records import LinearImage, ProductLayer

SIZE = (180, 240)


def layer_of(level: int) -> ProductLayer:
    alpha = np.zeros(SIZE, np.float32)
    alpha[50:150, 80:160] = 1
    return ProductLayer(rgb=np.full((*SIZE, 3), level, np.uint8), alpha_matte=alpha)


def set_of(level: float) -> LinearImage:
    return np.full((*SIZE, 3), level, np.float32)


def srgb_of(linear: float) -> float:
    return 255 * float(linear_to_srgb(np.float32(linear)))


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


@pytest.mark.parametrize("level", [8, 16, 24])
def test_a_black_product_before_black_has_a_dark_grey_behind_it(level: int) -> None:
    """Of a black bicycle on black a red frame was seen: 2.6 times nothing is nothing."""
    picture, layer = set_of(0.004), layer_of(level)
    lit = separate(picture, layer, measure_gain(picture, layer))
    beside, corner = (srgb_of(lit[y, x, 0]) for y, x in ((100, 70), (5, 5)))
    assert beside > level + 22, "the outline is seen in a lit room"
    assert corner + 12 < beside < 90, "it is black paper still, with a light on it"


def test_a_pool_of_light_keeps_what_is_in_black_in_its_order() -> None:
    """A shadow on black stays darker than what is round it, and by a share that is seen."""
    levels = np.linspace(0.001, 0.1, 100)
    lit = [float(separate(set_of(level), layer_of(8), 2.6)[100, 70, 0]) for level in levels]
    assert (np.diff(lit) > 0).all()


@pytest.mark.parametrize(("behind", "level"), [(0.5, 30), (0.2, 250), (0.9, 250), (0.55, 190), (0.3, 140), (0.14, 100)])
def test_no_patch_where_a_set_is_bright(behind: float, level: int) -> None:
    """A blue shoe before sage green lost its shadow, which is what is dark there, and was lit."""
    picture, layer = set_of(behind), layer_of(level)
    assert measure_gain(picture, layer) == 1
    assert separate(picture, layer, 1.0) is picture


def test_a_dark_backdrop_is_no_void_behind_a_pale_product() -> None:
    picture, layer = set_of(0.012), layer_of(230)
    gain = measure_gain(picture, layer)
    lit = separate(picture, layer, gain)
    assert 1.3 < lit[100, 70, 0] / 0.012 < 2.5
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


def test_a_patch_goes_past_what_would_be_as_bright_as_the_product() -> None:
    """A camera of black and chrome on black: a little light would hide the black, and at one size it was in a void."""
    picture, layer = set_of(0.0045), layer_of(40)
    layer.rgb[:, 110:] = 165
    dim, lit = seen(picture, layer), separate(picture, layer, measure_gain(picture, layer))
    assert min(seen(separate(picture, layer, gain), layer) for gain in np.linspace(1, 2, 9)) < dim - 0.05
    assert seen(lit, layer) > dim + 0.02


def test_a_dark_colour_is_no_black() -> None:
    """Navy velvet behind a black beanie was of a bright blue."""
    navy, layer = set_of(1) * np.array([0.004, 0.007, 0.04], np.float32), layer_of(20)
    assert separate(navy, layer, measure_gain(navy, layer)).max() < 2.65 * 0.04
