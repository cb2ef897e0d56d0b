from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.lawn_and_sand import lawn
from photoshoot.placers.studio.landscape.spread_cloth import OVER_GROUND, SpreadCloth
from tests.placers.studio.landscape.views import VIEWS


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", range(3))
def test_a_cloth_is_level_under_the_product_and_on_the_ground_at_its_edge(view: View, seed: int) -> None:
    cloth = SpreadCloth.under(view, np.random.default_rng(seed))
    x = np.linspace(view.product_x - view.product_half_width, view.product_x + view.product_half_width, 20)
    assert np.abs(cloth.height(x, np.full_like(x, -0.1))).max() < 0.02
    across = np.linspace(-2, 2, 40)
    assert (cloth.height(across, np.full_like(across, cloth.back - 0.2)) <= -OVER_GROUND).all()
    assert cloth.covers(x, np.full_like(x, -0.1)).all()
    assert not cloth.covers(across, np.full_like(across, cloth.back - 0.2)).any()


@pytest.mark.usefixtures("variant")
def test_no_blade_grows_through_what_covers_the_grass() -> None:
    view = VIEWS[2]
    bare, covered = (
        lawn("#6f8f45", view, np.random.default_rng(1), covers=covers)[0]["grass"]
        for covers in (None, lambda x, z: np.full(x.shape, True) & (z > -2.0))
    )
    assert 0 < covered.face_count() < bare.face_count()  # type: ignore[attr-defined]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", range(3))
def test_level_ground_shows_nowhere_through_a_cloth(view: View, seed: int) -> None:
    cloth = SpreadCloth.under(view, np.random.default_rng(seed))
    x, z = np.meshgrid(
        np.linspace(cloth.x - cloth.half + 0.3, cloth.x + cloth.half - 0.3, 60),
        np.linspace(cloth.back + 0.3, cloth.near, 60),
    )
    assert (cloth.height(x, z) > -OVER_GROUND).all()
    assert (cloth.ground.distance(x, z) == 0).all()


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", [1, 58])
def test_humps_of_a_lawn_show_nowhere_through_a_blanket(view: View, seed: int) -> None:
    """One lay on a blanket, as an olive disc."""
    cloth = SpreadCloth.under(view, np.random.default_rng(seed))
    for other in range(seed, seed + 6):
        soil = lawn("#6f8f45", view, np.random.default_rng(other), OVER_GROUND, cloth.covers)[0]["soil"]
        x, y, z = np.array(mi.traverse(soil)["vertex_positions"]).reshape(-1, 3).astype(float).T
        inside = (np.abs(x - cloth.x) < cloth.half - 0.3) & (z > cloth.back + 0.3) & (z < cloth.near)
        assert inside.sum() > 100
        assert (cloth.height(x, z) - y)[inside].min() > 0
