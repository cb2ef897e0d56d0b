"""What lies on what the product is on: the colour of a tray on a bed is the tray's, and no linen's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from photoshoot.director.mentions import Reading
from photoshoot.director.paints import Paint
from photoshoot.director.vocabulary import load_vocabulary

_ON: Final = "on"
_TWO: Final = 2


def leave_upper(paints: Sequence[Paint], reading: Reading, name: str) -> list[Paint]:
    """Colours without those of the upper of two things that the product is on, where a set shows but the lower one.

    Of "on a slate plate on a wooden crate" no crate is of slate.

    Args:
        paints: The prompt's colours.
        reading: The prompt.
        name: The set that is built.
    """
    ons = [index for index, stem in enumerate(reading.stems) if stem == _ON][:_TWO] if paints else []
    if len(ons) < _TWO:
        return list(paints)
    upper, ends = range(ons[0] + 1, ons[1]), load_vocabulary().boundaries
    stems = reading.stems[upper.start : upper.stop]
    if not stems or not all(stem[0].isalnum() and stem not in ends and stem != "and" for stem in stems):
        return list(paints)
    named = [m.term for m in reading.mentions if m.start in upper and m.term.kind != "colour"]
    shown = any(name in term.votes or term.params_in(name) for term in named)
    below = any(m.start >= upper.stop and not m.negated and name in m.term.votes for m in reading.mentions)
    return [paint for paint in paints if paint.start not in upper] if below and not shown else list(paints)
