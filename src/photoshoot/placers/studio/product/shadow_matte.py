"""How a product shades its set: the set's light with it over that without it."""

import numpy as np
from scipy import ndimage

from photoshoot.color.space import LUMINANCE, linear_to_srgb
from photoshoot.placers.studio.renderer.holdout import holdout_mask, inpaint_under_holdout
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.records import AlphaMatte, LinearImage, RgbImage

_DARK = 0.01  # of a full exposure, added to both lights: ratios of nearly black ones are noise
_RIM_PX = 2  # beside the stand-in, where pixels may show a part of it
_FINE, _WIDE = 0.0012, 0.008  # of the longer side, widths of blurs: ripples of the denoiser, and those of albedo
_FAINT = (0.8, 0.93)  # the wide blur counts in full from the second on: faint shades are soft, deep ones may be sharp
_EDGE = (0.01, 0.06)  # of the shorter side: where a shadow on white has faded out, and where it begins to
_VEIL, _KEPT = (0.08, 0.2), 0.17  # shade under the first is no shadow but the set dimmed; so much over it, all is kept
_DIMMED = 1.4  # times as much as a large dark product dims the set over itself is none either, up to the second
_WHITE = 0.996  # share of light that is left from which on a picture is pure white
_NOTHING = 0.985  # what is over it is none: two denoised pictures of the same place differ by as much


def measure_shadow(light: LinearImage, bare: LinearImage, exposure: float, alpha_matte: AlphaMatte) -> AlphaMatte:
    """The share of the set's light that a product leaves, [0, 1]; 1 = all of it.

    Shadows and contact shades count, and so does what the product hides in a reflection. Where the product hides the
    set the value is 1; under its soft edge it is that of the nearest place beside it.

    Args:
        light: The set's light with the product's stand-in in it, (H, W, 3).
        bare: The same set without it, (H, W, 3).
        exposure: Factor on the light.
        alpha_matte: Where the product is, (H, W).
    """
    mask = holdout_mask(alpha_matte)
    near = ndimage.maximum_filter(mask, 2 * _RIM_PX + 1)
    seen, whole = (
        inpaint_under_holdout((image @ LUMINANCE)[..., None] * exposure, near)[..., 0] for image in (light, bare)
    )
    left = _blurred(np.clip((seen + _DARK) / (whole + _DARK), 0, 1), _FINE)
    left = np.where(ndimage.minimum_filter(mask, 2 * _RIM_PX + 1) > 0, 1, left)
    wide = _blurred(left, _WIDE)
    left += smoothstep(*_FAINT, wide) * (wide - left)
    return np.asarray(np.clip(left / _NOTHING, 0, 1), np.float32)


def shadow_on_white(shadow: AlphaMatte, picture: RgbImage) -> RgbImage:
    """A pure white picture (H, W, 3) with a shadow on it, which fades out before the edge: there all is 255.

    Args:
        shadow: The share of light that is left, as ``measure_shadow`` gives it.
        picture: The set as it was developed; only its grain is taken, where there is shade.
    """
    height, width = shadow.shape
    rows, columns = np.arange(height)[:, None], np.arange(width)[None]
    inside = np.minimum(np.minimum(rows, height - 1 - rows), np.minimum(columns, width - 1 - columns))
    fade = smoothstep(_EDGE[0] * min(height, width), _EDGE[1] * min(height, width), inside)
    shade = 1 - shadow
    veil = _find_veil(shade)
    left = 1 - shade * smoothstep(veil, veil + _KEPT, shade) * fade
    grain = picture.astype(np.float32).mean(-1)
    grain -= _blurred(grain, _FINE)
    shaded = linear_to_srgb(np.asarray(left, np.float32)) * 255 + np.clip(grain, -1, 1)
    gray = np.where(left >= _WHITE, 255, np.clip(np.round(shaded), 0, 255)).astype(np.uint8)
    return np.repeat(gray[..., None], 3, axis=-1)


def _find_veil(shade: AlphaMatte) -> float:
    """Up to what shade (H, W) the set is only dimmed: its upper half shows how far, where few shadows fall."""
    over = shade[: len(shade) // 2]
    seen = over[over > 0]
    return float(np.clip(_DIMMED * np.median(seen), *_VEIL)) if seen.size else _VEIL[0]


def _blurred(image: AlphaMatte, width: float) -> AlphaMatte:
    return np.asarray(ndimage.gaussian_filter(image, width * max(image.shape), mode="nearest"), np.float32)
