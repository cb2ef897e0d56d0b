"""Whether a photo's own transparency is a product's matte, or something else that a file brought along."""

import numpy as np

from photoshoot.arrays import BoolArray
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.regions import shrink

_CLEAR, _SOLID = 0.05, 0.9  # matte under which a pixel is background, and over which it is product
_LEAST_CLEAR = 0.01  # of the photo; less is a stray pixel or a rounded corner
_LEAST_BORDER = 0.02  # of the photo's border that is clear: a product has background round it
_LEAST_SOLID, _LEAST_SOLID_PX = 0.0005, 64  # of the photo, and in all
_MOST_SOFT = 0.8  # of all that is visible
_MOST_RIM = 0.6  # of the solid pixels that touch others; more is noise


def judge_alpha(alpha_matte: AlphaMatte) -> str | None:
    """Why a photo's own transparency is no matte of a product; None where it may be one.

    Args:
        alpha_matte: (H, W) in [0, 1].
    """
    clear, solid = alpha_matte < _CLEAR, alpha_matte > _SOLID
    share = float(clear.mean())
    if share < _LEAST_CLEAR:
        return f"only {share:.2%} of it is clear"
    border = float(np.concatenate([clear[0], clear[-1], clear[:, 0], clear[:, -1]]).mean())
    if border < _LEAST_BORDER:
        return f"only {border:.0%} of its border is clear"
    soft = float(1 - solid.sum() / max(1, int((~clear).sum())))
    if soft > _MOST_SOFT:
        return f"{soft:.0%} of what it shows is half transparent"
    return "it is speckled" if _is_noise(solid) else None


def is_empty(alpha_matte: AlphaMatte) -> bool:
    """Whether next to nothing is visible: hidden colours are no photo."""
    visible = int((alpha_matte > _CLEAR).sum())
    return visible < max(_LEAST_SOLID_PX, _LEAST_SOLID * alpha_matte.size)


def _is_noise(solid: BoolArray) -> bool:
    return float((solid & ~shrink(solid)).sum()) > _MOST_RIM * max(1, int(solid.sum()))
