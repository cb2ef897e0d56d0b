"""Room for things in the number that was asked for, each of them seen: "two candles"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from photoshoot.arrays import Float64Array

if TYPE_CHECKING:
    from photoshoot.placers.studio.assets.props.placement import Thing

_NARROWER: Final = (0.3, 0.22)
"""Further shares of sizes, where the usual ones let too few in."""
_LOOKS: Final = 4
"""How often room is looked for with things of one size."""
_COVERED, _COVERED_AT_LAST = 0.3, 0.75
"""Share of a thing that another one of them may hide; more of it where they are as small as can be."""


Places = dict[int, Float64Array]
"""Number of a thing → its place (3,) on the support."""


def lay_counted(
    things: Sequence[Thing],
    shares: Sequence[float],
    count: int,
    look: Callable[[Sequence[Thing], list[tuple[Float64Array, float]]], Places],
    box_px: Callable[[Float64Array, Thing], Float64Array],
) -> tuple[Places, float]:
    """Places for ``count`` of some things, and the share of their sizes at which all of them are seen.

    Args:
        things: Sizes to begin with; earlier ones are taken first.
        shares: Of sizes, from the largest.
        count: How many are laid; fewer only where no share lets so many in.
        look: Finds places for things, apart from the places and radii that are given.
        box_px: Left, top, right and bottom (4,) of a thing at a place on the canvas.
    """
    best: tuple[Places, float] = {}, 1.0
    for share in (*shares, *_NARROWER):
        smaller = [replace(thing, radius=share * thing.radius, height=share * thing.height) for thing in things]
        laid: Places = {}
        for _ in range(_LOOKS):
            rest = [index for index in range(len(things)) if index not in laid]
            there = [(place, smaller[index].core * smaller[index].radius) for index, place in laid.items()]
            for number, place in look([smaller[index] for index in rest], there).items():
                box = box_px(place, smaller[rest[number]])
                hidden = (_hidden(box, box_px(other, smaller[index])) for index, other in laid.items())
                if len(laid) < count and max(hidden, default=0.0) < _most_hidden(share):
                    laid[rest[number]] = place
        if len(laid) > len(best[0]):
            best = laid, share
        if len(laid) == count:
            break
    return best


def _most_hidden(share: float) -> float:
    return _COVERED_AT_LAST if share in _NARROWER else _COVERED


def _hidden(box: Float64Array, other: Float64Array) -> float:
    """The share of the smaller of two boxes that the other may hide."""
    across, down = np.minimum(box[2:], other[2:]) - np.maximum(box[:2], other[:2])
    smaller = min(float(np.prod(one[2:] - one[:2])) for one in (box, other))
    return float(max(across, 0.0) * max(down, 0.0)) / smaller
