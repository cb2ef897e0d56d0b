from __future__ import annotations

import gc

import drjit as dr
import mitsuba as mi
import numpy as np
import pytest

from photoshoot.machine.cancellation import cancel_scope
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.renderer import sampling
from photoshoot.placers.studio.renderer.aov import INTEGRATOR, Aovs
from photoshoot.placers.studio.renderer.sampling import (
    corners_of,
    sample_film,
    start_aovs,
    start_radiance,
)
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.bsdfs import diffuse, metal
from photoshoot.placers.studio.scene.shapes import compose_scene, load_shapes, to_shape
from tests.placers.studio.renderer.test_renderer import CAMERA, scene

pytestmark = pytest.mark.usefixtures("variant_compiled", "placer")
ROWS, COLUMNS = slice(25, 50), slice(40, 120)


@pytest.mark.parametrize("aperture", [0.0, 0.6])
def test_rays_of_chosen_pixels_are_those_of_mitsubas_camera(aperture: float) -> None:
    camera, seen = Camera(film=Film(view=CAMERA.film.view, scale=0.5), aperture=aperture), scene()
    whole = sample_film(seen, mi.load_dict(INTEGRATOR), camera.load_sensor((ROWS, COLUMNS)), 256, 3)
    chosen = start_aovs(seen, camera, corners_of(ROWS, COLUMNS), 256, 4)()[:, :7].reshape(whole.shape)
    assert whole[..., 0].std() > 0.05
    assert np.abs(chosen - whole).mean() < 0.01


def test_another_film_lens_seed_or_number_of_samples_compiles_nothing() -> None:
    view, seen, path = CAMERA.film.view, scene(), mi.load_dict({"type": "path", "max_depth": 2})

    def sample(camera: Camera, rows: slice, spp: int, seed: int) -> None:
        start_radiance(seen, path, camera, corners_of(rows, COLUMNS), spp, seed)()
        start_aovs(seen, camera, corners_of(rows, COLUMNS), spp, seed)()

    sample(Camera(film=Film(view=view)), ROWS, 4, 1)
    with dr.scoped_set_flag(dr.JitFlag.KernelHistory, True):
        dr.kernel_history_clear()
        sample(Camera(film=Film(view=view, scale=0.5, margin=8), aperture=0.2), slice(20, 55), 2, 2)
        sample(Camera(film=Film(view=view, scale=0.3)), slice(20, 33), 1, 3)
        compiled = [kernel for kernel in dr.kernel_history() if "ir" in kernel and not kernel["cache_hit"]]
    assert not [kernel["operation_count"] for kernel in compiled if kernel["operation_count"] > 60]


def test_nor_does_another_number_of_things() -> None:
    """A set had all of its kernels compiled for one leaf more, and for another set that was kept meanwhile."""
    camera, path = Camera(film=Film(view=CAMERA.film.view)), mi.load_dict({"type": "path", "max_depth": 2})

    def sample(things: int) -> mi.Scene:
        balls = {f"ball {number}": to_shape(sphere(), bsdf=diffuse("#b02030")) for number in range(things)}
        seen = compose_scene(load_shapes(balls))
        start_radiance(seen, path, camera, corners_of(ROWS, COLUMNS), 4, 1)()
        start_aovs(seen, camera, corners_of(ROWS, COLUMNS), 4, 1)()
        return seen

    gc.collect()  # scenes of other tests
    sample(3)
    with dr.scoped_set_flag(dr.JitFlag.KernelHistory, True):
        dr.kernel_history_clear()
        kept = [sample(things) for things in (20, 4)]
        traced = [kernel for kernel in dr.kernel_history() if "ir" in kernel and kernel["operation_count"] > 60]
    assert len(traced) == 2 * len(kept)
    new = [kernel for kernel in traced if not kernel["cache_hit"] or kernel["cache_disk"]]
    assert not [kernel["operation_count"] for kernel in new]


def test_nor_do_other_pixels_where_there_is_clear_glass() -> None:
    """A mean of three channels had the number of rays in its code: a laboratory compiled seven kernels for one."""
    to, film = mi.ScalarTransform4f(), Film(view=CAMERA.film.view)
    pane = {"type": "rectangle", "to_world": to.translate([0, 1, 1]), "bsdf": {"type": "thindielectric"}}
    wall = {"type": "rectangle", "to_world": to.translate([0, 1, -1]).scale(9), "bsdf": {"type": "diffuse"}}
    behind_glass: mi.Scene = mi.load_dict({"type": "scene", "pane": pane, "wall": wall}, parallel=False)
    start_aovs(behind_glass, Camera(film=film), corners_of(ROWS, COLUMNS), 4, 1)()
    with dr.scoped_set_flag(dr.JitFlag.KernelHistory, True):
        dr.kernel_history_clear()
        start_aovs(behind_glass, Camera(film=film), corners_of(slice(20, 55), COLUMNS), 2, 2)()
        compiled = [kernel for kernel in dr.kernel_history() if "ir" in kernel and not kernel["cache_hit"]]
    assert not [kernel["operation_count"] for kernel in compiled if kernel["operation_count"] > 60]


def test_odd_numbers_of_pixels_and_samples_have_means_of_their_own() -> None:
    view, sky = (
        CAMERA.film.view,
        mi.load_dict(
            {"type": "scene", "sky": {"type": "constant", "radiance": {"type": "rgb", "value": [0.4, 0.7, 1.0]}}}
        ),
    )
    corners = corners_of(slice(0, 3), slice(0, 3))
    for spp in (1, 2, 7):
        light = start_radiance(sky, mi.load_dict({"type": "path"}), Camera(film=Film(view=view)), corners, spp, 1)()
        np.testing.assert_allclose(light, np.tile([0.4, 0.7, 1.0], (9, 1)), rtol=1e-5)


def under_a_lamp() -> mi.Scene:
    """A floor, and a lamp that is wide over it: each pixel's light is noisy, and nearly its neighbours'."""
    to = mi.ScalarTransform4f()
    grey = {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.5}}
    ground = {"type": "rectangle", "to_world": to.rotate([1, 0, 0], -90).scale(30), "bsdf": grey}
    shining = {"type": "area", "radiance": {"type": "rgb", "value": 9.0}}
    over = {"type": "rectangle", "to_world": to.translate([0, 6, 0]).rotate([1, 0, 0], 90).scale(4), "emitter": shining}
    lit: mi.Scene = mi.load_dict({"type": "scene", "floor": ground, "lamp": over}, parallel=False)
    return lit


def test_a_pixels_light_is_the_same_whichever_others_are_traced() -> None:
    path, camera = mi.load_dict({"type": "path", "max_depth": 2}), Camera(film=Film(view=CAMERA.film.view, scale=0.3))
    corners, seen = corners_of(slice(40, 48), slice(40, 72)), under_a_lamp()
    whole = start_radiance(seen, path, camera, corners, 8, 3, skip=1)()
    np.testing.assert_array_equal(start_radiance(seen, path, camera, corners[5::7], 8, 3, skip=1)(), whole[5::7])
    later = start_radiance(seen, path, camera, np.tile(corners, (2, 1)), 4, 3, after=np.repeat([4, 32], len(corners)))()
    np.testing.assert_array_equal(later[: len(corners)], whole)
    assert (later[len(corners) :] != whole).all()


def test_passes_of_few_pixels_are_one_launch_with_the_bytes_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    path, camera = mi.load_dict({"type": "path", "max_depth": 2}), Camera(film=Film(view=CAMERA.film.view, scale=0.3))
    corners, seen = corners_of(slice(40, 48), slice(40, 72)), under_a_lamp()
    means, launches = [], []
    for most in (0, 12 * len(corners)):
        monkeypatch.setattr(sampling, "_TOGETHER", most)
        with dr.scoped_set_flag(dr.JitFlag.KernelHistory, True):
            dr.kernel_history_clear()
            means.append(start_radiance(seen, path, camera, corners, 12, 3)())
            launches.append(sum(kernel["operation_count"] > 60 for kernel in dr.kernel_history() if "ir" in kernel))
    assert launches == [3, 1]
    assert means[0].std() > 0.01
    np.testing.assert_array_equal(means[1], means[0])


def test_many_pixels_are_several_launches_with_the_bytes_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    path, camera = mi.load_dict({"type": "path", "max_depth": 2}), Camera(film=Film(view=CAMERA.film.view, scale=0.3))
    corners, seen = corners_of(slice(40, 48), slice(40, 72)), under_a_lamp()
    after = np.arange(len(corners)) % 3 * 4
    means, asked = list[np.ndarray](), list[int]()
    for most in (2**22, 7 * 8 * len(corners) // 50):
        monkeypatch.setattr(sampling, "_PATHS_AT_ONCE", most)
        with cancel_scope(lambda: asked.append(len(means))):
            means.append(start_radiance(seen, path, camera, corners, 12, 3, after=after)())
    assert asked.count(1) > 2 * asked.count(0), "it was divided"
    np.testing.assert_array_equal(means[1], means[0])


def test_neighbours_and_passes_share_paths_out_so_that_error_falls_faster_than_they_grow() -> None:
    path, camera = mi.load_dict({"type": "path", "max_depth": 2}), Camera(film=Film(view=CAMERA.film.view, scale=0.3))
    corners, seen = corners_of(slice(40, 48), slice(40, 72)), under_a_lamp()

    def sample(spp: int, seed: int) -> np.ndarray:
        return start_radiance(seen, path, camera, corners, spp, seed)().reshape(2, 4, 8, 4, 3)

    truth = sample(2048, 9)
    off = {spp: np.stack([sample(spp, seed) - truth for seed in range(6)]) for spp in (4, 16)}
    alone = np.square(off[4]).mean() / 16  # of a square's mean, if its pixels knew nothing of each other
    few, many = (np.square(off[spp].mean((2, 4))).mean() for spp in (4, 16))
    assert few < alone / 5, f"{alone / few:.1f} times less error than of pixels by themselves"
    assert many < few / 6, f"{few / many:.1f} times less error of four times as many paths"


def test_aovs_behind_clear_glass_are_those_of_what_it_shows() -> None:
    """A denoiser that is told nothing but glass takes what stands behind it for noise."""
    bare, camera = scene(), Camera(film=Film(view=CAMERA.film.view, scale=0.5))
    front = {"type": "rectangle", "to_world": mi.ScalarTransform4f().translate([0, 0, 3]).scale(9)}
    shapes = {f"{index}": shape for index, shape in enumerate(bare.shapes())}
    pane = {**front, "bsdf": {"type": "thindielectric", "int_ior": 1.5}}
    glazed = mi.load_dict({"type": "scene", **shapes, "pane": pane}, parallel=False)
    behind, seen = (start_aovs(scene, camera, corners_of(ROWS, COLUMNS), 64, 4)() for scene in (bare, glazed))
    assert behind.shape[1] == 8 < seen.shape[1]
    np.testing.assert_allclose(seen[:, 8], 1, atol=1e-6)
    np.testing.assert_allclose(seen[:, 9], CAMERA.film.view.distance - 3, rtol=0.05)
    assert behind[:, 0].std() > 0.05
    np.testing.assert_allclose(seen[:, 3:6], 0.92 * behind[:, 3:6] + [0, 0, 0.08], atol=0.06)
    slope = np.polyfit(behind[:, 0], seen[:, 0], 1)[0]
    assert 0.88 < slope < 0.95, "what glass lets through"
    assert np.corrcoef(behind[:, 0], seen[:, 0])[0, 1] > 0.99


def test_metal_has_one_albedo_however_it_is_turned() -> None:
    ball, whole = {"type": "sphere", "center": [0.0, 0.7, 0.0], "radius": 0.5}, corners_of(*CAMERA.film.whole)
    body, sheen = diffuse("#808080")["bsdf"], metal("#ffd080", 0.25)["bsdf"]
    for material, albedo in (
        ({"type": "twosided", "bsdf": {"type": "blendbsdf", "weight": 0.25, "a": body, "b": sheen}}, 0.16),
        (metal("#ffd080", 0.25), 0.0),
    ):
        seen = start_aovs(mi.load_dict({"type": "scene", "ball": {**ball, "bsdf": material}}), CAMERA, whole, 4, 1)()
        inside = np.linalg.norm(seen[:, 3:6], axis=1) > 0.95
        assert inside.sum() > 500
        np.testing.assert_allclose(seen[inside, 0], albedo, atol=0.02)


def test_what_shines_is_told_from_what_scatters_nothing() -> None:
    """Lamps do, and the air round a set; black things don't. Glass counts for what is behind it."""
    lamp = {"type": "area", "radiance": {"type": "rgb", "value": [3.0, 2.0, 1.0]}}
    black = {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.0}}
    at, whole = mi.ScalarTransform4f(), corners_of(ROWS, CAMERA.film.whole[1])
    bare = {"black": {"type": "rectangle", "to_world": at.translate([-9, 0, 0]).scale(9), "bsdf": black}}
    lit = {**bare, "lamp": {**bare["black"], "to_world": at.translate([9, 0, 0]).scale(9), "emitter": lamp}}
    pane = {"type": "rectangle", "to_world": at.translate([0, 0, 3]).scale(20), "bsdf": {"type": "thindielectric"}}
    for shapes, through in ((bare, 1.0), (lit, 1.0), ({**lit, "pane": pane}, 0.92)):
        seen = mi.load_dict({"type": "scene", **shapes}, parallel=False)
        shines = Aovs.of_channels(start_aovs(seen, CAMERA, whole, 16, 4)()).lamp
        assert shines is not None
        right = whole[:, 1] > CAMERA.film.width_px / 2
        np.testing.assert_allclose(shines[right], through, atol=0.03)
        np.testing.assert_array_equal(shines[whole[:, 1] < CAMERA.film.width_px / 2 - 1], 0)
