"""Glass before a plain backdrop: what lets the backdrop through becomes transparent, and the old backdrop goes.

Each pixel is the least of some colour laid over the backdrop that explains it: clear glass is nothing, its dark edges
and its highlights are something, and an opaque part is nearly all. The colour is what is left without the backdrop.
Source: Smith and Blinn, "Blue screen matting" (1996): the bound that one known backdrop sets.
"""

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.segmenters.backdrop import Backdrop

_ROWS = 128  # at a time
_GAIN = np.float32(1.3)  # the least opacity is a bound from below; glass that is seen takes somewhat more
_FLOOR = np.float32(0.06)  # opacity of the clearest glass: its body is there
_LEAST_ROOM = np.float32(0.12)  # sRGB units between the backdrop and white or black in which a highlight can be told
_SOLID = np.float32(0.3), np.float32(0.6)  # least opacities of glass still, and of what is a lid, a knob, a label
_GRAIN = 3  # standard deviations of the backdrop that are no glass


def see_through(
    rgb: RgbImage,
    alpha: AlphaMatte,
    backdrop: Backdrop,
    box: tuple[float, float, float, float],
    seen: RgbImage,
    solid: BoolArray | None = None,
) -> None:
    """Make a cut-out's glass transparent, in place.

    Args:
        rgb: (H, W, 3), the cut-out's colours in the window.
        alpha: (H, W), its matte there.
        backdrop: What is behind it.
        box: The window: left, top, right, bottom as shares of the photo.
        seen: (H, W, 3), the photo's own colours in the window.
        solid: (H, W), what is no glass and stays as it is. None: nothing.
    """
    behind = backdrop.colors(box, (alpha.shape[0], alpha.shape[1]))
    for top in range(0, len(alpha), _ROWS):
        part = slice(top, top + _ROWS)
        back = np.clip(behind[:, part], 0, 1)
        color = seen[part].transpose(2, 0, 1).astype(np.float32) / np.float32(255)
        opacity = measure_opacity(color, back, backdrop.spread)
        own = np.clip((color - (1 - opacity) * back) / np.maximum(opacity, np.float32(1e-3)), 0, 1)
        glass = np.s_[:] if solid is None else ~solid[part]
        rgb[part][glass] = np.round(own * 255).astype(np.uint8).transpose(1, 2, 0)[glass]
        alpha[part][glass] *= opacity[glass]


def measure_opacity(color: Float32Array, behind: Float32Array, spread: float) -> Float32Array:
    """How much of some colour must lie over a backdrop to make what is seen, 0 to 1, (H, W).

    Args:
        color: (3, H, W), what is seen, sRGB in [0, 1].
        behind: (3, H, W), the backdrop.
        spread: How far the backdrop strays from it, sRGB units.
    """
    lighter = (color - behind) / np.maximum(1 - behind, _LEAST_ROOM)
    darker = (behind - color) / np.maximum(behind, _LEAST_ROOM)
    least = np.maximum(lighter, darker).max(axis=0)
    opacity = np.clip((least - _GRAIN * np.float32(spread)) * _GAIN, _FLOOR, 1)
    clear, solid = _SOLID
    rise = np.clip((opacity - clear) / (solid - clear), 0, 1)
    opacity += (1 - opacity) * rise * rise * (3 - 2 * rise)
    return np.asarray(opacity, np.float32)
