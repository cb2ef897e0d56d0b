"""A living room or a bedroom whose rug is told of is seen down to it: what stands there does so on the rug."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import leading_set
from photoshoot.director.phrases.reading import Mention, Reading

_ROOM, _RUG = "room", "rug"
"""The set with a floor that is seen, and its parameter of a rug on that."""
_HOMES: Final = frozenset({("interior", "living"), ("bed", None)})
"""Set that a room speaks for the most, and which of its rooms: those that have rugs."""
_PATTERN: Final = "rug_pattern"
_NAMED: Final = 3.0
"""The least vote of what names one."""


def lay_rugs(reading: Reading) -> Reading:
    """A prompt whose home has the rug that is told, unless the product stands on something else there.

    A plain rug is nearly the wall's colour: one that is told to have another is none.
    """
    rugs = [m for m in reading.mentions if _ROOM in m.term.params and _RUG in m.term.params[_ROOM]]
    if not rugs:
        return reading
    dyed = {m.end for m in reading.mentions if m.term.kind == "colour"}
    rugs = [m for m in rugs if _is_rug(m) and (m.start not in dyed or _PATTERN in m.term.params[_ROOM])]
    if not rugs or any(m.supports and m not in rugs for m in reading.mentions):
        return reading
    return reading.with_mentions(_with_floor(m) if _is_home(m) else m for m in reading.mentions)


def _is_rug(mention: Mention) -> bool:
    return bool(mention.term.params[_ROOM][_RUG]) and not mention.negated


def _is_home(mention: Mention) -> bool:
    name, term = leading_set(mention.term), mention.term
    named = term.kind == "place" and term.weight >= _NAMED and not mention.negated
    return named and (name, term.params.get(str(name), {}).get("room")) in _HOMES


def _with_floor(mention: Mention) -> Mention:
    return mention.meaning(replace(mention.term, votes={_ROOM: mention.term.weight}))
