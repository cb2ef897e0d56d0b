"""Bushes in flower behind a set, out of focus: leaves and blossoms by the thousand, as few shapes."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, rotation, unit
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape

_LEAVES, _BLOSSOMS = 220, 24  # of a bush
_HEART = 0.68  # radius of what no light passes in a bush: larger, and it is a dark cushion between the leaves
_LEAVES_FROM, _BLOSSOMS_FROM, _OUTERMOST = 0.5, 0.8, 1.0  # how deep they are, of a bush's radius; none is afloat
_SHADES = 16
_TINTS = (0.85, 1.15, 1.4)  # of blossoms of one colour
_PETAL = ((0.15, 0.07), (0.7, 0.2), (1.0, 0.07))  # (from the head's middle, half width) of a petal
_ROWS = ((11, -22.0, 0.92), (13, 6.0, 1.0), (11, 32.0, 0.9), (8, 56.0, 0.76), (4, 78.0, 0.62))
"""Rows of a head's petals, from the lowest up: how many, how steep, how long."""
_FOOT_SHADE, _PETAL_STEPS = 0.66, 8  # a petal's foot lies in the shade of those over it
_LET_THROUGH = 0.9
"""How far a petal is lit as the head it is of, since petals let light through; the rest is its own side."""
_LEAF_OWN = 0.3  # likewise, the share of a leaf's own side
_TO_CAMERA = 0.5  # how far it leans to the camera: what is seen from below is no black speck before the sky
_GREENS = ("#33502a", "#4f7238", "#6f8f49", "#86a05a")


def bushes(
    view: View, rows: Sequence[tuple[float, float, float]], colors: Sequence[str], rng: np.random.Generator
) -> dict[str, object]:
    """Rows of bushes across the picture.

    Args:
        view: The camera.
        rows: Depth, height of the foot and radius of the bushes of each row.
        colors: Of the blossoms.
        rng: The shot's generator.
    """
    centers, radii = _places(view, rows, rng)
    leaves = _on_balls(centers, radii, _LEAVES, rng, _LEAVES_FROM)
    blossoms = _on_balls(centers, radii, _BLOSSOMS, rng, _BLOSSOMS_FROM)
    hearts = [sphere(_HEART * float(r), rings=10, segments=16).moved(*c) for c, r in zip(centers, radii, strict=True)]
    size = rng.uniform(0.22, 0.38, len(leaves)) * np.repeat(radii, _LEAVES) ** 0.3
    blade = far_leaf()
    turns = random_turns(len(leaves), rng, 70)
    shade = np.stack([rng.uniform(0.03, 0.97, len(leaves)), 0 * size], 1)
    foliage = copies(blade.shaded(0.5, 0.0), turns * size[:, None, None], leaves, shade)
    foliage = _lit_as(foliage, leaves - np.repeat(centers, _LEAVES, axis=0), _LEAF_OWN)
    flower = _blossom()
    big = rng.uniform(0.16, 0.27, len(blossoms)) * np.repeat(radii, _BLOSSOMS) ** 0.3
    dyes = len(_TINTS) * len(colors)
    dye = np.stack([(rng.integers(dyes, size=len(blossoms)) + 0.5) / dyes, 0 * big], 1)
    heads = copies(flower, random_turns(len(blossoms), rng, 40) * big[:, None, None], blossoms, dye)
    return {
        "bush_hearts": to_shape(merged(hearts), bsdf=diffuse("#2c4523")),
        "bush_leaves": to_shape(foliage, bsdf=diffuse(bitmap(_greens(), clamp=True))),
        "blossoms": to_shape(heads, bsdf=diffuse(bitmap(_dyes(colors), clamp=True))),
    }


def _places(
    view: View, rows: Sequence[tuple[float, float, float]], rng: np.random.Generator
) -> tuple[Float64Array, Float64Array]:
    """Middles (n, 3) and radii (n,) of the balls that bushes are made of."""
    centers, radii = [], []
    for z, foot, radius in rows:
        half = view.half_width_at(z) + radius
        x = np.arange(-half, half + radius, 1.05 * radius) + rng.uniform(-0.25, 0.25) * radius
        size = radius * rng.uniform(0.75, 1.2, len(x))
        y = foot + size * rng.uniform(0.5, 1.0, len(x))
        centers.append(np.stack([x, y, z + rng.uniform(-0.4, 0.4, len(x)) * radius], 1))
        radii.append(size)
    return np.concatenate(centers), np.concatenate(radii)


def _on_balls(
    centers: Float64Array, radii: Float64Array, count: int, rng: np.random.Generator, least: float
) -> Float64Array:
    """Points (n, 3) on and a little inside balls, on the side that the camera and the sky see."""
    way = rng.normal(size=(len(centers) * count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    way[:, 2] = np.abs(way[:, 2])
    way[:, 1] = np.where(way[:, 1] < -0.5, -way[:, 1], way[:, 1])
    deep = rng.uniform(least, _OUTERMOST, (len(way), 1)) * np.repeat(radii, count)[:, None]
    return np.asarray(np.repeat(centers, count, axis=0) + way * deep, np.float64)


def _blossom() -> Mesh:
    """A full head of petals, of radius 1, facing +y, as of asters; v runs from their feet, 0, to their tips, 1."""
    rng = np.random.default_rng(4)
    foot, middle, tip = np.array(_PETAL)
    flat = np.array([[foot[0], 0, -foot[1]], [foot[0], 0, foot[1]], [middle[0], 0.06, -middle[1]],
                     [middle[0], 0.06, middle[1]], [tip[0], 0, -tip[1]], [tip[0], 0, tip[1]]])  # fmt: skip
    one = Mesh.of(flat, np.array([[0, 1, 2], [2, 1, 3], [2, 3, 4], [4, 3, 5]])).smoothed()
    one = one.shaded(flat[:, 0])
    parts = []
    for row, (count, rise, length) in enumerate(_ROWS):
        for index in range(count):
            turn = rotation(360 * (index + 0.5 * row) / count + rng.uniform(-8, 8)) @ rotation(
                rise + rng.uniform(-9, 9), "z"
            )
            parts.append(one.scaled(length * rng.uniform(0.88, 1.1)).transformed(turn))
    head = merged(parts)
    own = np.zeros_like(head.vertices) if head.normals is None else head.normals
    lit = _LET_THROUGH * unit(head.vertices) + (1 - _LET_THROUGH) * own
    return dataclasses.replace(head, normals=unit(lit))


def _lit_as(leaves: Mesh, outward: Float64Array, own: float) -> Mesh:
    """Copies lit as the ball they are on, and for a share as they are turned themselves: leaves let light through.

    Args:
        leaves: n copies of one mesh.
        outward: (n, 3), from the ball's middle to each.
        own: Share of their own normals.
    """
    assert leaves.normals is not None
    ball = unit(unit(outward) + np.array([0.0, 0.0, _TO_CAMERA]))
    ball = np.repeat(ball, len(leaves.normals) // len(outward), axis=0)
    facing = leaves.normals * np.sign((leaves.normals * ball).sum(1, keepdims=True) + 1e-6)
    return dataclasses.replace(leaves, normals=unit((1 - own) * ball + own * facing))


def far_leaf() -> Mesh:
    """A leaf along +x from the origin, facing +z, of six corners: far out of focus, more are not seen."""
    points = np.array(
        [[0, 0, 0], [0.3, 0.22, 0.05], [0.3, -0.22, 0.05], [0.65, 0.2, 0.0], [0.65, -0.2, 0.0], [1.0, 0, -0.18]]
    )
    faces = np.array([[0, 2, 1], [1, 2, 3], [3, 2, 4], [3, 4, 5]])
    return Mesh.of(points, faces, normals=np.tile([0.0, 0.0, 1.0], (6, 1)))


def _greens() -> Float32Array:
    """Shades of green side by side, (1, 16, 3)."""
    marks = np.linspace(0, 1, len(_GREENS))
    shades = np.stack([hex_to_linear(color) for color in _GREENS])
    at = np.linspace(0, 1, _SHADES)
    return np.asarray(np.stack([np.interp(at, marks, shades[:, k]) for k in range(3)], 1)[None], np.float32)


def _dyes(colors: Sequence[str]) -> Float32Array:
    """Shades of each colour side by side, a petal's foot above and its tip below, (8, n, 3)."""
    dyes = np.stack([np.minimum(tint * hex_to_linear(color), 0.95) for color in colors for tint in _TINTS])
    shade = np.linspace(_FOOT_SHADE, 1.0, _PETAL_STEPS)[:, None, None]
    return np.asarray(np.minimum(shade * dyes, 0.95), np.float32)
