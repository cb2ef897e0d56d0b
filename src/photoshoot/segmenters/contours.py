"""Where the picture shows no edge, the outline is smooth: a matte has nothing else to go by there.

Black before black, or a foot in its own shadow: colour lines fitted to noise make a ragged, hairy edge. There the
matte's outline is that of its blurred self, a curve of little curvature, and a steady few pixels wide.
"""

import math

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.matting import ColorLines, keep_lines
from photoshoot.segmenters.regions import halve

_NO_EDGE, _EDGE = 0.008, 0.02  # slope of colour, sRGB units a pixel, that shows no edge, and that shows one
_GRAIN = 0.006  # of a backdrop, sRGB units, from which they hold; before a more even one they are less
_AROUND_PX = 5  # side of the square in which an edge shows, and over which what does so fades
_CURVE_PX = 3.0  # standard deviation of the blur that rounds the outline
_BLUR_REACH = 4.0  # of those, over which it reaches
_RAMP = 2.5  # how much steeper than the blur the outline is


def calm_outline(
    alpha: AlphaMatte, lines: ColorLines, planes: Float32Array, unknown: BoolArray, grain: float | None = None
) -> tuple[AlphaMatte, ColorLines]:
    """Smooth the outline where the picture shows no edge.

    Args:
        alpha: (H, W).
        lines: The matte's colour lines.
        planes: (3, H, W) sRGB in [0, 1].
        unknown: (H, W): where the matte was found.
        grain: Standard deviation of a plain backdrop, sRGB units: before an even one a smaller step shows. None: there
            is no plain one.

    Returns:
        The matte, and the lines that lie where there are edges.
    """
    scale = np.float32(1 if grain is None else min(1, grain / _GRAIN))
    calm = np.clip((_EDGE * scale - _show_edges(planes)) / (scale * np.float32(_EDGE - _NO_EDGE)), 0, 1) * unknown
    if not calm.any():
        return alpha, lines
    calm = ndimage.uniform_filter(calm, _AROUND_PX)
    return _round_off(alpha, calm), keep_lines(lines, calm < 0.5)


def _round_off(alpha: AlphaMatte, calm: Float32Array) -> AlphaMatte:
    """The matte rounded where it is calm, (H, W) in [0, 1]: blurred there alone."""
    reach = math.ceil(_BLUR_REACH * _CURVE_PX)
    rows, columns = (np.flatnonzero(calm.any(axis=axis)) for axis in (1, 0))
    within = tuple(slice(max(0, int(found[0]) - reach), int(found[-1]) + 1 + reach) for found in (rows, columns))
    part, out = alpha[within], alpha.copy()
    smooth = ndimage.gaussian_filter(part, _CURVE_PX, truncate=_BLUR_REACH)
    rounded = np.clip((smooth - 0.5) * _RAMP + 0.5, 0, 1)
    out[within] += calm[within] * (rounded - part)
    return out


def _show_edges(planes: Float32Array) -> Float32Array:
    """The steepest slope of colour (H, W) in a square round each pixel, sRGB units a pixel: at half the size."""
    height, width = planes.shape[1:]
    half = halve(np.concatenate([planes, np.ones_like(planes[:1])]))[:3]
    slope = np.zeros(half.shape[1:], np.float32)
    for smooth in half:
        slope[1:-1] = np.maximum(slope[1:-1], np.abs(smooth[2:] - smooth[:-2]))
        slope[:, 1:-1] = np.maximum(slope[:, 1:-1], np.abs(smooth[:, 2:] - smooth[:, :-2]))
    slope = ndimage.maximum_filter(slope * np.float32(0.25), 3)
    return slope.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
