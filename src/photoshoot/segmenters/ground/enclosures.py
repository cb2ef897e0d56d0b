"""Regions like the backdrop that the product encloses: holes, or highlights that are just as bright."""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import find_boxes, grow, opened, widen

_VIVID = 0.15  # between a colour's largest and least channel, sRGB units
_MOST_HOLES = 0.35  # of what is seen
_SEEN = 0.5  # saliency of the product
_SURELY_SEEN, _LEAST_SEEN, _LOWEST = 0.9, 0.85, 0.05  # saliency over a highlight: its mean, and its lowest twentieth
_TONED = 0.3  # of what is surely seen, that has the backdrop's hue in other tones
_RIM_PX = 3  # round an enclosed place
_MOST_KEYED = 0.05  # of what is surely seen
_LEAST_SOLID = 0.6  # of that, in thick places: a rope's loops have .75, a beanie's own wool .5
_KEYED_PX, _FAINT = 2, 0.1  # half the least width, and the least saliency
_ALL_HUE, _OFF = np.float32(0.85), np.float32(0.6)  # of the backdrop's hue: less is a mixture; farther off, another
_DARKEST, _DIM = np.float32(0.3), np.float32(1e-3)  # of its light: darker is a dark thing that mirrors it
_LAMP = 0.4, 0.7  # of the step from blue to red, that from blue to green: light of 1900 to 5000 K before daylight's
_WARMEST = 0.33  # of red that blue has at least: light of 2700 K
_LIT = 0.015  # of what is surely seen, that has such a backdrop's very hue: of products before orange paper .005
_MIRRORS = 0.1  # the same, of a place in a product that mirrors a colourful backdrop
_FADES = 0.25  # sRGB units from the backdrop of the rim's middle pixel: a highlight fades out, a gap ends


def find_holes(
    enclosed: BoolArray, behind: Float32Array, saliency: Float32Array, hueish: BoolArray, distance: Float32Array
) -> BoolArray:
    """Enclosed places before a colourful backdrop; none where much of the product is so, or has that hue scattered.

    Nor is one a hole that is surely seen and fades into what is round it: there the product mirrors the backdrop.

    Args:
        enclosed: (H, W).
        behind: (3, H, W), the backdrop's colour.
        saliency: (H, W).
        hueish: (H, W), where the colour is the backdrop's, darkened, or has some of the product's light in it.
        distance: (H, W), difference from the backdrop, sRGB units.
    """
    colorful = is_vivid(behind)
    vivid = enclosed & colorful
    few = vivid.sum() < _MOST_HOLES * (saliency > _SEEN).sum()
    solid, all_of_it = _weigh(hueish & colorful, saliency > _SURELY_SEEN)
    if not few or solid < _LEAST_SOLID * all_of_it:
        return np.zeros_like(vivid)
    return vivid & ~_find_faded(vivid, saliency, distance, _MIRRORS)


def _find_faded(places: BoolArray, seen: Float32Array, distance: Float32Array, most: float) -> BoolArray:
    """Those places that are surely seen, and whose rim's middle pixel is no more than so far from the backdrop."""
    labels, count = ndimage.label(places)
    found = np.zeros_like(places)
    if not count:
        return found
    flat = labels[places]
    means = np.bincount(flat, seen[places])[1:] / np.bincount(flat)[1:]
    boxes = find_boxes(labels)
    for label in np.flatnonzero(means >= _SURELY_SEEN) + 1:
        rows, columns = boxes[label - 1]
        near = widen((rows, columns), _RIM_PX)
        place = labels[near] == label
        fills_box = np.count_nonzero(place) == (rows.stop - rows.start) * (columns.stop - columns.start)  # most do
        rim = ~places[near] if fills_box else grow(place, _RIM_PX) & ~places[near]
        if (
            rim.any()
            and _read_at(distance[near][rim], 0.5) < most
            and _read_at(seen[near][place], _LOWEST) >= _LEAST_SEEN
        ):
            found[near] |= place
    return found


def find_highlights(enclosed: BoolArray, behind: Float32Array, distance: Float32Array, most: Float32Array) -> BoolArray:
    """Enclosed places that one look saw as product all over, and that fade into what is round them.

    A highlight is as pale as its light: before a colourful backdrop none has that colour.

    Args:
        enclosed: (H, W).
        behind: (3, H, W), the backdrop's colour.
        distance: (H, W), difference from the backdrop, sRGB units.
        most: (H, W), the largest saliency that any look had.
    """
    return _find_faded(enclosed & ~is_vivid(behind), most, distance, _FADES)


def _read_at(values: Float32Array, share: float) -> float:
    """The value (of any number, at least 1) so far up among all: many times faster for few than by ``np.quantile``."""
    at = share * (values.size - 1)
    low = int(at)
    high = min(low + 1, values.size - 1)
    parted = np.partition(values, (low, high))
    return float(parted[low]) + (at - low) * (float(parted[high]) - float(parted[low]))


def find_keyed(
    planes: Float32Array, behind: Float32Array, factor: Float32Array, hueish: BoolArray, saliency: Float32Array
) -> BoolArray:
    """Gaps that the network surely took for product, before so colourful a backdrop that their hue tells better.

    None where much of what is surely seen has that hue, or has it scattered: then it is the product's own. Beside wide
    gaps even the narrowest is one, if its colour has just the backdrop's hue.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        behind: (3, H, W), the backdrop's colour.
        factor: (H, W), by which it is darkened.
        hueish: (H, W), where the colour is that, or has some of the product's light in it.
        saliency: (H, W).
    """
    bare, sure = _has_same_hue(planes, behind), saliency > _SURELY_SEEN
    hueish = bare | (hueish & is_vivid(behind * factor))
    solid, all_of_it = _weigh(hueish, sure)
    own = all_of_it > _MOST_KEYED * sure.sum() or solid < _LEAST_SOLID * all_of_it
    return np.zeros_like(hueish) if own else (opened(hueish, _KEYED_PX) | bare) & (saliency > _FAINT)


def _has_same_hue(planes: Float32Array, behind: Float32Array) -> BoolArray:
    """Where a colour is the vivid backdrop's in any light (H, W): each channel has the same share of it."""
    vivid = is_vivid(behind)
    if not vivid.any():
        return vivid
    light, back = planes.sum(axis=0), behind.sum(axis=0)
    own, other = (colors / (total + _DIM) - np.float32(1 / 3) for colors, total in ((planes, light), (behind, back)))
    along, whole = (np.einsum("chw,chw->hw", colors, other) for colors in (own, other))
    alike = (along > _ALL_HUE * whole) & (np.square(own - other).sum(axis=0) < _OFF**2 * whole)
    return np.asarray(alike & (light > _DARKEST * back) & vivid)


def has_hue(behind: Float32Array, toned: BoolArray, saliency: Float32Array) -> bool:
    """Whether a product has its colourful backdrop's hue in other tones: a beige shoe on beige, whose hue tells no gap.

    Args:
        behind: (3, H, W), the backdrop's colour.
        toned: (H, W), where the colour is the backdrop's, darkened, but not the very same.
        saliency: (H, W).
    """
    sure = saliency > _SURELY_SEEN
    return int((toned & sure & is_vivid(behind)).sum()) > _TONED * int(sure.sum())


def _weigh(hueish: BoolArray, sure: BoolArray) -> tuple[int, int]:
    """How much of what is surely seen has a hue in thick places, and in all; little in thick ones is the product's."""
    return int((opened(hueish, _KEYED_PX) & sure).sum()), int((hueish & sure).sum())


def is_vivid(behind: Float32Array) -> BoolArray:
    """Where a colour (3, H, W) is so colourful that hardly a product before it has just its hue."""
    return np.asarray(behind.max(axis=0) - behind.min(axis=0) > _VIVID)


def find_paint(planes: Float32Array, behind: Float32Array, saliency: Float32Array) -> Float32Array:
    """The backdrop's own colour (3, H, W): grey where a warm lamp made it, which tints the product's white parts, too.

    Such light lies on the way from white to orange; paper of other hues owes them to its paint. And before orange paper
    hardly a pixel of the product has just the paper's hue.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        behind: (3, H, W), the backdrop's colour.
        saliency: (H, W).
    """
    red, green, blue = behind.reshape(3, -1).mean(axis=1)
    low, high = _LAMP
    sure = saliency > _SURELY_SEEN
    warm = blue > _WARMEST * red and low * (red - blue) < green - blue < high * (red - blue)
    lit = warm and int((_has_same_hue(planes, behind) & sure).sum()) > _LIT * int(sure.sum())
    return np.broadcast_to(behind.mean(axis=0), behind.shape) if lit else behind
