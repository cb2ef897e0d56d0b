"""A product's outline as viewpoints are read from it: small, upright, with its body told from handles."""

from __future__ import annotations

from dataclasses import dataclass

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
