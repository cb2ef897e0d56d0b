"""A jetty leads out over the water, and a far shore has hills."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.mountains import rising
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders.jetty import Jetty
from photoshoot.records import Box, Canvas
from photoshoot.sets import set_name
from photoshoot.sets.water import Water
from photoshoot.settings import SizeClass, Stance
from tests.director.reading import missed, read
from tests.placers.studio.conftest import smooth_plastics

SIZES = ((420, 301), (270, 480), (600, 314))


def _view(size: tuple[int, int], half_share: float = 0.1) -> View:
    width, height = size
    half, bottom = round(half_share * width), round(0.85 * height)
    box = Box(left=width // 2 - half, top=bottom - round(0.6 * height), right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, Water.camera_y)


def _built(design: Water, view: View) -> SetParts:
    with smooth_plastics():
        return load_builder(design)(design, view, np.random.default_rng(1))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("half_share", [0.06, 0.4])
def test_a_product_stands_on_the_jetty_with_room_beside_it_and_water_beyond(
    size: tuple[int, int], half_share: float
) -> None:
    view = _view(size, half_share)
    jetty = Jetty.under(view)
    sides = view.product_x + np.array([-1.0, 0.0, 1.0]) * view.product_half_width
    assert jetty.covers(sides, np.array([0.0, -view.product_back, 0.0])).all()
    assert jetty.covers(0.0, view.floor_z(view.height_px)), "the picture's lower edge shows its boards"
    end = view.to_pixel([[side * jetty.half_width + jetty.x, 0.0, jetty.back] for side in (-1, 1)])
    assert 0 < end[0, 0] < end[1, 0] < view.width_px, "beyond its end is water at both sides"
    assert end[0, 1] > view.axis_row_px


@pytest.mark.parametrize("night_sky", ["none", "stars"])
def test_a_lake_has_hills_by_day_and_by_night(night_sky: str) -> None:
    view = _view(SIZES[0])
    built = [_built(Water(far=far, night_sky=night_sky), view) for far in ("none", "hills")]  # type: ignore[arg-type]
    assert [("mountains" in parts.shapes) for parts in built] == [False, True]


def test_hills_are_lower_than_mountains() -> None:
    view = _view(SIZES[1])
    tops = [float(_top(rising(far, view, "#e8f1f5", 0.0, 3)["mountains"])) for far in ("hills", "mountains")]
    assert 0.5 < tops[0] < 0.7 * tops[1]


def _top(shape: object) -> float:
    return float(shape.bbox().max.y)  # type: ignore[attr-defined]


def test_a_jetty_of_stone_is_one_body_and_one_of_wood_is_boards_on_posts() -> None:
    view = _view(SIZES[0])
    wood, stone = (
        _built(Water(support="jetty", support_material=material), view).shapes for material in ("wood", "stone")
    )
    assert {"stand", "jetty_matte"} <= wood.keys()
    assert "jetty_matte" not in stone


def test_large_things_stand_on_a_jetty_and_not_in_the_water() -> None:
    assert [Water(support=support).takes(SizeClass.GEAR) for support in ("jetty", "water")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "on a wooden pier by a lake at dusk",
        "on a dock by a lake, pine forest behind, sunny morning",
        "auf einem Bootssteg am See bei Sonnenuntergang",
        "sur un ponton en bois au bord d'un lac",
        "на деревянном пирсе у озера",
    ],
)
def test_a_prompts_pier_is_a_jetty_in_its_lake(text: str) -> None:
    told = read(text)
    design = told.design
    assert isinstance(design, Water), told.reading
    assert (design.support, design.far) == ("jetty", "hills")
    assert "shown as" not in told.reading
    assert not missed(told).strip()


@pytest.mark.parametrize(
    ("text", "far"),
    [
        ("on a pier, mountains behind", "mountains"),
        ("wooden pier at a mountain lake", "mountains"),
        ("a dock at the sea", "none"),
    ],
)
def test_a_pier_leads_out_over_what_water_there_is(text: str, far: str) -> None:
    design = read(text).design
    assert set_name(design) == "water"
    assert (vars(design)["support"], vars(design)["far"]) == ("jetty", far)


def test_a_pier_on_a_beach_is_told_as_the_planks_that_it_is() -> None:
    told = read("on a pier at the beach")
    assert (set_name(told.design), vars(told.design)["stand"]) == ("beach", "square")
    assert "pier shown as planks" in told.reading
