"""Tables and the ground out of doors reach past the product's feet."""

from __future__ import annotations

from typing import Any

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.backdrops import table_tops
from photoshoot.placers.studio.backdrops.table_tops import (
    BACK_EDGE,
    table_back,
    table_material,
    table_top,
    wooden_shape,
)
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.landscape.lawn_and_sand import lawn, sand_bank
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.settings import Stance


def _view(rise_px: float = 0.0, width: int = 640, height: int = 240, camera_y: float = 1.3) -> View:
    half = min(round(0.35 * width), round(0.5 * height))
    bottom = round(0.85 * height)
    box = Box(left=width // 2 - half, top=bottom - round(0.6 * height), right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, camera_y, rise_px)


def _points(shape: object) -> np.ndarray:
    return np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)


@pytest.mark.parametrize("rise_px", [0.0, 20.0, 45.0, 60.0])
def test_no_foot_hangs_over_a_table_s_back_edge(rise_px: float) -> None:
    view = _view(rise_px)
    foot_row = 0.85 * 240 - rise_px
    assert table_back(view) < float(view.floor_z(foot_row))
    assert table_back(view) <= BACK_EDGE


def test_table_lies_under_the_whole_picture() -> None:
    view = _view(20.0)
    surface = Surface(material="plain", color="#888888", vein_color="#888888")
    points = _points(table_top(surface, "matte", view, np.random.default_rng(1)))
    assert points[:, 2].min() == pytest.approx(
        table_back(view), abs=1e-5
    )  # a float32 of about 3, of a mesh that was turned and moved
    assert points[:, 2].max() > view.distance
    assert points[:, 0].max() > view.half_width_at(table_back(view))


def test_metal_mirrors_more_than_it_scatters_in_its_own_colour_along_its_streaks() -> None:
    surface = Surface(material="plain", color="#b8703f", vein_color="#703c15")
    blend: Any = table_material(surface, "metal", np.random.default_rng(1))["bsdf"]
    mirrored = np.array(blend["a"]["specular_reflectance"]["bitmap"])
    scattered = np.array(blend["b"]["reflectance"]["bitmap"])
    assert blend["a"]["type"] == "roughconductor"
    assert mirrored.mean() > 1.2 * scattered.mean()
    red, green, blue = mirrored.mean((0, 1))
    assert red > green > blue, "copper is no grey mirror"
    across, along = (np.abs(np.diff(mirrored[..., 0], axis=axis)).mean() for axis in (0, 1))
    rows, columns = mirrored.shape[:2]
    assert across * rows > 10 * along * columns, "over the same length it changes across its streaks, and not along"


@pytest.mark.parametrize("size", [(640, 240), (160, 600), (970, 90)])
@pytest.mark.parametrize("ground", [lawn, sand_bank])
def test_ground_is_level_under_the_product_and_fills_the_picture_s_width(ground: object, size: tuple[int, int]) -> None:
    view = _view(0.0, *size)
    shapes, back, drop = ground("#7d9a3e", view, np.random.default_rng(2))  # type: ignore[operator]
    assert back < -view.product_back - 0.5
    assert drop > 0
    points = _points(next(iter(shapes.values())))
    under = (np.abs(points[:, 0] - view.product_x) < 0.8 * view.product_half_width) & (np.abs(points[:, 2] + 0.2) < 0.2)
    assert under.any()
    np.testing.assert_allclose(points[under, 1], 0, atol=0.03)
    assert points[:, 0].max() > view.half_width_at(back)


def test_blades_stay_low_and_are_those_of_the_seed() -> None:
    view = _view()
    first, again, other = (lawn("#7d9a3e", view, np.random.default_rng(seed))[0]["grass"] for seed in (1, 1, 7))
    points = _points(first)
    assert np.array_equal(points, _points(again))
    assert not np.array_equal(points, _points(other))
    assert 0.1 < float(points[:, 1].max()) < 0.5
    near = (np.abs(points[:, 0] - view.product_x) < view.product_half_width) & (np.abs(points[:, 2] + 0.2) < 0.2)
    assert float(points[near, 1].max()) < 0.22, "grass must not swallow the product's base"


@pytest.mark.parametrize(("turn", "side"), [(0.0, 1), (90.0, 1), (90.0, -1)])
def test_boards_that_face_the_camera_are_bright_on_the_side_of_the_light(
    turn: float, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the right, or from above, across the boards."""
    rows = np.arange(256, dtype=np.float32)
    height = np.repeat(np.sin(2 * np.pi * rows / 16)[:, None], 256, axis=1).astype(np.float32)
    ridges = Texture(color=np.full((256, 256, 3), 0.5, np.float32), height=height)
    monkeypatch.setattr(table_tops, "surface_texture", lambda *_: ridges)
    monkeypatch.setattr(table_tops, "textured", lambda texture, *_: texture)
    monkeypatch.setattr(table_tops, "to_shape", lambda mesh, bsdf: (mesh, bsdf))
    x, y = np.meshgrid([-4.0, 4.0], [3.0, -3.0])
    sheet = grid(np.stack([x, y, np.zeros_like(x)], -1), np.stack([x, -y], -1))
    light = Light(azimuth_deg=60.0 * side if turn else 0.0, elevation_deg=5.0 if turn else 60.0, fill=0.2)
    surface = Surface(material="wood", color="#888888", vein_color="#888888")
    shown: Any = wooden_shape(surface, sheet, ("satin", 0.01), 0.3, np.random.default_rng(1), (turn,), light)
    mesh, texture = shown
    looks, quads = mesh.uv.reshape(-1, 4, 2)[..., 1], mesh.vertices.reshape(-1, 4, 3)[..., 0 if turn else 1]
    along = np.polyfit(quads[0], looks[0], 1)[0]  # which way rows run over the sheet: right or left, up or down
    slope = np.gradient(height, axis=0) * np.sign(along)  # rising to the right, or upward
    assert np.sign(-np.mean(slope * (texture.color[..., 0] - 0.5))) == side
