"""Furniture that the product stands on, and which set has it: a marble bench is a table of marble."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.noun_phrases import leading_set
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.laying_flat import is_cloth
from photoshoot.director.placing.platforms import OF_TABLES
from photoshoot.director.senses.company import Company, Fate, is_named_place
from photoshoot.director.words.vocabulary import Vocabulary

_PAPER, _TILES, _SURFACE = "backdrop", "tiles", "surface"
_LEAST: Final = 1.5
"""The least vote for tables of furniture."""
_TABLE: Final = ("table",)
_CUSHION: Final = ("cushion",)
"""The phrases whose meanings seats get, the second those of cloth."""
_KITCHENS: Final = ("kitchen", "island")
"""The phrase whose meaning an island gets that is a piece of furniture."""
_CHAIRS, _CAFE = ("cafe", "chair"), "cafe"
"""The phrase of the chairs behind a café's table, and its set."""

_MADE: Final = ("colour", "material")
"""Kinds of phrases that say what a thing is of or like."""
_WHOLES: Final = frozenset({"of"})
"""What leads from a part to its whole: "on the edge of a marble bath"."""
_THEATRE, _ITS_CURTAIN = "theatre", ("theatre", "curtain")
_BOARDS: Final = ("curtain", ("stage", "board"))
_BACKED: Final = MappingProxyType({"stage": _BOARDS, _THEATRE: _BOARDS, "desk": ("bookcase", ("wood", "surface"))})
"""Group of what a product stands on → the group of what is to be seen behind it, and the phrase that it means then."""

_FIREPLACE: Final = ("fireplace",)
_HOMES, _BESIDE = frozenset({"interior", "cabin"}), frozenset({"by", "beside", "near"})
"""Sets of rooms with a fireplace, and what leads to a fire that one sits at."""


def of_seat(company: Company, mention: Mention) -> Fate | None:
    """A seat of what tables are of is such a table where the product stands on it, and one of cloth a cushion."""
    if mention.end != mention.start + 1 or mention.start not in company.seats:
        return None
    before = (m for m in company.reading.mentions if m.end == mention.start and m.term.kind == "material")
    mentions, stems = company.reading.mentions, company.reading.stems
    alone = "on" not in stems and not any(m.term.kind == "place" and m.end < mention.start for m in mentions)
    made = (m.term for m in before if company.is_on(m) or alone)  # "blue velvet chair, gold wall"
    table = company.vocabulary.find(_TABLE)
    cushion = company.vocabulary.find(_CUSHION)
    terms = list(made)
    if cushion is not None and any(map(is_cloth, terms)):
        return Fate(kept=(mention.meaning(cushion),))
    if table is None or not any("material" in term.params.get(OF_TABLES, ()) for term in terms):
        return None
    return Fate(kept=(mention.meaning(replace(table, stand_in="a table")),))


def of_island(company: Company, mention: Mention) -> Fate | None:
    """An island that is of something, or that has a counter, is a kitchen's: "on a marble island"."""
    if mention.end != mention.start + 1 or not company.has(mention.start, "island") or not company.is_on(mention):
        return None
    made = any(m.end == mention.start and m.term.kind == "material" for m in company.reading.mentions)
    has_counter = company.has(mention.end, "counter")
    term = company.vocabulary.find(_KITCHENS) if made or has_counter else None
    said = range(mention.end, mention.end + has_counter)
    return None if term is None else Fate(kept=(mention.meaning(term),), silent=said)


def of_backed(company: Company, mention: Mention) -> Fate | None:
    """A stage or a theatre with a curtain, or a desk before shelves of books is a table: its set has none behind.

    What hangs in a theatre is of velvet.
    """
    if mention.term.role not in (_SURFACE, None) or mention.negated:
        return None
    if company.names(_THEATRE) and mention.end == mention.start + 1 and company.has(mention.start, "curtain"):
        term = company.vocabulary.find(_ITS_CURTAIN)
        return None if term is None else Fate(kept=(mention.meaning(term),))
    group = next((group for group in _BACKED if company.has(mention.end - 1, group)), None)
    if group is None:
        return None
    behind, meant = _BACKED[group]
    others = (i for i in range(len(company.reading.stems)) if i not in company.span(mention))
    term = company.vocabulary.find(meant) if any(company.has(i, behind) for i in others) else None
    return None if term is None else Fate(kept=(mention.meaning(term),))


def of_fire(company: Company, mention: Mention) -> Fate | None:
    """A fire in a room that people live in burns in its fireplace, as one does that the product is by."""
    if mention.negated or not mention.term.light or not company.has(mention.end - 1, "fire"):
        return None
    places = {leading_set(m.term) for m in company.reading.mentions if is_named_place(m.term) and not m.negated}
    by_it = mention.end - mention.start > 1 and company.reading.stems[mention.start] in _BESIDE
    if not (places & _HOMES or (by_it and not places)):
        return None
    term = company.vocabulary.find(_FIREPLACE)
    return None if term is None else Fate(kept=(mention.meaning(term),))


def seat_guests(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose chairs at a café are those behind its table, where the product is not on them."""
    chairs, seats = vocabulary.find(_CHAIRS), vocabulary.company["seat"]
    if chairs is None or not any(
        _CAFE in m.term.votes and leading_set(m.term) == _CAFE and not m.negated for m in reading.mentions
    ):
        return reading
    company = Company(reading=reading, text="", vocabulary=vocabulary)
    behind = {m.start for m in reading.mentions if reading.stems[m.end - 1] in seats and not company.is_on(m)}
    mentions = (m.meaning(chairs) if m.start in behind else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def of_ceramics(company: Company, mention: Mention) -> Fate | None:
    """What furniture is of that no wall behind it is: a ceramic stool makes no tiled bathroom."""
    tiled = mention.term.params.get(OF_TABLES, {}).get(_PAPER) == _TILES and mention.term.role == _PAPER
    if not tiled or mention.negated:
        return None
    after = (m.term for m in company.reading.mentions if m.start == mention.end)
    laid = any(term.role == _SURFACE and term.votes.get(OF_TABLES, 0.0) >= _LEAST for term in after)
    return Fate(told=company.span(mention)) if laid else None


def of_fitting(company: Company, mention: Mention) -> Fate | None:
    """What a fireplace or a bath is of that the product does not stand on: no counter is as the bath beside it is."""
    if mention.term.kind not in _MADE or mention.negated or not company.has(mention.end, "fitting"):
        return None
    leads = [stem for stem in company.reading.stems[: mention.start] if stem in company.boundaries - _WHOLES]
    return Fate(told=company.span(mention)) if leads[-1:] != ["on"] else None
