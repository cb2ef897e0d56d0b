from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, SPREAD_PX, Holdout, fill_unseen, inpaint_under_holdout
from photoshoot.placers.studio.renderer.sensor import Film
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)


def test_a_holdout_is_the_opaque_part_and_its_share_of_coarse_pixels() -> None:
    film = Film(view=View.of(make_canvas(ALPHA), 1.4), scale=0.5, margin=8)
    holdout = Holdout.of(ALPHA, film)
    assert set(np.unique(holdout.mask)) == {0, 1}
    assert holdout.mask[ALPHA > 0.5].all()
    assert not holdout.mask[ALPHA < 0.2].any()
    assert holdout.coverage.shape == (film.height_px, film.width_px)
    assert 4 * holdout.coverage.sum() == np.float32(holdout.mask.sum())


def test_what_lies_deep_under_an_opaque_product_is_unseen_and_gets_what_is_beside_it() -> None:
    film = Film(view=View.of(make_canvas(ALPHA), 1.4), scale=0.5, margin=8)
    clear, opaque = np.zeros_like(ALPHA), np.zeros_like(ALPHA)
    clear[40:160, 90:290] = 0.99
    opaque[40:160, 90:290] = 1
    assert not Holdout.of(clear, film).unseen.any(), "the set is seen through it"
    holdout = Holdout.of(opaque, film)
    away = ndimage.distance_transform_edt(holdout.coverage == 1, sampling=1)
    assert holdout.unseen.any()
    assert away[holdout.unseen].min() > SPREAD_PX + 3
    image = np.random.default_rng(1).random((*holdout.unseen.shape, 2), np.float32)
    filled = fill_unseen(image[~holdout.unseen], holdout.unseen)
    np.testing.assert_array_equal(filled[~holdout.unseen], image[~holdout.unseen])
    assert (filled[holdout.unseen] == filled[holdout.unseen][0]).all()


def test_under_a_product_that_covers_all_of_the_picture_something_is_traced() -> None:
    film = Film(view=View.of(make_canvas(ALPHA), 1.4), scale=0.5, margin=0)
    assert not Holdout.of(np.ones_like(ALPHA), film).unseen.any()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 40))
def test_near_the_edge_the_nearest_clear_pixel_shows_and_nothing_else_changes(seed: int, side: int) -> None:
    rng = np.random.default_rng(seed)
    coverage = np.zeros((40, 50), np.float32)
    top, left = rng.integers(0, 40), rng.integers(0, 50)
    coverage[top : top + side, left : left + side] = 1
    image = rng.random((40, 50, 2), np.float32)
    result = inpaint_under_holdout(image, coverage)
    covered = coverage > SET_ALONE
    np.testing.assert_array_equal(result[~covered], image[~covered])
    if covered.all():
        return
    away = ndimage.distance_transform_edt(covered)
    deep = away > SPREAD_PX
    np.testing.assert_array_equal(result[deep], image[deep])
    clear = np.argwhere(~covered)
    for row, column in np.argwhere(covered & ~deep)[:20]:
        distances = np.hypot(*(clear - (row, column)).T)
        nearest = clear[distances == distances.min()]
        assert any((result[row, column] == image[tuple(place)]).all() for place in nearest)


def test_without_a_product_nothing_is_copied() -> None:
    image = np.ones((4, 5, 3), np.float32)
    assert inpaint_under_holdout(image, np.zeros((4, 5), np.float32)) is image
