"""Furniture and ware: every piece stands where it should, is finite, and follows its generator."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from photoshoot.placers.studio.assets import bathware, gym_equipment, kitchenware
from photoshoot.placers.studio.assets.furniture import decor, lighting, seats
from photoshoot.placers.studio.assets.furniture.style import Furnish, Spot, Style
from photoshoot.placers.studio.scene.batching import Painted, Things

STYLE = Style(wood="#8a5a3a", accent="#c0533a")
SPOT = Spot(x=1.5, wall_z=-6.0, floor_y=-4.5, ceiling_y=6.5)
FURNITURE: tuple[Furnish, ...] = (
    decor.bookshelf, decor.plant, decor.slat_panel, decor.sunburst_clock, decor.wall_pictures,
    lighting.arc_lamp, lighting.tripod_lamp, lighting.window, seats.armchair, seats.bench, seats.sofa,
)  # fmt: skip
WARE: tuple[Callable[[np.random.Generator], Things], ...] = (
    *(partial(build, STYLE) for build in (kitchenware.canisters, kitchenware.utensils, kitchenware.boards,
                                          kitchenware.herbs, kitchenware.oils, kitchenware.fruit_bowl)),
    *(partial(build, STYLE) for build in (bathware.towels, bathware.bottles, bathware.basin, bathware.sprig)),
    partial(gym_equipment.kettlebell, 0.9, "#d04a2a"),
    partial(gym_equipment.plates, "#d04a2a"),
    partial(gym_equipment.dumbbell_rack, 7.0, "#d04a2a"),
)  # fmt: skip


def _bounds(things: Things) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([thing.mesh.vertices for thing in things])
    assert np.isfinite(points).all()
    return points.min(0), points.max(0)


@pytest.mark.parametrize("build", FURNITURE)
def test_furniture_stands_before_its_wall_and_on_or_over_the_floor(build: Furnish) -> None:
    for seed in range(3):
        low, high = _bounds(build(SPOT, STYLE, np.random.default_rng(seed)))
        assert low[1] >= SPOT.floor_y - 0.05  # round legs that lean end a little below their middle
        assert low[2] >= SPOT.wall_z - 1e-3
        assert low[0] < SPOT.x + 1.5
        assert high[0] > SPOT.x - 1.5
        assert high[0] - low[0] < 13, "world units: about a metre and a half"


@pytest.mark.parametrize("number", range(len(WARE)))
def test_ware_stands_at_the_origin_on_its_support(number: int) -> None:
    for seed in range(3):
        low, high = _bounds(WARE[number](np.random.default_rng(seed)))
        assert low[1] == pytest.approx(0, abs=0.12)  # boards and plates lean: their lower edge dips a little
        assert low[0] < 0.1
        assert high[0] > -0.1


@pytest.mark.parametrize("number", range(len(WARE)))
def test_one_seed_gives_one_piece(number: int) -> None:
    first, again = (WARE[number](np.random.default_rng(4)) for _ in range(2))
    assert len(first) == len(again)
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.mesh.vertices, other.mesh.vertices)


def test_a_sofa_has_the_rooms_accent() -> None:
    """It was grey, whatever was asked for."""
    things = seats.sofa(SPOT, STYLE, np.random.default_rng(0))
    largest = max(things, key=lambda thing: float(np.ptp(thing.mesh.vertices, axis=0).prod()))
    assert isinstance(largest, Painted)
    assert largest.color == STYLE.accent
