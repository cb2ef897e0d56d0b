"""What floats: the product, or something that a prompt says so of."""

from __future__ import annotations

from typing import Final

from photoshoot.director.phrases.product_words import JOINTS
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company, Fate

_INTO: Final = ("in", "on")
_PARTS: Final = ("place", "material", "props", "part")
"""Kinds of what in a scene may float."""
_FACE: Final = "surface"
"""The role of what products stand on."""
_ARTICLES: Final = ("a", "the", "with")
"""What stands before a float that one buys, and before no product that floats."""
_REACH = 4  # words from what floats to the water that it does in


def of_floating(company: Company, mention: Mention) -> Fate | None:
    """Things and tables that float are no product that does: they are told to stay down, but for balloons.

    On and in water all lies there, and "a floating shelf" or "floating spheres" say nothing of the product.
    """
    if not mention.term.afloat or mention.negated:
        return None
    reading, before = company.reading, mention.start - 1
    things = [m.term for m in reading.mentions if m.end == mention.start and m.term.role == "props"]
    things = [] if company.vocabulary.ignored.issuperset(reading.stems[:before]) else things  # "a book floats"
    flying = bool(things) and any("air" in params for params in things[0].params.values())
    if flying or _is_in_water(company, mention) or _describes_a_part(company, mention):
        return Fate(silent=company.span(mention))
    several = before > 0 and reading.words[before].lower() != reading.stems[before]  # "on oak, bubbles floating"
    first = before
    while first - 1 in reading.unread:
        first -= 1  # "on oak, soap bubbles floating"
    later = several and first > 0 and reading.stems[first - 1] in JOINTS
    stood = any(m.end == mention.start and m.term.role == _FACE and not m.negated for m in reading.mentions)
    told = things or later or stood or _is_bought(company, mention)
    return Fate(told=company.span(mention)) if told else None


def _is_bought(company: Company, mention: Mention) -> bool:
    """Whether it is a pool float, which a noun or an article leads: a mere "float", and "make it float", ask for it."""
    reading, before = company.reading, mention.start - 1
    if reading.words[mention.start] != "float" or before < 0:
        return False
    ends = not any(stem[0].isalnum() for stem in reading.stems[mention.end : mention.end + 1])
    noun = ends and reading.stems[before] not in company.vocabulary.ignored
    return noun or reading.stems[before] in _ARTICLES


def _is_in_water(company: Company, mention: Mention) -> bool:
    stems = company.reading.stems
    wet = {m.start for m in company.reading.mentions if m.term.role == "water" and not m.negated}
    return stems[mention.end : mention.end + 1] in [(into,) for into in _INTO] and not wet.isdisjoint(
        range(mention.end + 1, mention.end + _REACH)
    )


def _describes_a_part(company: Company, mention: Mention) -> bool:
    """Whether it says so of something in the scene that is named right after it: "a floating glass shelf".

    What follows an unknown noun says so of that: other languages' "sneakers float" loses its "over" as it is read.
    """
    if mention.start - 1 in company.reading.unread:
        return False
    starts, end, last = {m.start: m for m in company.reading.mentions}, mention.end, None
    while end in starts:
        last = starts[end]
        end = last.end
    return last is not None and last.term.kind in _PARTS and end not in company.reading.unread
