"""Where the outline is out of focus: there colours blend into the backdrop's over many pixels instead of two.

What differs from a plain backdrop is product; but in a blurred outline's outer half it differs, and still is mostly
backdrop. Taken for product, that half would stay as a rim of the old backdrop's light. Two signs tell it: how slowly
the difference rises, and whether the colours lie between the backdrop's beside it and the product's within. Where they
rise evenly from the one to the other all along an outline, as in a soft photo or a ball's felt, they are the matte.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.backdrop import Evidence
from photoshoot.segmenters.regions import find_largest, grow, local_colors, measure_distance

_SHARP_PX = 3.2  # width in which a sharp outline, smoothed as here, goes over
_WIDEST_PX = 9.0  # of what is blur; wider it is shading
_AROUND = 7  # pairs of px, the side of the square in which a pixel's outline is looked for
_ALL_OF_IT = 1.4  # widths, from the backdrop on, in which a blurred outline has mostly gone over
_LEAST_STEP = 0.45  # sRGB units between the backdrop and the product: paler products fade by their own shading
_WITHIN = 0.75  # of that step: beyond it is the product's own colour
_RIM_PX = 4  # from the backdrop: what lies so near tells of the outline
_BAND_PX = 12  # from the ground: in it colours may be mixed, and beyond it they are the product's own
_MOST_SHARE = 0.75  # of the product's own colour, from which a pixel is product
_OFF = 0.1  # of the step, by which a mixed colour may lie off the line between the two
_LEAST_SOFT_STEP, _SOFT_OFF, _MOST_SOFT = 0.3, 0.2, 0.9  # the same three of an evenly blurred outline
_MOST_SEEN = 0.45  # saliency over the product's share, from which a colour is its own
_STEEPEST, _FLATTEST_PX = 0.2, 4  # the most share a px there; and px, of share times the ground's share over that
_NEAR, _MOSTLY_EVEN = 5, 0.7  # pairs of px over which those are compared; and how much of a stretch is such
_ROUND, _LOPSIDED = 11, 2.0  # pairs of px round a place; and times as much there of one side of a blur as of the other
_VARIES = 4  # times the variances of both colours, of which the step's square is more
_SOON, _LATE = 2, 5  # px from the ground, at which a mixture is compared with itself
_RISES = 0.6  # of the product's share so late, that soon there is less than: a sharp outline has nearly all of it
_ALONG = 8  # pairs of px of outline over which that is compared
_STRETCH, _MOSTLY = 31, 0.8  # pairs of px of outline blurred together, and so much of it: shading comes in spots


def find_blurred(evidence: Evidence) -> BoolArray:
    """(H, W): what differs from the backdrop but lies in a blurred outline, and so is neither one nor the other."""
    distance, found = evidence.distance, np.zeros_like(evidence.backdrop)
    slope = find_largest(_pair(ndimage.gaussian_gradient_magnitude(distance, 0.8)), _AROUND // 2)
    step = find_largest(_pair(distance), _AROUND // 2)
    width = step / np.maximum(slope, np.float32(1e-4))
    wide = (width > _SHARP_PX) & (width < _WIDEST_PX) & (step > _LEAST_STEP)
    if not wide.any():
        return found
    far = 2 * measure_distance(_pair((~evidence.backdrop).astype(np.float32)) == 0)
    rim = (far > 0) & (far <= _RIM_PX)
    of_it, all_of_it = (ndimage.uniform_filter(part.astype(np.float32), _STRETCH) for part in (rim & wide, rim))
    place = wide & (far > 0) & (far <= _ALL_OF_IT * width) & (of_it > _MOSTLY * all_of_it)
    height, width_px = distance.shape
    own = np.repeat(np.repeat(np.where(place, _WITHIN * step, 0), 2, axis=0), 2, axis=1)[:height, :width_px]
    return np.asarray((distance < own) & ~evidence.backdrop)


@dataclass(frozen=True, kw_only=True, eq=False)
class Mixtures:
    """Where colours are mixtures of the ground's and the product's; all (H, W)."""

    found: BoolArray
    """What is taken for product, but is such a mixture."""
    soft: BoolArray
    """Where the outline is so evenly blurred that its colours tell the matte, whatever they are taken for."""
    shares: Float32Array
    """The product's share in [0, 1] near the outline."""


def find_mixed(planes: Float32Array, ground: BoolArray, joined: BoolArray, saliency: Float32Array) -> Mixtures:
    """Find mixtures of the ground's and the product's colours.

    A trim or a cord has a colour of its own, off the line between the two; and where the outline is sharp, the pixels
    next to the ground have nearly as much of the product's colour as those farther in.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        ground: (H, W), what is surely ground.
        joined: (H, W), what is taken for product.
        saliency: (H, W): what it surely sees has the product's colour, whatever that is.
    """
    found, shares = np.zeros_like(joined), np.zeros(joined.shape, np.float32)
    reached = grow(ground, _BAND_PX)
    band = reached & ~ground
    core = joined & ~reached & grow(band, _BAND_PX)
    beside = ground & grow(joined, _BAND_PX)
    if not core.any() or not beside.any():
        return Mixtures(found=found, soft=found, shares=shares)
    points = np.flatnonzero(band)
    (within, within_variance), (behind, behind_variance) = local_colors(planes, (core, beside), points)
    step = within - behind
    offset = planes.reshape(3, -1).take(points, axis=1) - behind
    length, size = np.einsum("cn,cn->n", step, step), np.abs(step).max(axis=0)
    share = np.einsum("cn,cn->n", offset, step) / (length + np.float32(1e-4))
    off = np.abs(offset - share * step).max(axis=0) / np.maximum(size, np.float32(1e-4))
    shares[core], shares.ravel()[points] = 1, np.clip(share, 0, 1)
    telling = length > _VARIES * (within_variance + behind_variance)
    slow = _rises_slowly(shares, ground).ravel().take(points)
    found.ravel()[points] = telling & slow & (size > _LEAST_STEP) & (off < _OFF) & (share < _MOST_SHARE)
    soft = np.zeros_like(found)
    soft.ravel()[points] = telling & (size > _LEAST_SOFT_STEP) & (off < _SOFT_OFF)
    soft &= saliency < shares + _MOST_SEEN
    soft &= _is_even(soft, shares, band) & (shares < _MOST_SOFT)
    return Mixtures(found=found & joined, soft=soft, shares=shares)


def _is_even(place: BoolArray, shares: Float32Array, band: BoolArray) -> BoolArray:
    """Where the product's shares rise in a band (H, W) as a blur does, all along the outline: told at half the size.

    A pale trim rises in steps, a round thing's shaded side hardly, and both here and there alone.
    """
    small, edge = _halve(shares), band[::2, ::2]
    slope = np.asarray(np.hypot(*np.gradient(small)) / np.float32(2), np.float32)
    middle = (small > 1 - _MOST_SOFT) & (small < _MOST_SOFT) & edge
    lacks = np.where(middle, small * (1 - small) - _FLATTEST_PX * slope, np.float32(0))
    excess = np.where(small > 0.6, np.float32(1), np.float32(-_LOPSIDED) * (small < 0.4)) * middle
    even = (find_largest(slope, _NEAR // 2) < _STEEPEST) & (ndimage.uniform_filter(lacks, _NEAR) < 0)
    even &= ndimage.uniform_filter(excess, _ROUND) < 0
    most = (even & place[::2, ::2]).astype(np.float32) - np.float32(_MOSTLY_EVEN)
    even &= ndimage.uniform_filter(most * middle, _STRETCH) > 0
    return even.repeat(2, axis=0).repeat(2, axis=1)[: shares.shape[0], : shares.shape[1]]


def _halve(field: Float32Array) -> Float32Array:
    """The mean of each 2x2 pixels."""
    height, width = field.shape
    padded = np.pad(field, ((0, height % 2), (0, width % 2)), "edge")
    rows = padded[::2] + padded[1::2]
    return np.asarray((rows[:, ::2] + rows[:, 1::2]) / np.float32(4), np.float32)


def _rises_slowly(shares: Float32Array, ground: BoolArray) -> BoolArray:
    """Where the product's shares (H, W) rise along the outline as in a blur, (H, W): told at half the size."""
    sums, inner, covered = [], ground, 0
    for px in (_SOON, _LATE):
        inner = grow(inner, px - 1 - covered)
        outer, covered = grow(inner), px
        ring, inner = (outer & ~inner)[::2, ::2].astype(np.float32), outer
        sums += [ndimage.uniform_filter(values, _ALONG) for values in (shares[::2, ::2] * ring, ring)]
    soon, soon_count, late, late_count = sums
    slow = soon * late_count < _RISES * late * soon_count
    return slow.repeat(2, axis=0).repeat(2, axis=1)[: len(shares), : shares.shape[1]]


def _pair(values: Float32Array) -> Float32Array:
    """The largest of each 2x2 pixels: at half the size all is four times as fast."""
    height, width = values.shape
    padded = np.pad(values, ((0, height % 2), (0, width % 2)), "edge")
    rows = np.maximum(padded[::2], padded[1::2])
    return np.asarray(np.maximum(rows[:, ::2], rows[:, 1::2]))
