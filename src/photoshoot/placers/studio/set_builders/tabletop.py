"""A slab or table before a far background."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.props.placement import Pieces, stand, to_scale
from photoshoot.placers.studio.assets.props.several import holds_light, strew_held
from photoshoot.placers.studio.backdrops.bokeh import (
    Bokeh,
    backdrop_aspect,
    backdrop_extent,
    bokeh_image,
    glow_image,
    is_daylight,
    shining_wall,
)
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.backdrops.table_tops import table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, softbox, unit_luminance, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.drapery import curtain
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.masonry import BRICK_SCALE, bare_bricks
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.sets import Light
from photoshoot.sets.tabletop import Tabletop

_WALL_Z = -6.5
_GLOW = 1.7  # times the glow's colour in its middle: a lamp looks brighter than the wall it shines on


def build_tabletop(design: Tabletop, view: View, rng: np.random.Generator) -> SetParts:
    """The table, what stands far behind it, and props; grain, props and light vary."""
    light = vary(design.light, rng)
    dark = design.backdrop == "glow" or (design.backdrop == "bokeh" and not is_daylight(design.backdrop_color))
    exposure = albedo_exposure(light, 0.84 if dark else 0.94)
    surface = Surface(
        material=design.material,
        color=design.surface_color,
        vein_color=design.vein_color,
        rustic=float(design.rustic or design.props in ("autumn", "autumn_leaves")),
    )
    table = table_top(surface, design.finish, view, rng)
    shapes: dict[str, object] = {"table": table, **stand(_props(design, view, rng), view)}
    shapes |= _backdrop(design, view, light, exposure, rng)
    shapes |= build_lights(light, view, Rig(back_z=-2.0))
    return SetParts(
        shapes=shapes,
        aperture=0.05,
        exposure=exposure,
        bloom=0.06 if holds_light(design) else 0.04 * (design.backdrop == "bokeh"),
        vignette=0.2 if dark else 0.0,
    )


def _props(design: Tabletop, view: View, rng: np.random.Generator) -> Pieces:
    own_stone = (design.surface_color, design.vein_color) if design.props == "rocks" else ()
    return to_scale(strew_held(design), view, rng, design.prop_colors or own_stone)


def _backdrop(
    design: Tabletop, view: View, light: Light, exposure: float, rng: np.random.Generator
) -> dict[str, object]:
    if design.backdrop in ("wall", "brick", "linen", "silk", "velvet"):
        return _wall(design, view, light, rng)
    aspect = backdrop_aspect(view, _WALL_Z)
    if design.backdrop == "bokeh":
        image = bokeh_image(Bokeh(color=design.backdrop_color, aspect=round(aspect, 2), seed=int(rng.integers(6))))
    else:
        _, top, bottom = backdrop_extent(view, _WALL_Z)
        center = (0.5 + float(rng.uniform(-0.06, 0.06)), 1 - (1.6 - bottom) / (top - bottom))
        image = _GLOW * glow_image(design.backdrop_color, aspect, center, 2.5 / (top - bottom))
    return {"backdrop": shining_wall(image, view, _WALL_Z, exposure)}


def _wall(design: Tabletop, view: View, light: Light, rng: np.random.Generator) -> dict[str, object]:
    """A plain wall, one of bricks, or a curtain, and a window out of the picture that grazes it."""
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    position = (side * (view.half_width_at(-4.6) + 2.2), 3.4, -4.4)
    window = softbox(position, (0.0, 1.6, _WALL_Z), half_size=(0.9, 1.6), irradiance=unit_luminance(light.color) * 0.16)
    if design.backdrop in ("linen", "silk", "velvet"):
        return {"wall": curtain(design.backdrop, design.backdrop_color, view, _WALL_Z, rng), "window": window}
    seed, tiling = int(rng.integers(4)), Tiling.drawn(0.6, rng)
    if design.backdrop == "brick":
        laid = replace(tiling, scale=BRICK_SCALE)
        wall = textured(bare_bricks(design.backdrop_color, seed), laid, "matte", 0.012)
    else:
        wall = textured(plaster(design.backdrop_color, seed, 0.02), tiling, "matte")
    return {"wall": to_shape(stage_wall(view, z=_WALL_Z, bottom=-6.0), bsdf=wall), "window": window}
