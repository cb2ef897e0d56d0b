"""A shape from the silhouette alone: it is blown up like a balloon, or turned about its axis, or left flat.

Blown up: the Poisson equation ∇²u = -4 with u = 0 on the outline has u = r² - ρ² on a disc, so √u is a sphere's height
there, and a round body's anywhere. Where a product stands the outline is a cut and not a rim: u has no slope there.
"""

from __future__ import annotations

import types
from collections.abc import Mapping

import numpy as np
from scipy import ndimage, sparse
from scipy.sparse.linalg import spsolve

from photoshoot.arrays import BoolArray, Float32Array, Float64Array, share_within
from photoshoot.pixels.imaging import average_plane, take_nearest
from photoshoot.placers.studio.product.contact import ProductWindow
from photoshoot.placers.studio.product.shape import Form, ProductShape, facing
from photoshoot.records import Category

_SIDE = 112  # cells on the window's longer side; lighting is smooth
_PROFILE = 0.025  # of a turned body's height: blur of its radii
_BASE = 0.07  # of its height
_SMOOTH = 1.3  # cells, of the relief before its slopes are read

_DEPTH: Mapping[Category, float] = types.MappingProxyType(
    {
        Category.FOOTWEAR: 0.6,
        Category.GARMENT: 0.22,
        Category.HEADWEAR: 0.75,
        Category.EYEWEAR: 0.6,
        Category.BAG: 0.4,
        Category.ELECTRONICS: 0.5,
        Category.HOME: 0.5,
        Category.BOOK: 0.0,
        Category.BOX: 0.0,
    }
)
"""Depth of a blown-up shape, of a round body's."""
_USUAL_DEPTH = 0.75
_SOFT = frozenset({Category.GARMENT, Category.BAG})
_FLAT = frozenset({Category.BOOK, Category.BOX})
_NEVER_TURNED = frozenset(
    {Category.FOOTWEAR, Category.GARMENT, Category.HEADWEAR, Category.EYEWEAR, Category.BAG, Category.JEWELRY}
)
_ROUND_WHEN_STRAIGHT = frozenset({Category.DRINK, Category.TABLEWARE})
"""A can and a carton have one outline; of these most are round."""
_RECTANGLE = 0.93  # share of its tightest rectangle that a silhouette with straight sides fills
_LEAST_COLUMNS = 16  # of a base whose curve is looked at
_INNER = 0.92  # of a base's half width
_SAG, _ROUNDER = 0.025, 0.7  # of its width, that an ellipse bends at least; of the error that two lines leave
_BELLY = (0.4, 0.65)  # of its width: what bends so far is no base seen from above, but a ball that turns under
_SYMMETRIC = 0.93  # overlap with its mirror image
_HANDLE = 0.22  # of the width: narrower parts are no part of a turned body
_LOOP = 0.3  # of its height, from above, within which a hole is that of a handle
_BODY = 0.7  # share of the silhouette that the body has at least
_WAIST = 0.97  # middle over ends: what is narrower in the middle of its height than at both ends is a cushion


class InflationEstimator:
    """Tells a shape by category and outline; see ``ShapeEstimator``."""

    def estimate(self, window: ProductWindow, grounded: BoolArray, category: Category) -> ProductShape:
        """See ``ShapeEstimator.estimate``."""
        height, width = window.alpha.shape
        cell_px = max(1.0, max(height, width) / _SIDE)
        size = (max(4, round(width / cell_px)), max(4, round(height / cell_px)))
        solid = average_plane(window.alpha, size) > 0.5
        feet = average_plane(np.repeat(grounded[None].astype(np.float32), 2, 0), (size[0], 2))[0] > 0.5
        sag = base_sag(window.alpha > 0.5)
        form, body = choose_form(solid, category, round_base=sag > _SAG)
        feet = feet & (form is not Form.SOFT)  # a seam all round, also where it leans on something
        feet = feet & (not _BELLY[0] < sag < _BELLY[1])
        if form is Form.FLAT or not solid.any():
            relief = np.zeros(solid.shape)
        elif form is Form.TURNED:
            relief = np.where(body, _turn(body, feet), _inflate(solid & ~body, feet) if (solid & ~body).any() else 0)
        else:
            depth = _DEPTH.get(category, _USUAL_DEPTH)
            relief = (min(depth, 0.4) if form is Form.SOFT else depth) * _inflate(solid, feet)
        smooth = _smooth(relief, solid, feet)
        normals = take_nearest(facing(smooth, 1.0), solid)
        return ProductShape(
            form=form,
            solid=solid,
            height_px=np.asarray(np.where(solid, smooth, 0) * cell_px, np.float32),
            normals=normals,
        )


def choose_form(solid: BoolArray, category: Category, *, round_base: bool = False) -> tuple[Form, BoolArray]:
    """What a silhouette (h, w) is taken for, and the part of it that is the body (of a turned one: less the handle).

    Straight sides don't tell a jar from a carton; a base that was seen to be round does.
    """
    if category in _FLAT:
        return Form.FLAT, solid
    if category in _SOFT or not solid.any():
        return Form.SOFT, solid
    if category not in _NEVER_TURNED:
        body = _body(solid)
        if _has_waist(body):
            return Form.SOFT, solid
        straight = _fills_rectangle(_without_loop(body)) > _RECTANGLE
        if straight and category not in _ROUND_WHEN_STRAIGHT and not round_base:
            return Form.FLAT, solid
        if _is_turned(body, solid):
            return Form.TURNED, body
    return Form.FREE, solid


def base_sag(solid: BoolArray) -> float:
    """How far a silhouette (h, w) bends down below as half an ellipse, over its width; 0 where it doesn't.

    A round base does that was seen from above; a carton's base is a line, or two that meet in a corner.
    """
    columns = np.flatnonzero(solid.any(0))
    if len(columns) < _LEAST_COLUMNS:
        return 0.0
    rows = (solid.shape[0] - np.argmax(solid[::-1], axis=0))[columns].astype(np.float64)
    across = (columns - columns.mean()) / (len(columns) / 2)
    inner = np.abs(across) < _INNER  # corners of cartons may be rounded
    rows, across = rows[inner], across[inner]
    ellipse, fit = _fit_error(rows, np.sqrt(1 - across**2))
    faces = min(_fit_error(rows, across, np.maximum(across - corner, 0))[0] for corner in np.linspace(-0.8, 0.8, 17))
    return max(0.0, fit / len(columns)) if ellipse < _ROUNDER * faces else 0.0


def _fit_error(rows: Float64Array, *columns: Float64Array) -> tuple[float, float]:
    """Root mean square of what a constant and some columns leave of rows, and the first column's share."""
    basis = np.stack([np.ones_like(rows), *columns], 1)
    fit = np.linalg.lstsq(basis, rows, rcond=None)[0]
    return float(np.sqrt(np.mean((basis @ fit - rows) ** 2))), float(fit[1])


def _fills_rectangle(solid: BoolArray) -> float:
    """Share of the tightest rectangle, of any slant, that a silhouette fills."""
    rows, columns = np.nonzero(solid)
    best = np.inf
    for angle in np.deg2rad(np.arange(0, 90, 3)):
        across, along = (
            columns * np.cos(angle) + rows * np.sin(angle),
            rows * np.cos(angle) - columns * np.sin(angle),
        )
        best = min(best, (np.ptp(across) + 1) * (np.ptp(along) + 1))
    return float(len(rows) / best)


def _body(solid: BoolArray) -> BoolArray:
    """The silhouette without handles and straps."""
    rows = np.flatnonzero(solid.any(1))
    width = float(np.median(solid[rows].sum(1)))
    reach = max(1, round(_HANDLE * width / 2))
    opened = ndimage.binary_opening(np.pad(solid, reach, mode="edge"), _disc(reach))[reach:-reach, reach:-reach]
    labels, count = ndimage.label(opened)
    if not count:
        return solid
    largest = labels == 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    inside = np.flatnonzero(largest.any(0))
    body = solid & (np.arange(solid.shape[1]) >= inside[0]) & (np.arange(solid.shape[1]) <= inside[-1])
    labels, _ = ndimage.label(body)
    return np.asarray(labels == labels[largest][0], bool)


def _without_loop(solid: BoolArray) -> BoolArray:
    """A silhouette without the rows of a handle on top: down to the lowest one of a hole that is closed in above."""
    holes = ndimage.binary_fill_holes(solid) & ~solid
    rows = np.flatnonzero(solid.any(1))
    high = np.flatnonzero(holes.any(1) & (np.arange(len(solid)) < rows[0] + _LOOP * len(rows)))
    if not high.size:
        return solid
    body = solid.copy()
    body[: high[-1] + 1] = False
    return body


def _is_turned(body: BoolArray, solid: BoolArray) -> bool:
    """Whether a body is round about an upright axis: its own mirror image, one run a row."""
    if body.sum() < _BODY * solid.sum():
        return False
    columns = np.flatnonzero(body.any(0))
    tight = body[:, columns[0] : columns[-1] + 1]
    overlap = share_within(tight & tight[:, ::-1], tight | tight[:, ::-1])
    runs = np.diff(np.pad(tight.astype(np.int8), ((0, 0), (1, 1))), axis=1).clip(0).sum(1)
    return bool(overlap > _SYMMETRIC and np.mean(runs[runs > 0] == 1) > 0.9)


def _has_waist(solid: BoolArray) -> bool:
    """Whether it is narrower in the middle than near both its ends, and about as high as wide: a cushion."""
    rows = np.flatnonzero(solid.any(1))
    widths = solid[rows].sum(1).astype(float)
    if len(rows) < 8 or not 0.6 < len(rows) / widths.max() < 1.6:
        return False
    ends = [widths[: max(1, len(rows) // 6)].max(), widths[-max(1, len(rows) // 6) :].max()]
    return bool(np.median(widths[len(rows) * 2 // 5 : len(rows) * 3 // 5]) < _WAIST * min(ends))


def _turn(body: BoolArray, feet: BoolArray) -> Float64Array:
    """Height of a body of revolution (h, w), cells: each row is a half circle, of radii that change smoothly."""
    rows = np.flatnonzero(body.any(1))
    first = np.argmax(body[rows], axis=1)
    last = body.shape[1] - 1 - np.argmax(body[rows, ::-1], axis=1)
    center = float(np.median(last + first)) / 2
    radius = np.maximum(np.minimum(last - center, center - first) + 0.5, 0.5)  # a handle is on one side alone
    base = max(1, round(_BASE * len(rows)))
    if (feet & body.any(0)).any() and base < len(rows):  # rows that show the near half of a round base
        radius[-base:] = np.maximum(radius[-base:], radius[-base - 1])
    reach = max(1.0, _PROFILE * len(rows))
    radius = ndimage.gaussian_filter1d(radius, reach, mode="nearest")
    relief = np.zeros(body.shape)
    away = np.arange(body.shape[1])[None] - center
    relief[rows] = np.sqrt(np.maximum(radius[:, None] ** 2 - away**2, 0))
    return relief


def _inflate(solid: BoolArray, feet: BoolArray) -> Float64Array:
    """√u (h, w), cells, of ∇²u = -4 inside a silhouette; u = 0 on its outline but along its feet."""
    return np.sqrt(np.maximum(_solve_poisson(solid, feet), 0))


def _solve_poisson(solid: BoolArray, feet: BoolArray) -> Float64Array:
    index = np.full(tuple(side + 2 for side in solid.shape), -1)
    rows, columns = np.nonzero(solid)
    index[rows + 1, columns + 1] = np.arange(len(rows))
    if not len(rows):
        return np.zeros(solid.shape)
    ground = np.pad(_below(solid) & feet, 1)
    ground[-1, 1:-1] = feet & solid[-1]
    diagonal, parts = np.full(len(rows), 4.0), []
    for down, right in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        beside = rows + 1 + down, columns + 1 + right
        other = index[beside]
        inner = other >= 0
        parts.append((np.flatnonzero(inner), other[inner]))
        diagonal -= ~inner & ground[beside]
    first, second = (np.concatenate(part) for part in zip(*parts, strict=True))
    neighbours = sparse.csr_matrix((np.full(len(first), -1.0), (first, second)), shape=(len(rows), len(rows)))
    system = (neighbours + sparse.diags(diagonal)).tocsc()
    u = spsolve(system, np.full(len(rows), 4.0), permc_spec="MMD_AT_PLUS_A", use_umfpack=False)
    whole = np.zeros(solid.shape)
    whole[solid] = u
    return whole


def _below(solid: BoolArray) -> BoolArray:
    """What lies under the lowest cell of each column that has one (h, w)."""
    lowest = solid.shape[0] - 1 - np.argmax(solid[::-1], axis=0)
    return np.asarray(solid.any(0) & (np.arange(solid.shape[0])[:, None] > lowest), bool)


def _smooth(relief: Float64Array, solid: BoolArray, feet: BoolArray) -> Float32Array:
    """The relief blurred a little; below its feet it goes on, so that nothing turns under there."""
    reach = int(np.ceil(4 * _SMOOTH))
    padded, mask = np.pad(relief, reach), np.pad(solid, reach)
    height = len(padded)
    below = np.pad(feet, reach) & mask.any(0)
    lowest = height - 1 - np.argmax(mask[::-1], axis=0)
    rows = np.arange(height)[:, None]
    padded = np.where((rows > lowest) & below, padded[lowest, np.arange(padded.shape[1])], padded)
    blurred = ndimage.gaussian_filter(padded, _SMOOTH)
    return np.asarray(blurred[reach:-reach, reach:-reach], np.float32)


def _disc(reach: int) -> BoolArray:
    rows, columns = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    return np.asarray(rows**2 + columns**2 <= reach**2)
