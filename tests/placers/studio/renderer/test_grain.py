from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import bytes_to_linear
from photoshoot.pixels.photo_texture import PhotoTexture
from photoshoot.placers.studio.renderer.exposure import darken_corners, encode
from photoshoot.placers.studio.renderer.grain import choose_texture, draw_grain, soften
from photoshoot.records import ProductLayer
from photoshoot.settings import StudioSettings

NOISY = np.random.default_rng(1).normal(130, 5, (160, 160)).astype(np.float32)
LAYER = ProductLayer(
    rgb=np.repeat(NOISY.round().astype(np.uint8)[..., None], 3, -1), alpha_matte=np.ones((160, 160), np.float32)
)


def test_grain_is_the_photos_within_bounds_or_what_is_asked_for() -> None:
    assert choose_texture(StudioSettings(), LAYER).noise == 3
    assert choose_texture(StudioSettings(grain=0.0), LAYER).noise == 0
    asked = choose_texture(StudioSettings(grain=5.0, set_blur_px=2.0), LAYER)
    assert (asked.noise, asked.blur_px) == (5, 2)


@pytest.mark.parametrize("size", [0.0, 0.8])
def test_grain_is_as_strong_as_asked_in_mid_greys_and_spares_black_and_white(size: float) -> None:
    grey = bytes_to_linear(np.full((128, 192, 3), 128, np.uint8))
    texture = PhotoTexture(noise=2.5, grain_px=size, blur_px=0.0)
    grain = draw_grain(grey, texture, np.random.default_rng(4))
    assert grain is not None
    assert grain.std() == pytest.approx(2.5, rel=0.03)
    np.testing.assert_array_equal(grain, draw_grain(grey, texture, np.random.default_rng(4)))
    image = encode(grey, np.random.default_rng(5), grain)
    assert np.ptp(image.astype(int), axis=-1).max() == 0
    assert image.std() == pytest.approx(2.5, rel=0.1)
    for end in (0.0, 1.0):
        none = draw_grain(np.full_like(grey, end), texture, np.random.default_rng(4))
        assert none is not None
        assert np.abs(none).max() < 1e-3


def test_no_noise_is_no_grain_and_no_blur_no_change() -> None:
    picture = np.random.default_rng(0).random((6, 7, 3), np.float32)
    texture = PhotoTexture(noise=0.0, grain_px=0.6, blur_px=0.0)
    assert draw_grain(picture, texture, np.random.default_rng(0)) is None
    assert soften(picture, 0.0) is picture
    assert soften(picture, 1.0).std() < 0.5 * picture.std()


@pytest.mark.parametrize("size", [(1674, 628), (160, 600), (63, 64)])
def test_corners_lose_as_much_light_as_asked_and_the_middle_none(size: tuple[int, int]) -> None:
    light = np.ones((size[1], size[0], 3), np.float32)
    dark = darken_corners(light, 0.4)
    assert dark[0, 0, 0] == pytest.approx(0.6, abs=0.02)
    assert dark[size[1] // 2, size[0] // 2].min() > 0.999
    np.testing.assert_allclose(dark, dark[::-1, ::-1], atol=1e-6)
    assert darken_corners(light, 0.0) is light
