"""What stands in the background of desks, dressing tables, laboratories, markets and gardens."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.lab_glass import (
    GLASS,
    LIQUID,
    beaker,
    cylinder,
    dishes,
    flask,
    glass,
    in_color,
    liquids,
    round_flask,
    seen_from,
    tubes,
)
from photoshoot.placers.studio.assets.market import CRATE, LEAF, PRODUCE, TILT_DEG, fruit_model, fruit_top, full_crate
from photoshoot.placers.studio.assets.office_things import wallpaper
from photoshoot.placers.studio.assets.vanity_things import arch_frame, brush_pot, flacon, jars, lipsticks, round_frame
from photoshoot.placers.studio.backdrops.snowy_view import _planted, snowy_view
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile
from photoshoot.placers.studio.scene.batching import Painted
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance
from tests.measures import FLOAT32

STYLE = Style(wood="#87654a", accent="#d9a5a0")


@pytest.mark.parametrize("build", [flask, round_flask, beaker, cylinder, tubes, dishes])
def test_a_liquid_goes_on_where_its_glass_ends_and_none_keeps_light_from_it(build: object) -> None:
    things = build(np.random.default_rng(3))  # type: ignore[operator]
    glasses, bodies = ([t.mesh.vertices for t in things if t.color == name] for name in (GLASS, LIQUID))
    for walls, body in zip(glasses, bodies, strict=True):
        assert float(walls[:, 1].min()) == pytest.approx(float(body[:, 1].max()), abs=FLOAT32)
        assert body[:, 1].min() >= -FLOAT32


@pytest.mark.parametrize("build", [flacon, brush_pot, jars, lipsticks])
def test_things_stand_on_the_table(build: object) -> None:
    lowest = min(float(thing.mesh.vertices[:, 1].min()) for thing in build(STYLE, np.random.default_rng(5)))  # type: ignore[operator]
    assert abs(lowest) < 0.02


@pytest.mark.parametrize("build", [flacon, brush_pot, jars, lipsticks])
def test_no_flat_metal_faces_the_camera_and_mirrors_a_whole_lamp(build: object) -> None:
    for seed in range(4):
        for thing in build(STYLE, np.random.default_rng(seed)):  # type: ignore[operator]
            if thing.roughness == "metal":
                corners = thing.mesh.vertices[thing.mesh.faces].astype(np.float64)
                normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2
                area = np.linalg.norm(normals, axis=1)
                facing = (area > 0) & (normals[:, 2] > 0.5 * area)
                ways = normals[facing] / area[facing, None]
                alike = (ways @ ways.T > np.cos(np.radians(8))) @ area[facing]
                assert alike.max(initial=0) < 0.1, "a fifth of a world unit across, round"


@pytest.mark.parametrize("produce", PRODUCE)
def test_a_crate_is_heaped_in_its_fruits_colours(produce: str) -> None:
    for fruit in PRODUCE[produce]:
        things = full_crate(fruit, "#b98a58", np.random.default_rng(1))
        shown = {thing.color for thing in things}  # type: ignore[union-attr]
        assert len(shown & set(fruit.colors)) >= 2
        assert max(float(thing.mesh.vertices[:, 1].max()) for thing in things) > 1.1, "over the crate's rim"


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("produce", PRODUCE)
def test_what_lies_in_a_crate_pierces_neither_its_neighbours_nor_the_slats(produce: str, seed: int) -> None:
    for fruit in PRODUCE[produce]:
        things = [
            replace(thing, mesh=thing.mesh.moved(0, -0.25).turned(-TILT_DEG, "x"))
            for thing in full_crate(fruit, "#b98a58", np.random.default_rng(seed))
        ]
        heap = [thing.mesh.vertices for thing in things if thing.color in fruit.colors]  # type: ignore[union-attr]
        fruits = np.concatenate(heap).reshape(-1, len(fruit_model(fruit.shape).vertices), 3).astype(np.float64)
        blades = [thing.mesh.vertices for thing in things if thing.color == LEAF]  # type: ignore[union-attr]
        for one, points in enumerate(fruits):
            others = np.delete(fruits, one, 0).reshape(-1, 3)
            assert _depth(others, points) < 0.5 * fruit.radius, "pressed together, not grown into each other"
            assert all(_depth(blade, points) < 0.02 * fruit.radius for blade in blades)
        lying = np.concatenate([fruits.reshape(-1, 3), *blades])
        under = lying[lying[:, 1] < 2 * CRATE[1]]
        assert (np.abs(under[:, [0, 2]]) < [CRATE[0], CRATE[2]]).all()
        assert bool(blades) == fruit.leafy


@pytest.mark.parametrize("near", [False, True])
def test_a_pepper_has_four_lobes_and_a_tomato_ribs_and_both_what_they_hung_by(near: bool) -> None:
    for shape, lobes, deep in (("pepper", 4, 0.12), ("tomato", 5, 0.03)):
        body = fruit_model(shape, near=near)
        top = fruit_top(shape, near=near)
        assert top is not None
        x, y, z = body.vertices.astype(np.float64).T
        ring = np.abs(y - np.median(y)) < 0.12
        angle, radius = np.arctan2(x, z)[ring], np.hypot(x, z)[ring]
        wave = np.abs(np.exp(1j * lobes * angle) @ (radius / radius.mean() - 1)) / ring.sum()
        assert wave > deep / 4, shape
        assert top.vertices[:, 1].max() > y.max(), "it is seen over the skin"
    assert fruit_top("round") is None, "an orange is no tomato"


def _depth(points: np.ndarray, fruit: np.ndarray) -> float:
    """How deep the deepest of points (n, 3) lies in a fruit, of which are its vertices; under 0, outside."""
    middle = fruit.mean(0)
    reach, far = (np.linalg.norm(part - middle, axis=1) for part in (fruit, points))
    close = far < reach.max()
    if not close.any():
        return float(reach.max() - far.min())
    near = cKDTree((fruit - middle) / reach[:, None]).query((points[close] - middle) / far[close, None])[1]
    return float((reach[near] - far[close]).max())


def test_pictures_of_screens_and_windows_have_the_colours_asked_for() -> None:
    blue = wallpaper(("#103070", "#2060c0"), 1).reshape(-1, 3).mean(0)
    assert blue[2] > 2 * blue[0]
    dusk, day = (snowy_view((color,), 1.5, 2).mean() for color in ("#34507f", "#eef3f8"))
    assert 0 < 2 * dusk < day
    again = snowy_view(("#34507f",), 1.5, 2)
    assert (again == snowy_view(("#34507f",), 1.5, 2)).all()


def test_firs_are_green_with_snow_on_ragged_boughs_and_no_bands() -> None:
    y, x = np.mgrid[:200, :200].astype(np.float32) / 200
    bare, white, near = np.full((200, 200, 3), 0.4, np.float32), np.ones(3, np.float32), (0.9, 1.0, 0.0)
    picture = _planted(bare, y, x, (0.5, 0.95, 0.9), white, near)[..., 1]
    assert (picture[picture != bare[..., 1]] < 0.3).mean() > 0.6, "most of a fir is its needles"
    columns = picture[100:160, 80:120]
    apart = [np.corrcoef(columns[:, i], columns[:, i + 6])[0, 1] for i in range(columns.shape[1] - 6)]
    assert np.mean(apart) < 0.3, "boughs end at heights of their own"


def test_a_rounded_profile_keeps_its_ends_and_has_no_corner() -> None:
    outline = [(0.0, 1.0), (0.5, 1.0), (0.5, 0.0), (0.0, 0.0)]
    soft = rounded_profile(outline)
    assert np.abs(soft[[0, -1]] - np.array(outline)[[0, -1]]).max() < FLOAT32
    step = np.diff(soft, axis=0)
    turn = np.degrees(np.abs(np.diff(np.unwrap(np.arctan2(step[:, 1], step[:, 0])))))
    assert turn.max() < 25  # a sharp corner turns by 90 degrees
    assert lathe(soft, 24).normals is not None


def _bench_view() -> View:
    box = Box(left=300, top=60, right=400, bottom=220)
    canvas = Canvas(label="t", width_px=700, height_px=260, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, 1.4)


@pytest.mark.parametrize("x", [-2.5, 0.0, 3.0])
def test_walls_of_glass_are_dark_where_they_are_seen_edge_on(x: float) -> None:
    """They passed all light everywhere: a beaker before a white wall had no sides."""
    view = _bench_view()
    wall = seen_from(lathe([(0.4, 1.0), (0.4, 0.0)], 64).moved(x, 0, -1.5), view)
    assert wall.uv is not None
    column = view.to_pixel(wall.vertices)[:, 0]
    entry: Any = glass()
    passes = np.array(entry["specular_transmittance"]["bitmap"])[0].mean(-1)
    shown = passes[np.clip((wall.uv[:, 0] * len(passes)).astype(int), 0, len(passes) - 1)]
    ends = np.minimum(column - column.min(), column.max() - column) < 0.002 * np.ptp(column)
    middle = np.abs(column - 0.5 * (column.min() + column.max())) < 0.05 * np.ptp(column)
    assert shown[ends].max() < 0.6 < 0.95 < shown[middle].min()


def test_a_liquid_is_bright_where_its_glass_is_round_and_each_has_its_own_colour() -> None:
    colors = ("#5fb4e0", "#f0b45a")
    entry: Any = liquids(colors)
    picture = np.array(entry["b"]["diffuse_reflectance"]["bitmap"])
    view = _bench_view()
    for number, color in enumerate(colors):
        body = next(
            thing for thing in beaker(np.random.default_rng(1)) if isinstance(thing, Painted) and thing.color == LIQUID
        )
        mesh = in_color(seen_from(body.mesh.moved(1.0, 0, -1.5), view), number, len(colors))
        assert mesh.uv is not None
        assert mesh.normals is not None
        column, row = (np.clip((mesh.uv[:, axis] * picture.shape[1 - axis]).astype(int), 0, picture.shape[1 - axis] - 1)
                       for axis in (0, 1))  # fmt: skip
        shown = picture[row, column]
        assert (np.argsort(shown.mean(0)) == np.argsort(hex_to_linear(color))).all()
        side = np.abs(mesh.normals[:, 1]) < 0.3
        facing = mesh.uv[:, 0] * len(colors) - number
        light = shown.mean(1)
        middle, beside_wall = light[side & (facing > 0.8)].mean(), light[side & (facing > 0.12) & (facing < 0.3)].mean()
        assert beside_wall < 0.75 * middle
        assert light[side & (facing < 0.08)].mean() > beside_wall, "its glass is paler"
        assert light[mesh.normals[:, 1] > 0.95].min() > light[side].mean(), "its surface is paler"


@pytest.mark.parametrize("parts", [arch_frame(1.1, 3.0), round_frame(1.4)])
def test_a_mirrors_frame_is_round_so_that_no_side_of_it_mirrors_one_thing_alone(parts: tuple[Mesh, Mesh]) -> None:
    """The arch's was a flat plate: brass in one tone, with speckled edges."""
    frame = parts[1]
    corners = frame.vertices[frame.faces].astype(np.float64)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(normals, axis=1)
    assert area[normals[:, 2] > 0.97 * area].sum() < 0.3 * area[normals[:, 2] > 0].sum()
