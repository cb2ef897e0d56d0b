"""The studio's set as ControlNets are shown it: true depth, true normals, or the outlines of shapes.

They were taught with what other networks estimate from photos; the studio knows it.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.stages import SetGuides

DEPTH, NORMALS, EDGES = "depth", "normals", "edges"
"""Kinds of control, as ``DiffusionSettings.control`` names them."""
_ENDS = (0.5, 99.5)  # percentiles of nearness that become black and white
_CREASE = 0.5  # 1 - cosine between normals two pixels apart that is as strong as an outline is
_STEP = 0.06  # likewise of nearness, over its own: how far it steps beyond what its slope on either side explains
_STRONG, _WEAK = 0.3, 0.06  # of that strength: where lines begin, and where they go on
_BLUR_PX, _LEAST_PX = 1.5, 8  # of strength; and the shortest line
_SHARP = 0.08  # how much a line's strength bends across it, over itself: on its flanks it does not
_FRONT, _SCANNET = np.array([0, 0, 1], np.float32), np.array([-1, 1, 1], np.float32)  # which axes turn round there
_AROUND = np.ones((3, 3), bool)


def show_nearness(guides: SetGuides) -> Float32Array:
    """Depth as networks that estimate it from photos tell it, which is what depth ControlNets were taught with.

    Returns:
        (H, W, 1) in [0, 1]: the inverse of the distance, 1 = the nearest. Source: Ranftl et al., arXiv 1907.01341.
    """
    inverse = _invert(guides.depth)
    low, high = np.percentile(inverse, _ENDS)
    return np.asarray(np.clip((inverse - low) / max(high - low, 1e-6), 0, 1), np.float32)[..., None]


def show_normals(guides: SetGuides) -> Float32Array:
    """Normals as ScanNet has them: red is left, green is up, blue is towards the camera.

    Returns:
        (H, W, 3) in [0, 1]; what shows nothing faces the camera. Source: the card of ``control_v11p_sd15_normalbae``,
        and Bae et al., arXiv 2109.09881.
    """
    facing = np.where(guides.depth[..., None] > 0, guides.normals, _FRONT)
    return np.asarray((facing * _SCANNET + 1) / 2, np.float32)


def show_edges(guides: SetGuides) -> Float32Array:
    """Where shapes end or turn, as thin lines. What is painted on them is the material's, which is the prompt's.

    Returns:
        (H, W, 1): 1 on lines, else 0. Lines are thinned and followed as Canny does it (1986).
    """
    depth = ndimage.median_filter(guides.depth, 3)  # where shapes end, neighbours see one or the other by chance
    normals = ndimage.median_filter(guides.normals, (3, 3, 1))
    strength = ndimage.gaussian_filter(_creases(normals) / _CREASE + _steps(depth) / _STEP, _BLUR_PX)
    labels, count = ndimage.label(_ridges(strength), _AROUND)
    strongest = np.asarray(ndimage.maximum(strength, labels, range(count + 1)))
    kept = (strongest > _STRONG) & (np.bincount(labels.ravel(), minlength=count + 1) >= _LEAST_PX)
    kept[0] = False
    return kept[labels].astype(np.float32)[..., None]


SHOW: Final[Mapping[str, Callable[[SetGuides], Float32Array]]] = types.MappingProxyType(
    {DEPTH: show_nearness, NORMALS: show_normals, EDGES: show_edges}
)
"""What draws a set for each kind of control: (H, W, 1 or 3) in [0, 1]."""


def _invert(depth: Float32Array) -> Float32Array:
    return np.asarray(np.divide(1, depth, out=np.zeros_like(depth), where=depth > 0), np.float32)


def _creases(normals: Float32Array) -> Float32Array:
    """How far normals turn across each pixel, (H, W): 1 - cosine, the most of both directions."""
    turns = [_across(normals, axis, lambda one, other: 1 - (one * other).sum(-1)) for axis in (0, 1)]
    return np.asarray(np.maximum(*turns), np.float32)


def _across(
    image: Float32Array, axis: int, compare: Callable[[Float32Array, Float32Array], Float32Array]
) -> Float32Array:
    """What the two neighbours of each pixel along an axis have between them."""
    padded = np.pad(image, [(1, 1) if side == axis else (0, 0) for side in range(image.ndim)], mode="edge")
    length = image.shape[axis]
    return compare(*(np.take(padded, range(start, start + length), axis) for start in (0, 2)))


def _steps(depth: Float32Array) -> Float32Array:
    """How far nearness steps at each pixel, (H, W), over itself. On a plane it is linear in a picture: no step."""
    near = _invert(depth)
    found = np.zeros_like(near)
    for axis in (0, 1):
        steps = np.abs(_across(near, axis, lambda one, other: other - one))
        beyond = np.maximum(*(ndimage.shift(steps, _along(axis, by), order=0, mode="nearest") for by in (3, -3)))
        found = np.maximum(found, steps - beyond)
    around = ndimage.maximum_filter(near, 5)
    return np.asarray(found / np.maximum(around, 1e-6), np.float32)


def _along(axis: int, by: int) -> tuple[int, int]:
    return (by, 0) if axis == 0 else (0, by)


def _ridges(strength: Float32Array) -> BoolArray:
    """Where strength is the most along the direction in which it bends most: lines of a pixel or two."""
    down, right, both = (ndimage.gaussian_filter(strength, 1, order=order) for order in ((2, 0), (0, 2), (1, 1)))
    bend = (down + right) / 2 - np.hypot((right - down) / 2, both)  # the lesser eigenvalue of its second derivatives
    across = np.arctan2(both, (right - down) / 2) / 2 + np.pi / 2
    found = (bend < -_SHARP * strength) & (strength > _WEAK)
    places, steps = np.nonzero(found), (np.sin(across[found]), np.cos(across[found]))
    beside = [
        ndimage.map_coordinates(strength, [at + way * step for at, step in zip(places, steps, strict=True)], order=1)
        for way in (1, -1)
    ]
    found[places] = (strength[places] >= beside[0]) & (strength[places] > beside[1])
    return np.asarray(found, bool)
