"""Citrus fruit: whole, halved, sliced. Round ones have a navel, lemons and limes a nipple. Unit sizes."""

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid, merged
from photoshoot.placers.studio.geometry.solids import lathe, sphere

CitrusKind = Literal["round", "long"]
"""Oranges and grapefruit; lemons and limes."""

GIRTH: dict[CitrusKind, float] = {"round": 1.0, "long": 0.8}
"""Radius of a fruit's middle."""
_RINGS, _SEGMENTS = 56, 88
_PORES, _DENTS = 0.0035, 0.009


@lru_cache(maxsize=8)
def whole_citrus(kind: CitrusKind, number: int) -> Mesh:
    """A fruit round the origin, its axis y, or x where it is long; v is its tone: pores, blotches, a dark stem end.

    Args:
        kind: Its form.
        number: Which one, 0 to 3: none is as round as another.
    """
    rng = np.random.default_rng([number, 41])
    ball = sphere(1.0, rings=_RINGS, segments=_SEGMENTS)
    way = ball.vertices.astype(np.float64)
    pores, blotches = _round_noise(rng, 0.7), _round_noise(rng, 9.0)
    waist = np.hypot(way[:, 0], way[:, 2])
    pores *= np.minimum(waist / 0.4, 1)  # vertices crowd at the poles
    swell = 1 + _PORES * pores + _DENTS * blotches + 0.025 * way @ rng.normal(size=3)
    points = way * swell[:, None]
    stem = np.exp(-((waist / 0.13) ** 2)) * (way[:, 1] > 0)
    if kind == "round":
        points[:, 1] *= 0.95
        points[:, 1] -= 0.07 * np.exp(-((waist / 0.15) ** 2)) * np.sign(way[:, 1])
    else:
        points[:, [0, 2]] *= GIRTH["long"]
        points[:, 1] += (
            0.15 * np.exp(-((waist / 0.28) ** 2)) * np.where(way[:, 1] < 0, -1.0, 0.45) * rng.uniform(0.7, 1.1)
        )
    tone = np.clip(0.5 + 0.10 * blotches + 0.12 * pores - 0.5 * stem, 0, 1)
    mesh = ball.bent(points).shaded(tone)
    return mesh if kind == "round" else mesh.turned(90, "z")


def _round_noise(rng: np.random.Generator, width: float) -> Float64Array:
    """Noise on a sphere's vertices, about unit deviation and ``width`` vertices across, without a seam."""
    raw = rng.normal(size=(_RINGS + 1, _SEGMENTS))
    soft = ndimage.gaussian_filter(raw, width, mode=("nearest", "wrap"))
    soft[[0, -1]] = soft[[0, -1]].mean(1, keepdims=True)
    return np.asarray(np.concatenate([soft, soft[:, :1]], 1).reshape(-1) / soft.std(), np.float64)


@lru_cache(maxsize=2)
def half_citrus(kind: CitrusKind) -> tuple[Mesh, Mesh]:
    """Half a fruit, cut side up at y = 0, and its cut face (texture 0 to 1)."""
    girth, angle = GIRTH[kind], np.linspace(np.pi / 2, np.pi, 24)
    depth = 0.95 * np.cos(angle)
    if kind == "long":
        depth -= 0.15 * np.exp(-((np.sin(angle) / 0.28) ** 2))
    bowl = lathe(np.stack([girth * np.sin(angle), depth], 1), 56, crease_deg=80)
    return bowl, _disc(0.0, girth)


@lru_cache(maxsize=2)
def citrus_slice(kind: CitrusKind) -> tuple[Mesh, Mesh]:
    """A slice of thickness 0.13 on y = 0: its rind, and its two faces (texture 0 to 1)."""
    girth = GIRTH[kind]
    rim = lathe([[girth, 0.13], [girth + 0.012, 0.11], [girth + 0.012, 0.02], [girth, 0.0]], 56)
    return rim, merged([_disc(0.13, girth), _disc(0.0, girth).flipped()])


def _disc(y: float, girth: float) -> Mesh:
    """A disc that faces up; its texture is a picture of it."""
    angle, radius = np.linspace(0, 2 * np.pi, 57), np.array([[1.0], [0.5], [0.0]])
    x, z = radius * np.cos(angle), radius * np.sin(angle)
    points = np.stack([girth * x, np.full_like(x, y), girth * z], -1)[:, ::-1]
    return drop_degenerate(grid(points, np.stack([x / 2 + 0.5, z / 2 + 0.5], -1)[:, ::-1]))
