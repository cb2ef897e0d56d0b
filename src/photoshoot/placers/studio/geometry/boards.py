"""Boards laid side by side and end to end, so that a texture of a few covers a floor and nothing comes twice; ribs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, grid

_WIDTHS, _LENGTHS = (0.84, 1.14), (0.42, 0.98)
"""Of boards, in their mean width, and in repeats of the texture: none is as long as one."""
_RIB_SIDES = 14  # of half a round
_JOINT = 0.0012  # of a repeat: the dark line where two boards meet end to end


@dataclass(frozen=True, kw_only=True)
class Boards:
    """A texture whose rows are boards, and how large it is laid."""

    rows: int
    """Boards in the texture, stacked along v; the grain runs along u."""
    width: float
    """Mean width of a board, in the sheet's units of (u, v)."""
    repeat: float
    """Length of the texture, likewise."""
    upright: bool = False
    """Whether boards run along the sheet's v, not its u."""
    glued: bool = False
    """Whether they are glued, with no dark line where two meet end to end."""
    flipped: bool = True
    """Whether some lie with the other side of the texture up: not where a light's shade is laid into it."""


def lay_boards(sheet: Mesh, boards: Boards, rng: np.random.Generator) -> Mesh:
    """A flat sheet as boards: each of another width and length, and of another piece of the texture, turned by chance.

    Args:
        sheet: A rectangle whose texture coordinates are lengths along its sides.
        boards: The texture.
        rng: Chooses all of it.
    """
    assert sheet.uv is not None, "its coordinates tell where boards lie"
    low, high = sheet.uv.astype(np.float64).min(0), sheet.uv.astype(np.float64).max(0)
    along, across = (1, 0) if boards.upright else (0, 1)
    length, width = (low[along], high[along]), (low[across], high[across])
    places, looks = [], []
    for rim, board in _pieces(length, width, boards, rng):
        piece = np.clip(rim, (length[0], width[0]), (length[1], width[1]))
        look = (piece - rim[0]) / (rim[3] - rim[0]) * (board[1] - board[0]) + board[0]
        order = [0, 2, 1, 3] if boards.upright else [0, 1, 2, 3]
        places.append(piece[order][:, [along, across]] if boards.upright else piece)
        looks.append(look[order])
    spots = np.concatenate(places)
    corner = 4 * np.arange(len(places))[:, None] + np.arange(4)
    faces = np.concatenate([corner[:, [0, 2, 1]], corner[:, [1, 2, 3]]])
    return Mesh.of(_lifted(sheet, spots), faces, np.concatenate(looks), np.repeat(_facing(sheet), len(spots), axis=0))


def _pieces(
    length: tuple[float, float], width: tuple[float, float], boards: Boards, rng: np.random.Generator
) -> Iterator[tuple[Float64Array, Float64Array]]:
    """Boards and the joints after them: their four corners (along, across), and (u, v) of the first and the last."""
    near = width[0] - boards.width * float(rng.uniform())
    while near < width[1]:
        far = near + boards.width * float(rng.uniform(*_WIDTHS))
        start = length[0] - boards.repeat * float(rng.uniform())
        while start < length[1]:
            reach, joint = float(rng.uniform(*_LENGTHS)), _JOINT * boards.repeat * (not boards.glued)
            row, shift = int(rng.integers(boards.rows)), float(rng.uniform())
            u, v = np.array([shift, shift + reach]), np.array([row, row + 1]) / boards.rows
            u, v = (
                side[::-1] if rng.uniform() < 0.5 and may else side for side, may in ((u, True), (v, boards.flipped))
            )
            end = start + boards.repeat * reach
            for one, other, rims in ((start, end - joint, v), (end - joint, end, v[[0, 0]])):
                # a joint is as dark as the rim of a row
                if other > max(length[0], one) and one < length[1] and far > width[0]:
                    corners = [(one, near), (other, near), (one, far), (other, far)]
                    yield np.array(corners), np.stack([u, rims], 1)
            start = end
        near = far


def _lifted(sheet: Mesh, spots: Float64Array) -> Float64Array:
    """Points (N, 3) of a flat sheet at texture coordinates (N, 2), also past its rim."""
    assert sheet.uv is not None
    known = np.column_stack([sheet.uv.astype(np.float64), np.ones(len(sheet.uv))])
    plane = np.linalg.lstsq(known, sheet.vertices.astype(np.float64), rcond=None)[0]
    return np.asarray(np.column_stack([spots, np.ones(len(spots))]) @ plane, np.float64)


def _facing(sheet: Mesh) -> Float64Array:
    a, b, c = sheet.vertices[sheet.faces[0]].astype(np.float64)
    normal = np.cross(b - a, c - a)
    return np.asarray(normal / np.linalg.norm(normal), np.float64)[None]


def half_rounds(reach: float, pitch: float, shift: float = 0.0) -> tuple[Float64Array, Float64Array]:
    """Half-round ribs side by side, as places across them (n,) and how far each is out (n,), from 0 in a crease to 1.

    Creases are among the places: left out, none is as deep as the next, and none is straight.

    Args:
        reach: How far they go to either side of 0, at least.
        pitch: Width of one.
        shift: Of their creases, in ribs.
    """
    angle = np.linspace(0, np.pi, _RIB_SIDES, endpoint=False)
    first = np.arange(np.floor(-reach / pitch), np.ceil(reach / pitch) + 1) - shift
    across = (first[:, None] + 0.5 - 0.5 * np.cos(angle)) * pitch
    return across.reshape(-1), np.tile(np.sin(angle), len(first))


def ribbed_wall(half_width: float, heights: tuple[float, float], z: float, *, rib: float, depth: float) -> Mesh:
    """Half-round ribs at depth ``z`` that face the camera, from the first height to the second, ``rib`` wide."""
    x, out = half_rounds(half_width, rib)
    points = np.zeros((2, len(x), 3))
    points[:, :, 0], points[:, :, 2] = x, z + depth * out
    points[0, :, 1], points[1, :, 1] = heights[1], heights[0]
    return grid(points)
