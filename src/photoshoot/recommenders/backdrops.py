"""What is seen behind and under a product in a set: the colours that its own must go with.

Constants here come from the presets' plates: the mean of what lies behind the product's place, and of what lies under
it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.sets import (
    Celebration,
    Gallery,
    GlossyFloor,
    Interior,
    Location,
    NeonRoom,
    SetDesign,
    Tabletop,
    set_name,
)

Colors: TypeAlias = tuple[str, ...]

PLACE_COLORS: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "apartment": "#c5cbd0",
        "bridge": "#a7b3bb",
        "city": "#a29e9f",
        "dawn": "#997d7c",
        "esplanade": "#705546",
        "forest": "#afa689",
        "hall": "#655949",
        "lobby": "#adb1a7",
        "night": "#0f0f12",
        "park": "#a5ac5e",
        "sky": "#d5dae7",
        "sunrise": "#927f5a",
        "sunset": "#8f7d75",
        "venice": "#6c84a8",
        "warehouse": "#a6a29c",
        "workshop": "#a5937a",
    }
)
"""Real places out of focus, as they stand in the presets' plates."""

_WINDOW = "#ece4d4"  # daylight in an interior
_PARAMETERS: Mapping[str, tuple[str, ...]] = types.MappingProxyType(
    {
        "cyclorama": ("colors",),
        "podium": ("backdrop_color", "podium_color"),
        "geometric_wall": ("colors",),
        "counter": ("tile_color", "counter_color"),
        "drapery": ("color",),
        "flat_lay": ("colors",),
        "hanging_wall": ("colors",),
        "window_room": ("wall_color", "floor_color"),
        "gym": ("wall_color", "floor_color"),
        "water": ("sky_colors", "water_color"),
        "dunes": ("sky_colors", "ground_color"),
        "rocks": ("backdrop_color", "rock_color"),
    }
)
"""The parameters of painted sets that lie behind and under the product; the others are lit, see ``_LIT``."""


def backdrop_colors(design: SetDesign) -> Colors:
    """The colours that a design shows behind and under the product, ``#rrggbb``."""
    lit = _LIT.get(type(design))
    if lit is not None:
        return lit(design)
    colors: list[str] = []
    for name in _PARAMETERS[set_name(design)]:
        value: str | Colors = getattr(design, name)
        colors += [value] if isinstance(value, str) else value
    return tuple(colors)


def _table(design: Tabletop) -> Colors:
    return _dim(design.backdrop_color, 0.6 if design.backdrop == "bokeh" else 1.0), design.surface_color


def _celebration(design: Celebration) -> Colors:
    return (_dim(design.backdrop_color, 0.6 if design.backdrop == "bokeh" else 1.0),)


def _glossy(design: GlossyFloor) -> Colors:
    return _dim(design.glow_color, 0.82), _dim(design.glow_color, 0.62)


def _neon(design: NeonRoom) -> Colors:
    if design.shape == "gel":
        return tuple(_mix(color, design.wall_color, 0.45) for color in design.colors)
    return (_dim(design.wall_color, 0.6),)


def _interior(design: Interior) -> Colors:
    return _mix(design.wall_color, _WINDOW, 0.45), design.furniture_color


def _gallery(design: Gallery) -> Colors:
    return _dim(design.wall_color, 0.85), _dim(design.plinth_color, 0.88)


def _location(design: Location) -> Colors:
    return PLACE_COLORS[design.place], design.surface_color


_LIT: Mapping[type[SetDesign], Callable[..., Colors]] = types.MappingProxyType(
    {
        Tabletop: _table,
        Celebration: _celebration,
        GlossyFloor: _glossy,
        NeonRoom: _neon,
        Interior: _interior,
        Gallery: _gallery,
        Location: _location,
    }
)
"""Sets that look otherwise than they are painted: dim, bright with windows, or lit by their own lamps."""


def _dim(color: str, factor: float) -> str:
    return _mix(color, "#000000", 1 - factor)


def _mix(color: str, other: str, share: float) -> str:
    """A colour with a share of another, in OKLab."""
    return oklab_to_hex((1 - share) * hex_to_oklab(color) + share * hex_to_oklab(other))
