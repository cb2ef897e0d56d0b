from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.placers.studio.assets.hanger import (
    BRASS,
    hook_height,
    metal_by_normal,
    metal_hook,
    peg,
    rail,
    wooden_hanger,
)
from photoshoot.placers.studio.camera import HANGING_WALL_Z, Shoulders, View
from photoshoot.placers.studio.product.shoulders import trace_shoulders
from photoshoot.settings import Stance
from tests.placers.studio.conftest import make_canvas, make_layer, see

_SIZE = (300, 240)
_TEE: tuple[tuple[int, int], ...] = (
    *((120, 50), (180, 50), (205, 58), (250, 92), (232, 116), (205, 100), (205, 210), (95, 210), (95, 100)),
    *((68, 116), (50, 92), (95, 58)),
)
_HOODIE: tuple[tuple[int, int], ...] = (
    *((126, 58), (138, 20), (162, 20), (174, 58), (212, 74), (236, 190), (212, 194), (200, 120), (200, 214)),
    *((100, 214), (100, 120), (88, 194), (64, 190), (88, 74)),
)


def _draw(outline: tuple[tuple[int, int], ...]) -> np.ndarray:
    picture = Image.new("L", _SIZE)
    ImageDraw.Draw(picture).polygon(outline, fill=255)
    return np.asarray(picture, np.float32) / np.float32(255)


def _fit(alpha: np.ndarray) -> tuple[Shoulders, View]:
    canvas = make_canvas(alpha, Stance.HANGING)
    view = View.of(canvas, 1.45)
    return trace_shoulders(make_layer(alpha), canvas, view), view


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("outline", [_TEE, _HOODIE], ids=["tee", "hoodie"])
@pytest.mark.parametrize("shift", [0, -40])
def test_arms_hide_behind_the_garment_and_the_hook_shows_above(
    outline: tuple[tuple[int, int], ...], shift: int
) -> None:
    alpha = np.roll(_draw(outline), shift, axis=1)
    shoulders, view = _fit(alpha)
    solid = ndimage.binary_dilation(alpha > 0.5, iterations=1)
    arms = see(wooden_hanger(shoulders), view) > 0.5
    neck = abs(np.arange(_SIZE[0]) - (150 + shift)) < 0.4 * shoulders.half_width * view.px_per_unit
    assert arms.sum() > 100
    assert not (arms & ~solid)[:, ~neck].any(), "an arm shows beside the neck"
    hook = see(metal_hook(shoulders, 10.0), view) > 0.5
    top = int(np.argmax((alpha > 0.5).any(1)))
    assert hook[: top - 4].any(), "no hook is seen over the garment"
    assert view.to_pixel([shoulders.x, 0.0, 0.0])[0] == pytest.approx(150 + shift, abs=3)


def test_peg_and_rail_carry_the_hook() -> None:
    shoulders, view = _fit(_draw(_TEE))
    for carrier in (peg(shoulders), rail(shoulders, view)):
        x, y = carrier.vertices[:, 0], carrier.vertices[:, 1]
        under = y[np.abs(x - shoulders.x) < 0.3 * shoulders.half_width] if len(np.unique(x)) > 2 else y
        assert under.min() < hook_height(shoulders)
        assert under.max() < hook_height(shoulders) + 0.1 * shoulders.half_width
    assert peg(shoulders).vertices[:, 2].min() < HANGING_WALL_Z
    assert rail(shoulders, view).vertices[:, 0].max() > view.half_width


def test_what_has_no_shoulders_still_gets_a_hanger_below_its_top() -> None:
    alpha = np.zeros(_SIZE[::-1], np.float32)
    alpha[60:200, 146:154] = 1
    shoulders, _ = _fit(alpha)
    assert np.isfinite([shoulders.x, shoulders.y, shoulders.top]).all()
    assert shoulders.y <= shoulders.top + 0.1 * shoulders.half_width


def test_brass_pipes_are_dark_at_their_rims_and_below_and_bright_where_they_face_the_camera() -> None:
    ny, nx = np.meshgrid(np.linspace(-1, 1, 64), np.linspace(-1, 1, 64), indexing="ij")
    green = metal_by_normal(BRASS)[..., 1]

    def of(x: float, y: float) -> float:
        return float(green[np.hypot(nx - x, ny - y) < 0.05].mean())

    assert of(0.0, 0.0) > 1.8 * of(0.97, 0.0), "an upright pipe"
    assert of(-0.97, 0.0) == pytest.approx(of(0.97, 0.0), rel=0.05)
    assert of(0.0, 0.6) > 1.5 * of(0.0, -0.6) > of(0.0, -0.97), "one that lies: lit from above, dark below"
    assert of(0.0, 0.97) > of(0.0, 0.0), "a foot that is seen from above is bright"
    assert of(0.5, 0.0) > 1.4 * of(0.2, 0.0), "it mirrors a long narrow lamp: without one it is plastic"
