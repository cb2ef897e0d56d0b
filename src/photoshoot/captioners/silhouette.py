"""What a product's outline says: proportions and fullness, as numbers that a noun can be held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.records import AlphaMatte

_SIDE = 200  # samples along the longer side
_HEAD_WIDTH = 0.55  # share of the greatest width up to which the top of an outline counts as its head


@dataclass(frozen=True, kw_only=True)
class Silhouette:
    """The outline of a product, in its own box."""

    aspect: float
    """Width over height of the box, > 0."""
    fill: float
    """Share of the box that is filled, 0 to 1; a front-on rectangle has 1, a disc 0.79."""
    symmetry: float
    """Overlap with its own mirror image, left to right, 0 to 1."""
    head: float
    """Share of the height at the top that is narrower than about half the greatest width: a hood, a bottle's neck."""
    holes: int
    """Openings that are seen through, such as a mug's handle."""


def measure_silhouette(alpha_matte: AlphaMatte) -> Silhouette:
    """Measure the outline of a matte (H, W); an empty matte counts as a full square."""
    solid = _crop_solid(alpha_matte)
    height, width = solid.shape
    widths = solid.sum(axis=1)
    wide = np.flatnonzero(widths > _HEAD_WIDTH * widths.max())
    return Silhouette(
        aspect=width / height,
        fill=float(solid.mean()),
        symmetry=float((solid & solid[:, ::-1]).sum() / (solid | solid[:, ::-1]).sum()),
        head=float(wide[0] / height),
        holes=_count_holes(solid),
    )


def _crop_solid(alpha_matte: AlphaMatte) -> npt.NDArray[np.bool_]:
    solid = alpha_matte > 0.5
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not len(rows):
        return np.ones((1, 1), np.bool_)
    step = max(1, -(-max(rows[-1] - rows[0], columns[-1] - columns[0]) // _SIDE))
    return np.asarray(solid[rows[0] : rows[-1] + 1 : step, columns[0] : columns[-1] + 1 : step], np.bool_)


def _count_holes(solid: npt.NDArray[np.bool_]) -> int:
    """Openings of at least 0.2 % of the box; smaller ones are flaws of the matte."""
    labels, count = ndimage.label(~np.pad(solid, 1))
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    return int((areas >= 0.002 * solid.size).sum()) - 1
