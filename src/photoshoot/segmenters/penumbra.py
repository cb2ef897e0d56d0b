"""A hard shadow that the network takes for product, told by its end: no lamp is a point, so it ends softly.

What is evenly darker than the backdrop, at its hue, may be a grey face of the product. But a face ends as sharply as
the rest of the outline; a shadow ends in a penumbra, the wider the farther it is thrown. It also lies open to the
backdrop along most of its border, and is more or less the product's outline once more. None of these is enough alone:
round things darken softly, too, and faces may be alike; and what the network is sure of takes more proof.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.backdrop import Evidence
from photoshoot.segmenters.cast_shadow import rate_copy
from photoshoot.segmenters.regions import grow, measure_distance, shrink

_FACTORS = (0.55, 0.94)  # by which light that misses darkens a backdrop; less of a factor is a dark thing's
_FLAT_SLOPE = 0.012  # of the factor, a pixel: a shadow is flat inside
_LEAST_SHARE = 0.02  # of what is seen
_UNEVEN = 0.03  # standard deviation of the factor within one shadow, from a plane
_REACH = 12  # px from a shadow to the middle of its end, and from there to the backdrop
_OPEN, _FRAYED = 4.0, 7.0  # of its ends' length to the root of its area: a square open on all sides has 4
_ENDS_OF_ITS_OWN = 6  # px from the backdrop within which the product's own outline lies
_CLEAR_STEP = 0.1  # sRGB units of an outline whose width can be told
_LEAST_OUTLINE = 100  # px of it
_ALIKE = 0.5  # to the product's outline, at least
_SOFTER, _SOFTER_SURE = 1.25, 1.7  # times as softly as the product it ends; and where the network is sure of it
_SURE = 0.95  # mean saliency
_LIKE = 0.06  # of the factor, both ways: pixels beside a shadow that are its own
_SPECK_PX = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class _Scene:
    """What the shadows of a view are told by; all (H, W). What few need is made when it is asked for."""

    factor: Float32Array
    """By which the backdrop is darkened."""
    darker: BoolArray
    """Where the colour is the backdrop's times the factor."""
    saliency: Float32Array
    """What the network sees."""
    seen: BoolArray
    """What it takes for product."""
    distance: Float32Array
    """Difference from the backdrop, sRGB units."""
    far: Float32Array
    """Distance from the backdrop, px."""

    @cached_property
    def step(self) -> Float32Array:
        """The largest difference from the backdrop near each pixel, sRGB units."""
        return np.asarray(ndimage.maximum_filter(self.distance, 9), np.float32)

    @cached_property
    def outline(self) -> BoolArray:
        """Of what is seen, where it clearly ends before the backdrop."""
        edge = (self.seen & grow(~self.seen, 2)) | (~self.seen & grow(self.seen, 2))
        return edge & (self.far <= _ENDS_OF_ITS_OWN) & (self.step > _CLEAR_STEP)

    @cached_property
    def width(self) -> Float32Array:
        """In how many pixels it ends there."""
        steepest = ndimage.maximum_filter(ndimage.gaussian_gradient_magnitude(self.distance, 0.8), 5)
        return np.asarray(self.step / np.maximum(steepest, np.float32(1e-4)), np.float32)

    @cached_property
    def slope(self) -> Float32Array:
        """Of the factor, a pixel."""
        return np.asarray(ndimage.gaussian_gradient_magnitude(self.factor, 0.8), np.float32)


def find_soft_ended(evidence: Evidence, saliency: Float32Array) -> BoolArray:
    """Find hard shadows among what the network takes for product.

    Args:
        evidence: What the backdrop tells, all (H, W).
        saliency: (H, W).

    Returns:
        (H, W); nowhere where nothing proves to be a shadow.
    """
    seen, factor = saliency > 0.5, evidence.factor
    found = np.zeros_like(seen)
    among = evidence.darker & seen & (factor > _FACTORS[0]) & (factor < _FACTORS[1])
    least = _LEAST_SHARE * int(seen.sum())
    if among.sum() < max(1, least):
        return found
    ((rows, columns),) = ndimage.find_objects(among.astype(np.uint8))
    near = slice(max(0, rows.start - 4), rows.stop + 4), slice(max(0, columns.start - 4), columns.stop + 4)
    flat = among.copy()
    flat[near] &= ndimage.gaussian_gradient_magnitude(factor[near], 1) < _FLAT_SLOPE
    labels, count = ndimage.label(grow(shrink(flat, 2), 2) & flat)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    large = (labels == label for label in np.flatnonzero(sizes >= max(1, least)))
    even = [place for place in large if not _is_uneven(factor, place)]
    if even:
        behind = evidence.backdrop | evidence.hole
        scene = _Scene(
            factor=factor,
            darker=evidence.darker,
            saliency=saliency,
            seen=seen,
            distance=evidence.distance,
            far=measure_distance(behind),
        )
        found |= np.logical_or.reduce([_prove(place, scene) for place in even])
    return found


def _prove(place: BoolArray, scene: _Scene) -> BoolArray:
    """The shadow round an even place, if it is one."""
    none = np.zeros_like(place)
    level = float(np.median(scene.factor[place]))
    away = _measure_away(place)
    below = scene.factor < (1 + level) / 2
    ends = below & grow(~below) & (away <= _REACH) & (scene.far <= _REACH)
    if not _OPEN < ends.sum() / np.sqrt(place.sum()) < _FRAYED:
        return none
    own = scene.width[scene.outline & (away > _REACH + 2)]
    if own.size < _LEAST_OUTLINE:
        return none
    sharp = float(np.median(own))
    soft = float(np.median((1 - level) / np.maximum(scene.slope[ends], 1e-4)))
    full = place | (grow(place, 4) & scene.darker & (np.abs(scene.factor - level) < _LIKE))
    needed = _SOFTER_SURE if float(scene.saliency[place].mean()) > _SURE else _SOFTER
    if soft < needed * sharp or rate_copy(scene.seen & ~grow(full, 3), full) < _ALIKE:
        return none
    between = (away <= _REACH) & (scene.far <= _REACH) & scene.darker & (scene.factor > level - _LIKE)
    shadow = ndimage.binary_propagation(place, mask=full | (between & (scene.slope < (1 - level) / sharp)))
    return np.asarray(grow(shrink(shadow, _SPECK_PX), _SPECK_PX) & shadow)


def _measure_away(place: BoolArray) -> Float32Array:
    """Distance (H, W) to a place, px, as far as it is asked for; infinite beyond."""
    away, margin = np.full(place.shape, np.inf, np.float32), _REACH + 3
    ((rows, columns),) = ndimage.find_objects(place.astype(np.uint8))
    near = (
        slice(max(0, rows.start - margin), rows.stop + margin),
        slice(max(0, columns.start - margin), columns.stop + margin),
    )
    away[near] = measure_distance(place[near])
    return away


def _is_uneven(factor: Float32Array, place: BoolArray) -> bool:
    """Whether the factor of a place strays from a plane."""
    rows, columns = np.nonzero(place)
    plane = np.stack([np.ones(rows.size), rows / 100, columns / 100], axis=1)
    values = factor[place]
    coefficients = np.linalg.lstsq(plane, values, rcond=None)[0]
    return float(np.std(values - plane @ coefficients)) > _UNEVEN
