"""The holdout: where the product's stand-in hides the set, so that light there says nothing of the set.

The product's own pixels go there in the end. Under their soft edge the set must go on, so light is carried in from the
nearest pixel that shows the set alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import grown
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.studio.renderer.sensor import Film
from photoshoot.records import AlphaMatte

SPREAD_PX = 6
"""Pixels that the set's light is carried in under the product's edge."""
SET_ALONE = 0.004
"""Coverage from which on a pixel's light isn't the set's alone."""
_DEEP_PX = SPREAD_PX + 4
"""Film pixels from the product's edge, inside, from which on nothing is seen, nor tells a denoiser of what is."""
_SOLID = 0.3  # opacity over which a stand-in may be in the way


@dataclass(frozen=True, kw_only=True, eq=False)
class Holdout:
    """What the stand-in hides."""

    mask: Float32Array
    """Of the canvas (H, W), 0 or 1."""
    coverage: Float32Array
    """Of each film pixel (h, w), [0, 1]."""
    opaque: Float32Array
    """Share of each film pixel (h, w), [0, 1], through whose product nothing is seen."""

    @cached_property
    def unseen(self) -> BoolArray:
        """Film pixels (h, w) so deep under the product that nothing of a picture depends on them: none is traced.

        None where the product covers all of it: something has to be traced.
        """
        deep = ~grown(self.opaque < CORE_ALPHA, 2 * _DEEP_PX + 1)
        return deep & ~deep.all()

    @classmethod
    def of(cls, alpha: AlphaMatte, film: Film) -> Holdout:
        """Of a product's matte (H, W), on a film."""
        mask = holdout_mask(alpha)
        opaque = film.from_canvas((alpha >= CORE_ALPHA).astype(np.float32))
        return cls(mask=mask, coverage=film.from_canvas(mask), opaque=opaque)


def holdout_mask(alpha: AlphaMatte) -> Float32Array:
    """Where a product's stand-in hides the set, (H, W), 0 or 1; wisps and soft edges are not part of it."""
    return (alpha > _SOLID).astype(np.float32)


def fill_unseen(found: Float32Array, unseen: BoolArray) -> Float32Array:
    """An image (h, w, C) of the pixels that are seen (N, C); the others get the mean of those beside them."""
    image = np.empty((*unseen.shape, found.shape[-1]), np.float32)
    image[~unseen] = found
    image[unseen] = image[grown(unseen, 3) & ~unseen].mean(0)
    return image


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
