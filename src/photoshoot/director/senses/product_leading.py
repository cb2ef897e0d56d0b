"""The product that a prompt begins with, where that is a thing that also lies beside others: "a candle on marble"."""

from __future__ import annotations

from typing import Final

from photoshoot.director.design.things_beside import is_grown
from photoshoot.director.phrases.noun_phrases import is_paper, is_wall
from photoshoot.director.phrases.product_words import names_where
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.placing.plain_backdrops import PLAIN
from photoshoot.director.senses.company import Company, Fate
from photoshoot.director.senses.owning import NAMING
from photoshoot.director.words.vocabulary import Term

_WARES: Final = ("place", "props", "light")
"""Kinds of phrases that a product's name may end in: a dog bed, a cat toy, a face mist."""
_SOLD: Final = ("place", "props", "material")
"""Kinds of phrases that what somebody sells is told by: "we sell ceramics"."""
_HELD: Final = ("accent", "props")
_UNDER: Final = ("surface", "floor", "ground", "backdrop", "water")
"""Roles of what products stand on or before."""
_STOOD: Final = (*_UNDER, "props", "accent")
"""Roles of what a scene is of already."""
_HANGING: Final = "hanging_wall"
"""The set of what hangs."""
_HOLDING: Final = frozenset({"vase", "cup", "mug", "teacup"})
"""What holds what it is said to be with, and stands beside the product with it: a vase with tulips."""
_BEASTS: Final = "animals"
_WE: Final = frozenset({"i", "we", "who", "shop", "company", "brand"})
_SELLING: Final = frozenset({"sell", "make", "bake", "brew", "craft", "produce", "design", "sew", "knit"})
"""Who sells something, and what they do to it: "we bake cakes, white table"."""
_SINGULAR: Final = ("ss", "us")
"""How nouns in the singular end that end in an "s": glass, cactus."""
_ENDING: Final = frozenset({".", "!", "?", ":", ";"})
_KNOWN: Final = frozenset({"the", "this"})
"""What ends a sentence, and what leads to a product in a later one: "a candle" there would stand beside it."""
_MINE: Final = 5  # words from "my" to the end of what it owns, and from there to where that is


def says_how_held(term: Term) -> bool:
    """Whether it says how the product is held: hanging, floating."""
    return term.afloat or term.votes.get(_HANGING, 0.0) >= NAMING


def of_side(company: Company, mention: Mention) -> Fate | None:
    """The product lies where it is said to be on its side: "a shoe on its side", and not what has a label there."""
    stems = company.reading.stems
    if stems[mention.end - 1] != "side" or stems[mention.start] != "on":
        return None
    since = next((i for i in range(mention.start - 1, -1, -1) if not stems[i][0].isalnum()), 0)
    return None if company.boundaries.isdisjoint(stems[since : mention.start]) else Fate(told=company.span(mention))


def of_mine(company: Company, mention: Mention) -> Fate | None:
    """What "my" or "our" leads to, and an "on" follows, is the product: "can you put my gift box on marble"."""
    start = max((i for i in company.mine if i < mention.start), default=-1) if company.mine else -1
    if start < 0 or mention.end - start > _MINE or mention.negated or says_how_held(mention.term):
        return None
    stems, boundaries = company.reading.stems, company.boundaries
    if stems[start] in _SELLING and (mention.term.kind not in _SOLD or _WE.isdisjoint(stems[start - 1 : start])):
        return None
    if any(stems[i] in boundaries or not stems[i][0].isalnum() for i in range(start, mention.start + 1)):
        return None
    if stems[start] in _SELLING or (stems[start - 1 : start] == ("for",) and mention.term.kind == "props"):
        return Fate(told=company.span(mention))  # "something festive for my gift box"
    reach = range(mention.end, min(mention.end + _MINE, len(stems)))
    after = next((i for i in reach if stems[i] in boundaries or not stems[i][0].isalnum()), 0)
    led = start > 0 and (stems[start - 1] in boundaries or stems[start - 1] == "to")
    season = mention.term.season or mention.term.kind == "tone"
    return Fate(told=company.span(mention)) if company.has(after, "of_place") and not (led or season) else None


def of_others_seat(company: Company, mention: Mention) -> Fate | None:
    """What an animal or a person is said to be on is not the product's, where a place is named before: a cat's sofa."""
    before = company.before(mention)
    if company.reading.stems[mention.start] != "on" or not before or before[-1].end != mention.start:
        return None
    placed = any(m.term.kind == "place" and m.term.weight >= NAMING for m in before)
    return Fate(told=company.span(mention)) if before[-1].term.absent is not None and placed else None


def of_product(company: Company, mention: Mention) -> Fate | None:
    """One thing that a prompt begins with and an "on" follows is the product: "a candle placed on", "a cat toy on".

    So it is where a comma and what it is on follow: "candle, pink silk, hard light".
    """
    reading, start = company.reading, mention.start
    noun = reading.words[mention.end - 1].lower()
    if "single" in reading.stems[:start] and is_grown(mention.term):
        return None  # "a single orchid on stone" lies there
    one = noun == reading.stems[mention.end - 1] and (not noun.endswith("s") or noun.endswith(_SINGULAR))
    after = _after_posing(company, mention.end)
    hangs = says_how_held(mention.term)
    sold = company.has(mention.end - 1, "sold")
    listed = sold and _is_before_paper(company, mention.end)
    placed = company.has(after, "of_place") or listed
    if not one or hangs or mention.negated or not placed or len(reading.mentions) == 1:
        return None
    kinds = ("absent", "place") if mention.term.role in _HELD else ("absent",)  # a beach towel, and no forest lake
    passed = {token for m in reading.mentions if m.term.kind in kinds for token in company.span(m)}.union(
        reading.unread
    )
    start = next(company.leading_colors(mention), start)
    of_kind = start - 1 in passed and start == mention.start == mention.end - 1 and not is_grown(mention.term)
    while start - 1 in passed:
        start -= 1
    beast = any(m.end == mention.start and m.term.absent == _BEASTS for m in reading.mentions)  # a cat bed
    ware = mention.term.kind in _WARES and (beast or mention.term.role not in _UNDER)
    opening = max(company.opening, _begin_of_sentence(company, start))
    before = reading.stems[min(opening, start) : start]
    first = company.vocabulary.ignored.issuperset(before) and "on" not in before  # "on a damp towel" nothing is sold
    first = first or (sold and _begins_clause(company, start))
    return Fate(told=range(start, mention.end)) if first and (sold or (of_kind and ware)) else None


def _begin_of_sentence(company: Company, start: int) -> int:
    """Where a later sentence begins that speaks of the product: "We sell candles. Show the candle on marble"."""
    stems = company.reading.stems
    ended = next((i for i in range(start - 1, -1, -1) if stems[i] in _ENDING), -1)
    return ended + 1 if not _KNOWN.isdisjoint(stems[start - 1 : start]) else 0


def _begins_clause(company: Company, start: int) -> bool:
    """Whether one thing begins a clause there, behind no more than place, light and mood: "at dusk, a candle"."""
    stems, opening = company.reading.stems, company.opening
    if stems[start - 1 : start] not in (("a",), ("an",)) or stems[start - 2 : start - 1] not in ((",",), (":",)):
        return False
    before = [m for m in company.reading.mentions if opening <= m.start < start]
    unread = any(opening <= token < start for token in company.reading.unread)
    return not unread and not any(m.negated or m.term.role in _STOOD for m in before) and "on" not in stems[:start]


def _is_before_paper(company: Company, start: int) -> bool:
    """Whether a comma follows there, and then what it is on, or nothing but a backdrop: "a toy, red backdrop"."""
    stems = company.reading.stems
    if stems[start : start + 1] != (",",):
        return False
    clause = range(start + 1, next((i for i in range(start + 1, len(stems)) if not stems[i][0].isalnum()), len(stems)))
    inside = [m for m in company.reading.mentions if m.start in clause]
    told = {token for m in inside for token in company.span(m)}
    silent = all(i in told or stems[i] in PLAIN or stems[i] in company.vocabulary.ignored for i in clause)
    if any(names_where(m) and not is_wall(m.term) for m in inside):
        return not any(m.term.role == "props" for m in inside)  # of "bread, cheese and grapes on oak" all lies there
    return bool(inside) and silent and all(is_paper(m.term) or is_wall(m.term) or _paints(m) for m in inside)


def _paints(mention: Mention) -> bool:
    return mention.term.kind in ("colour", "tone")


def _after_posing(company: Company, start: int) -> int:
    """Where what says how it stands ends, its parts too: "a candle, on", "a candle with a lid on"."""
    stems = company.reading.stems
    after = next(i for i in range(start, len(stems) + 1) if not company.has(i, "posed"))
    if stems[after : after + 1] == (",",):
        return after + 1
    ends = (i for i in range(after + 1, len(stems)) if not _goes_on(company, i))
    parted = stems[after : after + 1] == ("with",) and stems[start - 1] not in _HOLDING
    return next(ends, after) if parted else after


def _goes_on(company: Company, index: int) -> bool:
    """Whether a clause goes on there without saying where something is."""
    return company.reading.stems[index][0].isalnum() and not company.has(index, "of_place")
