"""A surface that faces the camera fills the picture; its albedo and lights are what was asked for."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.placers.studio.backdrops.frontal import Sheet, sheet_albedo, sheet_exposure, sheet_lights, sheet_mesh
from photoshoot.placers.studio.camera import View
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.settings import Stance

PLAIN = Sheet(z=-0.11, material="paper", colors=("#c8b48a",), vein_color="#806040", light=Light())
GRADIENT = dataclasses.replace(PLAIN, colors=("#ffffff", "#304060"))


def _view(width: int, height: int) -> View:
    box = Box(left=width // 3, top=height // 4, right=2 * width // 3, bottom=3 * height // 4)
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.LYING)
    return View.of(canvas, 1.3)


VIEWS = (_view(640, 240), _view(160, 600))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("sheet", [PLAIN, GRADIENT], ids=["plain", "gradient"])
def test_it_fills_the_picture_at_its_depth_and_faces_the_camera(view: View, sheet: Sheet) -> None:
    mesh = sheet_mesh(sheet, view)
    np.testing.assert_allclose(mesh.vertices[:, 2], sheet.z, atol=1e-6)
    pixels = view.to_pixel(mesh.vertices)
    assert (pixels.min(0) < 0).all()
    assert (pixels.max(0) > [view.width_px, view.height_px]).all()
    a, b, c = mesh.vertices[mesh.faces[0]]
    assert np.cross(b - a, c - a)[2] > 0


@pytest.mark.parametrize("view", VIEWS)
def test_a_gradient_spans_the_picture_and_a_texture_the_world(view: View) -> None:
    plain, gradient = sheet_mesh(PLAIN, view), sheet_mesh(GRADIENT, view)
    assert plain.uv is not None
    assert gradient.uv is not None
    np.testing.assert_allclose(plain.uv, plain.vertices[:, :2] * [1, -1], atol=1e-5)
    np.testing.assert_allclose(
        gradient.uv, view.to_pixel(gradient.vertices) / [view.width_px, view.height_px], rtol=1e-5, atol=1e-5
    )


def test_one_colour_is_itself_and_several_are_a_picture() -> None:
    assert sheet_albedo(PLAIN.colors, VIEWS[0]) == "#c8b48a"
    assert isinstance(sheet_albedo(GRADIENT.colors, VIEWS[0]), dict)


def test_a_gobo_lets_the_sun_through_and_none_is_a_softbox() -> None:
    view, light = VIEWS[0], Light()
    sets = {
        gobo: sheet_lights(light, gobo, view, -0.11, np.random.default_rng(1))
        for gobo in ("none", "leaves", "blinds", "panes")
    }
    assert all("fill" in lights for gobo, lights in sets.items() if gobo != "none")
    assert all(len(lights) > 1 for gobo, lights in sets.items() if gobo != "none"), "the fill and the sun"
    assert not set(sets["none"]) & (set(sets["blinds"]) - {"fill"})


def test_the_exposure_grows_with_its_gain_and_shade_is_made_up_for() -> None:
    light = Light()
    one, two = sheet_exposure(light, "none"), sheet_exposure(light, "none", gain=1.1)
    assert two > one > 0
    assert sheet_exposure(light, "none") < sheet_exposure(light, "leaves") < sheet_exposure(light, "blinds")
