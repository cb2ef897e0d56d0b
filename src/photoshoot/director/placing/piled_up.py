"""What lies on what the product is on: the colour of a tray on a bed is the tray's, and no linen's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.paints import Paint
from photoshoot.director.phrases.reading import Reading
from photoshoot.director.placing.platforms import is_platform
from photoshoot.director.words.vocabulary import Term, load_vocabulary

_ON: Final = "on"
_TWO: Final = 2
_TABLE, _STUDIO = "table", "podium"
"""What platforms stand on, and the set that is made of one."""


def leave_lower(reading: Reading) -> Reading:
    """A prompt whose platform is not of what the table under it is of: a brass stand on an oak table is of no oak."""
    if not {_ON, _TABLE} <= {*reading.stems}:
        return reading
    stands = [m.end for m in reading.mentions if is_platform(m.term) and not m.negated]
    ons = [index for index, stem in enumerate(reading.stems) if stem == _ON and any(end <= index for end in stands)]
    tables = {m.start for m in reading.mentions if reading.stems[m.end - 1] == _TABLE}
    under = {m.start for m in reading.mentions if m.end in tables and ons and m.start > ons[0]}
    mentions = (m.meaning(_bare(m.term)) if m.start in under else m for m in reading.mentions)
    return reading.with_mentions(mentions) if under else reading


def _bare(term: Term) -> Term:
    """What a material means where no platform is of it."""
    return replace(term, params={name: of for name, of in term.params.items() if name != _STUDIO})


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
