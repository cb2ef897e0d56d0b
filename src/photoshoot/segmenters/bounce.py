"""Light that a colourful product throws into its own shadow: the backdrop there is darker, and of the product's hue.

Model: the backdrop's colour times one factor, and each channel times ``1 - t + t p``, with the product's colour ``p``,
its largest channel 1, and the share ``t`` of the light that comes from the product.
"""

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import grow, shrink

_FOOT = 0.1  # of the product's height, from below: that part throws the light
_LEAST_HUE = 0.25  # of a colour's channels, the largest being 1, by which another is less; greyer ones tint nothing
_MOST_LIGHT = 0.6  # share of the light that may come from the product
_LEAST_LIGHT = 0.05
_EVEN_PX = 2  # half the width of the thinnest such place
_LIGHTEST = 1.02  # factor from which it is no shadow
_DARKEST = 0.35  # and under which it could be anything


def find_bounce(
    planes: Float32Array, behind: Float32Array, sure: BoolArray, among: BoolArray, tolerance: float
) -> BoolArray:
    """Which pixels are the backdrop's colour, darkened, with the product's light on it.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        behind: (3, H, W), the backdrop's colour.
        sure: (H, W): the product.
        among: (H, W): the pixels in question.
        tolerance: What the model may leave unexplained, sRGB units.
    """
    found = np.zeros_like(among)
    rows = np.flatnonzero(sure.any(axis=1))
    if not rows.size or not among.any():
        return found
    foot = sure & (np.arange(len(sure)) >= rows[-1] - _FOOT * (rows[-1] - rows[0]))[:, None]
    color = np.median(planes[:, foot], axis=1)
    color /= max(float(color.max()), 1e-3)
    lack = 1 - color
    if lack.max() < _LEAST_HUE:
        return found
    expected = behind[:, among]
    ratio = planes[:, among] / np.maximum(expected, np.float32(1e-3))
    factor = ratio[int(color.argmax())]
    missing = 1 - ratio / np.maximum(factor, np.float32(1e-3))
    light = np.clip((lack @ missing) / (lack @ lack), 0, _MOST_LIGHT)
    left = np.abs(ratio - factor * (1 - lack[:, None] * light)) * expected
    shadow = (factor > _DARKEST) & (factor < _LIGHTEST) & (light > _LEAST_LIGHT)
    found[among] = shadow & (left.max(axis=0) < tolerance)
    return found & grow(shrink(found, _EVEN_PX), _EVEN_PX)  # a table's grain has its colour here and there
