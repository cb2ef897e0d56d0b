from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.renderer.aov import compose_unlit
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.shapes import compose_scene, load_shapes, to_shape
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
