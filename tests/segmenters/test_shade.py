from __future__ import annotations

import numpy as np
import pytest

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.shade import compare, find_black, find_bounce, find_contact_shadow, find_tinted_shade

POT, UNDER = np.s_[20:60, 30:70], np.s_[60:70, 35:65]
BACKDROP = np.array([0.83, 0.71, 0.54], np.float32)


def test_what_stands_on_black_cloth_is_no_contact_shadow() -> None:
    """A grey patch right under what is seen is a shadow on white, unless the product goes on below it."""
    seen = np.zeros((100, 100), np.float32)
    seen[30:60, 30:70] = 1
    behind = np.ones((3, 100, 100), np.float32)
    for below, is_shadow in ((1.0, True), (0.1, False)):
        planes = behind.copy()
        planes[:, 30:60, 30:70] = 0.4
        planes[:, 60:64, 30:70] = 0.8
        planes[:, 64:76, 30:70] = below
        shade = compare(planes, behind)
        dark = find_tinted_shade(shade, 0.002), find_black(shade)
        contact = find_contact_shadow(shade, 0.002, shade.distance > 0.03, seen, dark)
        assert contact[60:64, 30:70].all() == is_shadow
        assert contact.any() == is_shadow


def draw(
    pot: tuple[float, float, float], under: Float32Array
) -> tuple[Float32Array, Float32Array, BoolArray, BoolArray]:
    behind = np.broadcast_to(BACKDROP[:, None, None], (3, 100, 100)).copy()
    planes, sure, among = behind.copy(), np.zeros((100, 100), bool), np.zeros((100, 100), bool)
    planes[:, *POT] = np.array(pot, np.float32)[:, None, None]
    planes[:, *UNDER] = under[:, None, None]
    sure[POT] = among[UNDER] = True
    return planes, behind, sure, among


def test_a_shadow_with_the_products_light_in_it_is_told_from_a_foot() -> None:
    pot = (0.75, 0.28, 0.1)
    light = 1 - 0.3 * (1 - np.array(pot, np.float32) / 0.75)
    planes, behind, sure, among = draw(pot, 0.9 * BACKDROP * light)
    assert np.array_equal(find_bounce(planes, behind, sure, among, 0.03), among)
    for foot in ((0.2, 0.3, 0.6), (0.95, 0.95, 0.95), (0.05, 0.02, 0.01)):
        planes[:, *UNDER] = np.array(foot, np.float32)[:, None, None]
        assert not find_bounce(planes, behind, sure, among, 0.03).any(), foot


@pytest.mark.parametrize("pot", [(0.5, 0.5, 0.5), (0.9, 0.85, 0.8)])
def test_a_grey_product_throws_no_colour(pot: tuple[float, float, float]) -> None:
    planes, behind, sure, among = draw(pot, 0.8 * BACKDROP)
    assert not find_bounce(planes, behind, sure, among, 0.03).any()
    assert not find_bounce(planes, behind, np.zeros_like(sure), among, 0.03).any()
