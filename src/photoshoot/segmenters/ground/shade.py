"""Compares a picture with its backdrop, and finds the shadows on it: soft, tinted and contact shadows.

A soft shadow is the backdrop's colour times a factor below 1 that changes slowly. Where a product stands, its shadow is
darkest and begins within a few pixels, just like an edge. There it is known by where it lies: right under the product,
with nothing of the product below it.

A colourful product throws light into its own shadow: that is the backdrop's colour times one factor, and each channel
times ``1 - t + t p``, with the product's colour ``p``, its largest channel 1, and the share ``t`` of the light that
comes from the product.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import grow, opened, pick_parts

_LIGHTEST = 1.02  # factor from which it is no shadow
_TINT = 0.1  # of the missing light: how much colour a near product may throw into its shadow
_DEPTH = 0.04  # of the longer side: a contact shadow reaches no farther from the product; a foot does
_BLACK, _BLACK_STEP = 0.2, 0.3  # factor under which, and difference from which, it is darker than a contact shadow
_ROWS = 32  # at a time: few enough for the processor's cache and for one thread, since others' waiting costs more
_SEEN = 0.5  # saliency of the product
_FOOT = 0.1  # of the product's height, from below: that part throws the light
_LEAST_HUE = 0.25  # of a colour's channels, the largest being 1, by which another is less; greyer ones tint nothing
_MOST_LIGHT = 0.6  # share of the light that may come from the product
_LEAST_LIGHT = 0.05
_EVEN_PX = 2  # half the width of the thinnest such place
_DARKEST = 0.35  # factor under which it could be anything


@dataclass(frozen=True, kw_only=True, eq=False)
class Shade:
    """How the picture compares with its backdrop; all (H, W)."""

    factor: Float32Array
    """By which the backdrop is darkened."""
    rest: Float32Array
    """What that factor leaves unexplained, sRGB units: the largest of the three channels."""
    distance: Float32Array
    """Difference from the backdrop, sRGB units: the largest of the three channels."""


def compare(planes: Float32Array, behind: Float32Array) -> Shade:
    """Compare colours (3, H, W) with the backdrop's (3, H, W)."""
    factor, rest, distance = (np.empty(planes.shape[1:], np.float32) for _ in range(3))
    for top in range(0, len(factor), _ROWS):
        part = slice(top, top + _ROWS)
        seen, expected = planes[:, part], behind[:, part]
        product, power = (np.einsum("chw,chw->hw", colors, expected) for colors in (seen, expected))
        np.divide(product, np.maximum(power, np.float32(1e-4)), out=factor[part])
        rest[part] = _largest(seen - factor[part] * expected)
        distance[part] = _largest(seen - expected)
    return Shade(factor=factor, rest=rest, distance=distance)


def _largest(difference: Float32Array) -> Float32Array:
    """The largest of the three channels, whatever its sign, of (3, H, W)."""
    red, green, blue = np.abs(difference, out=difference)
    return np.asarray(np.maximum(np.maximum(red, green), blue), np.float32)


def find_soft_shade(shade: Shade, spread: float) -> BoolArray:
    """Where the colour is the backdrop's times one factor below 1."""
    return np.asarray((shade.rest < 0.02 + 2 * spread) & (shade.factor < _LIGHTEST))


def find_tinted_shade(shade: Shade, spread: float) -> BoolArray:
    """Like ``find_soft_shade``, but with some of a near product's colour."""
    light = np.float32(_TINT) * np.maximum(1 - shade.factor, 0)
    return np.asarray((shade.rest < 0.02 + 2 * spread + light) & (shade.factor < _LIGHTEST))


def find_black(shade: Shade) -> BoolArray:
    """Where it is darker than a shadow is even where the product stands."""
    return np.asarray((shade.factor < _BLACK) & (shade.distance > _BLACK_STEP))


def find_contact_shadow(
    shade: Shade,
    spread: float,
    found: BoolArray,
    saliency: Float32Array,
    dark: tuple[BoolArray, BoolArray],
    colors: tuple[Float32Array, Float32Array] | None = None,
) -> BoolArray:
    """Shadow right under the product, which colour alone takes for product.

    Args:
        shade: The comparison with the backdrop.
        spread: How far the backdrop strays from its colour, sRGB units.
        found: (H, W): clearly not the plain backdrop.
        saliency: (H, W).
        dark: (H, W), what ``find_tinted_shade`` and ``find_black`` found.
        colors: (3, H, W) of the picture and of the backdrop, to tell a shadow with the product's own light in it.
            None: that is product.
    """
    tinted, black = dark
    sure = found & (saliency > _SEEN)
    under = np.arange(len(sure))[:, None] > _last_rows(sure | opened(found & black, 2))
    among = under & found & ~sure & (shade.factor < _LIGHTEST)
    if colors is not None:
        tinted = tinted | find_bounce(*colors, sure, among & ~tinted, 0.02 + 2 * spread)
    contact = among & tinted
    if not contact.any():
        return contact
    far = contact & ~grow(sure, round(_DEPTH * max(sure.shape)))
    return contact & ~pick_parts(contact, far, diagonal=False)


def _last_rows(region: BoolArray) -> npt.NDArray[np.intp]:
    """The lowest row (W,) of each column's pixels; below the picture where it has none."""
    height = len(region)
    return np.where(region.any(axis=0), height - 1 - region[::-1].argmax(axis=0), height)


def find_edges(light: Float32Array, distance: Float32Array, spread: float) -> BoolArray:
    """Where brightness steps, however little.

    A step's slope falls with the width that it is looked at with; the slope of a soft shadow does not. And a shadow
    begins slowly: what differs clearly next to the untouched backdrop is no shadow.
    """
    near = _fine_slope(light)
    far = _coarse_slope(light)
    calm = distance < 3 * spread + 0.006
    onset = grow(calm, 2) & (distance > 4 * spread + 0.011)
    return np.asarray((near > np.float32(1.6) * far + np.float32(0.002 + 0.4 * spread)) | onset)


def _fine_slope(light: Float32Array) -> Float32Array:
    """Slope, a pixel, of the brightness smoothed by 1.5 px: central differences bring the rest of the smoothing."""
    smooth = ndimage.gaussian_filter(light, 1.385, mode="nearest", truncate=2.5)
    power = np.zeros_like(smooth)
    np.square(smooth[2:] - smooth[:-2], out=power[1:-1])
    power[:, 1:-1] += np.square(smooth[:, 2:] - smooth[:, :-2])
    np.sqrt(power, out=power)
    power *= np.float32(0.5)
    return power


def _coarse_slope(light: Float32Array) -> Float32Array:
    """Slope, a pixel, of the brightness smoothed by 5 px: at a quarter of the size, for speed."""
    height, width = light.shape
    small = Image.fromarray(light).resize((max(1, width // 4), max(1, height // 4)), Image.Resampling.BOX)
    slope = ndimage.gaussian_gradient_magnitude(np.asarray(small), 1.25) / np.float32(4)
    return np.asarray(Image.fromarray(slope).resize((width, height), Image.Resampling.BILINEAR))


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
    return opened(found, _EVEN_PX)  # a table's grain has its colour here and there
