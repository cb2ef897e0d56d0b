"""A park bench: slats under the product, and a back behind it that leaves the park to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.set_builders.bench import park_bench
from photoshoot.records import Box, Canvas
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.location import Location
from photoshoot.sets.named import left_behind
from photoshoot.settings import Stance
from tests.director.reading import read


@pytest.mark.parametrize("size", [(420, 301), (270, 480), (600, 314)])
def test_its_back_is_seen_behind_the_product_and_the_park_over_it(size: tuple[int, int]) -> None:
    width, height = size
    bottom = round(0.85 * height)
    box = Box(left=width // 2 - 30, top=bottom - round(0.6 * height), right=width // 2 + 30, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    view = View.of(canvas, Location.camera_y)
    shapes, back, drop = park_bench("#8f6a44", "#4e3523", view, np.random.default_rng(1))
    wood = shapes["table"].bbox()  # type: ignore[attr-defined]
    top_row = view.to_pixel([[0.0, float(wood.max.y), float(wood.min.z)]])[0, 1]
    assert drop == 0.0
    assert back < -view.product_back
    assert view.axis_row_px < top_row < view.to_pixel([[0.0, 0.0, back]])[0, 1]
    assert wood.min.z < back


@pytest.mark.parametrize(
    "text", ["on a park bench in autumn", "on a garden bench", "auf einer Parkbank im Herbst", "公園のベンチの上"]
)
def test_a_prompts_bench_in_a_park_is_one(text: str) -> None:
    told = read(text)
    assert isinstance(told.design, Location), told.reading
    assert (told.design.bench, told.design.place) == (True, "park")
    assert "shown as" not in told.reading


def test_a_bench_that_is_not_there_is_told() -> None:
    assert "bench" in left_behind(Location(bench=True), FlatLay(surface="wood"))
