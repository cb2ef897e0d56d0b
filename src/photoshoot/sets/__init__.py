"""The studio's vocabulary: what a set is made of, as plain data that presets, prompts and the studio share.

A *design* says what to build; ``placers/studio`` builds it. Colours are ``#rrggbb`` sRGB, as the eye sees the paint.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.sets.design import Props, SetDesign
from photoshoot.sets.light import Light
from photoshoot.sets.nature import Dunes, Location, Rocks, Water
from photoshoot.sets.rooms import Gallery, Gym, Interior, WindowRoom
from photoshoot.sets.studio import Celebration, Cyclorama, GeometricWall, GlossyFloor, NeonRoom, Podium
from photoshoot.sets.tables import Counter, Drapery, FlatLay, HangingWall, Tabletop
from photoshoot.settings import check_color

__all__ = [
    "SETS",
    "Celebration",
    "Counter",
    "Cyclorama",
    "Drapery",
    "Dunes",
    "FlatLay",
    "Gallery",
    "GeometricWall",
    "GlossyFloor",
    "Gym",
    "HangingWall",
    "Interior",
    "Light",
    "Location",
    "NeonRoom",
    "Podium",
    "Props",
    "Rocks",
    "SetDesign",
    "Tabletop",
    "Water",
    "WindowRoom",
    "check_color",
    "parse_set",
    "set_name",
]

_T = TypeVar("_T")

SETS: Mapping[str, type[SetDesign]] = types.MappingProxyType(
    {
        "cyclorama": Cyclorama,
        "podium": Podium,
        "glossy_floor": GlossyFloor,
        "geometric_wall": GeometricWall,
        "neon_room": NeonRoom,
        "celebration": Celebration,
        "tabletop": Tabletop,
        "counter": Counter,
        "drapery": Drapery,
        "flat_lay": FlatLay,
        "hanging_wall": HangingWall,
        "window_room": WindowRoom,
        "interior": Interior,
        "gym": Gym,
        "gallery": Gallery,
        "water": Water,
        "dunes": Dunes,
        "rocks": Rocks,
        "location": Location,
    }
)
"""Every set by its name in preset files."""


def set_name(design: SetDesign) -> str:
    """The name of a design's set in preset files."""
    return next(name for name, kind in SETS.items() if type(design) is kind)


def parse_set(data: Mapping[str, Any]) -> SetDesign:
    """Build a design from a preset file's ``set`` object: ``{"name": …, "light": {…}, <parameter>: …}``.

    Raises:
        UnknownNameError: The set or a parameter is not known.
        SettingsError: A value is of the wrong kind or out of range.
    """
    name = str(data.get("name"))
    if name not in SETS:
        raise UnknownNameError("set", name, SETS)
    return _parse(SETS[name], {key: value for key, value in data.items() if key != "name"}, name)


def _parse(kind: type[_T], data: Mapping[str, Any], path: str) -> _T:
    hints = get_type_hints(kind)
    for key in data:
        if key not in hints:
            raise UnknownNameError(f"parameter of {path}", key, hints)
    return kind(**{key: _value(hints[key], value, f"{path}.{key}") for key, value in data.items()})


def _value(hint: Any, value: Any, path: str) -> Any:
    if hint is Light and isinstance(value, Mapping):
        return _parse(Light, value, path)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(value)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise SettingsError(path, value, "one of " + ", ".join(map(str, get_args(hint))))
        return value
    if hint is float and type(value) in (int, float):
        return float(value)
    if type(value) is hint:
        return value
    raise SettingsError(path, value, f"a {getattr(hint, '__name__', hint)}")
