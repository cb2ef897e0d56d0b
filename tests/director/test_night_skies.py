"""Nights over open sets: what is in the sky, and whose light is below."""

from __future__ import annotations

import pytest

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.design.night_skies import MOONLIGHT
from photoshoot.framing.product_sizes import ProductSize, settle
from photoshoot.sets import SetDesign, set_name
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.water import Water
from photoshoot.settings import SizeClass, Stance
from tests.director.test_direction import read
from tests.making import make_scene


@pytest.mark.parametrize(
    ("text", "name", "seen"),
    [
        ("in the desert at night", "dunes", "stars"),
        ("on desert dunes under the milky way", "dunes", "milky_way"),
        ("on the beach at night, full moon", "beach", "moon"),
        ("on a stone in a lake under a starry sky", "water", "stars"),
        ("in a snowy landscape at night, northern lights", "dunes", "aurora"),
        ("im Schnee unter Polarlichtern", "dunes", "aurora"),
        ("dans le désert sous la voie lactée", "dunes", "milky_way"),
    ],
)
def test_what_is_named_is_in_the_sky(text: str, name: str, seen: str) -> None:
    told = read(text)
    assert set_name(told.design) == name
    assert vars(told.design)["night_sky"] == seen
    assert told.unread == ()
    assert told.stand_ins == ()
    horizon, above = (hex_to_oklab(color)[0] for color in vars(told.design)["sky_colors"])
    assert above < horizon < 0.5, "it is dark"


@pytest.mark.parametrize("text", ["in the desert", "on the beach at sunset", "on a stone in a lake, sunny day"])
def test_by_day_there_are_clouds(text: str) -> None:
    assert vars(read(text).design)["night_sky"] == "none"


def test_no_sun_of_the_place_shines_by_night() -> None:
    assert read("in the desert").design.light.color != MOONLIGHT["color"]
    assert read("in the desert at night").design.light.color == MOONLIGHT["color"]
    assert read("in the desert at night, warm candle light").design.light.color != MOONLIGHT["color"]


@pytest.mark.parametrize(
    ("text", "name", "seen"),
    [
        ("on a wooden table, northern lights behind", "location", "aurora"),
        ("on a rock under the milky way", "rocks", "milky_way"),
        ("on a podium, galaxy background", "location", "milky_way"),
    ],
)
def test_a_real_place_by_night_has_them_too(text: str, name: str, seen: str) -> None:
    told = read(text)
    assert set_name(told.design) == name
    assert (vars(told.design)["place"], vars(told.design)["night_sky"]) == ("night", seen)


def test_other_places_have_no_stars_and_planets_are_told() -> None:
    assert "night_sky" not in read("in a kitchen under a starry sky").reading
    forest = read("in a forest at night under a starry sky")
    assert (vars(forest.design)["place"] == "night") == (vars(forest.design)["night_sky"] == "stars")
    assert "planet shown as a night sky full of stars" in read("on a wooden table, planet behind").stand_ins


def test_what_lies_says_that_it_sees_no_stars() -> None:
    hand_held = ProductSize(size_class=SizeClass.HAND_HELD, metres=0.1)
    told = settle(make_scene(Dunes(night_sky="milky_way")), Stance.LYING, hand_held)
    assert "milky way" in told.reading.split("not shown so: ")[1]


@pytest.mark.parametrize(("design", "place"), [(Water(night_sky="moon"), "night"), (Water(), "sky")])
def test_furniture_has_its_terrace_by_night(design: SetDesign, place: str) -> None:
    sofa = ProductSize(size_class=SizeClass.FURNITURE, metres=1.8)
    assert vars(settle(make_scene(design), Stance.UPRIGHT, sofa).design)["place"] == place


@pytest.mark.parametrize("text", ["snowy field under northern lights", "auf einem verschneiten Feld, Nordlichter"])
def test_a_field_of_snow_rolls_out_to_them(text: str) -> None:
    design = vars(read(text).design)
    assert (design["ground"], design["night_sky"]) == ("snow", "aurora")
    assert "sky_colors" in design
