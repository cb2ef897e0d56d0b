"""What is far behind a product that was seen from high up is seen as from lower, and where it would be."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args, get_type_hints

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, wall
from photoshoot.placers.studio.horizons import horizon_drop, seen_from_lower
from photoshoot.placers.studio.scene.bsdfs import BLACK
from photoshoot.placers.studio.scene.shapes import in_rake, raked, to_shape
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.records import Box, Canvas
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import Stance
from tests.placers.studio.conftest import smooth_plastics
from tests.sweeps import sampled

_SIZES = [(1080, 1080), (1674, 628), (1080, 1920), (8192, 1024), (160, 600)]
_BACKDROPS = get_args(get_type_hints(Tabletop)["backdrop"])
_CASES = sampled([(kind, size) for kind in _BACKDROPS for size in _SIZES], lambda case: case[0])


def make_view(size: tuple[int, int], pitch_deg: float | None) -> View:
    width, height = size
    box = Box(left=int(0.3 * width), top=int(0.25 * height), right=int(0.7 * width), bottom=int(0.84 * height))
    stands = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(replace(stands, pitch_deg=pitch_deg), Tabletop.camera_y)


def test_from_where_photos_are_taken_nothing_moves() -> None:
    view = make_view((1080, 1080), None)
    assert horizon_drop(view) < 0.5 * horizon_drop(make_view((1080, 1080), 40.0))
    assert seen_from_lower(view) == (view, 0.0)


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1920), (1674, 628)])
def test_what_is_raked_is_where_it_is_seen_from_lower(size: tuple[int, int]) -> None:
    view = make_view(size, 40.0)
    lower, slope = seen_from_lower(view)
    assert 0 < slope < 0.6
    assert view.camera_y - lower.camera_y > 0.3
    assert (lower.top, lower.bottom) == pytest.approx((view.top, view.bottom))  # the same picture
    points = np.random.default_rng(1).uniform((-9, -3, -13), (9, 5, 0), (50, 3))
    with raked(slope):
        there = np.c_[points, np.ones(50)] @ in_rake().T
    assert view.to_pixel(there) == pytest.approx(lower.to_pixel(points), abs=1e-6)
    assert np.array_equal(in_rake(), np.eye(3, 4))  # afterwards all is level again


def test_shapes_are_raked_and_keep_their_uprights() -> None:
    def corners(made: object) -> np.ndarray:
        return np.array(mi.traverse(made)["vertex_positions"]).reshape(-1, 3)

    upright: Mesh = wall(z=-8.0, half_width=1.0, bottom=0.0, top=2.0)
    with raked(0.25):
        leaning = corners(to_shape(upright, bsdf=BLACK))
    assert leaning == pytest.approx(upright.vertices - [0, 2.0, 0], abs=1e-6)


@pytest.mark.parametrize(("kind", "size"), _CASES)
def test_every_backdrop_is_seen_over_the_table_from_high_up(kind: str, size: tuple[int, int]) -> None:
    """Something of it stands where the table's far edge ends, up to the picture's upper edge."""
    view, design = make_view(size, 40.0), Tabletop(backdrop=kind)  # type: ignore[arg-type]
    with smooth_plastics():
        shapes = load_builder(design)(design, view, np.random.default_rng(2)).shapes
    rows = []
    for shape in shapes.values():
        if isinstance(shape, mi.Mesh):
            points = np.array(mi.traverse(shape)["vertex_positions"]).reshape(-1, 3)
            rows.append(view.to_pixel(points[points[:, 2] < -2.0])[:, 1])
    over = np.concatenate(rows)
    assert over.min() < 0
    assert over.max() > view.to_pixel([0.0, 0.0, -2.6])[1]
