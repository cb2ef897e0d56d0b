"""Floor and walls of a room at the product's scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.boards import Boards, lay_boards
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import tint
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, concrete, linen, noise, plaster, smoothstep
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from photoshoot.sets.room import Room

_BOARDS = 10
_BOARD_M, _BOARD_LONG_M = 0.14, 2.6
_TILE_M, _TILES = 0.45, 4
_BRICK_M = (0.25, 0.075)
_BRICKS = (4, 12)
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
            tiling = Tiling.drawn(1 / (_TILES * _TILE_M * metre), rng)
            return to_shape(mesh, bsdf=textured(texture, tiling, "semigloss", 0.004))
        case "carpet":
            tiling = Tiling.drawn(3.0 / metre, rng)
            return to_shape(mesh, bsdf=textured(linen(color, seed, 90), tiling, "matte", 0.01))
    tiling = Tiling.drawn(1 / (3.2 * metre), rng, float(rng.uniform(0, 360)))
    return to_shape(mesh, bsdf=textured(concrete(color, seed), tiling, "satin", 0.003))


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
        size = (_BRICKS[0] * _BRICK_M[0], _BRICKS[1] * _BRICK_M[1]) if design.style == "loft" else (1.6, 2.4)
        tiling = Tiling.drawn((1 / (size[0] * metre), 1 / (size[1] * metre)), rng)
        return {"wall": to_shape(mesh, bsdf=textured(bricks(design.wall_color, seed), tiling, "matte", 0.012))}
    tiling = Tiling.drawn(1 / (2.4 * metre), rng)
    shapes: dict[str, object] = {
        "wall": to_shape(mesh, bsdf=textured(plaster(design.wall_color, seed), tiling, "matte"))
    }
    tall, deep = _SKIRTING_M[0] * metre, _SKIRTING_M[1] * metre
    board = rounded_box((view.half_width_at(z) + 4.0, tall / 2, deep), 0.3 * deep).moved(0, shell.floor_y + tall / 2, z)
    skirting = painted(tint(design.wall_color, "#ffffff", 0.6), "eggshell", board)
    return shapes | {f"skirting_{name}": shape for name, shape in thing_shapes([skirting], 1.0).items()}


def parapet_top(shell: Shell, view: View) -> float:
    """Height of a terrace's wall under its cap."""
    y = shell.floor_y
    return y + min(_PARAPET_M * shell.metre, _PARAPET_SHARE * (view.top_at(shell.wall_z) - y))


@SHELF.keep
def floor_tiles(color: str, seed: int) -> Texture:
    """Square tiles of a few shades with joints; four a side."""
    return _masonry(color, seed, (_TILES, _TILES), staggered=False, spread=0.05, joint_px=5.0)


@SHELF.keep
def bricks(color: str, seed: int) -> Texture:
    """Painted bricks in a running bond: four a course, twelve courses."""
    return _masonry(color, seed, _BRICKS, staggered=True, spread=0.10, joint_px=7.0)


def _masonry(
    color: str, seed: int, count: tuple[int, int], *, staggered: bool, spread: float, joint_px: float
) -> Texture:
    shape = (SIZE_PX, SIZE_PX)
    at = (np.arange(SIZE_PX) + 0.5) / SIZE_PX
    row = np.floor(at * count[1]).astype(int)
    across = at[None] * count[0] + (0.5 * (row % 2))[:, None] * staggered
    column = np.floor(across).astype(int) % count[0]
    tones = np.random.default_rng(seed).uniform(1 - spread, 1 + spread, (count[1], count[0]))
    edge_x = np.abs((across % 1) - 0.5) * SIZE_PX / count[0]
    edge_y = np.abs((at * count[1] % 1) - 0.5) * SIZE_PX / count[1]
    inside = np.minimum(0.5 * SIZE_PX / count[0] - edge_x, (0.5 * SIZE_PX / count[1] - edge_y)[:, None])
    face: Float32Array = smoothstep(0.35 * joint_px, joint_px, np.asarray(inside, np.float32))
    grain = noise(shape, seed=seed, exponent=1.4, lowest=6)
    tone = tones[row[:, None], column] * (1 + 0.045 * grain) * (0.80 + 0.20 * face)
    albedo = hex_to_linear(color) * (tone / tone.mean())[..., None]
    return Texture(
        color=np.asarray(np.clip(albedo, 0, 1), np.float32), height=np.asarray(2.0 * face + 0.25 * grain, np.float32)
    )
