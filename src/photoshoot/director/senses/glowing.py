"""What glows: of "glowing diyas" the lamps do, and no backdrop behind them."""

from __future__ import annotations

from typing import Final

from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company, Fate

_GLOW: Final = "glow"
_LAMPS: Final = frozenset({"candles", "diyas", "halloween", "lanterns", "paper_lanterns", "ramadan"})
"""Kinds of things that burn."""
_PROPS, _TABLES = "props", "tabletop"


def of_glow(company: Company, mention: Mention) -> Fate | None:
    """A glow that is said of lamps is theirs, before or after their name; ``as_they_are`` says that they have it."""
    if mention.term.role != _GLOW or mention.negated or not company.has(mention.end - 1, _GLOW):
        return None
    beside = (m.term for m in company.reading.mentions if mention.end == m.start or m.end == mention.start)
    lamps = any(term.params_in(_TABLES).get(_PROPS) in _LAMPS for term in beside)
    return Fate(told=company.span(mention)) if lamps else None
