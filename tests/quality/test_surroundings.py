from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.pixels.imaging import composite
from photoshoot.quality.surroundings import MARGIN_PX, Contact, Surroundings, grow, measure_contact, spread_mean
from photoshoot.records import Edge, RgbImage
from photoshoot.settings import Stance
from tests.making import make_canvas, make_product, make_request

PRODUCT = make_product()
REQUEST = make_request(product=PRODUCT, canvas=make_canvas(PRODUCT, 480, 320))
CANVAS, LAYER = REQUEST.canvas, REQUEST.layer
BYTE = 1 / 255
"""A byte's rounding of the sRGB value; linear light near white goes up to 2.3 of it."""


def to_bytes(linear: np.ndarray) -> RgbImage:
    return np.asarray(np.round(linear_to_srgb(linear) * 255), np.uint8)


def lit(support: float, shade: float = 1.0) -> RgbImage:
    """The product on a plain support whose light is ``shade`` of the rest within 4 px of the product."""
    light = np.full((CANVAS.height_px, CANVAS.width_px, 3), support, np.float32)
    light[grow(LAYER.alpha_matte > 0, 4)] *= shade
    return composite(to_bytes(light), LAYER)


@given(seed=st.integers(0, 99), reach=st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_growing_is_a_square_dilation(seed: int, reach: int) -> None:
    region = np.random.default_rng(seed).random((20, 31)) > 0.97
    expected = ndimage.binary_dilation(region, np.ones((3, 3), bool), iterations=reach) if reach else region
    np.testing.assert_array_equal(grow(region, reach), expected)


@given(seed=st.integers(0, 99), width=st.sampled_from([3, 5, 9]))
@settings(max_examples=20, deadline=None)
def test_unknown_pixels_do_not_tint_the_mean_and_known_ones_bound_it(seed: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    colors = rng.random((24, 30, 3), np.float32)
    known = rng.random((24, 30)) > 0.8
    mean, share = spread_mean(colors, known, width)
    told = share > 1e-4
    assert told[known].all()
    assert (mean[told] >= colors[known].min(axis=0) - 1e-4).all(), "sums of float32 over a window"
    assert (mean[told] <= colors[known].max(axis=0) + 1e-4).all()
    other = np.where(known[..., None], colors, 1 - colors)
    np.testing.assert_array_equal(spread_mean(other, known, width)[0], mean)
    far = ~grow(known, width)
    assert np.abs(mean[far]).max(initial=0) < 0.1
    assert share[far].max(initial=0) < 1e-6


def test_the_window_is_the_pictures_part_round_the_product() -> None:
    image = np.random.default_rng(1).integers(0, 256, (CANVAS.height_px, CANVAS.width_px, 3), np.uint8)
    around, box = Surroundings.of(image, LAYER, CANVAS), CANVAS.product_box
    assert (around.top, around.left) == (max(0, box.top - MARGIN_PX), max(0, box.left - MARGIN_PX))
    height, width = around.alpha_matte.shape
    assert around.top + height == min(CANVAS.height_px, box.bottom + MARGIN_PX)
    assert around.left + width == min(CANVAS.width_px, box.right + MARGIN_PX)
    part = slice(around.top, around.top + height), slice(around.left, around.left + width)
    np.testing.assert_array_equal(around.image, image[part])
    np.testing.assert_array_equal(around.alpha_matte, LAYER.alpha_matte[part])
    np.testing.assert_array_equal(around.linear(), bytes_to_linear(image[part]))


@pytest.mark.parametrize(("nearest", "farthest"), [(1, 1), (2, 4), (8, 10)])
@pytest.mark.parametrize("stance", Stance)
def test_a_ring_is_told_by_square_distance_and_spares_a_standing_foot(
    nearest: int, farthest: int, stance: Stance
) -> None:
    canvas = dataclasses.replace(CANVAS, stance=stance)
    around = Surroundings.of(lit(0.5), LAYER, canvas)
    distance = ndimage.distance_transform_cdt(around.alpha_matte <= 0, "chessboard")
    expected = (distance >= nearest) & (distance <= farthest)
    if stance is Stance.UPRIGHT:
        foot = canvas.product_box.bottom - around.top - round(0.06 * canvas.product_box.height)
        assert expected[foot:].any()
        expected[foot:] = False
    np.testing.assert_array_equal(around.ring(nearest, farthest), expected)


@pytest.mark.parametrize("stance", [Stance.UPRIGHT, Stance.LYING])
@pytest.mark.parametrize("support", [0.2, 0.6])
@pytest.mark.parametrize("shade", [1.0, 0.7, 0.3])
def test_contact_is_the_share_of_light_that_the_shade_takes(stance: Stance, support: float, shade: float) -> None:
    found = measure_contact(lit(support, shade), LAYER.alpha_matte, dataclasses.replace(CANVAS, stance=stance))
    assert found.drop == pytest.approx(1 - shade, abs=2 * 2.3 * BYTE / support)


def test_a_support_that_is_darker_further_off_shows_no_contact() -> None:
    assert measure_contact(lit(0.2, 2.0), LAYER.alpha_matte, CANVAS) == Contact(drop=0.0)


@pytest.mark.parametrize(
    ("change", "support", "note"),
    [
        ({"stance": Stance.HANGING}, 0.5, "it hangs"),
        ({"snapped": frozenset({Edge.BOTTOM})}, 0.5, "cuts its base"),
        ({}, 0.0, "its support is black"),
        ({"stance": Stance.LYING}, 0.0, "its support is black"),
        ({"height_px": CANVAS.product_box.bottom}, 0.5, "no support is seen"),
    ],
)
def test_what_can_not_be_measured_is_said(change: dict[str, object], support: float, note: str) -> None:
    canvas = dataclasses.replace(CANVAS, **change)  # type: ignore[arg-type]
    found = measure_contact(lit(support), LAYER.alpha_matte, canvas)
    assert found.drop is None
    assert note in found.note
