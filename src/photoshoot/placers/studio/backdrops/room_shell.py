"""Floor and walls of a room at the product's scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.backdrops.table_tops import ASLANT
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.boards import Boards, lay_boards
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.by_name import Surface, surface_texture
from photoshoot.placers.studio.textures.gradients import tint
from photoshoot.placers.studio.textures.masonry import BRICKS, TILES, bricks, floor_tiles
from photoshoot.placers.studio.textures.procedural import CALM, concrete, linen, plaster
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from photoshoot.sets.patterned import FLOORS
from photoshoot.sets.room import Room

_BOARDS = 10
_BOARD_M, _BOARD_LONG_M = 0.14, 2.6
_TILE_M = 0.45
_SIDES_M: Final = {
    "checkerboard": 1.2,
    "cement": 0.8,
    "herringbone": 0.8,
    "hexagon": 1.2,
    "penny": 0.42,
    "terrazzo": 0.7,
}
"""Sides of the textures of patterns: squares of 30 cm, stars of 20, hexagons of 10, pennies of 3, chips of up to 5, and
pieces of parquet of 8 by 40."""
_STRAIGHT, _EITHER = (0.0,), (0.0, ASLANT)
_TURNS: Final = {"checkerboard": _EITHER, "cement": _EITHER, "herringbone": (ASLANT,)}
"""Degrees that patterns may be turned by: squares stand on their points, too, and herringbones do."""
_BRICK_M = (0.25, 0.075)
_SKIRTING_M = (0.09, 0.014)
_PARAPET_M, _PARAPET_SHARE = 0.55, 0.5
"""How high a terrace's wall is, metres; at most, so that the view is seen over it, of the picture above the floor."""


@dataclass(frozen=True, kw_only=True)
class Shell:
    """A room's floor and wall, world units."""

    design: Room
    """Its colours and materials."""
    metre: float
    """World units a metre."""
    wall_z: float
    """Depth of the wall."""
    floor_y: float
    """Height of the floor; a rug's thickness under the product, or far under a picture."""


def floor_shape(shell: Shell, view: View, rng: np.random.Generator) -> object:
    """The floor to scale: boards run to the wall or along it."""
    metre, color, seed = shell.metre, shell.design.floor_color, int(rng.integers(3))
    mesh = stage_floor(view, y=shell.floor_y, back=shell.wall_z - 0.05, uv_scale=1.0)
    if shell.design.pattern != "none":
        return to_shape(mesh, bsdf=_patterned_floor(shell, seed, rng))
    match shell.design.floor:
        case "wood":
            grain = WoodGrain(planks=_BOARDS, seed=seed, contrast=0.8)
            texture = wood(color, tint(color, "#2a1608", 0.55), grain)
            boards = Boards(
                rows=_BOARDS,
                width=_BOARD_M * metre,
                repeat=_BOARD_LONG_M * metre,
                upright=float(rng.choice([0.0, 90.0])) == 90.0,
            )
            laid = lay_boards(mesh, boards, rng.spawn(1)[0])
            return to_shape(laid, bsdf=textured(texture, Tiling(), "satin", 0.004))
        case "tiles":
            texture = floor_tiles(color, seed)
            tiling = Tiling.drawn(1 / (TILES * _TILE_M * metre), rng)
            return to_shape(mesh, bsdf=textured(texture, tiling, "semigloss", 0.004))
        case "carpet":
            tiling = Tiling.drawn(3.0 / metre, rng)
            return to_shape(mesh, bsdf=textured(linen(color, seed, 90), tiling, "matte", 0.01))
    tiling = Tiling.drawn(1 / (3.2 * metre), rng, float(rng.uniform(0, 360)))
    return to_shape(mesh, bsdf=textured(concrete(color, seed), tiling, "satin", 0.003))


def _patterned_floor(shell: Shell, seed: int, rng: np.random.Generator) -> Entry:
    """Tiles in a pattern, straight or on their points, terrazzo, or a herringbone parquet."""
    color, design = shell.design.floor_color, shell.design
    surface = Surface(
        material=FLOORS[design.pattern],
        color=color,
        vein_color=tint(color, "#2a1608", 0.55),
        pattern=design.pattern,
        pattern_colors=design.pattern_colors,
    )
    turn = float(rng.choice(_TURNS.get(design.pattern, _STRAIGHT)))
    tiling = Tiling.drawn(1 / (_SIDES_M[design.pattern] * shell.metre), rng, turn)
    return textured(surface_texture(surface, seed), tiling, "satin", 0.004)


def wall_shape(shell: Shell, view: View, rng: np.random.Generator) -> dict[str, object]:
    """Plaster over a skirting; bricks in a loft; a low wall round a terrace."""
    design, metre, z = shell.design, shell.metre, shell.wall_z
    seed = int(rng.integers(3))
    if design.style == "terrace":
        half, y = view.half_width_at(z) + 4.0, shell.floor_y
        tall = parapet_top(shell, view) - y
        body = rounded_box((half, tall / 2, 0.06 * metre), 0.004 * metre)
        cap = rounded_box((half, 0.03 * metre, 0.09 * metre), 0.006 * metre)
        things = [
            painted(design.wall_color, "matte", body.moved(0, y + tall / 2, z)),
            painted(tint(design.wall_color, "#ffffff", 0.35), "matte", cap.moved(0, y + tall, z)),
        ]
        return {f"wall_{name}": shape for name, shape in thing_shapes(things, 1.0).items()}
    mesh = stage_wall(view, z=z, bottom=shell.floor_y - 0.5, uv_scale=1.0)
    if design.style in ("loft", "garage"):
        size = (BRICKS[0] * _BRICK_M[0], BRICKS[1] * _BRICK_M[1]) if design.style == "loft" else (1.6, 2.4)
        tiling = Tiling.drawn((1 / (size[0] * metre), 1 / (size[1] * metre)), rng)
        return {"wall": to_shape(mesh, bsdf=textured(bricks(design.wall_color, seed), tiling, "matte", 0.012))}
    tiling = Tiling.drawn(1 / (2.4 * metre), rng)
    shapes: dict[str, object] = {
        "wall": to_shape(mesh, bsdf=textured(plaster(design.wall_color, seed, CALM), tiling, "matte"))
    }
    tall, deep = _SKIRTING_M[0] * metre, _SKIRTING_M[1] * metre
    board = rounded_box((view.half_width_at(z) + 4.0, tall / 2, deep), 0.3 * deep).moved(0, shell.floor_y + tall / 2, z)
    skirting = painted(tint(design.wall_color, "#ffffff", 0.6), "eggshell", board)
    return shapes | {f"skirting_{name}": shape for name, shape in thing_shapes([skirting], 1.0).items()}


def parapet_top(shell: Shell, view: View) -> float:
    """Height of a terrace's wall under its cap."""
    y = shell.floor_y
    return y + min(_PARAPET_M * shell.metre, _PARAPET_SHARE * (view.top_at(shell.wall_z) - y))
