"""What is outside a room, seen through its window, or only gives it its look or light: snow, a coastal bathroom."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import leading_set
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.placing.platforms import LANDS
from photoshoot.director.senses.company import ROOMY, Company, Fate
from photoshoot.director.senses.feasts import is_feast
from photoshoot.director.senses.relations import ARTICLES

_SNOW: Final = ("snow", "outside")
"""The phrase of what is seen through a cabin's window."""
_COAST, _OF_COASTS = ("coast",), ("nautical",)
"""A phrase of the sea's shore, and that of how rooms there look."""
_SAYING: Final = ("y", "frozen")
"""How words end that say what is like a land: "frosty"."""
_LYING: Final = ("ground", "props")
"""Roles of snow that lies or falls."""


def of_outside(company: Company, mention: Mention) -> Fate | None:
    """What is outside a window is told, with the window, and no place out of doors is shown; but snow is a cabin's."""
    if mention.negated or not company.looks_out:
        return None if mention.negated else _of_snow(company, mention)
    outside = next((i for i, stem in enumerate(company.reading.stems) if _is_view(company, i)), None)
    if outside is None:
        return None
    window = next(i for i in range(outside + 1, len(company.reading.stems)) if company.has(i, "view"))
    stems = company.reading.stems
    ends = (i for i in range(outside, 0, -1) if not stems[i - 1][0].isalnum() or stems[i - 1] in company.boundaries)
    clause = range(next(ends, 0), window + 1)
    snow = next((i for i in clause if company.has(i, "snow")), None)
    if mention.start not in clause:
        return None
    if snow is None:
        return Fate(told=company.span(mention))
    term = company.vocabulary.find(_SNOW) if mention.start == snow else None
    return Fate(kept=() if term is None else (mention.meaning(term),), silent=clause)


def _of_snow(company: Company, mention: Mention) -> Fate | None:
    """Snow that a window is named with is seen through that of a cabin; in any other room there is none."""
    if mention.term.role not in _LYING or mention.term.season or company.is_on(mention):
        return None
    stems = company.reading.stems[mention.start : mention.end]
    if not {"falling", *company.vocabulary.company["snow"]}.issuperset(stems):
        return None
    term = company.vocabulary.find(_SNOW) if company.names("view") else None
    if term is not None:
        return Fate(kept=(mention.meaning(term),))
    return Fate(told=company.span(mention)) if company.is_indoors else None


def of_weather(company: Company, mention: Mention) -> Fate | None:
    """What only says how something else looks makes no land of it: "a frosty window", "a coastal bathroom"."""
    said = mention.term.role in LANDS and not mention.negated
    noun = next((m.term for m in company.reading.mentions if m.start == mention.end), None) if said else None
    if noun is None or noun.role in LANDS or not noun.votes or noun.color is not None:
        return None
    name = leading_set(noun)
    room = name in ROOMY and noun.role is None
    if not (room or company.reading.stems[mention.end - 1].endswith(_SAYING)):
        return None
    coast = company.vocabulary.find(_OF_COASTS) if room and mention.term is company.vocabulary.find(_COAST) else None
    if coast is not None:
        return Fate(kept=(mention.meaning(coast),))
    return None if name in mention.term.votes or name in mention.term.params else Fate(told=company.span(mention))


def _is_view(company: Company, index: int) -> bool:
    """Whether an "outside" of a window stands there."""
    if not company.has(index, "out") or any(m.start < index < m.end for m in company.reading.mentions):
        return False
    after = index + 1
    while after < len(company.reading.stems) and company.reading.stems[after] in ARTICLES:
        after += 1
    return company.has(after, "view")


def of_hour(company: Company, mention: Mention) -> Fate | None:
    """In a room an hour speaks for no place, nor a season that its light is of for any thing: both still for the light.

    In "a living room, soft autumn light" no leaves lie on the carpet; of a feast its things do: "christmas morning".
    """
    term = mention.term
    hour = term.kind == "place" and "elevation_deg" in term.light and set(term.votes) == {"location"}
    of_nature = term.season and bool(term.light) and not (mention.negated or is_feast(mention))
    lit = of_nature and _leads_to_light(company, mention)
    if not (hour or lit) or not company.is_indoors:
        return None
    kept = replace(term, votes={}, params={}) if lit else replace(term, votes={})
    return Fate(kept=(mention.meaning(kept),))


def _leads_to_light(company: Company, season: Mention) -> bool:
    """Whether a light follows it without a gap: a kitchen, which has a light of its own, is none."""
    end = season.end
    for mention in company.reading.mentions:
        if mention.start == end:
            room = bool(mention.term.votes) and leading_set(mention.term) in ROOMY
            if mention.term.role in ("light", "glow") or (mention.term.light and not room):
                return True
            end = mention.end
    return False
