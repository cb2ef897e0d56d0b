"""Resolves haze: half-transparent areas, wider than a sharp outline, that matting leaves on busy backdrops.

Where the network is unsure and the surroundings have many colours, the matting blends over many pixels what the picture
parts by an edge, and runs along a board's grooves in hairs. There each pixel goes with the neighbours that it has no
edge to, and pulls toward what the matting says of it; an outline of a few pixels is then matted anew.
Source: the random walker of Grady, "Random walks for image segmentation" (2006), with a prior for each pixel.
"""

import numpy as np
from scipy import ndimage, sparse

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.matte.matting import conjugate_gradients, solve_matte
from photoshoot.segmenters.regions import grow, opened, shrink

_SOFT = 0.08, 0.92  # a matte between these is neither product nor backdrop
_REACH = 1  # px, half of the width from which it is more than a sharp outline
_LEAST_SHARE = 0.003  # of the product: so much haze is worth deciding
_AROUND = 6  # px round it that are decided with it: its middle need not be where the edge is
_GROOVE = 1.5  # px, standard deviation of the blur that takes grooves and grain from the picture before edges count
_MARGIN = 7  # px round what is decided, over which that blur and a neighbour reach
_STEP = 0.02  # sRGB units between neighbours that already count as an edge
_LEAST_PULL = np.float32(1e-3)  # of a neighbour behind the clearest edge; one without an edge pulls 1
_TRUST = np.float32(0.1)  # of the matting's word against a neighbour's
_MAJORITY = 5  # px, side of the square whose majority counts inside haze: hairs are narrower
_SPECK = 100  # px: smaller holes and islands that were all undecided go with what lies round them
_BAND = 2  # px on either side of the outline, matted anew
_GUESS_TRUST = np.float32(0.02)  # pull of a softened outline against the matting Laplacian
_APART, _SOLID = 0.05, 0.5  # of the matte: what is under it parts a ghost from the rest, and what no ghost has
_HARDLY_SEEN, _UNSEEN = 0.4, 0.2  # mean saliency of a ghost, and of what is none but stands before no plain ground
_SQUARE = np.ones((3, 3), bool)


def decide_haze(planes: Float32Array, alpha: AlphaMatte, unknown: BoolArray) -> AlphaMatte:
    """Decide where the matting blends over more than an outline.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        alpha: (H, W), the matte.
        unknown: (H, W): where it was found; nothing else changes.

    Returns:
        The matte; itself where there is hardly any haze.
    """
    soft = (alpha > _SOFT[0]) & (alpha < _SOFT[1]) & unknown
    haze = opened(soft, _REACH)
    if haze.sum() < max(1, _LEAST_SHARE * int((alpha > 0.5).sum())):
        return alpha
    zone = grow(haze, _AROUND) & unknown
    rows, columns = (np.flatnonzero(zone.any(axis=axis)) for axis in (1, 0))
    near = tuple(slice(max(0, int(found[0]) - _MARGIN), int(found[-1]) + 1 + _MARGIN) for found in (rows, columns))
    decided = alpha.copy()
    decided[near] = _decide(planes[:, *near], alpha[near], haze[near], zone[near])
    return decided


def drop_ghosts(alpha: AlphaMatte, saliency: Float32Array, *, plain: bool) -> AlphaMatte:
    """Clear what is apart from the product, solid nowhere and hardly seen: crumbs of shade, and the faintest haze.

    Args:
        alpha: (H, W), the matte.
        saliency: (H, W).
        plain: Whether a plain ground tells what stands before it; if not, solid parts that are not seen go, too.

    Returns:
        The matte (H, W).
    """
    there = alpha > _APART
    labels, count = ndimage.label(there, _SQUARE)
    each = labels[there]
    sizes = np.bincount(each, minlength=count + 1)
    seen = np.bincount(each, saliency[there], minlength=count + 1) / np.maximum(sizes, 1)
    solid = np.bincount(labels[alpha > _SOLID], minlength=count + 1) > 0
    ghosts = (seen < _HARDLY_SEEN) & ~solid
    if not plain:
        ghosts |= seen < _UNSEEN
    ghosts[0] = True
    return np.where(ghosts.take(labels), np.float32(0), alpha)


def _decide(planes: Float32Array, alpha: AlphaMatte, haze: BoolArray, zone: BoolArray) -> AlphaMatte:
    """The matte (h, w) of a place, with its haze decided and its outline there matted anew."""
    calm = np.stack([ndimage.gaussian_filter(plane, _GROOVE, truncate=3) for plane in planes])
    product = _clear_specks(_walk(calm, alpha, zone), zone)
    product = np.where(haze, ndimage.uniform_filter(product.astype(np.float32), _MAJORITY) > 0.5, product)
    band = grow(product, _BAND) & ~shrink(product, _BAND) & zone
    prior = np.where(zone, product, alpha).astype(np.float32)
    prior[band] = ndimage.gaussian_filter(product.astype(np.float32), 1)[band]
    return solve_matte(planes, prior, band * _GUESS_TRUST, band)[0]


def _walk(calm: Float32Array, alpha: AlphaMatte, zone: BoolArray) -> BoolArray:
    """(h, w): the product; in the zone by the edges of a calm picture (3, h, w), elsewhere as the matte says."""
    product = alpha > 0.5
    number = np.full(zone.shape, -1, np.int32)
    number[zone] = np.arange(int(zone.sum()), dtype=np.int32)
    pull, toward = np.full(zone.shape, _TRUST), _TRUST * alpha
    rows, columns, values = [number[zone]], [number[zone]], []
    for first, second in ((np.s_[:-1], np.s_[1:]), (np.s_[:, :-1], np.s_[:, 1:])):
        step = np.abs(calm[:, *_each(first)] - calm[:, *_each(second)]).max(axis=0)
        weight = np.exp(-np.square(step / np.float32(_STEP))) + _LEAST_PULL
        for here, there in ((first, second), (second, first)):
            pull[here] += weight
            toward[here] += weight * (product[there] & ~zone[there])
            both = zone[here] & zone[there]
            rows.append(number[here][both])
            columns.append(number[there][both])
            values.append(-weight[both])
    diagonal = pull[zone]
    entries = np.concatenate([diagonal, *values]), (np.concatenate(rows), np.concatenate(columns))
    matrix = sparse.csr_matrix(entries, (diagonal.size, diagonal.size))
    decided = product.copy()
    decided[zone] = conjugate_gradients(matrix, diagonal, toward[zone], alpha[zone]) > 0.5
    return decided


def _clear_specks(product: BoolArray, zone: BoolArray) -> BoolArray:
    for value in (False, True):
        labels, count = ndimage.label(product == value)
        sizes = np.bincount(labels.ravel(), minlength=count + 1)
        specks = (sizes <= _SPECK) & (np.bincount(labels[zone], minlength=count + 1) == sizes)
        specks[0] = False
        product = np.where(specks.take(labels), not value, product)
    return product


def _each(place: slice | tuple[slice, ...]) -> tuple[slice, ...]:
    return place if isinstance(place, tuple) else (place,)
