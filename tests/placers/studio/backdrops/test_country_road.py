"""A country road passes the product with room for it, and its line on one side."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.backdrops.country_road import CountryRoad
from photoshoot.placers.studio.backdrops.streets import line_x
from photoshoot.placers.studio.camera import View
from tests.placers.studio.landscape.views import VIEWS


@pytest.mark.parametrize("view", VIEWS[:2])
def test_a_road_has_room_for_the_product_and_runs_to_the_horizon(view: View) -> None:
    road = CountryRoad.drawn(view, np.random.default_rng(1))
    left, right = road.edges
    assert left < view.product_x - view.product_half_width
    assert right > view.product_x + view.product_half_width
    assert left < line_x(road.street, road.street.side) < right
