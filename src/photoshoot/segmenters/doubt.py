"""How far a cut-out is to be trusted: how sure it is, and whether the arm of somebody who holds it came along."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.color.space import find_skin
from photoshoot.records import AlphaMatte, Box, Edge, RgbImage

_SIDE: Final = 256  # samples along the longer side of the product
_ARM_SIDE: Final = 320  # of the box, px, at which an arm is looked for
_SAMPLES: Final = 8  # at most, of the photo, along each of those px: copies of a large photo take much memory
_SOLID: Final = 0.5
_CUT, _DEEPER = 0.03, 0.12  # share of the box's depth: the cut itself, and where skin must still be
_NARROW, _WIDE = 0.06, 0.4  # share of the box's width that an arm covers
_EVEN: Final = 0.75  # the narrowest row of the cut over the widest: round ends are less
_SKIN, _SKIN_DEEPER, _MOST_SKIN = 0.6, 0.6, 0.5  # share of skin in the cut, farther in, and at most of the whole
_TURNS: Final = {Edge.BOTTOM: 0, Edge.RIGHT: 3, Edge.TOP: 2, Edge.LEFT: 1}


def rate_cutout(seen: float, alpha_matte: AlphaMatte, box: Box) -> float:
    """How sure a cut-out is, 0 to 1: doubt grows with the root of the pieces that the matte shows.

    A product is one thing or a few; crumbs along straps, spokes and shadows tell of a matte that fell apart. Chosen on
    half of 68 strangers' photos and held against the other half by ``benchmarks/bench_confidence.py``.

    Args:
        seen: How sure the network was of where the product is, 0 to 1.
        alpha_matte: The product's matte.
        box: Its tight box.
    """
    step = max(1, max(box.width, box.height) // _SIDE)
    rows, columns = box.slices()
    solid = alpha_matte[rows.start : rows.stop : step, columns.start : columns.stop : step] > 0.5
    pieces = int(ndimage.label(solid)[1])
    return max(0.0, 1 - (1 - seen) * math.sqrt(max(1, pieces)))


def find_arm(rgb: RgbImage, alpha: AlphaMatte, box: Box) -> Edge | None:
    """The side of a cut-out at which somebody's arm ends, in a straight cut, in colours of skin; None: none is seen.

    Wooden feet and handles may pass for one, so what is told is a hint; nothing is taken away by it.

    Args:
        rgb: (H, W, 3), the photo.
        alpha: (H, W), in [0, 1].
        box: The cut-out's.
    """
    step = max(1, max(box.width, box.height) // (_SAMPLES * _ARM_SIDE))
    rows, columns = slice(box.top, box.bottom, step), slice(box.left, box.right, step)
    scale = min(1.0, _ARM_SIDE / max(box.width, box.height))
    size = max(1, round(box.width * scale)), max(1, round(box.height * scale))
    solid = np.asarray(Image.fromarray(alpha[rows, columns]).resize(size, Image.Resampling.BOX)) > _SOLID
    cuts = [(edge, turns) for edge, turns in _TURNS.items() if solid.any() and _is_straight(np.rot90(solid, turns))]
    if not cuts:  # most have none, and colours take longer than outlines
        return None
    small = np.asarray(Image.fromarray(np.ascontiguousarray(rgb[rows, columns])).resize(size, Image.Resampling.BOX))
    skin = find_skin(small) & solid
    if skin.sum() > _MOST_SKIN * solid.sum():
        return None
    return next((edge for edge, turns in cuts if _is_bare(np.rot90(solid, turns), np.rot90(skin, turns))), None)


def _is_straight(solid: npt.NDArray[np.bool_]) -> bool:
    """Whether something as wide as an arm ends at the last rows, evenly."""
    last, cut, deeper = _measure_end(solid)
    if last < deeper:
        return False
    widths = [_run(row) for row in solid[last - cut + 1 : last + 1]]
    if min(widths) < _NARROW * solid.shape[1] or max(widths) > _WIDE * solid.shape[1]:
        return False
    return min(widths) >= _EVEN * max(widths)


def _is_bare(solid: npt.NDArray[np.bool_], skin: npt.NDArray[np.bool_]) -> bool:
    """Whether what ends at the last rows has colours of skin, there and farther in."""
    last, cut, deeper = _measure_end(solid)
    end, inner = np.s_[last - cut + 1 : last + 1], np.s_[last - deeper : last - cut]
    bare = skin[end].sum() >= _SKIN * solid[end].sum()
    return bool(bare and skin[inner].sum() >= _SKIN_DEEPER * solid[inner].sum())


def _measure_end(solid: npt.NDArray[np.bool_]) -> tuple[int, int, int]:
    """The last row of a region, the rows of its end, and how many farther in it is looked at again."""
    last = int(np.flatnonzero(solid.any(axis=1))[-1])
    return last, max(2, round(_CUT * len(solid))), max(3, round(_DEEPER * len(solid)))


def _run(row: npt.NDArray[np.bool_]) -> int:
    """Pixels of a row, where they are one run; else 0."""
    starts = row & ~np.concatenate(([False], row[:-1]))
    return int(row.sum()) if int(starts.sum()) == 1 else 0
