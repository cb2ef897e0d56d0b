"""Stones: boulders with broken faces, slabs, pebbles."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.geometry.terrain import space_noise

_AXES = ((2, 1), (0, 2), (0, 1))
"""For each axis that a face looks along, the two that its texture runs along."""
_SQUARE = 3.4  # exponent of a slab's outline, where none is given
_UNEVEN = 0.02  # world units: how far the border of two parts strays from a level


@lru_cache(maxsize=24)
def boulder(seed: int, *, detail: int, worn: float = 0.35) -> Mesh:
    """A rock of about unit radius round the origin: broken along planes, then weathered.

    Args:
        seed: Which rock.
        detail: Times that the triangles of an icosahedron are quartered: 4 gives 5120.
        worn: 0 = fresh edges, 1 = round.
    """
    rng = np.random.default_rng([seed, 5])
    directions, faces = _ball(detail)
    points = directions * _broken_radius(directions, rng, worn)[:, None]
    shift = rng.uniform(0, 32, 3)
    bumps = 0.13 * space_noise(points * 1.1 + shift, seed=seed, octaves=2)
    ridges = 1 - np.abs(space_noise(points * 2.3 + shift, seed=seed + 3, octaves=2))
    grain = space_noise(points * 6.0 + shift, seed=seed + 7, octaves=2)
    points = points * (1 + bumps + (0.07 - 0.03 * worn) * (ridges - 0.6) + 0.022 * grain)[:, None]
    return Mesh.of(points, faces).smoothed()


@lru_cache(maxsize=8)
def pebble(seed: int, *, detail: int = 2) -> Mesh:
    """A smooth stone of about unit radius round the origin, flatter than wide."""
    rng = np.random.default_rng([seed, 6])
    directions, faces = _ball(detail)
    radius = 1 + 0.16 * space_noise(directions * 0.9 + rng.uniform(0, 32, 3), seed=seed)
    points = directions * radius[:, None] * [1.0, rng.uniform(0.45, 0.65), rng.uniform(0.7, 0.95)]
    return Mesh.of(points, faces).smoothed()


def slab(
    reach: float, depth: float, height: float, *, seed: int, uneven: float = 0.02, square: float = _SQUARE
) -> Mesh:
    """A flat rock whose top is the plane y = 0, round the origin: an uneven outline, layered sides.

    Args:
        reach: About half its width.
        depth: About half its depth.
        height: How far its sides go down.
        seed: Which rock.
        uneven: How far the top falls off towards its edge.
        square: Exponent of its outline: 2 is an ellipse; the higher, the nearer to a box, and the less broken.
    """
    rng = np.random.default_rng([seed, 8])
    angle = np.linspace(-np.pi, np.pi, 181)
    flat = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], 1)
    outline = _broken_radius(flat, rng, 0.3, planes=16, level=True)
    out, down = _slab_profile(min(0.05, 0.3 * height), height)
    squarish = (np.abs(flat[:, 0]) ** square + np.abs(flat[:, 2]) ** square) ** (-1 / square)
    radial = out[:, None] * squarish * (outline / outline.max()) ** ((_SQUARE / square) ** 2)
    points = np.stack([radial * flat[:, 0] * reach, 0 * radial - down[:, None], radial * flat[:, 2] * depth], -1)
    return _weathered(points, out, seed, uneven)


def box_mapped(mesh: Mesh, scale: float, axle: tuple[float, float] | None = None) -> Mesh:
    """The mesh with texture coordinates of its position, ``scale`` repeats a unit, seen along x, y or z by each face.

    Where neighbouring faces look along different axes their corner is doubled, so that nothing is stretched.

    Args:
        mesh: The mesh.
        scale: Repeats a world unit.
        axle: x and z of an upright axis that it is round about: its sides are mapped round that, from their far side.
    """
    corners = mesh.vertices[mesh.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    if mesh.normals is not None:  # of the face's neighbourhood: borders between axes are less ragged
        normals = mesh.normals[mesh.faces].sum(1)
    axis = np.argmax(np.abs(normals), axis=1)
    if axle is not None:
        axis = np.where(axis == 1, 1, 0)
    keys = mesh.faces.astype(np.int64) * 3 + axis[:, None]
    used, numbers = np.unique(keys.reshape(-1), return_inverse=True)
    source, along = used // 3, used % 3
    points = mesh.vertices[source]
    pairs = np.array(_AXES)[along]
    uv = np.take_along_axis(points, pairs, axis=1) * scale + along[:, None] * 0.37
    if axle is not None:
        away, radius = points[:, [0, 2]] - np.array(axle), np.ptp(points[:, [0, 2]], axis=0).mean() / 2
        turned = np.stack([radius * np.arctan2(away[:, 0], away[:, 1]), points[:, 1]], 1) * scale
        uv = np.where(along[:, None] == 0, turned, uv)
    return Mesh.of(points, numbers, uv, None if mesh.normals is None else mesh.normals[source])


def parted(mesh: Mesh, height: float, *, seed: int) -> tuple[Mesh, Mesh]:
    """What is over and what is under about ``height``; triangles are cut where the uneven border runs."""
    points = mesh.vertices.astype(np.float64)
    over = points[:, 1] - height - _UNEVEN * space_noise(points * 2.5, seed=seed, octaves=2)
    lone = over > 0
    count = lone[mesh.faces].sum(1)
    crossed = mesh.faces[(count == 1) | (count == 2)]
    odd = np.where(lone[crossed].sum(1) == 1, np.argmax(lone[crossed], 1), np.argmin(lone[crossed], 1))
    one, second, third = (np.take_along_axis(crossed, (odd[:, None] + step) % 3, 1)[:, 0] for step in range(3))
    whole = _with_points(mesh, over, np.concatenate([one, one]), np.concatenate([second, third]))
    near = len(points) + np.arange(len(one))
    far = near + len(one)
    tips = np.stack([one, near, far], 1)
    rests = np.concatenate([np.stack([near, second, third], 1), np.stack([near, third, far], 1)])
    above = lone[one]
    both = np.concatenate([above, above])
    return (
        replace(whole, faces=np.concatenate([mesh.faces[count == 3], tips[above], rests[~both]]).astype(np.int32)),
        replace(whole, faces=np.concatenate([mesh.faces[count == 0], tips[~above], rests[both]]).astype(np.int32)),
    )


def _with_points(mesh: Mesh, over: Float64Array, start: npt.NDArray[np.intp], end: npt.NDArray[np.intp]) -> Mesh:
    """A mesh with more vertices: on each line from one to another where ``over`` (N,), of its vertices, is 0."""
    share = (over[start] / (over[start] - over[end]))[:, None].astype(np.float32)

    def on(values: Float32Array | None) -> Float32Array | None:
        return (
            None if values is None else np.concatenate([values, values[start] + share * (values[end] - values[start])])
        )

    vertices = on(mesh.vertices)
    assert vertices is not None
    return Mesh(vertices=vertices, faces=mesh.faces, uv=on(mesh.uv), normals=on(mesh.normals))


def _broken_radius(
    directions: Float64Array, rng: np.random.Generator, worn: float, *, planes: int = 15, level: bool = False
) -> Float64Array:
    """Distance in each direction (n, 3) to the nearest of planes by chance round the origin, their edges worn round."""
    normals = rng.normal(size=(planes, 3))
    if level:
        turn = 2 * np.pi * (np.arange(planes) + rng.uniform(-0.4, 0.4, planes)) / planes
        normals = np.stack([np.sin(turn), 0 * turn, np.cos(turn)], 1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    offsets = rng.uniform(0.72, 1.02, planes)
    facing = np.maximum(directions @ normals.T, 0) / offsets
    sharpness = 34 - 26 * worn
    floor = (1 / 1.25) ** sharpness  # where no plane cuts
    return np.asarray(((facing**sharpness).sum(1) + floor) ** (-1 / sharpness), np.float64)


def _slab_profile(bevel: float, height: float) -> tuple[Float64Array, Float64Array]:
    """Share of the outline, and how far below the top, from the middle of the top to the foot of the side."""
    turn = np.linspace(0, np.pi / 2, 7)[1:]
    top = np.concatenate([[0.0], np.linspace(0.25, 0.8, 9), np.linspace(0.84, 1 - 0.8 * bevel, 7)])
    side = np.linspace(bevel, height, 26)[1:]
    out = np.concatenate([top, 1 - 0.8 * bevel * (1 - np.sin(turn)), 1 + 0.06 * (side - bevel) / height])
    return out, np.concatenate([0 * top, bevel * (1 - np.cos(turn)), side])


def _weathered(points: Float64Array, out: Float64Array, seed: int, uneven: float) -> Mesh:
    """A slab's smooth body with worn layers in its sides, dents in its rim, and a top that falls off outwards."""
    places, shape = points.reshape(-1, 3), points.shape[:2]
    layers = space_noise(places * [1.1, 7.5, 1.1], seed=seed, octaves=2).reshape(shape)
    chips = space_noise(places * 2.6, seed=seed + 4, octaves=3).reshape(shape)
    level = np.hypot(points[..., 0], points[..., 2])
    push = 1 + np.clip(-points[..., 1] / 0.06, 0, 1) * (0.045 * layers + 0.03 * chips) / np.maximum(level, 1e-6)
    moved = points * np.stack([push, np.ones(shape), push], -1)
    moved[..., 1] -= uneven * np.clip((out[:, None] - 0.55) / 0.45, 0, 1) ** 2 * np.maximum(1.2 + chips, 0)
    moved[:, -1] = moved[:, 0]
    return grid(moved)


@lru_cache(maxsize=6)
def _ball(detail: int) -> tuple[Float64Array, npt.NDArray[np.int32]]:
    """Evenly spread unit vectors (n, 3) and the triangles between them, outward: an icosahedron, quartered."""
    g = (1 + 5**0.5) / 2
    points = np.array([[-1, g, 0], [1, g, 0], [-1, -g, 0], [1, -g, 0]], np.float64)
    points = np.concatenate([points, np.roll(points, 1, 1), np.roll(points, 2, 1)])
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    faces = _hull(points)
    for _ in range(detail):
        points, faces = _quarter(points, faces)
    return points, faces


def _hull(points: Float64Array) -> npt.NDArray[np.int32]:
    """The icosahedron's triangles: all triples of neighbours."""
    near = np.linalg.norm(points[:, None] - points[None], axis=-1) < 1.1
    found = [
        (a, b, c)
        for a in range(12)
        for b in range(a + 1, 12)
        for c in range(b + 1, 12)
        if near[a, b] and near[b, c] and near[a, c]
    ]
    faces = np.array(found, np.int32)
    corners = points[faces]
    inward = (
        np.einsum("ij,ij->i", np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), corners[:, 0]) < 0
    )
    faces[inward] = faces[inward][:, ::-1]
    return faces


def _quarter(points: Float64Array, faces: npt.NDArray[np.int32]) -> tuple[Float64Array, npt.NDArray[np.int32]]:
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    unique, numbers = np.unique(edges, axis=0, return_inverse=True)
    middle = points[unique].mean(1)
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    ab, bc, ca = len(points) + numbers.reshape(3, -1)
    a, b, c = faces.T
    split = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    joined = np.concatenate([np.stack(parts, 1) for parts in split])
    return np.concatenate([points, middle]), joined.astype(np.int32)
