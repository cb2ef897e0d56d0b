"""The set round a product that is laid over its plate."""

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, OidnDenoiser
from photoshoot.placers.studio.renderer.difference import Change
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, Holdout
from photoshoot.placers.studio.renderer.plate import Plate, RawChange, lay_over_plate
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
