"""Rooms and platforms: few shapes, room for products photographed from above, and what each set is known by."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import replace
from typing import Any, Literal

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.assets.furniture import lighting
from photoshoot.placers.studio.assets.furniture.seats import sofa
from photoshoot.placers.studio.assets.furniture.style import Furnish, Spot, Style
from photoshoot.placers.studio.assets.props.instancing import prop_scale
from photoshoot.placers.studio.assets.toys import plush_bear
from photoshoot.placers.studio.backdrops.room_shell import Shell
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.scene.batching import Emissive, Painted, Things
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders import crates, interior, playroom, room
from photoshoot.placers.studio.set_builders.glossy_floor import build_glossy_floor
from photoshoot.placers.studio.set_builders.interior import dusk_of
from photoshoot.placers.studio.set_builders.platform import Platform
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light, SetDesign
from photoshoot.sets.cafe import Cafe
from photoshoot.sets.counter import Counter
from photoshoot.sets.crates import Crates
from photoshoot.sets.drapery import Drapery
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.gallery import Gallery
from photoshoot.sets.geometric_wall import GeometricWall
from photoshoot.sets.glossy_floor import GlossyFloor
from photoshoot.sets.gym import Gym
from photoshoot.sets.interior import Furnishing, Interior
from photoshoot.sets.lab import Lab
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.playroom import Playroom
from photoshoot.sets.podium import Podium
from photoshoot.sets.rocks import Rocks
from photoshoot.sets.room import Room
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import Stance
from tests.placers.studio.conftest import make_request, smooth_plastics

DESIGNS: tuple[SetDesign, ...] = (
    Interior(),
    Interior(room="living"),
    Counter(),
    Counter(room="bathroom", tiles="hexagon"),
    Gym(),
    Gym(weights=False),
    Gallery(),
    Podium(),
    Podium(shape="steps", backing="fluted"),
    Podium(shape="steps", podium_material="marble"),
    GeometricWall(colors=("#14161c", "#1c3fb0", "#eceae6", "#c2543a")),
    Drapery(),
)
MOST_SHAPES, MOST_TRIANGLES = 10, 150_000


def _view(design: SetDesign, size: tuple[int, int] = (1674, 628), rise_px: float = 0.0, half_px: int = 100) -> View:
    width, height = size
    box = Box(
        left=width // 2 - half_px, top=round(0.25 * height), right=width // 2 + half_px, bottom=round(0.85 * height)
    )
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, design.camera_y, rise_px)


def _build(design: SetDesign, view: View, seed: int = 1) -> SetParts:
    with smooth_plastics():
        return load_builder(design)(design, view, np.random.default_rng(seed))


def _vertices(shape: object) -> np.ndarray:
    return np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)


@pytest.mark.parametrize("style", ["living", "bedroom", "loft"])
@pytest.mark.parametrize("half_px", [130, 190, 250])
def test_no_piece_of_furniture_stands_out_of_the_picture(
    style: Literal["living", "bedroom", "loft"], half_px: int
) -> None:
    """A lamp there threw its shadow, as large as the product, across the wall."""
    design = Room(style=style)
    view = replace(_view(design, (756, 1344), half_px=half_px), unit_m=0.4)
    for seed in range(3):
        shell = Shell(design=design, metre=2.5, wall_z=-2.9, floor_y=0.0)
        for thing in room._furnish(shell, view, np.random.default_rng(seed)):
            x, z = thing.mesh.vertices[:, 0], thing.mesh.vertices[:, 2]
            seen = np.abs(x) < [view.half_width_at(float(depth)) for depth in z]
            assert seen.any(), "of every part of it, something is seen"


@pytest.mark.parametrize("size", [(1080, 1350), (1200, 628)])
def test_a_room_shows_what_one_sits_on(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """A tall picture of a living room was a window and no more."""
    drawn: list[Spot] = []

    def spied(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
        drawn.append(spot)
        return sofa(spot, style, rng)

    monkeypatch.setattr(interior, "sofa", spied)
    design = Interior(room="living")
    view = _view(design, size)
    for seed in range(5):
        drawn.clear()
        _build(design, view, seed)
        assert drawn
        assert abs(drawn[0].x) < view.half_width_at(drawn[0].wall_z)


@pytest.mark.parametrize("size", [(1080, 1350), (1080, 1080), (1920, 1080)])
@pytest.mark.parametrize("named", [("armchair", "lamp"), ("bookshelf", "armchair"), ("sofa",), ("plant", "pictures")])
@pytest.mark.parametrize("azimuth_deg", [-60.0, 60.0])
def test_what_is_named_of_a_room_is_seen_beside_the_product(
    size: tuple[int, int], named: tuple[Furnishing, ...], azimuth_deg: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An armchair and a lamp were told as shown, and were outside of the picture, or none was there."""
    design = Interior(room="living", furnished=named, light=Light(azimuth_deg=azimuth_deg))
    view = _view(design, size, half_px=size[0] // 4)
    spots: dict[str, Spot] = {}

    def spied(name: str, build: Furnish) -> Furnish:
        def placed(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
            spots[name] = spot
            return build(spot, style, rng)

        return placed

    monkeypatch.setattr(interior, "_PIECES", {name: spied(name, build) for name, build in interior._PIECES.items()})
    _build(design, view)
    for name in named:
        reach, shift = view.half_width_at(spots[name].wall_z), spots[name].x * view.half_width
        seen = shift / reach - view.product_x
        assert view.product_half_width < abs(seen) < view.half_width


@pytest.mark.parametrize("number", range(len(DESIGNS)), ids=lambda number: type(DESIGNS[number]).__name__)
def test_set_is_few_shapes_of_few_triangles(number: int) -> None:
    shapes = _build(DESIGNS[number], _view(DESIGNS[number])).shapes
    assert len(shapes) <= MOST_SHAPES
    assert sum(shape.face_count() for shape in shapes.values() if isinstance(shape, mi.Mesh)) < MOST_TRIANGLES


@pytest.mark.parametrize("rise_px", [0.0, 120.0, 200.0])
def test_round_platform_lies_under_the_farthest_feet(rise_px: float) -> None:
    view = _view(Podium(), rise_px=rise_px, half_px=300)
    platform = Platform.under(view)
    for x, z in ((view.product_half_width, 0.0), (0.7 * view.product_half_width, -view.product_back)):
        inside = np.hypot(x / platform.reach, (z - platform.center_z) / platform.depth)
        assert inside < 1.0, f"a foot at ({x:.2f}, {z:.2f}) is over the edge"


@pytest.mark.parametrize(("size", "rise_px"), [((1674, 628), 0.0), ((1674, 628), 200.0), ((1016, 90), 14.0)])
def test_arch_stands_before_the_wall_however_far_back_the_feet_are(size: tuple[int, int], rise_px: float) -> None:
    design = Podium(backing="arch", shapes=False)
    view = _view(design, size, rise_px=rise_px, half_px=size[1] // 2)
    meshes = [shape for shape in _build(design, view).shapes.values() if _is_mesh(shape)]
    points = np.concatenate([_vertices(mesh) for mesh in meshes])
    beside = np.abs(points[:, 0]) > view.half_width + 2.0  # where nothing but the sweep is
    wall = points[beside, 2].min()
    assert points[~beside, 2].min() >= wall, "arch or platform is behind the wall"


def _is_mesh(shape: object) -> bool:
    return isinstance(shape, mi.Mesh) and not shape.is_emitter()


@pytest.mark.parametrize("rise_px", [0.0, 120.0, 200.0])
def test_plinth_follows_the_product(rise_px: float) -> None:
    view = _view(Gallery(), rise_px=rise_px, half_px=300)
    points = _vertices(_build(Gallery(), view).shapes["eggshell"])
    top = points[points[:, 1] > -1e-3]
    assert np.abs(top[:, 0]).max() > view.product_half_width
    assert top[:, 2].min() < -view.product_back - 0.2
    assert points[:, 1].min() < view.bottom_at(float(points[:, 2].max()))


@pytest.mark.parametrize("design", [Counter(), Interior()], ids=lambda design: type(design).__name__)
@pytest.mark.parametrize("rise_px", [0.0, 200.0])
def test_top_reaches_behind_the_product(design: SetDesign, rise_px: float) -> None:
    view = _view(design, rise_px=rise_px, half_px=300)
    name = "counter" if isinstance(design, Counter) else "sideboard"
    assert _vertices(_build(design, view).shapes[name])[:, 2].min() < -view.product_back - 0.2


@pytest.mark.parametrize("size", [(1674, 628), (160, 600), (970, 90), (1080, 1920)])
def test_counter_shows_its_front_edge_below_the_product(size: tuple[int, int]) -> None:
    view = _view(Counter(), size, half_px=min(100, size[0] // 5))
    slab = _vertices(_build(Counter(props=False), view).shapes["counter"])
    front = slab[:, 2].max()
    edge = view.to_pixel([(0.0, -0.04, front)])[0, 1]
    base = view.to_pixel([(0.0, 0.0, 0.0)])[0, 1]
    assert base < edge < view.height_px
    assert front > 0.4


def test_gym_shows_its_accent_only_with_strips_of_light() -> None:
    view = _view(Gym())
    assert "lamps" in _build(Gym(), view).shapes
    bare = _build(Gym(weights=False), view).shapes
    assert "sun" in bare
    assert "lamps" not in bare
    lit = _build(Gym(weights=False, strips=True), view).shapes
    assert "lamps" in lit
    assert "sun" not in lit


def test_gallery_lights_every_picture() -> None:
    view = _view(Gallery(), (970, 90), half_px=14)
    spots = [name for name in _build(Gallery(), view).shapes if name.startswith("spot")]
    assert len(spots) >= 6


@pytest.mark.parametrize("unit_m", [0.2, 0.5, 0.9])
def test_place_is_seen_over_a_terraces_wall_however_small_the_product(unit_m: float) -> None:
    design = Room(style="terrace", rug=False)
    view = dataclasses.replace(_view(design), unit_m=unit_m)
    shapes = _build(design, view).shapes
    corners = np.concatenate([_vertices(shape) for name, shape in shapes.items() if name.startswith("wall_")])
    assert corners[:, 1].max() < 0.7 * view.top_at(float(corners[:, 2].max()))


def test_neon_bars_are_in_a_square_picture_beside_a_wide_product() -> None:
    design = NeonRoom(shape="bars")
    view = _view(design, size=(900, 900), half_px=340)
    bars = [_vertices(shape) for name, shape in _build(design, view).shapes.items() if name.startswith("bars")]
    assert bars
    for points in bars:
        assert np.abs(points[:, 0]).min() < view.half_width_at(float(points[:, 2].mean()))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [(1200, 628), (1674, 628), (970, 250)])
def test_nothing_hovers_beside_a_cafes_round_table(size: tuple[int, int], seed: int) -> None:
    design = Cafe()
    view = _view(design, size=size, half_px=round(0.12 * size[0]))
    shapes = _build(design, view, seed).shapes
    table = _vertices(shapes["table"])
    middle, radius = table.mean(0), float(np.ptp(table[:, 0])) / 2
    china = np.concatenate(
        [_vertices(shapes[name]) for name in ("gloss", "semigloss", "matte", "metal") if name in shapes]
    )
    low = china[(china[:, 1] > 0.005) & (china[:, 1] < 0.08) & (china[:, 2] > -3.0)]
    assert len(low)
    assert (np.hypot(low[:, 0] - middle[0], low[:, 2] - middle[2]) < radius + 0.02).all()


@pytest.mark.parametrize("snow", [False, True])
def test_a_rooms_window_stands_before_its_wall(snow: bool) -> None:
    parts = _build(Room(snow=snow), _view(Room(), (2400, 628)))
    panes = [shape for shape in parts.shapes.values() if isinstance(shape, mi.Mesh) and shape.is_emitter()]
    wall = float(parts.shapes["wall"].bbox().max.z)  # type: ignore[attr-defined]
    upright = [pane for pane in panes if float(pane.bbox().min.z) < wall + 1.0]
    assert upright, "a window is in the picture"
    for pane in upright:
        assert float(pane.bbox().min.z) > wall + 0.01


@pytest.mark.parametrize("aside", [-1.2, 0.0, 0.7])
def test_a_laboratory_shows_a_pane_and_no_bar_behind_the_product(aside: float) -> None:
    """Bars that were things of their own, out of focus before light, were ragged, and one stood behind the product."""
    view = replace(_view(Lab()), product_x=aside)
    window = mi.traverse(_build(Lab(), view).shapes["window"])
    corners = np.array(window["vertex_positions"]).reshape(-1, 3)
    u = np.array(window["vertex_texcoords"]).reshape(-1, 2)[:, 0]
    behind = aside * (view.distance - corners[0, 2]) / view.distance
    ends = corners[:, 0].argsort()[[0, -1]]
    light = np.array(window["emitter.radiance.data"])[20, :, 1]
    at = np.interp(behind, corners[ends, 0], u[ends]) % 1.0 * len(light)
    assert light[int(at)] > 0.999 * light.max()
    assert light.min() < 0.85 * light.max(), "there are bars"


@pytest.mark.parametrize("half_px", [160, 260, 340])
def test_a_playroom_shows_toys_beside_the_widest_product(half_px: int) -> None:
    """None of them found room in upright pictures."""
    view = _view(Playroom(), (1080, 1350), half_px=half_px)
    for seed in range(4):
        toys = playroom._toys(Playroom(), view, -7.0, np.random.default_rng(seed))
        middles = np.array([thing.mesh.vertices[:, 0].mean() for thing in toys if thing.seen])
        assert (middles < 0).any()
        assert (middles > 0).any()


@pytest.mark.parametrize("seed", range(4))
def test_a_playroom_has_the_toys_that_are_named(seed: int) -> None:
    """Chance had picked others."""
    design = Playroom(toys=("bear", "rings"))
    view = _view(design, (1080, 1080), half_px=200)
    toys = [thing for thing in playroom._toys(design, view, -7.0, np.random.default_rng(seed)) if thing.seen]
    near = max(thing.mesh.vertices[:, 2].mean() for thing in toys)
    fur = next(thing for thing in plush_bear(design.toy_colors, np.random.default_rng(0)) if isinstance(thing, Painted))
    bears = [thing for thing in toys if isinstance(thing, Painted) and thing.color == fur.color]
    assert any(bear.mesh.vertices[:, 2].mean() > near - 1.0 for bear in bears)


@pytest.mark.parametrize("size", [(1506, 1080), (1080, 1350)])
def test_an_awnings_posts_end_under_its_cloth(size: tuple[int, int]) -> None:
    """They came out above it."""
    things = crates._stall(Crates(), _view(Crates(), size))
    cloth, posts = np.concatenate([thing.mesh.vertices for thing in things[:-1]]), things[-1].mesh.vertices
    slope = cloth[[cloth[:, 1].argmax(), (cloth[:, 2] + cloth[:, 1]).argmax()]]
    for _, y, z in posts[posts[:, 1] > 0]:
        assert y < np.interp(z, slope[:, 2], slope[:, 1])


def test_snow_lies_on_a_terrace_and_its_wall() -> None:
    design = Room(style="terrace", snow=True)
    view = _view(design)
    parts = _build(design, view)
    assert "rug" not in parts.shapes
    floor, cushion = _vertices(parts.shapes["floor"]), _vertices(parts.shapes["cushion"])
    near = np.abs(floor[:, 0] - view.product_x) < 0.5 * view.product_half_width
    under = floor[near & (np.abs(floor[:, 2]) < 0.1), 1]
    assert np.abs(under).max() < 0.02, "the product stands on it"
    assert cushion[:, 1].min() > floor[:, 1].max(), "on the wall"
    assert cushion[:, 1].max() < view.top_at(float(cushion[:, 2].mean())), "and firs are seen over it"


def test_petals_beside_a_sofa_are_petals() -> None:
    view, spread = _view(Room()), {}
    for metres in (0.15, 0.9):
        parts = _build(Room(beside="petals"), dataclasses.replace(view, prop_scale=prop_scale(metres)))
        points = np.concatenate([_vertices(shape) for name, shape in parts.shapes.items() if name.startswith("beside")])
        spread[metres] = len(points), float(points[:, 1].max())
    assert spread[0.9][0] > 1.3 * spread[0.15][0], "more of them"
    assert spread[0.9][1] < 0.6 * spread[0.15][1], "and smaller"


@pytest.mark.parametrize(
    ("plain", "bricked"),
    [
        (WindowRoom(wall_color="#a8573c", gobo="none"), {"wall": "brick"}),
        (NeonRoom(wall_color="#84402c"), {"wall": "brick"}),
        (Tabletop(backdrop_color="#a8573c"), {"backdrop": "brick"}),
    ],
    ids=["window_room", "neon_room", "tabletop"],
)
def test_a_wall_of_bricks_has_joints_where_a_plain_one_has_none(plain: SetDesign, bricked: dict[str, Any]) -> None:
    walls = []
    for design in (plain, replace(plain, **bricked)):
        wall = _build(design, _view(design)).shapes["wall"]
        values = [np.array(value) for name, value in mi.traverse(wall) if name.endswith("reflectance.data")]
        walls.append(max((value for value in values), key=np.size).reshape(-1, 3).mean(-1))
    assert walls[1].std() / walls[1].mean() > 2 * walls[0].std() / walls[0].mean()


def test_red_bricks_are_seen_to_be_red_in_blue_neon(placer: StudioPlacer) -> None:
    design = NeonRoom(wall="brick", wall_color="#84402c", shape="bars", colors=("#2a7bff",))
    image = placer.place([make_request(design)])[0].image
    third = image.shape[1] // 3
    red, _, blue = image[:40, third:-third].reshape(-1, 3).mean(0)  # of the wall between the tubes
    assert red > 40, "of 255"
    assert red > 0.5 * blue


@pytest.mark.parametrize("shape", ["bars", "gel"])
def test_neon_stands_over_a_floor_of_its_material(shape: Literal["bars", "gel"]) -> None:
    materials: tuple[Literal["concrete", "marble", "stone", "wood"], ...] = ("concrete", "marble", "stone", "wood")
    for material in materials:
        design = NeonRoom(shape=shape, floor=material, floor_color="#a06040", vein_color="#604020")
        floor = _build(design, _view(design)).shapes["floor"]
        values = [np.array(value) for name, value in mi.traverse(floor) if name.endswith("reflectance.data")]
        seen = max(values, key=np.size).reshape(-1, 3)
        np.testing.assert_allclose(seen.mean(0), hex_to_linear("#a06040"), atol=0.12, err_msg=material)
        assert seen.std() > 0.005, material


@pytest.mark.parametrize("azimuth_deg", [-60.0, 60.0])
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_fixed_lights_side_is_that_of_the_first_gel(azimuth_deg: float, seed: int) -> None:
    light = Light(azimuth_deg=azimuth_deg, fixed=True)
    standing = NeonRoom(shape="gel", colors=("#d02020", "#20a040"), light=light)
    lying = FlatLay(surface="paper", glow="gels", glow_colors=standing.colors, light=light)
    for design in (standing, lying):
        shapes = _build(design, _view(design), seed).shapes
        for shape in (shapes["gel_0"], shapes["gel_1"]):
            red, green, _ = np.array(mi.traverse(shape)["emitter.radiance.value"]).ravel()
            assert (red > green) == ((_vertices(shape)[:, 0].mean() < 0) == (azimuth_deg < 0))


def test_a_neon_rooms_own_floor_is_there_from_above_too() -> None:
    assert NeonRoom(wall_color="#26262e").lying()["colors"] == ("#26262e",)
    lacquer, marble = NeonRoom(floor_color="#f8f8f7", shape="gel"), NeonRoom(floor="marble", floor_color="#f8f8f7")
    assert [lacquer.lying()["surface"], marble.lying()["surface"]] == ["lacquer", "marble"]
    assert lacquer.lying()["colors"] == marble.lying()["colors"] == ("#f8f8f7",)


def test_rocks_lie_before_a_wall_or_in_a_place() -> None:
    shapes = [_build(design, _view(design)).shapes for design in (Rocks(), Rocks(place="forest"))]
    assert ["wall" in parts for parts in shapes] == [True, False]
    assert ["place" in parts for parts in shapes] == [False, True]


@pytest.mark.parametrize(
    ("backdrop", "accent", "metals"),
    [
        ("#17161a", "#e8b23c", True),
        ("#17161a", "#3c6be8", False),
        ("#ecd8c6", "#e8b23c", False),
    ],
)
def test_before_black_a_podiums_gold_is_metal(backdrop: str, accent: str, metals: bool) -> None:
    """It was mustard paint."""
    design = Podium(backdrop_color=backdrop, podium_color="#232228", accent_color=accent)
    shapes = _build(design, _view(design)).shapes.values()
    coats = [str(shape.bsdf()) for shape in shapes if isinstance(shape, mi.Mesh)]
    assert any("RoughConductor" in coat for coat in coats) == metals


@pytest.mark.parametrize("shape", ["round", "square", "steps"])
@pytest.mark.parametrize("material", ["stone", "marble", "concrete", "wood"])
def test_a_platform_of_a_material_is_where_the_painted_one_is(
    shape: Literal["round", "square", "steps"], material: Literal["stone", "marble", "concrete", "wood"]
) -> None:
    painted = Podium(shape=shape, backing="none", shapes=False)
    of = replace(painted, podium_material=material)
    view = _view(of)
    whole, body = _build(painted, view).shapes, _build(of, view).shapes["stand"]
    points, known = _vertices(body), np.concatenate([_vertices(mesh) for mesh in whole.values() if _is_mesh(mesh)])
    assert {tuple(point) for point in points.round(4)} <= {tuple(point) for point in known.round(4)}
    assert np.isclose(points[:, 1], 0.0, atol=1e-5).any(), "the product stands on it"
    assert "BitmapTexture" in str(body.bsdf())  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1920), (1506, 1080), (1674, 628)])
@pytest.mark.parametrize("pitch_deg", [5.0, 25.0, 44.0])
def test_the_glow_behind_a_glossy_floor_is_seen_from_high_up_too(size: tuple[int, int], pitch_deg: float) -> None:
    width, height = size
    box = Box(left=round(0.3 * width), top=round(0.3 * height), right=round(0.7 * width), bottom=round(0.85 * height))
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    view = View.of(replace(canvas, pitch_deg=pitch_deg), GlossyFloor.camera_y)
    floor = build_glossy_floor(GlossyFloor(), view, np.random.default_rng(3)).shapes["floor"]
    assert isinstance(floor, mi.Mesh)
    corners = np.array(mi.traverse(floor)["vertex_positions"]).reshape(-1, 3)
    farthest = float(corners[:, 2].min())
    assert view.to_pixel(np.array([[0.0, 0.0, farthest]]))[0, 1] > 0.15 * height
    assert farthest < -view.product_back - 2.0


@pytest.mark.parametrize("color", ["#0c0d10", "#b01524"])
def test_a_spotlight_shows_on_a_dark_mirror(color: str) -> None:
    design = GlossyFloor(floor_color=color, light=Light(gobo="spot"))
    shape = _build(design, _view(design)).shapes["floor"]
    values = [np.array(value) for name, value in mi.traverse(shape) if name.endswith("reflectance.data")]
    pool = max(values, key=np.size)
    side = math.isqrt(pool.size // 3)
    pool = pool.reshape(side, side, 3) @ LUMINANCE
    assert pool[side // 2, side // 2] > 1.5 * pool[0, 0]
    np.testing.assert_allclose(pool[0, 0], hex_to_linear(color) @ LUMINANCE, rtol=0.02)


def test_a_room_in_the_sun_may_have_a_floor_of_boards() -> None:
    deviations = []
    floors: tuple[Literal["plaster", "wood"], ...] = ("plaster", "wood")
    for floor in floors:
        design = WindowRoom(floor=floor, floor_color="#a06040")
        shape = _build(design, _view(design)).shapes["floor"]
        values = [np.array(value) for name, value in mi.traverse(shape) if name.endswith("reflectance.data")]
        seen = max(values, key=np.size).reshape(-1, 3)
        np.testing.assert_allclose(seen.mean(0), hex_to_linear("#a06040"), atol=0.12, err_msg=floor)
        deviations.append(seen.std(0).mean())
    assert deviations[1] > 2 * deviations[0], "grain"


def test_at_night_a_room_is_lit_by_lamps_and_its_windows_are_dark() -> None:
    """A book was asked for by a lamp in the evening, and stood before windows full of noon."""

    def panes(intensity: float) -> float:
        glow = lighting.window(Spot(x=0, wall_z=-20, floor_y=-6, ceiling_y=6), style(intensity), rng())[0]
        assert isinstance(glow, Emissive)
        return float((np.asarray(glow.light) @ LUMINANCE).mean())

    def style(intensity: float) -> Style:
        return Style(wood="#8a5a33", accent="#c98a2b", dusk=dusk_of(Light(intensity=intensity)))

    def rng() -> np.random.Generator:
        return np.random.default_rng(1)

    assert panes(0.94) == panes(0.86)
    assert panes(0.74) < 0.12 * panes(0.94)
