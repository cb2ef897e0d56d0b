"""A coat hanger that fits a garment, hidden behind it but for the neck and the hook."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import HANGER_BEND, HANGER_DROP, HANGING_WALL_Z, Shoulders, View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, sphere, tube, tube_along
from photoshoot.placers.studio.scene.bsdfs import bitmap, brushed
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import smoothstep

HANGER_Z = -0.10
"""Depth of the hanger: within the garment."""
WOOD: Final = "#b98a5a"
STEEL: Final = "#c9c9c7"
BRASS: Final = "#c9a468"
_BRUSHED = 0.26  # roughness: on smoother pipes all that stands round is a streak
_LIMB = 0.28  # what is left of a pipe's reflectance at its rim
_LIMB_NZ = 0.8  # cosine to the camera from which on all of it is
_BELOW, _ABOVE = 0.45, 1.0  # times it where a pipe faces down and up
_STRIP, _STRIP_WIDE = 0.5, 0.14  # where it mirrors long narrow lamps, by its normal, and how wide they are in it
_STRIP_LIGHT: Final = "#fff0cf"
_MOST = 0.95


def hook_height(shoulders: Shoulders) -> float:
    """Height (y) of what the hook hangs on: well over the garment, where the hook is seen."""
    arm = shoulders.half_width
    return max(shoulders.y + 0.52 * arm, shoulders.top + 0.30 * arm)


def wooden_hanger(shoulders: Shoulders) -> Mesh:
    """Two arms and a neck, as one curved piece of wood."""
    away = np.linspace(-1, 1, 41)
    path = np.stack([away, -HANGER_DROP * np.abs(away) ** HANGER_BEND, 0 * away], 1) * shoulders.half_width
    arms = tube_along(path, shoulders.half_width * (0.052 + 0.030 * np.exp(-((away / 0.22) ** 2))), sides=16)
    return arms.moved(shoulders.x, shoulders.y - 0.05 * shoulders.half_width, HANGER_Z)


def metal_hook(shoulders: Shoulders, turn_deg: float) -> Mesh:
    """The wire from the hanger's neck, in a loop over what it hangs on.

    Args:
        shoulders: Where the hanger is.
        turn_deg: Turn of the hook about its stem: 0 shows its loop, 90 its edge.
    """
    arm, height = shoulders.half_width, hook_height(shoulders)
    radius, wire = 0.11 * arm, 0.0155 * arm
    angle = np.radians(np.linspace(-62, 205, 40))
    loop = np.stack([radius * np.cos(angle), radius * (np.sin(angle) - 1) + wire, 0 * angle], 1)
    foot = shoulders.y - height
    stem = np.array([[0.0, foot, 0.0], [0.0, foot * 0.5 - 1.2 * radius, 0.0], [0.0, -2.6 * radius, 0.0]])
    path = np.concatenate([stem, loop])
    collar = bevelled_cylinder(0.035 * arm, 0.08 * arm, 0.01 * arm, segments=24).moved(0, foot - 0.01 * arm)
    wires = [tube_along(_rounded(path), wire, sides=12), sphere(1.3 * wire, rings=8, segments=12).moved(*path[-1])]
    return merged([*wires, collar]).turned(turn_deg).moved(shoulders.x, height, HANGER_Z)


def peg(shoulders: Shoulders) -> Mesh:
    """A round peg with a button head, out of the wall and under the hook's loop."""
    radius = 0.055 * shoulders.half_width
    y = hook_height(shoulders) - radius - 0.01 * shoulders.half_width
    stick = tube((0, 0, HANGING_WALL_Z - 0.02), (0, 0, HANGER_Z + 0.07), radius)
    head = bevelled_cylinder(2.1 * radius, 0.9 * radius, 0.3 * radius, segments=48).turned(90, "x")
    return merged([stick, head.moved(0, 0, HANGER_Z + 0.07)]).moved(shoulders.x, y)


def rail(shoulders: Shoulders, view: View) -> Mesh:
    """A bar across the picture, under the hook's loop."""
    radius = rail_radius(shoulders)
    y = hook_height(shoulders) - radius
    reach = view.half_width + 2.0
    return tube((-reach, y, HANGER_Z), (reach, y, HANGER_Z), radius, sides=32)


def pipes(mesh: Mesh, color: str = BRASS) -> object:
    """Pipes and wires of brushed metal, as a shape.

    A pipe is round by what it mirrors: a studio's dark flags at its sides, the floor below. Sets have light from nearly
    everywhere, in which it would be as flat as card, so its reflectance follows its normal.
    """
    faced = mesh if mesh.normals is not None else mesh.smoothed()
    assert faced.normals is not None
    coat = brushed(bitmap(metal_by_normal(color), clamp=True), _BRUSHED)
    return to_shape(replace(faced, uv=0.5 + 0.5 * faced.normals[:, :2]), bsdf=coat)


@lru_cache(maxsize=8)
def metal_by_normal(color: str) -> Float32Array:
    """Reflectance (64, 64, 3) of a metal, linear: columns by the normal's x, rows by its y, -1 to 1."""
    side = (np.arange(64) + 0.5) / 32 - 1
    nx, ny = np.meshgrid(side, side)
    nz = np.sqrt(np.maximum(1 - nx**2 - ny**2, 0))
    limb = _LIMB + (1 - _LIMB) * smoothstep(0.0, _LIMB_NZ, np.maximum(nz, _LIMB_NZ * ny))  # feet are seen from above
    share = limb * (_BELOW + (_ABOVE - _BELOW) * (0.5 + 0.5 * ny))
    off = np.minimum(np.abs(np.abs(nx) - _STRIP), np.abs(ny - _STRIP))
    strip = (0.7 * np.exp(-((off / _STRIP_WIDE) ** 2)))[..., None]
    body = share[..., None] * hex_to_linear(color)
    return np.asarray(np.minimum(body + strip * (hex_to_linear(_STRIP_LIGHT) - body), _MOST), np.float32)


def rail_radius(shoulders: Shoulders) -> float:
    """Radius of that bar."""
    return 0.085 * shoulders.half_width


def _rounded(path: Float64Array) -> Float64Array:
    """The path through its points, bent smoothly where the stem meets the loop."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.linspace(0, along[-1], 120)
    dense = np.stack([np.interp(even, along, path[:, axis]) for axis in range(3)], 1)
    padded = np.pad(dense, ((4, 4), (0, 0)), mode="edge")
    kernel = np.array([1, 2, 3, 4, 5, 4, 3, 2, 1]) / 25
    smooth = np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in range(3)], 1)
    return np.concatenate([dense[:1], smooth[1:-1], dense[-1:]])
