"""How each set reads when its product is held another way, in the same colours and the same light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from photoshoot.placers.studio.set_builders.flat_lay import lay_flat
from photoshoot.sets import (
    Celebration,
    Counter,
    Cyclorama,
    Drapery,
    Dunes,
    FlatLay,
    Gallery,
    GeometricWall,
    GlossyFloor,
    Gym,
    HangingWall,
    Interior,
    Location,
    NeonRoom,
    Podium,
    Rocks,
    SetDesign,
    Tabletop,
    Water,
    WindowRoom,
)
from photoshoot.settings import Stance


def take_stance(design: SetDesign, stance: Stance) -> SetDesign:
    """The design that holds a product so; the design itself where it can."""
    if stance is Stance.LYING:
        return lay_flat(design)
    return hang(design) if stance is Stance.HANGING else stand_up(design)


def hang(design: SetDesign) -> HangingWall:
    """How a set reads as a wall that something hangs on: its backdrop's colours, its light and its shadows."""
    if isinstance(design, HangingWall):
        return design
    return _HUNG[type(design)](design)


def stand_up(design: SetDesign) -> SetDesign:
    """How a set reads that something stands in.

    A flat-lay's surface becomes a table and its paper a sweep; a wall to hang on becomes the wall behind; where shadows
    fall in from outside, either becomes the wall of a room.
    """
    if isinstance(design, FlatLay):
        return _stand_flat_lay(design)
    return _stand_wall(design) if isinstance(design, HangingWall) else design


def _stand_flat_lay(design: FlatLay) -> SetDesign:
    color = design.colors[0]
    if design.gobo != "none":
        return WindowRoom(light=design.light, wall_color=color, floor_color=color, gobo=design.gobo)
    if design.surface == "paper" and design.props == "none":
        return Cyclorama(light=design.light, colors=design.colors)
    return Tabletop(
        light=design.light,
        material={"paper": "plain", "plaster": "plain"}.get(design.surface, design.surface),  # type: ignore[arg-type]
        surface_color=color,
        vein_color=design.vein_color,
        finish="satin" if design.surface in ("wood", "marble") else "matte",
        backdrop_color=design.colors[-1],
        props=design.props,
        prop_colors=design.prop_colors,
    )


def _stand_wall(design: HangingWall) -> SetDesign:
    color = design.colors[0]
    if design.gobo != "none":
        return WindowRoom(light=design.light, wall_color=color, floor_color=color, gobo=design.gobo)
    if design.wall == "fluted":
        return Podium(light=design.light, backdrop_color=color, podium_color=color, backing="fluted", shapes=False)
    if design.wall in ("wood", "concrete"):
        return Tabletop(
            light=design.light,
            material=design.wall,
            surface_color=color,
            vein_color=design.vein_color,
            backdrop_color=design.colors[-1],
        )
    return Cyclorama(light=design.light, colors=design.colors)


def _hang(design: SetDesign, *colors: str, **more: Any) -> HangingWall:
    return HangingWall(light=design.light, colors=colors, **more)


def _hang_flat_lay(design: FlatLay) -> HangingWall:
    wall = {"linen": "plaster", "marble": "plaster"}.get(design.surface, design.surface)
    return _hang(design, *design.colors, wall=wall, vein_color=design.vein_color, gobo=design.gobo)


def _hang_podium(design: Podium) -> HangingWall:
    return _hang(design, design.backdrop_color, wall="fluted" if design.backing == "fluted" else "plaster")


_HUNG: Mapping[type[SetDesign], Callable[[Any], HangingWall]] = {
    FlatLay: _hang_flat_lay,
    Podium: _hang_podium,
    Cyclorama: lambda design: _hang(design, *design.colors, wall="paper"),
    GlossyFloor: lambda design: _hang(design, design.floor_color),
    GeometricWall: lambda design: _hang(design, *design.colors),
    NeonRoom: lambda design: _hang(design, *design.colors, wall="paper"),
    Celebration: lambda design: _hang(design, design.backdrop_color, wall="paper"),
    Tabletop: lambda design: _hang(design, design.backdrop_color),
    Counter: lambda design: _hang(design, design.tile_color),
    Drapery: lambda design: _hang(design, design.color),
    WindowRoom: lambda design: _hang(design, design.wall_color, gobo=design.gobo),
    Interior: lambda design: _hang(design, design.wall_color, gobo="panes"),
    Gym: lambda design: _hang(design, design.wall_color, wall="concrete", holder="rail"),
    Gallery: lambda design: _hang(design, design.wall_color),
    Water: lambda design: _hang(design, *design.sky_colors, wall="paper"),
    Dunes: lambda design: _hang(design, *design.sky_colors, wall="paper"),
    Rocks: lambda design: _hang(design, design.backdrop_color),
    Location: lambda design: _hang(design, design.surface_color, wall="wood", vein_color=design.vein_color),
}
