"""Spices, of unit size, on y = 0; sticks of cinnamon are of ``desk``."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import sphere

_PODS = 8


@lru_cache(maxsize=2)
def star_anise(number: int) -> tuple[Mesh, Mesh]:
    """A star of radius 1: eight pods that have burst open, v from their slits (0) to their backs; and its seeds."""
    rng = np.random.default_rng(70 + number)
    pods, seeds = [], []
    for turn in np.arange(_PODS) * 360 / _PODS + rng.uniform(-4, 4, _PODS):
        length, gape = rng.uniform(0.4, 0.5), rng.uniform(0.05, 0.1)
        ball = sphere(1.0, rings=12, segments=20)
        x, y, z = ball.vertices.astype(np.float64).T
        tip = np.clip(x, 0, 1) ** 2
        slit = np.exp(-((z / 0.42) ** 2)) * np.clip(y, 0, 1) * np.sqrt(np.clip(1 - x**2, 0, 1))
        rough = 1 + 0.05 * sphere_noise(ball.vertices.astype(np.float64), number)
        broad = (0.15 + gape * slit) * (1 - 0.75 * tip) * rough
        height = 0.2 + 0.2 * y * rough - 0.3 * slit + 0.1 * tip
        points = np.stack([0.04 + length * (1 + x), height, broad * z], 1)
        pods.append(ball.bent(points).shaded(np.clip(0.9 - 1.2 * slit, 0.02, 0.98)).turned(turn))
        seed = sphere(1.0, rings=7, segments=12).scaled(0.15, 0.09, 0.065).moved(0.04 + length * 1.02, 0.2, 0)
        seeds.append(seed.turned(turn))
    return merged([*pods, sphere(0.12, rings=8, segments=14).moved(0, 0.2).shaded(0.6)]), merged(seeds)
