"""Small tiles in patterns: hexagons, round pennies, and cement tiles that are printed with a star in rings."""

from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.masonry import TILES, floor_tiles
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, blend, noise, smoothstep

HEXAGONS: Final = (12, 14)
"""Hexagons a row of a texture, and its rows: they stand within 1 % as regular ones do."""
PENNIES: Final = (14, 16)
"""Round tiles a row of a texture, and its rows."""
_JOINT_COLOR, _JOINT_SHARE = "#8d8a86", 0.42  # what joints lean to, and how far
_SPREAD: Final = 0.05  # of the tiles' tones, as of one firing
_HEX_JOINT, _ROUND, _SOFT = 0.035, 0.45, 0.03  # half a joint's width, and a penny's radius, in steps of a row
_EVERY: Final = ((3, 2), (2, 4))  # of hexagons and pennies, columns and rows from one of the second colour to the next
_RING: Final = (0.25, 0.33)  # of a cement tile's corners, in sides
_PETALS: Final = (0.31, 0.2, 0.075)  # radii of its star, of what is left of that between petals, and of its heart
_WORN: Final = 0.05


@SHELF.keep
def hexagon_tiles(color: str, second: str, seed: int) -> Texture:
    """Hexagons of ``color`` in pale joints, and here and there one of ``second``; periodic."""
    across, down, number = _lattice(HEXAGONS)
    outward = np.maximum(np.abs(across), np.abs(across) / 2 + np.abs(down) * 0.75**0.5)
    return _laid(0.5 - outward - _HEX_JOINT, number, (color, second), HEXAGONS, _EVERY[0], seed)


@SHELF.keep
def penny_tiles(color: str, second: str, seed: int) -> Texture:
    """Round tiles of ``color`` in their joints, and here and there one of ``second``; periodic."""
    across, down, number = _lattice(PENNIES)
    inside = np.asarray(_ROUND - np.hypot(across, down), np.float32)
    return _laid(inside, number, (color, second), PENNIES, _EVERY[1], seed)


@SHELF.keep
def cement_tiles(color: str, second: str, seed: int) -> Texture:
    """Square tiles of ``color``, printed with a star of ``second`` in the middle and parts of rings at the corners."""
    first, other = floor_tiles(color, seed), floor_tiles(second, seed)
    pale = floor_tiles(second, seed).color * 0.45 + first.color * 0.55
    at = (np.arange(SIZE_PX, dtype=np.float32) + 0.5) * TILES / SIZE_PX % 1 - 0.5
    x, y = np.meshgrid(at, at)
    soft = 2.0 * TILES / SIZE_PX

    def within(radius: Float32Array | float, reach: Float32Array) -> Float32Array:
        return np.asarray(1 - smoothstep(-soft, soft, np.asarray(reach - radius, np.float32)), np.float32)

    corner = np.hypot(np.abs(x) - 0.5, np.abs(y) - 0.5)
    reach, turn = np.hypot(x, y), np.arctan2(y, x)
    petals = _PETALS[1] + (_PETALS[0] - _PETALS[1]) * np.cos(4 * turn)
    ring = within(_RING[1], corner) - within(_RING[0], corner)
    worn = 1 - _WORN * np.abs(noise((SIZE_PX, SIZE_PX), seed=seed + 4, exponent=2.2, lowest=3))
    albedo = blend(first.color, pale, within(_RING[0] - 0.08, corner) * worn)
    printed = np.maximum(ring, within(petals, reach)) * worn
    albedo = blend(albedo, other.color, printed)
    albedo = blend(albedo, first.color, within(_PETALS[2], reach))
    return Texture(color=np.asarray(albedo, np.float32), height=np.array(first.height))


def _lattice(count: tuple[int, int]) -> tuple[Float32Array, Float32Array, npt.NDArray[np.intp]]:
    """For each pixel the way to it from the middle of its tile, across and down in steps of a row, and that's number.

    Every other row is set off by half a step.
    """
    columns, rows = count
    y, x = (np.indices((SIZE_PX, SIZE_PX), np.float32) + 0.5) / SIZE_PX
    best = np.full(x.shape, np.inf, np.float32)
    across, down, number = np.zeros_like(x), np.zeros_like(x), np.zeros(x.shape, np.intp)
    for odd in (0, 1):  # the rows of each kind are a lattice of rectangles
        column, row = np.round(x * columns - 0.5 * odd), np.round((y * rows - odd) / 2)
        aside, away = x * columns - 0.5 * odd - column, (y * rows - odd - 2 * row) * 0.75**0.5
        near = np.hypot(aside, away) < best
        best = np.where(near, np.hypot(aside, away), best)
        across, down = np.where(near, aside, across), np.where(near, away, down)
        own = (2 * row + odd).astype(np.intp) % rows * columns + column.astype(np.intp) % columns
        number = np.where(near, own, number)
    return across, down, number


def _laid(
    inside: Float32Array,
    number: npt.NDArray[np.intp],
    dyes: tuple[str, str],
    count: tuple[int, int],
    every: tuple[int, int],
    seed: int,
) -> Texture:
    """Tiles in joints, by how far each pixel is inside its tile, in steps of a row, and that tile's number."""
    columns, rows = count
    face = smoothstep(-_SOFT, _SOFT, np.asarray(inside, np.float32))
    row, column = np.divmod(np.arange(columns * rows), columns)
    marked = (column % every[0] == 0) & (row % every[1] == 0)
    tones = np.random.default_rng([seed, 83]).uniform(1 - _SPREAD, 1 + _SPREAD, columns * rows)
    dye = np.where(marked[:, None], hex_to_linear(dyes[1]), hex_to_linear(dyes[0])) * tones[:, None]
    joint = mix_hex(dyes[0], _JOINT_COLOR, _JOINT_SHARE)
    grain = 1 + 0.025 * noise((SIZE_PX, SIZE_PX), seed=seed, exponent=1.4, lowest=6)
    albedo = blend(np.broadcast_to(joint, (*face.shape, 3)), dye[number], face) * grain[..., None]
    dome = smoothstep(-_SOFT, 4 * _SOFT, np.asarray(inside, np.float32))
    return Texture(color=np.asarray(np.clip(albedo, 0, 0.95), np.float32), height=np.asarray(1.6 * dome, np.float32))
