"""A plain surface that faces the camera and fills the picture: what a flat-lay lies on, the wall behind what hangs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import ndimage

from photoshoot.placers.studio.backdrops.shaded_relief import shaded
from photoshoot.placers.studio.backdrops.table_tops import ASLANT, wooden_shape
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, ambient, build_lights, fill_share
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture, with_pattern
from photoshoot.placers.studio.textures.gradients import canvas_gradient
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.placers.studio.textures.unrepeating import laid_texture
from photoshoot.sets import Light
from photoshoot.sets.patterned import PatternedSet

_REPEATS = {
    "linen": 0.42,
    "wood": 0.24,
    "marble": 0.17,
    "concrete": 0.22,
    "plaster": 0.22,
    "stone": 0.3,
    "rubber": 0.5,
    "brick": 0.34,
    "tiles": 0.45,
    "cork": 0.5,
    "leather": 0.6,
    "rattan": 0.36,
    "tatami": 0.36,
    "knit": 0.36,
}
_RELIEF = {
    "linen": 0.005,
    "wood": 0.012,
    "marble": 0.0,
    "concrete": 0.003,
    "plaster": 0.004,
    "stone": 0.003,
    "rubber": 0.006,
    "brick": 0.010,
    "tiles": 0.006,
    "cork": 0.004,
    "leather": 0.003,
    "rattan": 0.012,
    "tatami": 0.004,
    "knit": 0.02,
}
_LEVELS = {"none": 0.84, "leaves": 1.08, "blinds": 1.25, "panes": 1.25, "slit": 1.25}
"""Display-linear value of white where the light falls; what is in the shade is darker."""
_TURNS = {
    "linen": (-8, 8),
    "brick": (0, 0),
    "tiles": (-8, 8),
    "rattan": (-8, 8),
    "tatami": (-4, 4),
    "knit": (-12, 12),
}  # degrees between which a material lies
_SLIT = 0.55  # its width, of the view's


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The surface's place and albedo."""

    z: float
    """Depth of the surface, world units; below 0, behind the product."""
    material: str
    """What it is made of: ``paper``, or a material of ``Surface``."""
    colors: tuple[str, ...]
    """One to four; more than one is a gradient across the picture."""
    vein_color: str
    """Colour of its grain or veins, ``#rrggbb``."""
    light: Light
    """What lights it; its relief is shaded for that."""
    rustic: float = 0.0
    """How worn boards are, 0 to 1; see ``Surface``."""
    glued: bool = False
    """Whether boards have no gaps between them, see ``Surface``."""
    fineness: float = 1.0
    """Times the texture's repeats: what holds large things is farther away."""
    calm: bool = False
    """Whether plaster is smooth, see ``Surface``: where shadows fall on it."""
    turns_deg: tuple[float, ...] = (0.0, 90.0)
    """Which ways boards may run."""
    design: PatternedSet | None = None
    """Whose pattern it has; None: it has none."""


def sheet_mesh(sheet: Sheet, view: View) -> Mesh:
    """The surface; texture coordinates are the canvas's for a gradient, which spans the picture, else world units."""
    reach_x, reach_y = view.half_width + 6.0, view.top + 6.0
    x, y = np.meshgrid([-reach_x, reach_x], [reach_y, -reach_y])
    points = np.stack([x, y, np.full_like(x, sheet.z)], -1)
    if len(sheet.colors) > 1:
        return grid(points, view.to_pixel(points) / [view.width_px, view.height_px])
    return grid(points, np.stack([x, -y], -1))


def sheet_shape(sheet: Sheet, view: View, rng: np.random.Generator) -> object:
    """The sheet; the piece of material and how it lies vary, and of boards each one."""
    mesh = sheet_mesh(sheet, view)
    if sheet.material != "wood" or len(sheet.colors) > 1 or sheet.design is not None:
        return to_shape(mesh, bsdf=sheet_material(sheet, view, rng))
    color, vein = sheet.colors[0], sheet.vein_color
    surface = Surface(material="wood", color=color, vein_color=vein, rustic=sheet.rustic, glued=sheet.glued)
    repeats = _REPEATS["wood"] * sheet.fineness
    return wooden_shape(surface, mesh, ("satin", _RELIEF["wood"]), repeats, rng, sheet.turns_deg, sheet.light)


def sheet_material(sheet: Sheet, view: View, rng: np.random.Generator) -> Entry:
    """The albedo; the piece of material and how it lies vary."""
    if sheet.material == "paper":
        return diffuse(sheet_albedo(sheet.colors, view))
    surface = Surface(
        material=sheet.material,
        color=sheet.colors[0],
        vein_color=sheet.vein_color,
        rustic=sheet.rustic,
        calm=sheet.calm,
    )
    if sheet.design is not None:
        surface = with_pattern(surface, sheet.design, view)
    repeats, seed = _REPEATS[sheet.material] * sheet.fineness, int(rng.integers(3))
    if len(sheet.colors) > 1:
        return _tinted(surface_texture(surface, seed), sheet.colors, repeats, view)
    texture, repeats = laid_texture(surface, seed, repeats)
    turn = float(rng.uniform(*_TURNS.get(sheet.material, (0, 360))))
    if surface.patterned and sheet.material == "wood":
        turn = ASLANT + turn / 30
    finish: Literal["matte", "satin"] = "satin" if sheet.material in ("marble", "leather") else "matte"
    tiling = Tiling.drawn(repeats, rng, turn)
    if _RELIEF[sheet.material] and texture.height.any():
        texture = shaded(texture, tiling, _RELIEF[sheet.material], sheet.light)
    return textured(texture, tiling, finish)


def sheet_albedo(colors: tuple[str, ...], view: View) -> str | Entry:
    """One colour, or a gradient over the canvas."""
    return colors[0] if len(colors) == 1 else bitmap(canvas_gradient(colors, "diagonal", view), clamp=True)


def sheet_lights(
    light: Light,
    gobo: Literal["none", "leaves", "blinds", "panes", "slit"],
    view: View,
    z: float,
    rng: np.random.Generator,
    fill_color: str = Rig.fill_color,
) -> dict[str, object]:
    """A softbox whose fill is of ``fill_color``, or the sun through ``gobo`` and the sky; see ``before_wall``."""
    if gobo == "none":
        return build_lights(light, view, Rig(target=(0.0, 0.0, 0.0), back_z=1.5, distance=13.0, fill_color=fill_color))
    plane = GoboPlane.across(view, z, bottom=view.bottom_at(z), share=_SLIT if gobo == "slit" else 1.0)
    sun = sun_through(gobo, light, view, plane, rng, 1 - fill_share(light))
    return {**sun, "fill": ambient(light, Rig(fill_color="#f0f4ff", fill_scale=0.9))}


def sheet_exposure(light: Light, gobo: str, gain: float = 1.0) -> float:
    """As ``albedo_exposure``, for a surface that faces the camera."""
    return albedo_exposure(light, gain * _LEVELS[gobo], facing=(0.0, 0.0, 1.0))


def _tinted(texture: Texture, colors: tuple[str, ...], repeats: float, view: View) -> Entry:
    """A gradient over the canvas with the texture's light and dark."""
    tone = texture.color.mean(-1) / texture.color.mean()
    side = 1024
    span = repeats * len(tone) * np.array([view.top - view.bottom, 2 * view.half_width])
    at = [(np.arange(side) + 0.5) / side * length for length in span]
    laid = ndimage.map_coordinates(tone, np.meshgrid(*at, indexing="ij"), order=1, mode="grid-wrap")
    gradient = canvas_gradient(colors, "diagonal", view, side)
    return diffuse(bitmap(np.clip(gradient * laid[..., None], 0, 1).astype(np.float32), clamp=True))
