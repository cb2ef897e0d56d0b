"""What a shining surface mirrors, and tubes that lie on it, are as the camera is to see them."""

from __future__ import annotations

from typing import Literal

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.mirrored import Mirrored, mirrored_light
from photoshoot.placers.studio.set_builders.flat_lay import build_flat_lay
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.settings import Stance
from tests.placers.studio.conftest import smooth_plastics


def _view() -> View:
    box = Box(left=240, top=60, right=400, bottom=300)
    canvas = Canvas(
        label="test",
        width_px=640,
        height_px=360,
        product_box=box,
        safe_area=box,
        stance=Stance.LYING,
        snapped=frozenset(),
    )
    return View.of(canvas, 0.0)


def test_a_mirrored_ray_meets_the_picture_where_it_is_drawn() -> None:
    view = _view()
    image = np.zeros((90, 160, 3), np.float32)
    image[20:24, 120:126] = 1.0  # a lamp a thirtieth of the picture wide
    half = (view.half_width, 0.5 * (view.top - view.bottom))
    picture = Mirrored(image=image, half_width=half[0], half_height=half[1], reflectance=0.1)
    light = mirrored_light(picture, view, Light(), 1.0)
    scene = mi.load_dict({"type": "scene", "sheet": light["mirrored"]})
    eye = np.array([0.0, view.camera_y, view.distance])

    def seen(column: float, row: float) -> float:
        """What a ray from the camera meets that a mirror on z = 0 throws back at this place of the picture."""
        place = np.array([(2 * column / 160 - 1) * half[0], view.camera_y + (1 - 2 * row / 90) * half[1], 0.0])
        away = (place - eye) * [1.0, 1.0, -1.0]
        hit = scene.ray_intersect(mi.Ray3f(place.tolist(), (away / np.linalg.norm(away)).tolist()))
        return float(np.array(hit.emitter(scene).eval(hit)).max())

    assert seen(123, 22) == pytest.approx(10.0, rel=1e-4)  # over the reflectance
    assert [seen(*at) for at in ((117, 22), (129, 22), (123, 17), (123, 27), (36, 22))] == pytest.approx([0.0] * 5)


@pytest.mark.parametrize("surface", ["lacquer", "rubber"])
def test_tubes_shine_alike_on_the_film_whatever_the_bed_is_exposed_for(surface: Literal["lacquer", "rubber"]) -> None:
    shown = []
    for intensity in (0.5, 1.1):
        light = Light(intensity=intensity)
        design = FlatLay(surface=surface, glow="tubes", glow_colors=("#2a7bff",), light=light)
        with smooth_plastics():
            parts = build_flat_lay(design, _view(), np.random.default_rng(3))
        tubes = parts.shapes["tubes_0"]
        assert isinstance(tubes, mi.Mesh)
        assert parts.exposure is not None
        radiance = np.array(mi.traverse(tubes.emitter())["radiance.value"]).reshape(-1)
        shown.append(radiance * parts.exposure)
    assert shown[0] == pytest.approx(shown[1], rel=1e-5)
