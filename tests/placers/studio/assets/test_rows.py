from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.rows import Row, Ware, before_wall, line_up
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.set_builders.cabin import _blanket, _things
from photoshoot.records import Box, Canvas
from photoshoot.sets.cabin import Cabin
from photoshoot.settings import Stance


def _ball(half: float, _rng: np.random.Generator) -> Things:
    return [painted("#808080", "matte", sphere(half, rings=8, segments=16))]


WARES = [Ware(half=half, build=partial(_ball, half)) for half in (0.4, 0.9, 0.6)]


def _view(width: int, height: int, left: int, right: int) -> View:
    box = Box(left=left, top=round(0.2 * height), right=right, bottom=round(0.85 * height))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.4)


@pytest.mark.parametrize("side", [-1.0, 1.0])
@pytest.mark.parametrize("view", [_view(837, 314, 300, 420), _view(970, 90, 470, 500), _view(160, 600, 50, 110)])
def test_a_row_never_stands_behind_the_product(view: View, side: float) -> None:
    things = line_up(view, Row(z=-5.0, side=side), WARES, np.random.default_rng(2))
    product = view.to_pixel([(view.product_x + side * view.product_half_width, 0.5, 0.0)])[0, 0]
    for thing in (thing for thing in things if thing.seen):
        columns = view.to_pixel(thing.mesh.vertices)[:, 0]
        nearest = columns.min() if side > 0 else columns.max()
        assert side * (nearest - product) > 0


def test_a_row_goes_on_past_the_edge_and_its_things_stand_apart() -> None:
    view = _view(970, 90, 470, 500)
    things = line_up(view, Row(z=-5.0, side=1.0), WARES, np.random.default_rng(2))
    spans = [(thing.mesh.vertices[:, 0].min(), thing.mesh.vertices[:, 0].max()) for thing in things]
    assert all(second[0] > first[1] for first, second in itertools.pairwise(spans))
    assert spans[-1][1] > view.half_width_at(-5.0) - 3.5


def test_a_row_holds_at_most_what_it_may() -> None:
    row, view = Row(z=-5.0, side=1.0), _view(970, 90, 470, 500)
    for most in (0, 2):
        things = line_up(view, replace(row, most=most), WARES, np.random.default_rng(2))
        assert sum(thing.seen for thing in things) == most


def test_what_finds_no_room_is_an_unseen_speck() -> None:
    things = line_up(_view(300, 250, 100, 200), Row(z=-3.0, side=1.0, most=1), WARES, np.random.default_rng(2))
    assert [thing.seen for thing in things] == [True, False, False]
    assert all(np.ptp(thing.mesh.vertices, axis=0).max() < 0.001 for thing in things[1:])


@pytest.mark.parametrize(
    ("prop_scale", "lifelike", "ratio"),
    [(1.0, 1.0, 1.0), (1.5625, 1.0, 1.5625), (1.5625, 1.25, 1.25), (1.25, 1.4, 1.0), (0.8, 1.4, 0.8), (0.5, 1.0, 0.7)],
)
def test_beside_large_products_things_are_smaller_and_beside_small_ones_larger(
    prop_scale: float, lifelike: float, ratio: float
) -> None:
    view = replace(_view(970, 400, 470, 500), prop_scale=prop_scale)
    row = Row(z=-2.0, y=-0.3, side=1.0, lifelike=lifelike)
    first = line_up(view, row, WARES, np.random.default_rng(2))[0].mesh.vertices
    assert row.ratio(view) == pytest.approx(ratio)
    assert np.ptp(first[:, 1]) == pytest.approx(0.8 / ratio, rel=0.02)
    assert 0.5 * (first[:, 1].min() + first[:, 1].max()) == pytest.approx(-0.3, abs=0.01), "on what the row stands on"


def test_a_row_that_follows_no_size_is_as_it_was_built() -> None:
    view = _view(970, 400, 470, 500)
    usual, beside_a_sofa = (
        line_up(replace(view, prop_scale=scale), Row(z=-2.0, side=1.0), WARES, np.random.default_rng(2))
        for scale in (1.0, 5.0)
    )
    for one, other in zip(usual, beside_a_sofa, strict=True):
        np.testing.assert_array_equal(one.mesh.vertices, other.mesh.vertices)


def test_smaller_things_are_more_of_them() -> None:
    view, row = _view(970, 400, 470, 500), Row(z=-2.0, side=1.0, lifelike=1.0)
    counts = [
        sum(thing.seen for thing in line_up(replace(view, prop_scale=scale), row, WARES, np.random.default_rng(2)))
        for scale in (0.8, 1.0, 1.953)
    ]
    assert counts[0] <= counts[1] < counts[2]


def test_what_grows_stands_farther_before_its_wall() -> None:
    view, row = _view(970, 400, 470, 500), Row(z=0.0, side=1.0, lifelike=1.0)
    assert before_wall(view, row, -4.0, 0.7) == -3.3
    assert before_wall(replace(view, prop_scale=0.8), row, -4.0, 0.7) == pytest.approx(-4 + 0.7 / 0.8)
    assert before_wall(replace(view, prop_scale=2.0), row, -4.0, 0.7) == -3.3


def test_where_none_finds_room_the_slimmest_peeks_out_from_behind_the_product() -> None:
    """A laboratory in an upright picture had no glass."""
    view, wares = _view(1080, 1350, 200, 880), WARES[:0:-1]
    row, rng = Row(z=-1.5, side=1.0), np.random.default_rng(0)
    assert not [thing for thing in line_up(view, row, wares, rng) if thing.seen]
    (seen,) = [thing for thing in line_up(view, replace(row, peeks=True), wares, rng) if thing.seen]
    x, edge = seen.mesh.vertices[:, 0], view.product_half_width * (view.distance + 1.5) / view.distance
    assert np.ptp(x) < 1.3
    assert x.max() > edge + 0.2
    assert x.min() < view.half_width_at(-1.5) - 0.6


@pytest.mark.parametrize("seed", range(4))
def test_a_cabin_has_a_lantern_in_narrow_pictures_too(seed: int) -> None:
    things = _things(Cabin(), _view(1080, 1350, 200, 880), None, np.random.default_rng(seed))
    assert any(thing.seen and isinstance(thing, Emissive) for thing in things)


def test_a_folded_blanket_shows_its_ribs_to_the_camera() -> None:
    """From the front it was one smooth slab."""
    folds = [thing.mesh for thing in _blanket(Style(wood="#8a6a4a", accent="#a33a2a"), np.random.default_rng(1))]
    heights = sorted((float(mesh.vertices[:, 1].min()), float(mesh.vertices[:, 1].max())) for mesh in folds)
    assert all(low == pytest.approx(top, abs=0.01) for (_, top), (low, _) in itertools.pairwise(heights))
    for mesh in folds:
        column = np.round(mesh.vertices[:, 0] / 0.03).astype(int)
        front = np.array([mesh.vertices[column == index, 2].max() for index in np.unique(column)])
        ribs = (front[1:-1] > front[:-2]) & (front[1:-1] >= front[2:])
        assert np.count_nonzero(ribs) > 10


def test_what_stands_in_rows_is_built_a_few_times_however_many_rows_there_are() -> None:
    """Twelve crates of fruit settled anew in each picture: a fourteenth of its time."""
    built = []

    def heap(color: str, _rng: np.random.Generator) -> Things:
        built.append(color)
        return [painted(color, "matte", sphere(0.4, rings=8, segments=16))]

    for seed in range(6):
        wares = [Ware(half=0.4, build=heap, of=(color,)) for color in ("#808080", "#a05030")]
        line_up(_view(970, 90, 470, 500), Row(z=-5.0, side=1.0), wares, np.random.default_rng(seed))
    assert len(built) < 12
    assert set(built) == {"#808080", "#a05030"}
