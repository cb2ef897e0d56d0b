from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.grid import HORIZON_Z, Footprint, ground_mesh, ground_points, row_spacing
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance


def _view(width: int, height: int) -> View:
    box = Box(
        left=width // 2 - width // 12, top=height // 5, right=width // 2 + width // 12, bottom=round(0.86 * height)
    )
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.3)


VIEWS = (_view(840, 314), _view(160, 600), _view(970, 90))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("back", [-30.0, HORIZON_Z])
def test_the_grid_covers_what_the_picture_shows(view: View, back: float) -> None:
    x, z = ground_points(view, back)
    depth = z[:, 0]
    assert (np.diff(depth) > 0).all(), "from far to near"
    assert depth[0] == pytest.approx(back, rel=0.01)
    assert depth[-1] > view.distance, "to behind the camera"
    before = depth < view.distance - 0.5
    half = view.half_width * (view.distance - depth[before]) / view.distance
    assert (x[before].max(1) > half).all()
    assert (x[before].min(1) < -half).all()


@pytest.mark.parametrize("view", VIEWS)
def test_less_ground_has_fewer_points_and_rows_are_spaced_as_said(view: View) -> None:
    many, few = ground_points(view)[1], ground_points(view, share=0.2)[1]
    assert few.size < 0.6 * many.size
    steps = np.abs(np.gradient(many[:, 0]))
    ratio = row_spacing(many)[:, 0] / steps
    assert float(np.median(ratio)) == pytest.approx(1, abs=0.1)


def test_the_mesh_is_the_terrain() -> None:
    mesh = ground_mesh(VIEWS[0], lambda x, z: 0.1 * np.sin(x) + 0.01 * z, -20.0, 0.2)
    x, y, z = mesh.vertices.astype(np.float64).T
    np.testing.assert_allclose(y, 0.1 * np.sin(x) + 0.01 * z, atol=1e-5)  # float32 coordinates up to 60
    assert mesh.uv is not None
    np.testing.assert_allclose(mesh.uv, np.stack([x, z], 1), atol=1e-4)
    assert mesh.normals is not None
    assert (mesh.normals[:, 1] > 0).all()


def test_the_footprint_is_where_the_product_stands_and_distance_grows_from_it() -> None:
    foot = Footprint(x=0.3, half_width=0.5, reach=0.6)
    assert foot.distance(0.3, -0.3) == 0
    assert foot.distance(0.3 + 0.5 + 1.0, -0.3) == pytest.approx(1.0, abs=0.01)
    away = foot.distance(0.3 + np.linspace(0, 4, 60), np.full(60, -0.3))
    assert (np.diff(away) >= 0).all()
    assert float(foot.clear(0.3, -0.3, 0.1, 0.5)) == 0
    assert float(foot.clear(3.0, -0.3, 0.1, 0.5)) == 1
