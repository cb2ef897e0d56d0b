"""Where the product's outline is out of focus: there colours go over into the backdrop's in many pixels, not in two.

What differs from a plain backdrop is product; but in a blurred outline's outer half it differs, and still is mostly
backdrop. Taken for product, that half would stay as a rim of the old backdrop's light.
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.backdrop import Evidence

_SHARP_PX = 3.2  # width in which a sharp outline, smoothed as here, goes over
_WIDEST_PX = 9.0  # of what is blur; wider it is shading
_AROUND = 7  # pairs of px, the side of the square in which a pixel's outline is looked for
_ALL_OF_IT = 1.4  # widths, from the backdrop on, in which a blurred outline has mostly gone over
_LEAST_STEP = 0.45  # sRGB units between the backdrop and the product: paler products fade by their own shading
_WITHIN = 0.75  # of that step: beyond it is the product's own colour
_RIM_PX = 4  # from the backdrop: what lies so near tells of the outline
_STRETCH, _MOSTLY = 31, 0.8  # pairs of px of outline blurred together, and so much of it: shading comes in spots


def find_blurred(evidence: Evidence) -> BoolArray:
    """(H, W): what differs from the backdrop but lies in a blurred outline, and so is neither one nor the other."""
    distance, found = evidence.distance, np.zeros_like(evidence.backdrop)
    slope = ndimage.maximum_filter(_pair(ndimage.gaussian_gradient_magnitude(distance, 0.8)), _AROUND)
    step = ndimage.maximum_filter(_pair(distance), _AROUND)
    width = step / np.maximum(slope, np.float32(1e-4))
    wide = (width > _SHARP_PX) & (width < _WIDEST_PX) & (step > _LEAST_STEP)
    if not wide.any():
        return found
    far = 2 * ndimage.distance_transform_edt(_pair((~evidence.backdrop).astype(np.float32)))
    rim = (far > 0) & (far <= _RIM_PX)
    of_it, all_of_it = (ndimage.uniform_filter(part.astype(np.float32), _STRETCH) for part in (rim & wide, rim))
    place = wide & (far > 0) & (far <= _ALL_OF_IT * width) & (of_it > _MOSTLY * all_of_it)
    height, width_px = distance.shape
    own = np.repeat(np.repeat(np.where(place, _WITHIN * step, 0), 2, axis=0), 2, axis=1)[:height, :width_px]
    return np.asarray((distance < own) & ~evidence.backdrop)


def _pair(values: Float32Array) -> Float32Array:
    """The largest of each 2x2 pixels: at half the size all is four times as fast."""
    height, width = values.shape
    padded = np.pad(values, ((0, height % 2), (0, width % 2)), "edge")
    rows = np.maximum(padded[::2], padded[1::2])
    return np.asarray(np.maximum(rows[:, ::2], rows[:, 1::2]))
