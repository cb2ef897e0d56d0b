"""The set round a product that is laid over its plate."""

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, OidnDenoiser
from photoshoot.placers.studio.renderer.difference import Change
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, Holdout
from photoshoot.placers.studio.renderer.plate import (
    Plate,
    RawChange,
    _without_product,
    lay_over_plate,
    median_of_nine,
)
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene_cache import SetKey
from tests.placers.studio.conftest import make_request

WALL = np.array([0.9, 0.35, 0.15], np.float32)
"""Light of an orange wall, which is its albedo, too."""


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("product", [0.02, 3.0])
def test_nothing_shines_round_a_product(product: float) -> None:
    request = make_request()
    alpha = request.layer.alpha_matte
    shown = lay_over_plate(_before_wall(SetKey.of(request).view, alpha, product), OidnDenoiser("fast").denoise)
    away = ndimage.distance_transform_edt(alpha == 0)
    ring = (away > 0) & (away < 3)
    ratio = shown[ring].mean(0) / shown[away > 12].mean(0)
    np.testing.assert_allclose(ratio, 1, atol=0.015)


def test_what_a_denoiser_leaves_as_specks_is_no_plaster_and_shadows_keep_their_edges() -> None:
    request = make_request()
    alpha = request.layer.alpha_matte
    raw = _before_wall(SetKey.of(request).view, alpha, 0.02)
    specks = np.random.default_rng(3).random((raw.camera.film.height_px, raw.camera.film.width_px, 1)) < 0.06

    def speckled(light: np.ndarray, aovs: Aovs) -> np.ndarray:
        del aovs
        shaded = np.where(np.arange(light.shape[1])[None, :, None] < light.shape[1] // 2, 0.6, 1.0)
        return np.asarray(WALL * shaded * np.where(specks[: len(light), : light.shape[1]], 1.3, 1), np.float32)

    shown = lay_over_plate(raw, speckled)[..., 0] / WALL[0]
    away = (ndimage.distance_transform_edt(alpha == 0) > 12) & (np.indices(alpha.shape).min(0) > 12)
    left, right = (away[:, half] for half in (slice(0, 150), slice(-150, None)))
    assert np.abs(shown[:, :150][left] - 0.6).max() < 0.03
    assert np.abs(shown[:, -150:][right] - 1.0).max() < 0.03


def _before_wall(view: View, alpha: np.ndarray, product: float) -> RawChange:
    """A product of one brightness before an evenly lit wall, all of it traced."""
    film = Film(view=view, scale=0.5, margin=MARGIN_PX)
    shape, holdout = (film.height_px, film.width_px), Holdout.of(alpha, film)
    wall = np.broadcast_to(WALL, (*shape, 3)).astype(np.float16)
    plate = Plate(
        light=np.broadcast_to(WALL, (*alpha.shape, 3)).astype(np.float16),
        film_light=wall,
        guides=np.concatenate([wall, np.broadcast_to([0, 0, 1, 0], (*shape, 4))], -1).astype(np.float16),
        coarse=np.zeros((2, 2, 3), np.float16),
        spp=4,
    )
    noise = np.random.default_rng(1).normal(1, 0.15, (*shape, 1))
    light = np.where(holdout.coverage[..., None] > SET_ALONE, product, WALL * noise).astype(np.float32)
    every = np.ones(shape, np.bool_)
    change = Change(soft=np.ones((*shape, 3), np.float32), weight=every.astype(np.float32), where=every)
    return RawChange(
        camera=Camera(film=film),
        plate=plate,
        change=change,
        light=light.reshape(-1, 3),
        holdout=holdout,
        exposure=1.0,
    )


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 5, 1), (40, 31, 3)])
def test_medians_are_those_of_a_filter_bit_for_bit(shape: tuple[int, ...]) -> None:
    image = np.asarray(np.random.default_rng(4).integers(0, 9, shape) / 7, np.float32)
    np.testing.assert_array_equal(median_of_nine(image), ndimage.median_filter(image, (3, 3, 1)))


@pytest.mark.parametrize("box", [np.s_[30:50, 20:33], np.s_[0:60, 2:70], np.s_[57:60, 0:6]])
def test_light_goes_on_under_the_product_as_if_the_whole_film_were_averaged(box: tuple[slice, slice]) -> None:
    rng = np.random.default_rng(5)
    noisy, plate = rng.random((60, 72, 3), np.float32), rng.random((60, 72, 3), np.float32) + np.float32(0.1)
    coverage = np.zeros((60, 72), np.float32)
    coverage[box] = rng.random(coverage[box].shape) > 0.05
    clear = (coverage <= SET_ALONE).astype(np.float32)[..., None]
    means = [ndimage.gaussian_filter(image * clear, (2, 2, 0)) for image in (noisy, plate, np.ones_like(clear))]
    ratio = np.where(means[2] > 0.01, means[0] / np.maximum(means[1], 1e-6), 1)
    np.testing.assert_array_equal(_without_product(noisy, plate, coverage), np.where(clear > 0, noisy, plate * ratio))
