from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE
from photoshoot.errors import DeviceError
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.exposure import (
    add_bloom,
    choose_exposure,
    darken_corners,
    encode,
    read_card,
    tone_map,
)
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.shapes import SetParts
from tests.placers.studio.conftest import draw_vase, make_canvas

VIEW = View.of(make_canvas(draw_vase(160, 420, 138, 210)), 1.4)


@pytest.mark.usefixtures("placer")
def test_in_even_light_the_card_reads_nine_tenths_of_it() -> None:
    sky = mi.load_dict({"type": "constant", "radiance": {"type": "rgb", "value": [0.4, 0.7, 1.0]}})
    card = read_card(Renderer(4), {"sky": sky}, Camera(film=Film(view=VIEW)))
    np.testing.assert_allclose(card, 0.9 * np.array([0.4, 0.7, 1.0]), rtol=5e-3)  # the mean of 18,432 paths


def test_the_exposure_shows_white_as_asked() -> None:
    card = np.array([0.2, 0.3, 0.4])
    exposure = choose_exposure(SetParts(shapes={}, card=0.8), card)
    assert exposure * float(card @ LUMINANCE) / 0.9 == pytest.approx(0.8)
    assert choose_exposure(SetParts(shapes={}, exposure=3.5), None) == 3.5


def test_a_set_without_light_is_refused() -> None:
    with pytest.raises(DeviceError, match="no light"):
        choose_exposure(SetParts(shapes={}), np.zeros(3))


def test_tone_is_linear_below_the_shoulder_and_rises_to_one() -> None:
    ramp = np.linspace(0, 50, 4001, dtype=np.float32)[None, :, None].repeat(3, 2)
    shown = tone_map(ramp, 1.0)[0, :, 1]
    low = ramp[0, :, 1] < 0.8
    np.testing.assert_allclose(shown[low], ramp[0, low, 1], atol=1e-5)
    assert (np.diff(shown) >= -1e-6).all()
    assert 0.98 < shown[-1] <= 1


def test_exposure_is_a_factor() -> None:
    scene = np.random.default_rng(0).random((8, 9, 3), np.float32) * 0.3
    np.testing.assert_allclose(tone_map(scene, 2.0), scene * 2, atol=1e-5)


def test_dither_keeps_the_mean_and_breaks_bands() -> None:
    flat = np.full((200, 200, 3), 0.2143, np.float32)
    image = encode(flat, np.random.default_rng(1))
    exact = 255 * (1.055 * 0.2143 ** (1 / 2.4) - 0.055)
    assert abs(image.mean() - exact) < 0.02
    assert len(np.unique(image)) >= 2
    np.testing.assert_array_equal(image, encode(flat, np.random.default_rng(1)))


def test_bloom_spreads_only_what_is_bright() -> None:
    scene = np.full((61, 83, 3), 0.5, np.float32)
    np.testing.assert_allclose(add_bloom(scene, 1.0, 0.1), scene, atol=1e-6)
    scene[30, 40] = 20
    glowing = add_bloom(scene, 1.0, 0.1)
    assert glowing[30, 44, 0] > scene[30, 44, 0]
    assert glowing.shape == scene.shape


@pytest.mark.parametrize("size", [(1674, 628), (160, 600), (63, 64)])
def test_corners_lose_as_much_light_as_asked_and_the_middle_none(size: tuple[int, int]) -> None:
    light = np.ones((size[1], size[0], 3), np.float32)
    dark = darken_corners(light, 0.4)
    assert dark[0, 0, 0] == pytest.approx(0.6, abs=0.02)
    assert dark[size[1] // 2, size[0] // 2].min() > 0.999
    np.testing.assert_allclose(dark, dark[::-1, ::-1], atol=1e-6)
    assert darken_corners(light, 0.0) is light
