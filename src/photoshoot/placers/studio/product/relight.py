"""Optional: let the product's colours follow the set's light a little, within a bound.

At full strength the colour difference to the original, CIEDE2000 over opaque product pixels, has a 95th percentile of
at most 4 (the shares and limits below see to it); at strength 0 the pixels are the original ones.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.color.space import LUMINANCE, bytes_to_linear, linear_to_srgb
from photoshoot.placers.studio.renderer.exposure import CardReading
from photoshoot.records import AlphaMatte, Canvas, LinearImage, ProductLayer, RgbImage
from photoshoot.settings import Stance

_FOLLOW = 0.35  # share, in stops, of the scene's tint and level that the product takes over
_TINT_LIMIT = 0.04
_GAIN_LIMITS = (0.92, 1.05)
_REFERENCE = 0.84  # display-linear card value that leaves the product's level alone
_SIDE_LIMIT = 0.05
_BASE_FALLOFF = 0.07
_BASE_SHARE = 0.16  # of the product's height
_WRAP = 0.22  # of the blurred scene that is screened over the edge
_WRAP_WIDTH = 0.0041  # in canvas heights
_WRAP_BLUR = 0.0143


@dataclass(frozen=True, kw_only=True, eq=False)
class SceneLight:
    """What the product is to follow."""

    reading: CardReading
    """The metered card."""
    exposure: float
    """The picture's exposure."""
    picture: LinearImage
    """The picture without product, display-linear [0, 1], (H, W, 3)."""


def relight(layer: ProductLayer, canvas: Canvas, light: SceneLight, strength: float) -> ProductLayer:
    """Tint, brighten and shade the product as the set's light would.

    Args:
        layer: The original pixels.
        canvas: Their geometry.
        light: The set's light.
        strength: 0 (returns ``layer``) to 1.
    """
    if strength == 0:
        return layer
    box = canvas.product_box
    window = (slice(max(0, box.top), box.bottom), slice(max(0, box.left), box.right))
    factor = _tint(light) * _gain(light) * _side_gradient(canvas, light) * _base_shade(canvas)
    factor = factor[: layer.rgb[window].shape[0], : layer.rgb[window].shape[1]]
    lit = bytes_to_linear(layer.rgb[window]) * factor**strength
    lit_layer = layer.rgb.copy()
    lit_layer[window] = np.round(np.clip(linear_to_srgb(lit), 0, 1) * 255).astype(np.uint8)
    rgb = _wrap(lit_layer, layer.alpha_matte, light.picture, strength)
    return replace(layer, rgb=rgb)


def _tint(light: SceneLight) -> npt.NDArray[np.float64]:
    tint = (light.reading.front / max(light.reading.luminance, 1e-6)) ** _FOLLOW
    tint = tint / float(tint @ LUMINANCE)
    spread = float(np.abs(tint - 1).max())
    return np.asarray(1 + (tint - 1) * min(1.0, _TINT_LIMIT / max(spread, 1e-9)), np.float64)


def _gain(light: SceneLight) -> float:
    level = light.reading.luminance * light.exposure / _REFERENCE
    return float(np.clip(max(level, 1e-6) ** _FOLLOW, *_GAIN_LIMITS))


def _side_gradient(canvas: Canvas, light: SceneLight) -> npt.NDArray[np.float64]:
    right, left = (max(float(side @ LUMINANCE), 1e-6) for side in (light.reading.right, light.reading.left))
    slope = float(np.clip(0.1 * math.log(right / left), -_SIDE_LIMIT, _SIDE_LIMIT))
    across = (np.arange(canvas.product_box.width) + 0.5) / canvas.product_box.width * 2 - 1
    return np.asarray(1 + slope * across[None, :, None], np.float64)


def _base_shade(canvas: Canvas) -> npt.NDArray[np.float64]:
    falloff = _BASE_FALLOFF if canvas.stance is Stance.UPRIGHT else 0
    height = canvas.product_box.height
    above = (height - np.arange(height) - 0.5) / (_BASE_SHARE * height)
    return np.asarray(1 - falloff * (1 - np.clip(above, 0, 1)[:, None, None]) ** 2, np.float64)


def _wrap(rgb: RgbImage, alpha: AlphaMatte, picture: LinearImage, strength: float) -> RgbImage:
    """Screen the blurred scene over a rim of a few pixels: light that creeps round the edge."""
    height = alpha.shape[0]
    width, blur = max(1.5, _WRAP_WIDTH * height), _WRAP_BLUR * height
    rim = np.clip(1 - ndimage.gaussian_filter(alpha, width, mode="nearest"), 0, 1) * alpha
    around = linear_to_srgb(ndimage.gaussian_filter(picture, (blur, blur, 0)))
    share = (strength * 2 * _WRAP * rim)[..., None]
    own = rgb.astype(np.float32) / 255
    mixed = own * (1 - share) + (1 - (1 - own) * (1 - around)) * share
    return np.asarray(np.round(np.clip(mixed, 0, 1) * 255), np.uint8)
