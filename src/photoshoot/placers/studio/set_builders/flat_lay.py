"""A surface seen from above, with the product lying on it; and how each upright set reads as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.placement import stand
from photoshoot.placers.studio.backdrops.frontal import Sheet, sheet_exposure, sheet_lights, sheet_material, sheet_mesh
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.scene.emitters import before_wall, vary
from photoshoot.placers.studio.scene.set_parts import Family, SetParts
from photoshoot.placers.studio.scene.shapes import to_shape
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


def build_flat_lay(design: FlatLay, view: View, rng: np.random.Generator) -> SetParts:
    """The surface, what lies on it, and the light; texture, props, shadows and light vary."""
    light = before_wall(vary(design.light, rng))
    sheet = Sheet(
        z=LYING_SURFACE_Z,
        material=design.surface,
        colors=design.colors,
        vein_color=design.vein_color,
        rustic=float(design.props == "autumn"),
    )
    surface = to_shape(sheet_mesh(sheet, view), bsdf=sheet_material(sheet, view, rng))
    shapes: dict[str, object] = {"surface": surface}
    shapes |= stand(STREWN[design.props](view, rng, design.prop_colors), view)
    shapes |= sheet_lights(light, design.gobo, view, sheet.z, rng)
    return SetParts(shapes=shapes, exposure=sheet_exposure(light, design.gobo))


def lay_flat(design: SetDesign) -> FlatLay:
    """How a set reads as a flat-lay: the same colours, materials and light, seen from above."""
    if isinstance(design, FlatLay):
        return design
    return _LAID[type(design)](design)


def _lay_tabletop(design: Tabletop) -> FlatLay:
    surface = {"stone": "concrete", "plain": "paper"}.get(design.material, design.material)
    return FlatLay(
        light=design.light,
        surface=surface,  # type: ignore[arg-type]
        colors=(design.surface_color,),
        vein_color=design.vein_color,
        props=design.props,
        prop_colors=design.prop_colors,
    )


def _lay_celebration(design: Celebration) -> FlatLay:
    """What is in the air has come down."""
    fallen = "confetti" if design.air == "streamers" else design.air
    return FlatLay(
        light=design.light,
        colors=(design.backdrop_color,),
        props=fallen if design.props == "none" else design.props,
        prop_colors=design.prop_colors,
    )


def _lay_interior(design: Interior) -> FlatLay:
    return FlatLay(
        light=design.light, surface="wood", colors=(design.furniture_color,), vein_color="#4a2c18", gobo="panes"
    )


def _lay_location(design: Location) -> FlatLay:
    """Grass and sand from above are their colour on plaster; leaves throw their shadows where trees stand."""
    surface = {"stone": "concrete", "plain": "paper", "grass": "plaster", "sand": "plaster"}.get(
        design.material, design.material
    )
    return FlatLay(
        light=design.light,
        surface=surface,  # type: ignore[arg-type]
        colors=(design.surface_color,),
        vein_color=design.vein_color,
        gobo="leaves" if design.place in ("forest", "park") and design.props == "none" else "none",
        props=design.props,
        prop_colors=design.prop_colors,
    )


def _lay_counter(design: Counter) -> FlatLay:
    """The counter's slab; rough stone reads as concrete from above."""
    surface = "concrete" if design.counter == "stone" else design.counter
    return FlatLay(
        light=design.light, surface=surface, colors=(design.counter_color,), vein_color=design.vein_color, gobo="panes"
    )


def _lay_gallery(design: Gallery) -> FlatLay:
    return FlatLay(light=design.light, surface=design.floor, colors=(design.floor_color,), vein_color="#5a3f28")


def _lay_wall(design: HangingWall) -> FlatLay:
    surface = "plaster" if design.wall == "fluted" else design.wall
    return FlatLay(
        light=design.light, surface=surface, colors=design.colors, vein_color=design.vein_color, gobo=design.gobo
    )


def _lay_dunes(design: Dunes) -> FlatLay:
    """Grass from above is leaves."""
    props = "leaves" if design.props == "grass" else design.props
    return FlatLay(light=design.light, surface="plaster", colors=(design.ground_color,), props=props)


def _lay_rocks(design: Rocks) -> FlatLay:
    props = "leaves" if design.plants == "grass" else design.plants
    return FlatLay(light=design.light, surface="concrete", colors=(design.rock_color,), props=props)


_LAID: Mapping[type[SetDesign], Callable[[Any], FlatLay]] = {
    Cyclorama: lambda design: FlatLay(light=design.light, surface="paper", colors=design.colors),
    Celebration: _lay_celebration,
    Podium: lambda design: FlatLay(
        light=design.light,
        surface="plaster",
        colors=(design.backdrop_color,),
        props=design.props,
        prop_colors=design.prop_colors,
    ),
    WindowRoom: lambda design: FlatLay(
        light=design.light, surface="plaster", colors=(design.wall_color,), gobo=design.gobo
    ),
    Tabletop: _lay_tabletop,
    Interior: _lay_interior,
    Counter: _lay_counter,
    Gym: lambda design: FlatLay(light=design.light, surface="concrete", colors=(design.floor_color,)),
    Gallery: _lay_gallery,
    Location: _lay_location,
    GlossyFloor: lambda design: FlatLay(light=design.light, surface="concrete", colors=(design.floor_color,)),
    GeometricWall: lambda design: FlatLay(light=design.light, surface="plaster", colors=design.colors),
    NeonRoom: lambda design: FlatLay(light=design.light, surface="paper", colors=design.colors),
    Drapery: lambda design: FlatLay(light=design.light, surface="linen", colors=(design.color,)),
    HangingWall: _lay_wall,
    Water: lambda design: FlatLay(light=design.light, surface="plaster", colors=(design.water_color,)),
    Dunes: _lay_dunes,
    Rocks: _lay_rocks,
}

FLAT_LAY = Family(build=build_flat_lay)
"""A flat-lay; its camera looks down on the middle."""
