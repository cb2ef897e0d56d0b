"""A product's outline as viewpoints are read from it, and how far the ends of a round body bend.

The outline is small and upright, with its body told from handles. Rims and bases of what stands upright are ellipses,
seen from above: a circle seen at θ below the horizon has a half height of sin θ of its half width. Edges of bases are
rounded, too, and bend as ellipses do; so sine and rounding are fitted at once, and where many sines fit alike the range
of them says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.records import Cutout

_SIDE = 256  # px of the longer side: contours are read to a fraction of one
_HANDLE = 0.2  # of the width: narrower parts are no part of the body
_SOLID = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Outline:
    """A product cut to its box and shrunk; row 0 is the top."""

    alpha: Float32Array
    """(h, w), 0 to 1, with a margin of one empty pixel."""

    @classmethod
    def of(cls, cutout: Cutout) -> Outline:
        """The outline of a cut-out."""
        rows, columns = cutout.box.slices()
        alpha = np.ascontiguousarray(cutout.alpha_matte[rows, columns], np.float32)
        shrink = min(1.0, _SIDE / max(alpha.shape))
        height, width = (max(1, round(side * shrink)) for side in alpha.shape)
        small = Image.fromarray(alpha).resize((width, height), Image.Resampling.BOX)
        return cls(alpha=np.pad(np.asarray(small, np.float32), 1))

    @property
    def solid(self) -> BoolArray:
        """(h, w): where it is."""
        return np.asarray(self.alpha > _SOLID, bool)

    def body(self) -> Outline:
        """Without handles and straps at its sides."""
        solid = self.solid
        widths = solid.sum(1)
        reach = 0.5 * _HANDLE * float(np.median(widths[widths > 0])) if solid.any() else 0.0
        core = ndimage.distance_transform_edt(solid) > reach
        columns = np.flatnonzero(core.any(0))
        if not len(columns):
            return self
        first, last = max(0, int(columns[0] - reach)), int(np.ceil(columns[-1] + reach))
        inside = (np.arange(solid.shape[1]) >= first) & (np.arange(solid.shape[1]) <= last)
        labels, count = ndimage.label(solid & inside)
        if count > 1:
            largest = 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
            inside = inside & ndimage.binary_dilation(labels == largest, iterations=2)
        return Outline(alpha=np.where(inside, self.alpha, 0).astype(np.float32))

    def flipped(self) -> Outline:
        """Upside down."""
        return Outline(alpha=self.alpha[::-1])

    def sides(self) -> tuple[Float64Array, Float64Array]:
        """Left and right edge of each row that has any, from the lowest up, fractions of a pixel (n,)."""
        solid = self.solid
        rows = np.flatnonzero(solid.any(1))[::-1]
        first = np.argmax(solid[rows], axis=1)
        last = solid.shape[1] - 1 - np.argmax(solid[rows, ::-1], axis=1)
        return first - _soft(self.alpha, rows, first - 1), last + 1 + _soft(self.alpha, rows, last + 1)

    def lower(self) -> tuple[Float64Array, Float64Array]:
        """Columns (n,), and the lower edge of each (n,), row 0 at the top, fractions of a pixel."""
        solid = self.solid
        columns = np.flatnonzero(solid.any(0))
        last = solid.shape[0] - 1 - np.argmax(solid[::-1, columns], axis=0)
        rows = last + 1 + _soft(self.alpha.T, columns, last + 1)
        return (columns + 0.5).astype(np.float64), rows


def _soft(alpha: Float32Array, rows: np.ndarray, columns: np.ndarray) -> Float64Array:
    """How much of the pixel past an edge is covered."""
    inside = np.clip(columns, 0, alpha.shape[1] - 1)
    return np.where((columns >= 0) & (columns < alpha.shape[1]), alpha[rows, inside], 0).astype(np.float64)


_SINES = np.linspace(0, 0.85, 35)
_BEVELS = (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4)  # radius of the rounded edge, of the half width
_SHARP = 0.012  # of the bevel, added to what a fit leaves: most edges are sharp
_NEAR = 1.2  # of the half width: rows that tell where the axis is
_SIDES = 0.35  # of the half width: rows of the sides over the rounded end that are fitted, too
_REACH = 1.75  # of the half width: rows that any fit looks at
_ASLANT, _ONE_SIDED = 0.12, 0.5  # of the half width off the axis, and the share of rows that may be: at a handle
_LEAST_ROWS, _LEAST_HALF_PX = 8, 12.0
_AS_GOOD = (1.35, 0.0025)  # times the least error, and more by: sines that fit nearly as well


@dataclass(frozen=True, kw_only=True)
class End:
    """What one end of a round body tells."""

    sine: float
    """Half height over half width of its ellipse, 0 to 0.85."""
    low: float
    """Least sine that fits nearly as well."""
    high: float
    """Largest sine that fits nearly as well."""
    error: float
    """Root mean square that the fit leaves, of the half width, and a little for its bevel."""
    bevel: float
    """Radius of its rounded edge, of the half width."""
    half_px: float
    """Half width of its body, pixels of the outline."""
    axis_px: float
    """Column of its axis."""


def fit_end(outline: Outline) -> End | None:
    """Fit the lower end of a body; None where it is no round one: aslant, or too small."""
    left, right = outline.sides()
    if len(left) < _LEAST_ROWS:
        return None
    middle = (right + left) / 2
    wide, axis = float(np.median(right - left)) / 2, float(np.median(middle))
    half = right - axis
    for _ in range(2):
        near = slice(max(_LEAST_ROWS, round(_NEAR * wide)))
        axis = float(np.median(middle[near]))
        half = np.minimum(right - axis, axis - left)  # a handle is on one side alone
        wide = float(np.percentile(half[near], 95))
    if wide < _LEAST_HALF_PX:
        return None
    count = max(_LEAST_ROWS, round(_REACH * wide))
    if np.mean(np.abs(middle[:count] - axis) > _ASLANT * wide) > _ONE_SIDED:
        return None
    half = half[:count]
    half = np.asarray(half / wide, np.float64)
    at = np.asarray((np.arange(len(half)) + 0.5) / wide, np.float64)
    errors = np.array([[_error(at, half, float(sine), bevel) for bevel in _BEVELS] for sine in _SINES])
    row, column = np.unravel_index(int(np.argmin(errors)), errors.shape)
    by_sine = errors.min(1)
    near_best = _SINES[by_sine <= _AS_GOOD[0] * by_sine.min() + _AS_GOOD[1]]
    return End(
        sine=float(_SINES[row]),
        low=float(near_best.min()),
        high=float(near_best.max()),
        error=float(by_sine.min()),
        bevel=_BEVELS[column],
        half_px=wide,
        axis_px=axis,
    )


def _error(at: Float64Array, half: Float64Array, sine: float, bevel: float) -> float:
    """What a base of that sine and bevel, under sides of any slope, leaves of the half widths; in half widths."""
    high = sine * (1 - bevel) + bevel
    use = at < high + _SIDES
    if use.sum() < _LEAST_ROWS - 2:
        return float("inf")
    at, half = at[use], half[use]
    up, across = _profile(sine, bevel)
    base, side = np.interp(at - high, up, across, right=1.0), np.maximum(at - high, 0)
    square = max(float(base @ base), 1e-12)
    left, side = half - base * ((base @ half) / square), side - base * ((base @ side) / square)
    left = left - side * ((side @ left) / max(float(side @ side), 1e-12))
    return float(np.sqrt(left @ left / len(left))) + _SHARP * bevel


@cache
def _profile(sine: float, bevel: float) -> tuple[Float64Array, Float64Array]:
    """Height over the widest row, ascending to 0, and half width of a unit base: an ellipse with a rounded edge."""
    turn = np.linspace(0, np.pi / 2, 60)[::-1]
    inner, flat = 1 - bevel, sine * (1 - bevel)
    if flat == 0:
        return np.append(-bevel, -bevel * np.sin(turn)), np.append(0.0, inner + bevel * np.cos(turn))
    outward = np.stack([flat * np.cos(turn), inner * np.sin(turn)])
    outward = outward / np.hypot(*outward)
    return -flat * np.sin(turn) - bevel * outward[1], inner * np.cos(turn) + bevel * outward[0]
