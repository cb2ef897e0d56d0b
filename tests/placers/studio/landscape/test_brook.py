"""A brook: the slab stands in its water, banks rise beside it, and moss grows on what faces up."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.rocks import boulder, box_mapped
from photoshoot.placers.studio.landscape.boulders import Slab
from photoshoot.placers.studio.landscape.brook import Brook, mossy
from tests.placers.studio.landscape.views import VIEWS


def _brook(view: View, seed: int) -> Brook:
    return Brook.round(Slab.under(view, 0.24), view, np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("view", VIEWS)
def test_the_slab_stands_in_water_and_over_it(view: View, seed: int) -> None:
    brook = _brook(view, seed)
    slab = brook.slab
    x, z = np.meshgrid(np.linspace(-1, 1, 9) * slab.reach + slab.x, np.linspace(slab.back, slab.front, 9))
    assert brook.level < 0
    assert (brook.height(x, z) < brook.level).all()


@pytest.mark.parametrize("seed", range(4))
def test_its_banks_are_over_the_water(seed: int) -> None:
    brook = _brook(VIEWS[0], seed)
    z = np.linspace(-4.0, 0.5, 30)
    for side in (-1.0, 1.0):
        x = np.full_like(z, brook.slab.x) + side * (brook.half + 3.0)
        assert (brook.height(x, z) > brook.level).all()
        assert (brook.resting(x, z) == brook.height(x, z)).all()


@pytest.mark.usefixtures("variant")
def test_moss_grows_on_what_faces_up() -> None:
    stone = box_mapped(boulder(3, detail=3), 0.42)
    bare, green, _ = mossy(stone, "#62803f", 1, np.random.default_rng(2), wet=False)
    assert len(bare.faces) + len(green.faces) == len(stone.faces)
    up = [mesh.vertices[mesh.faces].mean(1)[:, 1].mean() for mesh in (bare, green)]
    assert up[1] > up[0] + 0.5
