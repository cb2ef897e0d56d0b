"""Feasts and seasons, and what is said with them: a celebratory Diwali is no birthday, and autumn's leaves are red."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.design.standing_in import LYING_THERE
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company, Fate

_MOOD: Final = ("festive",)
"""The phrase of what is festive and has no things of its own."""
_FEASTS, _SCRAPS = "celebration", "confetti"
"""The set of feasts, and what lies there at any party."""
_TABLES: Final = "tabletop"
_SAID: Final = ("colour", "props")
_OWN: Final = 1.5
"""The least vote for that set of a feast."""
_GARLAND: Final = "garland"
_GROWN: Final = frozenset({_GARLAND, "leaf", "leave", "branch", "branche"})
_FALLEN, _LEAVES = ("autumn", "leaf"), "autumn leaves"
"""The phrase whose meaning leaves get in autumn, and what is told of branches."""
_OF_AUTUMN: Final = frozenset({"autumn", "autumn_leaves"})
_LOOSE: Final = "flowers or leaves that lie loose"


def of_feast(company: Company, mention: Mention) -> Fate | None:
    """Holidays in the sun are no feast, and what is celebratory or a party is not one beside a feast."""
    last = company.reading.stems[mention.end - 1]
    if last in _GROWN:
        return _of_garland(company, mention) if last == _GARLAND else _of_leaves(company, mention)
    if mention.negated or not mention.term.season:
        return None
    if company.has(mention.end - 1, "partying") and any(map(is_feast, company.reading.mentions)):
        mood = company.vocabulary.find(_MOOD)
        return None if mood is None else Fate(kept=(mention.meaning(mood),))
    sunny = company.has(mention.start, "holiday") and company.names("summer")
    return Fate(silent=company.span(mention)) if sunny else None


def _of_garland(company: Company, mention: Mention) -> Fate | None:
    """A garland of flowers or leaves is of them, and no paper that hangs: "marigold garlands"; and so is one of stars.

    Of what hangs on threads where a feast is, it is that itself there.
    """
    strung = [m.term for m in company.reading.mentions if m.end == mention.start and m.term.role == "props"]
    if not strung or mention.negated:
        return None
    hangs = "air" in strung[0].params_in(_FEASTS)
    return Fate(kept=(mention.meaning(replace(strung[0], stand_in=LYING_THERE if hangs else _LOOSE)),))


def _of_leaves(company: Company, mention: Mention) -> Fate | None:
    """Leaves and branches of which no more is said are autumn's where that is named: "thanksgiving with leaves"."""
    alone = mention.end == mention.start + 1 and not mention.negated and mention.term.role == "props"
    dyed = any(m.end == mention.start and m.term.kind in _SAID for m in company.reading.mentions)
    others = (m.term for m in company.reading.mentions if m.start != mention.start and not m.negated)
    fallen = any(term.params_in(_TABLES).get("props") in _OF_AUTUMN for term in others)
    term = company.vocabulary.find(_FALLEN) if alone and fallen and not dyed else None
    if term is None:
        return None
    leafy = company.reading.stems[mention.start].startswith("lea")
    return Fate(kept=(mention.meaning(term if leafy else replace(term, stand_in=_LEAVES)),))


def is_feast(mention: Mention) -> bool:
    """Whether it is a feast that has things of its own, which are no scraps of paper."""
    term = mention.term
    props = term.params_in(_FEASTS).get("props", _SCRAPS)
    own = term.season and term.votes.get(_FEASTS, 0.0) >= _OWN
    return own and not mention.negated and props != _SCRAPS
