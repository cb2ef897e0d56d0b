"""Spreads values from where they are known to everywhere, smoothly: pull-push on a pyramid.

Source: Gortler et al., "The lumigraph" (1996), section 3.4.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def spread(values: Floats, weight: Floats) -> Floats:
    """Fill by the weighted mean of the nearest known values.

    Args:
        values: (H, W, C); only those with weight count.
        weight: (H, W) in [0, 1]: 1 keeps its value, 0 takes its surroundings'.

    Returns:
        (H, W, C); all zeros where no weight is above 0 anywhere.
    """
    premultiplied = np.concatenate([values * weight[..., None], weight[..., None]], axis=2)
    return _spread(premultiplied)


def _spread(level: Floats) -> Floats:
    """Straight values (H, W, C) of premultiplied ones (H, W, C + 1)."""
    weight = level[..., -1:]
    own = level[..., :-1] / np.maximum(weight, np.float32(1e-6))
    if min(level.shape[:2]) < 2:
        total = level.sum(axis=(0, 1))
        return np.where(weight > 0, own, total[:-1] / max(float(total[-1]), 1e-6)).astype(np.float32)
    coarse = _spread(_halve(level))
    return np.asarray(own + (1 - np.minimum(weight, 1)) * (_double(coarse, level.shape[:2]) - own), np.float32)


def _halve(level: Floats) -> Floats:
    """Mean of 2x2 pixels, with the weight raised to full as soon as any is known well."""
    height, width = level.shape[:2]
    padded = np.pad(level, ((0, height % 2), (0, width % 2), (0, 0)))
    total = (padded[::2, ::2] + padded[1::2, ::2]) + (padded[::2, 1::2] + padded[1::2, 1::2])
    scale = 1 / np.maximum(total[..., -1:], 1)
    return np.asarray(total * scale, np.float32)


def _double(coarse: Floats, shape: tuple[int, int]) -> Floats:
    """Bilinear to twice the size, cut to ``shape``."""
    rows = _stretch(coarse)[: shape[0]]
    return _stretch(rows.transpose(1, 0, 2))[: shape[1]].transpose(1, 0, 2)


def _stretch(field: Floats) -> Floats:
    padded = np.concatenate([field[:1], field, field[-1:]])
    out = np.empty((2 * len(field), *field.shape[1:]), np.float32)
    out[::2] = np.float32(0.75) * field + np.float32(0.25) * padded[:-2]
    out[1::2] = np.float32(0.75) * field + np.float32(0.25) * padded[2:]
    return out


def sample(field: Floats, rows: Floats, columns: Floats) -> Floats:
    """Read a smooth field (H, W, C) at scattered points, bilinearly: (N, C); pixel centres lie at whole numbers."""
    height, width, channels = field.shape
    rows, columns = np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    down, right = (rows - top)[:, None], (columns - left)[:, None]
    flat = field.reshape(-1, channels)
    above, below = top * width, np.minimum(top + 1, height - 1) * width
    beside = np.minimum(left + 1, width - 1)
    upper = flat[above + left] + right * (flat[above + beside] - flat[above + left])
    lower = flat[below + left] + right * (flat[below + beside] - flat[below + left])
    return np.asarray(upper + down * (lower - upper), np.float32)
