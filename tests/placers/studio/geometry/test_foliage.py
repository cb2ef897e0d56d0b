"""Large leaves have the outlines that they are known by, and no two seeds give the same."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from photoshoot.placers.studio.geometry.foliage import banana_leaf, frond, monstera_leaf
from photoshoot.placers.studio.geometry.mesh import Mesh

PX = 400


def seen(mesh: Mesh) -> np.ndarray:
    """What a mesh covers seen along z, (rows, columns), x from -0.1 to 1.3 and y from -0.7 to 0.7."""
    picture = Image.new("1", (round(1.4 * PX), round(1.4 * PX)))
    draw = ImageDraw.Draw(picture)
    for face in mesh.vertices[mesh.faces]:
        draw.polygon([(PX * (x + 0.1), PX * (0.7 - y)) for x, y, _ in face.tolist()], fill=1)
    return np.asarray(picture)


def gaps(mask: np.ndarray, y: float) -> int:
    """How many gaps a row at a height has between what is covered."""
    row = mask[round(PX * (0.7 - y))].astype(int)
    return int((np.diff(row) == 1).sum()) - 1


@pytest.mark.parametrize("make", [monstera_leaf, banana_leaf])
@pytest.mark.parametrize("seed", range(4))
def test_a_leaf_is_of_unit_length_and_as_broad_on_both_sides(make: object, seed: int) -> None:
    assert callable(make)
    mesh = make(seed)
    low, high = mesh.vertices.min(0), mesh.vertices.max(0)
    assert low[0] == pytest.approx(0.0, abs=0.01)
    assert 0.85 < high[0] < 1.15
    assert 0.7 < -low[1] / high[1] < 1.4
    assert mesh.uv is not None
    assert mesh.uv[:, 1].min() < 0.15
    assert mesh.uv[:, 1].max() > 0.9


@pytest.mark.parametrize("seed", range(4))
def test_a_monstera_is_slit_from_its_rim_but_whole_at_its_rib(seed: int) -> None:
    mask = seen(monstera_leaf(seed))
    assert gaps(mask, 0.26) >= 2
    assert gaps(mask, -0.26) >= 2
    assert gaps(mask, 0.05) <= 1
    assert gaps(mask, -0.05) <= 1


def test_a_monstera_is_broader_than_a_banana_leaf() -> None:
    assert np.ptp(monstera_leaf(1).vertices[:, 1]) > 2 * np.ptp(banana_leaf(1).vertices[:, 1])


@pytest.mark.parametrize("make", [monstera_leaf, banana_leaf, lambda seed: frond(1.0, 0.2, seed)])
def test_no_two_are_alike(make: object) -> None:
    assert callable(make)
    assert not np.allclose(make(1).vertices, make(2).vertices, atol=1e-3)
    assert np.array_equal(make(1).vertices, make(1).vertices)
