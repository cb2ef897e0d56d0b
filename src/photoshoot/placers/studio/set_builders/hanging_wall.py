"""A wall that a garment hangs on, and anything else on cords, or that it floats before."""

import math

import numpy as np

from photoshoot.placers.studio.assets.cords import cord_over_peg, cords_over_bar
from photoshoot.placers.studio.assets.hanger import (
    HANGER_Z,
    STEEL,
    WOOD,
    hook_height,
    metal_hook,
    peg,
    pipes,
    rail,
    rail_radius,
    wooden_hanger,
)
from photoshoot.placers.studio.backdrops.frontal import (
    Sheet,
    sheet_albedo,
    sheet_exposure,
    sheet_lights,
    sheet_shape,
)
from photoshoot.placers.studio.camera import Cords, View
from photoshoot.placers.studio.geometry.boards import half_rounds
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.scene.bsdfs import brushed, diffuse, plastic
from photoshoot.placers.studio.scene.emitters import before_wall, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.sets import Light
from photoshoot.sets.hanging_wall import HangingWall

_RIB = 0.26
_RIB_DEPTH = 0.10


def build_hanging_wall(design: HangingWall, view: View, rng: np.random.Generator) -> SetParts:
    """The wall, what holds the product, and the light; the piece of wall, the hook's turn and the light vary."""
    light = before_wall(vary(design.light, rng))
    shapes: dict[str, object] = {"wall": _wall(design, view, light, rng)}
    shapes |= _holder(design, view, rng)
    shapes |= sheet_lights(light, design.gobo, view, view.wall_z, rng)
    return SetParts(shapes=shapes, exposure=sheet_exposure(light, design.gobo, 1.1))


def _wall(design: HangingWall, view: View, light: Light, rng: np.random.Generator) -> object:
    if design.wall == "fluted":
        return to_shape(
            flutes(view, view.wall_z, float(rng.uniform())), bsdf=diffuse(sheet_albedo(design.colors, view))
        )
    sheet = Sheet(
        z=view.wall_z,
        material=design.wall,
        colors=design.colors,
        vein_color=design.vein_color,
        light=light,
        fineness=1.5,
        calm=design.gobo != "none",
        turns_deg=(90.0,),
    )
    return sheet_shape(sheet, view, rng)


def flutes(view: View, z: float, shift: float, turn_deg: float = 0.0) -> Mesh:
    """Half-round ribs that face the camera at depth ``z``, upright or turned; texture coordinates are the canvas's."""
    half, reach = view.half_width + 6.0, view.top + 6.0
    x, out = half_rounds(half, _RIB, shift)
    points = np.empty((2, len(x), 3))
    points[..., 0], points[..., 2] = x, z - _RIB_DEPTH * (1 - out)
    points[..., 1] = np.array([reach, -reach])[:, None]
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    points[..., :2] = points[..., :2] @ np.array([[cos, sin], [-sin, cos]])
    return grid(points, view.to_pixel(points) / [view.width_px, view.height_px])


def _holder(design: HangingWall, view: View, rng: np.random.Generator) -> dict[str, object]:
    """A hanger on a peg or a rail, or cords; nothing where the product floats."""
    turn = float(rng.uniform(-24, 24))
    shoulders, on_rail = view.shoulders, design.holder == "rail"
    if design.holder == "none":
        return {}
    if view.cords is not None:
        return _on_rail(view.cords, view, design.rail_color) if on_rail else cord_over_peg(view.cords)
    if shoulders is None:
        return {}
    wood, wire = [wooden_hanger(shoulders)], metal_hook(shoulders, turn + 62 * on_rail)
    if on_rail:
        return {
            "wood": to_shape(merged(wood), bsdf=plastic(WOOD, 0.3)),
            "rail": pipes(merged([rail(shoulders, view), wire]), design.rail_color),
        }
    return {
        "wood": to_shape(merged([*wood, peg(shoulders)]), bsdf=plastic(WOOD, 0.3)),
        "hook": to_shape(wire, bsdf=brushed(STEEL, 0.2)),
    }


def _on_rail(cords: Cords, view: View, color: str) -> dict[str, object]:
    """A rail across the picture, with cords over it."""
    radius = rail_radius(cords.hanger)
    middle = [(x, hook_height(cords.hanger) - radius, HANGER_Z) for x in (-view.half_width, view.half_width)]
    bar = pipes(rail(cords.hanger, view), color)
    return {"rail": bar, **cords_over_bar(cords, np.array(middle), radius)}
