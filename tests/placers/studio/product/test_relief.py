from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.relief import build_relief, fit_faces
from photoshoot.records import Category
from photoshoot.settings import Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)
COLUMNS = np.arange(20, 220, dtype=np.float64) + 0.5


@pytest.mark.parametrize("corner", [60, 120, 190])
def test_the_edge_between_two_faces_is_found(corner: int) -> None:
    true = 300 - 0.3 * np.maximum(corner - COLUMNS, 0) - 0.5 * np.maximum(COLUMNS - corner, 0)
    noisy = np.round(
        np.asarray(true, np.float64) + np.random.default_rng(corner).normal(0, 0.3, len(true))
    )  # whole rows, as mattes have
    found = fit_faces(COLUMNS, noisy, COLUMNS)
    assert np.abs(found - true).mean() < 1.0
    slopes = np.diff(found)
    assert slopes[: corner - 40].mean() == pytest.approx(0.3, abs=0.05)
    assert slopes[corner:].mean() == pytest.approx(-0.5, abs=0.1)  # corners are looked for at 24 places


def test_a_straight_contour_is_one_face() -> None:
    true = 250 + 0.2 * COLUMNS
    found = fit_faces(COLUMNS, np.round(true), COLUMNS)
    np.testing.assert_allclose(np.diff(found), 0.2, atol=0.01)


@pytest.mark.parametrize("stance", list(Stance))
def test_the_solid_faces_the_camera_and_fills_the_silhouette(stance: Stance) -> None:
    canvas = make_canvas(ALPHA, stance)
    view = View.of(canvas, 1.4)
    solid = build_relief(make_layer(ALPHA), canvas, view, InflationEstimator(), Category.HOME)
    assert (solid.normals[..., 2] > 0).all()
    np.testing.assert_allclose(np.linalg.norm(solid.normals, axis=2), 1, atol=1e-5)
    pixels = view.to_pixel(solid.mesh.vertices)
    columns = np.flatnonzero((ALPHA > 0.5).any(0))
    seen = pixels[np.unique(solid.mesh.faces)]
    assert seen[:, 0].min() <= columns.min()
    assert seen[:, 0].max() >= columns.max() + 1
    assert solid.mesh.vertices[:, 1].min() >= 0 or view.frontal
