"""The holdout: where the product's stand-in hides the set, so that light there says nothing of the set.

The product's own pixels go there in the end. Under their soft edge the set must go on, so light is carried in from the
nearest pixel that shows the set alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.sensor import Film
from photoshoot.records import AlphaMatte

SPREAD_PX = 6
"""Pixels that the set's light is carried in under the product's edge."""
SET_ALONE = 0.004
"""Coverage from which on a pixel's light isn't the set's alone."""
_SOLID = 0.3  # opacity over which a stand-in may be in the way


@dataclass(frozen=True, kw_only=True, eq=False)
class Holdout:
    """What the stand-in hides."""

    mask: Float32Array
    """Of the canvas (H, W), 0 or 1."""
    coverage: Float32Array
    """Of each film pixel (h, w), [0, 1]."""

    @classmethod
    def of(cls, alpha: AlphaMatte, film: Film) -> Holdout:
        """Of a product's matte (H, W), on a film."""
        mask = holdout_mask(alpha)
        return cls(mask=mask, coverage=film.from_canvas(mask))


def holdout_mask(alpha: AlphaMatte) -> Float32Array:
    """Where a product's stand-in hides the set, (H, W), 0 or 1; wisps and soft edges are not part of it."""
    return (alpha > _SOLID).astype(np.float32)


def inpaint_under_holdout(image: Float32Array, coverage: Float32Array) -> Float32Array:
    """The image (h, w, C) with pixels near the product's edge, inside, replaced by their nearest clear neighbour."""
    rows, columns = np.flatnonzero(coverage.any(1)), np.flatnonzero(coverage.any(0))
    if not len(rows):
        return image
    box = tuple(slice(max(0, line[0] - SPREAD_PX), line[-1] + SPREAD_PX + 1) for line in (rows, columns))
    covered = coverage[box] > SET_ALONE
    if not covered.any() or covered.all():
        return image
    away, nearest = ndimage.distance_transform_edt(covered, return_indices=True)
    near = covered & (away <= SPREAD_PX)
    inpainted = image.copy()
    inpainted[box][near] = image[box][nearest[0][near], nearest[1][near]]
    return inpainted
