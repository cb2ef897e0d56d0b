"""Grass before mountains."""

from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.landscape.meadow import meadow_albedo, meadow_blades
from tests.placers.studio.landscape.views import view_of

GREEN = "#8b9468"


@pytest.mark.usefixtures("variant")
def test_blades_stand_on_the_ground_and_not_where_the_product_does() -> None:
    view = view_of(400, 400)
    foot = Footprint.of(view)
    shape = meadow_blades(view, foot, lambda x, z: 0.1 * x + 0 * z, GREEN, np.random.default_rng(1))
    points = np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)
    over = points[:, 1] - 0.1 * points[:, 0]
    assert -0.03 < over.min() < over.max() < 0.5
    roots = points.reshape(-1, 5, 3)[:, :2].mean(1)
    assert foot.distance(roots[:, 0], roots[:, 2]).min() > 0


def test_far_ground_is_no_felt() -> None:
    x, z = np.meshgrid(np.linspace(-20, 20, 80), np.linspace(-40, -15, 80))
    seen = meadow_albedo(GREEN, x, z) @ LUMINANCE
    assert seen.std() > 0.15 * seen.mean()
    assert 0 < seen.min() < seen.max() < 0.8


def test_ground_under_blades_is_dark() -> None:
    x, z = np.meshgrid(np.linspace(-90, 90, 400), np.linspace(-1, 1, 20))
    near, beyond = ((meadow_albedo(GREEN, x, z + away) @ LUMINANCE).mean() for away in (0.0, -9.0))
    assert near < 0.8 * beyond
