"""Floors and table tops put together of pieces: terrazzo, herringbone parquet, tiles of two colours."""

from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.masonry import TILES, floor_tiles
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, blend, noise, smoothstep
from photoshoot.placers.studio.textures.soil import stones
from photoshoot.placers.studio.textures.wood import WoodGrain, wood

LONG: Final = 5
"""Length of a piece of parquet, in its widths; ``2 * LONG`` of those are a side of the texture."""
_CHIPS: Final = ((22, 0.34, 0.30), (58, 0.22, 0.22))
"""Of terrazzo, large and small: cells a side, share of them that are chips, least and further inset of a chip's rim."""
_RIM: Final = 0.02
_CEMENTS: Final = ("#8f8b86", "#c2a98c", "#4a4743")
"""Chips of every terrazzo, beside those of the two colours: grey, sand and dark stone."""
_JOINT: Final = 0.014  # of parquet: half its width, in widths of a piece


@SHELF.keep
def terrazzo(color: str, chip_color: str, seed: int) -> Texture:
    """Cement of ``color`` with chips of stone, large and small, of ``chip_color`` and a few others; polished flat."""
    grain = noise((SIZE_PX, SIZE_PX), seed=seed, exponent=1.0, lowest=30)
    albedo: Float32Array = hex_to_linear(color) * (1 + 0.03 * grain)[..., None]
    dyes = np.stack(
        [hex_to_linear(chip_color), mix_hex(chip_color, "#2a2624", 0.35), *(mix_hex(c, color, 0.1) for c in _CEMENTS)]
    )
    for turn, (cells, share, inset) in enumerate(reversed(_CHIPS)):
        rng = np.random.default_rng([seed, 61 + turn])
        rim, number = stones(cells, SIZE_PX, seed + 7 * turn, spread=0.3)
        there = rng.uniform(0, 1, cells**2) < share
        edge = inset * (0.35 + rng.uniform(0, 1, cells**2))
        dye = dyes[rng.choice(len(dyes), cells**2, p=(0.34, 0.2, 0.18, 0.16, 0.12))]
        dye = dye * np.exp(rng.normal(0, 0.12, (cells**2, 1)))
        seen = smoothstep(0.0, _RIM * cells / 22, rim - edge[number].astype(np.float32)) * there[number]
        albedo = np.asarray(albedo * (1 - seen[..., None]) + dye[number] * seen[..., None], np.float32)
    return Texture(
        color=np.clip(albedo * (1 + 0.02 * grain)[..., None], 0, 0.95).astype(np.float32),
        height=np.zeros((SIZE_PX, SIZE_PX), np.float32),
    )


@SHELF.keep
def parquet(color: str, grain_color: str, seed: int) -> Texture:
    """Pieces of wood in a herringbone along the texture's diagonals, each of another board; periodic."""
    unit = SIZE_PX / (2 * LONG)
    boards = wood(color, grain_color, WoodGrain(planks=2 * LONG, seed=seed, contrast=0.85, joints=0.0))
    y, x = (np.indices((SIZE_PX, SIZE_PX)) + 0.5) / unit
    row, column = np.floor(y), np.floor(x)
    along = (x - row) % (2 * LONG)
    level = along < LONG  # else upright
    along = np.where(level, along, (y - column - 1) % (2 * LONG))
    across = np.where(level, y - row, x - column)
    piece = np.where(level, row, column + 2 * LONG).astype(np.intp)
    rng = np.random.default_rng([seed, 71])
    board, shift = rng.permutation(4 * LONG) % (2 * LONG), rng.uniform(0, SIZE_PX, 4 * LONG)
    tone = np.exp(rng.normal(0, 0.09, 4 * LONG))[piece]
    places = (board[piece] + across) * unit, along * unit + shift[piece]
    at = tuple(place.astype(np.intp) % SIZE_PX for place in places)
    edge = np.minimum(np.minimum(across, 1 - across), np.minimum(along, LONG - along))
    face = smoothstep(0.3 * _JOINT, 1.6 * _JOINT, edge.astype(np.float32))
    albedo = boards.color[at] * (tone * (0.35 + 0.65 * face))[..., None]
    return Texture(color=np.clip(albedo, 0, 1).astype(np.float32), height=boards.height[at] + 1.5 * (face - 1))


@SHELF.keep
def checkered_tiles(color: str, second: str, seed: int) -> Texture:
    """Square tiles as ``floor_tiles`` are laid, by turns of the one colour and of the other."""
    first, other = floor_tiles(color, seed), floor_tiles(second, seed)
    at = np.arange(SIZE_PX) * TILES // SIZE_PX
    share = ((at[:, None] + at[None]) % 2).astype(np.float32)
    return Texture(color=blend(first.color, other.color, share), height=np.array(first.height))
