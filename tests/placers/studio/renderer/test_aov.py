from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.renderer.aov import Aovs, find_edges
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.shapes import compose_scene, compose_unlit, load_shapes, to_shape
from tests.placers.studio.conftest import draw_vase, make_canvas


@pytest.mark.usefixtures("placer")
def test_surfaces_are_the_same_without_lights() -> None:
    red = {"type": "diffuse", "reflectance": {"type": "rgb", "value": [0.7, 0.1, 0.2]}}
    lamp = {"type": "area", "radiance": {"type": "rgb", "value": [3.0, 3.0, 3.0]}}
    shapes = load_shapes(
        {
            "ground": to_shape(floor(half_width=9, front=4, back=-4), bsdf={"type": "plastic"}),
            "ball": to_shape(sphere(), bsdf=red),
            "lamp": to_shape(sphere(radius=0.4), bsdf=red, emitter=lamp, face_normals=True),
            "disk": {"type": "disk", "to_world": mi.ScalarTransform4f().translate([2.0, 1.0, 0.0]), "material": red},
            "sky": {"type": "constant"},
        }
    )
    unlit = compose_unlit(shapes)
    assert (len(unlit.shapes()), len(unlit.emitters())) == (4, 0)
    renderer, film = Renderer(4), Film(view=View.of(make_canvas(draw_vase(160, 420, 138, 210)), 1.4))
    seen = [renderer.render_aovs(scene, Camera(film=film), 4, 1) for scene in (compose_scene(shapes), unlit)]
    assert seen[0].albedo.std() > 0.05
    np.testing.assert_allclose(seen[0].albedo, seen[1].albedo, atol=1e-5)
    np.testing.assert_allclose(seen[0].normals, seen[1].normals, atol=1e-5)


def _bar_before_a_lamp() -> tuple[Aovs, np.ndarray]:
    """A pale bar, whose edges a lens blurs to noisy shares; and which pixels are near it."""
    columns = np.abs(np.arange(120) - 60.0)
    noise = np.random.default_rng(0).normal(0, 0.08, (80, 120))
    share = np.clip((24 - columns) / 8 + 0.5, 0, 1) + noise * (np.abs(columns - 24) < 4)
    share = np.clip(share, 0, 1).astype(np.float32)
    albedo = (0.9 * share[..., None] * np.ones(3)).astype(np.float32)
    aovs = Aovs(
        albedo=albedo, normals=np.zeros_like(albedo), distance=np.ones_like(share), lamp=(1 - share).astype(np.float32)
    )
    return aovs, np.broadcast_to(columns < 35, share.shape)


def test_a_denoiser_sees_no_edge_between_a_lamp_and_what_stands_before_it() -> None:
    aovs, near = _bar_before_a_lamp()
    assert aovs.albedo[near].std() > 0.3
    np.testing.assert_allclose(aovs.guide[near], 0.9, atol=0.02)
    steps = np.abs(np.diff(aovs.guide[..., 0], axis=1))[:, 90:]
    assert steps.max() < 2e-3, "it fades out without a line"
    seen = Aovs.of_told(aovs.told)
    np.testing.assert_allclose(seen.guide, aovs.guide, atol=1e-6)


def test_a_denoiser_sees_what_stands_before_a_dim_lamp_and_no_edge_before_a_bright_one() -> None:
    aovs, near = _bar_before_a_lamp()
    assert aovs.lamp is not None
    shine = aovs.lamp[..., None] * np.array([0.05, 0.1, 0.4], np.float32)
    dim = aovs.with_glow(aovs.albedo + shine, 1.0)
    np.testing.assert_allclose(dim.guide, aovs.albedo + shine, atol=0.02)
    np.testing.assert_allclose(aovs.with_glow(aovs.albedo + shine, 50.0).guide[near], 0.9, atol=0.02)
    np.testing.assert_allclose(Aovs.of_told(dim.told).guide, dim.guide, atol=1e-6)
    none = replace(aovs, lamp=np.minimum(aovs.lamp, 0.5))
    np.testing.assert_array_equal(none.with_glow(shine, 1.0).guide, none.guide)


def test_a_stand_in_that_shines_is_an_edge_still_and_so_is_a_lamp_of_which_nothing_is_known() -> None:
    aovs, _ = _bar_before_a_lamp()
    hidden = np.ones_like(aovs.distance)
    np.testing.assert_array_equal(aovs.without_stand_in(hidden).guide, aovs.albedo)
    np.testing.assert_array_equal(replace(aovs, lamp=None).guide, aovs.albedo)


def test_a_faint_seam_is_looked_at_again_on_dark_boards_and_not_on_white() -> None:
    channels = np.zeros((40, 40, 8), np.float32)
    for albedo, seen in ((0.15, True), (0.9, False)):
        channels[..., :3] = albedo
        channels[20, :, :3] = albedo - 0.05  # a third of that from the mean of nine
        assert find_edges(channels).any() == seen
