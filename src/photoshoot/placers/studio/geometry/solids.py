"""Closed solids: boxes, bodies of revolution, tubes and lofts."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid, grid_faces, merged

_TURN_DEG, _STRAIGHT = 14.0, 2.5  # of a curved profile: from point to point; times as long as the side beside it


def lathe(
    profile: npt.ArrayLike, segments: int = 96, normals: npt.ArrayLike | None = None, *, crease_deg: float = 35.0
) -> Mesh:
    """A body of revolution about the y axis.

    Args:
        profile: (k, 2) of (radius, y), running down the outside: from the top centre to the bottom centre for a
            closed body.
        segments: Steps round the axis. u = 0.5 faces the camera (+z), the seam is at the back.
        normals: (k, 2) of (radial, y), unit length. None: from the profile, smooth where it bends by less than
            ``crease_deg`` and sharp elsewhere; where it is smooth it is curved from point to point, too.
        crease_deg: See ``normals``.
    """
    outline = np.asarray(profile, np.float64)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(outline, axis=0).T))])
    v = length / length[-1]
    if normals is None:
        index, outward = _profile_normals(outline, crease_deg)
        outline, outward, v = _curve_profile(outline[index], outward, v[index])
    else:
        outward = np.asarray(normals, np.float64)
    angle = np.linspace(-np.pi, np.pi, segments + 1)
    u = np.linspace(0, 1, segments + 1)
    uv = np.stack([np.tile(u, len(outline)), np.repeat(v, segments + 1)], 1)
    mesh = Mesh.of(_spin(outline, angle), grid_faces(len(outline), segments + 1), uv, _spin(outward, angle))
    return drop_degenerate(mesh)


def rounded_profile(corners: npt.ArrayLike, softness: float = 0.03) -> Float64Array:
    """A profile for ``lathe`` whose corners are rounded, (80, 2); its ends stay.

    Args:
        corners: (k, 2) of (radius, y), as for ``lathe``.
        softness: How far along the outline a corner is rounded, as a share of its length.
    """
    outline = np.asarray(corners, np.float64)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(outline, axis=0).T))])
    at = np.linspace(0, length[-1], 80)
    even = np.stack([np.interp(at, length, column) for column in outline.T], 1)
    soft = ndimage.gaussian_filter1d(even, 80 * softness, axis=0, mode="nearest")
    soft[[0, -1]] = even[[0, -1]]
    return np.asarray(soft, np.float64)


def bevelled_cylinder(radius: float, height: float, bevel: float = 0.03, *, segments: int = 128) -> Mesh:
    """A closed cylinder about the y axis, from y = 0 to ``height``, with rounded rims of radius ``bevel``."""
    angle = np.linspace(0, np.pi / 2, 9)
    arc = np.stack([radius - bevel * (1 - np.sin(angle)), height - bevel * (1 - np.cos(angle))], 1)
    mirrored = arc[::-1] * [1, -1] + [0, height]
    outline = np.concatenate([[[0.0, height]], arc, mirrored, [[0.0, 0.0]]])
    slope = np.stack([np.sin(angle), np.cos(angle)], 1)
    normals = np.concatenate([[[0.0, 1.0]], slope, slope[::-1] * [1, -1], [[0.0, -1.0]]])
    return lathe(outline, segments, normals)


def sphere(radius: float = 1.0, *, rings: int = 48, segments: int = 96) -> Mesh:
    """A sphere about the origin; poles on the y axis."""
    angle = np.linspace(0, np.pi, rings + 1)
    circle = np.stack([np.sin(angle), np.cos(angle)], 1)
    circle[[0, -1], 0] = 0.0
    return lathe(circle * radius, segments, circle)


def torus(
    major: float,
    minor: float,
    *,
    segments: int = 160,
    sides: int = 24,
    arc_deg: tuple[float, float] = (0.0, 360.0),
) -> Mesh:
    """A ring in the xy plane (its axis is z), or an open arc of one; ``arc_deg`` counts from +x towards +y.

    u runs along the ring, v round the tube.
    """
    along, around = np.radians(np.linspace(*arc_deg, segments + 1)), np.linspace(0, 2 * np.pi, sides + 1)
    radius = major + minor * np.cos(around)[:, None]
    height = np.broadcast_to(minor * np.sin(around)[:, None], (sides + 1, segments + 1))
    return grid(np.stack([radius * np.cos(along), radius * np.sin(along), height], -1)[::-1])


def tube(start: npt.ArrayLike, end: npt.ArrayLike, radius: float, *, sides: int = 24) -> Mesh:
    """A straight closed rod from one point to another."""
    return tube_along(np.stack([np.asarray(start, np.float64), np.asarray(end, np.float64)]), radius, sides=sides)


def tube_along(
    path: npt.ArrayLike, radius: npt.ArrayLike, *, sides: int = 24, flatten: float = 1.0, closed: bool = False
) -> Mesh:
    """A rod along a curve, with flat ends.

    Args:
        path: (k, 3), distinct points.
        radius: One radius, or (k,) of them.
        sides: Corners of the cross-section.
        flatten: Height of the section over its width; 1 is round. The width lies in the curve's bending plane's
            normal as nearly as a twist-free frame allows.
        closed: Whether the last point joins the first.
    """
    points = np.asarray(path, np.float64)
    right, up = _frames(points, closed)
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    size = np.broadcast_to(np.asarray(radius, np.float64), (len(points),))[:, None, None]
    ring = np.cos(angle)[:, None] * right[:, None] + flatten * np.sin(angle)[:, None] * up[:, None]
    rings = points[:, None] + size * ring
    return loft(np.concatenate([rings, rings[:1]]) if closed else rings, capped=not closed)


def loft(rings: npt.ArrayLike, *, capped: bool = True, uv: npt.ArrayLike | None = None) -> Mesh:
    """A skin through closed cross-sections.

    Args:
        rings: (n, m, 3); in each, the last point equals the first. Seen along the way from the first ring to the
            last, the points run counter-clockwise.
        capped: Whether both ends are closed by a fan round their middle (rings should be convex there).
        uv: (n, m, 2) of the skin; None: u round the ring, v along. Caps take (0, 0).
    """
    skin = np.asarray(rings, np.float64)
    body = grid(skin, uv)
    return drop_degenerate(merged([body, _cap(skin[0], first=True), _cap(skin[-1], first=False)]) if capped else body)


def rounded_box(
    half_sizes: tuple[float, float, float], radius: float, *, steps: int = 5, uv_scale: float | None = None
) -> Mesh:
    """A box about the origin with rounded edges; see ``rounded_box_sides``. Its arrays are others', too: read-only."""
    make = _kept_box if steps <= _KEPT_STEPS else _make_box
    across, tall, deep = map(float, half_sizes)
    return make((across, tall, deep), float(radius), steps, uv_scale)


def _make_box(half_sizes: tuple[float, float, float], radius: float, steps: int, uv_scale: float | None) -> Mesh:
    box = merged(rounded_box_sides(half_sizes, radius, steps=steps, uv_scale=uv_scale).values())
    for array in (box.vertices, box.faces, box.uv, box.normals):
        if array is not None:
            array.flags.writeable = False
    return box


_KEPT_STEPS = 5
_kept_box = lru_cache(maxsize=64)(_make_box)
"""Boxes of 2 to 45 kB, of which a market's crates ask for six 400 times, and other sets for each a few times."""


def rounded_box_sides(
    half_sizes: tuple[float, float, float], radius: float, *, steps: int = 5, uv_scale: float | None = None
) -> dict[str, Mesh]:
    """The six sides of a box with rounded edges, so that each can carry its own picture.

    Args:
        half_sizes: Half extents in x, y and z.
        radius: Radius of the edges, above 0 and at most the smallest half extent.
        steps: Segments of a quarter edge, per side.
        uv_scale: Texture repeats per world unit. None: each side spans 0 to 1, upright as seen from outside.

    Returns:
        ``right, left, top, bottom, front, back``; together they are watertight.
    """
    half = np.asarray(half_sizes, np.float64)
    return {name: _side(half, radius, steps, uv_scale, *axes) for name, axes in _SIDES.items()}


_SIDES: dict[str, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "right": ((0, 1), (2, -1), (1, -1)),
    "left": ((0, -1), (2, 1), (1, -1)),
    "top": ((1, 1), (0, 1), (2, 1)),
    "bottom": ((1, -1), (0, 1), (2, -1)),
    "front": ((2, 1), (0, 1), (1, -1)),
    "back": ((2, -1), (0, -1), (1, -1)),
}
"""Side → (axis, sign) of its outward normal, of the way to the right, and of the way down."""


def _side(
    half: Float64Array,
    radius: float,
    steps: int,
    uv_scale: float | None,
    out: tuple[int, int],
    right: tuple[int, int],
    down: tuple[int, int],
) -> Mesh:
    across, along = (sign * _edge_marks(half[axis], radius, steps) for axis, sign in (right, down))
    cube = np.empty((len(along), len(across), 3))
    cube[..., right[0]], cube[..., down[0]], cube[..., out[0]] = across, along[:, None], out[1] * half[out[0]]
    inner = np.clip(cube, radius - half, half - radius)
    normals = cube - inner
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    points = inner + radius * normals
    size = half[[right[0], down[0]]]
    flat = points[..., [right[0], down[0]]] * [right[1], down[1]]
    uv = (flat / (2 * size) + 0.5) if uv_scale is None else flat * uv_scale
    return Mesh.of(points, grid_faces(*cube.shape[:2]), uv, normals)


def _edge_marks(half: float, radius: float, steps: int) -> Float64Array:
    """Ascending coordinates whose projection on the rounded edge is evenly spaced; always from -half to half."""
    rise = half - radius + radius * np.tan(np.linspace(0, np.pi / 4, steps + 1))
    return np.concatenate([-rise[::-1], rise])


def _spin(outline: Float64Array, angle: Float64Array) -> Float64Array:
    radial, y = outline[:, :1], np.broadcast_to(outline[:, 1:], (len(outline), len(angle)))
    return np.stack([radial * np.sin(angle), y, radial * np.cos(angle)], -1)


def _profile_normals(outline: Float64Array, crease_deg: float) -> tuple[npt.NDArray[np.int64], Float64Array]:
    """Indices of profile points, those on creases twice, and a normal for each."""
    step = np.diff(outline, axis=0)
    length = np.maximum(np.hypot(*step.T), 1e-12)[:, None]
    side, least = np.stack([-step[:, 1], step[:, 0]], 1) / length, np.cos(np.radians(crease_deg))
    before, after = np.concatenate([side[:1], side]), np.concatenate([side, side[-1:]])
    for end, beyond in ((0, before), (-1, after)):  # over the axis a profile goes on as its mirror image
        if outline[end, 0] == 0 and 1 - 2 * side[end, 0] ** 2 >= least:
            beyond[end] = side[end] * [-1, 1]
    sharp = (before * after).sum(1) < least
    mean = before + after
    mean /= np.maximum(np.hypot(*mean.T), 1e-12)[:, None]
    first = np.where(sharp[:, None], before, mean)
    index = np.repeat(np.arange(len(outline)), 1 + sharp)
    second = np.concatenate([[False], index[1:] == index[:-1]])
    return index, np.where(second[:, None], after[index], first[index])


def _curve_profile(
    outline: Float64Array, normals: Float64Array, v: Float64Array
) -> tuple[Float64Array, Float64Array, Float64Array]:
    """A profile with more points where its normals turn (points, normals, v): else its silhouette would have corners.

    A side over ``_STRAIGHT`` times as long as one beside it stays straight, as a body beside its bevel.

    Source of curves from points and normals: Vlachos, Peters, Boyd, Mitchell, "Curved PN Triangles", I3D 2001.
    """
    lowest, highest = outline[:, 1].min(), outline[:, 1].max()
    length = np.hypot(*np.diff(outline, axis=0).T)
    shortest = ndimage.minimum_filter1d(np.where(length > 0, length, np.inf), 3, mode="nearest")
    points, outward, along = [outline[:1]], [normals[:1]], [v[:1]]
    for i in range(len(outline) - 1):
        chord = outline[i + 1] - outline[i]
        turn = np.degrees(np.arccos(np.clip(normals[i] @ normals[i + 1], -1, 1)))
        count = int(np.ceil(turn / _TURN_DEG)) if 0 < length[i] <= _STRAIGHT * shortest[i] else 1
        if count <= 1:
            points.append(np.clip(outline[i + 1 : i + 2], (0, lowest), (np.inf, highest)))
            outward.append(normals[i + 1 : i + 2])
            along.append(v[i] + (v[i + 1 : i + 2] - v[i]))
            continue
        t = np.linspace(0, 1, count + 1)[1:, None]
        ways = np.stack([normals[i : i + 2, 1], -normals[i : i + 2, 0]], 1) * length[i]  # down the outside
        curve = (1 + 2 * t) * (1 - t) ** 2 * outline[i] + t * t * (3 - 2 * t) * outline[i + 1]
        curve += t * (1 - t) ** 2 * ways[0] - t * t * (1 - t) * ways[1]
        slope = 6 * t * (1 - t) * chord + (1 - t) * (1 - 3 * t) * ways[0] + t * (3 * t - 2) * ways[1]
        across = np.stack([-slope[:, 1], slope[:, 0]], 1) / np.maximum(np.hypot(*slope.T), 1e-12)[:, None]
        curve[-1], across[-1] = outline[i + 1], normals[i + 1]
        points.append(np.clip(curve, (0, lowest), (np.inf, highest)))
        outward.append(across)
        along.append(v[i] + t[:, 0] * (v[i + 1] - v[i]))
    return np.concatenate(points), np.concatenate(outward), np.concatenate(along)


def _frames(points: Float64Array, closed: bool) -> tuple[Float64Array, Float64Array]:
    """Unit vectors right and up across a curve, turned as little as possible along it (parallel transport)."""
    tangents = np.roll(points, -1, 0) - np.roll(points, 1, 0) if closed else np.gradient(points, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    right = np.empty_like(points)
    right[0] = _any_perpendicular(tangents[0])
    for i in range(1, len(points)):
        right[i] = right[i - 1] - tangents[i] * (right[i - 1] @ tangents[i])
        right[i] /= np.linalg.norm(right[i])
    return right, np.cross(right, tangents)


def _any_perpendicular(direction: Float64Array) -> Float64Array:
    helper = np.array([0.0, 0.0, 1.0]) if abs(direction[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    across = np.cross(direction, helper)
    return np.asarray(across / np.linalg.norm(across), np.float64)


def _cap(ring: Float64Array, *, first: bool) -> Mesh:
    count = len(ring) - 1
    rim, following = np.arange(count), (np.arange(count) + 1) % count
    faces = np.stack([np.full(count, count), rim, following] if first else [np.full(count, count), following, rim], 1)
    points = np.concatenate([ring[:-1], ring[:-1].mean(0, keepdims=True)]).astype(np.float32)
    uv = np.zeros((count + 1, 2), np.float32)
    return Mesh(vertices=points, faces=faces.astype(np.int32), uv=uv).smoothed()
