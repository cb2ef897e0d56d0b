"""Buildings that are seen from outside: what has one behind it, or stands in front of one, is in no room of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.company import Company, Fate
from photoshoot.director.mentions import Mention
from photoshoot.director.noun_phrases import BACKS
from photoshoot.director.owning import NAMING

_OUTDOORS: Final = ("campfire",)
"""The phrase whose meaning a building gets that is all that says where the product is."""
_BEFORE: Final = frozenset({"front", "before", "outside"})
"""What leads to a building that is behind."""
_PASSED: Final = frozenset({"a", "an", "the", "of", "my", "our", "your", "old", "big", "small", "little"})
"""What may stand between."""


def of_building(company: Company, mention: Mention) -> Fate | None:
    """A building that is behind is told, where a land or another place is named; else it is a place out of doors."""
    if mention.negated or not company.has(mention.end - 1, "building") or not _is_behind(company, mention):
        return None
    others = [m.term for m in company.reading.mentions if m.start != mention.start and not m.negated]
    if any(term.kind != "colour" and max(term.votes.values(), default=0.0) >= NAMING for term in others):
        return Fate(told=company.span(mention))
    term = company.vocabulary.find(_OUTDOORS)
    return None if term is None else Fate(kept=(replace(mention, term=term),))


def _is_behind(company: Company, mention: Mention) -> bool:
    stems = company.reading.stems
    after = stems[mention.end : mention.end + 3]
    if after[:1] == ("behind",) or (after[:1] == ("in",) and not set(BACKS).isdisjoint(after)):
        return True
    colored = {m.start for m in company.reading.mentions if m.term.kind in ("colour", "material", "tone")}
    lead = mention.start - 1
    while lead >= 0 and (stems[lead] in _PASSED or lead in colored):
        lead -= 1
    return lead >= 0 and stems[lead] in _BEFORE
