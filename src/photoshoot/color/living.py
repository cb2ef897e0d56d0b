"""Colours of skin and of leaves, as ranges in OKLCh. They suggest; what they tell is held against other evidence."""

import numpy as np
import numpy.typing as npt

from photoshoot.color.space import bytes_to_linear, linear_to_oklab
from photoshoot.records import RgbImage

_SKIN = ((0.35, 0.93), (0.03, 0.14), (30.0, 72.0))  # lightness, chroma, hue in degrees; from light to dark skin
_LEAVES = ((0.15, 0.9), (0.03, 0.2), (100.0, 165.0))


def find_skin(rgb: RgbImage) -> npt.NDArray[np.bool_]:
    """Which pixels (..., 3) have a colour of skin. Much of wood, leather and sand has, too."""
    return _is_within(rgb, _SKIN)


def find_leaves(rgb: RgbImage) -> npt.NDArray[np.bool_]:
    """Which pixels (..., 3) have the green of leaves."""
    return _is_within(rgb, _LEAVES)


def _is_within(rgb: RgbImage, ranges: tuple[tuple[float, float], ...]) -> npt.NDArray[np.bool_]:
    lab = linear_to_oklab(bytes_to_linear(rgb))
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    inside = [
        (low < part) & (part < high) for part, (low, high) in zip((lab[..., 0], chroma, hue), ranges, strict=True)
    ]
    return np.asarray(np.logical_and.reduce(inside), np.bool_)
