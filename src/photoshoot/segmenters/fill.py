"""Spreads values from where they are known to everywhere, smoothly: pull-push on a pyramid.

Source: Gortler et al., "The lumigraph" (1996), section 3.4.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array

Indices = npt.NDArray[np.intp]


def spread(planes: Float32Array, weight: Float32Array) -> Float32Array:
    """Fill by the weighted mean of the nearest known values.

    Args:
        planes: (..., C, H, W), one or several pictures; only those with weight count.
        weight: (..., H, W) in [0, 1]: 1 keeps its value, 0 takes its surroundings'.

    Returns:
        (..., C, H, W); all zeros where a picture's weight is above 0 nowhere.
    """
    weight = weight[..., None, :, :]
    return _spread(np.concatenate([planes * weight, weight], axis=-3))


def _spread(level: Float32Array) -> Float32Array:
    """Straight values (..., C, H, W) of premultiplied ones (..., C + 1, H, W)."""
    weight = level[..., -1:, :, :]
    own = level[..., :-1, :, :] / np.maximum(weight, np.float32(1e-6))
    if min(level.shape[-2:]) < 2:
        total = level.sum(axis=(-2, -1), keepdims=True)
        mean = total[..., :-1, :, :] / np.maximum(total[..., -1:, :, :], np.float32(1e-6))
        return np.where(weight > 0, own, mean).astype(np.float32)
    around = _double(_spread(halve(level)), level.shape[-2:])
    around -= own
    around *= 1 - np.minimum(weight, 1)
    own += around
    return np.asarray(own, np.float32)


def halve(level: Float32Array) -> Float32Array:
    """Mean of 2x2 pixels, with the weight raised to full as soon as any is known well."""
    height, width = level.shape[-2:]
    if height % 2 or width % 2:
        level = np.pad(level, [(0, 0)] * (level.ndim - 2) + [(0, height % 2), (0, width % 2)])
    rows = level[..., ::2, :] + level[..., 1::2, :]
    total = rows[..., ::2] + rows[..., 1::2]
    total /= np.maximum(total[..., -1:, :, :], 1)
    return np.asarray(total, np.float32)


def _double(coarse: Float32Array, shape: tuple[int, ...]) -> Float32Array:
    """Bilinear to twice the size, cut to ``shape``."""
    rows = _stretch(coarse.swapaxes(-1, -2)).swapaxes(-1, -2)
    return np.asarray(_stretch(rows[..., : shape[0], :])[..., : shape[1]], np.float32)


def _stretch(field: Float32Array) -> Float32Array:
    """Bilinear to twice the length of the last axis."""
    quarter = np.float32(0.25) * field
    out = np.empty((*field.shape[:-1], 2 * field.shape[-1]), np.float32)
    even, odd = out[..., ::2], out[..., 1::2]
    np.multiply(field, np.float32(0.75), out=even)
    odd[...] = even
    even[..., 1:] += quarter[..., :-1]
    even[..., :1] += quarter[..., :1]
    odd[..., :-1] += quarter[..., 1:]
    odd[..., -1:] += quarter[..., -1:]
    return out


def sample(planes: Float32Array, rows: Float32Array, columns: Float32Array) -> Float32Array:
    """Read smooth planes (C, H, W) at scattered points, bilinearly: (C, N); pixel centres lie at whole numbers."""
    flat = planes.reshape(len(planes), -1)
    taps, down, right = find_taps(planes.shape[1:], rows, columns)
    return blend_taps([flat.take(tap, axis=1) for tap in taps], down, right)


def find_taps(
    shape: tuple[int, ...], rows: Float32Array, columns: Float32Array
) -> tuple[list[Indices], Float32Array, Float32Array]:
    """The four pixels round each of N points.

    Returns:
        Flat positions (N,) of the pixels upper left, upper right, lower left and lower right in a picture of that
        shape; and how far down and right of the first the points lie, (N,) in [0, 1].
    """
    height, width = shape
    rows, columns = np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    upper = top * width + left
    lower = upper + width * (top < height - 1)
    step = left < width - 1
    down, right = rows - top.astype(np.float32), columns - left.astype(np.float32)
    return [upper, upper + step, lower, lower + step], down, right


def blend_taps(values: list[Float32Array], down: Float32Array, right: Float32Array) -> Float32Array:
    """Bilinear mean (C, N) of the values (C, N) at ``find_taps``' pixels, which it overwrites."""
    upper, upper_right, lower, lower_right = values
    for start, end, share in ((upper, upper_right, right), (lower, lower_right, right), (upper, lower, down)):
        end -= start
        end *= share
        start += end
    return upper
