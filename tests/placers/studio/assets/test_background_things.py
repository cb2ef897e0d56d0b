"""What stands in the background of desks, dressing tables, laboratories, markets and gardens."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.lab_glass import (
    GLASS,
    LIQUID,
    beaker,
    cylinder,
    dishes,
    flask,
    round_flask,
    tubes,
)
from photoshoot.placers.studio.assets.market import CRATE, LEAF, PRODUCE, TILT_DEG, fruit_model, full_crate
from photoshoot.placers.studio.assets.office_things import wallpaper
from photoshoot.placers.studio.assets.vanity_things import brush_pot, flacon, jars, lipsticks
from photoshoot.placers.studio.backdrops.snowy_view import _planted, snowy_view
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile
from tests.measures import FLOAT32

STYLE = Style(wood="#87654a", accent="#d9a5a0")


@pytest.mark.parametrize("build", [flask, round_flask, beaker, cylinder, tubes, dishes])
def test_a_liquid_goes_on_where_its_glass_ends_and_none_keeps_light_from_it(build: object) -> None:
    things = build(np.random.default_rng(3))  # type: ignore[operator]
    glasses, liquids = ([t.mesh.vertices for t in things if t.color == name] for name in (GLASS, LIQUID))
    for glass, liquid in zip(glasses, liquids, strict=True):
        assert float(glass[:, 1].min()) == pytest.approx(float(liquid[:, 1].max()), abs=FLOAT32)
        assert liquid[:, 1].min() >= -FLOAT32


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
