from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from photoshoot.color.space import bytes_to_linear, linear_to_oklab
from photoshoot.quality.measures import measure_palette_distance, measure_scene
from photoshoot.records import RgbImage

RNG = np.random.default_rng(8)
NOTHING = np.zeros((96, 128), np.float32)


def _slope(low: int, high: int) -> np.ndarray:
    plane = np.broadcast_to(np.linspace(low, high, 128).round().astype(np.uint8), (96, 128))
    return np.repeat(plane[..., None], 3, axis=2)


def test_a_blank_scene_has_no_tones_and_an_overexposed_one_is_clipped() -> None:
    blank = measure_scene(np.full((96, 128, 3), 200, np.uint8), NOTHING)
    white = measure_scene(np.full((96, 128, 3), 255, np.uint8), NOTHING)
    assert blank is not None
    assert white is not None
    assert (blank.tonal_range, blank.clipped_share) == (0.0, 0.0)
    assert white.clipped_share == 1.0


def test_a_faint_shadow_is_found_in_small_pictures_too() -> None:
    draft = np.full((83, 139, 3), 248, np.uint8)
    draft[49:59:2, 41:51:2] = 236  # 25 of 11,537 pixels, none of them on a fourth row
    found = measure_scene(draft, np.zeros(draft.shape[:2], np.float32))
    assert found is not None
    assert found.tonal_range == 12


def test_a_slope_in_coarse_steps_is_banded_and_a_noisy_one_is_not() -> None:
    slope = _slope(60, 66)
    noisy = np.clip(slope.astype(int) + RNG.integers(-6, 7, slope.shape), 0, 255).astype(np.uint8)
    banded, grainy = measure_scene(slope, NOTHING), measure_scene(noisy, NOTHING)
    assert banded is not None
    assert grainy is not None
    assert banded.banded_share > 0.5
    assert grainy.banded_share < 0.05


@pytest.mark.parametrize("sigma", [2.0, 5.0, 10.0])
def test_noise_is_measured_in_bytes(sigma: float) -> None:
    noisy = np.clip(RNG.normal(128, sigma, (256, 256, 3)), 0, 255).round().astype(np.uint8)
    found = measure_scene(noisy, np.zeros((256, 256), np.float32))
    assert found is not None
    assert found.noise is not None
    assert sigma < found.noise < 2 * sigma  # the 95th percentile of blocks of 64 pixels


def test_a_picture_of_nothing_but_product_has_no_scene() -> None:
    assert measure_scene(_slope(0, 255), np.ones((96, 128), np.float32)) is None


def test_the_palettes_of_a_picture_and_itself_are_one(tmp_path: Path) -> None:
    picture = RNG.integers(0, 256, (96, 128, 3)).astype(np.uint8)
    Image.fromarray(picture).save(tmp_path / "same.png")
    Image.fromarray(np.full((96, 128, 3), (250, 20, 20), np.uint8)).save(tmp_path / "red.png")
    same = measure_palette_distance(picture, NOTHING, tmp_path / "same.png")
    assert same == pytest.approx(0, abs=1e-6)
    blue = np.full((96, 128, 3), (20, 20, 250), np.uint8)
    assert measure_palette_distance(blue, NOTHING, tmp_path / "red.png") > 0.3


@pytest.mark.parametrize("colors", [1, 3, 40, 5000])  # few colours: many assignments that cost the same
def test_palettes_are_matched_as_scipy_matches_them(colors: int, tmp_path: Path) -> None:
    palettes = RNG.integers(0, 256, (2, colors, 3)).astype(np.uint8)
    first, second = (np.sort(palette[RNG.integers(0, colors, (96, 128))], axis=1) for palette in palettes)
    Image.fromarray(second).save(tmp_path / "second.png")
    shown, wanted = (linear_to_oklab(bytes_to_linear(_evenly(picture))) for picture in (first, second))
    cost = cdist(shown, wanted)
    best = float(cost[linear_sum_assignment(cost)].mean())
    assert measure_palette_distance(first, NOTHING, tmp_path / "second.png") == pytest.approx(best, abs=1e-5)


def _evenly(picture: RgbImage) -> RgbImage:
    """160 pixels of every second line and column, as palettes are read."""
    pixels = picture[1::2, 1::2].reshape(-1, 3)
    chosen: RgbImage = pixels[np.linspace(0, len(pixels) - 1, 160).round().astype(int)]
    return chosen
