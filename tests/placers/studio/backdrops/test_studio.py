"""Floors, walls and sweeps fill the picture whatever its shape."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_sweep, stage_wall
from photoshoot.placers.studio.camera import View
from tests.placers.studio.landscape.views import VIEWS

FLOAT32 = 1e-4  # coordinates of tens of units, and texture coordinates of tens of repeats


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("back", [-2.0, -12.0])
def test_a_floor_lies_under_the_whole_picture(view: View, back: float) -> None:
    mesh = stage_floor(view, y=-0.4, back=back, uv_scale=0.5)
    points = mesh.vertices.astype(np.float64)
    np.testing.assert_allclose(points[:, 1], -0.4, atol=FLOAT32)
    assert points[:, 2].min() == pytest.approx(back, abs=FLOAT32)
    assert points[:, 2].max() > view.distance, "to behind the camera"
    assert np.abs(points[:, 0]).min() > view.half_width_at(back), "no corner is in the picture"
    assert mesh.uv is not None
    np.testing.assert_allclose(mesh.uv, 0.5 * points[:, [0, 2]], atol=FLOAT32)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("z", [-0.5, -12.0])
def test_a_wall_fills_the_picture_up_and_down_and_aside(view: View, z: float) -> None:
    mesh = stage_wall(view, z=z)
    corners = view.to_pixel(mesh.vertices)
    assert corners[:, 0].min() < 0
    assert corners[:, 0].max() > view.width_px
    assert corners[:, 1].min() < 0
    assert corners[:, 1].max() > view.height_px
    assert mesh.normals is None or mesh.normals[:, 2].min() > 0.99, "it faces the camera"


@pytest.mark.parametrize("view", VIEWS)
def test_a_sweep_runs_from_over_the_picture_to_behind_the_camera_without_a_corner(view: View) -> None:
    back, radius, y = -6.0, 2.0, 0.3
    points = stage_sweep(view, back=back, radius=radius, y=y).vertices.astype(np.float64)
    profile = points[np.abs(points[:, 0]) < FLOAT32][:, 1:]
    assert profile[0, 0] > view.top_at(back), "it begins over the picture"
    assert profile[-1, 1] > view.distance
    assert profile[:, 0].min() == pytest.approx(y, abs=FLOAT32)
    assert profile[:, 1].min() == pytest.approx(back, abs=FLOAT32)
    on_arc = (profile[:, 0] < radius + y - FLOAT32) & (profile[:, 1] < back + radius - FLOAT32)
    middle = np.array([radius + y, back + radius])
    np.testing.assert_allclose(np.linalg.norm(profile[on_arc] - middle, axis=1), radius, atol=FLOAT32)
    way = np.diff(profile, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    assert (way[1:] * way[:-1]).sum(1).min() > np.cos(np.radians(4)), "a quarter turn in 39 steps"


def test_a_sweeps_texture_is_the_canvas() -> None:
    view = VIEWS[0]
    mesh = stage_sweep(view, back=-6.0, radius=2.0)
    assert mesh.uv is not None
    seen = mesh.vertices[:, 2] < view.distance - 1
    expected = view.to_pixel(mesh.vertices[seen]) / [view.width_px, view.height_px]
    np.testing.assert_allclose(mesh.uv[seen], expected, rtol=1e-4, atol=FLOAT32)


def test_a_printed_sweeps_texture_goes_along_it() -> None:
    view = VIEWS[0]
    sweep = stage_sweep(view, back=-4.0, radius=1.9, along=0.5)
    corners = sweep.faces[:, :3]
    assert sweep.uv is not None
    sides = [(corners[:, 0], corners[:, 1]), (corners[:, 1], corners[:, 2]), (corners[:, 2], corners[:, 0])]
    for one, other in sides:
        long = np.linalg.norm(sweep.vertices[one] - sweep.vertices[other], axis=1)
        laid = np.linalg.norm(sweep.uv[one] - sweep.uv[other], axis=1)
        assert laid == pytest.approx(0.5 * long, rel=1e-3, abs=1e-5)
