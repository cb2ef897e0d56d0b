from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.convergence import (
    MEAN_PASSES,
    MOST_PASSES,
    MOST_PATCH_SPP,
    FilmParts,
    Plan,
    choose_first_spp,
    is_far_short,
    plan_passes,
    share_passes,
    share_patch,
)
from photoshoot.placers.studio.renderer.forecast import foretell_error, less_where_blurred, measure_noise
from photoshoot.placers.studio.renderer.glints import find_glints, find_lamp_rims
from photoshoot.placers.studio.renderer.sensor import PASS_SPP, Camera, Film
from photoshoot.settings import StudioSettings
from tests.placers.studio.conftest import SMALL, make_request

SIZE = 96, 128


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


def parts(blur: np.ndarray | None = None) -> FilmParts:
    return FilmParts(patch=np.zeros(SIZE, bool), hidden=np.zeros(SIZE, np.float32), blur=blur)


def foretell(sigma: float, rough: float, coverage: np.ndarray | None = None) -> np.ndarray:
    hidden = np.zeros(SIZE, np.float32) if coverage is None else coverage
    return foretell_error(noisy(sigma), surfaces(rough), hidden, 1.0)


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
    noise = [foretell(sigma, 0.03).mean() for sigma in (0.02, 0.04, 0.08)]
    rough = [foretell(0.04, bend).mean() for bend in (0.01, 0.03, 0.09)]
    assert noise == sorted(noise)
    assert rough == sorted(rough)


def test_what_the_lens_blurs_has_less_error_than_is_told_of_what_is_sharp() -> None:
    error = np.ones(SIZE, np.float32)
    lessened = [less_where_blurred(error, np.full(SIZE, blur, np.float32)).mean() for blur in (0, 4, 8, 16, 40, 400)]
    assert lessened[:2] == [1, 1], "as sharp as the film"
    assert lessened[1] > lessened[2] > lessened[3] > lessened[4] == lessened[5]


def test_paths_go_to_what_is_sharp_before_what_is_blurred() -> None:
    blur = np.zeros(SIZE, np.float32)
    blur[:, 64:] = 20
    some, surface = noisy(0.1), surfaces(0.1)
    even = plan_passes(some, surface, parts(), 1.0, 42.0, 1).passes
    uneven = plan_passes(some, surface, parts(blur), 1.0, 42.0, 1).passes
    assert uneven[:, :60].mean() > uneven[:, 68:].mean()
    assert uneven[:, 68:].mean() < even[:, 68:].mean()
    assert uneven.mean() <= MEAN_PASSES


def test_what_the_product_hides_says_nothing() -> None:
    hidden = np.ones(SIZE, np.float32)
    assert not foretell(0.5, 0.1, hidden).any()
    hidden[:, :64] = 0
    assert foretell(0.5, 0.1, hidden)[:, :60].all()


def _rail(across: int, *, bare: bool, round_: bool) -> Aovs:
    """A rod of so many pixels before a grey wall, of bare metal or painted, round or flat."""
    wall = surfaces()
    rows = np.arange(across) - 0.5 * (across - 1)
    rod = slice(40, 40 + across)
    wall.normals[rod, :, 1] = (2 * rows / (across + 1))[:, None] if round_ else 0
    wall.normals[rod, :, 2] = np.sqrt(1 - wall.normals[rod, :, 1] ** 2)
    wall.albedo[rod] = 0.05 if bare else 0.5
    return wall


def test_round_bare_metal_is_glints_and_takes_passes_though_the_whole_needs_none() -> None:
    rail, nothing = _rail(12, bare=True, round_=True), parts()
    glints = find_glints(rail)
    assert glints[40:52].all()
    assert glints.mean() == pytest.approx(12 / SIZE[0])
    passes = plan_passes(noisy(0.001), rail, nothing, 1.0, 42.0, 1).passes
    assert (passes[glints] == 1 + int(0.12 / glints.mean())).all()
    assert (passes[~glints] == 1).all()
    thin = _rail(3, bare=True, round_=True)
    assert plan_passes(noisy(0.001), thin, nothing, 1.0, 42.0, 1).passes[41, 64] == 4
    hidden = np.ones(SIZE, np.float32)
    assert (plan_passes(noisy(0.001), rail, replace(nothing, hidden=hidden), 1.0, 42.0, 1).passes == 1).all()


@pytest.mark.parametrize(("bare", "round_"), [(True, False), (False, True)])
def test_a_flat_mirror_and_painted_rods_are_no_glints(bare: bool, round_: bool) -> None:
    assert not find_glints(_rail(20, bare=bare, round_=round_))[44:56].any()


def _window(away: float = 9.0) -> Aovs:
    """A window beside a wall, with a rim of six pixels between them."""
    wall = surfaces()
    lamp = np.clip((np.arange(SIZE[1]) - 60) / 7, 0, 1).astype(np.float32) * np.ones(SIZE, np.float32)
    distance = np.where(lamp > 0, away, wall.distance).astype(np.float32)
    return replace(wall, albedo=wall.albedo * (1 - lamp[..., None]), distance=distance, lamp=lamp)


def test_rims_of_lamps_take_passes_and_those_of_the_sky_do_not() -> None:
    window, nothing = _window(), parts()
    rims = find_lamp_rims(window)
    assert np.flatnonzero(rims.any(0)).tolist() == list(range(61, 67))
    passes = plan_passes(noisy(0.001), window, nothing, 1.0, 42.0, 1).passes
    assert (passes[rims] == 1 + int(0.12 / rims.mean())).all()
    assert (passes[:, :50] == 1).all()
    assert not find_lamp_rims(_window(away=0.0)).any(), "there the sky begins"
    assert not find_lamp_rims(surfaces()).any()


def test_paths_go_where_the_error_is() -> None:
    error = np.full(SIZE, 1e-5, np.float32)
    error[:, 96:] = 2e-3
    passes = share_passes(error, 42.0)
    assert passes[0, 0] == 1
    assert 1 < passes[0, -1] <= MOST_PASSES
    assert passes.mean() <= MEAN_PASSES
    spread = (error / np.sqrt(passes)).mean()
    assert spread < 0.75 * (error / np.sqrt(MEAN_PASSES)).mean(), "no better than as many paths everywhere"


def test_the_first_pass_is_all_where_it_is_enough() -> None:
    assert (share_passes(np.full(SIZE, 6e-5, np.float32), 42.0) == 1).all()
    assert (share_passes(np.zeros(SIZE, np.float32), 42.0) == 1).all()
    half = np.full(SIZE, 1e-7, np.float32)
    half[:, 64:] = 2e-4
    assert share_passes(half, 42.0).mean() == MEAN_PASSES


def test_what_no_surfaces_tell_takes_paths() -> None:
    film, nowhere = Film(view=View.of(make_request().canvas, 1.4)), np.zeros(SIZE, np.float32)
    usual, more = (
        FilmParts.of(Camera(film=film, untold_db=decibels), None, nowhere > 0, nowhere).foretell(
            noisy(0.02), surfaces(), 1.0
        )
        for decibels in (0.0, 3.0)
    )
    assert more / usual == pytest.approx(10**0.3, rel=1e-5)


def test_a_patch_takes_the_paths_that_its_error_is_worth() -> None:
    patch = np.zeros(SIZE, bool)
    patch[:, 122:] = True
    spp = []
    for much in (1e-5, 8e-4, 1.8e-3, 3e-2):
        error = np.where(patch, much, 3e-5).astype(np.float32)
        passes = share_passes(np.where(patch, 0, error), 42.0)
        spp.append(share_patch(error, passes, patch, 42.0))
        reached = np.where(patch, error / np.sqrt(spp[-1]), error / np.sqrt(passes)).mean()
        assert reached <= 10**-4.2 or much > 5e-3, f"{reached:.1e} with {spp[-1]} paths"
    assert spp == sorted(spp)
    assert (spp[0], spp[-1]) == (PASS_SPP, MOST_PATCH_SPP)
    assert share_patch(error, passes, np.zeros_like(patch), 42.0) == PASS_SPP


def test_a_large_patch_takes_no_more_in_all_than_a_small_one() -> None:
    passes, spp = np.ones(SIZE, np.int64), []
    for columns in (4, 10, 30):  # of 128
        patch = np.zeros(SIZE, bool)
        patch[:, :columns] = True
        error = np.where(patch, 4e-2, 1e-4).astype(np.float32)
        spp.append(share_patch(error, passes, patch, 42.0))
        assert spp[-1] == PASS_SPP or spp[-1] * patch.mean() <= 0.4
    assert spp == [MOST_PATCH_SPP, 5, PASS_SPP]


@pytest.mark.usefixtures("placer", "variant_compiled")
def test_a_picture_takes_half_of_the_first_pass_or_more_where_it_needs_them() -> None:
    request, shots = make_request(alpha=SMALL), []
    for settings in (
        StudioSettings(target_db=20.0, denoiser_quality="balanced"),
        StudioSettings(samples=PASS_SPP // 2),
        StudioSettings(target_db=70.0),
        StudioSettings(target_db=20.0),
        StudioSettings(samples=PASS_SPP // 2, denoiser_quality="fast"),
    ):
        placer = StudioPlacer(settings)
        shots += placer.place([request])
        placer.close()
    easy, same, hard, quick, fast = (shot.provenance.settings["paths"] for shot in shots)
    assert easy == same == quick == fast == PASS_SPP // 2
    assert hard in range(PASS_SPP + 1, round(PASS_SPP * MEAN_PASSES) + 1)
    np.testing.assert_array_equal(shots[0].image, shots[1].image)
    np.testing.assert_array_equal(shots[3].image, shots[4].image)
    assert not np.array_equal(shots[0].image, shots[3].image), "quick denoising is seen in the bytes, if not by eye"
    told = [shot.provenance.settings.get("denoiser_quality") for shot in shots]
    assert told == ["balanced", None, None, "fast", "fast"]


def test_the_first_pass_is_half_where_even_that_leaves_error_to_spare() -> None:
    bare, hidden = np.zeros(SIZE, np.float32), np.ones(SIZE, np.float32)
    chosen = [choose_first_spp(noise, surfaces(), bare, 42.0) for noise in (1e-5, 1e-3, 0.3)]
    assert chosen == [PASS_SPP // 2, PASS_SPP // 2, PASS_SPP]
    assert choose_first_spp(1e-3, surfaces(0.5), bare, 42.0) == PASS_SPP, "a denoiser cannot average among edges"
    assert choose_first_spp(1e-3, surfaces(), bare, 60.0) == PASS_SPP
    assert choose_first_spp(2e-3, surfaces(0.5), hidden, 42.0) == PASS_SPP // 2, "nothing of the set is seen"
    assert choose_first_spp(None, surfaces(), bare, 42.0) == choose_first_spp(1e-5, None, bare, 42.0) == PASS_SPP


def test_only_a_very_noisy_picture_is_far_short() -> None:
    bare, hidden = np.zeros(SIZE, np.float32), np.zeros(SIZE, np.float32)
    hidden[:, 40:] = 1
    told = [is_far_short(noise, surfaces(0.5), bare, 42.0) for noise in (1e-5, 1e-3, 0.3)]
    assert told == [False, False, True]
    assert is_far_short(0.3, surfaces(0.5), hidden, 42.0), "what is hidden has no error, and no share of it"
    assert not is_far_short(0.3, surfaces(0.5), bare, 20.0)
    assert not is_far_short(None, surfaces(0.5), bare, 42.0)
    assert not is_far_short(0.3, None, bare, 42.0)


def test_quick_denoising_is_for_pictures_with_error_to_spare() -> None:
    nowhere = np.zeros(SIZE, bool)
    for decibels, quick in ((40.0, False), (46.9, False), (47.1, True), (52.0, True)):
        error = np.full(SIZE, 10 ** (-decibels / 10), np.float32)
        assert Plan.of(error, nowhere, 42.0).quick is quick, decibels
    assert not Plan.even(SIZE).quick
