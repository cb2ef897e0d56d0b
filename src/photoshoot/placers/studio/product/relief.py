"""The product as a white solid, in its own shape: what the set's light is measured on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.product.contact import Contact, ProductWindow, trace_contact
from photoshoot.placers.studio.product.shape import Form, ProductShape, ShapeEstimator
from photoshoot.placers.studio.renderer.irradiance import WhiteSolid
from photoshoot.records import Box, Canvas, Category, Edge, ProductLayer
from photoshoot.settings import Stance

_GAP = 0.12  # of the width: a contour that leaves the support for so short a way is on it
_LOW = 0.12  # of the height: what ends so near the base has a sole or a foot there
_LEAST_COLUMNS = 8
_TURNED = 0.06  # depth over width, from which a flat front is not square to the camera
_CORNERS = 24  # places that the edge between two faces is looked for
_STRAIGHT = 0.7  # of one line's error; two lines that fit no better are one
_LEVEL_PX = 0.3  # error of one line that is the pixels' own
_BACK = 0.5  # how deep the hidden side is, of the seen one
_THIN = 0.02  # world units between the two at the rim
_RAISED = 0.02  # of what lies, over its surface


def build_relief(
    layer: ProductLayer, canvas: Canvas, view: View, estimator: ShapeEstimator, category: Category
) -> WhiteSolid:
    """Shape a closed solid that fills a product's silhouette, and a cell more.

    Args:
        layer: The product on the canvas.
        canvas: Its geometry.
        view: The canvas's camera.
        estimator: Tells its shape.
        category: What it is.
    """
    view = replace(view, product_reach=view.reach_of(canvas))  # its own, not that of all products that share the set
    window = ProductWindow.around(layer, canvas)
    contact = trace_contact(window.alpha, window.top, canvas)
    shape = estimator.estimate(window, find_grounded(contact, window, canvas), category)
    height, width = shape.solid.shape
    rows, columns = (np.arange(height + 1) / height, np.arange(width + 1) / width)
    down = window.top + rows * window.alpha.shape[0]
    right = window.left + columns * window.alpha.shape[1]
    bend = _support(contact, window, right, view) if shape.form is Form.FLAT else np.zeros(len(right))
    normals = _bend_normals(shape, bend, right, view)
    mesh = _close(_place(shape, (right, down), bend, view), shape.solid, _to_corners(normals))
    box = Box(
        left=window.left,
        top=window.top,
        right=window.left + window.alpha.shape[1],
        bottom=window.top + window.alpha.shape[0],
    )
    return WhiteSolid(mesh=mesh, box=box, normals=normals, solid=shape.solid, trust=shape.trust)


def find_grounded(contact: Contact, window: ProductWindow, canvas: Canvas) -> BoolArray:
    """Columns whose lower contour is cut by a support, or by the picture's edge, or nearly; with short gaps closed."""
    if Edge.BOTTOM in canvas.snapped:
        return np.ones_like(contact.touches)
    if canvas.stance is not Stance.UPRIGHT:
        return np.zeros_like(contact.touches)
    solid = window.alpha > 0.5
    over_base = canvas.product_box.bottom - (window.top + len(solid) - np.argmax(solid[::-1], axis=0))
    low = solid.any(0) & (over_base < _LOW * canvas.product_box.height)
    gap = 2 * max(1, round(_GAP * len(low) / 2)) + 1
    closed = ndimage.binary_closing(np.pad(contact.touches | low, gap), np.ones(gap, bool))[gap:-gap]
    return np.asarray(closed, bool)


def _support(contact: Contact, window: ProductWindow, right_px: Float64Array, view: View) -> Float64Array:
    """Depth, at some columns of the canvas, of a flat front that stands on a floor: of one face, or of two."""
    if view.frontal:
        return np.zeros(len(right_px))
    filled = np.flatnonzero(contact.touches)
    if len(filled) < _LEAST_COLUMNS:
        return np.zeros(len(right_px))
    rows = fit_faces(np.asarray(window.left + filled + 0.5, np.float64), contact.rows_px[filled], right_px)
    depth = np.clip(view.floor_z(rows), -view.product_reach, 0)
    inner = depth[(right_px >= window.left + filled[0]) & (right_px <= window.left + filled[-1] + 1)]
    turned = np.ptp(inner) > _TURNED * len(filled) / view.px_per_unit if len(inner) else False
    return depth if turned else np.zeros(len(right_px))


def fit_faces(columns: Float64Array, rows: Float64Array, at: Float64Array) -> Float64Array:
    """The line, or the two that meet in a corner, nearest to a lower contour: its rows at some columns.

    Faces of a box stand on straight lines, which stay straight in a picture.
    """
    knots = np.linspace(columns[0], columns[-1], _CORNERS + 2)[1:-1]
    bases = [_basis(columns, knot) for knot in (None, *knots)]
    fits = [np.linalg.lstsq(basis, rows, rcond=None)[0] for basis in bases]
    errors = [float(np.sqrt(np.mean((basis @ fit - rows) ** 2))) for basis, fit in zip(bases, fits, strict=True)]
    best = int(np.argmin(errors))
    if errors[best] > _STRAIGHT * errors[0] or errors[0] < _LEVEL_PX:
        best = 0
    return np.asarray(_basis(at, None if best == 0 else knots[best - 1]) @ fits[best])


def _basis(columns: Float64Array, knot: float | None) -> Float64Array:
    parts = [np.ones_like(columns), columns] + ([] if knot is None else [np.maximum(columns - knot, 0)])
    return np.stack(parts, 1)


def _bend_normals(shape: ProductShape, bend: Float64Array, right_px: Float64Array, view: View) -> Float32Array:
    """The relief's normals, with the slope of the plane it stands on added."""
    slope = np.diff(bend) / (np.diff(right_px) / view.px_per_unit)
    normals = shape.normals / np.maximum(shape.normals[..., 2:], 0.12)
    normals[..., 0] -= slope.astype(np.float32)
    return np.asarray(normals / np.linalg.norm(normals, axis=2, keepdims=True), np.float32)


def _place(
    shape: ProductShape, grid: tuple[Float64Array, Float64Array], bend: Float64Array, view: View
) -> tuple[Float64Array, Float64Array]:
    """Corners (h + 1, w + 1, 3) of the cells, of the side that is seen and of the one that is hidden."""
    right, down = grid
    relief = _to_corners(shape.height_px) / view.px_per_unit
    rim = bend - (relief.max() if view.stance is Stance.UPRIGHT else 0.0)
    if view.stance is Stance.LYING:
        rim = rim + LYING_SURFACE_Z + _RAISED
    columns, rows = np.meshgrid(right, down)
    front = view.to_world(columns, rows, rim + relief)
    room = relief * _BACK if view.stance is not Stance.LYING else 0 * relief
    back = view.to_world(columns, rows, rim - room - _THIN)
    if not view.frontal:
        for side in (front, back):
            side[..., 1] = np.maximum(side[..., 1], 0)
    return front, back


def _close(sides: tuple[Float64Array, Float64Array], solid: BoolArray, normals: Float32Array) -> Mesh:
    """Two sheets over the silhouette and a cell round it."""
    filled = ndimage.binary_dilation(solid, np.ones((3, 3), bool))
    row, column = np.nonzero(filled)
    across = solid.shape[1] + 1
    first = row * across + column
    corners = np.stack([first, first + 1, first + across, first + across + 1], -1)
    front = np.concatenate([corners[:, [0, 2, 1]], corners[:, [1, 2, 3]]])
    back = front[:, ::-1] + across * (solid.shape[0] + 1)
    hidden = np.broadcast_to(np.array([0, 0, -1], np.float32), normals.shape)
    return Mesh.of(np.stack(sides), np.concatenate([front, back]), normals=np.stack([normals, hidden]))


def _to_corners(cells: Float32Array) -> Float32Array:
    """Values of cells (h, w, …) at their corners (h + 1, w + 1, …)."""
    padded = np.pad(cells, [(1, 1), (1, 1), *[(0, 0)] * (cells.ndim - 2)], mode="edge")
    mean = (padded[1:, 1:] + padded[:-1, 1:] + padded[1:, :-1] + padded[:-1, :-1]) / 4
    if cells.ndim == 3:
        mean = mean / np.maximum(np.linalg.norm(mean, axis=2, keepdims=True), 1e-6)
    return np.asarray(mean, np.float32)
