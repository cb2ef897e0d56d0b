from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.convergence import MOST_SPP, choose_spp, foretell_db, measure_noise
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera, Film
from photoshoot.settings import StudioSettings
from tests.placers.studio.conftest import draw_vase, make_canvas, make_request

SIZE = 96, 128
CAMERA = Camera(film=Film(view=View.of(make_canvas(draw_vase(160, 420, 138, 210)), 1.4)))


def noisy(sigma: float, seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, sigma, (*SIZE, 3))
    return np.maximum(0.3 + noise, 0).astype(np.float32)


def surfaces(rough: float = 0.0) -> Aovs:
    """A grey wall whose normals tremble."""
    normals = np.zeros((*SIZE, 3), np.float32)
    normals[..., 2] = 1
    normals[..., 0] = rough * np.random.default_rng(1).uniform(-1, 1, SIZE)
    albedo = np.full((*SIZE, 3), 0.5, np.float32)
    return Aovs(albedo=albedo, normals=normals, distance=np.full(SIZE, 9.0, np.float32))


def foretell(sigma: float, rough: float, coverage: np.ndarray | None = None) -> float:
    hidden = np.zeros(SIZE, np.float32) if coverage is None else coverage
    return foretell_db(noisy(sigma), surfaces(rough), CAMERA, hidden, 1.0)


def test_noise_is_measured_as_displayed() -> None:
    plain = np.zeros(SIZE, bool)
    found = [measure_noise(noisy(sigma), surfaces().albedo, plain, 1.0).mean() ** 0.5 for sigma in (0.01, 0.02)]
    assert found[0] == pytest.approx(0.0088, rel=0.1)  # the slope of sRGB at 0.3 is 0.88
    assert found[1] == pytest.approx(2 * found[0], rel=0.1)


def test_texture_and_slopes_are_no_noise() -> None:
    albedo = np.repeat(np.random.default_rng(2).uniform(0.45, 0.55, (*SIZE, 1)), 3, -1).astype(np.float32)
    slope = np.linspace(0.2, 0.6, SIZE[1], dtype=np.float32)[None, :, None]
    plain = np.zeros(SIZE, bool)
    textured = measure_noise(albedo * slope, albedo, plain, 1.0).mean() ** 0.5
    bare = measure_noise(albedo * slope, np.full_like(albedo, 0.5), plain, 1.0).mean() ** 0.5
    assert textured < 0.4 * bare, f"{textured:.4f} of {bare:.4f}"


def test_more_noise_and_rougher_surfaces_foretell_more_error() -> None:
    assert foretell(0.02, 0.03) > foretell(0.04, 0.03) > foretell(0.08, 0.03)
    assert foretell(0.04, 0.01) > foretell(0.04, 0.03) > foretell(0.04, 0.09)


def test_what_the_product_hides_says_nothing() -> None:
    hidden = np.ones(SIZE, np.float32)
    assert foretell(0.5, 0.1, hidden) == np.inf
    hidden[:, :64] = 0
    assert np.isfinite(foretell(0.5, 0.1, hidden))


def test_the_first_pass_is_all_where_it_is_enough() -> None:
    assert choose_spp(42.0, 42.0) == PASS_SPP
    assert choose_spp(41.9, 42.0) == MOST_SPP


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize(("target_db", "samples"), [(20.0, PASS_SPP), (70.0, MOST_SPP)])
def test_chosen_paths_are_those_of_that_number(target_db: float, samples: int) -> None:
    request, pictures = make_request(), []
    for settings in (StudioSettings(target_db=target_db), StudioSettings(samples=samples)):
        placer = StudioPlacer(settings)
        (shot,) = placer.place([request])
        placer.close()
        assert shot.provenance.settings["paths"] == samples
        pictures.append(shot.image)
    np.testing.assert_array_equal(pictures[0], pictures[1])
