from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer import full_res_pass
from photoshoot.placers.studio.renderer import renderer as rendering
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX
from photoshoot.placers.studio.renderer.holdout import Holdout, holdout_mask
from photoshoot.placers.studio.renderer.refine import (
    FullResPatch,
    blend_patch,
    fade_blurred,
    find_undersampled,
    with_margin,
)
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.tiling import cover_with_rectangles
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import StudioSettings
from tests.measures import psnr
from tests.placers.studio.conftest import HEIGHT, SMALL, WIDTH, draw_vase, make_canvas, make_request

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)
VIEW = View.of(make_canvas(ALPHA), 1.4)
FILM = Film(view=VIEW, scale=0.5, margin=8)
CAMERA, WIDE_OPEN = Camera(film=FILM), Camera(film=FILM, aperture=0.3)
COVERAGE = FILM.from_canvas(holdout_mask(ALPHA))
FULL = Film(view=VIEW, margin=MARGIN_PX)
NEEDLES = Tabletop(props="pine")


def _aovs(seed: int = 0, left: int = 0, right: int = 0) -> Aovs:
    """A wall, with stalks in some columns of the film: every other pixel is nearer and looks aside."""
    shape = (FILM.height_px, FILM.width_px)
    normals, distance = np.zeros((*shape, 3), np.float32), np.full(shape, VIEW.distance, np.float32)
    normals[..., 2] = 1
    stalks = np.zeros(shape, np.bool_)
    stalks[:, left:right] = np.random.default_rng(seed).random((shape[0], right - left)) > 0.5
    normals[stalks] = [1, 0, 0]
    distance[stalks] *= 0.8
    return Aovs(albedo=np.full((*shape, 3), 0.4, np.float32), normals=normals, distance=distance)


def _lamp(away: float = 1.0) -> Aovs:
    """A wall, with a lamp so many times as far as the wall in some columns; it fills the two beside these in part."""
    wall = _aovs()
    lamp = np.zeros_like(wall.distance)
    lamp[:, 30:38], lamp[:, [29, 38]] = 1, 0.3
    distance = np.where(lamp > 0, np.float32(away) * wall.distance, wall.distance)
    return replace(wall, albedo=wall.albedo * (1 - lamp[..., None]), distance=distance, lamp=lamp)


def test_rims_of_lamps_have_a_patch_where_they_are_in_focus() -> None:
    none = np.zeros_like(COVERAGE)
    weight = find_undersampled(_lamp(), CAMERA, none)
    shown = np.flatnonzero(weight[100] > 0.5)
    assert {2 * (29 - 8), 2 * (38 - 8)} < set(shown)
    assert shown.max() < 2 * (38 - 8) + 10
    assert find_undersampled(_lamp(), WIDE_OPEN, none).any()
    far = _lamp()
    assert not find_undersampled(replace(far, distance=3 * far.distance), WIDE_OPEN, none).any(), "out of focus"


def test_a_rim_of_what_is_in_focus_before_a_lamp_that_is_not_has_a_patch() -> None:
    none = np.zeros_like(COVERAGE)
    rail = _lamp(away=3.0)  # the rim's own pixels, which show both, are as far away as the lamp
    shown = np.flatnonzero(find_undersampled(rail, WIDE_OPEN, none)[100] > 0.5)
    assert {2 * (29 - 8), 2 * (38 - 8)} < set(shown)
    assert not {2 * (33 - 8), 2 * (34 - 8)} & set(shown), "the lens blurs the lamp itself"


def test_scraps_have_no_patch_and_larger_pieces_have_one() -> None:
    def weigh(apart: int) -> float:
        wall, pair = _aovs(), np.zeros(COVERAGE.shape, np.bool_)
        for left in range(16, 200, 45):  # pairs of small things; where both are near is a scrap, or a piece
            pair[40:43, left : left + 3] = pair[40:43, left + apart : left + apart + 3] = True
        normals = np.where(pair[..., None], np.array([1, 0, 0], np.float32), wall.normals)
        distance = np.where(pair, np.float32(0.8), np.float32(1)) * wall.distance
        mixed = replace(wall, distance=distance, normals=normals)
        return float(find_undersampled(mixed, CAMERA, np.zeros_like(COVERAGE)).mean())

    assert weigh(apart=11) == 0
    assert weigh(apart=5) > 0


def test_edges_close_together_get_a_patch_and_a_plain_wall_or_a_lone_edge_none() -> None:
    none = np.zeros_like(COVERAGE)
    assert not find_undersampled(_aovs(), CAMERA, none).any()
    lone = _aovs()
    lone.distance[:, FILM.width_px // 2 :] *= 0.8
    assert not find_undersampled(lone, CAMERA, none).any()
    weight = find_undersampled(_aovs(left=20, right=50), CAMERA, none)
    inside = slice(2 * (24 - 8), 2 * (46 - 8))
    assert weight.shape == (HEIGHT, WIDTH)
    assert (weight[:, inside] == 1).all()
    assert not weight[:, 2 * (75 - 8) :].any()
    share = float((weight > 0.5).mean())
    assert find_undersampled(_aovs(left=20, right=50), replace(CAMERA, least_patch=share - 0.05), none).any()
    assert not find_undersampled(_aovs(left=20, right=50), replace(CAMERA, least_patch=share + 0.05), none).any()


def test_a_lone_edge_in_focus_gets_one_where_something_is_bright_and_it_is_asked_for() -> None:
    """On a white cloth its shadow's edge, too, which no albedo tells of, shows as what a coarse film makes of it."""
    none, corner = np.zeros_like(COVERAGE), _aovs()
    corner.normals[:, FILM.width_px // 2 :] = [1, 0, 0]
    white = replace(corner, albedo=np.full_like(corner.albedo, 0.9))
    weight = find_undersampled(white, WIDE_OPEN, none, lone_edges=True)
    assert (weight[:, WIDTH // 2 - 8 : WIDTH // 2 + 8] == 1).all()
    assert not weight[:, : WIDTH // 4].any()
    assert not find_undersampled(white, WIDE_OPEN, none).any()
    assert not find_undersampled(corner, WIDE_OPEN, none, lone_edges=True).any()
    assert not find_undersampled(replace(white, distance=2 * white.distance), WIDE_OPEN, none, lone_edges=True).any()
    assert not find_undersampled(white, WIDE_OPEN, np.ones_like(COVERAGE), lone_edges=True).any()


def test_blades_of_grass_get_one_and_a_weave_or_a_creased_cloth_none() -> None:
    """Blades differ a little in shape and much in albedo: these are no edges, and a coarse film makes felt of them."""
    rng, wall, none = np.random.default_rng(7), _aovs(), np.zeros_like(COVERAGE)
    here = np.zeros((*COVERAGE.shape, 1), np.float32)
    here[:, 20:50] = 1
    paint = (wall.albedo * (1 + here * rng.uniform(-0.5, 0.5, here.shape))).astype(np.float32)
    turned = wall.normals + here * rng.uniform(-0.15, 0.15, wall.normals.shape).astype(np.float32)
    blades = find_undersampled(replace(wall, albedo=paint, normals=turned), CAMERA, none)
    assert (blades[:, 2 * (24 - 8) : 2 * (46 - 8)] == 1).all()
    assert not blades[:, 2 * (75 - 8) :].any()
    assert not find_undersampled(replace(wall, albedo=paint), CAMERA, none).any()
    assert not find_undersampled(replace(wall, normals=turned), CAMERA, none).any()


def test_blades_of_a_lawn_get_one_though_their_normals_are_much_alike() -> None:
    rng, wall, none = np.random.default_rng(7), _aovs(), np.zeros_like(COVERAGE)
    paint = (wall.albedo * (1 + rng.uniform(-0.5, 0.5, (*COVERAGE.shape, 1)))).astype(np.float32)
    turned = wall.normals + rng.uniform(-0.04, 0.04, wall.normals.shape).astype(np.float32)
    grass, lawn = replace(wall, albedo=paint, normals=turned), replace(CAMERA, lawn=True)
    assert find_undersampled(grass, lawn, none).any()
    assert not find_undersampled(grass, CAMERA, none).any(), "as faint steps are in print on a rough table"
    assert not find_undersampled(replace(wall, albedo=paint), lawn, none).any(), "print alone is no grass"


def test_what_is_far_out_of_focus_or_behind_the_product_gets_none() -> None:
    crowded = _aovs(left=20, right=50)
    assert not find_undersampled(crowded, CAMERA, np.ones_like(COVERAGE)).any()
    far = replace(crowded, distance=3 * crowded.distance)
    assert find_undersampled(far, CAMERA, np.zeros_like(COVERAGE)).any()
    assert not find_undersampled(far, WIDE_OPEN, np.zeros_like(COVERAGE)).any()


def test_the_products_own_outline_is_no_edge_of_the_set() -> None:
    """Straps before a far wall are the nearest thing to it, and its noise would show between them."""
    straps = np.zeros_like(COVERAGE)
    straps[30:120, 40:100] = np.arange(60) % 8 < 3
    wall = _aovs()
    seen = replace(wall, distance=np.where(straps > 0, wall.distance, 3 * wall.distance))
    assert find_undersampled(seen, CAMERA, np.zeros_like(COVERAGE)).any()
    assert not find_undersampled(seen, CAMERA, straps).any()


def test_it_takes_no_more_than_a_quarter_or_so() -> None:
    weight = find_undersampled(_aovs(left=0, right=FILM.width_px), CAMERA, np.zeros_like(COVERAGE))
    assert 0.1 < weight.mean() < 0.35


def test_rectangles_hold_every_chosen_pixel_once_and_leave_gaps_out() -> None:
    where = np.zeros((627, 1673), np.bool_)
    where[3:300, 10:400] = where[500:627, 300:1415] = where[60:300, 1400:1673] = True
    covered = np.zeros(where.shape, np.int64)
    parts = cover_with_rectangles(where)
    for part in parts:
        covered[part] += 1
    assert covered[where].min() == covered.max() == 1
    assert len(parts) == 3
    assert covered.mean() < 1.1 * where.mean()
    assert cover_with_rectangles(np.zeros((40, 70), np.bool_)) == []


def test_a_patch_shows_where_it_weighs_and_nowhere_else() -> None:
    weight = np.zeros((HEIGHT, WIDTH), np.float32)
    weight[20:60, 30:100], weight[20:60, 100:110] = 1, 0.5
    where = with_margin(weight)
    count = int(where.sum())
    grain = np.random.default_rng(0).random((count, 3)).astype(np.float32)
    flat = np.full((count, 3), 0.5, np.float32)
    aovs = Aovs(albedo=flat, normals=flat, distance=np.ones(count, np.float32))
    patch = FullResPatch(weight=weight, where=where, light=grain, aovs=aovs)
    coarse = np.full((FILM.height_px, FILM.width_px, 10), 0.2, np.float32)
    large = np.full((HEIGHT, WIDTH, 3), 0.2, np.float32)
    seen = large.copy()
    blend_patch(
        seen,
        (FILM, coarse),
        patch,
        Holdout.of(np.zeros_like(weight), FILM),
        lambda light, _: light,
    )
    traced = np.zeros((*where.shape, 3), np.float32)
    traced[where] = grain
    traced = traced[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]
    np.testing.assert_allclose(seen[weight == 1], traced[weight == 1], atol=1e-6)
    np.testing.assert_allclose(seen[weight == 0.5], 0.5 * traced[weight == 0.5] + 0.1, atol=1e-6)
    np.testing.assert_array_equal(seen[weight == 0], large[weight == 0])


@pytest.mark.parametrize("width", [WIDTH, WIDTH - 1])
def test_a_patch_leaves_to_the_film_what_the_lens_blurs(width: int) -> None:
    film = replace(FULL, view=View.of(make_canvas(ALPHA[:, :width]), 1.4))
    weight, blurred = np.ones((HEIGHT, width), np.float32), Camera(film=film, aperture=0.2)
    where = with_margin(weight)
    far = np.full(where.shape, 4 * film.view.distance, np.float32)
    far[:, :60] = film.view.distance  # a cord before a hedge
    aovs = Aovs(
        albedo=np.zeros((where.sum(), 3), np.float32), normals=np.zeros((0, 3), np.float32), distance=far[where]
    )
    shown = fade_blurred(weight, where, aovs, blurred)
    assert (shown[:, :48] > 0.99).all()
    assert (shown[:, 70:] == 0).all()
    np.testing.assert_array_equal(fade_blurred(weight, where, aovs, replace(blurred, aperture=0.0)), weight)


def test_a_hedge_before_the_sky_is_as_blurred_as_it_is_far() -> None:
    weight = np.ones((HEIGHT, WIDTH), np.float32)
    where = with_margin(weight)
    count = int(where.sum())
    sky = np.random.default_rng(1).uniform(0.1, 0.9, count).astype(np.float32)  # its share of each pixel
    flat = np.zeros((count, 3), np.float32)
    aovs = Aovs(albedo=flat, normals=flat, distance=4 * VIEW.distance * (1 - sky), lamp=sky)
    assert (fade_blurred(weight, where, aovs, Camera(film=FULL, aperture=0.2)) == 0).all()


@pytest.mark.usefixtures("placer")
def test_its_light_is_what_the_whole_film_would_see(scalar: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    light = {"type": "constant", "radiance": {"type": "rgb", "value": [0.4, 0.7, 1.0]}}
    scene = mi.load_dict({"type": "scene", "ball": {"type": "sphere", "radius": 0.6}, "light": light})
    renderer = Renderer(4)
    whole = FULL.to_canvas(renderer.render_radiance(scene, Camera(film=FULL), 64, 9))
    weight = np.zeros((HEIGHT, WIDTH), np.float32)
    weight[10:150, 120:300] = 1
    monkeypatch.setattr(rendering, "is_scalar", lambda: scalar)
    patch = renderer.start_patch(scene, Camera(film=FULL), weight, 1)()(scene, 64)()
    traced = np.zeros((*patch.where.shape, 3), np.float32)
    traced[patch.where] = patch.light
    traced = traced[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]
    error = ndimage.uniform_filter(traced - whole, (5, 5, 0))[weight == 1]
    assert whole[weight == 1].std() > 0.05
    assert np.abs(error).mean() < 0.01
    assert patch.aovs.albedo.shape == patch.light.shape


@pytest.mark.parametrize("scale", [2 / 3, 0.5, 0.25])
def test_it_needs_no_denoiser(placer: StudioPlacer, scale: float) -> None:
    del placer  # it chose the variant
    plain = StudioPlacer(StudioSettings(samples=1, render_scale=scale, denoiser="none"))
    request = make_request(NEEDLES, alpha=SMALL)
    assert plain.place([request])[0].image.shape == (*request.layer.alpha_matte.shape, 3)
    plain.close()


def test_needles_are_nearer_to_the_converged_picture_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    request = make_request(NEEDLES, alpha=SMALL)

    def shoot(settings: StudioSettings) -> np.ndarray:
        placer = StudioPlacer(settings)
        image = placer.place([request])[0].image
        placer.close()
        return image

    converged = shoot(StudioSettings(samples=24, render_scale=1))
    weights: list[np.ndarray] = []

    def watch(*inputs: object, lone_edges: bool) -> np.ndarray:
        weights.append(find_undersampled(*inputs, lone_edges=lone_edges))  # type: ignore[arg-type]
        return weights[-1]

    monkeypatch.setattr(full_res_pass, "find_undersampled", watch)
    with_it, again = (shoot(StudioSettings(render_scale=0.5)) for _ in range(2))
    monkeypatch.setattr(full_res_pass, "find_undersampled", lambda *_, **__: np.zeros_like(weights[0]))
    without = shoot(StudioSettings(render_scale=0.5))
    np.testing.assert_array_equal(with_it, again)
    shown = (weights[0] == 1) & (request.layer.alpha_matte == 0)
    assert shown.sum() > 500
    gain = psnr(with_it, converged, shown) - psnr(without, converged, shown)
    assert gain > 1, f"{gain:.1f} dB"
