from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.textures.masonry import BRICKS, bare_bricks, bricks, cobbles


@pytest.mark.parametrize("color", ["#a8573c", "#84402c", "#6d4a3d"])
def test_bare_bricks_have_pale_mortar_and_shades_of_their_own(color: str) -> None:
    wall = bare_bricks(color, 1)
    light = wall.color @ LUMINANCE
    joints = wall.height < np.quantile(wall.height, 0.03)
    faces = wall.height > np.quantile(wall.height, 0.4)
    assert light[joints].mean() > 1.3 * light[faces].mean()
    rows, columns = BRICKS[1], BRICKS[0]
    side = len(light)
    middles = light[side // (2 * rows) :: side // rows, side // (2 * columns) :: side // columns]
    assert middles.std() > 0.08 * middles.mean()
    mean = wall.color[faces].mean(0)
    assert np.abs(mean / mean.sum() - hex_to_linear(color) / hex_to_linear(color).sum()).max() < 0.08


@pytest.mark.parametrize("color", ["#f4f2ee", "#e0d8c8"])
def test_pale_bricks_are_painted(color: str) -> None:
    assert np.array_equal(bare_bricks(color, 2).color, bricks(color, 2).color)


def test_a_seed_gives_its_wall() -> None:
    assert np.array_equal(bare_bricks("#a8573c", 3).color, bare_bricks("#a8573c", 3).color)
    assert not np.array_equal(bare_bricks("#a8573c", 3).color, bare_bricks("#a8573c", 4).color)


def test_cobbles_are_domed_stones_of_their_own_shades_with_dark_joints() -> None:
    street = cobbles("#8f8b84", 1)
    light = street.color @ LUMINANCE
    joints, heads = (street.height < np.quantile(street.height, 0.1)), street.height > np.quantile(street.height, 0.6)
    assert light[joints].mean() < 0.5 * light[heads].mean()
    assert light[heads].std() > 0.1 * light[heads].mean()
    assert np.abs(street.color.mean((0, 1)) / hex_to_linear("#8f8b84") - 1).max() < 0.05
    assert 0.2 < heads[:, 0].mean() < 0.6, "stones go on over the seam"
    assert np.mean(heads[:, 0] == heads[:, -1]) > 0.9
