"""Broad steps that rise behind the product, in hard sun; leaves, a window or blinds throw their shadow on them."""

from dataclasses import replace

import numpy as np

from photoshoot.color.space import format_hex, linear_to_srgb
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.shaded_relief import shaded
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import rounded_box_sides
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, ambient, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.unrepeating import laid_texture
from photoshoot.sets.stairs import Stairs

_RISE, _GOING = 0.62, 1.25  # a step's height and depth, world units
_FIRST = -1.15  # depth of the first riser behind a product that was photographed from the front
_SUN_DISTANCE = 60.0
_MOST = 60  # steps, at most
_BEVEL = 0.026
_SHIFT = (2.37, 1.71)  # of the material from one step to the next, world units
_SLIT_AT = 0.3  # of the way to the first riser: the blade of light falls on the product and on the steps behind it
_RELIEF = {"concrete": 0.003, "stone": 0.005, "wood": 0.006}
_REPEATS = {"concrete": 0.22, "stone": 0.28, "wood": 0.30}


def build_stairs(design: Stairs, view: View, rng: np.random.Generator) -> SetParts:
    """The landing that the product stands on, and steps up to over the picture; shadows, grain and light vary."""
    light = vary(design.light, rng, 0.7)
    first = min(_FIRST, -view.product_back - 0.5)
    vein = format_hex(linear_to_srgb(mix_hex(design.step_color, "#2a2622", 0.22)))
    surface = Surface(material=design.material, color=design.step_color, vein_color=vein)
    texture, repeats = laid_texture(surface, int(rng.integers(3)), _REPEATS[design.material])
    tiling, relief = Tiling.drawn(repeats, rng), _RELIEF[design.material]
    bsdf = textured(texture, tiling, "eggshell", relief)
    treads, risers = _steps(view, first)
    shapes: dict[str, object] = {
        "landing": to_shape(stage_floor(view, back=first - 0.2, uv_scale=1.0), bsdf=bsdf),
        "treads": to_shape(treads, bsdf=bsdf),
        "risers": to_shape(risers, bsdf=textured(shaded(texture, tiling, relief, light), tiling, "eggshell")),
    }
    exposure = albedo_exposure(light, 1.12)
    shapes |= beside(design, view, rng, among=[risers])
    if design.gobo == "none":
        rig = Rig(target=(view.product_x, 0.8, first), back_z=-_SUN_DISTANCE, distance=_SUN_DISTANCE)
        return SetParts(shapes={**shapes, **build_lights(light, view, rig)}, aperture=0.02, exposure=1.2 * exposure)
    plane = GoboPlane.up_slope(view, light, first, _RISE / _GOING)
    if design.gobo == "slit":
        plane = GoboPlane.across(view, _SLIT_AT * first, bottom=0.0)
    sun = sun_through(design.gobo, light, view, plane, rng, 1 - fill_share(light))
    fill = ambient(light, Rig(fill_color="#e6eeff", fill_scale=0.8))
    return SetParts(shapes={**shapes, **sun, "fill": fill}, aperture=0.02, exposure=exposure)


def _count(view: View, first: float) -> int:
    """How many steps fill the picture: from high up it is seen over low ones, onto the treads of many."""
    depths = np.arange(1, _MOST)
    tops = np.array([view.top_at(first - depth * _GOING) for depth in depths])
    return int(depths[np.argmax(depths * _RISE > tops + 1.0)]) + 1


def _steps(view: View, first: float) -> tuple[Mesh, Mesh]:
    """Steps as boxes, each on the one before: what lies flat of them, and what faces the camera.

    Texture coordinates are world units.
    """
    count = _count(view, first)
    half = view.half_width_at(first - count * _GOING) + 9.0
    treads: list[Mesh] = []
    risers: list[Mesh] = []
    for index in range(count):
        deep = (count - index) * _GOING / 2 + 1.0
        for name, side in rounded_box_sides((half, _RISE / 2, deep), _BEVEL, steps=3, uv_scale=1.0).items():
            assert side.uv is not None
            piece = (side.uv + np.array(_SHIFT) * index).astype(np.float32)  # each tread is of another piece
            placed = replace(side, uv=piece).moved(0.0, (index + 0.5) * _RISE, first - index * _GOING - deep)
            (risers if name == "front" else treads).append(placed)
    return merged(treads), merged(risers)
