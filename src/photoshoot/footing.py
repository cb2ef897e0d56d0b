"""How a product was held in its photo: what rests on a point would topple, and what was seen from above lies."""

import numpy as np

from photoshoot.arrays import BoolArray
from photoshoot.records import Cutout, Product
from photoshoot.settings import Placement

FROM_ABOVE_DEG = 45.0
"""Pitch from which on a product was photographed from above."""

_FOOT, _LOW = 0.03, 0.14  # of the height over the lowest row: what touches, and what does where it is seen from above
_POINTED = 0.34  # of the width: the low part of what stands on a point is no wider
_TAPERS = 0.5  # of the low part: so narrow is the point; stems and pots have feet as wide as they are
_BESIDE = 0.03  # of the width: how far beside its feet a product's middle may be
_SOLID = 0.5


def find_pitch(product: Product, placement: Placement) -> float | None:
    """How steeply the photo looks down on a product, 0 (from its side) to 90: as asked, else as its outline tells.

    Returns:
        Degrees below the horizon; None where neither says.
    """
    if placement.pitch_deg is not None:
        return placement.pitch_deg
    from photoshoot.viewpoint import estimate_pitch  # brings SciPy: too much for `import photoshoot`

    seen = estimate_pitch(product.cutout, product.category)
    return None if seen is None else seen.pitch_deg


def is_laid(cutout: Cutout, pitch_deg: float | None) -> bool:
    """Whether a product, seen so steeply, lies where it would stand by its kind."""
    return rests_on_a_point(cutout) or (pitch_deg is not None and pitch_deg >= FROM_ABOVE_DEG)


def rests_on_a_point(cutout: Cutout) -> bool:
    """Whether a product stands on a tip or beside its own feet: a hat on its brim's corner, a watch aslant."""
    rows, columns = cutout.box.slices()
    solid = cutout.alpha_matte[rows, columns] > _SOLID
    if not solid.any() or cutout.touches:
        return False
    middle = float(solid.sum(0) @ np.arange(solid.shape[1])) / float(solid.sum())
    point, low = _ends(solid, _FOOT), _ends(solid, _LOW)
    margin = _BESIDE * solid.shape[1]
    if not low[0] - margin <= middle <= low[1] + margin:
        return True
    wide = low[1] - low[0] + 1
    return wide < _POINTED * solid.shape[1] and point[1] - point[0] + 1 < _TAPERS * wide


def _ends(solid: BoolArray, share: float) -> tuple[int, int]:
    """First and last column whose lowest pixel is at most that share of the height over the lowest row."""
    height = len(solid)
    lowest = height - 1 - np.argmax(solid[::-1], axis=0)
    near = np.flatnonzero(solid.any(0) & (lowest >= np.flatnonzero(solid.any(1))[-1] - share * height))
    return int(near[0]), int(near[-1])
