"""A fire or a Christmas tree that was asked for is in the picture, beside the product, in every room that has them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.assets.furniture import christmas_tree, hearth
from photoshoot.placers.studio.assets.props.meshes.lamps import flame_glow
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.batching import Emissive, Things, thing_shapes
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders import cabin, interior, room, setting
from photoshoot.records import Box, Canvas
from photoshoot.sets import SetDesign
from photoshoot.sets.cabin import Cabin
from photoshoot.sets.interior import Interior
from photoshoot.sets.room import Room
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import Stance
from tests.placers.studio.conftest import smooth_plastics

ROOMS: tuple[tuple[SetDesign, ModuleType], ...] = (
    (Interior(room="living", furnished=("fireplace",)), interior),
    (Interior(room="living", furnished=("fireplace", "sofa")), interior),
    (Cabin(fireplace=True), cabin),
    (Room(fireplace=True), room),
)
TREES: tuple[tuple[SetDesign, ModuleType], ...] = (
    (Interior(room="living", furnished=("christmas_tree",)), interior),
    (Interior(room="living", furnished=("fireplace", "christmas_tree")), interior),
    (Tabletop(material="wood", backdrop="christmas_tree"), setting),
    (Room(christmas_tree=True), room),
)
LEAST = 0.25  # of flames or lamps, their middles


def _view(size: tuple[int, int], camera_y: float, aside: float) -> View:
    width, height = size
    half, middle = round(0.17 * min(size)), round((0.5 + aside) * width)
    box = Box(left=middle - half, top=round(0.35 * height), right=middle + half, bottom=round(0.85 * height))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, camera_y, 0.0)


def _middles(
    design: SetDesign, module: ModuleType, view: View, light: Float32Array, monkeypatch: pytest.MonkeyPatch
) -> Float32Array:
    """Middles (N, 3) of all that shines so in a set."""
    drawn: list[Any] = []

    def spied(things: Things, *settings: float) -> dict[str, object]:
        drawn.extend(things)
        return thing_shapes(things, *settings)

    monkeypatch.setattr(module, "thing_shapes", spied)
    with smooth_plastics():
        load_builder(design)(design, view, np.random.default_rng(3))
    shining = [thing.mesh for thing in drawn if isinstance(thing, Emissive) and np.array_equal(thing.light, light)]
    return np.array([(mesh.vertices.min(0) + mesh.vertices.max(0)) / 2 for mesh in shining])


def _seen(middles: Float32Array, view: View) -> np.ndarray:
    """Which of them (N,) are in the picture's width, beside the product."""
    x = middles[:, 0] / [view.half_width_at(float(z)) / view.half_width for z in middles[:, 2]]
    return (np.abs(x) < view.half_width) & (np.abs(x - view.product_x) > view.product_half_width)


@pytest.mark.parametrize("aside", [-0.15, 0.0, 0.15])
@pytest.mark.parametrize("size", [(1080, 1350), (1080, 1080), (1674, 628)])
@pytest.mark.parametrize(("design", "module"), ROOMS)
def test_a_fire_is_seen_beside_the_product(
    design: SetDesign, module: ModuleType, size: tuple[int, int], aside: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = _view(size, design.camera_y, aside)
    flames = _middles(design, module, view, flame_glow(hearth._SHINE * hearth._FIRE), monkeypatch)
    assert _seen(flames, view).mean() > LEAST


@pytest.mark.parametrize("size", [(1080, 1350), (1080, 1080), (1674, 628)])
@pytest.mark.parametrize(("design", "module"), TREES)
def test_a_christmas_tree_is_seen_beside_the_product(
    design: SetDesign, module: ModuleType, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    lamps = _middles(design, module, _view(size, design.camera_y, 0.0), christmas_tree._GLOW, monkeypatch)
    assert len(lamps) == christmas_tree._LAMPS
    assert _seen(lamps, _view(size, design.camera_y, 0.0)).mean() > LEAST


@pytest.mark.parametrize(
    ("design", "module", "wall_z"), [(ROOMS[0][0], interior, interior._WALL_Z), (Room(fireplace=True), room, None)]
)
def test_a_firebox_ends_before_the_wall(
    design: SetDesign, module: ModuleType, wall_z: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its back lay in the wall, patches of plaster shone in the fire."""
    view = _view((1080, 1350), design.camera_y, 0.0)
    if wall_z is None:
        with smooth_plastics():
            shapes = load_builder(design)(design, view, np.random.default_rng(3)).shapes
        wall_z = float(shapes["wall"].bbox().max.z)  # type: ignore[attr-defined]
    back = _middles(design, module, view, hearth._GLOW, monkeypatch)
    assert (back[:, 2] > wall_z + 0.01).all()
    assert len(back) == 1


def test_rooms_have_no_fire_that_none_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for design, module in ((Interior(room="living"), interior), (Cabin(), cabin), (Room(), room)):
        for name in ("fireplace", "burning"):
            monkeypatch.setattr(module, name, None, raising=False)
        with smooth_plastics():
            assert load_builder(design)(design, _view((1080, 1080), design.camera_y, 0.0), np.random.default_rng(3))
