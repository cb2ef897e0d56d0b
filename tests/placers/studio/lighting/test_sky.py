from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.sky import Sky, balanced_key, fill_color, open_air, sky_image, top_elevation
from photoshoot.placers.studio.scene.emitters import fill_share, unit_luminance
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.settings import Stance

CANVAS_BOX = Box(left=370, top=60, right=470, bottom=270)
CANVAS = Canvas(
    label="t", width_px=840, height_px=314, product_box=CANVAS_BOX, safe_area=CANVAS_BOX, stance=Stance.UPRIGHT
)
VIEW = View.of(CANVAS, 1.3)
SKY = Sky(colors=("#f0c8a0", "#6f9bd8"), top_deg=12.0)


def test_the_pictures_upper_edge_is_at_the_skys_top_rounded_up() -> None:
    seen = math.degrees(math.atan2(VIEW.top - VIEW.camera_y, VIEW.distance))
    assert max(2.0, seen) <= top_elevation(VIEW) < max(2.0, seen) + 0.5
    assert (2 * top_elevation(VIEW)).is_integer()


def test_the_fill_has_unit_luminance_and_the_upper_skys_hue() -> None:
    color = fill_color(SKY)
    assert float(color @ LUMINANCE) == pytest.approx(1, abs=1e-6)
    assert color[2] > color[0]


def test_clouds_are_above_the_horizon_alone_and_stronger_as_asked() -> None:
    clear = sky_image(SKY)
    faint, strong = (sky_image(dataclasses.replace(SKY, clouds=share)) for share in (0.3, 0.9))
    below = clear.shape[0] // 2 + 1
    assert np.array_equal(clear[below:], strong[below:])
    assert 0 < float(np.abs(faint - clear).mean()) < float(np.abs(strong - clear).mean())


def test_the_camera_sees_the_sky_as_asked_whatever_the_exposure() -> None:
    for exposure in (0.5, 2.0):
        emitters = open_air(Light(), VIEW, SKY, exposure)
        fill = emitters["fill"]
        assert isinstance(fill, dict)
        radiance = np.array(fill["bitmap"])
        rows, ahead = slice(int(len(radiance) * 0.45), len(radiance) // 2), 0
        np.testing.assert_allclose(radiance[rows, ahead] * exposure, sky_image(SKY)[rows, ahead], rtol=1e-4, atol=1e-5)


def test_what_a_balanced_key_and_a_blue_sky_light_is_no_bluer_than_the_light_and_a_sunset_keeps_its_sun() -> None:
    """Snow under a blue sky was cyan in full sun."""
    light, sunset = Light(color="#ffffff", fill=0.5), Sky(colors=("#e07a4f", "#c98fae"), top_deg=12.0)

    def lit(key: Light) -> np.ndarray:
        share = fill_share(key)
        return np.asarray(hex_to_linear(key.color) * (1 - share) + share * fill_color(SKY))

    def blueness(color: np.ndarray) -> float:
        return float(color[2] / color[0])

    assert blueness(lit(light)) > 1.15
    balanced = balanced_key(light, SKY)
    scaled = unit_luminance(balanced.color) * (1 - fill_share(light)) + fill_share(light) * fill_color(SKY)
    assert blueness(np.asarray(scaled)) == pytest.approx(1.0, abs=0.06)
    assert balanced_key(light, sunset) == light
