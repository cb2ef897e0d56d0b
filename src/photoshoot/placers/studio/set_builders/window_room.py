"""A plain room in the sun, which may draw a window, blinds or leaves on the wall."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.backdrops.table_tops import table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, ambient, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.gradients import tint
from photoshoot.placers.studio.textures.masonry import BRICK_SCALE, bare_bricks
from photoshoot.placers.studio.textures.procedural import CALM, plaster
from photoshoot.sets import Light
from photoshoot.sets.window_room import WindowRoom

_WALL_Z = -1.9
_LEVELS = {"none": 0.95, "blinds": 1.5, "panes": 1.28, "leaves": 1.28}
"""Display-linear value of white where the sun falls; what is in the shade is darker."""
_GRAIN = ("#2a1a0e", 0.5)  # of boards: a shade, and how far theirs is on the way to it
_BEHIND_FOOT = 0.9  # the body behind the foot stays in front of the wall, too


def build_window_room(design: WindowRoom, view: View, rng: np.random.Generator) -> SetParts:
    """Plaster wall and floor; the pattern, the light's direction and the plaster vary."""
    light = vary(design.light, rng, 0.7)
    z = min(_WALL_Z + float(rng.uniform(-0.3, 0.2)), -view.product_back - _BEHIND_FOOT)
    surfaces = _surfaces(design, view, z, rng)
    lights = _lights(design, light, view, z, rng)
    exposure = albedo_exposure(light, _LEVELS[design.gobo])
    return SetParts(shapes={**surfaces, **lights, **beside(design, view, rng)}, exposure=exposure)


def _lights(design: WindowRoom, light: Light, view: View, z: float, rng: np.random.Generator) -> dict[str, object]:
    rig = Rig(fill_color="#e8efff", fill_scale=0.75, back_z=z + 0.5)
    if design.gobo == "none":
        return build_lights(light, view, rig)
    plane = GoboPlane.across(view, z, bottom=0.0).behind_product(view, light)
    sun = sun_through(design.gobo, light, view, plane, rng, 1 - fill_share(light))
    return {**sun, "fill": ambient(light, rig)}


def _surfaces(design: WindowRoom, view: View, z: float, rng: np.random.Generator) -> dict[str, object]:
    seed = int(rng.integers(4))
    tiling = Tiling.drawn(1.0, rng)
    if design.wall == "brick":
        laid = replace(tiling, scale=BRICK_SCALE)
        wall = textured(bare_bricks(design.wall_color, seed), laid, "matte", 0.012)
    else:
        bare = plaster(design.wall_color, seed) if design.gobo == "none" else plaster(design.wall_color, seed, CALM)
        wall = textured(bare, tiling, "matte")
    shapes: dict[str, object] = {"wall": to_shape(stage_wall(view, z=z), bsdf=wall)}
    if design.floor == "wood":
        boards = Surface(material="wood", color=design.floor_color, vein_color=tint(design.floor_color, *_GRAIN))
        return {**shapes, "floor": table_top(boards, "satin", view, rng, z - 0.05)}
    floor = textured(plaster(design.floor_color, int(rng.integers(4)) + 9), Tiling.drawn(0.8, rng), "satin")
    return {**shapes, "floor": to_shape(stage_floor(view, back=z - 0.05), bsdf=floor)}
