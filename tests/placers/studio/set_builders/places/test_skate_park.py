"""A skate park: a quarter pipe before a sprayed wall, on the concrete that the product stands on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.set_builders.places.skate_park import build_skate_park
from photoshoot.placers.studio.set_builders.places.stadium import sky_of
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass
from tests.director.reading import read
from tests.placers.studio.conftest import smooth_plastics
from tests.placers.studio.set_builders.places.test_places import make_setting


def test_its_wall_stands_on_the_ground_under_the_product_or_under_a_table() -> None:
    low = {}
    for ground in ("", "#a5a4a1"):
        with smooth_plastics():
            shapes = build_skate_park(replace(make_setting(), ground=ground))
        low[ground] = float(shapes["sprayed_wall"].bbox().min.y)  # type: ignore[attr-defined]
    assert low[""] == pytest.approx(-1.7, abs=0.01)
    assert -0.1 < low["#a5a4a1"] < 0.0


@pytest.mark.parametrize("text", ["in a skate park", "skatepark with graffiti", "auf dem Skateplatz", "pista de skate"])
def test_a_skate_park_is_read_and_told_as_itself(text: str) -> None:
    told = read(text)
    assert vars(told.design)["backdrop"] == "skate_park", told.reading
    assert "shown as" not in told.reading
    assert told.unread == ()


@pytest.mark.parametrize("size_class", [SizeClass.FURNITURE, SizeClass.GEAR])
def test_what_is_large_stands_on_concrete(size_class: SizeClass) -> None:
    placed = Tabletop(backdrop="skate_park").placed(size_class)
    assert (placed["name"], placed["ground"]) == ("outdoor_ground", "concrete")


def test_a_courts_sky_is_warm_at_its_horizon_where_the_sun_is_low() -> None:
    day, evening = sky_of(0.0), sky_of(0.0, 1.0)
    assert day[-1][2] > day[-1][0]
    assert evening[-1][0] > 1.3 * evening[-1][2]
    assert np.allclose(sky_of(1.0), sky_of(1.0, 1.0), atol=1e-6)
