"""Views whose contrast to a plain backdrop is stretched: the pale one of a pair, of which a network sees nothing.

In them networks see shadows and mirror images, too. But those touch what they belong to: what stands apart is a thing.
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.looks import Network, look_at
from photoshoot.segmenters.regions import Labels, grow, shrink

_GAIN, _BEHIND = 3, 0.8  # of the contrast, and what the backdrop becomes
_SEEN, _HALF, _SURELY = 0.35, 0.5, 0.9  # saliency of the product; of what is seen, and of what surely is
_LEAST_SHARE, _APART = 0.08, 6  # of the product; saliency pixels from it: shadows and mirror images lie nearer
_MOST_STRAYS, _DIFFERS = 3, 0.03  # standard deviations of the backdrop, and sRGB units more, by which another differs
_THICK = 2  # saliency pixels, half of the least width
_STEP, _LEAST_SHARP, _BLUR = 0.01, 0.8, 0.8  # slope of its outline, sRGB units a pixel; share that has it; pixels


def stretch_contrast(view: Image.Image, behind: Float32Array) -> Image.Image:
    """The view before an even light grey, with more contrast to it.

    Args:
        view: It, in mode RGB.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1], of the view's size.
    """
    planes = _BEHIND + _GAIN * (np.asarray(view, np.float32) / np.float32(255) - behind)
    return Image.fromarray(np.asarray(np.clip(planes, 0, 1) * 255, np.uint8))


def find_apart(
    look: Network, photo: Image.Image, saliency: Float32Array, behind: Float32Array, spread: float
) -> Float32Array | None:
    """Find what stands apart from the product, and shows in more contrast alone: a second pouch before grey marble.

    Args:
        look: What sees it.
        photo: The whole photo, in mode RGB, of the saliency's size.
        saliency: (h, w) that all looks so far come to.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1].
        spread: How far the backdrop strays from it, sRGB units.

    Returns:
        (h, w): that look's saliency there, and 0 elsewhere; None where there is no such thing.
    """
    seen = saliency > _SEEN
    least, near = _LEAST_SHARE * int(seen.sum()), grow(seen, _APART)
    planes = np.asarray(photo, np.float32) / np.float32(255)
    other = (np.abs(planes - behind).max(axis=2) > _MOST_STRAYS * spread + _DIFFERS) & ~near
    if not _find_things(grow(shrink(other, _THICK), _THICK) & other, least)[1].any():
        return None
    more = look_at(look, stretch_contrast(photo, behind), saliency.shape)
    sure = saliency > _SURELY
    if not sure.any() or float(more[sure].mean()) < _SURELY:
        return None
    slope = np.maximum.reduce([ndimage.gaussian_gradient_magnitude(planes[..., i], _BLUR) for i in range(3)])
    sharp = ndimage.maximum_filter(slope, 3) > _STEP
    labels, things = _find_things(more > _HALF, least)
    things[labels[near]] = False
    for label in np.flatnonzero(things):
        place = labels == label
        things[label] = more[place].mean() > _SURELY and sharp[place & ~shrink(place)].mean() >= _LEAST_SHARP
    return np.where(grow(things[labels], _THICK), more, np.float32(0)) if things.any() else None


def _find_things(region: BoolArray, least: float) -> tuple[Labels, BoolArray]:
    """Its parts' labels (h, w), and which of them are large enough, and neither cut off nor a table."""
    labels, count = ndimage.label(region, np.ones((3, 3), bool))
    things = np.bincount(labels.ravel(), minlength=count + 1) >= least
    for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        things[side] = False
    things[0] = False
    return labels, things
