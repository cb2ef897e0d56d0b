from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear, linear_to_oklab
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.textures.gradients import canvas_gradient, mix_colors, mix_hex
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance

COLORS = ("#1d3557", "#e63946", "#f1faee")


@pytest.fixture
def view() -> View:
    box = Box(left=420, top=120, right=520, bottom=340)
    canvas = Canvas(label="test", width_px=800, height_px=400, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.45)


def test_mixing_ends_at_its_colours_and_passes_through_those_between() -> None:
    mixed = mix_colors(COLORS, [0.0, 0.5, 1.0])
    wanted = np.stack([hex_to_linear(color) for color in COLORS])
    np.testing.assert_allclose(mixed, wanted, atol=2e-3)  # OKLab and back in float32


def test_shares_outside_0_to_1_give_the_end_colours() -> None:
    assert np.array_equal(mix_colors(COLORS, [-3.0, 4.0]), mix_colors(COLORS, [0.0, 1.0]))


def test_the_middle_of_two_colours_is_as_light_as_their_mean_to_the_eye() -> None:
    ends = np.stack([linear_to_oklab(hex_to_linear(color)) for color in COLORS[:2]])
    for middle in (mix_hex(*COLORS[:2], 0.5), mix_colors(COLORS[:2], 0.5)):
        assert float(linear_to_oklab(middle)[0]) == pytest.approx(float(ends[:, 0].mean()), abs=2e-3)


@pytest.mark.parametrize(
    ("direction", "first", "last"),
    [("vertical", (-1, 0), (0, 0)), ("horizontal", (0, 0), (0, -1)), ("diagonal", (-1, 0), (0, -1))],
)
def test_gradients_run_the_asked_way(view: View, direction: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    image = canvas_gradient(COLORS, direction, view, 64)
    np.testing.assert_allclose(image[first], hex_to_linear(COLORS[0]), atol=2e-3)
    np.testing.assert_allclose(image[last], hex_to_linear(COLORS[-1]), atol=2e-3)


def test_split_colours_are_unmixed_and_as_wide_as_each_other(view: View) -> None:
    row = canvas_gradient(COLORS, "split", view, 96)[40]
    found, widths = np.unique(row.round(4), axis=0, return_counts=True)
    assert (len(found), set(widths)) == (3, {32})
    np.testing.assert_allclose(row[[0, 48, 95]], [hex_to_linear(color) for color in COLORS], atol=2e-3)


def test_a_radial_gradient_begins_at_the_product(view: View) -> None:
    image = canvas_gradient(("#ffffff", "#000000"), "radial", view, 128).mean(-1)
    _, column = np.unravel_index(int(np.argmax(image)), image.shape)
    assert column / 128 == pytest.approx((420 + 520) / 2 / 800, abs=0.02)
    assert image[0, 0] < 0.2
