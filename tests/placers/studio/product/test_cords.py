from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.assets.clothes_stand import Holder, _bough, driftwood, hold_up, off_stand
from photoshoot.placers.studio.assets.cords import cords_over_bar
from photoshoot.placers.studio.assets.hanger import hook_height
from photoshoot.placers.studio.camera import Cords, Shoulders, View
from photoshoot.placers.studio.product.cords import trace_cords
from photoshoot.placers.studio.scene_cache import SetKey
from photoshoot.records import Category
from photoshoot.settings import SizeClass, Stance
from tests.placers.studio.conftest import make_canvas, make_layer, make_request

HEIGHT, WIDTH = 480, 640


def _bottle() -> np.ndarray:
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[100:150, 300:340] = alpha[150:154, 290:350] = alpha[190:400, 260:380] = alpha[154:190, 305:335] = 1
    return alpha


def _boot() -> np.ndarray:
    """A high shaft at the left, its weight far to the right of it."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[100:400, 120:180] = alpha[300:400, 120:520] = 1
    return alpha


def _held(alpha: np.ndarray) -> tuple[Cords, View]:
    canvas = make_canvas(alpha, stance=Stance.HANGING)
    view = View.of(canvas, 1.4, has_floor=True)
    return trace_cords(make_layer(alpha), canvas, view), view


def test_a_product_of_pixels_that_are_partly_its_own_is_held_too() -> None:
    """So a telescope's stand hangs in a picture of 64 px at a tenth of its size."""
    alpha = np.zeros((64, 64), np.float32)
    alpha[28:34, 30:34] = 1
    canvas = make_canvas(alpha, stance=Stance.HANGING)
    view = View.of(canvas, 1.4, has_floor=True)
    held = trace_cords(make_layer(0.4 * alpha), canvas, view)
    for x, y in (held.left, held.right):
        column, row = view.to_pixel([x, y, 0.0])
        assert 30 <= column <= 34
        assert 28 <= row <= 34


@pytest.mark.parametrize("draw", [_bottle, _boot])
def test_cords_end_in_the_product_with_its_weight_between_them(draw: Callable[[], np.ndarray]) -> None:
    alpha = draw()
    cords, view = _held(alpha)
    for end in (cords.left, cords.right):
        column, row = view.to_pixel([*end, 0.0])
        assert alpha[round(float(row)), round(float(column))] == 1
        assert not alpha[: round(float(row)) - round(0.04 * view.px_per_unit), round(float(column))].any()
    middle = float(view.to_world((alpha.sum(0) * (np.arange(WIDTH) + 0.5)).sum() / alpha.sum(), 0.0)[0])
    assert cords.left[0] < middle < cords.right[0]
    assert hook_height(cords.hanger) > view.to_world(0.0, np.flatnonzero(alpha.any(1))[0])[1] + 0.15


def _cap() -> np.ndarray:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return np.asarray((np.hypot(columns - 320, rows - 330) < 200) & (rows < 330), np.float32)


def _backpack() -> np.ndarray:
    """Two straps that go down into it."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[190:430, 200:440] = alpha[90:190, 240:290] = alpha[90:190, 350:400] = 1
    return alpha


@pytest.mark.parametrize(("draw", "threads"), [(_cap, True), (_backpack, False), (_bottle, False)])
def test_cords_are_tied_to_straps_and_necks_and_threads_hold_the_rest(
    draw: Callable[[], np.ndarray], threads: bool
) -> None:
    assert _held(draw())[0].threads is threads


def test_a_cord_ends_on_a_strap_and_not_on_its_side() -> None:
    """A bag's cord hung beside its strap, where the outline is steep."""
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[150:400, 200:440] = alpha[100:150, 232:280] = alpha[100:150, 360:408] = 1
    cords, view = _held(alpha)
    for end, (low, high) in ((cords.left, (232, 280)), (cords.right, (360, 408))):
        column, row = view.to_pixel([*end, 0.0])
        assert low <= column <= high
        assert row < 115


@pytest.mark.parametrize("turned", [1, -1])
def test_a_strap_aslant_is_held_at_both_ends(turned: int) -> None:
    """A watch had one cord at its buckle and the other on the bare middle of its strap."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    strap = (np.abs(rows - 80 - (columns - 160)) < 24) & (columns >= 160) & (columns < 480)
    alpha = (strap | (np.hypot(rows - 240, columns - 320) < 40)).astype(np.float32)[:, ::turned]
    cords, view = _held(alpha)
    ends = [float(view.to_pixel([*end, 0.0])[0]) for end in (cords.left, cords.right)]
    assert 160 <= ends[0] < 230
    assert 410 < ends[1] <= 480


def test_a_stand_whose_bar_is_over_the_picture_is_not_seen() -> None:
    """A camera on a strap that leaves the picture hung between two posts that carried nothing."""
    cords, view = _held(_bottle())
    over = replace(cords.hanger, top=view.top)
    assert "stand" in hold_up(replace(view, cords=cords), "stand")
    assert "stand" not in hold_up(replace(view, cords=replace(cords, hanger=over)), "stand")


def test_a_bottle_is_held_by_its_cap() -> None:
    cords, view = _held(_bottle())
    for end in (cords.left, cords.right):
        assert view.to_pixel([*end, 0.0])[1] < 160


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("holder", ["stand", "rail", "branch"])
def test_a_set_with_a_floor_holds_what_is_no_garment(holder: Holder) -> None:
    view = SetKey.of(make_request(alpha=_bottle(), stance=Stance.HANGING)).view
    assert view.has_floor
    assert view.cords is not None
    assert "cords" in hold_up(view, holder)


def test_pictures_hang_on_the_wall_itself_what_stands_on_nothing_and_garments_on_hangers() -> None:
    hangs = make_request(alpha=_bottle(), stance=Stance.HANGING)
    picture = replace(hangs, canvas=replace(hangs.canvas, size_class=SizeClass.WALL))
    shirt = replace(hangs, product=replace(hangs.product, category=Category.GARMENT))
    for request in (make_request(alpha=_bottle()), picture, shirt):
        assert SetKey.of(request).view.cords is None


@pytest.mark.parametrize("draw", [_bottle, _boot])
def test_a_bough_hangs_on_its_ropes(draw: Callable[[], np.ndarray]) -> None:
    cords, view = _held(draw())
    bough, ropes = _bough(cords.hanger, replace(view, cords=cords))
    wood = bough.vertices[:, :2].astype(np.float64)
    for side in (-1, 1):
        rope = ropes.vertices[side * (ropes.vertices[:, 0] - cords.hanger.x) > 0]
        foot = rope[rope[:, 1].argmin()]
        near = wood[np.abs(wood[:, 0] - foot[0]) < 0.1, 1]
        assert near.min() < foot[1] < near.max(), "it ends in the wood"
        assert rope[:, 1].max() > view.top


@pytest.mark.usefixtures("placer")
def test_no_end_of_a_cord_comes_out_under_the_bar_it_is_laid_over() -> None:
    radius, bar_y = 0.03, 2.0
    hanger = Shoulders(x=0.0, y=1.0, half_width=0.5, drop=0.0, top=1.0)
    cords = Cords(left=(-0.3, 1.0), right=(0.3, 1.0), hanger=hanger)
    line = np.array([[-1.0, bar_y, -0.1], [1.0, bar_y, -0.1]])
    shape = cast("Any", cords_over_bar(cords, line, radius)["cords"])
    points = np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)
    behind = points[points[:, 2] < -0.1 - radius]
    assert len(behind)
    assert behind[:, 1].min() > bar_y - radius


def test_the_grain_of_a_bough_runs_along_it() -> None:
    tone = driftwood().mean(-1)
    along, round_it = (float(np.abs(np.diff(tone, axis=axis)).mean()) for axis in (0, 1))
    assert round_it > 1.4 * along > 0, "and its rows are three times as long in the picture"


@pytest.mark.usefixtures("placer")
def test_nothing_is_put_into_a_stands_feet() -> None:
    """Ornaments lay in them."""
    view = SetKey.of(make_request(alpha=_bottle(), stance=Stance.HANGING)).view
    assert off_stand(view, "rail") is view
    rooms = np.array(off_stand(view, "stand").taken[len(view.taken) :])
    stand = hold_up(view, "stand")["stand"]
    assert isinstance(stand, mi.Mesh)
    points = np.array(mi.traverse(stand)["vertex_positions"], np.float64).reshape(-1, 3)
    low = points[points[:, 1] < 0.1][:, [0, 2]]
    off = np.linalg.norm(low[:, None] - rooms[None, :, :2], axis=2) - rooms[:, 2]
    assert off.min(1).max() < 0.1
