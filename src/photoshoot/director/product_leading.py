"""The product that a prompt begins with, where that is a thing that also lies beside others: "a candle on marble"."""

from __future__ import annotations

from typing import Final

from photoshoot.director.company import Company, Fate
from photoshoot.director.mentions import Mention
from photoshoot.director.noun_phrases import is_paper, is_wall
from photoshoot.director.owning import NAMING
from photoshoot.director.things_beside import is_grown

_WARES: Final = ("place", "props", "light")
"""Kinds of phrases that a product's name may end in: a dog bed, a cat toy, a face mist."""
_HELD: Final = ("accent", "props")
_UNDER: Final = ("surface", "floor", "ground", "backdrop", "water")
"""Roles of what products stand on or before."""
_HANGING: Final = "hanging_wall"
"""The set of what hangs and floats."""
_PAINTS: Final = ("colour", "tone")
_PLAIN: Final = frozenset({"plain", "solid", "simple", "seamless", "studio", "paper", "of", "front"})
_HOLDING: Final = frozenset({"vase", "cup", "mug", "teacup"})
"""What holds what it is said to be with, and stands beside the product with it: a vase with tulips."""
_BEASTS: Final = "animals"


def of_product(company: Company, mention: Mention) -> Fate | None:
    """One thing that a prompt begins with and an "on" follows is the product: "a candle placed on", "a cat toy on"."""
    reading, start = company.reading, mention.start
    noun = reading.words[mention.end - 1].lower()
    one = noun == reading.stems[mention.end - 1] and (not noun.endswith("s") or noun.endswith("ss"))
    after = _after_posing(company, mention.end)
    hangs = mention.term.votes.get(_HANGING, 0.0) >= NAMING  # "hanging", "floating": how it is held
    sold = company.has(mention.end - 1, "sold")
    placed = company.has(after, "of_place") or (
        sold and _is_before_paper(company, mention.end)
    )  # "a toy, red backdrop"
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
    first = company.vocabulary.ignored.issuperset(reading.stems[:start])
    return Fate(told=range(start, mention.end)) if first and (sold or (of_kind and ware)) else None


def _is_before_paper(company: Company, start: int) -> bool:
    """Whether nothing but a backdrop follows a comma there: "a toy, red backdrop" is in no playroom."""
    stems, starts = company.reading.stems, {m.start: m for m in company.reading.mentions}
    if stems[start : start + 1] != (",",):
        return False
    index, seen = start + 1, False
    while index < len(stems) and (stems[index][0].isalnum() or not seen):
        mention = starts.get(index)
        if mention is not None and not (
            is_paper(mention.term) or is_wall(mention.term) or mention.term.kind in _PAINTS
        ):
            return False
        if mention is None and stems[index] not in company.vocabulary.ignored | _PLAIN:
            return False
        seen = seen or mention is not None
        index = index + 1 if mention is None else mention.end
    return seen


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
