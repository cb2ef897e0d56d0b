"""Mushrooms of two builds: white ones with thin stems, and porcini. Unit sizes, standing on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile

_CAPS = (
    ((0.0, 0.92), (0.2, 0.9), (0.4, 0.78), (0.5, 0.6), (0.5, 0.5), (0.46, 0.46), (0.3, 0.5), (0.13, 0.53), (0.0, 0.54)),
    ((0.0, 1.0), (0.24, 0.97), (0.44, 0.85), (0.54, 0.68), (0.54, 0.6), (0.48, 0.55), (0.32, 0.57), (0.0, 0.6)),
)
_STEMS = (
    ((0.0, 0.56), (0.13, 0.55), (0.135, 0.3), (0.15, 0.1), (0.14, 0.01), (0.0, 0.0)),
    ((0.0, 0.62), (0.17, 0.6), (0.23, 0.36), (0.28, 0.16), (0.22, 0.02), (0.0, 0.0)),
)
_GILLS = 32  # folds under a cap
_EVERY = [*range(0, 79, 2), 79]  # points of an outline


@lru_cache(maxsize=6)
def mushroom(kind: int, number: int) -> tuple[Mesh, Mesh]:
    """A mushroom about 1 high: its cap, v from the gills (0) to the crown (1), and its stem.

    Args:
        kind: 0 a thin stem, 1 a porcino.
        number: Which one of its kind.
    """
    cap = lathe(rounded_profile(_CAPS[kind], 0.025)[_EVERY], 3 * _GILLS)
    points = cap.vertices.astype(np.float64)
    out = np.hypot(points[:, 0], points[:, 2])
    under = np.clip((0.62 - points[:, 1]) / 0.05, 0, 1) * (out < 0.47)
    way = points / np.linalg.norm(points, axis=1, keepdims=True)
    points *= 1 + (0.03 * sphere_noise(way, 10 * kind + number) * (1 - under))[:, None]
    points[:, 1] += 0.012 * under * np.cos(_GILLS * np.arctan2(points[:, 2], points[:, 0])) * (out > 0.16) * (out < 0.4)
    points[:, 1] += 0.05 * np.sin(2.2 * number + 3 * points[:, 0])  # no cap is level
    shade = np.clip(
        0.55 + 0.12 * sphere_noise(way * 1.7, 40 + number) + 0.45 * (points[:, 1] - 0.5) / 0.5 - 0.6 * under, 0.02, 0.98
    )
    stem = lathe(rounded_profile(_STEMS[kind], 0.03)[_EVERY], 32)
    base = stem.vertices.astype(np.float64)
    base[:, 0] += 0.08 * np.sin(1.9 * number + 1) * (1 - base[:, 1] / 0.6) ** 2
    return cap.bent(points).shaded(shade), stem.bent(base).shaded(np.clip(base[:, 1] / 0.6, 0, 1))
