"""What an outline tells of how a thing stands: on legs; or not at all, as on a tip, on a strap, or tilted."""

from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray
from photoshoot.records import Category, Cutout

FROM_ABOVE_DEG = 45.0
"""Pitch from which on a product was photographed from above."""

_FOOT, _LOW = 0.03, 0.14  # of the height over the lowest row: what touches, and what does where it is seen from above
_POINTED = 0.34  # of the width: the low part of what stands on a point is no wider
_TAPERS = 0.5  # of the low part: so narrow is the point; stems and pots have feet as wide as they are
_BESIDE = 0.03  # of the width: how far beside its feet a product's middle may be
_FAR_FOOT, _UNDER = 0.42, 0.05
"""Of the height: how high over the lowest a farther foot ends, and how far under what is between them."""
_OVER_STRAP, _JUST_UNDER = 0.12, 0.04
"""Of the height: how high a body ends over a strap, at least, and how far under it what carries it is looked for."""
_SOLID = 0.5
_LONG, _STRAP = 3.0, 4.0
"""Spread of an outline along its axis over that across it, from which on a thing aslant is long; and of a strap.

A strap of a watch has 11; of 66 strangers' photos no other thing that rests on a point has more than 1.7.
"""
_LIMP: Final = frozenset({Category.GARMENT, Category.JEWELRY})  # what is a strap among them bends: watches, belts, ties
_LOOKED_AT = 160  # rows and columns of an outline, about
CORD: Final = 0.1
"""Of its longer side: nothing of a cord is thicker."""
_LOOP, _MUCH, _MOSTLY = 0.08, 0.3, 0.8
"""How thick the cord of a loop is at most, of its longer side; how much of all is cord, and how much of its foot."""
_LEG, _STAND, _AMONG = 0.14, 0.45, 0.4
"""How wide a leg is at most, of the longer side; how far legs stand apart, of the width, at least; and how much of that
is leg at most."""
_LEGS = (0.15, 0.28)  # of the height over the base: there are legs alone where furniture stands on them
_ALL_ROWS = 0.9


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
        last = solid.shape[1] - 1
        beside = (solid, low[1], middle) if middle > low[1] else (solid[:, ::-1], last - low[0], last - middle)
        return not _has_far_foot(*beside)
    wide = low[1] - low[0] + 1
    return wide < _POINTED * solid.shape[1] and point[1] - point[0] + 1 < _TAPERS * wide


def _has_far_foot(solid: BoolArray, near: int, middle: float) -> bool:
    """Whether a product stands past its middle, too: its contour comes down there again, as that of a second pot does.

    Args:
        solid: (h, w), its mask.
        near: The last column that stands; its middle is to the right of it.
        middle: The column of its middle.
    """
    height = np.where(solid.any(0), np.argmax(solid[::-1], axis=0), len(solid))
    foot = int(middle) + int(height[int(middle) :].argmin())
    between = int(height[near : foot + 1].max())
    return bool(height[foot] < _FAR_FOOT * len(solid) and between > height[foot] + _UNDER * len(solid))


def stands_on_a_strap(cutout: Cutout) -> bool:
    """Whether what is thin under a product's body does not carry it: a strap or a cord that lay before it.

    Legs are under a body's middle, or on both sides of it.
    """
    solid = outline(cutout)
    if cutout.touches or not solid.any():
        return False
    body = opened(solid, CORD)
    if not body.any():
        return False
    end = int(np.flatnonzero(body.any(1))[-1]) + 1
    under = np.flatnonzero(solid[end : end + max(1, round(_JUST_UNDER * len(solid)))].any(0))
    if end > (1 - _OVER_STRAP) * len(solid) or not len(under):
        return False
    middle = float(body.sum(0) @ np.arange(body.shape[1])) / float(body.sum())
    margin = _BESIDE * solid.shape[1]
    return not under[0] - margin <= middle <= under[-1] + margin


def stands_on_legs(cutout: Cutout) -> bool:
    """Whether a thing stands high on thin legs that are far apart, as stools, tables, racks and tripods do.

    Stems of glasses end in feet wider than they are; handles and cups are thick; feet of clocks are short.
    """
    solid = outline(cutout)
    if not solid.any():
        return False
    height, width = solid.shape
    upward = np.pad(solid[::-1], ((0, 0), (1, 1))).astype(np.int8)
    legs = 0
    start, end = (round(share * height) for share in _LEGS)
    for row, steps in enumerate(np.diff(upward[:end], axis=1)):
        begins, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        wide = ends - begins
        if wide.max(initial=0) > _LEG * max(height, width):
            return False
        apart = ends[-1] - begins[0] if len(ends) else 0
        legs += row >= start and len(ends) > 1 and apart >= _STAND * width and bool(wide.sum() <= _AMONG * apart)
    return bool(legs >= _ALL_ROWS * max(1, end - start))


def stands_on_a_loop(cutout: Cutout) -> bool:
    """Whether what touches below is a cord that goes round and up again, as a jump rope's that was laid down.

    Legs and feet of wire end below, handles are over what stands, and what rolls on rims is no small thing.
    """
    solid = outline(cutout)
    cord = solid & ~opened(solid, _LOOP)
    if cutout.touches or cord.sum() <= _MUCH * solid.sum():
        return False
    rows, columns = _lowest(solid, _FOOT)
    if not cord[rows, columns].mean() > _MOSTLY:
        return False
    from scipy import ndimage  # too much for `import photoshoot`

    filled = ndimage.binary_fill_holes(np.pad(solid, 1))[1:-1, 1:-1]
    over = [row - int(np.argmin(solid[row::-1, column])) for row, column in zip(rows, columns, strict=True)]
    return bool(filled[over, columns].mean() > _MOSTLY)


def is_long_and_falls(cutout: Cutout, category: Category) -> bool:
    """Whether a product can't stand as its photo shows it, whatever is asked: a strap, or a rod aslant on its tip.

    What is short on a point, as a cap on the corner of its brim, is posed so where the caller says it.
    """
    solid = outline(cutout)
    if np.count_nonzero(solid) < 3 or cutout.touches:
        return False
    across, along = np.linalg.eigvalsh(np.cov(np.argwhere(solid), rowvar=False))
    spread = (along / max(across, 1e-9)) ** 0.5
    return bool(spread > _STRAP and category in _LIMP) or bool(spread > _LONG and rests_on_a_point(cutout))


def outline(cutout: Cutout) -> BoolArray:
    """The product's mask, of ``_LOOKED_AT`` rows or columns or up to twice as many."""
    rows, columns = cutout.box.slices()
    step = max(1, max(cutout.box.width, cutout.box.height) // _LOOKED_AT)
    return np.asarray(cutout.alpha_matte[rows, columns][::step, ::step] > _SOLID)


def opened(solid: BoolArray, share: float) -> BoolArray:
    """What of a mask is thicker than a share of its longer side."""
    thick = round(share * max(solid.shape)) // 2 * 2 + 1
    whole = _count_in_squares(np.pad(solid, thick), thick) == thick**2
    return (_count_in_squares(np.pad(whole, thick - 1), thick) > 0)[thick:-thick, thick:-thick]


def _count_in_squares(mask: BoolArray, side: int) -> npt.NDArray[np.int64]:
    """How much of each square of a side is true, by the square's upper left: at most (H - side + 1, W - side + 1)."""
    sums = np.pad(mask.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return np.asarray(sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side], np.int64)


def _ends(solid: BoolArray, share: float) -> tuple[int, int]:
    """First and last column whose lowest pixel is at most that share of the height over the lowest row."""
    _, near = _lowest(solid, share)
    return int(near[0]), int(near[-1])


def _lowest(solid: BoolArray, share: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows and columns of the lowest pixels that are at most that share of the height over the lowest row."""
    height = len(solid)
    lowest = height - 1 - np.argmax(solid[::-1], axis=0)
    columns = np.flatnonzero(solid.any(0) & (lowest >= np.flatnonzero(solid.any(1))[-1] - share * height))
    return lowest[columns], columns
