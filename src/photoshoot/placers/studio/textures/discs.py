"""What points of light become out of focus."""

import math

import numpy as np

from photoshoot.arrays import Float32Array


def lens_disc(radius: float) -> Float32Array:
    """What a point becomes out of focus: a disc of height 1, a little brighter at its rim; radius in px."""
    reach = math.ceil(radius) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    distance = np.hypot(x, y)
    rim = 0.82 + 0.18 * np.minimum(distance / radius, 1) ** 4
    return np.asarray(np.clip(radius - distance + 0.5, 0, 1) * rim, np.float32)


def add_disc(image: Float32Array, center: tuple[float, float], radius: float, color: Float32Array) -> None:
    """Add a disc of one colour (3,) to an image (H, W, 3), its rim brighter; the centre is (column, row), in px."""
    rows, columns = image.shape[:2]
    left, right = max(0, int(center[0] - radius - 2)), min(columns, int(center[0] + radius + 3))
    top, bottom = max(0, int(center[1] - radius - 2)), min(rows, int(center[1] + radius + 3))
    if left >= right or top >= bottom:
        return
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    distance = np.hypot(x - center[0], y - center[1])
    disc = np.clip(radius - distance + 0.5, 0, 1) * (0.72 + 0.28 * (distance / radius) ** 4)
    image[top:bottom, left:right] += disc[..., None] * color
