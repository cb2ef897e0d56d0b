"""A wall that a garment hangs on, or that anything else floats before."""

import math

import numpy as np

from photoshoot.placers.studio.assets.hanger import metal_hook, peg, rail, wooden_hanger
from photoshoot.placers.studio.backdrops.frontal import (
    Sheet,
    sheet_albedo,
    sheet_exposure,
    sheet_lights,
    sheet_shape,
)
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.scene.bsdfs import diffuse, metal, plastic
from photoshoot.placers.studio.scene.emitters import before_wall, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.sets import Light
from photoshoot.sets.hanging_wall import HangingWall

_WOOD = "#b98a5a"
_STEEL = "#c9c9c7"
_BRASS = "#c9a468"
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
        turns_deg=(90.0,),
    )
    return sheet_shape(sheet, view, rng)


def flutes(view: View, z: float, shift: float, turn_deg: float = 0.0) -> Mesh:
    """Half-round ribs that face the camera at depth ``z``, upright or turned; texture coordinates are the canvas's."""
    half, reach = view.half_width + 6.0, view.top + 6.0
    x = np.linspace(-half, half, int(2 * half / _RIB) * 16)
    phase = 2 * ((x / _RIB + shift) % 1) - 1
    points = np.empty((2, len(x), 3))
    points[..., 0], points[..., 2] = x, z - _RIB_DEPTH * (1 - np.sqrt(np.maximum(1 - phase**2, 0)))
    points[..., 1] = np.array([reach, -reach])[:, None]
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    points[..., :2] = points[..., :2] @ np.array([[cos, sin], [-sin, cos]])
    return grid(points, view.to_pixel(points) / [view.width_px, view.height_px])


def _holder(design: HangingWall, view: View, rng: np.random.Generator) -> dict[str, object]:
    """A hanger on a peg or a rail; nothing where the product is no garment."""
    turn = float(rng.uniform(-24, 24))
    shoulders = view.shoulders
    if design.holder == "none" or shoulders is None:
        return {}
    wood, wire = [wooden_hanger(shoulders)], metal_hook(shoulders, turn + 62 * (design.holder == "rail"))
    if design.holder == "rail":
        return {
            "wood": to_shape(merged(wood), bsdf=plastic(_WOOD, 0.3)),
            "rail": to_shape(merged([rail(shoulders, view), wire]), bsdf=metal(_BRASS, 0.22)),
        }
    return {
        "wood": to_shape(merged([*wood, peg(shoulders)]), bsdf=plastic(_WOOD, 0.3)),
        "hook": to_shape(wire, bsdf=metal(_STEEL, 0.2)),
    }
