"""START HERE: how steeply a photo looks down on a product. Its ends have to say so, or a rim, or nested circles.

Where nothing tells, nothing is said: whoever asks keeps what they had.

How far the corner of a box comes down: two edges at a right angle on the floor tell how steeply they are seen.

Of two such edges, one turned by φ, the other by 90° - φ, seen at θ below the horizon from far away, the pictures climb
by tan φ sin θ and by cot φ sin θ. Their product is sin² θ, whatever φ is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.records import Category, Cutout, Edge
from photoshoot.viewpoint.nest import find_nest
from photoshoot.viewpoint.outline import End, Outline, fit_end
from photoshoot.viewpoint.rim import find_rim

_TRIM = 0.03  # of the width at each side: corners are rounded
_ALONG = np.linspace(0.06, 0.94, 41)
_LEAST_COLUMNS = 24
_BESIDE = 0.12  # of the width, at each side, up to which parts beside a base may hang over it: a screen, a handle
_STEEPEST = 3.2  # rows a column: what is steeper is a side, or a step between two parts


@dataclass(frozen=True, kw_only=True)
class Corner:
    """Two lines along the lower contour."""

    left: float
    """Rows a column that the left one comes down."""
    right: float
    """Rows a column that the right one climbs."""
    place: float
    """Where they meet, of the width."""
    error: float
    """Root mean square that they leave, of the width."""
    straight: float
    """What one line leaves."""

    @property
    def sine(self) -> float:
        """Of how steeply they are seen, 0 to 1; 0 where they do not form a corner."""
        return float(min(1.0, np.sqrt(max(0.0, self.left) * max(0.0, self.right))))


def fit_corner(columns: Float64Array, rows: Float64Array) -> Corner | None:
    """Fit a lower contour, as ``Outline.lower`` gives it; None where it is too small."""
    if len(columns) < _LEAST_COLUMNS:
        return None
    wide = len(columns)
    across = (columns - columns[0]) / wide
    use = (across > _TRIM) & (across < 1 - _TRIM)
    across, rows = across[use], rows[use] / wide
    fits = []
    for place in _ALONG:
        away = across - place
        basis = np.stack([np.ones_like(away), np.minimum(away, 0), np.maximum(away, 0)], 1)
        fit = np.linalg.lstsq(basis, rows, rcond=None)[0]
        fits.append((float(np.sqrt(np.mean((basis @ fit - rows) ** 2))), float(fit[1]), -float(fit[2]), float(place)))
    error, left, right, best = min(fits)
    line = np.polyval(np.polyfit(across, rows, 1), across)
    straight = float(np.sqrt(np.mean((line - rows) ** 2)))
    return Corner(left=left, right=right, place=best, error=error, straight=straight)


def _without_sides(columns: Float64Array, rows: Float64Array) -> tuple[Float64Array, Float64Array]:
    """A contour without what is beside the base: all past the innermost steep step near either end."""
    steep = np.flatnonzero(np.abs(np.diff(rows)) > _STEEPEST * np.diff(columns))
    beside = _BESIDE * len(columns)
    first = int(steep[steep < beside].max(initial=-1)) + 1
    last = int(steep[steep >= len(columns) - 1 - beside].min(initial=len(columns) - 1))
    return columns[first : last + 1], rows[first : last + 1]


@dataclass(frozen=True, kw_only=True)
class Viewpoint:
    """From where a product was seen."""

    pitch_deg: float
    """How steeply the camera looked down on its middle, 0 (from its side) to 90 (from above)."""
    by: str
    """What told so: ``"round"``, ``"rim"``, ``"nest"`` or ``"corner"``."""


_SHAPELESS = frozenset({Category.GARMENT, Category.HEADWEAR, Category.EYEWEAR, Category.JEWELRY, Category.BAG})
"""No end of these is a circle, nor a corner of a box."""
_ROUND = frozenset({Category.DRINK, Category.TABLEWARE, Category.BEAUTY})
"""What has straight sides is mostly round of these: flat ends mean a low camera, two slopes a handle."""
_DISHES = frozenset({Category.FOOD, Category.TABLEWARE})
"""Two flat circles are a dish of these; of others they may be an oval frame, seen from its front."""
_FLAT_SINE = 0.06
_ERROR, _ERROR_ALONE = 0.022, 0.018  # of the half width, that a fit leaves: of two ends, and of one alone
_VAGUE = math.radians(13)
_BEVEL_ALONE = 0.2
_PERSPECTIVE = (math.radians(-5), math.radians(22))  # a base is seen more steeply than a rim
_UNDER_RIM = math.radians(3)  # what is under a rim is seen more steeply by, in its mean
_BELLY = 0.75  # sine, from which on an end is no circle seen aslant but a body that turns under
_ROUNDED = (0.3, 0.5)  # bevel and sine over which an end may be either
_OFF_AXIS = 0.15  # of the half width
_PLACES = (0.08, 0.92)


@dataclass(frozen=True, kw_only=True)
class _Straight:
    """How like two lines a lower contour has to be."""

    error: float
    """Of the width, that the two leave at most."""
    bend: float
    """Times as much that one line leaves: else there is no corner."""
    slope: float
    """Least slope of either."""


_BOX = _Straight(error=0.02, bend=4.0, slope=0.025)
_SOLE = _Straight(error=0.03, bend=2.8, slope=0.1)


def estimate_pitch(cutout: Cutout, category: Category) -> Viewpoint | None:
    """From how high a product was photographed; None where its outline does not tell.

    Args:
        cutout: The product, upright as in its photo.
        category: What it is: soft and worn things have no circles, cans and cups are round where cartons are not.
    """
    if category in _SHAPELESS or cutout.touches & {Edge.LEFT, Edge.RIGHT}:
        return None
    outline = Outline.of(cutout)
    rim, nest = partial(_read_rim, cutout), partial(_read_nest, cutout)
    for by, read in (("round", _read_round), ("rim", rim), ("nest", nest), ("corner", _read_corners)):
        angle = read(outline, cutout.touches, category)
        if angle is not None:
            return Viewpoint(pitch_deg=round(math.degrees(max(0.0, angle)), 1), by=by)
    return None


def _read_rim(cutout: Cutout, outline: Outline, touches: frozenset[Edge], category: Category) -> float | None:
    if category is Category.FOOTWEAR or Edge.TOP in touches:
        return None
    rim = find_rim(cutout, outline.body())
    return None if rim is None else math.asin(rim.sine) + _UNDER_RIM


def _read_nest(cutout: Cutout, outline: Outline, touches: frozenset[Edge], category: Category) -> float | None:
    if category is Category.FOOTWEAR or Edge.BOTTOM in touches:
        return None
    nest = find_nest(cutout, outline.body())
    return None if nest is None or not (nest.is_raised or category in _DISHES) else math.asin(nest.sine)


def _read_round(outline: Outline, touches: frozenset[Edge], category: Category) -> float | None:
    if category is Category.FOOTWEAR or Edge.BOTTOM in touches:
        return None
    body = outline.body()
    base, top = fit_end(body), None if Edge.TOP in touches else fit_end(body.flipped())
    if base is None or not _is_circle(base):
        return None
    if top is not None and (not _is_circle(top) or abs(top.axis_px - base.axis_px) > _OFF_AXIS * base.half_px):
        top = None
    if category not in _ROUND and base.sine < _FLAT_SINE and (top is None or top.sine < _FLAT_SINE):
        return None  # a carton from the front
    low = math.asin(base.sine)
    if top is None:
        return low if _is_clear(base) else None
    high = math.asin(top.sine)
    return (low + high) / 2 if _PERSPECTIVE[0] < low - high < _PERSPECTIVE[1] else None


def _is_circle(end: End) -> bool:
    may_be_either = end.bevel > _ROUNDED[0] and end.sine > _ROUNDED[1]
    return end.error < _ERROR and end.sine < _BELLY and not may_be_either


def _is_clear(end: End) -> bool:
    spread = math.asin(end.high) - math.asin(end.low)
    return end.error < _ERROR_ALONE and spread < _VAGUE and end.bevel <= _BEVEL_ALONE


def _read_corners(outline: Outline, touches: frozenset[Edge], category: Category) -> float | None:
    if category in _ROUND or Edge.BOTTOM in touches:
        return None
    like = _SOLE if category is Category.FOOTWEAR else _BOX
    lower = outline.lower()
    base = _find_corner(*lower, like) or _find_corner(*_without_sides(*lower), like)
    if base is None:
        return None
    low = math.asin(base.sine)
    top = None if Edge.TOP in touches else _find_corner(*outline.flipped().lower(), _BOX)
    if top is None:
        return low
    from_below = abs(top.place - base.place) < abs(1 - top.place - base.place)  # the near corner is the highest, too
    high = -math.asin(top.sine) if from_below else math.asin(top.sine)
    return (low + high) / 2 if low - high < _PERSPECTIVE[1] else low


def _find_corner(columns: Float64Array, rows: Float64Array, like: _Straight) -> Corner | None:
    found = fit_corner(columns, rows)
    is_one = (
        found is not None
        and found.error < like.error
        and found.straight > like.bend * found.error
        and like.slope < min(found.left, found.right)
        and max(found.left, found.right) < _STEEPEST
        and _PLACES[0] < found.place < _PLACES[1]
    )
    return found if is_one else None
