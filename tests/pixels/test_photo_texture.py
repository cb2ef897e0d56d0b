from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from photoshoot.color.space import bytes_to_linear
from photoshoot.pixels.photo_texture import PhotoTexture, choose_texture, draw_grain, measure_texture, soften
from photoshoot.placers.studio.renderer.exposure import encode
from photoshoot.records import ProductLayer
from photoshoot.settings import StudioSettings

HEIGHT, WIDTH = 300, 240
NOISY = np.random.default_rng(1).normal(130, 5, (160, 160)).astype(np.float32)
LAYER = ProductLayer(
    rgb=np.repeat(NOISY.round().astype(np.uint8)[..., None], 3, -1), alpha_matte=np.ones((160, 160), np.float32)
)


def _draw(*, print_: bool = True) -> np.ndarray:
    """A softly shaded thing with broad stripes printed on it (H, W, 3), sRGB steps."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    shade = 90 + 80 * columns / WIDTH + 15 * np.sin(rows / 60)
    if print_:
        shade[(rows % 60 < 20) & (columns > 40) & (columns < 200)] -= 55
    return np.repeat(shade[..., None], 3, -1)


def _measure(image: np.ndarray) -> PhotoTexture:
    rgb = np.clip(np.round(image), 0, 255).astype(np.uint8)
    return measure_texture(ProductLayer(rgb=rgb, alpha_matte=np.ones((HEIGHT, WIDTH), np.float32)))


def _noise(strength: float, size: float = 0.0) -> np.ndarray:
    noise = np.random.default_rng(0).normal(size=(HEIGHT, WIDTH))
    if size:
        noise = ndimage.gaussian_filter(noise, size, mode="wrap")
    return np.asarray(strength * (noise / noise.std())[..., None])


def _compress(image: np.ndarray, quality: int) -> np.ndarray:
    held = io.BytesIO()
    Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)).save(held, "JPEG", quality=quality)
    return np.asarray(Image.open(held)).astype(np.float32)


@pytest.mark.parametrize(("strength", "size"), [(1.5, 0.0), (4.0, 0.0), (3.0, 0.8)])
def test_noise_is_told_and_how_coarse_it_is(strength: float, size: float) -> None:
    photo = _measure(_draw() + _noise(strength, size))
    assert photo.noise == pytest.approx(strength, rel=0.12)
    assert photo.grain_px == pytest.approx(size, abs=0.35)


@pytest.mark.parametrize("depth", [1.5, 4.0])
def test_cloth_is_no_noise(depth: float) -> None:
    """Threads under light that grazes them more and more."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    threads = np.sin(columns * 2.1) + np.sin(rows * 2.4) + _noise(0.7)[..., 0]
    slant = 0.2 + 1.8 * rows / HEIGHT
    assert _measure(_draw(print_=False) + depth * (threads * slant)[..., None]).noise == 0


@pytest.mark.parametrize("quality", [25, 50, 80])
def test_blocks_of_a_compressor_are_no_noise(quality: int) -> None:
    assert _measure(_compress(_draw(), quality)).noise < 0.5


@pytest.mark.parametrize("blur", [1.0, 1.6, 2.2])
def test_blur_is_told_by_printed_edges(blur: float) -> None:
    blurred = ndimage.gaussian_filter(_draw(), (blur, blur, 0))
    assert _measure(blurred).blur_px == pytest.approx(blur, abs=0.2)


def test_an_enlarged_photo_is_blurred_and_a_sharp_one_is_not() -> None:
    small = Image.fromarray(_draw().astype(np.uint8)).resize((WIDTH // 4, HEIGHT // 4), Image.Resampling.LANCZOS)
    enlarged = small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    assert _measure(np.asarray(enlarged).astype(np.float32)).blur_px > 1.3
    assert _measure(_draw()).blur_px < 0.6


def test_what_has_no_edges_or_no_pixels_tells_nothing() -> None:
    assert _measure(_draw(print_=False)).blur_px == 0
    nothing = ProductLayer(rgb=np.zeros((9, 9, 3), np.uint8), alpha_matte=np.zeros((9, 9), np.float32))
    assert measure_texture(nothing) == PhotoTexture(noise=0.0, grain_px=0.0, blur_px=0.0)


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
