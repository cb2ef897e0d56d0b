"""A surface seen from above, with the product lying on it; and how each upright set reads as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.surfaces import grid
from photoshoot.placers.studio.gobos import GoboPlane, sun_through
from photoshoot.placers.studio.lights import Rig, ambient, build_lights, fill_share, paint_exposure, vary
from photoshoot.placers.studio.materials import Entry, Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.parts import Family, SetParts
from photoshoot.placers.studio.props import STREWN, stand
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.stage import canvas_gradient
from photoshoot.placers.studio.surfaces import Surface, surface_texture
from photoshoot.placers.studio.textures import Texture
from photoshoot.placers.studio.view import LYING_SURFACE_Z, View
from photoshoot.sets import (
    Cyclorama,
    Drapery,
    FlatLay,
    GeometricWall,
    GlossyFloor,
    Interior,
    Light,
    NeonRoom,
    Podium,
    SetDesign,
    Tabletop,
    WindowRoom,
)

_REPEATS = {"paper": 1.0, "linen": 0.42, "wood": 0.24, "marble": 0.17, "concrete": 0.22, "plaster": 0.22}
_RELIEF = {"paper": 0.0, "linen": 0.005, "wood": 0.012, "marble": 0.0, "concrete": 0.006, "plaster": 0.004}
_TINTS = {"ornaments": "#b3101c", "petals": "#f08aa6"}


def build_flat_lay(design: FlatLay, view: View, rng: np.random.Generator) -> SetParts:
    """The surface, what lies on it, and the light; texture, props, shadows and light vary."""
    light = vary(design.light, rng)
    surface = to_shape(_sheet(view), bsdf=_material(design, view, rng))
    shapes: dict[str, object] = {"surface": surface}
    shapes |= stand(STREWN[design.props](view, rng, _TINTS.get(design.props, "#ffffff")), view)
    if design.gobo == "none":
        rig = Rig(target=(0.0, 0.0, 0.0), back_z=1.5, distance=13.0)
        shapes |= build_lights(light, view, rig)
    else:
        plane = _plane(view)
        shapes |= sun_through(design.gobo, light, view, plane, rng, 1 - fill_share(light))
        shapes["fill"] = ambient(light, Rig(fill_color="#f0f4ff", fill_scale=0.9))
    level = {"none": 0.84, "leaves": 1.08}.get(design.gobo, 1.25)
    return SetParts(shapes=shapes, exposure=_exposure(light, level))


def lay_flat(design: SetDesign) -> FlatLay:
    """How a set reads as a flat-lay: the same colours, materials and light, seen from above."""
    if isinstance(design, FlatLay):
        return design
    return _LAID[type(design)](design)


def _lay_tabletop(design: Tabletop) -> FlatLay:
    surface = {"stone": "concrete", "plain": "paper"}.get(design.material, design.material)
    props = "none" if design.props == "rocks" else design.props
    return FlatLay(
        light=design.light,
        surface=surface,  # type: ignore[arg-type]
        colors=(design.surface_color,),
        vein_color=design.vein_color,
        props=props,
    )


def _lay_interior(design: Interior) -> FlatLay:
    return FlatLay(
        light=design.light, surface="wood", colors=(design.furniture_color,), vein_color="#4a2c18", gobo="panes"
    )


_LAID: Mapping[type[SetDesign], Callable[[Any], FlatLay]] = {
    Cyclorama: lambda design: FlatLay(light=design.light, surface="paper", colors=design.colors),
    Podium: lambda design: FlatLay(light=design.light, surface="plaster", colors=(design.backdrop_color,)),
    WindowRoom: lambda design: FlatLay(
        light=design.light, surface="plaster", colors=(design.wall_color,), gobo=design.gobo
    ),
    Tabletop: _lay_tabletop,
    Interior: _lay_interior,
    GlossyFloor: lambda design: FlatLay(light=design.light, surface="concrete", colors=(design.floor_color,)),
    GeometricWall: lambda design: FlatLay(light=design.light, surface="plaster", colors=design.colors),
    NeonRoom: lambda design: FlatLay(light=design.light, surface="paper", colors=design.colors),
    Drapery: lambda design: FlatLay(light=design.light, surface="linen", colors=(design.color,)),
}


def _sheet(view: View) -> Mesh:
    """The surface; texture coordinates are the canvas's, so that a gradient spans the picture."""
    reach_x, reach_y = view.half_width + 6.0, view.top + 6.0
    x, y = np.meshgrid([-reach_x, reach_x], [reach_y, -reach_y])
    points = np.stack([x, y, np.full_like(x, LYING_SURFACE_Z)], -1)
    return grid(points, view.to_pixel(points) / [view.width_px, view.height_px])


def _material(design: FlatLay, view: View, rng: np.random.Generator) -> Entry:
    if design.surface == "paper":
        if len(design.colors) == 1:
            return diffuse(design.colors[0])
        return diffuse(bitmap(canvas_gradient(design.colors, "diagonal", view), clamp=True))
    rustic = float(design.props == "autumn")
    surface = Surface(material=design.surface, color=design.colors[0], vein_color=design.vein_color, rustic=rustic)
    texture = surface_texture(surface, int(rng.integers(3)))
    if len(design.colors) > 1:
        return _tinted(texture, design, view)
    turn = {"linen": float(rng.uniform(-8, 8)), "wood": float(rng.choice([0.0, 90.0]))}.get(
        design.surface, float(rng.uniform(0, 360))
    )
    repeats = _REPEATS[design.surface]
    scale = (2 * view.half_width * repeats, (view.top - view.bottom) * repeats)
    finish = "satin" if design.surface in ("wood", "marble") else "matte"
    tiling = Tiling.drawn(scale, rng, turn)
    return textured(texture, tiling, finish, _RELIEF[design.surface])  # type: ignore[arg-type]


def _tinted(texture: Texture, design: FlatLay, view: View) -> Entry:
    """A gradient over the canvas with the texture's light and dark."""
    gradient = canvas_gradient(design.colors, "diagonal", view, texture.color.shape[0])
    tone = texture.color.mean(-1, keepdims=True)
    return diffuse(bitmap(np.clip(gradient * tone / tone.mean(), 0, 1).astype(np.float32), clamp=True))


def _plane(view: View) -> GoboPlane:
    return GoboPlane(
        z=LYING_SURFACE_Z,
        left=-view.half_width,
        right=view.half_width,
        bottom=view.bottom,
        top=view.top,
        focus_x=view.product_x,
    )


def _exposure(light: Light, level: float) -> float:
    """As ``paint_exposure``, for a surface that faces the camera."""
    return paint_exposure(light, level, facing=(0.0, 0.0, 1.0))


FLAT_LAY = Family(build=build_flat_lay)
"""A flat-lay; its camera looks down on the middle."""
