"""Every set can hold a product that stands, lies or hangs, in its own light and colours."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict, make_dataclass, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from photoshoot.errors import SettingsError
from photoshoot.sets import (
    FAMILIES,
    SETS,
    Light,
    SetDesign,
    SetFamily,
    colored,
    hold,
    parse_set,
    register_set,
    set_name,
)
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.sets.podium import Podium
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import Stance
from tests.making import hang, lay_flat
from tests.sweeps import is_exhaustive

_LIGHT = Light(azimuth_deg=33, color="#ffe0c0", fill=0.21)
TOGETHER = 2 if is_exhaustive() else 1
"""So many of a set's parameters are another than by default, each in all of its ways."""
_EVERY = pytest.mark.parametrize("kind", SETS.values(), ids=SETS.keys())


@_EVERY
@pytest.mark.parametrize("stance", list(Stance))
def test_every_set_takes_every_stance_in_its_own_light(kind: type[SetDesign], stance: Stance) -> None:
    design = kind(light=_LIGHT)
    held = hold(design, stance)
    assert held.light == _LIGHT
    assert held.holds(stance)
    assert type(held) in SETS.values()


@_EVERY
def test_a_set_that_can_hold_it_stays_as_it_is(kind: type[SetDesign]) -> None:
    design = kind()
    assert hold(design, design.only_stance or Stance.UPRIGHT) is design


@_EVERY
def test_what_every_choice_of_a_set_becomes_may_stand_in_a_preset_file(kind: type[SetDesign]) -> None:
    choices = {name: get_args(hint) for name, hint in get_type_hints(kind).items() if get_origin(hint) is Literal}
    designs = {
        kind(**dict(zip(names, values, strict=True)))
        for names in itertools.combinations([*choices, "light", "light"], TOGETHER)
        for values in itertools.product(*(choices.get(name, (_LIGHT,)) for name in names))
    }
    for held in {hold(design, stance) for design in designs for stance in Stance}:
        written = {"name": set_name(held), **json.loads(json.dumps(asdict(held)))}
        assert parse_set(written) == held


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"behind": ("wall_color",), "free_colors": ("roof_color",)}, r"free_colors.*roof_color"),
        ({"behind": ("roof_color",)}, r"behind.*roof_color"),
        ({}, "behind"),
        ({"behind": ("wall_color",), "unpainted": ("roof",)}, r"unpainted.*roof"),
        ({"behind": ("wall_color",), "trim_color": colored("#ffffff", "roof")}, r"parts.*roof"),
        (
            {"behind": ("wall_color",), "trim_color": colored("#ffffff", follows=("roof_color", None, 1))},
            r"follows.*roof",
        ),
    ],
)
def test_a_set_that_speaks_of_what_it_has_not_is_refused(facts: dict[str, object], key: str) -> None:
    fields: list[tuple[str, type, Any]] = [("wall_color", str, colored("#ffffff", "backdrop"))]
    fields += [(name, str, value) for name, value in facts.items() if name.endswith("color")]
    plain = {name: value for name, value in facts.items() if not name.endswith("color")}
    kind = make_dataclass("Shed", fields, bases=(SetDesign,), namespace=plain, frozen=True, kw_only=True)
    with pytest.raises(SettingsError, match=key):
        SetFamily(name="shed", design=kind, builder="sheds:build_shed")


def test_a_builder_is_a_module_and_a_function() -> None:
    with pytest.raises(SettingsError, match="module:function"):
        SetFamily(name="shed", design=Podium, builder="sheds.build_shed")


@pytest.mark.parametrize("family", [FAMILIES["podium"], replace(FAMILIES["podium"], name="shed")])
def test_names_and_designs_are_taken_once(family: SetFamily) -> None:
    with pytest.raises(SettingsError, match="of its own"):
        register_set(family)
    assert "shed" not in SETS


@_EVERY
def test_no_set_becomes_a_bare_sheet_of_plaster(kind: type[SetDesign]) -> None:
    flat = hold(kind(), Stance.LYING)
    if kind.only_stance is None and isinstance(flat, FlatLay) and flat.surface in ("plaster", "paper"):
        assert kind is Cyclorama or {flat.gobo, flat.props, flat.under, flat.glow} != {"none"}


@_EVERY
def test_what_hangs_does_so_in_the_set_itself(kind: type[SetDesign]) -> None:
    design = kind(light=_LIGHT)
    if design.only_stance is None:
        assert hold(design, Stance.HANGING) is design


@pytest.mark.parametrize("surface", get_args(get_type_hints(FlatLay)["surface"]))
def test_a_surface_that_is_no_wall_stands_up_and_hangs_as_the_set_it_is_a_piece_of(surface: str) -> None:
    flat = FlatLay(surface=surface, colors=("#304050",))  # type: ignore[arg-type]
    upright, hanging = hold(flat, Stance.UPRIGHT), hold(flat, Stance.HANGING)
    assert upright.holds(Stance.UPRIGHT)
    assert hanging.holds(Stance.HANGING)
    assert isinstance(hanging, HangingWall) or hanging == upright
    assert "#304050" in json.dumps(asdict(upright))


def test_walls_keep_their_grain() -> None:
    assert hang(FlatLay(surface="wood", colors=("#aa8855",), vein_color="#332211")).vein_color == "#332211"


def test_flat_lays_and_walls_stand_up_as_what_they_are_made_of() -> None:
    marble = FlatLay(surface="marble", colors=("#101214",), vein_color="#c99d52", props="petals")
    table = hold(marble, Stance.UPRIGHT)
    assert isinstance(table, Tabletop)
    assert (table.material, table.surface_color, table.vein_color, table.props) == (
        "marble",
        "#101214",
        "#c99d52",
        "petals",
    )
    assert hold(FlatLay(colors=("#ffffff", "#f7b6cc")), Stance.UPRIGHT) == Cyclorama(colors=("#ffffff", "#f7b6cc"))
    shaded = hold(HangingWall(gobo="blinds", colors=("#c0c0c0",)), Stance.UPRIGHT)
    assert isinstance(shaded, WindowRoom)
    assert (shaded.gobo, shaded.wall_color) == ("blinds", "#c0c0c0")
    assert isinstance(hold(HangingWall(wall="fluted"), Stance.UPRIGHT), Podium)


def test_a_wall_lies_down_as_the_same_material() -> None:
    flat = lay_flat(HangingWall(wall="concrete", colors=("#888888",), gobo="panes"))
    assert (flat.surface, flat.colors, flat.gobo) == ("concrete", ("#888888",), "panes")
