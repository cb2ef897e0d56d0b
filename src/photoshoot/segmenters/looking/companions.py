"""What stands beside the product before an even backdrop: a lipstick's cap, a bottle's dropper.

The network sees the largest thing alone. But on paper lies what is sold and hardly anything else: what differs clearly
from it, ends sharply all round, is no shadow, and is a thing to the network where it is looked at alone, belongs to it.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import Box
from photoshoot.segmenters.ground.shade import compare, find_soft_shade
from photoshoot.segmenters.looking.looks import Network, look_at
from photoshoot.segmenters.regions import find_boxes, find_largest, grow, shrink

_SEEN, _UNSEEN = 0.35, 0.1  # saliency of the product, and of what was overlooked
_DIFFERS = 0.12  # sRGB units from the backdrop
_THICK = 2  # saliency pixels, half the width from which it is no print
_LEAST_SHARE = 0.08  # of the product
_STEP, _LEAST_SHARP = 0.03, 0.8  # slope of its outline, sRGB units a pixel, and the share of the outline that has it
_BLUR = 0.8  # saliency pixels
_SHADE, _EVEN = 0.8, 0.05  # share of the backdrop's hue, and spread of the factor, of what may be a hard shadow
_NEAR = 0.3  # of the longer of its sides: room round it in its view
_THING = 0.85  # mean saliency of it there


def find_companions(photo: Image.Image, saliency: Float32Array, behind: Float32Array) -> list[BoolArray]:
    """Find what may stand beside the product.

    Args:
        photo: The whole photo, in mode RGB, of the saliency's size.
        saliency: (h, w) that all looks so far come to.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1].

    Returns:
        The places, (h, w) each.
    """
    planes = np.ascontiguousarray(np.asarray(photo, np.float32).transpose(2, 0, 1) / np.float32(255))
    shade = compare(planes, np.ascontiguousarray(behind.transpose(2, 0, 1)))
    other = shade.distance > _DIFFERS
    labels, count = ndimage.label(other, np.ones((3, 3), bool))
    thick = np.bincount(labels[shrink(other, _THICK)], minlength=count + 1) > 0
    least = _LEAST_SHARE * int((saliency > _SEEN).sum())
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        thick[side] = False  # a table, or cut off
    thick[0] = False
    thick &= np.bincount(labels.ravel(), minlength=count + 1) >= least
    places = [place for label in np.flatnonzero(thick) if _is_overlooked(saliency[place := labels == label])]
    if not places:
        return places
    hue, slope = find_soft_shade(shade, 0.0), np.maximum.reduce([_slope(plane) for plane in planes])
    slope = find_largest(slope, 1)
    sharp = (place for place in places if (slope[place & ~shrink(place)] > _STEP).mean() >= _LEAST_SHARP)
    return [place for place in sharp if hue[place].mean() <= _SHADE or float(shade.factor[place].std()) >= _EVEN]


def _is_overlooked(saliency: Float32Array) -> bool:
    """Whether a place's saliency (N,) is that of nothing."""
    return float(saliency.max()) <= _SEEN and float(saliency.mean()) <= _UNSEEN


def claim_companions(
    look: Network, photos: tuple[Image.Image, Image.Image], saliency: Float32Array, behind: Float32Array
) -> Float32Array | None:
    """What stands beside the product and is a thing where it is looked at alone.

    Args:
        look: What sees it.
        photos: The whole photo, in mode RGB, and the same of the saliency's size.
        saliency: (h, w) that all looks so far come to.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1].

    Returns:
        (h, w) saliency of all such things; None where there is none.
    """
    whole, small = photos
    places = find_companions(small, saliency, behind)
    claims = [claim for place in places if (claim := claim_companion(look, whole, place, behind)) is not None]
    return np.maximum.reduce(claims) if claims else None


def claim_companion(look: Network, photo: Image.Image, place: BoolArray, behind: Float32Array) -> Float32Array | None:
    """Look at a place alone; its saliency (h, w) where it is a thing, and None where it is none.

    Args:
        look: What sees it.
        photo: The whole photo, in mode RGB, of any size.
        place: (h, w), the place in it.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1]: it hides all else.
    """
    rows, columns = find_boxes(place)[0]
    reach = round(_NEAR * max(rows.stop - rows.start, columns.stop - columns.start)) + 1
    top, bottom = max(0, rows.start - reach), min(place.shape[0], rows.stop + reach)
    left, right = max(0, columns.start - reach), min(place.shape[1], columns.stop + reach)
    down, across = photo.height / place.shape[0], photo.width / place.shape[1]
    view = Box(left=int(left * across), top=int(top * down), right=round(right * across), bottom=round(bottom * down))
    seen = np.zeros(place.shape, np.float32)
    near = photo.crop(view.as_tuple())
    own = Image.fromarray(grow(place, 2 * _THICK)[top:bottom, left:right]).resize(near.size)
    paper = tuple(int(255 * channel) for channel in behind[place].mean(axis=0).clip(0, 1))
    alone = Image.composite(near, Image.new("RGB", near.size, paper), own.convert("L"))
    seen[top:bottom, left:right] = look_at(look, alone, (bottom - top, right - left))
    if float(seen[place].mean()) < _THING:
        return None
    return np.asarray(np.where(grow(place, _THICK), seen, 0), np.float32)


def _slope(plane: Float32Array) -> Float32Array:
    return np.asarray(ndimage.gaussian_gradient_magnitude(plane, _BLUR), np.float32)
