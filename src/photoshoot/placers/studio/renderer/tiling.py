"""Rectangles that hold chosen pixels."""

from collections.abc import Iterator

import numpy as np

from photoshoot.arrays import BoolArray

Tile = tuple[slice, slice]
"""Rows and columns."""

TILE_PX = 32
"""Side of the blocks that a scalar variant's threads take. Left to itself, Mitsuba has smaller ones of a small film
where there are more threads; each has its seed, so that the bytes would depend on the machine."""
_CELL_PX = 16
_EFFORT = 50  # cells that take as long as the denoiser's start


def cover_with_tiles(where: BoolArray) -> list[Tile]:
    """Rectangles of whole tiles, cut off at the border, that hold every chosen pixel of (H, W); none overlap."""
    steps = np.diff(np.pad(_cells(where, TILE_PX), [(0, 0), (1, 1)]).astype(np.int8), axis=1)
    return [
        _in_pixels((slice(row, row + 1), slice(int(first), int(last))), TILE_PX, where)
        for row, line in enumerate(steps)
        for first, last in zip(np.flatnonzero(line == 1), np.flatnonzero(line == -1), strict=True)
    ]


def cover_with_rectangles(where: BoolArray) -> list[Tile]:
    """A few rectangles (of whole cells, cut off at the border) that hold every chosen pixel of (H, W); none overlap."""
    return [_in_pixels(part, _CELL_PX, where) for part in _covering(_cells(where, _CELL_PX))]


def _cells(where: BoolArray, side_px: int) -> BoolArray:
    """Which cells hold a chosen pixel."""
    rows, columns = (np.arange(0, side, side_px) for side in where.shape)
    return np.asarray(np.logical_or.reduceat(np.logical_or.reduceat(where, rows, 0), columns, 1))


def _in_pixels(cells: Tile, side_px: int, where: BoolArray) -> Tile:
    rows, columns = (
        slice(side.start * side_px, min(side.stop * side_px, end)) for side, end in zip(cells, where.shape, strict=True)
    )
    return rows, columns


def _covering(cells: BoolArray) -> list[Tile]:
    """Cut the cells' box where that saves most, and again, as long as it saves."""
    box = _box(cells)
    if box is None:
        return []
    rows, columns = box
    inside = cells[box]
    cuts = list(_cuts(inside))
    area, halves = min(cuts, key=lambda cut: cut[0]) if cuts else (0, ())
    if not cuts or area >= _area(box):
        return [box]
    return [
        (_shifted(part[0], rows.start + half[0].start), _shifted(part[1], columns.start + half[1].start))
        for half in halves
        for part in _covering(inside[half])
    ]


def _cuts(cells: BoolArray) -> Iterator[tuple[int, tuple[Tile, Tile]]]:
    """Each way to cut cells in two, and the area left."""
    height, width = cells.shape
    down = [((slice(0, at), slice(0, width)), (slice(at, height), slice(0, width))) for at in range(1, height)]
    across = [((slice(0, height), slice(0, at)), (slice(0, height), slice(at, width))) for at in range(1, width)]
    for halves in down + across:
        boxes = [_box(cells[half]) for half in halves]
        yield sum(_area(box) for box in boxes if box is not None), halves


def _box(cells: BoolArray) -> Tile | None:
    rows, columns = np.flatnonzero(cells.any(1)), np.flatnonzero(cells.any(0))
    if not len(rows):
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _area(box: Tile) -> int:
    """Cells, with the margin that each rectangle brings, and the denoiser's own effort."""
    return int((box[0].stop - box[0].start + 1) * (box[1].stop - box[1].start + 1)) + _EFFORT


def _shifted(side: slice, by: int) -> slice:
    return slice(side.start + by, side.stop + by)
