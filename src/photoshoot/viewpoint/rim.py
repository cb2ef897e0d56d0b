"""How steeply a rim or a lid is seen.

It is an ellipse whose far half is the outline's upper end, and whose near half is an edge within the product. A mug's
outline alone tells little of it, since it narrows to a foot; its rim is seen whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.records import Cutout
from photoshoot.viewpoint.outline import Outline

_SINES = (0.25, 0.8)  # flatter ones are an edge's rounding or a line, rounder ones a body's turning away
_LEAST_HALF_PX = 18.0
_FAR, _NEAR = 0.9, 0.8  # of the half width: how much of the far half, and of the near one, is looked at
_OFF, _LEAN = 0.022, 0.14  # of the half width, that the far half leaves; and slope of a rim's axis, by a camera's roll
_SAMPLES = 41
_STEPS = np.arange(-5, 6)  # px along the normal at which the picture is read
_APART = 2  # steps between what lies within and without an edge
_PEAK = 1  # steps from the arc at which an edge may lie
_CONTRAST = 5.0  # of 255, of any edge
_SEEN = 0.88  # share of the near half that is one


@dataclass(frozen=True, kw_only=True)
class Rim:
    """A circle seen aslant."""

    sine: float
    """Half height over half width, 0 to 1."""
    seen: float
    """Share of its near half that is an edge of the picture."""


def find_rim(cutout: Cutout, body: Outline) -> Rim | None:
    """The rim at the top of a body; None where there is none, or it is not seen whole."""
    left, right = (edge[::-1] for edge in body.sides())
    rows = np.flatnonzero(body.solid.any(1))
    columns, upper = body.flipped().lower()
    upper = body.alpha.shape[0] - upper
    rgb = shrink_colors(cutout, body)
    best: Rim | None = None
    for index in range(3, len(rows)):
        half, axis = (right[index] - left[index]) / 2, (right[index] + left[index]) / 2
        found = _try(float(rows[index]) + 0.5, float(half), float(axis), columns, upper, rgb)
        if found is not None and (best is None or found.seen > best.seen):
            best = found
        if half > 0 and rows[index] - rows[0] > _SINES[1] * half:
            break
    return best if best is not None and best.seen >= _SEEN else None


def _try(
    row: float, half: float, axis: float, columns: Float64Array, upper: Float64Array, rgb: Float32Array
) -> Rim | None:
    """The ellipse that is as wide as the body in a row, by its far half; None where the outline is no such one."""
    far = fit_arc((columns - axis) / half, (row - upper) / half) if half >= _LEAST_HALF_PX else None
    if far is None or not _SINES[0] < far.sine < _SINES[1]:
        return None
    x = np.linspace(-_NEAR, _NEAR, _SAMPLES)
    high = np.sqrt(1 - x**2)
    normal = np.stack([far.sine * x / high + far.lean, np.ones_like(x)], 1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    at = np.stack([axis + half * x, row + half * (far.sine * high - far.lean * x)], 1)
    return Rim(sine=far.sine, seen=float(np.mean(find_edges(rgb, at, normal))))


@dataclass(frozen=True, kw_only=True)
class Arc:
    """Half of an ellipse that an outline is."""

    sine: float
    """Its height over half its width."""
    lean: float
    """Slope of its axis, by a camera's roll."""
    off: float
    """Root mean square that it leaves, of half its width."""


def fit_arc(across: Float64Array, rise: Float64Array) -> Arc | None:
    """Fit half an ellipse to an outline; None where it is no such one.

    Args:
        across: (n,), of the outline, beside the ellipse's middle, in half widths of it.
        rise: (n,), the same, away from its axis.
    """
    use = np.abs(across) < _FAR
    if use.sum() < _SAMPLES // 2:
        return None
    across, rise = across[use], rise[use]
    basis = np.stack([np.sqrt(1 - across**2), across], 1)
    (sine, lean), *_ = np.linalg.lstsq(basis, rise, rcond=None)
    off = float(np.sqrt(np.mean((basis @ [sine, lean] - rise) ** 2)))
    return None if off > _OFF or abs(lean) > _LEAN else Arc(sine=float(sine), lean=float(lean), off=off)


def find_edges(rgb: Float32Array, at: Float64Array, normal: Float64Array) -> BoolArray:
    """(n,): at which places of a curve the picture has its strongest edge near by along it.

    Args:
        rgb: (3, h, w), 0 to 255.
        at: (n, 2), the curve's (column, row), px; a pixel's middle is at .5.
        normal: (n, 2), across it, of length 1.
    """
    places = at[:, None] - 0.5 + _STEPS[:, None] * normal[:, None]
    read = [ndimage.map_coordinates(channel, places[..., ::-1].T, order=1, mode="nearest") for channel in rgb]
    line = np.stack(read)  # channels, steps, samples
    change = np.abs(line[:, 2 * _APART :] - line[:, : -2 * _APART]).max(0)
    middle = len(change) // 2
    near = change[middle - _PEAK : middle + _PEAK + 1].max(0)
    return np.asarray((near >= _CONTRAST) & (near >= 0.9 * change.max(0)), bool)


def shrink_colors(cutout: Cutout, body: Outline) -> Float32Array:
    """(3, h, w): the product's colours as its outline lies, 0 to 255."""
    rows, columns = cutout.box.slices()
    height, width = (side - 2 for side in body.alpha.shape)
    small = Image.fromarray(np.ascontiguousarray(cutout.rgb[rows, columns])).resize(
        (width, height), Image.Resampling.BOX
    )
    padded = np.pad(np.asarray(small, np.float32), ((1, 1), (1, 1), (0, 0)), mode="edge")
    return np.ascontiguousarray(padded.transpose(2, 0, 1))
