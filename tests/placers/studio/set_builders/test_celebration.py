"""Celebrations fill the picture, show their colour, and put nothing before the product."""

from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.set_builders.celebration import build_celebration
from photoshoot.records import Box, Canvas
from photoshoot.sets.celebration import Celebration
from photoshoot.settings import Stance
from tests.making import lay_flat
from tests.placers.studio.conftest import smooth_plastics

DESIGNS = (
    Celebration(props="gifts", air="balloons"),
    Celebration(props="confetti", air="streamers", backdrop="bokeh", finish="gloss"),
    Celebration(props="lanterns", air="stars", backdrop="glow"),
    Celebration(props="none", air="snow"),
)


def make_view(width: int, height: int) -> View:
    half, bottom = max(3, round(0.06 * width)), round(0.84 * height)
    box = Box(left=width // 2 - half, top=round(0.3 * height), right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, 1.5)


def build(design: Celebration, view: View, seed: int = 1) -> SetParts:
    with smooth_plastics():
        return build_celebration(design, view, np.random.default_rng(seed))


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: f"{design.props}-{design.air}")
@pytest.mark.parametrize("size", [(1674, 628), (160, 600), (970, 90)])
def test_celebration_fills_the_canvas_in_few_shapes(design: Celebration, size: tuple[int, int]) -> None:
    view = make_view(*size)
    parts = build(design, view)
    assert len(parts.shapes) <= 12
    scene = mi.load_dict({"type": "scene", **parts.shapes})
    corners = view.to_world([0.5, size[0] - 0.5] * 2, [0.5, 0.5, size[1] - 0.5, size[1] - 0.5])
    eye = np.array([0.0, view.camera_y, view.distance])
    for corner in corners:
        way = corner - eye
        ray = mi.Ray3f(eye.tolist(), (way / np.linalg.norm(way)).tolist())
        hit = scene.ray_intersect(ray)
        assert bool(np.array(hit.is_valid()).all()), f"a corner is empty at {size}"


def test_no_shape_of_the_props_replaces_one_of_the_set() -> None:
    view = make_view(1674, 628)
    bare = build(Celebration(props="none"), view).shapes
    full = build(Celebration(props="paper_lanterns", air="confetti"), view).shapes
    assert set(bare) < set(full)
    assert full["paper"].bbox().extents().x > 2 * view.half_width  # type: ignore[attr-defined]


def test_seed_decides_the_celebration() -> None:
    view = make_view(1674, 628)
    first, again, other = (
        np.array(mi.traverse(build(DESIGNS[0], view, seed).shapes["air_skins"])["vertex_positions"])
        for seed in (4, 4, 5)
    )
    assert np.array_equal(first, again)
    assert first.shape != other.shape or not np.array_equal(first, other)


def test_flat_lay_keeps_what_lies_or_has_fallen() -> None:
    flat = lay_flat(Celebration(props="none", air="streamers", prop_colors=("#aa2233",), backdrop_color="#e0d0f0"))
    assert (flat.props, flat.prop_colors, flat.colors) == ("confetti", ("#aa2233",), ("#e0d0f0",))
    assert lay_flat(Celebration(props="gifts", air="balloons")).props == "gifts"
