"""A hard shadow that the network takes for product: evenly darkened backdrop in the product's own outline, moved.

The sun or a single lamp throws it on a wall, or on the ground behind. A grey part of a product may be as even as that,
but it isn't a copy of the rest: only where the rest's outline, moved or laid down, covers it, is it shadow. Nor is it
shadow where the rest shades into it without a step, as the dark side of a round thing does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.regions import fill_holes, grow, opened, pick_parts, shrink

_SIDE = 160  # samples along the longer side: outlines are compared there
_FACTORS = (0.25, 0.93)  # by which light that misses darkens a backdrop
_EVEN = 0.05  # of the factor, both ways, within one shadow
_LEAST_SHARE = 0.02  # of what is seen
_MOST_SHARE = 0.6
_ALIKE = 0.68  # intersection over union of a shadow and the moved outline
_COVERED = 0.8  # of what else is evenly dark and seen, that must be in that shadow, too
_REACH = 0.4  # of the product's longer side: how far a shadow is moved
_ASLANT = 0.2  # of the longer of its two ways: how far a moved shadow is moved the other way, too
_LIFTED = 0.15  # of the longer side, by which it is moved up at most: light from below is rare, open lids are not
_FLATTER, _LEANING = (0.15, 0.3, 0.5, 0.8), (-2, -1.4, -0.8, -0.4, 0.4, 0.8, 1.4, 2)
_LEAST_LEANING = 0.35
_AT_FOOT = 0.06  # of the longer side: so near a product's foot its lying shadow begins
_SHADES = 0.5  # of the rest's side of it, that goes over into it without a step: then it's the product's own dark side
_BORDER, _BEHIND_IT = 2, 6  # samples: the border's width, and how far behind it the rest is whole
_SLOT_PX = 1  # half of the width from which a dark slot beside a shadow may be one of the product's own
_UNSEEN, _SURE = 0.25, 0.9  # saliency of nothing, and of what is product whatever its colour
_LEAST_PART, _MOST_PART = 0.005, 0.5  # of what is seen: an unseen shadow's part; and the least that is seen of it
_DARKEST, _LIGHTEST, _MOSTLY_EVEN = 0.05, 0.85, 0.4  # factors of a hard shadow; and the share of that part with its own
_CORE_PX, _PENUMBRA_PX = 3, 16  # half of the part's width; and how wide it ends
_STEPS = 8  # each way in a coarse search, then ever finer


@dataclass(frozen=True, kw_only=True)
class _Throw:
    """How an outline becomes its shadow: moved, or laid down from its foot; in samples."""

    down: float
    across: float
    flatter: float = 1.0
    """Height of the shadow to that of the product; 1 where it is only moved."""
    leaning: float = 0.0
    """Samples to one side for each of the product's height over its foot."""


def find_cast_shadow(factor: Float32Array, darker: BoolArray, seen: BoolArray) -> BoolArray:
    """Find a hard shadow among what is seen.

    Args:
        factor: (H, W), by which the backdrop is darkened.
        darker: (H, W), where the colour is the backdrop's times that factor.
        seen: (H, W), what the network takes for product.

    Returns:
        (H, W); nowhere where nothing proves to be a shadow.
    """
    step = max(1, round(max(seen.shape) / _SIDE))
    every = np.s_[step // 2 :: step, step // 2 :: step]
    proved = _find(factor[every], darker[every], seen[every])
    if proved is None:
        return np.zeros_like(seen)
    shadow, level = proved
    large = Image.fromarray(shadow).resize((seen.shape[1], seen.shape[0]), Image.Resampling.NEAREST)
    lit = (factor < (1 + level) / 2 + _EVEN) & (factor > level - 2 * _EVEN)
    found = np.asarray(large) & darker & lit
    return opened(found, _SLOT_PX)


def follow_shadow(
    factor: Float32Array, darker: BoolArray, odd: BoolArray, saliency: Float32Array, most: Float32Array
) -> BoolArray:
    """Find what the network half sees of a hard shadow of which it surely sees nothing elsewhere.

    Args:
        factor: (H, W), by which the backdrop is darkened.
        darker: (H, W), where the colour is the backdrop's times that factor.
        odd: (H, W), what is not the backdrop.
        saliency: (H, W).
        most: (H, W), the largest saliency that any look had.

    Returns:
        (H, W): all of the shadow, with its penumbra; nowhere where little of it is seen.
    """
    none, seen = np.zeros_like(odd), int((saliency > 0.5).sum())
    among = (factor > _DARKEST) & (factor < _LIGHTEST)
    core = shrink(darker & odd & among & (most < _UNSEEN), _CORE_PX)
    if not _LEAST_PART * seen < core.sum() < _MOST_PART * seen:
        return none
    level = _common_level(factor[core])
    even = np.abs(factor - level) < _EVEN
    if (even & core).sum() < _MOSTLY_EVEN * core.sum():
        return none
    open_ = darker & (saliency < _SURE)
    shadow = pick_parts(shrink(grow(open_ & even)) & open_, core & even, diagonal=False)
    if (shadow & (saliency > 0.5)).sum() < _LEAST_PART * seen:
        return none
    ends = open_ & (factor > level - _EVEN) & grow(shadow, _PENUMBRA_PX)
    return shadow | pick_parts(ends, shadow, diagonal=False)


def _find(factor: Float32Array, darker: BoolArray, seen: BoolArray) -> tuple[BoolArray, float] | None:
    among = darker & (factor > _FACTORS[0]) & (factor < _FACTORS[1])
    area = int(seen.sum())
    if (among & seen).sum() < _LEAST_SHARE * max(1, area):
        return None
    level = _common_level(factor[among & seen])
    even = among & (np.abs(factor - level) < _EVEN)
    even = opened(even)
    part = even & seen
    if not _LEAST_SHARE * area < part.sum() < _MOST_SHARE * area:
        return None
    product = seen & ~grow(even, 1)
    labels, count = ndimage.label(product)
    if not count:
        return None
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    if _shades(factor, darker, part, seen):
        return None
    product = fill_holes(labels == sizes.argmax())
    score, shadow = _fit(product, even)
    within = (part & shadow).sum() > _COVERED * part.sum()
    return (grow(shadow & ~product, 2), level) if score > _ALIKE and within else None


def _shades(factor: Float32Array, darker: BoolArray, part: BoolArray, seen: BoolArray) -> bool:
    """Whether the rest of what is seen goes over into a dark part without a step."""
    rest = shrink(seen & ~grow(part, 2 * _BORDER))
    border = grow(part, _BORDER) & ~part & seen & grow(rest, _BEHIND_IT)
    level = float(np.median(factor[part]))
    smooth = border & darker & (np.abs(factor - level) < 3 * _EVEN)
    return int(smooth.sum()) > _SHADES * int(border.sum())


def _common_level(factors: Float32Array) -> float:
    """The factor that most have."""
    counts, edges = np.histogram(factors, bins=45, range=(0.05, 0.95))
    smooth = np.convolve(counts, np.ones(3), mode="same")
    best = int(smooth.argmax())
    near = factors[np.abs(factors - (edges[best] + edges[best + 1]) / 2) < _EVEN]
    return float(np.median(near))


def _fit(product: BoolArray, even: BoolArray) -> tuple[float, BoolArray]:
    """How much the moved or laid-down outline that the even darkness is most like is like it, and that outline."""
    trial = _Trial(product, even)
    side = float(max(trial.body.shape) - 1)
    score, throw = trial.best_of(_first_throws(side))
    reach = _REACH * side / _STEPS
    while reach >= 0.5:
        score, throw = max((score, throw), trial.best_of(_near(throw, reach, side)), key=itemgetter(0))
        reach /= 1.5
    return score, trial.cast(throw)


class _Trial:
    """An outline (H, W) whose throws are held against an even darkness (H, W); it is read in its own box alone."""

    def __init__(self, product: BoolArray, even: BoolArray) -> None:
        rows, columns = (np.flatnonzero(product.any(axis=axis)) for axis in (1, 0))
        self.product, self.top, self.left = product, int(rows[0]), int(columns[0])
        self.body = product[self.top : rows[-1] + 1, self.left : columns[-1] + 1]
        self.foot, self.dark = float(rows[-1]), int(np.count_nonzero(even))
        free = (~product).astype(np.uint8)
        self.free = np.pad(free + (free & even), ((0, 0), (1, 1)))  # 1 beside the product, 2 where it is dark there

    def best_of(self, throws: Iterator[_Throw]) -> tuple[float, _Throw]:
        """The best throw, and how well it explains the darkness: intersection over union."""
        return max(((self._rate(throw), throw) for throw in throws), key=itemgetter(0))

    def cast(self, throw: _Throw) -> BoolArray:
        """The shadow (H, W) that a throw would make."""
        if throw.flatter == 1:
            return _move(self.product, round(throw.down), round(throw.across))
        return _lay(self.product, throw, self.foot)

    def _rate(self, throw: _Throw) -> float:
        visible = (
            self._see_moved(round(throw.down), round(throw.across)) if throw.flatter == 1 else self._see_laid(throw)
        )
        both = int(np.count_nonzero(visible > 1))
        return both / max(1, int(np.count_nonzero(visible)) + self.dark - both)

    def _see_moved(self, down: int, across: int) -> npt.NDArray[np.uint8]:
        """What of the moved outline is not hidden by the product: 1, and 2 where it is dark."""
        top, left = self.top + down, self.left + across + 1
        bottom, right = max(0, top + self.body.shape[0]), max(0, left + self.body.shape[1])
        there = self.free[max(0, top) : bottom, max(0, left) : right]
        return there * self.body[max(0, -top) :, max(0, -left) :][: there.shape[0], : there.shape[1]]

    def _see_laid(self, throw: _Throw) -> npt.NDArray[np.uint8]:
        """The same of the outline laid down."""
        height, width = self.free.shape
        over = (self.foot + throw.down - np.arange(height)) / throw.flatter
        rows = np.round(self.foot - over).astype(np.intp) - self.top
        used = np.flatnonzero((rows >= 0) & (rows < len(self.body)))
        moved = np.round(throw.leaning * over[used] + throw.across).astype(np.intp) + (self.left + 1)
        columns = np.arange(self.body.shape[1]) + moved[:, None]
        np.minimum(np.maximum(columns, 0, out=columns), width - 1, out=columns)
        columns += (used * width)[:, None]
        return self.free.ravel().take(columns) * self.body.take(rows[used], axis=0)


def _first_throws(side: float) -> Iterator[_Throw]:
    shares = np.linspace(-_REACH, _REACH, 2 * _STEPS + 1) * side
    for down in shares:
        for across in shares:
            if _is_thrown(down, across, side):
                yield _Throw(down=float(down), across=float(across))
    for flatter in _FLATTER:
        for leaning in _LEANING:
            yield _Throw(down=0, across=0, flatter=flatter, leaning=leaning)


def _near(throw: _Throw, reach: float, side: float) -> Iterator[_Throw]:
    lies = throw.flatter != 1
    turns = (-reach / side, 0, reach / side) if lies else (0,)
    for down in (-reach, 0, reach):
        for across in (-reach, 0, reach):
            moved = replace(throw, down=throw.down + down, across=throw.across + across)
            strays = max(abs(moved.down), abs(moved.across)) > _AT_FOOT * side
            if not strays if lies else _is_thrown(moved.down, moved.across, side):
                for flatter in turns:
                    for leaning in turns:
                        leans = throw.leaning + 2 * leaning
                        if not lies or abs(leans) > _LEAST_LEANING:
                            yield replace(moved, flatter=throw.flatter * (1 + flatter), leaning=leans)


def _is_thrown(down: float, across: float, side: float) -> bool:
    """Whether an outline is moved aslant, and hardly up: else it's like a foot, a cap, a box's side or its lid."""
    return min(abs(down), abs(across)) > _ASLANT * max(abs(down), abs(across)) and down > -_LIFTED * side


def _lay(region: BoolArray, throw: _Throw, foot: float) -> BoolArray:
    """The region laid down from its foot: each row of the shadow is one of its own, moved across."""
    height, width = region.shape
    over = (foot + throw.down - np.arange(height)) / throw.flatter  # the foot, of the row that throws each
    rows = np.round(foot - over).astype(np.intp)[:, None]
    columns = np.arange(width) - np.round(throw.leaning * over + throw.across).astype(np.intp)[:, None]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    return np.asarray(region[rows.clip(0, height - 1), columns.clip(0, width - 1)] & inside)


def _move(region: BoolArray, down: int, across: int) -> BoolArray:
    out = np.zeros_like(region)
    height, width = region.shape
    source = region[max(0, -down) : height - max(0, down), max(0, -across) : width - max(0, across)]
    out[max(0, down) : max(0, down) + source.shape[0], max(0, across) : max(0, across) + source.shape[1]] = source
    return out
