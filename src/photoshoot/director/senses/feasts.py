"""Feasts, and what is said of them: holidays in the sun are none, and a celebratory Diwali is no birthday."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company, Fate

_MOOD: Final = ("festive",)
"""The phrase of what is festive and has no things of its own."""
_FEASTS, _SCRAPS = "celebration", "confetti"
"""The set of feasts, and what lies there at any party."""
_OWN: Final = 1.5
"""The least vote for that set of a feast."""
_GARLAND: Final = "garland"
_LOOSE: Final = "flowers or leaves that lie loose"


def of_feast(company: Company, mention: Mention) -> Fate | None:
    """Holidays in the sun are no feast, and what is celebratory or a party is not one beside a feast."""
    if company.reading.stems[mention.end - 1] == _GARLAND:
        return _of_garland(company, mention)
    if mention.negated or not mention.term.season:
        return None
    if company.has(mention.end - 1, "partying") and any(map(_is_feast, company.reading.mentions)):
        mood = company.vocabulary.find(_MOOD)
        return None if mood is None else Fate(kept=(mention.meaning(mood),))
    sunny = company.has(mention.start, "holiday") and company.names("summer")
    return Fate(silent=company.span(mention)) if sunny else None


def _of_garland(company: Company, mention: Mention) -> Fate | None:
    """A garland of flowers or leaves is of them, and no paper that hangs: "marigold garlands"."""
    plants = [m.term for m in company.reading.mentions if m.end == mention.start and m.term.role == "props"]
    kept = bool(plants) and not mention.negated
    return Fate(kept=(mention.meaning(replace(plants[0], stand_in=_LOOSE)),)) if kept else None


def _is_feast(mention: Mention) -> bool:
    """Whether it is a feast that has things of its own, which are no scraps of paper."""
    term = mention.term
    props = term.params_in(_FEASTS).get("props", _SCRAPS)
    own = term.season and term.votes.get(_FEASTS, 0.0) >= _OWN
    return own and not mention.negated and props != _SCRAPS
