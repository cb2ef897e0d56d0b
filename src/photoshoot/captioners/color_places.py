"""Where on a product its colours lie, and in how many pieces it is shown."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.captioners.surfaces import find_nearest, measure_steps, sample_surface
from photoshoot.color.space import hex_to_oklab
from photoshoot.records import AlphaMatte, Cutout, Swatch

_UPPER, _LOWER = 0.4, 0.6  # shares of the height above and below which most samples of a top and a base lie
_MOST_OF_IT = 0.8
_ENDS = 0.1  # share of the height above and below a band
_FILLS = 0.55  # share of the product, at its height, that such a colour covers: a print on a chest covers less
_INSIDE, _DEEP = 0.9, 0.12  # share of a colour that lies farther from the outline than this share of the shorter side
_BLOBS, _LARGEST = 12, 0.25  # patches from which a colour is strewn, and the most of it that one patch has
_SMALLEST = 0.0002  # share of the product under which a patch is a flaw
_PIECE, _ALIKE, _WHOLE = 0.06, 0.3, 0.92  # least share of a piece; of the largest one; and of all pieces together
_MOST_PIECES = 6
_SIDE = 240  # samples along the longer side
_CHEST = ((0.08, 0.85), (0.22, 0.78))  # shares of the height and of the width between which a print lies
_PRINT_SPAN, _PRINT_LEAST = 0.55, 0.01  # most of each that it spans; least share of the product that one colour has
_CONTRAST, _CRISP = 0.15, 0.035  # OKLab distance from the ground; and step a sample at its outline


class Place(StrEnum):
    """Where a colour lies."""

    TOP = "top"
    """It covers what is highest."""
    BOTTOM = "bottom"
    """It covers what is lowest."""
    FEET = "feet"
    """It covers what is lowest, in parts that stand apart."""
    MIDDLE = "middle"
    """It lies inside, away from the outline."""
    BAND = "band"
    """It runs round it in one piece, between what is above and below."""
    STREWN = "strewn"
    """In many small patches."""


def find_places(cutout: Cutout, colors: Sequence[Swatch], *, worn: bool = False) -> Mapping[str, Place]:
    """``#rrggbb`` of each colour but the first → where it lies; those of no clear place are left out.

    Args:
        cutout: The product.
        colors: Its colours, largest share first.
        worn: Somebody wears it: skin is no part of it.
    """
    if len(colors) < 2:
        return {}
    lab, solid = sample_surface(cutout, worn=worn)
    if not solid.any():
        return {}
    nearest = np.where(solid, find_nearest(lab, colors), -1)
    depth = ndimage.distance_transform_edt(solid)
    places = {swatch.hex: _find_place(nearest == index, solid, depth) for index, swatch in enumerate(colors) if index}
    return {color: place for color, place in places.items() if place is not None}


def _find_place(
    own: npt.NDArray[np.bool_], solid: npt.NDArray[np.bool_], depth: npt.NDArray[np.float64]
) -> Place | None:
    if not own.any():
        return None
    labels, count = ndimage.label(own, np.ones((3, 3)))
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    if (areas >= max(3, _SMALLEST * solid.sum())).sum() >= _BLOBS and areas.max() <= _LARGEST * own.sum():
        return Place.STREWN
    rows = np.flatnonzero(solid.any(axis=1))
    heights = (np.nonzero(own)[0] - rows[0]) / max(1, rows[-1] - rows[0])
    first, last = (int(rows[0] + share * (rows[-1] - rows[0])) for share in np.quantile(heights, (0.15, 0.85)))
    fills = own[first : last + 1].sum() >= _FILLS * solid[first : last + 1].sum()
    if fills and np.quantile(heights, _MOST_OF_IT) <= _UPPER:
        return Place.TOP
    if fills and np.quantile(heights, 1 - _MOST_OF_IT) >= _LOWER:
        return Place.FEET if (areas >= 0.15 * own.sum()).sum() > 1 else Place.BOTTOM
    if fills and first - rows[0] >= _ENDS * len(rows) <= rows[-1] - last and areas.max() >= _MOST_OF_IT * own.sum():
        return Place.BAND
    width = min(len(rows), int(solid.any(axis=0).sum()))
    return Place.MIDDLE if (depth[own] > _DEEP * width).mean() >= _INSIDE else None


def find_print(cutout: Cutout, colors: Sequence[Swatch]) -> tuple[str, ...]:
    """``#rrggbb`` of the colours (largest share first) that lie together on the chest of a top, with crisp edges.

    Collars, cuffs and hems lie at the outline, a crease fades; neither is a print.
    """
    if len(colors) < 2:
        return ()
    lab, solid = sample_surface(cutout)
    if not solid.any():
        return ()
    nearest = np.where(solid, find_nearest(lab, colors), -1)
    steps, ground = measure_steps(lab), hex_to_oklab(colors[0].hex)
    return tuple(
        swatch.hex
        for index, swatch in enumerate(colors)
        if index
        and swatch.share >= _PRINT_LEAST
        and float(np.linalg.norm(hex_to_oklab(swatch.hex) - ground)) >= _CONTRAST
        and _is_on_chest(nearest == index, solid)
        and _is_crisp(nearest == index, steps)
    )


def _is_on_chest(own: npt.NDArray[np.bool_], solid: npt.NDArray[np.bool_]) -> bool:
    """Whether four fifths of a colour lie in a compact part in the middle of the chest."""
    for axis, (least, most) in enumerate(_CHEST):
        sides = np.flatnonzero(solid.any(axis=1 - axis))
        places = (np.nonzero(own)[axis] - sides[0]) / max(1, sides[-1] - sides[0])
        if not len(places):
            return False
        low, high = np.quantile(places, (0.1, 0.9))
        if low < least or high > most or high - low > _PRINT_SPAN:
            return False
    return True


def _is_crisp(own: npt.NDArray[np.bool_], steps: npt.NDArray[np.float32]) -> bool:
    outline = own & ~ndimage.binary_erosion(own)
    return bool(np.median(steps[outline]) >= _CRISP)


def count_pieces(alpha_matte: AlphaMatte) -> int:
    """How many separate things of some size a matte (H, W) shows; 1 where it may be one thing in scraps."""
    step = max(1, max(alpha_matte.shape) // _SIDE)
    labels, count = ndimage.label(alpha_matte[::step, ::step] > 0.5, np.ones((3, 3)))
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    if not areas.any():
        return 1
    pieces = areas[areas >= _PIECE * areas.sum()]
    clear = pieces.sum() >= _WHOLE * areas.sum() and pieces.min(initial=areas.max()) >= _ALIKE * areas.max()
    return len(pieces) if clear and 1 < len(pieces) <= _MOST_PIECES else 1
