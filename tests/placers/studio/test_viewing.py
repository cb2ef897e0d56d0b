from __future__ import annotations

import dataclasses

import pytest

from photoshoot.placers.studio.viewing import lens_radius, view_of
from photoshoot.sets import SetDesign
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.podium import Podium
from photoshoot.sets.road import Road
from photoshoot.sets.tabletop import Tabletop
from tests.placers.studio.conftest import make_request

CANVAS = make_request().canvas


@pytest.mark.parametrize("design", [Podium, Tabletop, Road])
def test_a_camera_is_lower_or_higher_where_the_photo_does_not_say_how_it_looked(design: type[SetDesign]) -> None:
    low, usual, high = (view_of(CANVAS, design(camera_angle=angle)).camera_y for angle in ("low", "usual", "high"))
    assert low < usual < high
    assert low >= 0.5 * view_of(CANVAS, design()).product_height, "never under the product's middle"


def test_where_the_photo_says_how_it_looked_the_camera_does_too() -> None:
    seen = dataclasses.replace(CANVAS, pitch_deg=30.0)
    low, usual, high = (view_of(seen, Podium(camera_angle=angle)) for angle in ("low", "usual", "high"))
    assert low == usual == high


def test_a_lens_is_opened_and_stopped_down() -> None:
    shallow, deep = Cyclorama(depth_of_field="shallow"), Cyclorama(depth_of_field="deep")
    for usual in (0.0, 0.05, 0.12):
        assert lens_radius(usual, Cyclorama()) == usual
        assert lens_radius(usual, shallow) > usual
        assert lens_radius(usual, deep) == 0
    assert lens_radius(0.4, shallow) == 0.4, "what is wide open is not closed"


def test_large_leaves_are_softer_than_what_they_frame() -> None:
    leafy = Tabletop(props="palm_leaves")
    assert lens_radius(0.05, leafy) == lens_radius(0.028, Dunes(beside="tropical_leaves")) > 0.05
    assert lens_radius(0.05, Tabletop(props="flowers", also=("monstera",))) > 0.05
    assert lens_radius(0.12, leafy) == 0.12
    assert lens_radius(0.0, leafy) == 0, "a set without a lens has none"
    assert lens_radius(0.05, dataclasses.replace(leafy, depth_of_field="deep")) == 0
    assert lens_radius(0.01, Dunes(beside="monstera", night_sky="stars")) == 0.01
