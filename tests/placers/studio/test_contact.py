from __future__ import annotations

import numpy as np
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer

from photoshoot.placers.studio.contact import contact_shade
from photoshoot.placers.studio.footing import trace_contact
from photoshoot.placers.studio.view import View
from photoshoot.settings import Stance


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
