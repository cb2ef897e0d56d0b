"""Flat shapes given by a field: marching squares, and solids cut from a sheet.

Source: W. Lorensen and H. Cline, "Marching Cubes" (1987), in its two-dimensional form.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.geometry.joined_cells import join_cells
from photoshoot.placers.studio.geometry.mesh import Indices, Mesh

Field = Callable[[npt.NDArray[np.float64], npt.NDArray[np.float64]], npt.NDArray[np.float64]]
"""A function of x and y (arrays of one shape) that is positive inside a shape; best a signed distance."""

_UV_SCALE = 0.1  # texture repeats a world unit on a solid's front
_LARGEST = 64  # cells along the squares that a flat front is joined to
_POLYGONS = (
    (),
    (0, 4, 7),
    (4, 1, 5),
    (0, 1, 5, 7),
    (5, 2, 6),
    (0, 4, 5, 2, 6, 7),
    (4, 1, 2, 6),
    (0, 1, 2, 6, 7),
    (7, 6, 3),
    (0, 4, 6, 3),
    (4, 1, 5, 6, 3, 7),
    (0, 1, 5, 6, 3),
    (7, 5, 2, 3),
    (0, 4, 5, 2, 3),
    (4, 1, 2, 3, 7),
    (0, 1, 2, 3),
)
"""For each case (bit k: corner k is inside), the polygon inside the cell, clockwise on the picture. Corners 0 to 3 are
top left, top right, bottom right, bottom left; 4 to 7 the crossings of the top, right, bottom and left sides. In the
two ambiguous cases the inside is joined."""
_WHOLE = len(_POLYGONS) - 1


def triangulate_region(
    field: npt.NDArray[np.floating], level: float = 0.0, *, largest: int = 1
) -> tuple[Float32Array, Indices]:
    """Triangles of the region where a sampled field exceeds a level, exact to linear interpolation along the grid.

    Args:
        field: (ny, nx).
        level: The region is ``field > level``; it ends at the grid's border.
        largest: Cells, a power of two, along the side of the largest squares that cells are joined to, the larger
            the deeper inside; 1: none are. Its outline stays as it is.

    Returns:
        vertices: (N, 2), (column, row) in grid coordinates; each is shared by all triangles around it.
        faces: (M, 3), counter-clockwise as seen on the picture (rows down): flipping y makes them face the viewer.
    """
    values = np.asarray(field, np.float32) - np.float32(level)
    inside = values > 0
    numbers, vertices = _number_vertices(values, inside)
    case = inside[:-1, :-1] | inside[:-1, 1:] << 1 | inside[1:, 1:] << 2 | inside[1:, :-1] << 3
    squares, joined = join_cells(case == _WHOLE, numbers[0], largest)
    case[joined] = 0
    faces = [_faces_of_case(numbers, np.nonzero(case == code), polygon) for code, polygon in enumerate(_POLYGONS)]
    return _used(vertices, np.concatenate([*faces, squares]).astype(np.int32))


def extrude(field: Field, bounds: tuple[float, float, float, float], depth: float, *, samples: int = 160) -> Mesh:
    """A solid cut from a sheet: the region where a field is positive, from z = 0 (front) back to z = -``depth``.

    Args:
        field: The shape.
        bounds: (left, bottom, right, top), wholly around the shape or cutting it straight.
        depth: Thickness of the sheet.
        samples: Grid points along the longer side of the bounds; corners are cut by about half a step.
    """
    left, bottom, right, top = bounds
    step = max(right - left, top - bottom) / (samples - 1)
    x = np.linspace(left, right, max(2, round((right - left) / step) + 1))
    y = np.linspace(top, bottom, max(2, round((top - bottom) / step) + 1))
    flat, faces = triangulate_region(field(*np.meshgrid(x, y)), largest=_LARGEST)
    plan = np.stack([np.interp(flat[:, 0], np.arange(len(x)), x), np.interp(flat[:, 1], np.arange(len(y)), y)], 1)
    return extrude_region(plan, faces, depth)


def extrude_region(plan: npt.ArrayLike, faces: Indices, depth: float) -> Mesh:
    """A flat-shaded solid from a triangulated region; its rim takes the texture of the edge.

    Args:
        plan: (N, 2), x and y of the region's vertices.
        faces: (M, 3), counter-clockwise with y up.
        depth: The solid runs from z = 0 (front) to z = -``depth``.
    """
    flat = np.asarray(plan, np.float32)
    count = len(flat)
    front = np.concatenate([flat, np.zeros((count, 1), np.float32)], 1)
    start, end = boundary_edges(faces).T
    rim = np.concatenate([np.stack([start, start + count, end], 1), np.stack([end, start + count, end + count], 1)])
    return Mesh(
        vertices=np.concatenate([front, front - np.array([0, 0, depth], np.float32)]),
        faces=np.concatenate([faces, faces[:, ::-1] + count, rim]).astype(np.int32),
        uv=np.tile(flat * np.array([_UV_SCALE, -_UV_SCALE], np.float32), (2, 1)),
    )


def boundary_edges(faces: Indices) -> Indices:
    """Edges (K, 2) that belong to one face only, in that face's direction."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    ends = np.sort(edges, axis=1).astype(np.int64)
    _, first, uses = np.unique(ends[:, 0] * (ends.max() + 1) + ends[:, 1], return_index=True, return_counts=True)
    return np.asarray(edges[first[uses == 1]], np.int32)


def arch_field(half_width: float, height: float) -> Field:
    """A doorway that stands on y = 0: straight sides under a half circle, ``height`` in all."""
    spring = height - half_width

    def field(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        sides = half_width - np.hypot(x, np.maximum(y - spring, 0.0))
        return np.minimum(sides, y)

    return field


def polygon_field(outline: npt.ArrayLike) -> Field:
    """The signed distance to a closed polygon, (k, 2), in either direction; it need not be convex."""
    corners = np.asarray(outline, np.float64)
    following = np.roll(corners, -1, axis=0)

    def field(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        distance, inside = np.full(x.shape, np.inf), np.zeros(x.shape, bool)
        for (ax, ay), (bx, by) in zip(corners, following, strict=True):
            dx, dy = bx - ax, by - ay
            along = np.clip(((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-20), 0, 1)
            distance = np.minimum(distance, np.hypot(x - ax - along * dx, y - ay - along * dy))
            if ay != by:
                inside ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) * dx / dy)
        return np.where(inside, distance, -distance)

    return field


def _number_vertices(
    values: Float32Array, inside: npt.NDArray[np.bool_]
) -> tuple[tuple[Indices, Indices, Indices], Float32Array]:
    """Numbers of the vertices on corners, level sides and upright sides (-1 where there is none), and the vertices."""
    corner_at = np.nonzero(inside)
    across_at = np.nonzero(inside[:, :-1] != inside[:, 1:])
    down_at = np.nonzero(inside[:-1] != inside[1:])
    corners = _numbered(inside.shape, corner_at, 0)
    across = _numbered((inside.shape[0], inside.shape[1] - 1), across_at, len(corner_at[0]))
    down = _numbered((inside.shape[0] - 1, inside.shape[1]), down_at, len(corner_at[0]) + len(across_at[0]))
    shift_x = _crossing(values[across_at], values[across_at[0], across_at[1] + 1])
    shift_y = _crossing(values[down_at], values[down_at[0] + 1, down_at[1]])
    vertices = np.concatenate(
        [
            np.stack([corner_at[1], corner_at[0]], 1),
            np.stack([across_at[1] + shift_x, across_at[0]], 1),
            np.stack([down_at[1], down_at[0] + shift_y], 1),
        ]
    )
    return (corners, across, down), vertices.astype(np.float32)


def _used(vertices: Float32Array, faces: Indices) -> tuple[Float32Array, Indices]:
    """The vertices that faces have, and the faces with their new numbers."""
    kept = np.zeros(len(vertices), bool)
    kept[faces] = True
    return vertices[kept], (np.cumsum(kept, dtype=np.int32) - 1)[faces]


def _numbered(shape: tuple[int, ...], where: tuple[npt.NDArray[np.intp], ...], start: int) -> Indices:
    numbers = np.full(shape, -1, np.int32)
    numbers[where] = np.arange(start, start + len(where[0]), dtype=np.int32)
    return numbers


def _crossing(first: Float32Array, second: Float32Array) -> Float32Array:
    """How far along a side the field is zero; kept off the ends so that no triangle collapses."""
    return np.clip(first / (first - second), 1e-3, 1 - 1e-3)


def _faces_of_case(
    numbers: tuple[Indices, Indices, Indices], cells: tuple[npt.NDArray[np.intp], ...], polygon: tuple[int, ...]
) -> Indices:
    corners, across, down = numbers
    row, column = cells
    sources = (
        (corners, row, column),
        (corners, row, column + 1),
        (corners, row + 1, column + 1),
        (corners, row + 1, column),
        (across, row, column),
        (down, row, column + 1),
        (across, row + 1, column),
        (down, row, column),
    )
    rim = [sources[point][0][sources[point][1], sources[point][2]] for point in polygon]
    fans = [np.stack([rim[0], rim[k + 1], rim[k]], 1) for k in range(1, len(rim) - 1)]
    return np.concatenate(fans) if fans else np.empty((0, 3), np.int32)
