from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.pixels.imaging import (
    CORE_ALPHA,
    build_layer,
    composite,
    lay_on_grey,
    reduce_cutout,
    scale,
    show,
    shrink,
    tight_box,
)
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


def test_black_and_white_lines_average_in_linear_light() -> None:
    lines = np.zeros((64, 1024, 3), np.uint8)
    lines[:, ::2] = 255
    middle = shrink(lines)[16, 64:-64].astype(float)
    expected = float(linear_to_srgb(0.5)) * 255
    assert middle.mean() == pytest.approx(expected, abs=2), "an average of the bytes would be 128"


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1674, 628), (512, 192)), ((90, 728), (63, 512)), ((512, 512), (512, 512)), ((4000, 3), (512, 1))],
)
def test_longest_side_is_512_and_the_shape_is_kept(size: tuple[int, int], expected: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), 99, np.uint8)
    small = shrink(image)
    assert (small.shape[1], small.shape[0]) == expected
    assert np.all(small == 99)


def test_scaling_to_its_own_size_changes_nothing() -> None:
    image = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    assert np.array_equal(scale(image, (30, 20)), image)


CUTOUT = draw_cutout(120, 160)


@pytest.mark.parametrize("side_px", [32, 64, 4000])
def test_a_product_is_made_smaller_in_its_own_shape_and_never_larger(side_px: int) -> None:
    small = reduce_cutout(CUTOUT, side_px)
    box = CUTOUT.box
    assert max(small.size) == min(side_px, max(box.width, box.height))
    assert small.width / small.height == pytest.approx(box.width / box.height, rel=2 / min(small.size))


def test_a_product_lies_in_the_middle_of_plain_grey() -> None:
    product = reduce_cutout(CUTOUT, 64)
    view = np.asarray(lay_on_grey(product, 200, 1.5))
    assert view.shape == (96, 96, 3)
    assert (view[:8] == 200).all()
    assert (view[:, :8] == 200).all()
    rows, columns = np.nonzero((view != 200).any(axis=2))
    assert abs(rows.min() + rows.max() - 95) <= 2
    assert abs(columns.min() + columns.max() - 95) <= 2


def test_what_networks_are_shown_has_their_size() -> None:
    assert show(CUTOUT, 96).size == (96, 96)
