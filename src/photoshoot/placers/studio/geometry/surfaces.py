"""Open surfaces: what a set's floors, walls and cloths are made of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.geometry.mesh import Mesh


def grid(points: npt.ArrayLike, uv: npt.ArrayLike | None = None, *, smooth: bool = True) -> Mesh:
    """A surface through a grid of points.

    Args:
        points: (n, m, 3), laid out like a picture that faces the viewer: rows go down, columns to the right.
        uv: (n, m, 2); None spreads 0 to 1 over rows and columns.
        smooth: Whether the surface is shaded smooth; else its faces are flat.
    """
    corners = np.asarray(points, np.float32)
    rows, columns = corners.shape[:2]
    if uv is None:
        across, down = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
        uv = np.stack([across, down], -1)
    mesh = Mesh.of(corners, grid_faces(rows, columns), uv)
    return mesh.smoothed() if smooth else mesh


def grid_faces(rows: int, columns: int) -> npt.NDArray[np.int32]:
    """Triangles of a grid of vertices stored row by row, ((rows - 1) * (columns - 1) * 2, 3)."""
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).reshape(-1)
    right, below = corner + 1, corner + columns
    upper = np.stack([corner, below, right], 1)
    lower = np.stack([right, below, below + 1], 1)
    return np.concatenate([upper, lower]).astype(np.int32)


def floor(*, y: float = 0.0, half_width: float = 20.0, front: float = 14.0, back: float = -30.0) -> Mesh:
    """A level rectangle that faces up, from z = ``front`` (near the camera) to z = ``back``; v = 0 at the back."""
    return grid(_rectangle((-half_width, y, back), (half_width, y, back), (-half_width, y, front)))


def wall(*, z: float = -4.0, half_width: float = 18.0, bottom: float = -2.0, top: float = 12.0) -> Mesh:
    """An upright rectangle that faces the camera (+z); v = 0 at the top."""
    return grid(_rectangle((-half_width, top, z), (half_width, top, z), (-half_width, bottom, z)))


def sweep(
    *,
    back: float = -4.5,
    radius: float = 2.0,
    half_width: float = 18.0,
    height: float = 10.0,
    front: float = 14.0,
    steps: int = 32,
) -> Mesh:
    """A cyclorama: a floor at y = 0 that turns up, by a quarter circle of ``radius``, into a wall at z = ``back``.

    v runs by arc length from 0 at the top of the wall to 1 at the front of the floor.
    """
    angle = np.linspace(0, np.pi / 2, steps)
    curve = np.stack([radius * (1 - np.sin(angle)), back + radius * (1 - np.cos(angle))], 1)
    profile = np.concatenate([[[height, back]], curve, [[0.0, front]]])
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(profile, axis=0).T))])
    points = np.empty((len(profile), 2, 3))
    points[..., 0] = (-half_width, half_width)
    points[..., 1:] = profile[:, None]
    down = np.broadcast_to((length / length[-1])[:, None], (len(profile), 2))
    return grid(points, np.stack([np.broadcast_to([0.0, 1.0], down.shape), down], -1))


def _rectangle(
    top_left: tuple[float, ...], top_right: tuple[float, ...], bottom_left: tuple[float, ...]
) -> npt.NDArray[np.float64]:
    first, right, below = (np.array(corner, np.float64) for corner in (top_left, top_right, bottom_left))
    return np.stack([np.stack([first, right]), np.stack([below, below + right - first])])
