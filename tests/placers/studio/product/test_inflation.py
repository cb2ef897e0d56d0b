from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.product.contact import ProductWindow
from photoshoot.placers.studio.product.inflation import InflationEstimator, choose_form
from photoshoot.placers.studio.product.shape import Form, ProductShape
from photoshoot.records import Category

SIDE = 100
ROWS, COLUMNS = np.mgrid[:SIDE, :SIDE] + 0.5
MIDDLE = SIDE / 2


def estimate(solid: np.ndarray, category: Category, *, grounded: bool = False) -> ProductShape:
    window = ProductWindow(left=0, top=0, alpha=solid.astype(np.float32), rgb=np.zeros((*solid.shape, 3), np.uint8))
    return InflationEstimator().estimate(window, np.full(solid.shape[1], grounded), category)


def angle_deg(found: np.ndarray, true: np.ndarray) -> np.ndarray:
    return np.asarray(np.rad2deg(np.arccos(np.clip((found * true).sum(-1), -1, 1))))


def test_a_disc_becomes_a_ball() -> None:
    away = np.hypot(ROWS - MIDDLE, COLUMNS - MIDDLE)
    shape = estimate(away < 40, Category.TOY)
    depth = 0.75 * np.sqrt(np.maximum(40**2 - away**2, 0))  # the depth of what is usually round
    inner = away < 34
    assert shape.form in (Form.FREE, Form.TURNED)
    if shape.form is Form.FREE:
        np.testing.assert_allclose(shape.height_px[inner], depth[inner], atol=2.0)


def test_of_a_chair_less_is_believed_than_of_a_ball() -> None:
    across = np.abs(COLUMNS - MIDDLE)
    chair = (across < 30) & (ROWS > 10) & (ROWS < 55)
    chair |= (np.abs(across - 27) < 3) & (ROWS < 95) & (ROWS > 10)
    chair[20:40, 30:60] = False
    ball, chair = (estimate(solid, Category.TOY) for solid in (np.hypot(ROWS - 50, COLUMNS - 45) < 40, chair))
    assert chair.form is Form.FREE
    assert chair.trust < 0.5 < ball.trust


def test_a_bottle_is_turned_and_faces_as_a_cylinder_does() -> None:
    across = np.abs(COLUMNS - MIDDLE)
    bottle = ((across < 18) & (ROWS > 40)) | ((across < 8) & (ROWS > 8) & (ROWS <= 40))
    bottle &= ROWS < 94
    shape = estimate(bottle, Category.DRINK, grounded=True)
    assert shape.form is Form.TURNED
    side = (COLUMNS - MIDDLE) / 18
    true = np.dstack([side, 0 * side, np.sqrt(np.maximum(1 - side**2, 0))])
    belly = (ROWS > 52) & (ROWS < 84) & (np.abs(side) < 0.85)
    assert angle_deg(shape.normals, true)[belly].mean() < 6


def test_a_handle_leaves_the_body_round() -> None:
    mug = (np.abs(COLUMNS - 60) < 28) & (ROWS > 20) & (ROWS < 80)
    ring = np.hypot(ROWS - 50, COLUMNS - 30)
    mug |= (ring < 20) & (ring > 14) & (COLUMNS < 40)
    form, body = choose_form(mug, Category.TABLEWARE)
    assert form is Form.TURNED
    assert np.flatnonzero(body.any(0)).min() >= 28
    shape = estimate(mug, Category.TABLEWARE, grounded=True)
    assert shape.height_px[mug & (COLUMNS < 28)].max() > 1, "the handle is round, too"


@pytest.mark.parametrize("category", [Category.BOX, Category.BOOK, Category.OTHER, Category.ELECTRONICS])
def test_a_carton_does_not_bulge(category: Category) -> None:
    shape = estimate((np.abs(COLUMNS - MIDDLE) < 25) & (ROWS > 15) & (ROWS < 90), category)
    assert shape.form is Form.FLAT
    assert shape.height_px.max() == 0
    np.testing.assert_array_equal(shape.normals[..., 2], 1)


def test_a_cushion_is_soft_and_a_garment_shallow() -> None:
    pinch = 1 - 0.12 * np.cos((ROWS - MIDDLE) / 40 * np.pi / 2)
    cushion = (np.abs(COLUMNS - MIDDLE) < 40 * pinch) & (np.abs(ROWS - MIDDLE) < 38)
    assert estimate(cushion, Category.HOME).form is Form.SOFT
    garment = estimate(cushion, Category.GARMENT)
    assert garment.form is Form.SOFT
    assert garment.height_px.max() < 0.6 * estimate(cushion, Category.FOOTWEAR).height_px.max()


def test_what_stands_does_not_turn_under() -> None:
    dome = (np.hypot(ROWS - 95, COLUMNS - MIDDLE) < 40) & (ROWS < 95)
    standing, floating = (estimate(dome, Category.FOOTWEAR, grounded=grounded) for grounded in (True, False))
    foot = dome & (ROWS > 90) & (np.abs(COLUMNS - MIDDLE) < 20)
    assert np.abs(standing.normals[foot][:, 1]).mean() < 0.12
    assert floating.normals[foot][:, 1].mean() < -0.5


@pytest.mark.parametrize("category", list(Category))
def test_odd_silhouettes_give_finite_unit_normals(category: Category) -> None:
    for solid in (np.zeros((20, 9), bool), np.ones((7, 40), bool), np.eye(30, dtype=bool), ROWS + COLUMNS > 199):
        shape = estimate(solid, category)
        np.testing.assert_allclose(np.linalg.norm(shape.normals, axis=2), 1, atol=1e-5)
        assert np.isfinite(shape.height_px).all()


def straight_with_base(rows_of_base: np.ndarray) -> np.ndarray:
    """A body with straight sides that ends where a row (SIDE,) says."""
    return np.asarray((np.abs(COLUMNS - MIDDLE) < 30) & (ROWS > 20) & (rows_of_base > ROWS))


@pytest.mark.parametrize(("sag", "form"), [(0, Form.FLAT), (5, Form.TURNED), (8, Form.TURNED)])
def test_a_jar_shows_by_its_base_that_it_is_round(sag: float, form: Form) -> None:
    across = np.clip((COLUMNS[:1] - MIDDLE) / 30, -1, 1)
    jar = straight_with_base(80 + sag * np.sqrt(1 - across**2))
    assert estimate(jar, Category.BEAUTY, grounded=True).form is form


@pytest.mark.parametrize("corner", [35, 50, 62])
def test_a_carton_seen_at_its_corner_is_not_round(corner: float) -> None:
    base = 90 - 0.12 * np.abs(COLUMNS[:1] - corner)
    assert estimate(straight_with_base(base), Category.BEAUTY, grounded=True).form is Form.FLAT


def test_a_ball_turns_under_where_it_stands() -> None:
    away = np.hypot(ROWS - MIDDLE, COLUMNS - MIDDLE)
    shape = estimate(away < 40, Category.SPORT, grounded=True)
    low = (away < 37) & (ROWS > MIDDLE + 28) & (np.abs(COLUMNS - MIDDLE) < 16)
    true = np.dstack([COLUMNS - MIDDLE, MIDDLE - ROWS, np.sqrt(np.maximum(40**2 - away**2, 0))]) / 40
    assert angle_deg(shape.normals, true)[low].mean() < 8


def test_a_case_with_a_handle_on_top_is_flat_and_a_bottle_with_a_neck_is_not() -> None:
    case = np.zeros((90, 110), bool)
    case[20:90, 5:105] = True
    case[5:20, 40:70] = True
    case[10:20, 45:65] = False  # below the handle
    assert choose_form(case, Category.ELECTRONICS)[0] is Form.FLAT
    bottle = np.zeros((110, 50), bool)
    bottle[30:110, 5:45] = True
    bottle[0:30, 18:32] = True
    assert choose_form(bottle, Category.BEAUTY)[0] is Form.TURNED
