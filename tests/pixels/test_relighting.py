from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.pixels.imaging import light_pixels, light_product, wrap_light
from photoshoot.records import Box, ProductLayer
from photoshoot.records.light_map import LightMap

LAYER = ProductLayer(
    rgb=np.random.default_rng(3).integers(0, 256, (60, 90, 3), np.uint8), alpha_matte=np.ones((60, 90), np.float32)
)


def test_without_a_map_or_with_one_of_no_light_nothing_changes() -> None:
    assert light_product(LAYER, None) is LAYER
    box = Box(left=0, top=0, right=90, bottom=60)
    stops = LightMap.of_stops(np.zeros((5, 7, 3), np.float32), box)
    assert np.abs(light_product(LAYER, stops).rgb.astype(int) - LAYER.rgb).max() <= 1  # half a level of light


@given(stops=st.floats(-2.6, 1), value=st.integers(0, 254))
def test_brighter_stays_brighter_and_nothing_becomes_blank(stops: float, value: int) -> None:
    tones = np.arange(256, dtype=np.uint8)[:, None].repeat(3, 1)
    lit = light_pixels(tones, np.full((256, 3), stops, np.float32))[:, 0].astype(int)
    assert (np.diff(lit) >= 0).all()
    assert lit[0] == 0
    assert (lit[value] >= value) if stops >= 0 else (lit[value] <= value)


@pytest.mark.parametrize("left", [-20, 0, 30])
def test_a_box_may_reach_past_the_canvas(left: int) -> None:
    box = Box(left=left, top=-5, right=left + 80, bottom=70)
    lit = light_product(LAYER, LightMap.of_stops(np.full((6, 6, 3), -1, np.float32), box)).rgb
    inside = np.zeros((60, 90), bool)
    inside[:, max(0, left) : left + 80] = True
    np.testing.assert_array_equal(lit[~inside], LAYER.rgb[~inside])
    assert lit[inside].mean() < 0.85 * LAYER.rgb[inside].mean()


def test_light_wraps_round_the_soft_edge_alone_and_only_where_it_is_brighter_behind() -> None:
    alpha = np.broadcast_to(np.linspace(0, 1, 90, dtype=np.float32), (60, 90))
    layer = ProductLayer(rgb=np.full((60, 90, 3), 100, np.uint8), alpha_matte=alpha)
    behind = np.full((60, 90, 3), 230, np.uint8)
    behind[30:] = 20
    wrapped = wrap_light(layer, behind, 1).rgb
    soft = (alpha > 0) & (alpha < 254 / 255)
    np.testing.assert_array_equal(wrapped[~soft], layer.rgb[~soft])
    np.testing.assert_array_equal(wrapped[30:], layer.rgb[30:])
    assert (wrapped[:30, 1:60] > 100).all()
    assert wrapped[0, 10, 0] > wrapped[0, 60, 0]
    assert wrap_light(layer, behind, 0) is layer
