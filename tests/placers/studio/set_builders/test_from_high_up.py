"""What rises or hangs behind a product is where it is, from whatever height it is seen, and clear of what holds it."""

from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.assets.hanger import HANGER_Z, hook_height, rail_radius
from photoshoot.placers.studio.camera import Shoulders, View
from photoshoot.placers.studio.scene.batching import Things
from photoshoot.placers.studio.set_builders.cabin import _SILL_Y, _STRING, _string_y
from photoshoot.placers.studio.set_builders.crates import _AWNING_Z, _stall
from photoshoot.placers.studio.set_builders.playroom import _bunting
from photoshoot.placers.studio.set_builders.stairs import build_stairs
from photoshoot.records import Box, Canvas
from photoshoot.sets.crates import Crates
from photoshoot.sets.playroom import Playroom
from photoshoot.sets.stairs import Stairs
from photoshoot.settings import Stance

STEEP_DEG = 37.0
pytestmark = pytest.mark.usefixtures("shapes_alone")
_BACK, _IN_ROOM = -4.2, 0.87  # depth of the cabin's wall, and how far before it the lights hang


def _view(pitch_deg: float | None, stance: Stance = Stance.UPRIGHT) -> View:
    width, height = 1506, 1080
    box = Box(left=round(0.3 * width), top=round(0.2 * height), right=round(0.7 * width), bottom=round(0.82 * height))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=stance)
    return View.of(replace(canvas, pitch_deg=pitch_deg), 1.45, has_floor=True)


@pytest.mark.parametrize("pitch_deg", [5.0, 20.0, STEEP_DEG, 44.0])
def test_steps_rise_out_of_the_picture(pitch_deg: float) -> None:
    view = _view(pitch_deg)
    treads = build_stairs(Stairs(), view, np.random.default_rng(3)).shapes["treads"]
    assert isinstance(treads, mi.Mesh)
    points = np.array(mi.traverse(treads)["vertex_positions"]).reshape(-1, 3)
    assert view.to_pixel(points)[:, 1].min() < 0


def _lowest(things: Things, count: int) -> float:
    return min(float(thing.mesh.vertices[:, 1].min()) for thing in things[:count])


@pytest.mark.parametrize(("pitch_deg", "seen"), [(None, True), (20.0, True), (STEEP_DEG, False), (44.0, False)])
def test_what_hangs_over_heads_is_at_a_pictures_top_and_over_one_from_high_up(pitch_deg: float, seen: bool) -> None:
    view = _view(pitch_deg)
    stall, bunting = _lowest(_stall(Crates(), view), 2), _lowest(_bunting(Playroom(), view, -7.0), 99)
    assert (stall < view.top_at(_AWNING_Z) - 0.2) == seen
    assert (bunting < view.top_at(-6.6) - 0.2) == seen
    assert _string_y(view, _BACK) > _SILL_Y + 1.0


@pytest.mark.parametrize("held_at", [1.2, 1.6, 1.9, 2.3])
def test_lights_are_clear_of_a_rail(held_at: float) -> None:
    held = Shoulders(x=0.0, y=held_at, half_width=0.4, drop=0.1, top=held_at)
    view = replace(_view(None, Stance.HANGING), shoulders=held)
    y, thick = _string_y(view, _BACK), rail_radius(held)
    middle = hook_height(held) - thick
    rail = [float(view.to_pixel([0.0, middle + side * thick, HANGER_Z])[1]) for side in (1, -1)]
    depth = _BACK + _IN_ROOM
    lights = [float(view.to_pixel([0.0, at, depth])[1]) for at in (y + _STRING[1], y - _STRING[0])]
    assert lights[1] <= rail[0] + 1 or lights[0] >= rail[1] - 1, (lights, rail)
