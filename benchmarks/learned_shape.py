"""The shape of what outlines tell little of, read from its colours, too: a small network mends the blown-up outline.

No part of the library, see ``docs/adr/shape-network.md``; for ``bench_relight --network``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.shape_views import fill, shrink

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.machine.device import build_onnx_session
from photoshoot.machine.onnx_runtime import run_onnx
from photoshoot.placers.studio.product.contact import ProductWindow
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.shape import Form, ProductShape
from photoshoot.records import Category

GRID = 112
"""Cells of the network's square; a product's window is in its middle."""
DEPTH_UNIT = 28.0
"""Cells of relief that it calls 1."""
_MENDED = frozenset({Form.SOFT, Form.FREE})
_RIM = 2  # percentile of the relief that is its outline's: the network knows relief but for a constant


class LearnedEstimator:
    """Tells a shape by category, outline and colours; see ``ShapeEstimator``.

    Args:
        model: What ``train_shape`` wrote.
    """

    def __init__(self, model: Path) -> None:
        self._session = build_onnx_session(model, "cpu")
        self._outline = InflationEstimator()

    def estimate(self, window: ProductWindow, grounded: BoolArray, category: Category) -> ProductShape:
        """See ``ShapeEstimator.estimate``."""
        shape = self._outline.estimate(window, grounded, category)
        if shape.form not in _MENDED or not shape.solid.any():
            return shape
        place = _middle(shape.solid)
        vectors, relief = run_onnx(self._session, ["vectors", "relief"], {"planes": _look(window, shape, place)[None]})
        return _mend(shape, vectors[0][:, *place], relief[0, 0][place] * DEPTH_UNIT, _cell_px(window, shape))


def stack_planes(rgb: np.ndarray, alpha: np.ndarray, normals: np.ndarray, height: np.ndarray, form: int) -> np.ndarray:
    """What the network is given (14, 112, 112).

    Args:
        rgb: (112, 112, 3), sRGB, 0 to 1.
        alpha: (112, 112), 0 to 1.
        normals: (112, 112, 3), as the outline tells them.
        height: (112, 112), relief that it tells, cells.
        form: What it was taken for: its place among the forms.
    """
    solid = (alpha > 0.5).astype(np.float32)
    down, right = np.mgrid[:GRID, :GRID].astype(np.float32) / GRID - 0.5
    forms = (np.arange(len(Form)) == form).astype(np.float32)[:, None, None] * solid
    planes = [*np.moveaxis(rgb, -1, 0) * solid, alpha, *np.moveaxis(normals, -1, 0) * solid]
    return np.stack([*planes, height * solid / DEPTH_UNIT, *forms, down, right]).astype(np.float32)


def _look(window: ProductWindow, shape: ProductShape, place: tuple[slice, slice]) -> Float32Array:
    """The window and its shape as planes."""
    known = (window.alpha > 0.5).astype(np.float32)
    share = np.maximum(shrink(known, shape.solid.shape), 1e-4)
    rgb = np.dstack([shrink(window.rgb[..., channel] * known, shape.solid.shape) / share for channel in range(3)]) / 255
    grids = (rgb, shrink(window.alpha, shape.solid.shape), shape.normals, shape.height_px / _cell_px(window, shape))
    rgb, alpha, normals, height = (_lay(np.asarray(grid, np.float32), place) for grid in grids)
    return stack_planes(rgb, alpha, normals, height, tuple(Form).index(shape.form))


def _lay(grid: Float32Array, place: tuple[slice, slice]) -> Float32Array:
    """A grid in the network's square."""
    square = np.zeros((GRID, GRID, *grid.shape[2:]), np.float32)
    square[place] = grid
    return square


def _mend(shape: ProductShape, vectors: Float32Array, relief: Float32Array, cell_px: float) -> ProductShape:
    """The shape with the network's normals (3, h, w) and relief (h, w), cells."""
    solid = shape.solid
    normals = vectors / np.maximum(np.linalg.norm(vectors, axis=0), 1e-6)
    height = np.maximum(relief - np.percentile(relief[solid], _RIM), 0)
    return replace(
        shape,
        normals=fill(np.asarray(np.moveaxis(normals, 0, -1), np.float32), solid),
        height_px=np.asarray(np.where(solid, height, 0) * cell_px, np.float32),
    )


def _middle(solid: BoolArray) -> tuple[slice, slice]:
    """Where a grid of at most 112 by 112 cells lies in the network's square."""
    first = [(GRID - length) // 2 for length in solid.shape]
    return slice(first[0], first[0] + solid.shape[0]), slice(first[1], first[1] + solid.shape[1])


def _cell_px(window: ProductWindow, shape: ProductShape) -> float:
    return float(window.alpha.shape[0] / shape.solid.shape[0])
