"""Many of one thing in one mesh: stones on a beach, blades of grass."""

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh


def copies(mesh: Mesh, frames: npt.ArrayLike, places: npt.ArrayLike, uv_shifts: npt.ArrayLike | None = None) -> Mesh:
    """A mesh of n copies.

    Args:
        mesh: What is copied.
        frames: (n, 3, 3), how each is turned and scaled; not mirrored.
        places: (n, 3), where its origin goes.
        uv_shifts: (n, 2), added to each copy's texture coordinates.
    """
    linear, offset = np.asarray(frames, np.float64), np.asarray(places, np.float64)
    count, size = len(offset), len(mesh.vertices)
    vertices = np.einsum("nij,vj->nvi", linear, mesh.vertices) + offset[:, None]
    faces = mesh.faces[None] + (np.arange(count) * size)[:, None, None]
    normals = uv = None
    if mesh.normals is not None:
        normals = np.einsum("nji,vj->nvi", np.linalg.inv(linear), mesh.normals)
        normals = normals / np.linalg.norm(normals, axis=-1, keepdims=True)
    if mesh.uv is not None:
        shifts = np.zeros((count, 2)) if uv_shifts is None else np.asarray(uv_shifts, np.float64)
        uv = mesh.uv[None] + shifts[:, None]
    return Mesh.of(vertices, faces, uv, normals)


def random_turns(count: int, rng: np.random.Generator, tumble_deg: float = 180.0) -> Float64Array:
    """(count, 3, 3) rotations: any way round y, then tipped by up to ``tumble_deg`` any way."""
    spin, way = rng.uniform(0, 2 * np.pi, (2, count))
    tip = np.radians(tumble_deg) * rng.uniform(-1, 1, count)
    axis = np.stack([np.cos(way), 0 * way, np.sin(way)], 1)
    return np.asarray(_about(axis, tip) @ _about(np.broadcast_to([0.0, 1.0, 0.0], (count, 3)), spin), np.float64)


def blades(roots: npt.ArrayLike, lengths: npt.ArrayLike, leans: npt.ArrayLike, width: float, steps: int) -> Mesh:
    """Blades that rise from the ground and bend over, u from 0 to 1 across all of them, v = 0 at the tip.

    Args:
        roots: (n, 3).
        lengths: (n,).
        leans: (n, 2), how far the tip leans in x and z, as a share of the length.
        width: At the root, as a share of the length; they taper to nothing.
        steps: Segments of a blade.
    """
    root, long, lean = (np.asarray(part, np.float64) for part in (roots, lengths, leans))
    along = np.linspace(0, 1, steps + 1)[None, :, None]
    bend = np.concatenate([lean[:, :1], np.zeros((len(root), 1)), lean[:, 1:]], 1)[:, None]
    droop = 0.5 * (lean**2).sum(1)[:, None, None] * along**2 * [0.0, 1.0, 0.0]
    middle = root[:, None] + long[:, None, None] * (along * [0.0, 1.0, 0.0] + bend * along**2 - droop)
    side = np.stack([lean[:, 1] + 1e-3, 0 * long, -lean[:, 0]], 1)
    side = 0.5 * width * long[:, None] * side / np.linalg.norm(side, axis=1, keepdims=True)
    half = side[:, None] * (1 - along**1.5)
    points = np.stack([middle - half, middle + half], 2)
    return _ribbons(points, np.cross(np.gradient(middle, axis=1), side[:, None]))


def _ribbons(points: Float64Array, normals: Float64Array) -> Mesh:
    """Strips through points (n, k, 2, 3)."""
    count, rungs = points.shape[:2]
    normals = normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-20)
    corner = (np.arange(count)[:, None] * rungs + np.arange(rungs - 1)).reshape(-1) * 2
    faces = np.concatenate(
        [np.stack([corner, corner + 1, corner + 2], 1), np.stack([corner + 1, corner + 3, corner + 2], 1)]
    )
    across = np.broadcast_to((np.arange(count)[:, None, None] + 0.5) / count, points.shape[:3])
    along = np.broadcast_to(np.linspace(1, 0, rungs)[None, :, None], points.shape[:3])
    return Mesh.of(points, faces, np.stack([across, along], -1), np.repeat(normals, 2, 1))


def _about(axis: npt.NDArray[np.float64], angle: npt.NDArray[np.float64]) -> Float64Array:
    """Rotations (n, 3, 3) about unit axes (n, 3)."""
    x, y, z = axis.T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], 1).reshape(-1, 3, 3)
    sin, cos = np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    return np.asarray(np.eye(3) + sin * cross + (1 - cos) * (cross @ cross), np.float64)
