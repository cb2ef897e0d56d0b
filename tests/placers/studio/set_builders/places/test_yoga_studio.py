"""A yoga studio: its boards reach from under the product to the windows."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.horizons import seen_from_lower
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.placers.studio.set_builders.places import yoga_studio
from photoshoot.sets import set_name
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass
from tests.director.reading import read
from tests.placers.studio.conftest import smooth_plastics
from tests.placers.studio.set_builders.places.test_places import make_setting
from tests.placers.studio.test_horizons import make_view


@pytest.mark.parametrize(("material", "reaches"), [("wood", True), ("marble", False)])
def test_the_product_stands_on_its_boards_and_a_table_of_stone_ends_before_them(material: str, reaches: bool) -> None:
    setting = make_setting()
    design = Tabletop(backdrop="yoga_studio", material=material)  # type: ignore[arg-type]
    with smooth_plastics():
        shapes = load_builder(design)(design, setting.view, setting.rng).shapes
    back = float(shapes["table"].bbox().min.z)  # type: ignore[attr-defined]
    assert (back < yoga_studio.WALL_Z + 1.0) is reaches


@pytest.mark.parametrize("text", ["in a yoga studio", "im Yogastudio", "dans un studio de yoga", "в студии йоги"])
def test_a_yoga_studio_is_read_and_told_as_itself(text: str) -> None:
    told = read(text)
    assert vars(told.design)["backdrop"] == "yoga_studio", told.reading
    assert "shown as" not in told.reading
    assert told.unread == ()


@pytest.mark.parametrize("size_class", [SizeClass.FURNITURE, SizeClass.GEAR])
def test_what_is_large_stands_on_bare_boards(size_class: SizeClass) -> None:
    placed = Tabletop(backdrop="yoga_studio").placed(size_class)
    assert (placed["name"], placed["floor"], placed["rug"]) == ("room", "wood", False)


def test_a_dojo_is_a_bare_room() -> None:
    assert set_name(read("in a dojo").design) == "window_room"


def test_its_windows_are_seen_where_the_photo_looks_down_on_the_product() -> None:
    high = make_view((1080, 1080), 40.0)
    assert seen_from_lower(high)[1] > 0.0
    with smooth_plastics():
        design = Tabletop(backdrop="yoga_studio", material="wood")
        shapes = load_builder(design)(design, high, np.random.default_rng(1)).shapes
    assert float(shapes["table"].bbox().min.z) > -5.0  # type: ignore[attr-defined]
