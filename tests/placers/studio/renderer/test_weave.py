from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import OidnDenoiser, denoise_under_weave, find_weave

SIDE = 128
RNG = np.random.default_rng(3)
WEAVE = np.repeat(RNG.uniform(0.45, 0.85, (SIDE, SIDE, 1)).astype(np.float32), 3, -1)
SHADE = np.repeat(np.repeat(np.linspace(0.3, 1.0, SIDE, dtype=np.float32)[None, :, None], SIDE, 0), 3, -1)
NOISE = RNG.uniform(0.5, 1.5, (SIDE, SIDE, 1)).astype(np.float32)  # of the light: all of a pixel's colours alike


def _aovs(albedo: np.ndarray, distance: np.ndarray | None = None) -> Aovs:
    normals = np.broadcast_to(np.array([0, 0, 1], np.float32), albedo.shape)
    flat = np.full(albedo.shape[:2], 5, np.float32)
    return Aovs(albedo=albedo, normals=normals, distance=flat if distance is None else distance)


def _rms(image: np.ndarray) -> float:
    return float(np.sqrt(np.mean(image[8:-8, 8:-8] ** 2)))


def test_noise_of_a_soft_shadow_does_not_stay_in_a_weave() -> None:
    truth, denoiser = WEAVE * SHADE, OidnDenoiser()
    noisy, aovs = truth * NOISE, _aovs(WEAVE)
    clean = denoise_under_weave(denoiser.denoise, noisy, aovs)
    usual = _rms(denoiser.denoise(noisy, aovs) - truth)
    assert _rms(clean - truth) < 0.5 * usual, (_rms(clean - truth), usual)


def test_light_that_the_weave_tells_wholly_is_what_it_was_without_a_denoiser() -> None:
    light = WEAVE * SHADE * NOISE
    np.testing.assert_allclose(denoise_under_weave(lambda noisy, _: noisy, light, _aovs(WEAVE)), light, rtol=1e-5)


def test_no_factor_at_edges_of_shapes() -> None:
    distance = np.where(np.arange(SIDE) < SIDE // 2, 5.0, 6.0).astype(np.float32) * np.ones((SIDE, 1), np.float32)
    weave = find_weave(WEAVE * SHADE, _aovs(WEAVE, distance))
    assert weave is not None
    assert (weave[:, SIDE // 2 - 1 : SIDE // 2 + 1] == 1).all()


def test_grainy_pavement_is_no_weave_beside_a_bright_rod() -> None:
    """Out of focus its albedo is as noisy as its light, each for itself; the rod's highlight spoke for both."""
    columns = np.abs(np.arange(SIDE) - SIDE // 2)
    rod, highlight = columns < 5, columns < 2
    paint, light = 0.1 + 0.1 * highlight, 0.1 + 0.25 * highlight
    noisy, albedo = (
        np.repeat((shown[:, None] * RNG.normal(1, share, (SIDE, SIDE, 1))), 3, -1).astype(np.float32)
        for shown, share in ((light, 0.25), (paint, 0.12))
    )
    distance = np.broadcast_to(np.where(rod, 9.2, 12.4).astype(np.float32), (SIDE, SIDE))
    weave = find_weave(noisy, _aovs(albedo, distance))
    assert weave is None or np.ptp(weave[:, columns > 8]) == 0


def _print() -> np.ndarray:
    """Thin lines far apart."""
    lines = np.full((SIDE, SIDE, 3), 0.8, np.float32)
    lines[:, ::16] = 0.2
    return lines


@pytest.mark.parametrize(
    ("light", "albedo"),
    [
        (SHADE * NOISE, np.full_like(SHADE, 0.6)),  # plain
        (_print() * SHADE, _print()),  # sparse
        (SHADE * NOISE, WEAVE),  # a mirror's light does not follow its albedo
    ],
    ids=["plain", "print", "mirror"],
)
def test_what_is_no_matte_weave_is_left_to_the_denoiser(light: np.ndarray, albedo: np.ndarray) -> None:
    assert find_weave(light, _aovs(albedo)) is None


def test_the_edge_of_a_shadow_on_faintly_blotched_plaster_is_no_sponge() -> None:
    """Its steps are too faint to be a weave, and wider than a pixel: a denoiser kept the noise beside them."""
    blotches = ndimage.gaussian_filter(RNG.normal(0, 1, (SIDE, SIDE)), 1.6) * 0.10
    albedo = np.repeat((0.7 + blotches + RNG.normal(0, 0.018, (SIDE, SIDE)))[..., None], 3, -1).astype(np.float32)
    edge = np.clip((np.arange(SIDE) - 0.5 * SIDE) / 12 + 0.5, 0.25, 1).astype(np.float32)
    truth, denoiser, aovs = albedo * edge[None, :, None], OidnDenoiser(), _aovs(albedo)
    lit = RNG.random((SIDE, SIDE, 4)) < edge[None, :, None]
    noisy = (albedo * lit.mean(-1, keepdims=True) * NOISE).astype(np.float32)
    weave = find_weave(noisy, aovs)
    assert weave is not None
    assert weave.std() > 0.25 * (albedo / albedo.mean()).std()
    clean = denoise_under_weave(denoiser.denoise, noisy, aovs)
    assert _rms(clean - truth) < 0.93 * _rms(denoiser.denoise(noisy, aovs) - truth)
