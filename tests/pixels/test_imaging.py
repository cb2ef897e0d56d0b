from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.color.space import bytes_to_linear
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer, composite, tight_box
from photoshoot.records import Box, Canvas, ProductLayer
from photoshoot.settings import Stance
from tests.making import cutout_of, draw_cutout


def canvas_for(box: Box, width: int = 200, height: int = 150) -> Canvas:
    safe = Box(left=0, top=0, right=width, bottom=height)
    return Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=safe, stance=Stance.UPRIGHT
    )


def test_the_product_lands_on_its_box() -> None:
    cutout = draw_cutout(300, 400)
    box = Box(left=60, top=20, right=60 + 53, bottom=20 + 119)
    layer = build_layer(cutout, canvas_for(box))
    assert tight_box(layer.alpha_matte) == box


def test_resampling_at_scale_one_keeps_the_pixels() -> None:
    cutout = draw_cutout(120, 140)
    box = Box(left=31, top=9, right=31 + cutout.box.width, bottom=9 + cutout.box.height)
    layer = build_layer(cutout, canvas_for(box))
    core = cutout.alpha_matte[cutout.box.slices()] >= CORE_ALPHA
    np.testing.assert_array_equal(layer.rgb[box.slices()][core], cutout.rgb[cutout.box.slices()][core])


def test_resampling_is_done_in_linear_light() -> None:
    rgb = np.zeros((160, 160, 3), np.uint8)
    rgb[::2] = 255  # black and white lines average to half the light, sRGB 188, not 128
    cutout = cutout_of(rgb, np.ones((160, 160), np.float32))
    layer = build_layer(cutout, canvas_for(Box(left=40, top=40, right=80, bottom=80)))
    middle = layer.rgb[50:70, 50:70]
    assert np.abs(middle.astype(int) - 188).max() <= 2, middle.mean()


def test_the_old_background_does_not_bleed_into_the_edge() -> None:
    cutout = draw_cutout()
    poisoned = cutout.rgb.copy()
    poisoned[cutout.alpha_matte == 0] = (255, 0, 255)
    box = Box(left=60, top=20, right=113, bottom=139)
    clean = build_layer(cutout, canvas_for(box))
    layer = build_layer(dataclasses.replace(cutout, rgb=poisoned), canvas_for(box))
    np.testing.assert_array_equal(clean.rgb, layer.rgb)


def test_a_box_over_the_canvas_edge_is_cut_there() -> None:
    cutout = draw_cutout()
    whole = build_layer(cutout, canvas_for(Box(left=40, top=30, right=100, bottom=150)))
    cut = build_layer(cutout, canvas_for(Box(left=-30, top=30, right=30, bottom=150)))
    np.testing.assert_array_equal(whole.rgb[30:150, 70:100], cut.rgb[30:150, 0:30])


def test_composite_is_exact_in_the_core_and_outside() -> None:
    layer = build_layer(draw_cutout(), canvas_for(Box(left=60, top=20, right=113, bottom=139)))
    background = np.random.default_rng(1).integers(0, 255, layer.rgb.shape, np.uint8)
    out = composite(background, layer)
    core, outside = layer.alpha_matte >= CORE_ALPHA, layer.alpha_matte == 0
    assert core.sum() > 1000
    np.testing.assert_array_equal(out[core], layer.rgb[core])
    np.testing.assert_array_equal(out[outside], background[outside])


def test_composite_blends_light_not_code_values() -> None:
    half = ProductLayer(rgb=np.full((4, 4, 3), 255, np.uint8), alpha_matte=np.full((4, 4), 0.5, np.float32))
    out = composite(np.zeros((4, 4, 3), np.uint8), half)
    assert bytes_to_linear(out).mean() == pytest.approx(0.5, abs=0.004)
