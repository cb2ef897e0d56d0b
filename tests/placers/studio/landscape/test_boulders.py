"""The slab fits its product and the picture; boulders lie where they are put, as deep as asked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.boulders import Slab, set_down
from tests.placers.studio.landscape.views import VIEWS, view_of


def sloping(x: npt.ArrayLike, z: npt.ArrayLike) -> np.ndarray:
    return 0.1 * np.asarray(x, np.float64) + 0 * np.asarray(z, np.float64)


@pytest.mark.parametrize("view", VIEWS)
def test_the_product_fits_on_the_slab(view: View) -> None:
    slab = Slab.under(view)
    assert slab.x == view.product_x
    assert slab.reach > view.product_half_width
    assert slab.front > 0
    assert slab.back < -view.product_back
    assert 0.08 <= slab.height <= 0.4


def test_the_slab_is_no_higher_than_asked() -> None:
    view = view_of(400, 800, 2.0)
    assert Slab.under(view, most=0.2).height <= 0.2
    assert Slab.under(view, most=0.9).height >= Slab.under(view, most=0.2).height


def test_its_mesh_has_its_top_at_0_and_its_foot_in_the_ground() -> None:
    slab = Slab(x=0.5, reach=1.5, front=1.0, back=-2.0, height=0.3)
    mesh = slab.mesh(3)
    low, high = mesh.vertices.min(0), mesh.vertices.max(0)
    assert high[1] == pytest.approx(0, abs=0.06)  # its top is uneven by 0.025 of a unit or two
    assert low[1] == pytest.approx(-0.5, abs=0.06), "its height and 0.2 that are buried"
    assert low[0] == pytest.approx(0.5 - 1.5, abs=0.3)
    assert high[0] == pytest.approx(0.5 + 1.5, abs=0.3)
    assert high[2] - low[2] == pytest.approx(3.0, rel=0.2)
    assert mesh.uv is not None


def test_it_covers_its_middle_alone() -> None:
    slab = Slab(x=0.5, reach=2.0, front=1.0, back=-3.0, height=0.3)
    x, z = [0.5, 2.0, 2.2, -1.2, 0.5, 0.5], [-1.0, -1.0, -1.0, -1.0, 0.5, 0.7]
    assert slab.covers(x, z, share=0.8).tolist() == [True, True, False, False, True, False]
    assert slab.covers([2.4], [-1.0], share=1.0).tolist() == [True]


@pytest.mark.parametrize("sunk", [0.2, 0.8])
def test_boulders_lie_where_they_are_put_and_as_deep_as_asked(sunk: float) -> None:
    spots = np.array([[0.0, 0.0], [10.0, -3.0], [-10.0, 5.0]])
    sizes = np.array([0.2, 0.3, 1.0])
    mesh = set_down(spots, sizes, sloping, np.random.default_rng(2), sunk)
    points = mesh.vertices.astype(np.float64)
    nearest = np.linalg.norm(points[:, None, [0, 2]] - spots[None], axis=-1).argmin(1)
    for number, ((x, z), size) in enumerate(zip(spots, sizes, strict=True)):
        own = points[nearest == number]
        middle = (own.min(0) + own.max(0)) / 2
        np.testing.assert_allclose(middle, [x, 0.1 * x + sunk * size, z], atol=0.35 * size)
        assert (np.linalg.norm(own - [x, 0.1 * x + sunk * size, z], axis=1) < 1.5 * size).all()
        assert np.ptp(own[:, 0]) > 1.2 * size


def test_boulders_follow_their_generator() -> None:
    first, again, other = (
        set_down([[0, 0], [3, 1]], [0.2, 0.3], sloping, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.vertices, again.vertices)
    assert first.vertices.shape != other.vertices.shape or not np.array_equal(first.vertices, other.vertices)
