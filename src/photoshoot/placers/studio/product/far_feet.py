"""Feet of a product that stand farther back than its nearest ones: seen from above they end higher in the picture."""

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float64Array

FLAT_REACH = 0.03
"""Of the product's height: a contour lower than this over the base touches the support."""
GENTLE = 0.8
"""Rows a column: what is steeper is a rounded corner, not a sole, where nothing tells how steeply it is seen."""
_FEWEST = 3  # columns that can tell how a contour runs
_FAR_REACH = 0.42  # of the product's height: a far foot's lowest point is no higher over the base
_LONG, _JUMP = 0.15, 0.015  # of it: columns a sole takes at least to show how it runs, and a step that ends it
_FALLS_WITHIN = 0.06  # of it: how far beside what hangs a contour comes down to a foot
_MOSTLY = 0.6  # share of a near sole that stands: its end may turn up
_SMOOTH, _LEVEL, _ALL_ALONG = 0.03, 0.25, 0.8
"""A sole's blur, of its length; of its slope, what is level; the share of it that is not."""
_LEG_LENGTH, _LEG_WIDTH = 0.12, 0.1  # of the product's height: how far a leg's end is under what is beside it, and the
_LEG_END, _LEG_SOLE = 0.05, 0.008  # most that it takes across so much over it; and what of an end stands
_ASLANT, _PARALLEL = 0.2, 0.3  # rows a column from which a sole is seen aslant; what parallels may differ by, of it
_BASE_ROUND = 0.06  # of its level part's width, how far a round base that is looked down on bulges down, at least
_BASE_ALIKE, _BASE_AWAY = (0.6, 1.7), 8.0  # another of such a width and bulge, up to so many bulges over it
_BODY_WIDE, _BODY_LEVEL, _BODY_THICK = 0.25, 0.04, 0.3
"""Of a body that stands beside a nearer foot: its width, of the product's; how its base runs and how high it is, of the
product's height."""


def far_feet(height_px: Float64Array, mass_px: Float64Array, near: BoolArray, product_px: int) -> BoolArray:
    """Which columns of a product's lower contour show feet that stand farther back than its nearest ones.

    Args:
        height_px: (w,), the contour's height over the base.
        mass_px: (w,), how many pixels of the product are in a column.
        near: (w,), whether its contour stands there on the nearest feet.
        product_px: The product's height.
    """
    if len(height_px) < _FEWEST:
        return np.zeros(len(height_px), bool)
    filled = mass_px > 0
    feet = _far_soles(height_px, filled, near, product_px) | _far_legs(height_px, filled, product_px)
    feet |= _far_body(height_px, mass_px, product_px)
    return np.asarray(feet | _far_bases(height_px, filled, product_px), bool)


def find_gentle(height_px: Float64Array, product_px: int, steepest: float = GENTLE) -> BoolArray:
    """Which columns of a contour, given its height over the base, run level enough to be a sole's, (w,)."""
    if len(height_px) < _FEWEST:
        return np.ones(len(height_px), bool)
    course = ndimage.gaussian_filter1d(height_px, max(1.0, 0.01 * product_px), mode="nearest")
    return np.asarray(np.abs(np.gradient(course)) < steepest, bool)


def hanging(height_px: Float64Array, stands: BoolArray, product_px: int) -> BoolArray:
    """Which columns of what seems to stand hang between lower feet: a car's sill between its wheels, a sofa's frame.

    From a farther foot a contour rises on one side at least, before it comes down to a nearer one. In a group of small
    things one may well stand behind and between two others; vehicles and furniture are one thing.

    Args:
        height_px: (w,), the contour's height over the base.
        stands: (w,), whether it seems to stand there.
        product_px: The product's height.
    """
    found = np.zeros(len(stands), bool)
    runs, count = ndimage.label(stands & (height_px > FLAT_REACH * product_px + 1))
    beside, drop = max(2, round(_FALLS_WITHIN * product_px)), _JUMP * product_px
    for number in range(1, count + 1):
        run = np.flatnonzero(runs == number)
        left = height_px[max(0, run[0] - beside) : run[0]].min(initial=np.inf)
        right = height_px[run[-1] + 1 : run[-1] + 1 + beside].min(initial=np.inf)
        if left < height_px[run[0]] - drop and right < height_px[run[-1]] - drop:
            found[run] = True
    return found


def _far_soles(height_px: Float64Array, filled: BoolArray, near: BoolArray, product_px: int) -> BoolArray:
    """Which columns show the soles of far feet: beside all that stands, and parallel to a near sole that runs aslant.

    What hangs over (a brim, a table's top) is not so low, or runs as no sole does; what is between soles (a sill, an
    arch) may well be parallel to their line.
    """
    columns = np.arange(len(near))
    first, last = columns[near].min(), columns[near].max()
    jumps = np.abs(np.diff(height_px, prepend=height_px[0])) > _JUMP * product_px
    pieces, count = ndimage.label(filled & ~jumps)
    aslant, far = [], []
    for number in range(1, count + 1):
        piece = pieces == number
        slope = _slope_all_along(height_px[piece]) if piece.sum() > _LONG * product_px else 0.0
        if abs(slope) > _ASLANT and near[piece].mean() > _MOSTLY:
            aslant.append(slope)
        elif slope and height_px[piece].min() < _FAR_REACH * product_px and not piece[first : last + 1].any():
            far.append((piece, slope))
    found = np.zeros(len(near), bool)
    for piece, slope in far:
        if any(abs(slope - other) < _PARALLEL * abs(other) for other in aslant):
            found |= piece
    return found


def _far_legs(height_px: Float64Array, filled: BoolArray, product_px: int) -> BoolArray:
    """Which columns show the ends of thin far legs of what stands on thin legs alone, as tripods and stools do.

    A cup's handle, a strap or a leaf may end as low and as thin: nothing of a product that stands on more is a leg.
    """
    found = np.zeros(len(height_px), bool)
    course = np.pad(np.where(filled, height_px, 2.0 * product_px), 1, constant_values=2.0 * product_px)
    ends = find_lows(course, _LEG_LENGTH * product_px) - 1
    spans = [_span(height_px, filled, int(end), _LEG_END * product_px) for end in ends]
    thin = np.array([span.stop - span.start < _LEG_WIDTH * product_px for span in spans], bool)
    near = height_px[ends] <= FLAT_REACH * product_px + 1
    if not near.any() or not thin[near].all():
        return found
    for end in ends[thin & ~near & (height_px[ends] < _FAR_REACH * product_px)]:
        found[_span(height_px, filled, int(end), _LEG_SOLE * product_px)] = True
    return found


def find_lows(course: Float64Array, depth: float) -> npt.NDArray[np.intp]:
    """The middles of minima from which a course rises by ``depth`` on both sides before it falls lower.

    Those of ``scipy.signal.find_peaks(-course, prominence=depth)``, whose package takes half a second to import.
    """
    steps = np.flatnonzero(np.diff(course))
    firsts, lasts = np.r_[0, steps + 1], np.r_[steps, len(course) - 1]
    values = course[firsts]
    below = np.flatnonzero((values[1:-1] < values[:-2]) & (values[1:-1] < values[2:])) + 1
    found = []
    for low in (firsts[below] + lasts[below]) // 2:
        lower = np.flatnonzero(course < course[low])
        place = int(np.searchsorted(lower, low))
        start, stop = lower[place - 1] + 1 if place else 0, lower[place] if place < len(lower) else len(course)
        if min(course[start : low + 1].max(), course[low:stop].max()) - course[low] >= depth:
            found.append(low)
    return np.array(found, np.intp)


def _span(height_px: Float64Array, filled: BoolArray, column: int, rise: float) -> slice:
    """The columns round one whose contour is less than ``rise`` higher."""
    over = np.flatnonzero(~filled | (height_px > height_px[column] + rise))
    place = int(np.searchsorted(over, column))
    start = int(over[place - 1]) + 1 if place else 0
    return slice(start, int(over[place]) if place < len(over) else len(height_px))


def _slope_all_along(height_px: Float64Array) -> float:
    """Rows a column of a piece of a contour that climbs all along one way; 0 if it does not, or is too short."""
    if len(height_px) < _FEWEST:
        return 0.0
    slope = float(np.polyfit(np.arange(len(height_px)), height_px, 1)[0])
    course = np.gradient(ndimage.gaussian_filter1d(height_px, max(1.0, _SMOOTH * len(height_px)), mode="nearest"))
    return slope if (course * np.sign(slope) > _LEVEL * abs(slope)).mean() > _ALL_ALONG else 0.0


def _far_bases(height_px: Float64Array, filled: BoolArray, product_px: int) -> BoolArray:
    """Which columns show round bases of further bodies: shakers, glasses, jars that stand behind the nearest one.

    A round base that is looked down on bulges down, and so does the one behind it: as far for its width. A handle or a
    sleeve is narrower, pointed, or too high for that view.
    """
    found = np.zeros(len(height_px), bool)
    over = np.where(filled, height_px, height_px[filled].max())
    runs, _ = ndimage.label(filled & find_gentle(over, product_px))
    near = runs == runs[int(over.argmin())]
    wide, bulge = near.sum(), float(np.ptp(over[near]))
    if not runs[int(over.argmin())] or bulge < _BASE_ROUND * wide:
        return found
    course = np.pad(np.where(filled, height_px, 2.0 * product_px), 1, constant_values=2.0 * product_px)
    for low in find_lows(course, _LEG_END * product_px) - 1:
        base = runs == runs[low]
        ratios = base.sum() / wide, float(np.ptp(over[base])) / base.sum() / (bulge / wide)
        alike = all(_BASE_ALIKE[0] <= ratio <= _BASE_ALIKE[1] for ratio in ratios)
        if runs[low] and alike and over[low] <= min(_BASE_AWAY * bulge, _FAR_REACH * product_px):
            found |= base
    return found


def _far_body(height_px: Float64Array, mass_px: Float64Array, product_px: int) -> BoolArray:
    """Which columns show the level base of a body that would fall over if it stood on its nearest foot alone.

    A camera that is looked down on has its lens lower in the picture than its body, which stands behind and beside it.
    What hangs over has its middle over the foot, as a monitor's screen has; a car's sill has a wheel beyond it.
    """
    columns, filled = np.arange(len(mass_px)), mass_px > 0
    low = np.flatnonzero(filled & (height_px <= FLAT_REACH * product_px + 1))
    middle = float(mass_px @ columns) / float(mass_px.sum())
    found = np.zeros(len(mass_px), bool)
    if low[0] <= middle <= low[-1]:
        return found
    beside = columns > low[-1] if middle > low[-1] else columns < low[0]
    over = np.where(filled, height_px, 2.0 * product_px)
    thick = mass_px > _BODY_THICK * product_px
    runs, count = ndimage.label(beside & thick & find_gentle(over, product_px) & (over < _FAR_REACH * product_px))
    for number in range(1, count + 1):
        run = runs == number
        level = run & (np.abs(height_px - np.median(height_px[run])) < 0.5 * _BODY_LEVEL * product_px)
        beyond = over[run.argmax() :] if middle > low[-1] else over[: len(run) - run[::-1].argmax()]
        if level.sum() > _BODY_WIDE * filled.sum() and beyond.min() >= over[run].min():
            found |= level
    return found
