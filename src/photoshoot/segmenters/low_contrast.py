"""Views whose contrast to a plain backdrop is stretched: a rose jar before rose paper, where a network sees nothing."""

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.backdrop import fit_backdrop
from photoshoot.segmenters.consensus import rate_confidence
from photoshoot.segmenters.looks import Network, look_at

_GAIN, _BEHIND = 3, 0.8  # of the contrast, and what the backdrop becomes
_SURE = 0.8  # least confidence; of an empty photo with grain and a soft shadow a look had .56


def stretch_contrast(view: Image.Image, behind: Float32Array) -> Image.Image:
    """The view before an even light grey, with more contrast to it.

    Args:
        view: It, in mode RGB.
        behind: (h, w, 3), the backdrop's colour there, sRGB in [0, 1], of the view's size.
    """
    planes = _BEHIND + _GAIN * (np.asarray(view, np.float32) / np.float32(255) - behind)
    return Image.fromarray(np.asarray(np.clip(planes, 0, 1) * 255, np.uint8))


def look_stretched(look: Network, photo: Image.Image, saliency: Float32Array) -> Float32Array | None:
    """Look at a whole photo with its contrast stretched.

    Args:
        look: What sees it.
        photo: The photo, in mode RGB.
        saliency: (h, w), what an earlier look saw of it, if little.

    Returns:
        (h, w) saliency; None where the backdrop is not plain, or that look is not sure either: grain is stretched, too.
    """
    small = photo.resize(saliency.shape[::-1], Image.Resampling.BOX)
    backdrop = fit_backdrop(np.asarray(small, np.float32) / np.float32(255), saliency)
    if backdrop is None:
        return None
    behind = backdrop.colors((0, 0, 1, 1), saliency.shape).transpose(1, 2, 0)
    seen = look_at(look, stretch_contrast(small, behind), saliency.shape)
    return seen if rate_confidence(seen) >= _SURE else None
