from __future__ import annotations

import inspect

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.color.space import bytes_to_linear
from photoshoot.machine.cancellation import cancel_scope
from photoshoot.placers.studio.camera import HANGING_WALL_Z, LYING_SURFACE_Z, View
from photoshoot.placers.studio.product.proxy import build_proxy
from photoshoot.placers.studio.renderer.exposure import ToneMapping
from photoshoot.records import Canvas, ProductLayer
from photoshoot.settings import Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer, see


def _check_registration(layer: ProductLayer, canvas: Canvas) -> None:
    view = View.of(canvas, 1.45)
    proxy = build_proxy(layer, canvas, view)
    solid = layer.alpha_matte > 0.5
    shaved = ndimage.distance_transform_edt(solid) > 1
    for side, mesh in (("front", proxy.front), ("back", proxy.back.flipped())):
        seen = see(mesh, view) > 0.5
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
def test_a_large_products_stand_in_has_few_triangles() -> None:
    """The tree that rays are traced in is built anew for each product, and takes as long as a pass of light."""
    alpha = draw_vase(628, 1674, 540, 837, tall=450)
    layer, canvas = make_layer(alpha), make_canvas(alpha)
    _check_registration(layer, canvas)
    faces = len(build_proxy(layer, canvas, View.of(canvas, 1.45)).front.faces)
    assert 1_000 < faces < 12_000, f"{faces} triangles"


def test_it_can_be_given_up_between_its_steps() -> None:
    """Of a product of 36 megapixels they take twenty seconds: what was cancelled held its worker so long."""
    asked = list[str]()
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha)
    with cancel_scope(lambda: asked.append(inspect.stack()[3].function)):
        build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert asked.count("build_proxy") >= 4
    assert "_inside_distance" in asked


@pytest.mark.usefixtures("placer")
def test_two_parts_are_both_there() -> None:
    alpha = np.maximum(draw_vase(HEIGHT, WIDTH, 138, 150), draw_vase(HEIGHT, WIDTH, 130, 260, tall=70))
    _check_registration(make_layer(alpha), make_canvas(alpha))


def test_standing_proxy_touches_the_floor_and_stays_above_it() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha)
    front = build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45)).front.vertices
    assert front[:, 1].min() == 0
    assert (front[:, 1] < 0.02).sum() > 10


def test_what_lies_rests_on_the_surface_all_over() -> None:
    """A thin strap's shadow began far beside it: it seemed to hover."""
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.LYING)
    proxy = build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45))
    over = proxy.back.vertices[:, 2] - LYING_SURFACE_Z
    assert over.min() > 0
    assert over.max() < 0.01
    high = proxy.front.vertices[:, 2] - LYING_SURFACE_Z
    assert 0.04 < high.min() < 0.06
    assert 1.5 * high.min() < high.max() <= -LYING_SURFACE_Z


def test_hanging_proxy_stays_clear_of_the_wall() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.HANGING)
    proxy = build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert HANGING_WALL_Z + 0.1 < proxy.back.vertices[:, 2].min() < -0.1


def test_a_slanted_front_shines_no_more_than_it_shows() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    level = (columns > 120) & (columns < 260) & (rows > 60) & (rows < 138)
    climbing = level & (rows < 138 + 0.25 * (columns - 260))
    brightest = []
    for solid in (level, climbing):
        alpha = solid.astype(np.float32)
        layer = ProductLayer(rgb=np.full((*alpha.shape, 3), 200, np.uint8), alpha_matte=alpha)
        canvas = make_canvas(alpha)
        brightest.append(float(np.median(build_proxy(layer, canvas, View.of(canvas, 2.0, 35)).colors)))
    assert brightest[0] == pytest.approx(float(bytes_to_linear(np.array([200], np.uint8))[0]), rel=1e-3)
    assert brightest[1] < 0.95 * brightest[0]


@pytest.mark.usefixtures("placer")
def test_a_product_thinner_than_the_solids_rim_has_no_body() -> None:
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[40:140, 200] = 1
    canvas = make_canvas(alpha)
    proxy = build_proxy(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert not len(proxy.front.faces)
    assert {"product_front", "product_back"} == set(proxy.load_shapes(ToneMapping(exposure=2.5)))


def test_what_hangs_low_between_feet_is_flat_below() -> None:
    """A body that was round below left the floor under cars and sofas as bright as beside them."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[40:120, 100:320] = 1
    alpha[120:138, 100:110], alpha[120:138, 310:320] = 1, 1
    canvas = make_canvas(alpha)
    view = View.of(canvas, 1.45)
    proxy = build_proxy(make_layer(alpha), canvas, view)
    over = proxy.front.vertices[:, 1] * view.px_per_unit
    deep = proxy.front.vertices[:, 2] - proxy.back.vertices[:, 2]
    middle = np.abs(proxy.front.vertices[:, 0] - view.product_x) < 0.3 * view.product_half_width
    assert deep[middle & (over < 21)].min() > 0.7 * deep[middle].max(), "its underside"
    assert deep[middle & (over > 96)].max() < 0.6 * deep[middle].max(), "its upper edge is round"


def test_legs_and_stretchers_are_as_thin_as_they_look() -> None:
    """A tripod threw one dark wedge on the wall: its legs were as thick as what would fill the room between."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    legs = np.zeros(rows.shape, bool)
    for lean in (-0.5, 0.0, 0.5):
        legs |= (np.abs(columns - 210 - lean * (rows - 40)) < 2.5) & (rows > 40) & (rows < (138 if lean else 110))
    stretcher = (np.abs(rows - 110) < 2) & (np.abs(columns - 210) < 35)
    tube = (np.abs(rows - 32) < 10) & (np.abs(columns - 210) < 80)
    alpha = np.asarray(legs | stretcher | tube, np.float32)
    canvas = make_canvas(alpha)
    view = View.of(canvas, 1.45)
    proxy = build_proxy(make_layer(alpha), canvas, view)
    deep_px = (proxy.front.vertices[:, 2] - proxy.back.vertices[:, 2]) * view.px_per_unit
    under_tube = proxy.front.vertices[:, 1] < 0.6 * proxy.front.vertices[:, 1].max()
    assert deep_px[under_tube].max() < 15, "of legs five pixels wide under a tube of twenty"
