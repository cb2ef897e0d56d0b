from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.contact import contact_rise, contact_shade, trace_contact
from photoshoot.settings import Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer


def test_shade_hugs_the_base() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha)
    shade = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45))
    assert shade.shape == alpha.shape
    assert 0.5 < shade[138, 210] < 0.9
    assert shade[138, 60] == 1
    assert shade[60, 210] == 1


def test_lying_products_have_no_contact_line() -> None:
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.LYING)
    assert (contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45)) == 1).all()


def test_on_a_mirror_a_lying_product_has_its_outline() -> None:
    """No shadow falls there, and it would hover."""
    alpha = draw_vase(HEIGHT, WIDTH, 138, 210)
    canvas = make_canvas(alpha, Stance.LYING)
    shade = contact_shade(make_layer(alpha), canvas, View.of(canvas, 1.45), mirrored=True)
    edge = int(np.flatnonzero(alpha[100] > 0.5).max())
    assert shade[100, edge + 1] < 0.75
    assert shade[100, min(edge + 60, WIDTH - 1)] > 0.99
    assert 0 < shade.min() < shade.max() <= 1


def test_a_sole_that_climbs_gently_stands_and_a_handle_does_not() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    sole = 138 - 0.25 * (columns - 120)
    shoe = (columns >= 120) & (columns < 260) & (rows < sole) & (rows > 50)
    handle = (columns >= 260) & (columns < 300) & (rows < 90) & (rows > 60)
    alpha = (shoe | handle).astype(np.float32)
    canvas = make_canvas(alpha)
    touches = trace_contact(alpha, 0, canvas).touches
    assert touches[125:240].all()
    assert not touches[266:300].any()


def _pair_of_shoes(second: bool) -> np.ndarray:
    """A shoe whose sole climbs to the left as seen from high up, and the toe of another one behind it."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    shoe = (columns >= 120) & (columns < 260) & (rows < np.minimum(138, 138 + 0.3 * (columns - 220))) & (rows > 50)
    toe = (columns >= 260) & (columns < 310) & (rows < 118) & (rows > 60)
    return np.asarray(shoe | (toe & second), np.float32)


def test_a_second_shoe_that_was_seen_from_high_up_stands() -> None:
    alpha = _pair_of_shoes(True)
    canvas = make_canvas(alpha)
    contact = trace_contact(alpha, 0, canvas)
    assert contact.touches[266:304].all()
    np.testing.assert_allclose(contact.rows_px[275:300], 118, atol=1)


def test_a_handle_over_a_flat_base_does_not_stand() -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    cup = (columns >= 120) & (columns < 260) & (rows < 138) & (rows > 50)
    handle = (columns >= 260) & (columns < 310) & (rows < 118) & (rows > 60)
    alpha = (cup | handle).astype(np.float32)
    assert not trace_contact(alpha, 0, make_canvas(alpha)).touches[266:304].any()


def test_the_camera_rises_until_both_shoes_stand() -> None:
    alpha = _pair_of_shoes(True)
    canvas, layer = make_canvas(alpha), make_layer(alpha)
    view = View.of(canvas, 1.45, contact_rise(layer, canvas))
    flat = View.of(canvas, 1.45)
    assert view.camera_y > flat.camera_y
    assert view.product_back <= view.product_reach + 0.1
