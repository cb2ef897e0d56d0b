"""A set as ControlNets are shown it."""

from __future__ import annotations

import numpy as np
import torch
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.diffusion.canvas.latent_grid import Grid
from photoshoot.placers.diffusion.models.control import draw_set
from photoshoot.placers.diffusion.models.set_pictures import EDGES, SHOW, show_edges, show_nearness, show_normals
from photoshoot.stages import SetGuides

SIDE = 64


def wall(depth: Float32Array, normal: tuple[float, float, float] = (0, 0, 1)) -> SetGuides:
    return SetGuides(depth=depth, normals=np.broadcast_to(np.array(normal, np.float32), (*depth.shape, 3)).copy())


def box_before_a_floor() -> SetGuides:
    """A floor that comes nearer below the middle, a wall above, and a box that stands 20 px wide on it."""
    rows = np.arange(SIDE, dtype=np.float32)[:, None]
    depth = np.broadcast_to(np.where(rows < 32, 8, 256 / np.maximum(rows, 1)), (SIDE, SIDE)).astype(np.float32)
    normals = np.zeros((SIDE, SIDE, 3), np.float32)
    normals[:32, :, 2], normals[32:, :, 1] = 1, 1
    depth[20:48, 22:42], normals[20:48, 22:42] = 5.3, (0, 0, 1)
    return SetGuides(depth=depth, normals=normals)


def test_nearness_is_the_inverse_of_the_distance() -> None:
    near = show_nearness(wall(np.repeat(np.array([[0, 4, 2, 1]], np.float32), 8, 0)))
    np.testing.assert_allclose(near[0, :, 0], [0, 0.25, 0.5, 1], atol=1e-6)
    assert not show_nearness(wall(np.ones((4, 4), np.float32))).any(), "a wall without any depth"


def test_left_is_red_up_is_green_and_front_is_blue() -> None:
    ones = np.ones((2, 2), np.float32)
    for normal, color in (((-1, 0, 0), (1, 0.5, 0.5)), ((0, 1, 0), (0.5, 1, 0.5)), ((0, 0, 1), (0.5, 0.5, 1))):
        np.testing.assert_allclose(show_normals(wall(ones, normal))[0, 0], color)
    nothing = show_normals(wall(np.zeros((2, 2), np.float32), (0, 0, 0)))
    np.testing.assert_allclose(nothing[0, 0], (0.5, 0.5, 1), err_msg="a sky faces the camera")


def test_lines_stand_where_shapes_end_or_turn_and_nowhere_else() -> None:
    lines = show_edges(box_before_a_floor())[..., 0]
    assert set(np.unique(lines)) == {0, 1}
    for row in (26, 40):
        found = np.flatnonzero(lines[row])
        assert len(found) in range(2, 5), f"row {row}: {found}"
        assert np.abs(found - 22).min() <= 1
        assert np.abs(found - 42).min() <= 1
    crease = np.flatnonzero(lines[:, 8])
    assert 1 <= len(crease) <= 2, "where floor and wall meet"
    assert abs(crease.mean() - 32) <= 1.5
    assert not lines[50:, :].any(), "a floor that comes nearer is no edge"
    assert not show_edges(wall(np.full((SIDE, SIDE), 3, np.float32))).any()


def test_a_round_outline_is_one_line_though_each_pixel_is_seen_through_one_ray() -> None:
    rng, side, radius = np.random.default_rng(0), 200, 70.0
    rows, columns = np.indices((side, side)) + rng.uniform(-0.5, 0.5, (2, side, side)) - side / 2
    inner, outer = (np.hypot(rows, columns) < size for size in (radius - 6, radius))
    arch = wall(np.where(inner, 8, np.where(outer, 5, 8)).astype(np.float32))
    lines = show_edges(arch)[..., 0] > 0
    rows, columns = np.indices((side, side)) - side / 2
    away = np.hypot(rows, columns)
    near = np.minimum(np.abs(away - radius), np.abs(away - radius + 6))
    assert near[lines].max() < 2.5, "no spurs"
    _, parts = ndimage.label(lines, np.ones((3, 3)))
    assert parts <= 4, f"{parts} pieces of two circles"
    for circle in (radius, radius - 6):
        turned = np.degrees(np.arctan2(rows, columns))[lines & (np.abs(away - circle) < 2)]
        assert len(np.unique(np.floor(turned / 3))) >= 118, "of 120 pieces of three degrees"


def test_pictures_are_brought_to_the_size_that_is_painted_and_lines_stay_bright() -> None:
    guides = box_before_a_floor()
    for kind, show in SHOW.items():
        picture = torch.from_numpy(show(guides)).movedim(-1, 0)[None]
        small = draw_set(picture, Grid(32, 32), kind)
        assert small.shape == (1, 3, 32, 32)
        assert small.min() >= 0
        assert small.max() <= 1
    assert draw_set(torch.from_numpy(show_edges(guides)).movedim(-1, 0)[None], Grid(32, 32), EDGES).max() == 1
