"""A slab or table before a far background."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.backdrops import (
    Bokeh,
    backdrop_aspect,
    backdrop_extent,
    bokeh_image,
    glow_image,
    shining_wall,
)
from photoshoot.placers.studio.lights import Rig, build_lights, paint_exposure, softbox, unit_luminance, vary
from photoshoot.placers.studio.materials import Entry, Tiling, textured
from photoshoot.placers.studio.parts import Family, SetParts
from photoshoot.placers.studio.props import STREWN, Pieces, rocks, stand
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.stage import stage_floor, stage_wall
from photoshoot.placers.studio.surfaces import Surface, surface_texture
from photoshoot.placers.studio.textures import plaster, stone
from photoshoot.placers.studio.view import View
from photoshoot.sets import Light, Tabletop

_BACK_EDGE = -2.6
_WALL_Z = -6.5
_RELIEF = {"wood": 0.010, "stone": 0.012, "concrete": 0.006, "linen": 0.004, "marble": 0.0, "plain": 0.0}
_REPEATS = {"wood": 0.34, "stone": 0.30, "concrete": 0.25, "linen": 0.55, "marble": 0.20, "plain": 0.25}
_TINTS = {"ornaments": "#b3101c", "petals": "#f08aa6"}


def build_tabletop(design: Tabletop, view: View, rng: np.random.Generator) -> SetParts:
    """The table, what stands far behind it, and props; grain, props and light vary."""
    light = vary(design.light, rng)
    exposure = paint_exposure(light, 0.92 if design.backdrop == "wall" else 0.84)
    table = to_shape(stage_floor(view, back=_BACK_EDGE, uv_scale=1.0), bsdf=table_material(design, rng))
    shapes: dict[str, object] = {"table": table, **stand(_props(design, view, rng), view)}
    shapes |= _backdrop(design, view, light, exposure, rng)
    shapes |= build_lights(light, view, Rig(back_z=-2.0))
    return SetParts(shapes=shapes, aperture=0.05, exposure=exposure, bloom=0.04 if design.backdrop == "bokeh" else 0.0)


def table_material(design: Tabletop, rng: np.random.Generator) -> Entry:
    """The table's surface at an offset and, for boards, a direction by chance."""
    surface = Surface(
        material=design.material,
        color=design.surface_color,
        vein_color=design.vein_color,
        rustic=float(design.props == "autumn"),
    )
    texture = surface_texture(surface, int(rng.integers(3)))
    turn = float(rng.choice([0.0, 90.0])) if design.material == "wood" else float(rng.uniform(0, 360))
    if design.material == "linen":
        turn = float(rng.uniform(-12, 12))
    tiling = Tiling.drawn(_REPEATS[design.material], rng, turn)
    return textured(texture, tiling, design.finish, _RELIEF[design.material])


def _props(design: Tabletop, view: View, rng: np.random.Generator) -> Pieces:
    if design.props == "rocks":
        texture = stone(design.surface_color, design.vein_color, 5)
        return rocks(view, rng, textured(texture, Tiling.drawn((3.0, 2.0), rng), "matte"))
    return STREWN[design.props](view, rng, _TINTS.get(design.props, "#ffffff"))


def _backdrop(
    design: Tabletop, view: View, light: Light, exposure: float, rng: np.random.Generator
) -> dict[str, object]:
    if design.backdrop == "wall":
        return _wall(design, view, light, rng)
    aspect = backdrop_aspect(view, _WALL_Z)
    if design.backdrop == "bokeh":
        image = bokeh_image(Bokeh(color=design.backdrop_color, aspect=round(aspect, 2), seed=int(rng.integers(6))))
    else:
        _, top, bottom = backdrop_extent(view, _WALL_Z)
        center = (0.5 + float(rng.uniform(-0.06, 0.06)), 1 - (1.6 - bottom) / (top - bottom))
        image = glow_image(design.backdrop_color, aspect, center, 3.2 / (top - bottom))
    return {"backdrop": shining_wall(image, view, _WALL_Z, exposure)}


def _wall(design: Tabletop, view: View, light: Light, rng: np.random.Generator) -> dict[str, object]:
    """A plain wall, and a window out of the picture that grazes it."""
    wall = textured(plaster(design.backdrop_color, int(rng.integers(4)), 0.02), Tiling.drawn(0.6, rng), "matte")
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    position = (side * (view.half_width_at(-4.6) + 2.2), 3.4, -4.4)
    window = softbox(position, (0.0, 1.6, _WALL_Z), half_size=(0.9, 1.6), irradiance=unit_luminance(light.color) * 0.28)
    return {"wall": to_shape(stage_wall(view, z=_WALL_Z, bottom=-6.0), bsdf=wall), "window": window}


TABLETOP = Family(build=build_tabletop, camera_y=1.65)
"""A table and its camera."""
