"""Limbs that one look saw and the others outvoted: a strap, a table's top, a sofa's legs.

Views of a network that disagree are mostly right together. But a part that one of them saw clearly, that hangs on the
product by little, that the picture draws an edge round, and whose colour is not that of what lies about it, is a part.
So is one that a look saw all of, surely, and that has an edge all along, however faint: a white plate on white boards.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import grow, pick_parts, shrink

_CLAIMED = 0.45  # saliency of the one view from which it claims a place
_SEEN = 0.5  # of all views together
_LEAST_SHARE = 0.005  # of the product
_STEP = 0.04  # slope of colour, sRGB units a saliency pixel, of an edge
_LEAST_EDGE = 0.65  # of the outline that has one
_LEAST_CONTRAST = 0.09  # sRGB units between a limb's middle colour and that beside it
_MOST_TOUCH = 0.38  # of a limb's outline that is product: more is a gap or a rind of shadow
_SURELY, _LEAST_SURE = 0.85, 0.02  # mean saliency of what one look saw all of, and of the product, from which it counts
_FAINT, _OF_GRAIN = 0.006, 3.5  # slope of a faint edge: sRGB units a pixel, and times the middle one of what is unseen
_ALL_ALONG, _MOST_HELD = 0.8, 0.5  # of its free outline that has an edge; and of all its outline that is product
_THICK, _LEAST_THICK = 2, 0.5  # saliency pixels within which it is a rind, and the share that is farther in
_UNSEEN, _GHOST, _SURE = 0.05, 0.6, 0.9  # saliency of nothing, and of a ghost: of one look at least, of all at most
_AROUND = 2  # saliency pixels over which a limb's own outline is taken from its view


def join_claims(
    picture: Image.Image, saliency: Float32Array, most: Float32Array, *, limbs: bool = True
) -> Float32Array:
    """Join parts that a single view saw.

    Args:
        picture: The saliency's view, in mode RGB, of any size.
        saliency: (h, w) that all views come to, in [0, 1].
        most: (h, w), the largest that any of them has.
        limbs: Whether what hangs on the product by little is joined, too, though no look is sure of it: before a plain
            backdrop colour tells more.

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
    steepest = ndimage.maximum_filter(slope, 3)
    edges, faint = steepest > _STEP, steepest > max(_FAINT, _OF_GRAIN * _read_grain(slope, most))
    hung, drawn = np.zeros_like(product), np.zeros_like(product)
    for label in large:
        claim = labels == label
        hung |= claim & (limbs and _is_limb(claim, product, colors, edges))
        drawn |= claim & _is_drawn(claim, product, most, faint)
    ghosts = (most > _GHOST) & (saliency < _SURE)
    joined = hung | (pick_parts(drawn | ghosts, drawn, diagonal=True) if drawn.any() else drawn)
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


def _is_drawn(claim: BoolArray, product: BoolArray, most: Float32Array, faint: BoolArray) -> bool:
    """Whether one look saw all of a claimed place, which is no rind and no gap, and an edge runs all along it."""
    size = int(claim.sum())
    if size < _LEAST_SURE * product.sum() or size > product.sum() or float(most[claim].mean()) < _SURELY:
        return False
    around = grow(claim, 2) & ~claim
    free = around & ~grow(product)
    held = int((around & product).sum())
    if not free.any() or not 0 < held < _MOST_HELD * around.sum():
        return False
    rim = claim & ~shrink(claim) & grow(free)
    return bool(shrink(claim, _THICK).sum() >= _LEAST_THICK * size and faint[rim].mean() >= _ALL_ALONG)


def _read_grain(slope: Float32Array, most: Float32Array) -> float:
    """The middle slope of what no look saw."""
    unseen = slope[most < _UNSEEN]
    return float(np.median(unseen)) if unseen.size else np.inf
