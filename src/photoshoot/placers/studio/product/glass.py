"""A translucent product as a round solid, and how much light passes its sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.color.space import bytes_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import lathe
from photoshoot.placers.studio.product.contact import ProductWindow
from photoshoot.records import Canvas, Category, Product, ProductLayer
from photoshoot.settings import Stance

_FULL = frozenset({Category.DRINK, Category.BEAUTY})
_MAYBE = _FULL | {Category.TABLEWARE}
_LEAST_CLEAR = 0.2  # of the silhouette, that has to let light through
_INDEX_FULL, _INDEX_HOLLOW = 1.34, 1.12  # what is full is a lens of water; hollow glass bends light as a weak one does
_OPAQUE = 0.85  # matte from which on nothing passes
_INNER = (0.25, 0.75)  # of the width: what is looked through
_CLEAR = 0.1  # matte under which there is nothing
_SMOOTH, _RINGS = 0.01, 96  # of the height: blur of its radii; and how many of them there are


@dataclass(frozen=True, kw_only=True, eq=False)
class Glass:
    """A translucent product as a solid."""

    mesh: Mesh
    """Closed, with normals."""
    index: float
    """Its index of refraction."""
    through: Float64Array
    """(rows, 3): what of light passes one side of each of the canvas's rows from ``top`` on, 0 to 1."""
    top: int
    """Canvas row of its highest one."""
    view: View
    """The camera that sees it."""

    @classmethod
    def of(cls, product: Product, layer: ProductLayer, canvas: Canvas, view: View) -> Glass | None:
        """A product on its canvas, turned about its axis; None where it is no glass, not clear, or does not stand.

        Glass is what was cut out as such, and what drinks, tableware and cosmetics have of it; hair and gauze are not.
        """
        cut_as_glass = product.cutout.segmentation is not None and product.cutout.segmentation.glass
        if view.stance is not Stance.UPRIGHT or not (cut_as_glass or product.category in _MAYBE):
            return None
        window = ProductWindow.around(layer, canvas)
        solid = ndimage.binary_fill_holes(window.alpha > _CLEAR)
        if (solid & (window.alpha < _OPAQUE)).sum() <= _LEAST_CLEAR * solid.sum():
            return None
        rows = np.flatnonzero(solid.any(1))
        left, right = np.argmax(solid[rows], 1), solid.shape[1] - np.argmax(solid[rows, ::-1], 1)
        axis = float(np.median(left + right)) / 2
        half = np.maximum(np.minimum(right - axis, axis - left), 0.5)  # a handle is on one side alone
        half = ndimage.gaussian_filter1d(half, max(1.0, _SMOOTH * len(rows)), mode="nearest") / view.px_per_unit
        down = np.linspace(0, len(rows) - 1, _RINGS)
        radius = np.interp(down, np.arange(len(rows)), half)
        height = (canvas.product_box.bottom - window.top - rows[0] - 0.5 - down) / view.px_per_unit
        outline = np.stack([radius, np.maximum(height, 0)], 1)
        closed = np.concatenate([[[0, outline[0, 1]]], outline, [[0, 0]]])
        x = (window.left + axis - 0.5 * view.width_px) / view.px_per_unit
        mesh = lathe(closed).moved(x, 0, -float(radius[-1]))
        index = _INDEX_FULL if product.category in _FULL else _INDEX_HOLLOW
        return cls(mesh=mesh, index=index, through=_see_through(window, rows), top=window.top + int(rows[0]), view=view)

    def passes(self, points: Float64Array) -> Float64Array:
        """What of light (n, 3) passes one side at some points (n, 3), by their height in the photo."""
        rows = np.floor(self.view.to_pixel(points)[:, 1]).astype(int) - self.top
        return np.asarray(self.through[np.clip(rows, 0, len(self.through) - 1)])


def _see_through(window: ProductWindow, rows: npt.NDArray[np.int64]) -> Float64Array:
    """What of light passes one side of some rows of a window (n, 3): its matte's gaps, and what is dyed beside them.

    Rims are left out: they look dark however clear the glass is.
    """
    inner = slice(*(round(share * window.alpha.shape[1]) for share in _INNER))
    alpha = window.alpha[rows, inner, None].astype(np.float64)
    through = np.where(alpha < _OPAQUE, 1 - alpha + alpha * bytes_to_linear(window.rgb[rows, inner]), 0).mean(1)
    return np.sqrt(ndimage.gaussian_filter1d(through, max(1.0, _SMOOTH * len(rows)), axis=0, mode="nearest"))
