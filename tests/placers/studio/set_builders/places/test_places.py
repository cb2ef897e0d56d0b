"""Places behind a table: full of what they are known by, whatever the picture's shape, its colours and its hour."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import get_args, get_type_hints

import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.assets.furniture.dressing import garments
from photoshoot.placers.studio.assets.furniture.music import foam_wall
from photoshoot.placers.studio.assets.furniture.rooms import pieces_of
from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.shelving import GOODS, Rack, Stock, shelf_run
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.batching import Emissive, Painted
from photoshoot.placers.studio.scene.shapes import raked
from photoshoot.placers.studio.set_builders.behind import BACKDROPS
from photoshoot.placers.studio.set_builders.places import (
    PLACES,
    alps,
    barn,
    bars,
    campfire,
    car,
    courts,
    greenhouse,
    parking,
    stadium,
    tatami_room,
    terminal,
    vaults,
)
from photoshoot.placers.studio.set_builders.places.shops import GROCERIES, STOCKS, across
from photoshoot.placers.studio.set_builders.setting import Setting, night_of
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light, parse_set
from photoshoot.sets.named import named_things
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import Stance

pytestmark = pytest.mark.usefixtures("shapes_alone")
_RACK = Rack(color="#ffffff", back="#ffffff", rail="#ffffff")
_SIZES = [(1080, 1350), (1674, 628), (160, 600), (1080, 1920)]


def make_setting(size: tuple[int, int] = (1080, 1350), color: str = "#8a5a40", intensity: float = 1.0) -> Setting:
    width, height = size
    box = Box(left=int(0.35 * width), top=int(0.3 * height), right=int(0.65 * width), bottom=int(0.84 * height))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    view = View.of(canvas, Tabletop.camera_y)
    light = Light(intensity=intensity)
    return Setting(color=color, view=view, light=light, exposure=1.0, rng=np.random.default_rng(3))


def reach(things: list[Painted | Emissive]) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([thing.mesh.vertices for thing in things])
    return points.min(0), points.max(0)


def test_every_backdrop_can_be_built_and_every_place_is_told_where_it_is_not_seen() -> None:
    assert {*get_args(get_type_hints(Tabletop)["backdrop"])} == {*BACKDROPS}
    for place in PLACES:
        assert place.replace("_", " ") in named_things(parse_set({"name": "tabletop", "backdrop": place}))


@pytest.mark.parametrize("stock", [GROCERIES, *STOCKS.values(), bars._BOTTLES])
def test_goods_stand_on_their_boards_side_by_side(stock: Stock) -> None:
    length, levels = 4.0, 3
    things = shelf_run(length, levels, _RACK, stock, 1.0, np.random.default_rng(5))
    low, high = reach(things)
    assert low[0] >= -length / 2 - 1e-6
    assert high[0] <= length / 2 + 1e-6
    assert high[1] <= levels * _RACK.pitch + 0.03  # nothing stands on the top board, nor through it
    assert sum(len(thing.mesh.faces) for thing in things) > 500


@pytest.mark.parametrize("kind", GOODS)
def test_a_piece_of_goods_stands_at_its_place(kind: str) -> None:
    build, halves, heights = GOODS[kind]
    meshes = [mesh for _, _, mesh in build(halves[1], heights[1], "#ffffff", "#000000")]
    points = np.concatenate([mesh.vertices for mesh in meshes])
    assert points[:, 1].min() == pytest.approx(0, abs=1e-3)
    assert points[:, 1].max() <= heights[1] + 1e-6
    assert np.abs(points[:, 0]).max() <= halves[1] + 2e-3  # a label is round the glass


@pytest.mark.parametrize("size", _SIZES)
def test_shelves_fill_the_picture(size: tuple[int, int]) -> None:
    setting, z = make_setting(size), -8.5
    low, high = reach(across(setting, _RACK, GROCERIES, z))
    view = setting.view
    assert low[0] < -view.half_width_at(z)
    assert high[0] > view.half_width_at(z)
    assert high[1] > view.top_at(z)


@pytest.mark.parametrize("size", _SIZES)
def test_a_cellar_has_barrels_under_its_vault(size: tuple[int, int]) -> None:
    view = make_setting(size).view
    half, _ = vaults.room_of(view)
    centers = vaults.barrel_places(half)
    assert len(centers) >= 3
    assert np.abs(centers[:, 0]).max() + 0.5 <= half
    seen = np.abs(centers[:, 0]) < view.half_width_at(-8.5)
    assert (seen & (centers[:, 1] < view.top_at(-8.5)) & (centers[:, 1] > -0.9)).any()


@pytest.mark.parametrize("color", ["#000000", "#222327", "#101820"])
def test_a_dark_bar_has_its_lights_on(color: str) -> None:
    assert bars.glow_of(color) @ LUMINANCE > 0.15


def test_a_stadium_is_dark_at_night_but_for_its_lamps() -> None:
    night, day = (night_of(Light(intensity=level)) for level in (0.74, 1.0))
    assert (night, day) == (1.0, 0.0)
    assert stadium.sky_of(night).mean() < 0.2 * stadium.sky_of(day).mean()


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_hoop_hangs_in_the_picture(size: tuple[int, int], side: float) -> None:
    view = make_setting(size).view
    hoops = [thing for thing in courts._basketball(view, side) if isinstance(thing, Painted)]
    (rim,) = (thing for thing in hoops if thing.color == courts.ORANGE)
    low, high = reach([rim])
    depth = float(low[2])
    assert np.abs([low[0], high[0]]).max() < view.half_width_at(depth)
    assert view.camera_y - 0.4 < low[1] < high[1] < view.top_at(depth)


@pytest.mark.parametrize("size", _SIZES)
def test_the_fin_of_an_aircraft_is_in_the_picture(size: tuple[int, int]) -> None:
    view = make_setting(size).view
    for side in (-1.0, 1.0):
        things = terminal.aircraft("#2f5fa0", side, view, 0.0)
        (fin,) = (thing for thing in things if isinstance(thing, Painted) and thing.color == "#2f5fa0")
        assert np.abs(np.mean(reach([fin]), axis=0)[0]) < view.half_width_at(float(fin.mesh.vertices[0, 2]))


@pytest.mark.parametrize("size", _SIZES)
def test_a_car_has_its_mirror_and_its_pillars_round_the_road(size: tuple[int, int]) -> None:
    view = make_setting(size).view
    half, top = car.windscreen_of(view)
    assert top < view.top_at(-5.4)
    assert half <= max(view.half_width_at(-5.4), 1.45)


def test_a_town_is_lit_at_night_alone() -> None:
    lamps = [
        sum(isinstance(thing, Emissive) for thing in car._road(np.random.default_rng(1), night)) for night in (0, 1)
    ]
    assert lamps[0] == 0
    assert lamps[1] > 40


@pytest.mark.parametrize("size", _SIZES)
def test_the_lamp_of_day_is_not_in_the_picture(size: tuple[int, int]) -> None:
    view = make_setting(size).view
    assert terminal.daylight_y(view) - 3.0 > view.top_at(-19.0)  # it is four high, and leans


@pytest.mark.parametrize("size", _SIZES)
def test_a_greenhouse_has_its_ridge_in_the_picture_over_benches_of_plants(size: tuple[int, int]) -> None:
    view = make_setting(size).view
    half, eaves, ridge = greenhouse._room(view)
    assert half < 1.3 * max(view.half_width_at(-9.0), 2.7)
    assert greenhouse._BENCH < eaves < ridge < view.top_at(greenhouse._END_Z)
    low, high = reach(greenhouse._benches(half, np.random.default_rng(5)))
    assert high[1] > greenhouse._BENCH + 0.5
    assert max(-low[0], high[0]) < half + 1.0


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_bales_lie_beside_a_barns_door_on_its_floor(side: float) -> None:
    door, wide = 2.0 * -side, barn._DOOR[0]
    bales = barn._bales(door, side, 6.0, np.random.default_rng(5))
    xs = np.concatenate([thing.mesh.vertices[:, 0] for thing in bales])
    assert reach(bales)[0][1] == pytest.approx(barn._FLOOR, abs=0.2)
    assert not ((xs > door - 0.6 * wide) & (xs < door + 0.6 * wide)).any()


@pytest.mark.parametrize("size", _SIZES)
def test_a_barns_door_shows_sky_over_land(size: tuple[int, int]) -> None:
    view = make_setting(size).view
    rows = barn._beyond(0.0, view)
    assert rows[0, 2] > rows[0, 0]
    assert rows[-1, 2] < rows[-1, 0]


def test_clothes_hang_from_their_rail() -> None:
    low, high = reach(garments(1.2, ("#ffffff", "#000000"), np.random.default_rng(5), apart=0.1, longest=1.0))
    assert -1.15 < low[1] < -0.5
    assert high[1] < 0.05
    assert max(-low[0], high[0]) < 1.0


def test_foam_runs_across_and_down_by_turns_from_the_floor_up() -> None:
    across, down = foam_wall(3.0, 2.5, np.random.default_rng(5))
    assert abs(len(across) - len(down)) <= 3
    points = np.concatenate([mesh.vertices for mesh in (*across, *down)])
    assert points[:, 1].min() == pytest.approx(0, abs=1e-5)
    assert points[:, 1].max() >= 2.5 - 1e-5
    assert points[:, 0].min() < -2.9
    assert points[:, 0].max() > 2.9


@pytest.mark.parametrize("kind", ["laundry", "dressing_room", "recording_studio"])
def test_pieces_of_a_room_are_as_wide_as_they_are_said_to_be(kind: str) -> None:
    for half, build in itertools.chain(*pieces_of(kind)):
        things = build(Style(wood="#8a6242", accent="#7d8c86"), np.random.default_rng(5))
        low, high = reach(things)
        assert max(-low[0], high[0]) < half + 0.35
        assert low[2] > -0.5  # none is in the wall


@pytest.mark.parametrize("size", _SIZES)
def test_a_tatami_room_shows_a_garden_between_screens_on_both_sides(size: tuple[int, int]) -> None:
    setting = make_setting(size)
    view = setting.view
    shapes = tatami_room.build_tatami_room(setting)
    assert {"room_matte", "room_satin", "room_lamps", "paper", "mats", "garden", "daylight"} <= set(shapes)
    reach = view.half_width_at(tatami_room._WALL_Z)
    for middle in (-0.5 * reach, 0.5 * reach):
        panels = sorted(tatami_room._panels((middle - 1.0, middle + 1.0), reach + 2.0))
        gaps = [right[0] - left[1] for left, right in itertools.pairwise(panels)]
        assert sorted(round(gap, 6) for gap in gaps)[-2:] == [0.0, 2.0]
        assert panels[0][0] <= -reach
        assert panels[-1][1] >= reach


def test_a_mats_border_lies_where_the_product_s_own_mat_ends() -> None:
    on_table, on_mats = (tatami_room._borders(-0.8, edge, 3.0)[0].mesh.vertices for edge in (None, -2.6))
    assert len(on_mats) > len(on_table)
    assert on_mats[:, 1].max() > 0 > on_table[:, 1].max()


@pytest.mark.parametrize("size", _SIZES)
def test_firs_and_mountains_are_seen_over_a_chalets_rail(size: tuple[int, int]) -> None:
    setting = make_setting(size)
    shapes = alps.build_chalet(setting)
    assert {"chalet_matte", "chalet_eggshell", "mountains", "sky_light"} <= set(shapes)
    view = setting.view
    rail = min(alps._RAIL, 0.34 * view.camera_y)
    low, high = reach(alps._snow(rail, view.half_width_at(alps._RAIL_Z) + 2.0, np.random.default_rng(5)))
    assert high[1] < 0.75 * view.camera_y  # the horizon is at the camera's height
    assert high[1] > rail
    assert -low[0] > view.half_width_at(alps._RAIL_Z) < high[0]


@pytest.mark.parametrize("size", _SIZES)
def test_a_lake_has_its_shore_at_both_sides_of_the_product(size: tuple[int, int]) -> None:
    assert {"shore_matte", "mountains", "sky_light"} <= set(alps.build_alpine_lake(make_setting(size)))


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_car_parks_ceiling_is_in_the_picture_and_no_pillar_behind_the_product(
    size: tuple[int, int], side: float
) -> None:
    view = make_setting(size).view
    assert parking.ceiling_y(view, parking._FLOOR) < view.top_at(parking._WALL_Z)
    places = parking.pillar_places(view, side)
    assert len({z for _, z in places}) >= 2
    for x, z in places:
        assert abs(x) > view.product_half_width * (view.distance - z) / view.distance


def test_a_car_parks_floor_goes_on_behind_a_product_that_stands_on_it() -> None:
    on_floor, on_table = (parking.build_parking(replace(make_setting(), ground=ground)) for ground in ("#a3a4a3", ""))
    assert set(on_floor) == set(on_table) >= {"parking_eggshell", "parking_lamps", "near_light", "far_light"}
    assert parking._ON_FLOOR > parking._FLOOR


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_campfire_is_in_the_picture_and_its_lamps_have_no_body(size: tuple[int, int], seed: int) -> None:
    view = make_setting(size).view
    x, _ = campfire.fire_x(view, np.random.default_rng(seed))
    assert abs(x) < 0.7 * view.half_width_at(campfire._FIRE_Z)
    assert campfire.ground_y(view) < view.camera_y
    built = campfire.build_campfire(make_setting(size))
    assert {"campfire_lamps", "woods", "sky_light"} <= set(built)
    assert {name for name, shape in built.items() if isinstance(shape, dict) and shape.get("type") == "spot"} == {
        "fire_down",
        "fire_back",
    }


def test_a_campfire_before_a_camera_that_looks_steeply_down_stands_over_the_tables_edge() -> None:
    """All but the tips of its flames was hidden."""
    view = make_setting().view
    with raked(0.2):
        steep = campfire.ground_y(view)
    assert steep > campfire.ground_y(view)
