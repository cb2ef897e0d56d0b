"""Every set can hold a product that stands, lies or hangs, in its own light and colours."""

from __future__ import annotations

import pytest

from photoshoot.placers.studio.set_builders import FAMILIES, hang, lay_flat, stand_up, take_stance
from photoshoot.sets import (
    SETS,
    Cyclorama,
    FlatLay,
    HangingWall,
    Light,
    Podium,
    SetDesign,
    Tabletop,
    WindowRoom,
)
from photoshoot.settings import Stance

_LIGHT = Light(azimuth_deg=33, color="#ffe0c0", fill=0.21)
_EVERY = pytest.mark.parametrize("kind", SETS.values(), ids=SETS.keys())


@_EVERY
@pytest.mark.parametrize("stance", list(Stance))
def test_every_set_takes_every_stance_in_its_own_light(kind: type[SetDesign], stance: Stance) -> None:
    design = kind(light=_LIGHT)
    held = take_stance(design, stance)
    assert held.light == _LIGHT
    assert held.only_stance in (stance, None)
    assert (held.only_stance is None) == (stance is Stance.UPRIGHT)
    assert type(held) in FAMILIES


@_EVERY
def test_a_set_that_can_hold_it_stays_as_it_is(kind: type[SetDesign]) -> None:
    design = kind()
    assert take_stance(design, design.only_stance or Stance.UPRIGHT) is design


def test_walls_keep_the_backdrops_colours_and_shadows() -> None:
    assert hang(Tabletop(backdrop_color="#112233")).colors == ("#112233",)
    assert hang(WindowRoom(wall_color="#445566", gobo="leaves")).gobo == "leaves"
    assert hang(Podium(backing="fluted")).wall == "fluted"
    assert hang(FlatLay(surface="wood", colors=("#aa8855",), vein_color="#332211")).vein_color == "#332211"


def test_flat_lays_and_walls_stand_up_as_what_they_are_made_of() -> None:
    table = stand_up(FlatLay(surface="marble", colors=("#101214",), vein_color="#c99d52", props="petals"))
    assert isinstance(table, Tabletop)
    assert (table.material, table.surface_color, table.vein_color, table.props) == (
        "marble",
        "#101214",
        "#c99d52",
        "petals",
    )
    assert stand_up(FlatLay(colors=("#ffffff", "#f7b6cc"))) == Cyclorama(colors=("#ffffff", "#f7b6cc"))
    shaded = stand_up(HangingWall(gobo="blinds", colors=("#c0c0c0",)))
    assert isinstance(shaded, WindowRoom)
    assert (shaded.gobo, shaded.wall_color) == ("blinds", "#c0c0c0")
    assert isinstance(stand_up(HangingWall(wall="fluted")), Podium)


def test_a_wall_lies_down_as_the_same_material() -> None:
    flat = lay_flat(HangingWall(wall="concrete", colors=("#888888",), gobo="panes"))
    assert (flat.surface, flat.colors, flat.gobo) == ("concrete", ("#888888",), "panes")
