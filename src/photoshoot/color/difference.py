"""CIEDE2000: how different two colours look.

Sources: CIE 142-2001; Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula: implementation notes,
supplementary test data, and mathematical observations" (2005), whose equations are numbered below. CIELAB is that of
D65, ISO/CIE 11664-4, from linear sRGB by IEC 61966-2-1.
"""

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.color.space import bytes_to_linear

_XYZ_OF_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_D65 = np.array([0.95047, 1.0, 1.08883])
_FAR = 25.0**7


def rgb_to_lab(rgb: npt.NDArray[np.uint8]) -> Float64Array:
    """8-bit sRGB (…, 3) to CIELAB (…, 3): lightness 0 to 100."""
    ratio = bytes_to_linear(rgb).astype(np.float64) @ _XYZ_OF_RGB.T / _D65
    bent = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = np.moveaxis(bent, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def delta_e(first: npt.ArrayLike, second: npt.ArrayLike) -> Float64Array:
    """CIEDE2000 of CIELAB colours (…, 3): (…); 1 is about the least that is seen."""
    l1, a1, b1 = np.moveaxis(np.asarray(first, np.float64), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(second, np.float64), -1, 0)
    mean_chroma7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma7 / (mean_chroma7 + _FAR))  # equations 4 and 5
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)
    grey = c1 * c2 == 0
    turn = np.where(grey, 0, (h2 - h1 + np.pi) % (2 * np.pi) - np.pi)  # equation 10
    hue_difference = 2 * np.sqrt(c1 * c2) * np.sin(turn / 2)
    return _weigh((l1, l2), (c1, c2), np.where(grey, h1 + h2, _mean_hue(h1, h2)), hue_difference)


def _mean_hue(h1: Float64Array, h2: Float64Array) -> Float64Array:
    """Equation 14: the mean on the shorter arc."""
    mean = (h1 + h2) / 2
    return np.where(np.abs(h1 - h2) > np.pi, np.where(mean < np.pi, mean + np.pi, mean - np.pi), mean)


def _weigh(
    lightness: tuple[Float64Array, Float64Array],
    chroma: tuple[Float64Array, Float64Array],
    hue: Float64Array,
    turned: Float64Array,
) -> Float64Array:
    """Equations 15 to 22."""
    lift, mean_chroma = (sum(lightness) / 2 - 50) ** 2, sum(chroma) / 2
    t = (
        1
        - 0.17 * np.cos(hue - np.radians(30))
        + 0.24 * np.cos(2 * hue)
        + 0.32 * np.cos(3 * hue + np.radians(6))
        - 0.20 * np.cos(4 * hue - np.radians(63))
    )
    s_l = 1 + 0.015 * lift / np.sqrt(20 + lift)
    s_c, s_h = 1 + 0.045 * mean_chroma, 1 + 0.015 * mean_chroma * t
    blue = np.radians(30) * np.exp(-(((np.degrees(hue) - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + _FAR)) * np.sin(2 * blue)
    dl, dc, dh = (lightness[1] - lightness[0]) / s_l, (chroma[1] - chroma[0]) / s_c, turned / s_h
    return np.asarray(np.sqrt(np.maximum(dl**2 + dc**2 + dh**2 + rotation * dc * dh, 0)))
