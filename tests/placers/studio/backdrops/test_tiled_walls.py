from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.backdrops.tiled_walls import TileKind, tiled_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.batching import Painted
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance

BOX = Box(left=370, top=100, right=470, bottom=270)
CANVAS = Canvas(label="t", width_px=840, height_px=314, product_box=BOX, safe_area=BOX, stance=Stance.UPRIGHT)
VIEW = View.of(CANVAS, 1.45)
Z = -4.0


def _wall(kind: TileKind, seed: int = 3) -> list[Painted]:
    things = tiled_wall(kind, "#7f9c8a", VIEW, Z, np.random.default_rng(seed))
    return [thing for thing in things if isinstance(thing, Painted)]


def _area_seen(mesh: Mesh) -> float:
    """Area of the front of all faces in a window of the wall that is wholly tiled."""
    corners = mesh.vertices[mesh.faces].astype(np.float64)
    middle = corners.mean(1)
    window = (np.abs(middle[:, 0]) < 4) & (middle[:, 1] > 0.3) & (middle[:, 1] < VIEW.top_at(Z))
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2] / 2
    return float(across[window].sum())


@pytest.mark.parametrize("kind", get_args(TileKind))
def test_tiles_cover_the_wall_but_for_the_joints(kind: TileKind) -> None:
    tiles = _wall(kind)[1:]
    window = 8 * (VIEW.top_at(Z) - 0.3)
    covered = sum(_area_seen(tile.mesh) for tile in tiles) / window
    assert 0.72 < covered < 1.0
    for tile in tiles:
        assert tile.mesh.normals is not None
        assert (tile.mesh.normals[:, 2] > 0.25).all()


@pytest.mark.parametrize("kind", get_args(TileKind))
def test_tiles_reach_past_the_picture(kind: TileKind) -> None:
    points = np.concatenate([tile.mesh.vertices for tile in _wall(kind)[1:]])
    half = VIEW.half_width_at(Z)
    assert points[:, 0].min() < -half
    assert points[:, 0].max() > half
    assert points[:, 1].max() > VIEW.top_at(Z)
    assert points[:, 1].min() < 0.1


def test_tiles_are_of_one_firing() -> None:
    asked = hex_to_oklab("#7f9c8a")
    shades = {tile.color for tile in _wall("subway")[1:]}
    assert len(shades) > 3
    assert max(float(np.linalg.norm(hex_to_oklab(shade) - asked)) for shade in shades) < 0.05
