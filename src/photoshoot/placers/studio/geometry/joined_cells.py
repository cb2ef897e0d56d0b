"""A grid's cells joined to squares, the larger the deeper inside a region: fewer triangles, and the same outline.

A square is no more than twice as large as those beside it, whose corners on its sides are corners of its own triangles:
so nothing gapes between them, however the grid is bent. Source: B. Von Herzen and A. Barr, "Accurate Triangulations of
Deformed, Intersecting Surfaces" (1987), restricted quadtrees.
"""

import itertools

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray
from photoshoot.placers.studio.geometry.mesh import Indices

_RIM = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0))
"""Down and across, in halves of a square: its corners and the middles of its sides, clockwise on the picture."""
_SIDES = ((0, 1), (1, 2), (2, 1), (1, 0))
"""The neighbour across each side, from the top on, in a grid of squares with one more round it."""


def join_cells(whole: BoolArray, corners: Indices, largest: int) -> tuple[Indices, BoolArray]:
    """Triangles of the squares that whole cells are joined to.

    Args:
        whole: (rows, columns), cells that lie wholly inside.
        corners: (rows + 1, columns + 1), numbers of the vertices at the cells' corners.
        largest: Cells along the side of the largest squares, a power of two.

    Returns:
        faces: (M, 3), counter-clockwise as seen on the picture with rows down.
        joined: (rows, columns), the cells that they cover.
    """
    levels = [whole]
    while 2 ** len(levels) <= largest and levels[-1].any():
        levels.append(_joinable(levels[-1]))
    covered = [_halved(level, below.shape) for below, level in itertools.pairwise(levels)]
    faces = [np.empty((0, 3), np.int32)]
    for power, level in enumerate(levels[1:], 1):
        left = level & ~covered[power] if power < len(covered) else level
        faces += _fans(left, np.pad(level, 1), corners, 2**power)
    return np.concatenate(faces), covered[0] if covered else np.zeros_like(whole)


def _joinable(whole: BoolArray) -> BoolArray:
    """Squares of two by two that are whole, and so are all twelve round them."""
    rows, columns = (side // 2 for side in whole.shape)
    framed = np.pad(whole, 1)
    tall = np.logical_and.reduce([framed[k : k + 2 * rows : 2] for k in range(4)])
    return np.asarray(np.logical_and.reduce([tall[:, k : k + 2 * columns : 2] for k in range(4)]), bool)


def _halved(squares: BoolArray, shape: tuple[int, ...]) -> BoolArray:
    """Which squares of half the size, of a grid of such a shape, lie in these."""
    finer = np.zeros(shape, bool)
    finer[: 2 * squares.shape[0], : 2 * squares.shape[1]] = squares.repeat(2, 0).repeat(2, 1)
    return finer


def _fans(squares: BoolArray, whole: BoolArray, corners: Indices, size: int) -> list[Indices]:
    """Triangles of squares: two where all neighbours are as large, else a fan that meets the smaller ones' corners."""
    row, column = np.nonzero(squares)
    rim = [corners[row * size + down * size // 2, column * size + across * size // 2] for down, across in _RIM]
    middle = corners[row * size + size // 2, column * size + size // 2]
    split = [~whole[row + down, column + across] for down, across in _SIDES]
    plain = ~np.logical_or.reduce(split)
    faces = [_triangles(plain, rim[0], rim[4], rim[2]), _triangles(plain, rim[0], rim[6], rim[4])]
    for side, halves in enumerate(split):
        start, half, end = (rim[(2 * side + step) % 8] for step in range(3))
        faces.append(_triangles(~plain & ~halves, middle, end, start))
        faces += [_triangles(halves, middle, half, start), _triangles(halves, middle, end, half)]
    return faces


def _triangles(chosen: BoolArray, *corners: npt.NDArray[np.integer]) -> Indices:
    return np.stack([corner[chosen] for corner in corners], 1).astype(np.int32)
