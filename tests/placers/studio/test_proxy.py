from __future__ import annotations

from pathlib import Path

import mitsuba as mi
import numpy as np
import pytest
from PIL import Image
from scipy import ndimage
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer

from photoshoot.placers.studio.proxy import ProductProxy, build_proxy
from photoshoot.placers.studio.render import Lens, compose_scene
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.view import View
from photoshoot.records import Canvas, ProductLayer
from photoshoot.settings import Stance

_PRODUCTS = Path(__file__).resolve().parents[4] / "shared" / "products"


def _seen(proxy: ProductProxy, view: View, side: str) -> np.ndarray:
    """Share of each pixel (H, W) that a side of the stand-in covers, seen from the camera."""
    mesh = proxy.front if side == "front" else proxy.back.flipped()
    black = {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.0}}
    lamp = {"type": "area", "radiance": {"type": "rgb", "value": 1.0}}
    scene = compose_scene({"silhouette": to_shape(mesh, bsdf=black, emitter=lamp)}, Lens(view=view))
    direct = mi.load_dict({"type": "direct", "emitter_samples": 0, "bsdf_samples": 1})
    return np.array(mi.render(scene, integrator=direct, spp=16, seed=0))[..., 0]


def _check_registration(layer: ProductLayer, canvas: Canvas) -> None:
    view = View.of(canvas, 1.45)
    proxy = build_proxy(layer, canvas, view)
    solid = layer.alpha_matte > 0.5
    shaved = ndimage.distance_transform_edt(solid) > 1
    for side in ("front", "back"):
        seen = _seen(proxy, view, side) > 0.5
        iou = (seen & shaved).sum() / (seen | shaved).sum()
        outside = ndimage.distance_transform_edt(~solid)[seen].max(initial=0)
        reach = np.percentile(ndimage.distance_transform_edt(~seen)[solid], 99)
        assert iou > 0.94, f"{side}: IoU {iou:.3f}"
        assert outside <= 1, f"{side}: {outside:.1f} px outside the silhouette"
        assert reach <= 3, f"{side}: {reach:.1f} px short of the silhouette"


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("stance", list(Stance))
@pytest.mark.parametrize("center", [60, 210, 350])
def test_proxy_fills_the_silhouette(stance: Stance, center: int) -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, center)
    _check_registration(make_layer(alpha), make_canvas(alpha, stance))


@pytest.mark.usefixtures("placer")
def test_two_parts_are_both_there() -> None:
    alpha = np.maximum(draw_vase(HEIGHT, WIDTH, 138, 150), draw_vase(HEIGHT, WIDTH, 130, 260, tall=70))
    _check_registration(make_layer(alpha), make_canvas(alpha))


@pytest.mark.usefixtures("placer")
@pytest.mark.skipif(not _PRODUCTS.is_dir(), reason="needs ../shared/products")
@pytest.mark.parametrize("name", ["apple-drink", "sunnies", "dash-force-1"])
def test_real_products_register(name: str) -> None:
    picture = Image.open(_PRODUCTS / f"{name}.png").convert("RGBA").reduce(8)
    pixels = np.asarray(picture, np.uint8)
    alpha = pixels[..., 3].astype(np.float32) / np.float32(255)
    parts, count = ndimage.label(alpha > 0.04)
    sizes = ndimage.sum_labels(alpha > 0.5, parts, np.arange(1, count + 1))
    alpha *= np.isin(parts, 1 + np.flatnonzero(sizes > 0.08 * sizes.max()))
    _check_registration(
        ProductLayer(rgb=pixels[..., :3].copy(), alpha_matte=np.asarray(alpha, np.float32)), make_canvas(alpha)
    )


def test_standing_proxy_touches_the_floor_and_stays_above_it() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha)
    front = build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45)).front.vertices
    assert front[:, 1].min() == 0
    assert (front[:, 1] < 0.02).sum() > 10


def test_lying_proxy_stays_over_the_surface() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.LYING)
    proxy = build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert proxy.back.vertices[:, 2].min() > -0.11
    np.testing.assert_allclose(proxy.front.vertices[:, 2], 0, atol=1e-6)
