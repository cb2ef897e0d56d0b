"""Finds parts as pale as the backdrop by their outlines, such as a plant's white pot on white.

The network often sees the plant alone. But the pot's outline is drawn in the picture and is connected with the plant,
and one look at all that it encloses, with the contrast to the backdrop stretched, tells a pot from its shadow.

A line may be too faint for its pixels to stand out of the grain: the wall of a glass, the side of a white pot on white.
So slopes are added up along it, each with its sign: those of a line agree, and those of grain cancel.
Source: Freeman and Adelson, "The design and use of steerable filters" (1991): the slope across any direction is the
sum of the two of the picture's axes, weighted by that direction's cosine and sine.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.looking.looks import Network, look_at, mirror_look, stretch_contrast
from photoshoot.segmenters.regions import (
    fill_holes,
    find_largest,
    find_largest_channel,
    grow,
    opened,
    pick_parts,
    shrink,
)

_LINE_BLUR = 0.8  # pixels
_HALF = 6  # pixels of a line to both sides of the one that it is told at
_TURNS = 12  # directions, of half a turn
_LEAST_LINE, _OF_CHANCE = 0.002, 3.0  # slope of a line: sRGB units a pixel, and times the middle one of the unseen


def rate_lines(light: Float32Array) -> Float32Array:
    """How steep brightness is across the steepest line through each pixel.

    Args:
        light: (h, w) brightness, sRGB in [0, 1].

    Returns:
        (h, w): the mean slope along that line, sRGB units a pixel; beyond the picture it is 0.
    """
    down, across = (ndimage.gaussian_filter(light, _LINE_BLUR, order=order) for order in ((1, 0), (0, 1)))
    height, width = light.shape
    steepest, total = np.zeros((2, *light.shape), np.float32)
    slope = np.zeros((height + 2 * _HALF, width + 2 * _HALF), np.float32)
    inside = slope[_HALF:-_HALF, _HALF:-_HALF]
    for turn in np.pi * np.arange(_TURNS) / _TURNS:
        np.multiply(across, np.float32(np.cos(turn)), out=inside)
        inside += np.float32(np.sin(turn)) * down
        total.fill(0)
        for step in range(-_HALF, _HALF + 1):
            top, left = _HALF + round(step * np.cos(turn)), _HALF - round(step * np.sin(turn))
            total += slope[top : top + height, left : left + width]
        np.maximum(steepest, np.abs(total, out=total), out=steepest)
    return np.asarray(steepest / np.float32(2 * _HALF + 1), np.float32)


def stands_out(rate: Float32Array, unseen: BoolArray) -> BoolArray:
    """Where lines (h, w) are steeper than those that grain makes by chance where nothing is seen; none without such."""
    chance = float(np.median(rate[unseen])) if unseen.any() else np.inf
    return np.asarray(rate > max(_LEAST_LINE, _OF_CHANCE * chance))


_OWN = 0.35  # saliency of what is seen
_UNSEEN = 0.05
_LEAST_STEP, _OF_GRAIN = 0.006, 3.5  # slope a pixel of an outline: sRGB units, and times the middle one of the backdrop
_BLUR = 0.8  # saliency pixels
_HALO = 3  # saliency pixels round what is seen that are its soft edge
_PALE = 0.06  # sRGB units from the backdrop, of the middle of such a part
_WORTH_A_LOOK = 0.2  # of what is seen, that is pale and outlined
_THICK, _LEAST_THICK = 2, 0.02  # saliency pixels within which it is a shadow's rim, and the share that is farther in
_LEAST_SHARE = 0.05  # of what is seen, from which a place is a part
_CLAIMED, _HALF_SEEN = 0.5, 0.2  # saliency of that look, and of what its mirror image may claim
_AGREES = 0.9  # mean saliency of that look where the first one is sure
_SURE = 0.9
_MOST_TOUCH, _GHOST = 0.38, 0.1  # of a gap's outline that is product, at least; and its saliency, at most
_LEAST_DRAWN = 1.6  # mean slope of the part's outline, times that of the backdrop: a long outline shows even in grain
_LEAST_OUTLINED = 0.4  # the same of what is outlined before it is looked at: a shadow's outline is fainter than that


def find_outlined(photo: Image.Image, saliency: Float32Array, behind: Float32Array) -> BoolArray | None:
    """What is seen, together with what outlines that hang on it enclose.

    Args:
        photo: The whole photo, in mode RGB, of the saliency's size.
        saliency: (h, w) that all looks so far come to.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1].

    Returns:
        (h, w); None where they enclose nothing more that is as pale as the backdrop, or in an outline far fainter
        than a part's: a shadow's.
    """
    own, unseen, slope = saliency > _OWN, saliency < _UNSEEN, _find_slope(photo)
    pale = ~grow(own, _HALO) & (_find_distance(photo, behind) < _PALE)
    outlined = _enclose(grow(_find_edges(slope, unseen)), own)
    if not _is_worth_a_look(outlined & pale, own):
        outlined = opened(_enclose(_find_lines(photo, unseen), own), _THICK) | own
        if not _is_worth_a_look(outlined & pale & ~fill_holes(own), own):
            return None
    return outlined if _is_drawn(slope, outlined, own, unseen, _LEAST_OUTLINED) else None


def _enclose(edges: BoolArray, own: BoolArray) -> BoolArray:
    """What is seen, with all that those edges enclose that hang on it."""
    labels, count = ndimage.label(edges & ~own, np.ones((3, 3), bool))
    kept = np.zeros(count + 1, bool)
    kept[labels[grow(own, 2)]] = True
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        kept[side] = False  # a table's edge
    kept[0] = False
    return fill_holes(own | kept.take(labels))


def _is_worth_a_look(pale: BoolArray, own: BoolArray) -> bool:
    seen = int(own.sum())
    return bool(pale.sum() > _WORTH_A_LOOK * seen and shrink(pale, _THICK).sum() > _LEAST_THICK * seen)


def claim_pale(look: Network, view: Image.Image, saliency: Float32Array, behind: Float32Array) -> Float32Array | None:
    """Look at a view that holds all that is outlined, and claim what is a part.

    Where that look claims nothing, but half saw as much as a part has, its mirror image is looked at, too.

    Args:
        look: What sees it; the coarser, the more it sees as one thing.
        view: The view, in mode RGB, of the saliency's size.
        saliency: (h, w) that all looks so far come to, there.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1].

    Returns:
        (h, w): the look's saliency where there is such a part, and 0 elsewhere; None where there is none.
    """
    if not (saliency > _SURE).any():
        return None
    stretched, distance, own = stretch_contrast(view, behind), _find_distance(view, behind), saliency > _OWN
    seen = look_at(look, stretched, saliency.shape)
    claim = _claim_in(seen, view, saliency, distance)
    ghosts = (seen > _HALF_SEEN) & ~grow(own, _HALO) & (distance < _PALE)
    if claim is not None or ghosts.sum() < _LEAST_SHARE * own.sum():
        return claim
    return _claim_in(mirror_look(look, stretched, saliency.shape), view, saliency, distance)


def _claim_in(
    seen: Float32Array, view: Image.Image, saliency: Float32Array, distance: Float32Array
) -> Float32Array | None:
    """What one look (h, w) claims of such parts."""
    sure, own = saliency > _SURE, saliency > _OWN
    if float(seen[sure].mean()) < _AGREES:
        return None
    parts = _find_parts((seen > _CLAIMED) & ~own, own, saliency, distance)
    unseen = np.maximum(saliency, seen) < _UNSEEN
    if not parts.any() or not _is_drawn(_find_slope(view), parts, own, unseen, _LEAST_DRAWN):
        return None
    ghosts = (saliency < _SURE) & (seen > _CLAIMED) & (distance < _PALE)
    whole = grow(parts | pick_parts(parts | ghosts, parts, diagonal=True), _HALO)
    return np.asarray(np.where(whole, np.clip((seen - 0.2) / 0.4, 0, 1), 0), np.float32)


def _find_parts(claimed: BoolArray, own: BoolArray, saliency: Float32Array, distance: Float32Array) -> BoolArray:
    """The claimed places that hang on the product, large, pale, and no gap in it."""
    labels, count = ndimage.label(claimed, np.ones((3, 3), bool))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    parts = np.zeros_like(own)
    for label in np.flatnonzero(sizes[1:] >= _LEAST_SHARE * own.sum()) + 1:
        part = labels == label
        if float(np.median(distance[part])) < _PALE and not _is_gap(part, own, saliency):
            parts |= part
    return parts & pick_parts(parts | own, own, diagonal=True)


def _is_drawn(slope: Float32Array, parts: BoolArray, own: BoolArray, unseen: BoolArray, least: float) -> bool:
    """Whether the outline of parts is so many times as steep as the grain, where they have one of their own."""
    whole = fill_holes(parts | own)
    rim = whole & ~shrink(whole) & parts & ~grow(own, _HALO + 1)
    slope = find_largest(slope, 1)
    flat = float(slope[unseen].mean()) if unseen.any() else np.inf
    return not rim.any() or float(slope[rim].mean()) >= least * max(_LEAST_STEP, flat)


def _is_gap(part: BoolArray, own: BoolArray, saliency: Float32Array) -> bool:
    """Whether it is closed in by what is seen, and not even a ghost was: that between a pair of glasses, say."""
    around = grow(part, 2) & ~part
    closed_in = int((around & own).sum()) > _MOST_TOUCH * int(around.sum())
    return closed_in and float(np.median(saliency[part])) < _GHOST


def _find_edges(slope: Float32Array, unseen: BoolArray) -> BoolArray:
    """Where colours step by more than the backdrop's grain does."""
    behind = slope[unseen]
    grain = float(np.median(behind)) if behind.size else np.inf
    return np.asarray(slope > max(_LEAST_STEP, _OF_GRAIN * grain))


def _find_lines(image: Image.Image, unseen: BoolArray) -> BoolArray:
    """Lines steeper than those that the backdrop's grain makes by chance."""
    steep = rate_lines(np.asarray(image, np.float32).mean(axis=2) / np.float32(255))
    return stands_out(steep, unseen)


def _find_distance(view: Image.Image, behind: Float32Array) -> Float32Array:
    return find_largest_channel(np.abs(np.asarray(view, np.float32) / np.float32(255) - behind))


def _find_slope(image: Image.Image) -> Float32Array:
    """(h, w): slope of the channel that steps most, sRGB units a pixel."""
    colors = np.asarray(image, np.float32) / np.float32(255)
    slopes = [ndimage.gaussian_gradient_magnitude(colors[..., i], _BLUR) for i in range(3)]
    return np.asarray(np.maximum.reduce(slopes), np.float32)
