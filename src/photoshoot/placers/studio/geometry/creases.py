"""Sharp edges on uneven ground: points of its grid slide onto them, and the light changes there at once."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.placers.studio.geometry.mesh import Indices, Mesh

Ints = npt.NDArray[np.int64]
Pieces = Callable[[Float64Array, Float64Array], Ints]
"""Number of the smooth piece of ground at x and z (arrays of one shape); an edge lies where it changes."""

_HALVINGS = 6
_SMOOTH = float(np.cos(np.radians(5)))  # pieces that meet at less of an angle stay one to the light
_SLIVER = 0.15  # share of the faces round a point below which their normal is not to be trusted


def draw_creases(x: Float64Array, z: Float64Array, pieces: Pieces) -> tuple[Float64Array, Float64Array, BoolArray]:
    """A grid whose points next to an edge have slid onto it, along a row or a column, by less than a cell.

    Args:
        x: (n, m).
        z: (n, m).
        pieces: The ground's.

    Returns:
        New x and z, and which points lie on an edge.
    """
    flat = np.stack([x.reshape(-1), z.reshape(-1)])
    piece = pieces(flat[0], flat[1])
    here, there = _crossed(piece.reshape(x.shape))
    share = _crossing(flat[:, here], flat[:, there], piece[here], pieces)
    onto = flat[:, here] * (1 - share) + flat[:, there] * share
    taken = _shared_out(here, there, share, piece)
    on = taken >= 0
    flat[:, on] = onto[:, taken[on]]
    return flat[0].reshape(x.shape), flat[1].reshape(x.shape), on.reshape(x.shape)


def _shared_out(here: Ints, there: Ints, share: Float64Array, piece: Ints) -> Ints:
    """Which crossing every point slides onto, -1 for none: the nearest, or one whose nearer point has another edge."""
    nearer, farther = np.where(share < 0.5, here, there), np.where(share < 0.5, there, here)
    edge = np.minimum(piece[here], piece[there]) * (piece.max() + 1) + np.maximum(piece[here], piece[there])
    order = np.argsort(-np.minimum(share, 1 - share), kind="stable")  # a point's nearest comes last and stays
    taken = np.full(len(piece), -1)
    taken[nearer[order]] = order
    missed = (edge != edge[taken[nearer]]) & (taken[farther] < 0)
    left = order[::-1][missed[order[::-1]]]
    taken[farther[left]] = left
    return taken


def _crossed(piece: Ints) -> tuple[Ints, Ints]:
    """Numbers of neighbouring points of a grid that lie on different pieces."""
    number = np.arange(piece.size).reshape(piece.shape)
    across, down = piece[:, 1:] != piece[:, :-1], piece[1:] != piece[:-1]
    here = np.concatenate([number[:, :-1][across], number[:-1][down]])
    return here, np.concatenate([number[:, 1:][across], number[1:][down]])


def _crossing(here: Float64Array, there: Float64Array, piece: Ints, pieces: Pieces) -> Float64Array:
    """How far from ``here`` to ``there`` (2, k) the edge lies, as a share."""
    low, high = np.zeros(here.shape[1]), np.ones(here.shape[1])
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        x, z = here + (there - here) * middle
        same = pieces(x, z) == piece
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.asarray(0.5 * (low + high), np.float64)


def part(mesh: Mesh, creases: BoolArray, pieces: Pieces) -> Mesh:
    """The mesh with normals of their own on either side of its edges.

    Args:
        mesh: Ground.
        creases: Which of its vertices lie on an edge, as ``draw_creases`` says.
        pieces: The ground's.
    """
    a, b, c = (mesh.vertices[mesh.faces[:, corner]].astype(np.float64) for corner in range(3))
    facing = np.cross(b - a, c - a)
    inner = creases.reshape(-1)[mesh.faces]
    touched = inner.any(1)
    middle = (a[touched] + b[touched] + c[touched]) / 3
    sides = np.zeros(len(facing), np.int64)
    sides[touched] = pieces(middle[:, 0], middle[:, 2])
    many = int(sides.max(initial=0)) + 1
    kinds, which = np.unique((mesh.faces * many + sides[:, None])[inner], return_inverse=True)
    vertex = kinds // many
    faces = mesh.faces.copy()
    faces[inner] = len(mesh.vertices) + which
    return Mesh(
        vertices=np.concatenate([mesh.vertices, mesh.vertices[vertex]]),
        faces=faces,
        uv=None if mesh.uv is None else np.concatenate([mesh.uv, mesh.uv[vertex]]),
        normals=_normals(faces, facing, vertex, len(mesh.vertices)),
    )


def _normals(faces: Indices, facing: Float64Array, vertex: Ints, count: int) -> Float32Array:
    """Normals of vertices, the mean of the faces round them; thin or nearly level sides of an edge share theirs.

    Args:
        faces: Of the parted mesh.
        facing: Their normals, as long as twice their areas.
        vertex: What each of the vertices from number ``count`` on is a side of.
        count: How many vertices there were.
    """
    corners = faces.reshape(-1)
    total = np.stack([np.bincount(corners, np.repeat(axis, 3), count + len(vertex)) for axis in facing.T], 1)
    own = total[count:]
    shared = np.stack([np.bincount(vertex, axis, count) for axis in own.T], 1)[vertex]
    length, whole = np.linalg.norm(own, axis=1), np.linalg.norm(shared, axis=1)
    apart = ((own * shared).sum(1) < _SMOOTH * length * whole) & (length > _SLIVER * whole)
    total[count:] = np.where(apart[:, None], own, shared)
    total[vertex] = shared
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-20), np.float32)
