from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.sets import SETS, Light, carry, hold, parse_set, set_name
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.location import Location
from photoshoot.sets.room import Room
from photoshoot.sets.stairs import Stairs
from photoshoot.sets.vanity import Vanity
from photoshoot.settings import SizeClass, Stance


@pytest.mark.parametrize("name", SETS)
def test_every_set_has_defaults_and_finds_its_name_again(name: str) -> None:
    design = parse_set({"name": name})
    assert type(design) is SETS[name]
    assert set_name(design) == name


def test_parameters_are_read() -> None:
    design = parse_set(
        {"name": "cyclorama", "colors": ["#ffffff", "#ff00aa"], "direction": "radial", "light": {"fill": 1, "rim": 0.5}}
    )
    assert design == Cyclorama(colors=("#ffffff", "#ff00aa"), direction="radial", light=Light(fill=1.0, rim=0.5))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": "cyclorama", "colors": ["red"]}, "#rrggbb"),
        ({"name": "cyclorama", "colors": []}, "one to four"),
        ({"name": "cyclorama", "finish": "wet"}, "matte, satin, gloss"),
        ({"name": "podium", "shapes": 1}, "bool"),
        ({"name": "flat_lay", "afloat": True}, "all is lying in this set"),
        ({"name": "hanging_wall", "afloat": True}, "all is hanging in this set"),
        ({"name": "podium", "podium_color": "#FFFFFF"}, "lower case"),
        ({"name": "podium", "light": {"fill": 2}}, "from 0 to 1"),
        ({"name": "podium", "light": {"fill": float("nan")}}, "from 0 to 1"),
        ({"name": "podium", "light": {"fill": True}}, "float"),
    ],
)
def test_wrong_values_say_what_is_allowed(data: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        parse_set(data)


def test_unknown_names_list_the_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="cyclorama"):
        parse_set({"name": "cyclorma"})
    with pytest.raises(UnknownNameError, match="podium_color"):
        parse_set({"name": "podium", "podium_colour": "#ffffff"})
    with pytest.raises(UnknownNameError, match="softness"):
        parse_set({"name": "podium", "light": {"soft": 1}})


@pytest.mark.parametrize("stance", [Stance.LYING, Stance.HANGING])
@pytest.mark.parametrize("gobo", ["slit", "leaves"])
def test_stairs_keep_their_shadow_however_a_product_is_placed(gobo: Literal["slit", "leaves"], stance: Stance) -> None:
    assert vars(hold(Stairs(gobo=gobo), stance))["gobo"] == gobo, "no window is out of doors"


def test_from_above_bulbs_glow_on_a_pale_dressing_table_alone() -> None:
    """Their warm light made a table of black marble brown."""
    glows = {color: Vanity(surface_color=color).lying().get("glow") for color in ("#f3efea", "#b98a5a", "#1d1f20")}
    assert glows == {"#f3efea": "pool", "#b98a5a": "pool", "#1d1f20": None}


@pytest.mark.parametrize("place", ["sky", "forest", "apartment"])
def test_a_mirror_out_of_doors_or_at_a_window_mirrors_from_above_too(
    place: Literal["sky", "forest", "apartment"],
) -> None:
    """It was paper in the bars of a window's shadow."""
    mirror = Location(place=place, material="plain", finish="mirror")
    assert mirror.mirrors
    assert not Location(place=place, material="plain", finish="gloss").mirrors
    assert (mirror.lying()["surface"], mirror.lying()["gobo"]) == ("lacquer", "none")


def test_the_page_of_presets_names_the_sets_that_two_keys_light() -> None:
    rows = (Path(__file__).parents[2] / "docs" / "presets.md").read_text(encoding="utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith("| `set.light.second_color`")]
    told = {word for word in re.findall(r"`(\w+)`", row) if word in SETS}
    assert told == {name for name, kind in SETS.items() if kind.takes_two_keys}


def test_what_floats_does_so_in_what_its_set_becomes() -> None:
    floating = Cyclorama(afloat=True)
    assert hold(floating, Stance.HANGING) is floating
    assert not hold(floating, Stance.LYING).afloat
    assert hold(Cyclorama(shot_size="wide", depth_of_field="deep"), Stance.LYING).shot_size == "wide"
    smaller = carry(Room(afloat=True), Stance.HANGING, SizeClass.TABLE_TOP)
    assert set_name(smaller) != "room"
    assert smaller.afloat
