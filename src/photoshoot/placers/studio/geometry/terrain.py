"""Landscapes: noise over a plane and in space, and meshes of uneven ground."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.pixels.bands import in_bands
from photoshoot.placers.studio.geometry.mesh import Mesh

Terrain = Callable[[Float64Array, Float64Array], Float64Array]
"""Height y of the ground at x and z (arrays of one shape)."""

_LATTICE = 256
_MANY = 40_000  # coordinates; fewer are not worth the trouble
_SPACE_LATTICE = 32


def level_terrain(y: float) -> Terrain:
    """Ground of one height."""

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        return np.full(np.broadcast(x, z).shape, y)

    return height


def plane_noise(x: npt.ArrayLike, z: npt.ArrayLike, *, seed: int, octaves: int = 1, gain: float = 0.5) -> Float64Array:
    """Smooth noise over a plane, about -1 to 1, its features about one unit wide.

    Args:
        x: First coordinate, any shape.
        z: Second coordinate, of the same shape.
        seed: Chooses the noise.
        octaves: Layers, each twice as fine as the one before.
        gain: Height of a layer over the one before.
    """
    points = np.stack([np.asarray(x, np.float64), np.asarray(z, np.float64)])
    if _is_grid(points):
        return _grid_noise(points[0, 0], points[1, :, 0], seed, octaves, gain)
    total, height = np.zeros(points.shape[1:]), 1.0
    for octave in range(octaves):
        field = _plane_lattice(seed + octave)
        total += height * ndimage.map_coordinates(field, points * (4.0 * 2**octave), order=1, mode="grid-wrap")
        height *= gain
    return total


def slow_waves(
    x: Float64Array, z: Float64Array, frequency: tuple[float, float], rng: np.random.Generator
) -> Float64Array:
    """A sum of five slow waves, about -1 to 1: what shines shows the lattice of ``plane_noise``, and none here.

    Args:
        x: First coordinate, any shape.
        z: Second coordinate, of the same shape.
        frequency: Along each, at most; radians a unit.
        rng: Draws them.
    """
    total = np.zeros_like(x)
    for _ in range(5):
        fx, fz, phase = rng.uniform(0.3, 1) * frequency[0], rng.uniform(-1, 1) * frequency[1], rng.uniform(0, 6.3)
        total += rng.normal() * np.sin(fx * x + fz * z + phase)
    return total / 1.6


def _is_grid(points: Float64Array) -> bool:
    """Whether points (2, …) are many, those of a grid (2, H, W) whose first coordinate runs along its rows."""
    if points.ndim != 3 or points.size < _MANY:
        return False
    return bool((points[0] == points[0, :1]).all() and (points[1] == points[1, :, :1]).all())


def _grid_noise(x: Float64Array, z: Float64Array, seed: int, octaves: int, gain: float) -> Float64Array:
    """``plane_noise`` at a grid's columns x (W,) and rows z (H,), bit for bit, in a fifth of the time."""
    layers, height = [], 1.0
    for octave in range(octaves):
        scale = 4.0 * 2**octave
        before, after, share = _between(x * scale)
        field = np.array(_plane_lattice(seed + octave).T, np.float64, order="C")
        layers.append(
            (np.float32(height), (field.take(before, 1) * (1 - share), field.take(after, 1) * share), z * scale)
        )
        height *= gain

    def add_up(rows: npt.NDArray[np.int64]) -> Float64Array:
        total = np.zeros((len(rows), len(x)))
        layer, part = np.empty_like(total), np.empty_like(total)
        for height, sides, down in layers:
            above, below, share = _between(down[rows])
            layer.fill(0)
            for side in sides:  # in the order in which SciPy adds
                for row, weight in ((above, 1 - share), (below, share)):
                    np.take(side, row, axis=0, out=part, mode="clip")
                    np.multiply(part, weight[:, None], out=part)
                    np.add(layer, part, out=layer)
            total += height * layer.astype(np.float32)
        return total

    return np.asarray(in_bands(add_up, np.arange(len(z))), np.float64)


def _between(place: Float64Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Float64Array]:
    """Of places (N,) on a ring of ``_LATTICE`` cells: the cell before each, the one after, and how far it lies on."""
    size = float(_LATTICE)
    turns = np.where(place < 0, np.trunc(-place / size) + 1, np.where(place > size - 1, -np.trunc(place / size), 0))
    within = place + size * turns
    before = np.floor(within)
    cell = before.astype(np.int64)
    return cell % _LATTICE, (cell + 1) % _LATTICE, within - before


def space_noise(points: npt.ArrayLike, *, seed: int, octaves: int = 1) -> Float64Array:
    """Smooth noise at points (n, 3) in space, about -1 to 1, its features about one unit wide; see ``plane_noise``."""
    places = np.asarray(points, np.float64).T
    total, height = np.zeros(places.shape[1]), 1.0
    for octave in range(octaves):
        field = _space_lattice(seed + octave)
        total += height * ndimage.map_coordinates(
            field, places * 2.0**octave, order=3, mode="grid-wrap", prefilter=False
        )
        height *= 0.5
    return total


def relief(
    points: npt.ArrayLike, uv: npt.ArrayLike | None = None, creases: npt.NDArray[np.bool_] | None = None
) -> Mesh:
    """A smooth surface through a dense grid of points: as ``grid``, but quicker, and cells are cut along their ridges.

    Args:
        points: (n, m, 3), rows from far to near, columns to the right.
        uv: (n, m, 2); None spreads 0 to 1 over rows and columns.
        creases: Which points lie on an edge, (n, m): cells are cut along it.
    """
    corners = np.asarray(points, np.float64)
    rows, columns = corners.shape[:2]
    if uv is None:
        uv = np.stack(np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows)), -1)
    normals = np.cross(_differences(corners, 0), _differences(corners, 1))
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-20)
    return Mesh.of(corners, _ridge_faces(corners[..., 1], creases), uv, normals)


def _ridge_faces(heights: Float64Array, creases: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.int32]:
    """Triangles of a grid (n, m): each cell is cut along the diagonal whose ends are more nearly level, or an edge."""
    rows, columns = heights.shape
    a = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).reshape(-1)
    b, c, d = a + 1, a + columns, a + columns + 1
    level = heights.reshape(-1)
    down = np.abs(level[a] - level[d]) < np.abs(level[b] - level[c])
    if creases is not None:
        on = creases.reshape(-1)
        falling, rising = on[a] & on[d], on[b] & on[c]
        down = np.where(falling == rising, down, falling)
    upper = np.stack([a, np.where(down, d, c), b], 1)
    lower = np.stack([np.where(down, a, b), c, d], 1)
    return np.concatenate([upper, lower]).astype(np.int32)


def _differences(points: Float64Array, axis: int) -> Float64Array:
    """From the neighbour before to the one after."""
    ahead = np.concatenate([points.take(range(1, points.shape[axis]), axis), points.take([-1], axis)], axis)
    behind = np.concatenate([points.take([0], axis), points.take(range(points.shape[axis] - 1), axis)], axis)
    return np.asarray(ahead - behind, np.float64)


@lru_cache(maxsize=64)
def _plane_lattice(seed: int) -> npt.NDArray[np.float32]:
    """Periodic noise with features four cells wide: linear steps between cells are too fine to see."""
    raw = np.random.default_rng([seed, 2]).standard_normal((_LATTICE, _LATTICE))
    smooth = ndimage.gaussian_filter(raw, 1.6, mode="wrap")
    field = np.asarray(smooth / (1.6 * smooth.std()), np.float32)
    field.setflags(write=False)
    return field


@lru_cache(maxsize=64)
def _space_lattice(seed: int) -> npt.NDArray[np.float32]:
    cells = np.random.default_rng([seed, 3]).standard_normal((_SPACE_LATTICE,) * 3)
    field = np.asarray(1.15 * cells, np.float32)  # a cubic spline through unfiltered cells flattens them
    field.setflags(write=False)
    return field
