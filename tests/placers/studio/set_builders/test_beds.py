"""What is seen from above: fringes of yarn, level water, glass that is seen through."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.assets.props.labware import labware
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.set_builders.beds.fringe import fringe
from photoshoot.placers.studio.set_builders.beds.mirrors import _water_level
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance


def test_a_fringe_is_many_yarns_of_uneven_length_that_lie_on_the_floor() -> None:
    mesh = fringe(1.0, np.random.default_rng(1))
    ends = mesh.vertices.reshape(-1, 9, 5, 3)[:, -1].mean(1)
    assert len(ends) > 200
    assert np.ptp(ends[:, 2]) > 0.05
    assert -0.045 < mesh.vertices[:, 1].min() < -0.03  # a rug is 0.04 thick
    assert mesh.vertices[:, 1].max() < 0.01


def test_water_is_level_and_dry_ground_is_not_under_it() -> None:
    hollow = np.linspace(-1, 1, 9)
    level = _water_level(hollow, 0.02)
    assert np.ptp(level[hollow > 0.1]) == 0
    assert (level[hollow <= 0] == 0).all()


def test_from_above_a_laboratory_has_dishes_that_are_seen_through() -> None:
    box = Box(left=250, top=100, right=350, bottom=330)
    canvas = Canvas(label="t", width_px=602, height_px=432, product_box=box, safe_area=box, stance=Stance.LYING)
    pieces = labware(View.of(canvas, 1.4), np.random.default_rng(3), ())
    coats = {name: coat for name, (_, coat) in pieces.items() if name.startswith("pool")}
    assert len(coats) == 3
    assert all(coat["a"]["type"] == "thindielectric" for coat in coats.values())  # type: ignore[index]
