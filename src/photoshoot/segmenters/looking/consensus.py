"""Combines several looks at the whole product, where a single one can't be trusted.

A network misjudges other things in a closer view, and others again in its mirror image: a strap half seen from afar, a
shadow's tail, a skirting board that runs out of the photo. What two of three looks say is mostly right. Where they err
together, colour tells: what one look doubts, and whose colours lie about the product but not on it, is foreign.
"""

from collections.abc import Sequence

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.color_odds import rate_colors
from photoshoot.segmenters.regions import Labels, fill_holes, grow, opened, shrink

_LACK = 0.02  # of confidence: what the surest look still lacks
_SURE, _LEAST_SURE = 0.9, 0.75  # mean saliency of looks that are sure, and the least of any; or 1 less those
_CONTEST, _CONTESTED = 0.5, 0.25  # between looks: of a contest somewhere, and all over it
_APART = 2  # half the width in saliency pixels from which a contest is no outline's
_LEAST_SHARE, _MOST_SHARE = 0.002, 0.5  # of what all are sure of: smaller contests are left, and larger ones
_UNSEEN, _STEP = 0.1, 0.3  # saliency of what the first look saw nothing of, and by which a closer one doubts
_TELLS, _TELLS_UNSEEN = 2.6, 2.0  # mean log-likelihood ratio from which colour decides; and where the first saw nothing
_BESIDE, _LEANS = 10, 1.0  # saliency pixels round what is foreign, and ratio from which what is joined to it is, too
_LEAST_NOTCH, _MOST_NOTCH = 4, 0.01  # saliency pixels, and of the product: what a view of a place alone is wrong about
_OWN, _CLOSES = 0.5, 1.5  # saliency of what closes a hole in, and mean log-likelihood ratio from which it is none


def rate_confidence(saliency: Float32Array) -> float:
    """How sure the network is: high where all that it sees at all it sees clearly, 0 where it sees nothing.

    The mean saliency of what is seen, times the share of all saliency that lies there.
    """
    clear = saliency > 0.5
    if not clear.any():
        return 0.0
    mass = float(saliency[clear].sum())
    return mass / int(clear.sum()) * mass / float(saliency[saliency > 0.05].sum())


def weigh_look(confidence: float, zoom: float) -> float:
    """How much a look counts: the more the closer it is (``zoom``, 1 and more), and the less it doubts (0 to 1)."""
    return zoom / (1 - confidence + _LACK)


def agree(looks: Sequence[Float32Array], weights: Sequence[float]) -> Float32Array:
    """Join two looks (h, w) to their weighted mean, three to their median, unless one outweighs both others."""
    if len(looks) < 3:
        return np.asarray(np.average(looks, axis=0, weights=weights), np.float32)
    heaviest = int(np.argmax(weights))
    if weights[heaviest] > sum(weights) / 2:
        return looks[heaviest].copy()
    return _middle(*looks)


def find_consent(looks: Sequence[Float32Array]) -> BoolArray:
    """(h, w): where all looks are sure of the same."""
    mean, least, most = np.mean(looks, axis=0), np.min(looks, axis=0), np.max(looks, axis=0)
    seen, unseen = (mean > _SURE) & (least > _LEAST_SURE), (mean < 1 - _SURE) & (most < 1 - _LEAST_SURE)
    return np.asarray(seen | unseen)


def find_foreign(picture: Image.Image, looks: Sequence[Float32Array]) -> BoolArray:
    """What a look doubts, and whose colours the product has nowhere, but its surroundings have.

    Args:
        picture: What was looked at, in mode RGB, of any size.
        looks: Two or more saliencies (h, w) in [0, 1]; the first is from farther away, and overlooks thin parts, so its
            doubt counts only where it saw nothing at all.

    Returns:
        (h, w): the foreign places; what all looks see is one in a gap of the product alone: a leaf's pale tip is none.
    """
    least, most = np.min(looks, axis=0), np.max(looks, axis=0)
    foreign = np.zeros(least.shape, bool)
    product, ground = shrink(least > _SURE), shrink(most < 1 - _SURE)
    labels, count = ndimage.label(opened(most - least > _CONTESTED, _APART))
    if not count or not product.any() or not ground.any():
        return foreign
    tells = _tell_apart(picture, product, ground)
    for label in _wanted(labels, most - least, int(product.sum())):
        place = labels == label
        if float(tells[place].mean()) < -_needed(place, looks):
            beside = (tells < -_LEANS) & grow(place, _BESIDE)
            foreign |= ndimage.binary_propagation(place, mask=place | beside)
    foreign, seen = shrink(grow(foreign, _APART), _APART), least > _OWN
    return np.asarray(foreign & (~seen | fill_holes(seen & ~foreign)))


def fill_notches(saliency: Float32Array, looks: Sequence[Float32Array]) -> Float32Array:
    """Fill small notches in what two of three looks surely see: views of a place alone cut into a handle's neck.

    Args:
        saliency: (h, w) that the looks and the views of doubtful places come to, in [0, 1].
        looks: Those at all of it (h, w); fewer than three tell nothing.

    Returns:
        (h, w); the saliency itself where nothing is filled. Larger places, such as a mirror image, stay open.
    """
    if len(looks) < 3:
        return saliency
    middle, seen = _middle(*looks), saliency > _OWN
    labels, count = ndimage.label((middle > _SURE) & (saliency < _SURE))
    lost = np.bincount(labels[~seen], minlength=count + 1)
    notches = (lost >= _LEAST_NOTCH) & (lost < _MOST_NOTCH * int(seen.sum()))
    notches[0] = False
    return np.where(notches.take(labels), middle, saliency) if notches.any() else saliency


def fill_own(picture: Image.Image, saliency: Float32Array, most: Float32Array) -> Float32Array:
    """Close holes whose colours the product has, and its surroundings have not: through a gap they would be seen.

    Args:
        picture: What was looked at, in mode RGB, of any size.
        saliency: (h, w) that all looks come to, in [0, 1].
        most: (h, w), the largest that any of them has.

    Returns:
        (h, w); the saliency itself where nothing is closed.
    """
    seen = saliency > _OWN
    labels, count = ndimage.label(fill_holes(seen) & ~seen)
    product, ground = shrink(saliency > _SURE), shrink(most < 1 - _SURE)
    if not count or not product.any() or not ground.any():
        return saliency
    tells, closed = _tell_apart(picture, product, ground), np.zeros_like(seen)
    sizes = np.bincount(labels.ravel())
    for label in np.flatnonzero(sizes >= _LEAST_SHARE * product.sum()):
        place = labels == label
        closed |= place & bool(label and tells[place].mean() > _CLOSES)
    return np.where(grow(closed), np.maximum(saliency, closed), saliency) if closed.any() else saliency


def _middle(first: Float32Array, second: Float32Array, third: Float32Array) -> Float32Array:
    return np.maximum(np.minimum(first, second), np.minimum(np.maximum(first, second), third))


def _wanted(labels: Labels, differs: Float32Array, product_px: int) -> list[int]:
    """The contests of a fit size, and of looks that say the opposite somewhere."""
    sizes = np.bincount(labels.ravel())
    apart = np.atleast_1d(ndimage.maximum(differs, labels, np.arange(len(sizes))))
    fit = (sizes >= _LEAST_SHARE * product_px) & (sizes < _MOST_SHARE * product_px) & (apart > _CONTEST)
    return [int(label) for label in np.flatnonzero(fit) if label]


def _needed(place: BoolArray, looks: Sequence[Float32Array]) -> float:
    """How clearly colour must speak against a place."""
    first, *closer = (float(look[place].mean()) for look in looks)
    if first < _UNSEEN:
        return _TELLS_UNSEEN
    return _TELLS if min(closer) < max(first, *closer) - _STEP else np.inf


def _tell_apart(picture: Image.Image, product: BoolArray, ground: BoolArray) -> Float32Array:
    """``rate_colors`` of a picture of any size, (h, w)."""
    small = picture.resize((product.shape[1], product.shape[0]), Image.Resampling.BOX)
    return rate_colors(np.asarray(small), product, ground)
