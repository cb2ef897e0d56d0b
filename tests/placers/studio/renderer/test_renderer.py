from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.renderer import renderer as rendering
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.tiling import cover_with_tiles
from photoshoot.placers.studio.scene.shapes import compose_scene, load_shapes, to_shape
from tests.placers.studio.conftest import draw_vase, make_canvas

# an odd width, so that canvas and film are half a pixel apart
CAMERA = Camera(film=Film(view=View.of(make_canvas(draw_vase(160, 421, 138, 210)), 1.4)))
SMALL_CAMERA = Camera(film=Film(view=View.of(make_canvas(draw_vase(80, 211, 69, 105, 48)), 1.4)))


def scene() -> mi.Scene:
    checks = {"type": "checkerboard", "color0": {"type": "rgb", "value": 0.1}, "to_uv": mi.ScalarTransform3f().scale(3)}
    red = {"type": "diffuse", "reflectance": {"type": "rgb", "value": [0.7, 0.1, 0.2]}}
    ground = to_shape(floor(half_width=9, front=4, back=-4), bsdf={"type": "diffuse", "reflectance": checks})
    return compose_scene(load_shapes({"ground": ground, "ball": to_shape(sphere(), bsdf=red)}))


@pytest.mark.usefixtures("placer")
def test_aovs_of_chosen_pixels_are_what_the_whole_film_sees(scalar: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer, set_of_two = Renderer(4), scene()
    whole = renderer.render_aovs(set_of_two, CAMERA, 64, 1)
    albedo, distance = CAMERA.film.to_canvas(whole.albedo), CAMERA.film.to_canvas(whole.distance[..., None])[..., 0]
    where = np.zeros(albedo.shape[:2], np.bool_)
    where[40:, 100:330] = True
    monkeypatch.setattr(rendering, "is_scalar", lambda: scalar)
    full_res = renderer.start_full_res_aovs(set_of_two, CAMERA, np.uint8(8) * where, 1)()
    assert full_res.albedo.shape == (where.sum(), 3)
    assert albedo[where].std() > 0.05
    error = np.abs(full_res.albedo - albedo[where])
    assert error.mean() < 0.02, "only edges differ, by the samples that they got"
    assert np.abs(np.median(full_res.distance - distance[where])) < 0.01


@pytest.mark.usefixtures("placer")
def test_aovs_depend_on_their_seed_only_and_the_sky_is_black() -> None:
    renderer, set_of_two = Renderer(4), scene()
    rays = np.full((CAMERA.film.view.height_px, CAMERA.film.view.width_px), 8, np.uint8)
    first, again, other = (renderer.start_full_res_aovs(set_of_two, CAMERA, rays, seed)() for seed in (1, 1, 2))
    assert np.array_equal(first.albedo, again.albedo)
    assert not np.array_equal(first.albedo, other.albedo)
    sky = first.distance == 0
    assert sky.any()
    assert not first.albedo[sky].any()


@pytest.mark.usefixtures("variant_compiled", "placer")
def test_edges_are_looked_at_again_as_far_as_they_are_sharp(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer, set_of_two = Renderer(4), scene()
    camera = Camera(film=Film(view=CAMERA.film.view, scale=0.5, margin=8), aperture=0.4)
    converged = renderer.render_aovs(set_of_two, camera, 2048, 5)
    sampled = renderer.render_aovs(set_of_two, camera, 8, 1).albedo
    monkeypatch.setattr(rendering, "find_edges", lambda channels: np.zeros(channels.shape[:2], np.bool_))
    plain = renderer.render_aovs(set_of_two, camera, 8, 1).albedo
    edges, blurred = (plain != sampled).any(-1), camera.blurs(converged.surface_distance, 10)
    assert 0.02 < edges.mean() < 0.6
    assert blurred.mean() > 0.1
    assert (edges & blurred).mean() < 0.01
    before, after = (float(np.square(aovs - converged.albedo)[edges].mean()) for aovs in (plain, sampled))
    assert after < 0.5 * before


@pytest.mark.usefixtures("variant_compiled", "placer")
def test_further_passes_are_those_of_a_picture_that_takes_as_many_everywhere() -> None:
    renderer, camera = Renderer(2), Camera(film=Film(view=CAMERA.film.view, scale=0.2))
    lamp = {"type": "sphere", "center": [0, 3, 0], "emitter": {"type": "area"}}
    ground = to_shape(floor(half_width=9, front=4, back=-4), bsdf={"type": "diffuse"})
    seen = compose_scene(load_shapes({"lamp": lamp, "ground": ground}))
    first, third = (renderer.render_radiance(seen, camera, spp, 3) for spp in (4, 12))
    passes = np.ones(first.shape[:2], np.int64)
    passes[::2, 1::3] = 3
    mean = renderer.start_more(seen, camera, first, passes, 3)()
    assert (first != third).mean() > 0.2
    np.testing.assert_allclose(mean, np.where(passes[..., None] == 3, third, first), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(renderer.start_more(seen, camera, first, np.ones_like(passes), 3)(), first)
    half, further = renderer.render_radiance(seen, camera, 2, 3), np.where(passes[..., None] == 3, 3 * third - first, 0)
    np.testing.assert_allclose(renderer.complete_pass(seen, camera, half, 2, 3), first, rtol=1e-5, atol=1e-6)
    after_half = (0.5 * half + further) / (0.5 + passes - 1)[..., None]
    mean = renderer.start_more(seen, camera, half, passes, 3, 2)()
    np.testing.assert_allclose(mean, after_half, rtol=1e-4, atol=1e-5)


@pytest.mark.usefixtures("variant_compiled", "placer")
def test_pixels_that_are_seen_are_the_same_where_others_are_not() -> None:
    renderer, camera = Renderer(3), Camera(film=Film(view=CAMERA.film.view, scale=0.2))
    seen, unseen = scene(), np.zeros((camera.film.height_px, camera.film.width_px), np.bool_)
    unseen[10:30, 20:41] = True
    lit = compose_scene({**load_shapes({"sky": {"type": "constant"}}), **{s.id(): s for s in seen.shapes()}})
    whole = renderer.render_radiance(lit, camera, 4, 3)
    part = renderer.start_radiance(lit, camera, 4, 3, unseen=unseen)()
    np.testing.assert_array_equal(part[~unseen], whole[~unseen])
    assert part[unseen].min() > 0
    every, aovs = (renderer.start_aovs(lit, camera, 4, 3, edges_again=False, unseen=of)()() for of in (None, unseen))
    np.testing.assert_array_equal(aovs.distance[~unseen], every.distance[~unseen])
    assert np.ptp(aovs.distance[unseen]) == 0
    assert aovs.distance[unseen].min() > 0


def test_tiles_hold_every_chosen_pixel_once_and_little_else() -> None:
    rng = np.random.default_rng(3)
    where = ndimage.maximum_filter(rng.random((157, 419)) > 0.9995, 9)
    covered = np.zeros(where.shape, np.int64)
    for part in cover_with_tiles(where):
        covered[part] += 1
    assert where.sum() > 0
    assert covered[where].min() == covered.max() == 1
    assert covered.mean() < 0.6
    assert cover_with_tiles(np.zeros((40, 70), np.bool_)) == []
