from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import NAMED_COLORS, bytes_to_linear, hex_to_linear, linear_to_oklab, linear_to_srgb
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.product.proxy import ProductProxy
from photoshoot.placers.studio.renderer.exposure import ToneMapping
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.renderer.tone_curves import BRIGHTEST, CURVES
from photoshoot.placers.studio.scene.shapes import compose_scene
from tests.placers.studio.conftest import draw_vase, make_canvas

PRODUCT = np.random.default_rng(3).integers(0, 256, (4000, 3)).astype(np.uint8)


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_rises_from_black_to_white_and_keeps_greys_grey(name: str) -> None:
    ramp = np.geomspace(1e-4, 60, 4001, dtype=np.float32)[:, None].repeat(3, 1)
    shown = CURVES[name].show(ramp)
    assert (np.diff(shown[:, 0]) >= -1e-5).all()
    assert shown[0].max() < 2e-3
    assert 0.97 < shown[-1].min() <= shown[-1].max() <= 1
    assert np.ptp(shown, axis=1).max() < 2e-3
    assert float(CURVES[name].show(np.full((1, 3), 0.18, np.float32))[0, 0]) == pytest.approx(0.18, abs=0.012)


@pytest.mark.parametrize("name", CURVES)
def test_light_of_a_colour_is_shown_as_that_colour(name: str) -> None:
    """All of them but those so saturated that the curve shows nothing like them."""
    curve, wanted = CURVES[name], bytes_to_linear(PRODUCT)
    wanted *= np.minimum(1, curve.ceiling / np.maximum(wanted.max(-1, keepdims=True), 1e-6))
    light = curve.light_of(bytes_to_linear(PRODUCT))
    error = np.abs(linear_to_srgb(curve.show(light)) - linear_to_srgb(wanted)).max(-1) * 255
    pale = np.ptp(PRODUCT.astype(int), axis=1) < 0.6 * PRODUCT.max(1)
    assert error[pale].max() < 1, f"{error[pale].max():.1f} steps"
    assert light.max() <= 1.05 * BRIGHTEST


def test_hues_of_bright_paint_stay_with_the_neutral_curve() -> None:
    paint = np.stack([hex_to_linear(color) for color in NAMED_COLORS.values()])
    paint = paint[np.ptp(paint, axis=1) > 0.2]
    turned = {name: _turn(paint, CURVES[name].show(paint * np.float32(1.3))) for name in ("studio", "neutral")}
    assert np.percentile(turned["neutral"], 95) < 1.5 < 5 < np.percentile(turned["studio"], 95), turned


def _turn(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Degrees between hues in OKLab."""
    angles = [np.arctan2(*np.moveaxis(linear_to_oklab(color)[..., 1:], -1, 0)) for color in (before, after)]
    return np.asarray(np.degrees(np.abs((angles[0] - angles[1] + np.pi) % (2 * np.pi) - np.pi)))


def test_neon_goes_to_white_by_way_of_its_own_hue() -> None:
    blue = hex_to_linear("#2a7bff") * np.geomspace(0.3, 3, 12, dtype=np.float32)[:, None]
    turned = {name: _turn(blue[:1], CURVES[name].show(blue)).max() for name in ("studio", "agx")}
    assert turned["agx"] < 0.6 * turned["studio"], turned


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("name", CURVES)
def test_a_mirror_shows_the_product_in_the_colours_that_are_pasted(name: str) -> None:
    """Two steps of 255: a flat patch of each half of its picture stands on a perfect mirror."""
    colors = np.array([[200, 90, 60], [60, 110, 150]], np.uint8)
    pasted = bytes_to_linear(colors)[None].repeat(8, 0).repeat(8, 1)
    quad = np.array([[-2, 0, 0], [2, 0, 0], [2, 2, 0], [-2, 2, 0]], np.float32)
    faces, uv = np.array([[0, 1, 2], [0, 2, 3]], np.int32), np.array([[0, 1], [1, 1], [1, 0], [0, 0]], np.float32)
    front = Mesh(vertices=quad, faces=faces, uv=uv)
    back = Mesh(vertices=quad - np.array([0, 0, 0.1], np.float32), faces=faces[:, ::-1].copy())
    body = np.full(3, 0.5, np.float32)
    tone = ToneMapping(exposure=2.5, curve=name)
    shapes = ProductProxy(front=front, back=back, colors=pasted, body_color=body).load_shapes(tone)
    flat = mi.ScalarTransform4f().rotate([1, 0, 0], -90).scale(20)
    mirror = mi.load_dict({"type": "rectangle", "to_world": flat, "bsdf": {"type": "conductor", "material": "none"}})
    view = View.of(make_canvas(draw_vase(160, 420, 138, 210)), 1.4)
    light = Renderer(4).render_radiance(compose_scene({**shapes, "mirror": mirror}), Camera(film=Film(view=view)), 4, 1)
    places = view.to_pixel(np.array([[-0.6, 0.0, 0.5], [0.6, 0.0, 0.5]])).round().astype(int)
    seen = tone.apply(light)[places[:, 1], places[:, 0]]
    error = np.abs(linear_to_srgb(seen) * 255 - colors).max()
    assert error < 2, f"{error:.1f} steps"
