"""A city's skyline and lamps on strings, at any hour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.backdrops.skylines import Skyline, skyline_image
from photoshoot.placers.studio.backdrops.string_lights import string_lights
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.batching import Emissive
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance

DAY = Skyline(aspect=1.6, horizon=0.3, night=0.0, golden=0.0, color="#7e8894", sunny_left=True, seed=3)
SUNSET, DUSK, NIGHT = replace(DAY, golden=1.0), replace(DAY, golden=1.0, night=0.5), replace(DAY, night=1.0)


def test_it_grows_dark() -> None:
    levels = [float((skyline_image(city)[:100] @ LUMINANCE).mean()) for city in (DAY, SUNSET, DUSK, NIGHT)]
    assert levels[0] > 2 * levels[2] > 4 * levels[3]
    assert levels[1] > levels[2]


def test_rooms_are_lit_from_a_low_sun_on_and_none_by_day() -> None:
    by_day, late = skyline_image(DAY), [skyline_image(city) for city in (DUSK, NIGHT)]
    assert by_day.max() < 1.0
    assert all((image @ LUMINANCE > 0.6).mean() > 0.003 for image in late)


def test_a_sunset_is_warm_at_the_horizon_and_cool_above() -> None:
    image = skyline_image(replace(SUNSET, horizon=0.0))
    assert image[0, :, 2].mean() > image[0, :, 1].mean()
    assert image[-250:, :, 0].mean() > 1.3 * image[-250:, :, 2].mean()


@pytest.mark.parametrize("seed", range(4))
def test_towers_stand_over_the_horizon_and_leave_sky(seed: int) -> None:
    image = skyline_image(replace(DAY, seed=seed))
    rows = image.shape[0]
    sky = np.abs(image - np.median(image, axis=1, keepdims=True)).max(-1) < 2e-3
    tops = np.array([np.argmin(column) for column in sky.T])  # the first row that is no sky
    assert tops.min() > 0.02 * rows
    assert (tops < 0.7 * rows).mean() > 0.6  # so far down lies the horizon
    assert np.ptp(tops) > 0.15 * rows  # no wall


def test_it_is_the_same_for_a_seed_and_another_for_another() -> None:
    assert np.array_equal(skyline_image(DAY), skyline_image(replace(DAY)))
    assert not np.array_equal(skyline_image(DAY), skyline_image(replace(DAY, seed=4)))


def view_of(width: int, height: int) -> View:
    box = Box(left=width // 3, top=height // 3, right=2 * width // 3, bottom=int(0.85 * height))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.65)


@pytest.mark.parametrize("size", [(1080, 1080), (1600, 600), (600, 1300)])
def test_strings_hang_in_the_upper_part_of_the_picture_from_side_to_side(size: tuple[int, int]) -> None:
    width, view = size[0], view_of(*size)
    things = string_lights(view, 1.0, np.random.default_rng(2))
    (lamps,) = [thing for thing in things if isinstance(thing, Emissive)]
    at = view.to_pixel(lamps.mesh.vertices)
    seen = at[(at[:, 0] >= 0) & (at[:, 0] < width)]
    assert seen[:, 1].min() > 0
    assert seen[:, 1].max() < view.axis_row_px
    assert np.ptp(seen[:, 0]) > 0.8 * width


def test_lamps_by_day_are_clear_glass() -> None:
    off, on = (
        next(
            thing
            for thing in string_lights(view_of(800, 800), shine, np.random.default_rng(2))
            if isinstance(thing, Emissive)
        )
        for shine in (0.0, 1.0)
    )
    assert off.light.max() < 0.8
    assert np.ptp(off.light[0]) < 0.12
    assert on.light[0, 0] > 1.5 > 2 * on.light[0, 2]
