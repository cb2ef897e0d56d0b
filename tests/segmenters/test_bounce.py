from __future__ import annotations

import numpy as np
import pytest

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.bounce import find_bounce

POT, UNDER = np.s_[20:60, 30:70], np.s_[60:70, 35:65]
BACKDROP = np.array([0.83, 0.71, 0.54], np.float32)


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
