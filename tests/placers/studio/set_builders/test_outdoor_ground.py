"""Ground out of doors, at the product's scale."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.backdrops.real_places import MOODS, Panorama
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.scene.bsdfs import Entry, Roughness, Tiling, textured
from photoshoot.placers.studio.set_builders import outdoor_ground
from photoshoot.placers.studio.set_builders.location import Look
from photoshoot.placers.studio.set_builders.pool import build_pool
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.records import Box, Canvas
from photoshoot.sets import carry
from photoshoot.sets.crates import Crates
from photoshoot.sets.design import Place
from photoshoot.sets.outdoor_ground import OutdoorGround
from photoshoot.sets.pool import Pool
from photoshoot.settings import SizeClass, Stance

pytestmark = pytest.mark.usefixtures("shapes_alone")
BOX = Box(left=250, top=100, right=350, bottom=330)
CANVAS = Canvas(label="t", width_px=602, height_px=432, product_box=BOX, safe_area=BOX, stance=Stance.UPRIGHT)


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("ground", ["asphalt", "concrete", "trail", "snow"])
def test_grains_are_as_steep_beside_a_sofa_as_beside_a_watch(ground: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a sofa asphalt was black: its grains were small, and as high as ever."""
    steepness = []

    def record(texture: Texture, tiling: Tiling, roughness: Roughness, relief: float) -> Entry:
        steepness.append(relief * tiling.scale[0])
        return textured(texture, tiling, roughness, relief)

    monkeypatch.setattr(outdoor_ground, "textured", record)
    for unit_m in (0.05, 0.3, 2.0):
        view = replace(View.of(CANVAS, 1.2), unit_m=unit_m)
        outdoor_ground._bare(OutdoorGround(ground=ground), view, np.random.default_rng(1), _look(view))  # type: ignore[arg-type]
    assert steepness[0] > 0
    assert steepness == pytest.approx([steepness[0]] * 3)


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("unit_m", [0.09, 0.5])
def test_leaves_and_gravel_lie_on_a_trail_clear_of_the_product_and_as_large_as_in_life(unit_m: float) -> None:
    view = replace(View.of(CANVAS, 1.2), unit_m=unit_m)
    shapes, _ = outdoor_ground._bare(OutdoorGround(ground="trail"), view, np.random.default_rng(1), _look(view))
    foot = Footprint.of(view)
    for name, largest_m in (("stones", 0.05), ("leaves", 0.14)):
        points = np.array(mi.traverse(shapes[name])["vertex_positions"]).reshape(-1, 3)
        assert (foot.distance(points[:, 0], points[:, 2]) > 0).mean() > 0.97, name
        assert points[:, 1].max() < (0.6 * largest_m + 0.1) / unit_m  # on bumps of a hand
        assert len(points) > 1000
    bare, _ = outdoor_ground._bare(OutdoorGround(ground="snow"), view, np.random.default_rng(1), _look(view))
    assert set(bare) == {"ground"}


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("unit_m", [0.1, 0.5, 1.2])
def test_bushes_stand_on_the_ground_behind_what_stands_before_them(unit_m: float) -> None:
    view = replace(View.of(CANVAS, 1.2), unit_m=unit_m, product_back=1.5)
    design = OutdoorGround(ground="trail", flower_colors=("#7a5cc0",))
    shapes, back, _ = outdoor_ground._ground(design, view, np.random.default_rng(1), _look(view))
    points = np.array(mi.traverse(shapes["blossoms"])["vertex_positions"]).reshape(-1, 3)
    assert back < points[:, 2].min()
    assert points[:, 2].max() < -view.product_back - 0.5
    assert -1 < np.median(points[:, 1]) < 4
    assert np.ptp(points[:, 0]) > 2 * view.half_width
    bare, _, _ = outdoor_ground._ground(replace(design, flower_colors=()), view, np.random.default_rng(1), _look(view))
    assert "blossoms" not in bare
    beside_car, _, _ = outdoor_ground._ground(design, replace(view, unit_m=2.0), np.random.default_rng(1), _look(view))
    assert "blossoms" not in beside_car, "flowers as large as its wheels make a toy of it"


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("ground", ["trail", "snow"])
def test_what_lies_beside_the_product_lies_on_uneven_ground(ground: Literal["trail", "snow"]) -> None:
    """Ornaments hovered over hollows in the snow."""
    view = replace(View.of(CANVAS, 1.2), unit_m=0.5)
    design = OutdoorGround(ground=ground, beside="ornaments")
    shapes, _, _ = outdoor_ground._ground(design, view, np.random.default_rng(1), _look(view))
    _, heights = outdoor_ground._bare(design, view, np.random.default_rng(1), _look(view))
    assert heights is not None
    meshes = [mesh for name, mesh in shapes.items() if name.startswith("beside")]
    points = np.concatenate([np.array(mi.traverse(mesh)["vertex_positions"]).reshape(-1, 3) for mesh in meshes])
    place = np.floor(points[:, [0, 2]] / 0.4).astype(int)
    cells, cell = np.unique(place, axis=0, return_inverse=True)
    over = points[:, 1] - heights(points[:, 0].astype(float), points[:, 2].astype(float))
    lowest = [over[cell.reshape(-1) == index].min() for index in range(len(cells))]
    assert np.percentile(lowest, 25) == pytest.approx(0, abs=0.02)
    assert min(lowest) > -0.06


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("unit_m", [0.4, 1.3, 3.0])
def test_a_cafes_chairs_stand_behind_a_vehicle_as_high_as_in_life(unit_m: float) -> None:
    view = replace(View.of(CANVAS, 1.2), unit_m=unit_m)
    shapes, _, _ = outdoor_ground._ground(OutdoorGround(seats=True), view, np.random.default_rng(1), _look(view))
    points = np.array(mi.traverse(shapes["satin"])["vertex_positions"]).reshape(-1, 3)
    assert abs(points[:, 1].min()) < 0.02
    assert 0.85 < points[:, 1].max() * unit_m < 1.0
    assert points[:, 2].max() < -view.product_back - 0.5 / unit_m
    assert points[:, 2].min() > -15.5, "before the ground ends"
    bare, _, _ = outdoor_ground._ground(OutdoorGround(), view, np.random.default_rng(1), _look(view))
    assert set(bare) == {"ground", "far_ground"}


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("unit_m", [0.1, 3.0])
@pytest.mark.parametrize("place", ["city", "sunrise"])
def test_level_ground_ends_in_no_line(place: Place, unit_m: float) -> None:
    """Dark ground ended in a hard edge before a pale street, as a table does."""
    view = replace(View.of(CANVAS, 1.25), unit_m=unit_m)
    design = OutdoorGround(place=place)
    shapes = outdoor_ground.build_outdoor_ground(design, view, np.random.default_rng(1)).shapes
    scene = mi.load_dict({"type": "scene"} | {name: shapes[name] for name in ("ground", "far_ground", "place")})
    depth = view.distance + 15.5
    edge = -view.camera_y / depth
    for across in (-0.15, -0.05, 0.1):
        over, under = (_radiance(scene, view, across, edge + step) for step in (0.0005, -0.0005))
        assert under == pytest.approx(over, rel=0.3), (across, over, under)
    assert _radiance(scene, view, 0.0, -view.camera_y / view.distance) == pytest.approx([0, 0, 0]), "it is lit alone"


def _radiance(scene: mi.Scene, view: View, across: float, up: float) -> list[float]:
    """What shines by itself where the camera looks along tangents."""
    toward = mi.Vector3f(across, up, -1)
    hit: Any = scene.ray_intersect(mi.Ray3f(mi.Point3f(0, view.camera_y, view.distance), toward))
    assert np.asarray(hit.is_valid()).all()
    emitter = hit.emitter(scene)
    if emitter is None:  # as a scalar variant says it
        return [0.0, 0.0, 0.0]
    return [float(np.array(channel).ravel()[0]) for channel in emitter.eval(hit)]


def _look(view: View) -> Look:
    return lambda edge: Panorama.behind("park", -58.0, view, MOODS["park"], edge, 1.0)


@pytest.mark.usefixtures("variant")
def test_the_hedge_by_a_pool_is_lower_behind_a_car() -> None:
    view = View.of(CANVAS, 1.45)
    tall = []
    for scale in (1.0, 3.5, 7.5):
        shape = build_pool(Pool(), replace(view, prop_scale=scale), np.random.default_rng(1)).shapes["hedge"]
        tall.append(float(np.ptp(np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)[:, 1])))
    assert tall[0] == tall[1]
    assert tall[2] < 0.6 * tall[0]


@pytest.mark.usefixtures("variant")
@pytest.mark.parametrize("unit_m", [0.4, 1.3])
def test_a_markets_stalls_stand_behind_a_bicycle_as_high_as_in_life(unit_m: float) -> None:
    """It stood on asphalt by a park."""
    view = replace(View.of(CANVAS, 1.2), unit_m=unit_m)
    design = carry(Crates(produce="apples"), Stance.UPRIGHT, SizeClass.GEAR)
    assert isinstance(design, OutdoorGround)
    shapes, _, _ = outdoor_ground._ground(design, view, np.random.default_rng(1), _look(view))
    points = np.concatenate(
        [np.array(mi.traverse(shapes[name])["vertex_positions"]).reshape(-1, 3) for name in ("matte", "satin")]
    )
    assert abs(points[:, 1].min()) < 0.02
    assert 2.0 < points[:, 1].max() * unit_m < 3.2, "an awning"
    assert points[:, 2].max() < -view.product_back - 0.5 / unit_m
    assert points[:, 2].min() > -15.5, "before the ground ends"
    fruit = np.array(mi.traverse(shapes["satin"])["vertex_positions"]).reshape(-1, 3)[:, 1] * unit_m
    assert 0.5 < np.median(fruit) < 1.1


def test_an_armchair_stands_by_the_pool_itself() -> None:
    assert carry(Pool(), Stance.UPRIGHT, SizeClass.FURNITURE) == Pool()
