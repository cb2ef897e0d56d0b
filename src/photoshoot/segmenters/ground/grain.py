"""Measures a photo's grain and takes it out: colours tell little where each pixel strays from its own.

What a dark room or a small sensor adds differs from pixel to pixel; paper, walls and shadows do not. So where the
network sees nothing, what is left beside a blur is grain. Source of the filter: Lee, "Digital image enhancement and
noise filtering by use of local statistics" (1980).
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.backdrop import Evidence
from photoshoot.segmenters.regions import find_largest, grow, opened

_BLUR_PX = 1.5  # standard deviation of the blur that grain stands out from
_LEAST = 0.006  # sRGB units: standard deviation of grain that is worth taking out
_TO_DEVIATION = 1.4826  # standard deviations to the median of a Gaussian's absolute values
_SIDE_PX = 5  # of the square whose variance is compared with the grain's
_RINGING, _MOST_RINGING = 0.25, 0.15  # share of the step beside it, and sRGB units from the backdrop
_SEEN = 0.5  # saliency where it is no ringing
_RINGING_PX = 6  # of the photo, half of a rim's width at most
_STRIDE = 3  # each third row tells as much


def calm_grain(planes: Float32Array, unseen: BoolArray) -> Float32Array:
    """Take the grain out of a picture, edges kept.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        unseen: (H, W): where no product is.

    Returns:
        (3, H, W); the picture itself where it has hardly any grain.
    """
    grain = measure_grain(planes, unseen)
    return planes if grain < _LEAST else np.stack([_calm(plane, grain) for plane in planes])


def measure_grain(planes: Float32Array, unseen: BoolArray) -> float:
    """Standard deviation of the grain, sRGB units, of (3, H, W) where ``unseen`` (H, W); 0 where that is nowhere."""
    light = planes.mean(axis=0)
    calm = ndimage.gaussian_filter1d(ndimage.gaussian_filter1d(light, _BLUR_PX, axis=0)[::_STRIDE], _BLUR_PX, axis=1)
    strays = np.abs(light[::_STRIDE] - calm)[unseen[::_STRIDE]]
    return _TO_DEVIATION * float(np.median(strays)) if strays.size else 0.0


def find_ringing(evidence: Evidence, most: Float32Array, unit_px: float) -> BoolArray:
    """Rims that differ so little from the backdrop beside them that a small photo's compression may have made them.

    Args:
        evidence: What the backdrop tells, all (H, W).
        most: (H, W), the largest saliency that any look had.
        unit_px: Pixels to one of the photo.
    """
    reach = round(_RINGING_PX * unit_px)
    step = find_largest(evidence.distance, reach)
    least = np.minimum(np.float32(_RINGING) * step, np.float32(_MOST_RINGING))
    faint = evidence.product & (evidence.distance < least) & (most < _SEEN)
    rims = faint & ~opened(faint, reach)
    return np.asarray(rims & grow(evidence.backdrop | evidence.shadow, 2 * reach))


def _calm(plane: Float32Array, grain: float) -> Float32Array:
    """Each pixel nearer to its square's mean, the less the square varies beyond the grain."""
    mean = ndimage.uniform_filter(plane, _SIDE_PX)
    variance = np.maximum(ndimage.uniform_filter(plane * plane, _SIDE_PX) - mean * mean, np.float32(1e-9))
    kept = np.maximum(1 - np.float32(2 * grain * grain) / variance, 0)
    return np.asarray(mean + kept * (plane - mean), np.float32)
