"""Mountains over firs, in snow or beyond a lake, at any hour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.backdrops.alpine_view import AlpineView, alpine_image

WINTER = AlpineView(aspect=1.4, horizon=0.3, snowy=True, water="", night=0.0, golden=0.0, sunny_left=True, seed=3)
LAKE = replace(WINTER, snowy=False, water="#3f6a70")
_HORIZON = round(540 * 0.7)


@pytest.mark.parametrize("view", [WINTER, LAKE])
def test_it_grows_dark(view: AlpineView) -> None:
    levels = [float((alpine_image(replace(view, night=night)) @ LUMINANCE).mean()) for night in (0.0, 0.5, 1.0)]
    assert levels[0] > 1.5 * levels[1] > 3 * levels[2]


def test_land_is_white_in_winter_and_none_of_it_is_blown_out() -> None:
    image = alpine_image(WINTER)
    land = image[_HORIZON + 60 :]
    assert float((land @ LUMINANCE).mean()) > 0.6
    assert image.max() < 1.4


def test_a_lake_mirrors_what_is_over_it() -> None:
    image = alpine_image(LAKE) @ LUMINANCE
    over = image[_HORIZON - 40 : _HORIZON - 10].mean(0)
    under = image[_HORIZON + 8 : _HORIZON + 30].mean(0)
    assert np.corrcoef(over, under)[0, 1] > 0.6


def test_peaks_stand_out_from_the_sky_and_firs_from_peaks() -> None:
    image = alpine_image(LAKE)
    blueness = image[..., 2] - image[..., 0]
    assert float(blueness[:40].min()) > 0.1
    assert float(np.quantile(blueness[_HORIZON - 120 : _HORIZON], 0.5)) < 0.5 * float(blueness[:40].mean())
    greenness = image[..., 1] - np.maximum(image[..., 0], image[..., 2])
    assert (greenness[_HORIZON - 200 : _HORIZON] > 0.01).mean() > 0.02


@pytest.mark.parametrize("aspect", [0.2, 1.0, 6.0])
def test_any_shape_has_both_land_and_sky(aspect: float) -> None:
    image = alpine_image(replace(WINTER, aspect=aspect))
    assert image.shape == (540, max(64, min(2200, int(540 * aspect))), 3)
    assert np.isfinite(image).all()
    assert image.min() >= 0


def test_the_last_sun_leaves_the_valley_to_the_sky() -> None:
    """Snow under a sunset was pink all over."""
    evening = alpine_image(replace(WINTER, golden=0.7))
    valley = evening[-40:].mean((0, 1))
    day = alpine_image(WINTER)[-40:].mean((0, 1))
    assert valley[2] > valley[0], "blue in the shade"
    assert valley.mean() < day.mean()
