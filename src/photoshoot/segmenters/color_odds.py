"""How likely a pixel's colour is the product's: how often it occurs on the product, against around it.

A mean colour says little of a printed mug before boards; how often each colour comes tells them apart.
"""

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import Labels

_BITS, _BINS = 4, 16  # of each channel
_BLUR_BINS = 0.8
_RARE = 0.4  # of a colour's mean density: what even an unseen colour has


def rate_colors(rgb: npt.NDArray[np.uint8], product: BoolArray, ground: BoolArray) -> Float32Array:
    """Log-likelihood ratio (h, w) of each pixel's colour: above 0 it is the product's rather than the ground's.

    Args:
        rgb: (h, w, 3) sRGB.
        product: (h, w): surely product, somewhere.
        ground: (h, w): surely not, somewhere.
    """
    red, green, blue = np.moveaxis(rgb.astype(np.intp) >> (8 - _BITS), 2, 0)
    color = (red * _BINS + green) * _BINS + blue
    ratio = np.log(_density(color[product]) / _density(color[ground]))
    return np.asarray(ratio[color], np.float32)


def _density(colors: Labels) -> Float32Array:
    """How often each colour (4096,) comes, of those given, (N,)."""
    counts = np.bincount(colors, minlength=_BINS**3).reshape(_BINS, _BINS, _BINS).astype(np.float32)
    smooth = ndimage.gaussian_filter(counts / counts.sum(), _BLUR_BINS, mode="constant").ravel()
    return np.asarray(smooth + np.float32(_RARE / _BINS**3), np.float32)
