from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.full_res import FullResAovs
from photoshoot.placers.studio.renderer.holdout import Holdout, inpaint_under_holdout
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.upsample import (
    add_detail,
    detail_share,
    find_detail,
    missing_detail,
    restore_albedo_detail,
)
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)
FILM = Film(view=View.of(make_canvas(ALPHA), 1.4), scale=0.5, margin=8)
CAMERA, WIDE_OPEN = Camera(film=FILM), Camera(film=FILM, aperture=0.3)
HOLDOUT = Holdout.of(ALPHA, FILM)
MASK, COVERAGE = HOLDOUT.mask, HOLDOUT.coverage


def _film_image(plane: np.ndarray) -> np.ndarray:
    """A canvas plane as a coarse film would record it."""
    coarse = FILM.from_canvas(plane) / np.maximum(FILM.from_canvas(np.ones_like(plane)), 1e-6)
    return np.repeat(coarse[..., None], 3, -1).astype(np.float32)


def _enlarge(image: np.ndarray, cover: np.ndarray, film: Film) -> np.ndarray:
    return np.maximum(film.to_canvas(inpaint_under_holdout(image, cover)), 0)


def _weave() -> np.ndarray:
    """Paint with stripes two pixels wide, that a coarse film can't hold."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.asarray(0.5 + 0.25 * (((x + y) // 2) % 2) - 0.125, np.float32)


def _aovs(albedo: np.ndarray, distance: float = 9.0) -> Aovs:
    return Aovs(albedo=albedo, normals=np.zeros_like(albedo), distance=np.full(albedo.shape[:2], distance, np.float32))


def _full_res(albedo: np.ndarray, distance: float) -> FullResAovs:
    """Every pixel of the canvas, looked at."""
    pixels = albedo.reshape(-1, 3)
    return FullResAovs(
        where=np.ones((HEIGHT, WIDTH), np.bool_), albedo=pixels, distance=np.full(len(pixels), distance, np.float32)
    )


def _restored(light: np.ndarray, albedo: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(enlarged only, with the albedo that it lacks) of a canvas's light, as a coarse film recorded it (H, W)."""
    film_light, film_albedo = (inpaint_under_holdout(_film_image(plane), COVERAGE) for plane in (light, albedo))
    full_res = _full_res(np.repeat(albedo[..., None], 3, -1), 9.0)
    missing = missing_detail(_aovs(film_albedo), CAMERA, full_res, MASK)
    large = _enlarge(film_light, COVERAGE, FILM)
    restored = large.copy()
    add_detail(restored, film_light, film_albedo, FILM, missing)
    return large[..., 0], restored[..., 0]


def _noise(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(0).uniform(0.5, 0.7, shape).astype(np.float32)


def test_plain_paint_needs_no_detail_and_a_weave_does() -> None:
    shape = (FILM.height_px, FILM.width_px, 3)
    assert not find_detail(_aovs(np.full(shape, 0.6, np.float32)), CAMERA, COVERAGE).any()
    assert find_detail(_aovs(_noise(shape)), CAMERA, COVERAGE)[ALPHA == 0].all()


def test_only_what_has_detail_is_looked_at_again() -> None:
    albedo = np.full((FILM.height_px, FILM.width_px, 3), 0.6, np.float32)
    half = FILM.width_px // 2
    albedo[:, half + 20 :] = _noise(albedo[:, half + 20 :].shape)
    where = find_detail(_aovs(albedo), CAMERA, np.zeros_like(COVERAGE))
    assert not where[:, : WIDTH // 2].any()
    assert where[:, WIDTH // 2 + 60 :].all()


def test_what_the_lens_blurs_is_not_looked_at_again() -> None:
    albedo, distance = _noise((FILM.height_px, FILM.width_px, 3)), FILM.view.distance
    assert not find_detail(_aovs(albedo, distance + 6), WIDE_OPEN, COVERAGE).any()
    assert find_detail(_aovs(albedo, distance), WIDE_OPEN, COVERAGE).any()


def _ridge(distance: float) -> Aovs:
    """Snow against the sky, which a lens mixes over twelve rows: there distances run from the ridge's to none."""
    sky = np.clip((40 - np.arange(FILM.height_px)) / 12, 0, 1)[:, None].astype(np.float32)
    sky = np.repeat(sky, FILM.width_px, 1)
    seen = 1 - sky
    albedo = np.repeat((0.8 * seen)[..., None], 3, -1)
    return Aovs(albedo=albedo, normals=np.zeros_like(albedo), distance=distance * seen, lamp=sky)


def test_a_far_ridge_before_the_sky_is_blurred_though_the_sky_has_no_distance() -> None:
    focus, uncovered = FILM.view.distance, np.zeros_like(COVERAGE)
    assert not find_detail(_ridge(12 * focus), WIDE_OPEN, uncovered).any()
    assert find_detail(_ridge(focus), WIDE_OPEN, uncovered).any()  # a sharp one is looked at


def _blur_a_little() -> tuple[Camera, float]:
    """A lens, and a distance at which it blurs over 4 canvas pixels."""
    distance = FILM.view.distance + 6
    film = np.full((FILM.height_px, FILM.width_px), distance, np.float32)
    return Camera(film=FILM, aperture=4 / float(Camera(film=FILM, aperture=1).blur_px(film).mean())), distance


def test_fine_paint_that_the_lens_blurs_a_little_is_looked_at_by_few_rays() -> None:
    camera, distance = _blur_a_little()
    aovs = _aovs(_noise((FILM.height_px, FILM.width_px, 3)), distance)
    assert (find_detail(aovs, camera, np.zeros_like(COVERAGE)) == 2).all()
    assert (find_detail(aovs, CAMERA, np.zeros_like(COVERAGE)) == 7).all()


def test_beside_edges_of_shapes_what_the_lens_blurs_shows_none() -> None:
    camera, distance = _blur_a_little()
    aovs = _aovs(_noise((FILM.height_px, FILM.width_px, 3)), distance)
    aovs.distance[:, : FILM.width_px // 2] *= 1.1
    full_res = _full_res(np.repeat(_weave()[..., None], 3, -1), distance)
    share = detail_share(aovs, camera, full_res).reshape(HEIGHT, WIDTH)
    assert share[:, WIDTH // 2].max() < 0.01
    assert share[:, 20].min() == 1


def test_paint_is_blurred_as_the_lens_blurs_it() -> None:
    camera, distance = _blur_a_little()
    stripes = np.where(np.arange(WIDTH) // 8 % 2, 0.8, 0.1).astype(np.float32)[None].repeat(HEIGHT, 0)
    full_res, film = _full_res(np.repeat(stripes[..., None], 3, -1), distance), _aovs(_film_image(stripes))
    seen = full_res.through(camera, film, COVERAGE)[0].albedo.reshape(HEIGHT, WIDTH, 3)
    across = np.arange(-2, 2.01, 0.125)
    chords = np.sqrt(np.maximum(4 - across**2, 0))  # of a disc, 4 px wide
    blurred = ndimage.convolve1d(stripes.repeat(8, 1), chords / chords.sum()).reshape(HEIGHT, WIDTH, 8).mean(-1)
    inner = np.s_[20:-20, 20:-20]
    assert np.abs(seen[..., 0] - blurred)[inner].mean() < 0.02
    assert np.abs(stripes - blurred)[inner].mean() > 0.05
    assert full_res.through(CAMERA, film, COVERAGE)[0] is full_res


def test_a_film_has_the_mean_of_the_canvass_own_paint_where_that_is_known() -> None:
    weave, noisy = _weave(), _aovs(_noise((FILM.height_px, FILM.width_px, 3)))
    full_res = _full_res(np.repeat(weave[..., None], 3, -1), 9.0)
    _, better = full_res.through(CAMERA, noisy, COVERAGE)
    whole = (FILM.from_canvas(np.ones_like(weave)) > 0.999) & (COVERAGE == 0)
    np.testing.assert_allclose(better.albedo[whole], _film_image(weave)[whole], atol=1e-5)
    np.testing.assert_array_equal(better.albedo[~whole], noisy.albedo[~whole])


def test_what_the_product_hides_is_no_detail() -> None:
    albedo = np.full((FILM.height_px, FILM.width_px, 3), 0.6, np.float32)
    albedo[COVERAGE > 0.5] = 0
    assert not find_detail(_aovs(albedo), CAMERA, COVERAGE).any()


def test_a_weave_comes_back_over_smooth_light() -> None:
    albedo = _weave()
    light = np.float32(0.8) + np.linspace(0, 0.4, WIDTH, dtype=np.float32)[None, :].repeat(HEIGHT, 0)
    truth = albedo * light
    coarse, result = _restored(truth, albedo)
    clear = (MASK == 0) & (np.indices(MASK.shape).min(0) > 6)
    before, after = (float(np.abs(image - truth)[clear].mean()) for image in (coarse, result))
    assert before > 0.08
    assert after < 0.1 * before


@pytest.mark.parametrize("sunlit", [4.0, 0.2])
def test_edges_are_sharp_and_have_no_rims_whatever_light_falls_on_either_side(sunlit: float) -> None:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    bean = (x - 60.5) ** 2 / 2 + (y - HEIGHT / 2) ** 2 < 25**2
    albedo = np.where(bean, 0.06, 0.8).astype(np.float32)
    truth = np.where(bean, 0.06 * sunlit, 0.8 * 0.4).astype(np.float32)
    coarse, result = _restored(truth, albedo)
    shown = (MASK == 0) & (np.minimum(y, HEIGHT - 1 - y) > 8) & (np.minimum(x, WIDTH - 1 - x) > 8)
    before, after = (float(np.abs(image - truth)[shown].mean()) for image in (coarse, result))
    assert after < 0.3 * before
    assert np.abs(result - truth)[shown].max() < 0.05


def test_light_under_the_products_edge_is_the_sets_own() -> None:
    light = np.full((FILM.height_px, FILM.width_px, 3), 0.3, np.float32)
    light[COVERAGE > 0] = 5.0
    edge = (ALPHA > 0.02) & (ALPHA < 0.5)
    assert edge.any()
    np.testing.assert_allclose(_enlarge(light, COVERAGE, FILM)[edge], 0.3, atol=0.02)


def test_detail_stays_away_from_lamps_and_from_what_the_lens_blurs() -> None:
    albedo = np.full((FILM.height_px, FILM.width_px, 3), 0.5, np.float32)
    albedo[:, :60] = 0
    view = FILM.view
    full_res = _full_res(np.full((HEIGHT, WIDTH, 3), 0.5, np.float32), view.distance + 6)
    clear = detail_share(_aovs(albedo), CAMERA, full_res).reshape(HEIGHT, WIDTH)
    assert clear[10, 10] == 0
    assert clear[10, -10] == 1
    blurred = detail_share(_aovs(albedo), WIDE_OPEN, full_res).reshape(HEIGHT, WIDTH)
    assert blurred[10, -10] == 0


def test_fine_paint_that_a_denoiser_took_for_noise_comes_back() -> None:
    rng = np.random.default_rng(4)
    shape = (FILM.height_px, FILM.width_px, 3)
    flecks = ndimage.gaussian_filter((rng.random(shape[:2]) > 0.97).astype(np.float32), 0.7)[..., None]
    albedo = np.asarray(0.02 + 0.4 * flecks * np.array([0.3, 0.5, 1.0]), np.float32)
    gloss, light = 0.3, np.array([1.0, 1.3, 0.8], np.float32)
    truth = gloss + albedo * light
    noisy = np.asarray(truth + rng.normal(0, 0.15, shape), np.float32)
    smeared = np.asarray(ndimage.gaussian_filter(truth, (4, 4, 0)), np.float32)
    restored = restore_albedo_detail(smeared, noisy, albedo, np.zeros_like(COVERAGE))
    before, after = (float(np.square(image - truth)[20:-20, 20:-20].mean()) for image in (smeared, restored))
    assert after < 0.3 * before


def test_plain_paint_kept_paint_and_the_product_are_left_as_they_are() -> None:
    rng = np.random.default_rng(5)
    shape = (FILM.height_px, FILM.width_px, 3)
    albedo, clear = _noise(shape), np.zeros_like(COVERAGE)
    clean = np.asarray(0.8 * albedo, np.float32)
    noisy = np.asarray(clean + rng.normal(0, 0.1, shape), np.float32)
    flat = np.full(shape, 0.5, np.float32)
    np.testing.assert_array_equal(restore_albedo_detail(clean, noisy, flat, clear), clean)
    assert np.abs(restore_albedo_detail(clean, noisy, albedo, clear) - clean).max() < 0.02
    lost = np.asarray(ndimage.gaussian_filter(clean, (4, 4, 0)), np.float32)
    behind = COVERAGE > 0.5
    assert np.abs(restore_albedo_detail(lost, noisy, albedo, clear) - lost)[behind].max() > 0.01
    np.testing.assert_allclose(restore_albedo_detail(lost, noisy, albedo, COVERAGE)[behind], lost[behind], atol=1e-6)


def test_noise_restores_no_faint_albedo_that_a_denoiser_has_kept() -> None:
    rng, shape = np.random.default_rng(2), (160, 160, 3)
    albedo = np.clip(0.6 + rng.normal(0, 0.01, (160, 160, 1)) * np.ones(3), 0, 1).astype(np.float32)
    noisy = (albedo * rng.uniform(0.3, 1.7, (160, 160, 1))).astype(np.float32)
    clear, faint = np.zeros(shape[:2], np.float32), float((albedo - 0.6).std())
    kept = restore_albedo_detail(albedo, noisy, albedo, clear) - albedo
    lost = restore_albedo_detail(np.full(shape, 0.6, np.float32), 0.05 * noisy + 0.95 * albedo, albedo, clear) - 0.6
    assert kept[16:-16, 16:-16].std() < 0.2 * faint
    assert lost[16:-16, 16:-16].std() > 0.6 * faint


def test_pixels_that_lack_no_albedo_are_not_kept() -> None:
    where = np.zeros((HEIGHT, WIDTH), np.bool_)
    where[10:20, 10:30] = ALPHA[10:20, 10:30] == 0
    count = int(where.sum())
    full_res = FullResAovs(
        where=where, albedo=np.full((count, 3), 0.75, np.float32), distance=np.full(count, 9.0, np.float32)
    )
    film = np.full((FILM.height_px, FILM.width_px, 3), 0.5, np.float32)
    missing = missing_detail(_aovs(film), CAMERA, full_res, MASK)
    assert 0 < count == len(missing.albedo)
    np.testing.assert_array_equal(missing.where, where)
    np.testing.assert_allclose(missing.albedo, 0.25, atol=1e-6)
