"""The product's shape as one photo tells it: how far each of its pixels reaches toward the camera, and where it faces.

``ShapeEstimator`` is the role; ``inflation`` is the estimator that needs no network. START HERE to add another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.placers.studio.product.contact import ProductWindow
from photoshoot.records import Category
from photoshoot.settings import Choice

_GUESSED = 0.7  # chosen on half of ``bench_relight``'s models: less gains a little by a window and loses at sunset
_FRAME, _FRAME_GUESSED = 0.66, 0.35  # share of its convex outline under which it is a frame of rods and boards; so too


class Form(Choice):
    """What kind of solid a product is taken for."""

    FLAT = "flat"
    """Plane faces: cartons, books, screens. It bends only as its lower contour on the support does."""
    TURNED = "turned"
    """Round about an upright axis: bottles, cans, cups, with or without a handle."""
    SOFT = "soft"
    """Shallow and rounded at its rim: garments, cushions, bags."""
    FREE = "free"
    """Round everywhere: shoes, fruit, toys."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductShape:
    """A relief over a window, on a grid of its own."""

    form: Form
    """What it was taken for."""
    solid: BoolArray
    """(h, w): where the product is; row 0 is the window's top."""
    height_px: Float32Array
    """(h, w): how far it reaches toward the camera from its outline, pixels of the canvas; 0 outside."""
    normals: Float32Array
    """(h, w, 3), unit length: x to the right, y up, z toward the camera. Carried past the outline."""

    @property
    def trust(self) -> float:
        """Share of how light differs over it that is believed, 0 to 1.

        A free form is guessed, 30° off on average: its lights and shadows fall in part where the real ones don't. Least
        is known of frames, such as chairs, whose flat backs are no balls.
        """
        if self.form not in (Form.SOFT, Form.FREE):
            return 1.0
        return _FRAME_GUESSED if _solidity(self.solid) < _FRAME else _GUESSED


class ShapeEstimator(Protocol):
    """Tells a product's shape from its matte, its colours and what it is."""

    def estimate(self, window: ProductWindow, grounded: BoolArray, category: Category) -> ProductShape:
        """The shape of what a window shows.

        Args:
            window: The product on its canvas.
            grounded: (w,): columns of the window whose lower contour stands on something, or goes on past the canvas:
                the shape is cut there, and does not turn under.
            category: What the product is.
        """


def _solidity(solid: BoolArray) -> float:
    """Share of the convex outline of a silhouette (h, w) that it fills; 1 where it is empty."""
    from scipy.spatial import ConvexHull  # 0.1 s to import, for products that light falls on alone

    cells = np.argwhere(solid)
    if not len(cells):
        return 1.0
    corners = np.concatenate([cells + np.array(corner) for corner in ((0, 0), (0, 1), (1, 0), (1, 1))])
    return float(len(cells) / ConvexHull(corners).volume)  # in two dimensions its area


def facing(height: Float32Array, cell_px: float) -> Float32Array:
    """Normals (h, w, 3) of a relief (h, w) in pixels whose cells are ``cell_px`` wide."""
    down, right = np.gradient(height / np.float32(cell_px))
    normals = np.dstack([-right, down, np.ones_like(height)])
    return np.asarray(normals / np.linalg.norm(normals, axis=2, keepdims=True), np.float32)
