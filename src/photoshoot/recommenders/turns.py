"""Who takes turns: presets that would lead for nearly every product give way, so that shops' pages don't look alike.

A table of reference products (every category in a dozen plain colours) is scored; a preset that would be among six for
more than a small share of them is held back, a little more with each round, until it isn't. What is drawn for a photo
and a preset then lets near-equals take turns. Where it is not known what a product is, lots decide who takes part.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.records import Swatch

Picks: TypeAlias = npt.NDArray[np.intp]
"""(M, K): for each row of scores the presets that are picked, best first."""
_COLORS: Final = (
    "#111111",
    "#36383c",
    "#8c8e90",
    "#c9cbcd",
    "#f8f8f7",
    "#e3d3bb",
    "#7a4a2b",
    "#d2202f",
    "#1f5fd6",
    "#16264f",
    "#2f9e4c",
    "#f5d32e",
    "#f29fbf",
)
_FAIR = 0.03  # share of the reference products' sixes that one preset has at most
_ROUNDS, _STEP = 24, 0.1  # of holding back, and how much a round
LEADS: Final = 2
"""Presets that are picked by what suits alone."""
_MOST = 1.2  # most that a preset is held back, in shares of what is drawn
_TAKES_PART = 0.25  # share of the presets that lots let take part: the commonest is in .14 of sixes, without in .24
_STANDS_BY = 2.0  # taken off the score of the others: more than scores differ by


def reference_palettes() -> list[tuple[Swatch, ...]]:
    """Plain colours that products have, each as a palette of one."""
    return [(Swatch(hex=color, name="", share=1.0),) for color in _COLORS]


def pick(
    scores: Float32Array, likeness: Float32Array, weight: float, count: int, back: Float32Array, leads: int = LEADS
) -> Picks:
    """The presets that are picked for each row of scores (M, N), best first: (M, count).

    Each time the best after up to ``weight`` of a score is taken off for likeness (N, N) to the nearest picked before.
    ``back`` (M, N) or (1, N) is taken off first from all but the ``leads`` that lead: these are picked by what suits.
    """
    rows, nearest = np.arange(len(scores)), np.zeros_like(scores)
    picked: list[Picks] = []
    while len(picked) < count:
        own = scores if len(picked) < leads else scores - back
        values = own - weight * nearest * np.maximum(own, 0)
        for earlier in picked:
            values[rows, earlier] = -np.inf
        picked.append(values.argmax(axis=1))
        nearest = np.maximum(nearest, likeness[picked[-1]])
    return np.stack(picked, axis=1)


def hold_back(
    suits: Float32Array,
    looks: Float32Array,
    extra: Float32Array,
    weight: float,
    choose: Callable[[Float32Array, Float32Array], Picks],
) -> Float32Array:
    """How far each preset is held back (N,), in shares of the part that is drawn.

    Args:
        suits: (C, N), how each preset suits each category, 0 to 1.
        looks: (P, N), how each goes with each reference palette, 0 to 1.
        extra: (N,), what is added to each preset's score whatever the product.
        weight: Of the part that is drawn, in the score.
        choose: Scores (M, N) and how far they are held back (M, N) to the presets that are picked for each row (M, K).
    """
    scores = (suits[:, None] * looks[None] + extra).reshape(-1, suits.shape[1])
    reach = weight * np.repeat(suits, len(looks), axis=0)
    back = np.zeros(suits.shape[1], np.float32)
    for _ in range(_ROUNDS):
        shares = np.bincount(choose(scores, reach * back).ravel(), minlength=len(back)) / len(scores)
        back = np.minimum(back + np.where(shares > _FAIR, _STEP, 0), _MOST).astype(np.float32)
    return back


def draw_lots(draws: Float32Array) -> Float32Array:
    """What is taken off the scores (N,) of presets that stand by, by what was drawn for each, 0 to 1."""
    return np.where(draws < _TAKES_PART, 0, _STANDS_BY).astype(np.float32)


def stack(rows: Sequence[Sequence[float]]) -> Float32Array:
    """Rows of numbers as float32."""
    return np.asarray(rows, np.float32)
