"""Cheese: wheels with a piece cut out of them, the pieces, and cubes. Unit sizes, resting on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged, rotation
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.geometry.terrain import plane_noise

_BEVEL = 0.06
_DEEP = 0.85  # depth of a hole over its radius


@lru_cache(maxsize=8)
def cheese(start_deg: float, end_deg: float, height: float, *, holes: bool) -> tuple[Mesh, Mesh]:
    """A sector of a wheel of radius 1 about the y axis: its rind, and its two cut faces.

    Args:
        start_deg: Where it begins, from +x towards -z.
        end_deg: Where it ends.
        height: Its height.
        holes: Whether there are holes in the cut faces; v runs from their bottoms (0) to the face (1).
    """
    profile = _profile(height)
    angle = np.radians(np.linspace(start_deg, end_deg, max(8, int(abs(end_deg - start_deg) / 3))))
    radius, y = profile[:, :1], np.broadcast_to(profile[:, 1:], (len(profile), len(angle)))
    bumps = _bumps(angle)
    rind = grid(np.stack([radius * np.cos(angle) * bumps, y, -radius * np.sin(angle) * bumps], -1)[:, ::-1])
    cuts = [
        _cut_face(height, profile * [float(bumps[end]), 1], 1 if holes else 0, seed).turned(turn)
        for seed, (turn, end) in enumerate(((start_deg, 0), (end_deg, -1)))
    ]
    return rind.shaded(0.5 + 0.3 * plane_noise(*(3 * rind.vertices[:, [0, 2]].T), seed=9)), merged(
        [_facing(cuts[0], start_deg - 90), _facing(cuts[1], end_deg + 90)]
    )


def _profile(height: float) -> Float64Array:
    """Radius and height (n, 2) of a wheel's outline, from the middle of its top to that of its bottom."""
    bevel = np.linspace(0, np.pi / 2, 6)
    out, down = 1 - _BEVEL * (1 - np.sin(bevel)), _BEVEL * (1 - np.cos(bevel))
    upper = np.stack([out, height - down], 1)
    return np.concatenate([[[0.0, height], [0.5, height]], upper, np.stack([out, down], 1)[::-1], [[0.0, 0.0]]])


def _bumps(angle: Float64Array) -> Float64Array:
    """A wheel's radius at some angles (n,), over the mean one."""
    return 1 + 0.008 * plane_noise(4 * np.cos(angle), 4 * np.sin(angle), seed=3)


def _cut_face(height: float, profile: Float64Array, holes: int, seed: int) -> Mesh:
    """A face from the axis to the rind, which it meets all along, in the xy plane; its holes are sunk both ways."""
    share, up = np.meshgrid(np.linspace(0, 1, 90), np.linspace(0.0, height, 40))
    across = share * np.interp(up, profile[-2:1:-1, 1], profile[-2:1:-1, 0])
    depth: Float64Array = np.zeros_like(across)
    rng = np.random.default_rng(40 + seed)
    for size in rng.uniform(0.03, 0.085, 11 * holes):
        cx, cy = rng.uniform(0.12, 0.86), rng.uniform(0.12, 0.88) * height
        depth = np.maximum(depth, _DEEP * np.sqrt(np.clip(size**2 - (across - cx) ** 2 - (up - cy) ** 2, 0, None)))
    rough = 0.004 * plane_noise(across * 5, up * 5, seed=60 + seed, octaves=2)
    shade = np.clip(0.7 - depth / 0.09 + 10 * rough, 0, 1)
    depth = np.where(_is_rim(depth), 0, depth - rough)
    return grid(np.stack([across, up, -depth], -1)[::-1], np.stack([0 * shade, shade], -1)[::-1])


def _is_rim(face: Float64Array) -> BoolArray:
    rim = np.zeros(face.shape, bool)
    rim[[0, -1]] = rim[:, [0, -1]] = True
    return rim


def _facing(face: Mesh, heading_deg: float) -> Mesh:
    """A face whose holes go into the cheese: turned over where it looks the other way."""
    out = np.array([np.cos(np.radians(heading_deg)), 0.0, -np.sin(np.radians(heading_deg))])
    normals = face.smoothed().normals
    assert normals is not None
    if float((normals @ out).mean()) > 0:
        return face.smoothed()
    plane = np.eye(3) - 2 * np.outer(out, out)  # mirrored in its own plane
    return face.transformed(np.concatenate([plane, np.zeros((3, 1))], 1)).smoothed()


@lru_cache(maxsize=1)
def cubes() -> tuple[Mesh, ...]:
    """Two cubes of cheese that lie together."""
    one = rounded_box((0.14, 0.13, 0.14), 0.02, steps=2).moved(-0.15, 0.13, -0.06)
    other = rounded_box((0.13, 0.13, 0.13), 0.02, steps=2).moved(0, 0.13).transformed(rotation(34)).moved(0.16, 0, 0.06)
    return tuple(cube.shaded(0.7) for cube in (one, other))
