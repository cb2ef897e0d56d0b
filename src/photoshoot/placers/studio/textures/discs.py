"""What points of light become out of focus."""

import math

import numpy as np
import numpy.typing as npt
from scipy import fft

from photoshoot.arrays import Float32Array


def lens_disc(radius: float) -> Float32Array:
    """What a point becomes out of focus: a disc of height 1, a little brighter at its rim; radius in px."""
    reach = math.ceil(radius) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    distance = np.hypot(x, y)
    rim = 0.82 + 0.18 * np.minimum(distance / radius, 1) ** 4
    return np.asarray(np.clip(radius - distance + 0.5, 0, 1) * rim, np.float32)


def convolve(image: npt.NDArray[np.floating], kernel: Float32Array) -> npt.NDArray[np.floating]:
    """An image (H, W) convolved with a kernel of odd sides, of the image's size; beyond its edges it is black.

    Bit for bit ``scipy.signal.fftconvolve(…, mode="same")``, whose package takes half a second to import.
    """
    full = [side + reach - 1 for side, reach in zip(image.shape, kernel.shape, strict=True)]
    padded = [fft.next_fast_len(side, real=True) for side in full]
    product = fft.irfftn(fft.rfftn(image, padded) * fft.rfftn(kernel, padded), padded)
    top, left = (reach // 2 for reach in kernel.shape)
    return np.array(product[top : top + image.shape[0], left : left + image.shape[1]])


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
