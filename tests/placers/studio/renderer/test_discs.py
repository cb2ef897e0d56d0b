from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.discs import blur, squares_for, without_lens_noise
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from tests.placers.studio.conftest import draw_vase, make_canvas

_NOISE = 0.2


def _camera(aperture: float) -> Camera:
    view = View.of(make_canvas(draw_vase(240, 320, 210, 160)), 1.4)
    return Camera(film=Film(view=view, scale=0.5, margin=8), aperture=aperture)


def _noisy(camera: Camera, depth: float) -> Aovs:
    film, rng = camera.film, np.random.default_rng(3)
    shape = film.height_px, film.width_px
    return Aovs(
        albedo=(0.5 + rng.normal(0, _NOISE, (*shape, 3))).astype(np.float32),
        normals=rng.normal(0, _NOISE, (*shape, 3)).astype(np.float32),
        distance=np.full(shape, depth, np.float32),
        lamp=np.abs(rng.normal(0, _NOISE, shape)).astype(np.float32),
    )


@pytest.mark.parametrize("variance", [0.0, 0.3, 1.7, 5.0])
def test_squares_have_the_variance_that_is_asked_for(variance: float) -> None:
    point = np.zeros((41, 41), np.float32)
    point[20, 20] = 1.0
    spread = blur(point, squares_for(np.full(point.shape, variance, np.float32), (1, 3, 5, 9)))
    places = np.arange(41) - 20.0
    assert spread.sum() == pytest.approx(1.0, abs=1e-5)
    assert float((spread.sum(0) * places**2).sum()) == pytest.approx(variance, abs=1e-4)


def test_a_lens_without_width_leaves_aovs_as_they_are() -> None:
    camera = _camera(0.0)
    aovs = _noisy(camera, 3 * camera.film.view.distance)
    assert without_lens_noise(aovs, camera) is aovs


def test_noise_of_what_is_blurred_goes_and_what_is_in_focus_stays() -> None:
    camera = _camera(0.2)
    far = _noisy(camera, 3 * camera.film.view.distance)
    clean = without_lens_noise(far, camera)
    for made, noisy in ((clean.albedo, far.albedo), (clean.normals, far.normals), (clean.lamp, far.lamp)):
        assert made is not None
        assert noisy is not None
        assert made.std() < 0.4 * noisy.std()
        assert made.mean() == pytest.approx(float(noisy.mean()), abs=0.01)
    np.testing.assert_array_equal(clean.distance, far.distance)
    near = replace(far, distance=_in_focus(camera))
    np.testing.assert_allclose(without_lens_noise(near, camera).albedo, near.albedo, atol=1e-6)


def test_what_is_sharp_gives_nothing_to_what_is_blurred_beside_it() -> None:
    camera = _camera(0.2)
    far = _noisy(camera, 3 * camera.film.view.distance)
    half = camera.film.width_px // 2
    albedo, distance = np.full_like(far.albedo, 0.2), far.distance.copy()
    albedo[:, :half], distance[:, :half] = 0.9, _in_focus(camera)[:, :half]
    made = without_lens_noise(replace(far, albedo=albedo, distance=distance), camera).albedo
    np.testing.assert_allclose(made, albedo, atol=1e-3)


def test_the_sky_is_as_blurred_as_what_is_far_away() -> None:
    camera = _camera(0.2)
    none, far = _noisy(camera, 0.0), _noisy(camera, 1e6)
    np.testing.assert_array_equal(without_lens_noise(none, camera).albedo, without_lens_noise(far, camera).albedo)


def _in_focus(camera: Camera) -> npt.NDArray[np.float32]:
    """Distances along rays (h, w) to the plane on which the lens is focused."""
    film = camera.film
    return (film.view.distance / camera.depth(np.ones((film.height_px, film.width_px), np.float32))).astype(np.float32)
