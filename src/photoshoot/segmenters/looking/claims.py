"""Limbs that one look saw and the others outvoted: a strap, a table's top, a sofa's legs.

Views of a network that disagree are mostly right together. But a part that one of them saw clearly, that hangs on the
product by little, that the picture draws an edge round, and whose colour is not that of what lies about it, is a part.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import find_largest, grow, shrink

_CLAIMED = 0.45  # saliency of the one view from which it claims a place
_SEEN = 0.5  # of all views together
_LEAST_SHARE = 0.005  # of the product
_STEP = 0.04  # slope of colour, sRGB units a saliency pixel, of an edge
_LEAST_EDGE = 0.65  # of the outline that has one
_LEAST_CONTRAST = 0.09  # sRGB units between a limb's middle colour and that beside it
_MOST_TOUCH = 0.38  # of a limb's outline that is product: more is a gap or a rind of shadow
_AROUND = 2  # saliency pixels over which a limb's own outline is taken from its view


def join_claims(picture: Image.Image, saliency: Float32Array, most: Float32Array) -> Float32Array:
    """Join parts that a single view saw.

    Args:
        picture: The saliency's view, in mode RGB, of any size.
        saliency: (h, w) that all views come to, in [0, 1].
        most: (h, w), the largest that any of them has.

    Returns:
        (h, w); the saliency itself where nothing is joined.
    """
    product = saliency > _SEEN
    labels, count = ndimage.label((most > _CLAIMED) & ~product, np.ones((3, 3), bool))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    large = np.flatnonzero(sizes >= _LEAST_SHARE * max(1, int(product.sum())))
    if not large.size:
        return saliency
    size = saliency.shape[1], saliency.shape[0]
    colors = np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32) / np.float32(255)
    slope = np.maximum.reduce([ndimage.gaussian_gradient_magnitude(colors[..., i], 1) for i in range(3)])
    edges, joined = find_largest(slope, 1) > _STEP, np.zeros_like(product)
    for label in large:
        claim = labels == label
        joined |= claim & _is_limb(claim, product, colors, edges)
    own = np.where(grow(joined, _AROUND), np.clip((most - 0.2) / 0.4, 0, 1), 0)
    return np.asarray(np.maximum(saliency, own), np.float32)


def _is_limb(claim: BoolArray, product: BoolArray, colors: Float32Array, edges: BoolArray) -> bool:
    """Whether a claimed place stands out from what lies round it, and hangs on the product by little."""
    around = grow(claim, 2) & ~claim
    free = around & ~grow(product)
    if not free.any() or (around & product).sum() > _MOST_TOUCH * around.sum():
        return False
    contrast = np.abs(np.median(colors[claim], axis=0) - np.median(colors[free], axis=0)).max()
    rim = claim & ~shrink(claim) & grow(free)
    return bool(contrast >= _LEAST_CONTRAST and edges[rim].mean() >= _LEAST_EDGE)
