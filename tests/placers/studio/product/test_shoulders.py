"""Where a hanger fits into a garment: in its middle, under its shoulders, and scaled with it."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import HANGER_BEND, HANGER_DROP, Shoulders, View
from photoshoot.placers.studio.product.shoulders import trace_shoulders
from photoshoot.records import Box, Canvas, ProductLayer
from photoshoot.settings import Stance

WIDTH, HEIGHT = 300, 400


def garment(left: int, top: int, slope: float, *, neck_px: int = 0) -> tuple[ProductLayer, Canvas, View]:
    """A shirt of 160 x 240 px whose shoulders fall by ``slope``, with a collar of ``neck_px``."""
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5 - (left + 80), np.arange(HEIGHT) + 0.5 - top)
    shoulder = neck_px + slope * np.abs(x)
    body = (np.abs(x) < 80) & (y > shoulder) & (y < 240)
    collar = (np.abs(x) < 12) & (y > 0) & (y < 240)
    alpha = (body | collar if neck_px else body).astype(np.float32)
    box = Box(left=left, top=top, right=left + 160, bottom=top + 240)
    canvas = Canvas(label="t", width_px=WIDTH, height_px=HEIGHT, product_box=box, safe_area=box, stance=Stance.HANGING)
    layer = ProductLayer(rgb=np.zeros((HEIGHT, WIDTH, 3), np.uint8), alpha_matte=alpha)
    return layer, canvas, View.of(canvas, 1.3)


def traced(left: int = 70, top: int = 80, slope: float = 0.3, neck_px: int = 0) -> tuple[Shoulders, View]:
    layer, canvas, view = garment(left, top, slope, neck_px=neck_px)
    return trace_shoulders(layer, canvas, view), view


@pytest.mark.parametrize("left", [20, 70, 120])
def test_it_hangs_in_the_garments_middle_with_arms_by_its_width(left: int) -> None:
    found, view = traced(left)
    pixel = 1 / view.px_per_unit
    assert found.x == pytest.approx(float(view.to_world(left + 80, 0)[0]), abs=pixel)
    assert found.half_width == pytest.approx(0.27 * 160 * pixel)
    assert found.drop == pytest.approx(HANGER_DROP * found.half_width)


@pytest.mark.parametrize("slope", [0.1, 0.3, 0.6])
def test_its_arms_lie_under_the_shoulders(slope: float) -> None:
    found, view = traced(slope=slope)
    share = np.linspace(0.4, 1, 30)
    arm = found.y - found.drop * share**HANGER_BEND
    top = float(view.to_world(0, 80)[1])
    shoulder = top - slope * share * found.half_width
    pixel = 1 / view.px_per_unit
    assert (arm < shoulder + pixel).all()
    assert (shoulder - arm).min() < 0.05 * found.half_width + 2 * pixel, "and no lower than they must"


def test_it_moves_with_the_garment() -> None:
    (high, view), (low, _) = traced(top=60), traced(top=100)
    assert high.y - low.y == pytest.approx(40 / view.px_per_unit, abs=1e-9)
    assert high.top - low.top == pytest.approx(40 / view.px_per_unit, abs=1e-9)


def test_a_collars_edge_is_the_top() -> None:
    plain, view = traced()
    collared, _ = traced(neck_px=30)
    assert plain.top == pytest.approx(float(view.to_world(0, 80)[1]), abs=1.5 / view.px_per_unit)
    assert collared.top == pytest.approx(plain.top, abs=1.5 / view.px_per_unit)
    assert plain.y - collared.y == pytest.approx(30 / view.px_per_unit, abs=2 / view.px_per_unit)


def test_straps_hang_on_the_ends_of_its_arms_however_uneven_they_are() -> None:
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5 - 150, np.arange(HEIGHT) + 0.5 - 80)
    straps = (np.abs(np.abs(x) - 50) < np.where(x < 0, 12, 8)) & (y > 0) & (y < 100)
    alpha = (straps | ((np.abs(x) < 80) & (y > 80) & (y < 240))).astype(np.float32)
    box = Box(left=70, top=80, right=230, bottom=320)
    canvas = Canvas(label="t", width_px=WIDTH, height_px=HEIGHT, product_box=box, safe_area=box, stance=Stance.HANGING)
    view = View.of(canvas, 1.3)
    found = trace_shoulders(ProductLayer(rgb=np.zeros((HEIGHT, WIDTH, 3), np.uint8), alpha_matte=alpha), canvas, view)
    pixel, top = 1 / view.px_per_unit, float(view.to_world(0, 80)[1])
    assert found.x == pytest.approx(float(view.to_world(148, 0)[0]), abs=2 * pixel)
    assert 55 * pixel < found.half_width < 63 * pixel
    assert found.y - found.drop < top, "its ends are under the straps' tops"
    assert found.y > top, "and its middle is seen between them"
