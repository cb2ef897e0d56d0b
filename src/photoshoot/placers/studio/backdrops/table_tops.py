"""Tables: their tops' materials, and how deep they are."""

from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.backdrops.knitted import knitted_blanket
from photoshoot.placers.studio.backdrops.shaded_relief import shaded
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.boards import Boards, lay_boards
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import Entry, Roughness, Tiling, bitmap, blended, diffuse, metal, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.by_name import Surface, planks, surface_texture
from photoshoot.placers.studio.textures.unrepeating import laid_texture
from photoshoot.sets import Light

BACK_EDGE = -2.6
"""Depth where a table ends behind a product that was photographed from the front."""
_BEHIND_FOOT = 0.5
_LONG = 2.0  # times as long as wide a texture of boards is laid: each board is of another half of one of its rows
_RELIEF = {
    "wood": 0.010,
    "stone": 0.003,
    "concrete": 0.006,
    "linen": 0.004,
    "marble": 0.0,
    "tiles": 0.006,
    "cork": 0.004,
    "leather": 0.003,
    "rattan": 0.012,
    "tatami": 0.004,
    "knit": 0.02,
    "plain": 0.0,
}
_SHEEN, _GLINT = 1.6, 0.1
"""Times the relief of wood that is shaded for a light, whose varnish shows more of it than what scatters; and what is
left of it, which light glints on: of more the grain is blurred where it is denoised (walnut: .2 has 45 dB, .1 47.5)."""
_LAID_STRAIGHT = ("linen", "tiles", "rattan", "tatami", "knit")
ASLANT = 45.0  # degrees: the herringbones of a parquet lie along its texture's diagonals
_BRUSHED, _SCATTERED, MIRRORED = 0.14, 0.42, 0.5
"""Of brushed metal: Beckmann alpha, share of light that it scatters, and the power of its colour that it mirrors."""
_STREAKS, _STREAKED, _MOST, _BRUSHED_SEED = (1024, 12), 0.16, 0.98, 5
"""Across and along, in a repeat; how far they differ, a share; the most that any mirrors; what draws them."""
TABLE_REPEATS = {
    "wood": 0.34,
    "stone": 0.30,
    "concrete": 0.25,
    "linen": 0.55,
    "marble": 0.20,
    "tiles": 0.45,
    "cork": 0.6,
    "leather": 0.8,
    "rattan": 0.45,
    "tatami": 0.45,
    "knit": 0.45,
    "metal": 0.25,
    "plain": 0.25,
}
"""Of tables' textures, a world unit."""


def table_top(
    surface: Surface, finish: Roughness, view: View, rng: np.random.Generator, back: float = BACK_EDGE, y: float = 0.0
) -> object:
    """A table under the whole picture, at height ``y``, from ``table_back`` to behind the camera."""
    if surface.material == "knit":
        return knitted_blanket(surface, view, rng, table_back(view, back), y)
    mesh = stage_floor(view, y=y, back=table_back(view, back), uv_scale=1.0)
    if surface.material == "wood" and finish != "metal" and not surface.patterned:
        return wooden_shape(surface, mesh, (finish, _RELIEF["wood"]), TABLE_REPEATS["wood"], rng)
    return to_shape(mesh, bsdf=table_material(surface, finish, rng))


def wooden_shape(
    surface: Surface,
    sheet: Mesh,
    coat: tuple[Roughness, float],
    repeats: float,
    rng: np.random.Generator,
    turns_deg: tuple[float, ...] = (0.0, 90.0),
    light: Light | None = None,
) -> object:
    """A flat sheet of boards, none of which comes twice.

    Args:
        surface: The wood.
        sheet: Where it lies; its texture coordinates are world units.
        coat: Its finish, and the depth of its relief.
        repeats: Of the texture, a world unit.
        rng: Chooses boards and their direction.
        turns_deg: Which ways they may run: 0 along the sheet's u, 90 along its v.
        light: What lights a sheet that faces the camera: its relief is shaded for that.
    """
    texture = surface_texture(replace(surface, stretch=_LONG), int(rng.integers(3)))
    rows, upright = planks(surface.rustic), float(rng.choice(turns_deg)) == 90.0
    boards = Boards(
        rows=rows,
        width=1 / (repeats * rows),
        repeat=_LONG / repeats,
        upright=upright,
        glued=surface.gapless,
        flipped=light is None,
    )
    own = rng.spawn(1)[0]  # how boards lie moves nothing that is drawn after them
    (roughness, relief), along = coat, (-1 if upright else 1) / boards.repeat  # upright ones run down, as v does
    if light is not None:
        laid = Tiling(scale=(along, repeats), rotation_deg=90.0 * upright)
        texture = replace(texture, color=shaded(texture, laid, _SHEEN * relief, light).color)
        relief *= _GLINT
    return to_shape(lay_boards(sheet, boards, own), bsdf=textured(texture, Tiling(), roughness, relief))


def table_back(view: View, back: float = BACK_EDGE) -> float:
    """Depth of a table's back edge: ``back``, or farther where the product's far feet would hang over it."""
    return min(back, -view.product_back - _BEHIND_FOOT)


def table_material(surface: Surface, finish: Roughness, rng: np.random.Generator) -> Entry:
    """A table's surface for (u, v) in world units, at an offset and, for boards, a direction by chance."""
    texture, repeats = laid_texture(surface, int(rng.integers(3)), TABLE_REPEATS[surface.material])
    turn = float(rng.choice([0.0, 90.0])) if surface.material == "wood" else float(rng.uniform(0, 360))
    if surface.patterned and surface.material == "wood":
        turn = ASLANT + float(rng.uniform(-6, 6))
    elif surface.material in _LAID_STRAIGHT:
        turn = float(rng.uniform(-12, 12))
    if finish == "metal":
        return brushed_metal(texture.color.mean((0, 1)), Tiling.drawn(repeats, rng, float(rng.uniform(-6, 6))))
    tiling = Tiling.drawn(repeats, rng, turn)
    return textured(texture, tiling, finish, _RELIEF[surface.material])


def brushed_metal(color: Float32Array, tiling: Tiling, share: float = _SCATTERED, alpha: float = _BRUSHED) -> Entry:
    """A sheet of metal, brushed along u: fine streaks, of which each mirrors a little more or less in its colour.

    Args:
        color: Its colour (3,), linear; a metal of that name mirrors more than paint of it scatters.
        tiling: How it lies.
        share: Of the light that it scatters.
        alpha: Its roughness (Beckmann).
    """
    streaks = np.random.default_rng(_BRUSHED_SEED).standard_normal((*_STREAKS, 1))
    mirrored, scattered = (
        bitmap(np.clip(shade * (1 + _STREAKED * streaks), 0.0, _MOST).astype(np.float32), tiling)
        for shade in (color**MIRRORED, color)
    )
    return blended(metal(mirrored, alpha), diffuse(scattered), share)
