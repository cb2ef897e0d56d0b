"""What is in the air stays off the product, whatever the picture's shape."""

from __future__ import annotations

from typing import get_args, get_type_hints

import numpy as np
import pytest

from photoshoot.placers.studio.assets.props.air import find_air
from photoshoot.placers.studio.assets.props.tossed import AIR
from photoshoot.placers.studio.camera import View
from photoshoot.records import Box, Canvas
from photoshoot.sets.celebration import Celebration
from photoshoot.settings import Stance


def make_view(width: int, height: int, half: int) -> View:
    bottom, tall = round(0.84 * height), round(0.5 * height)
    box = Box(left=width // 2 - half, top=bottom - tall, right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, 1.5)


def test_every_name_of_a_design_is_in_the_air() -> None:
    assert set(AIR) == set(get_args(get_type_hints(Celebration)["air"]))


@pytest.mark.parametrize("size", [(1674, 628, 90), (160, 600, 45), (970, 90, 30), (1080, 1080, 220)])
@pytest.mark.parametrize("name", [name for name in AIR if name != "none"])
def test_nothing_in_the_air_is_before_the_product(name: str, size: tuple[int, int, int]) -> None:
    view = make_view(*size)
    pieces = AIR[name](view, np.random.default_rng(2), ())
    assert len(pieces) <= 3
    for part, (mesh, _) in pieces.items():
        seen = view.to_pixel(mesh.vertices)
        over = np.abs(seen[:, 0] - view.width_px / 2 - view.product_x * view.px_per_unit) < size[2]
        level = seen[:, 1] > view.axis_row_px + (view.camera_y - view.product_height) * view.px_per_unit
        before = mesh.vertices[:, 2] > 0
        assert not (over & level & before).any(), f"{part} hangs before the product"


def test_places_in_the_air_are_apart_and_seeded() -> None:
    view, radii = make_view(1674, 628, 90), np.linspace(0.5, 0.1, 20)
    spots, again = (find_air(view, radii, np.random.default_rng(7)) for _ in range(2))
    assert len(spots) > 12
    for index, place in spots.items():
        assert np.array_equal(place, again[index])
        for other, there in spots.items():
            assert index == other or np.linalg.norm(place - there) > radii[index] + radii[other]
