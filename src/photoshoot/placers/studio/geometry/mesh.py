"""Triangle meshes as plain arrays; and open surfaces, which floors, walls and cloths are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.errors import SettingsError

Indices = npt.NDArray[np.int32]

_WELD_CELL = 1.37e-5
"""Vertices closer than this share of the mesh's extent are the same point; an odd number keeps round coordinates
away from the edges of the cells."""
_SPECK, _UNDER = 1e-4, 0.03  # of a speck: its sides and how deep it lies, world units


@dataclass(frozen=True, kw_only=True, eq=False)
class Mesh:
    """Triangles in world units, y up.

    Faces are wound counter-clockwise as seen from outside (closed meshes) or from the camera (open ones), so
    ``cross(b - a, c - a)`` points outward. Texture coordinates run as in a picture: u to the right, v down, row 0 of
    a bitmap at v = 0.
    """

    vertices: Float32Array
    """(N, 3), world units or a model's own."""
    faces: Indices
    """(M, 3), indices of vertices."""
    uv: Float32Array | None = None
    """(N, 2), or None for a mesh without texture."""
    normals: Float32Array | None = None
    """(N, 3), unit length; None means flat faces."""

    @classmethod
    def of(
        cls,
        points: npt.ArrayLike,
        faces: npt.NDArray[np.integer],
        uv: npt.ArrayLike | None = None,
        normals: npt.ArrayLike | None = None,
    ) -> Mesh:
        """A mesh of arrays of any float type and leading shape, (…, 3) points and normals and (…, 2) coordinates."""
        return cls(
            vertices=np.asarray(points, np.float32).reshape(-1, 3),
            faces=np.asarray(faces, np.int32).reshape(-1, 3),
            uv=None if uv is None else np.asarray(uv, np.float32).reshape(-1, 2),
            normals=None if normals is None else np.asarray(normals, np.float32).reshape(-1, 3),
        )

    def __post_init__(self) -> None:
        count = len(self.vertices)
        if self.vertices.shape != (count, 3) or self.faces.ndim != 2 or self.faces.shape[1] != 3:
            raise SettingsError("mesh", (self.vertices.shape, self.faces.shape), "vertices (N, 3) and faces (M, 3)")
        for name, array, width in (("uv", self.uv, 2), ("normals", self.normals, 3)):
            if array is not None and array.shape != (count, width):
                raise SettingsError(f"mesh.{name}", array.shape, f"shape ({count}, {width})")

    def transformed(self, matrix: npt.ArrayLike) -> Mesh:
        """The mesh moved by an affine matrix (3, 4) or (4, 4); a mirroring matrix keeps normals outward."""
        affine = np.asarray(matrix, np.float64)
        linear, offset = affine[:3, :3], affine[:3, 3]
        faces = self.faces[:, ::-1] if np.linalg.det(linear) < 0 else self.faces
        return replace(
            self,
            vertices=(self.vertices @ linear.T + offset).astype(np.float32),
            faces=np.ascontiguousarray(faces),
            normals=None if self.normals is None else unit(self.normals @ np.linalg.inv(linear)),
        )

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        """The mesh shifted by (x, y, z)."""
        return replace(self, vertices=self.vertices + np.array([x, y, z], np.float32))

    def turned(self, degrees: float, axis: str = "y") -> Mesh:
        """The mesh turned about an axis (``"x"``, ``"y"`` or ``"z"``) through the origin, right-handed."""
        return self.transformed(rotation(degrees, axis))

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Mesh:
        """The mesh scaled from the origin; one factor scales all three axes."""
        return self.transformed(np.diag([x, x if y is None else y, x if z is None else z, 1.0]))

    def flipped(self) -> Mesh:
        """The mesh turned inside out."""
        normals = None if self.normals is None else -self.normals
        return replace(self, faces=np.ascontiguousarray(self.faces[:, ::-1]), normals=normals)

    def shaded(self, v: npt.ArrayLike, u: npt.ArrayLike = 0.0) -> Mesh:
        """The mesh with texture coordinates of its own, one for all vertices or (N,)."""
        both = np.stack(np.broadcast_arrays(u, v, np.zeros(len(self.vertices)))[:2], 1)
        return replace(self, uv=both.astype(np.float32))

    def bent(self, points: npt.ArrayLike) -> Mesh:
        """The mesh with its vertices elsewhere, (N, 3), shaded smooth."""
        return replace(self, vertices=np.asarray(points, np.float32), normals=None).smoothed()

    def smoothed(self) -> Mesh:
        """The mesh with area-weighted vertex normals, shared between vertices that lie on one point (seams)."""
        shared = weld(self.vertices)
        corners = self.vertices[self.faces].astype(np.float64)
        face_normals = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        point, count = shared[self.faces.T.reshape(-1)], int(shared.max()) + 1
        total = [np.bincount(point, np.tile(face_normals[:, axis], 3), count) for axis in range(3)]
        return replace(self, normals=unit(np.stack(total, 1))[shared])

    def faceted(self) -> Mesh:
        """The mesh with its faces apart, each with its own normal: it looks flat, also when merged with smooth ones."""
        corners = self.vertices[self.faces]
        normals = _cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        return Mesh(
            vertices=corners.reshape(-1, 3),
            faces=np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3),
            uv=None if self.uv is None else self.uv[self.faces].reshape(-1, 2),
            normals=np.repeat(unit(normals), 3, axis=0),
        )


def merged(meshes: Iterable[Mesh]) -> Mesh:
    """One mesh of several. Texture coordinates or normals are kept only if every mesh has them.

    Raises:
        SettingsError: There is no mesh.
    """
    parts = list(meshes)
    if not parts:
        raise SettingsError("meshes", 0, "at least one mesh")
    starts = np.cumsum([0] + [len(part.vertices) for part in parts[:-1]])
    return Mesh(
        vertices=np.concatenate([part.vertices for part in parts]),
        faces=np.concatenate([part.faces + start for part, start in zip(parts, starts, strict=True)]).astype(np.int32),
        uv=_joined([part.uv for part in parts]),
        normals=_joined([part.normals for part in parts]),
    )


def speck(mesh: Mesh) -> Mesh:
    """A triangle under the floor, too small to be seen, with the texture coordinates and normals that a mesh has."""
    corners = np.array([[0, 0, 0], [0, 0, _SPECK], [_SPECK, 0, 0]], np.float32)
    up = np.tile(np.array([0, 1, 0], np.float32), (3, 1))
    return Mesh(
        vertices=corners - np.array([0, _UNDER, 0], np.float32),
        faces=np.array([[0, 1, 2]], np.int32),
        uv=None if mesh.uv is None else np.tile(mesh.uv[:1], (3, 1)),
        normals=None if mesh.normals is None else up,
    )


def weld(vertices: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """For each vertex of (N, 3), the number of its point; vertices on one point get the same number."""
    places = vertices.astype(np.float64).T.copy()  # (3, N): a look at each row of three takes five times as long
    extent = max(float(np.ptp(vertices.T.copy(), axis=1).max()), 1e-12)
    cells = np.round(places / (_WELD_CELL * extent)).astype(np.int64)
    cells -= cells.min(1)[:, None]
    rows, columns = (int(side) + 1 for side in cells.max(1)[1:])  # three of 73,000 at most: their product fits
    number = np.unique((cells[0] * rows + cells[1]) * columns + cells[2], return_inverse=True)[1]
    return np.asarray(number.reshape(-1), np.int64)


def rotation(degrees: float, axis: str = "y") -> npt.NDArray[np.float64]:
    """The (4, 4) matrix that turns about ``"x"``, ``"y"`` or ``"z"``, right-handed."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(4)
    matrix[first, first] = matrix[second, second] = cos
    matrix[first, second], matrix[second, first] = -sin, sin
    return matrix


def drop_degenerate(mesh: Mesh) -> Mesh:
    """The mesh without triangles that have two corners on one point."""
    a, b, c = weld(mesh.vertices)[mesh.faces].T
    return replace(mesh, faces=mesh.faces[(a != b) & (b != c) & (c != a)])


def _cross(first: npt.NDArray[np.floating], second: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """``np.cross`` of vectors (N, 3), bit for bit; of few it takes a quarter of the time."""
    result = np.empty_like(first)
    for axis, (after, last) in enumerate(((1, 2), (2, 0), (0, 1))):
        np.multiply(first[:, after], second[:, last], out=result[:, axis])
        result[:, axis] -= first[:, last] * second[:, after]
    return result


def unit(vectors: npt.NDArray[np.floating]) -> Float32Array:
    """Vectors (…, 3) of length 1."""
    x, y, z = (vectors[..., axis] for axis in range(3))
    length = np.maximum(np.sqrt(x * x + y * y + z * z), 1e-20)[..., None]
    return np.asarray(vectors / length, np.float32)


def _joined(arrays: list[Float32Array | None]) -> Float32Array | None:
    present = [array for array in arrays if array is not None]
    return np.concatenate(present) if len(present) == len(arrays) else None


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
