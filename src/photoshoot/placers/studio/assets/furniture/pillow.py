"""A filled pillow, as on beds and sofas."""

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief

PILLOW = (1.30, 0.62, 0.30)
"""Half sizes of a bed's."""


def pillow(size: float, rng: np.random.Generator, half_sizes: tuple[float, float, float] = PILLOW) -> Mesh:
    """Full in its middle, thin at its seam, with corners that stick out; soft dents, and creases from the corners."""
    wide, tall, thick = (size * length for length in half_sizes)
    across, up = np.meshgrid(np.linspace(-1, 1, 49), np.linspace(1, -1, 33))
    x = wide * across * (1 - 0.07 * (1 - up**2))
    y = tall * up * (1 - 0.10 * (1 - across**2))
    full = ((1 - across**6) * (1 - up**4)) ** 0.5 * (1 - 0.25 * across**2 - 0.3 * up**2)
    corner = np.abs(across * up)
    seed = int(rng.integers(40))
    folds = np.abs(plane_noise((across**2 - up**2) * 2.6, across * up * 2.0, seed=seed + 4)) * corner
    sides = []
    for front in (True, False):
        dents = plane_noise(x * 1.5, y * 1.9, seed=seed + (0 if front else 9), octaves=2)
        deep = thick * full * (1.3 + 0.16 * dents - 0.5 * folds) + 0.012 * size
        points, uv = np.stack([x, y, deep if front else -deep], -1), np.stack([x, y], -1)
        sides.append(relief(points, uv) if front else relief(points[:, ::-1], uv[:, ::-1]))
    lean = float(rng.uniform(14, 22))
    return merged(sides).turned(-lean, "x").turned(float(rng.uniform(-3, 3)), "z")
