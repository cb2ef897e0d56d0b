"""Pictures that shine behind a set."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE, hex_to_linear, hex_to_oklab, linear_to_oklab
from photoshoot.placers.studio.backdrops.bokeh import Bokeh, bokeh_image, glow_image, is_daylight

DAY = ("#bcd6a0", "#c9dcea", "#f3e3c6", "#8fb55a")
EVENING = ("#d08a3e", "#d8973f", "#d9a860", "#2a3550", "#7a1420")


def test_light_colours_are_day_and_dark_or_warm_ones_evening() -> None:
    assert [color for color in DAY if not is_daylight(color)] == []
    assert [color for color in EVENING if is_daylight(color)] == []


@pytest.mark.parametrize("color", DAY)
def test_daylight_is_bright_and_of_the_asked_hue(color: str) -> None:
    image = bokeh_image(Bokeh(color=color, aspect=2.0, seed=1))
    lab = linear_to_oklab(np.clip(image, 0, 1).reshape(-1, 3))
    asked = hex_to_oklab(color)
    assert float(np.percentile(lab[:, 0], 2)) > 0.5, "no dark corner by day"
    assert float(np.median(lab[:, 0])) > float(asked[0]) - 0.08
    assert float(np.linalg.norm(lab[:, 1:].mean(0) - asked[1:])) < 0.06


@pytest.mark.parametrize("color", EVENING)
def test_evening_has_lights_on_a_dim_ground(color: str) -> None:
    luminance = bokeh_image(Bokeh(color=color, aspect=2.0, seed=1)) @ LUMINANCE
    assert float(np.percentile(luminance, 99.5)) > 4 * float(np.median(luminance))


@pytest.mark.parametrize("color", [DAY[0], EVENING[0]])
def test_seed_decides_the_picture_and_shared_pictures_are_read_only(color: str) -> None:
    first, again, other = (bokeh_image(Bokeh(color=color, aspect=1.5, seed=seed)) for seed in (1, 1, 2))
    assert first is again
    assert not np.array_equal(first, other)
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 0


@pytest.mark.parametrize("aspect", [0.2, 12.0])
def test_pictures_follow_the_asked_shape(aspect: float) -> None:
    for color in (DAY[0], EVENING[0]):
        rows, columns, _ = bokeh_image(Bokeh(color=color, aspect=aspect)).shape
        assert columns >= 64
        assert columns / rows == pytest.approx(aspect, rel=0.6)


def test_glow_is_brightest_where_asked() -> None:
    image = glow_image("#8090ff", 2.0, (0.25, 0.5)) @ LUMINANCE
    row, column = np.unravel_index(int(np.argmax(image)), image.shape)
    assert (row / image.shape[0], column / image.shape[1]) == pytest.approx((0.5, 0.25), abs=0.02)


def test_a_glow_of_no_colour_is_a_light_and_no_void() -> None:
    """A single spotlight was asked for on black stone, and the wall behind was black all over."""
    black, amber = (glow_image(color, 2.0, (0.5, 0.5)) for color in ("#1c1c1c", "#7a2410"))
    assert float((black @ LUMINANCE).max()) > 0.06
    assert np.ptp(black[200, 400]) < 1e-3, "and it has no colour"
    assert float((amber @ LUMINANCE).max()) < 1.2 * float(hex_to_linear("#7a2410") @ LUMINANCE), "a lamp's own stays"
