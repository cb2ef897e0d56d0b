"""Pockets of ground in a product before what is not plain, but plain near by: between stems, in a bicycle's frame.

No one colour explains a room, but round a product's outline a wall or a blurred meadow has one. What the network only
half sees, has just that colour and ends sharply all round is a look through the product at the same ground.
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.color_odds import rate_colors
from photoshoot.segmenters.matte.matting import solve_matte
from photoshoot.segmenters.regions import Labels, find_boxes, grow, shrink, widen

_NONE, _SOME = 0.05, 0.25  # of the matte: surely ground, and enough of a product to be a pocket in it
_CLEAR = 3  # px from the product at which ground is its own colour alone
_STEP, _AROUND = 4, 3.0  # px a step of the map of colours, and steps, standard deviation, over which they are averaged
_STRIDE = 2  # px: every second pixel both ways is enough for that
_LEAST_KNOWN = 0.02  # weight of the ground near by, from which its colour is known
_PLAIN = 0.05  # sRGB units: standard deviation of ground that is plain near by
_ALIKE = 0.04  # sRGB units, and one such deviation, by which a pocket's colour may differ from it
_HALF_SEEN = 0.8  # mean saliency under which a place is no part that happens to have that colour
_FOREIGN = -3.5  # mean log-likelihood ratio of a colour under which no saliency makes it the product's
_SURE = 0.95, 0.9  # of the matte, and saliency: whose colours are the product's
_LEAST_PX = 15
_ENDS, _END_PX = 0.3, 3  # sRGB units from the ground that the rim of a pocket has so many px outside it
_BAND = 3  # px round it, matted anew
_MARGIN = 7  # px round what is matted, over which colours count
_GUESS_TRUST = np.float32(0.02)  # pull of a softened outline against the matting Laplacian


def open_pockets(planes: Float32Array, alpha: AlphaMatte, saliency: Float32Array) -> AlphaMatte:
    """Open what shows the ground that lies round the product.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        alpha: (H, W), the matte.
        saliency: (H, W).

    Returns:
        The matte; itself where there is no such pocket.
    """
    inside = (alpha > _SOME) & ~grow(alpha <= _NONE)
    ground = shrink(alpha < _NONE, _CLEAR)
    if not inside.any() or not ground.any():
        return alpha
    colors, spread = _look_around(planes, ground)
    distance = np.abs(planes - colors).max(axis=0)
    places = _find_places(inside & (spread < _PLAIN) & (distance < _ALIKE + spread), distance)
    pocket = _choose(places, planes, alpha, saliency)
    if not pocket.any():
        return alpha
    opened = alpha.copy()
    rows, columns = (np.flatnonzero(pocket.any(axis=axis)) for axis in (1, 0))
    near = tuple(slice(max(0, int(found[0]) - _MARGIN), int(found[-1]) + 1 + _MARGIN) for found in (rows, columns))
    opened[near] = _mat(planes[:, *near], alpha[near], pocket[near])
    return opened


def _look_around(planes: Float32Array, ground: BoolArray) -> tuple[Float32Array, Float32Array]:
    """The ground's colour near each pixel, (3, H, W), and how far it strays there, (H, W); inf where none is near."""
    height, width = ground.shape
    seen, known = planes[:, ::_STRIDE, ::_STRIDE], ground[::_STRIDE, ::_STRIDE].astype(np.float32)
    values = np.concatenate([known[None], known * seen, known * np.square(seen)])
    side = _STEP // _STRIDE
    values = np.pad(values, ((0, 0), (0, -known.shape[0] % side), (0, -known.shape[1] % side)))
    blocks = values.reshape(7, values.shape[1] // side, side, values.shape[2] // side, side).mean(axis=(2, 4))
    weight, *sums = (ndimage.gaussian_filter(block, _AROUND, truncate=3) for block in blocks)
    means = np.stack(sums) / np.maximum(weight, np.float32(1e-4))
    colors, spread = means[:3], np.sqrt(np.maximum(means[3:] - np.square(means[:3]), 0).max(axis=0))
    spread = np.where(weight > _LEAST_KNOWN, spread, np.float32(np.inf))
    large = np.concatenate([colors, spread[None]]).repeat(_STEP, axis=1).repeat(_STEP, axis=2)[:, :height, :width]
    return large[:3], large[3]


def _find_places(alike: BoolArray, distance: Float32Array) -> Labels:
    """Which of the places that are like the ground end sharply, numbered."""
    labels, count = ndimage.label(alike)
    large = np.bincount(labels.ravel(), minlength=count + 1) >= _LEAST_PX
    for label, box in enumerate(find_boxes(labels), 1):
        if large[label]:
            near = widen(box, _END_PX + 1)
            place = labels[near] == label
            inner = grow(place, _END_PX - 1)
            rim = grow(inner) & ~inner
            large[label] = rim.any() and float(np.median(distance[near][rim])) > _ENDS
    return np.where(large.take(labels), labels, 0)


def _choose(places: Labels, planes: Float32Array, alpha: AlphaMatte, saliency: Float32Array) -> BoolArray:
    """The places (H, W), numbered, that are half seen, or of a colour that the product surely has not."""
    if not places.any():
        return places > 0
    size = np.maximum(np.bincount(places.ravel()), 1)
    chosen = np.bincount(places.ravel(), saliency.ravel()) < _HALF_SEEN * size
    if not chosen.all():
        rgb = np.round(255 * planes.transpose(1, 2, 0)).astype(np.uint8)
        sure = (alpha > _SURE[0]) & (saliency > _SURE[1]) & (places == 0)
        odds = rate_colors(rgb, sure, alpha < _NONE)
        chosen |= np.bincount(places.ravel(), odds.ravel()) < _FOREIGN * size
    chosen[0] = False
    return np.asarray(chosen[places])


def _mat(planes: Float32Array, alpha: AlphaMatte, pocket: BoolArray) -> AlphaMatte:
    """The matte (h, w) of a place with its pockets open, their outlines matted anew."""
    product = (alpha > 0.5) & ~grow(pocket)  # whose outermost pixels are mixtures, and not alike
    band = grow(pocket, _BAND) & ~pocket
    prior = np.where(pocket, 0, alpha).astype(np.float32)
    prior[band] = ndimage.gaussian_filter(product.astype(np.float32), 1)[band]
    return solve_matte(planes, prior, band * _GUESS_TRUST, band)[0]
