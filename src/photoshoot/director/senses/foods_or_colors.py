"""Foods and plants that colours are called after, told apart in English: "on ice with lime", and "a lime wall"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from photoshoot.director.phrases.mentions import grown
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.phrases.sides import SIDES
from photoshoot.director.words.vocabulary import Term, Vocabulary

_EDIBLE: Final = frozenset(
    {"fresh", "ripe", "sliced", "dried", "whole", "chopped", "halved", "raw", "crushed", "frozen", "melted", "candied"}
    | {"cut", "juicy", "peeled", "quartered"}
)
"""What only things are."""
_CUT_INTO: Final = frozenset({"half", "halve", "quarter", "segment", "slice", "wedge"})
"""What only things are cut into: "lemon halves"."""
_FEW: Final = frozenset({"a", "an", "one", "some", "the", "scattered", "loose", "single"})
_ONE: Final = frozenset({"a", "an", "one"})
_BESIDE: Final = frozenset({"surrounded", "beside", "near", "among", "amongst", "amid", "amidst", "alongside"})
_ASIDE: Final = frozenset({"beside", "alongside", "next", "scattered", "strewn", "sprinkled"})
"""What says where a thing lies, right after it: "with mint beside it"."""
_ROUND: Final = ("around", "it")
_LAID: Final = frozenset({"surface", "floor", "ground", "accent", "props", "water"})
"""Roles of what things lie on and with; of walls and rooms it is the colour."""
_ENDING: Final = frozenset({"please", "pls", "too", "also", "maybe", "to"})
"""What leads on to no noun: "some lavender please", "a lemon to the right"."""
_TABLES: Final = "tabletop"
_SEASONING: Final = frozenset({"nuts", "spices"})
_GREENERY: Final = frozenset({"branch", "branche", "garland", "leaf", "leave", "plant", "sprig", "twig", "bough"})
"""Parts of the plants that colours are called after."""
_GOING_ON: Final = ("and", "or", ",")
_SWEETS: Final = frozenset({"chocolate", "caramel", "honey", "cream", "butter", "cocoa", "espresso", "mocha"})
"""What feasts have of their own: "Easter bunny chocolate"."""


def read_foods(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt with the things that it names by a colour's word; those that the studio has not are told."""
    named = vocabulary.company["eaten"]
    if named.isdisjoint(reading.stems):
        return reading
    things: dict[int, Term | None] = {}
    for mention in reading.mentions:
        single = mention.end == mention.start + 1 and reading.stems[mention.start] in named
        colored = single and mention.term.kind == "colour" and not mention.negated
        if colored and (_is_said_so(mention, reading) or _is_thing(mention, reading, vocabulary, things)):
            found = next(_terms(reading.stems[mention.start], vocabulary), None)
            things[mention.start] = None if _is_sweet(mention, reading) else found  # a feast's is the product
    if not things:
        return reading
    met = tuple(m.meaning(things.get(m.start) or m.term) for m in reading.mentions)
    return reading.with_mentions(met).without([m for m in met if things.get(m.start, m.term) is None])


def _terms(stem: str, vocabulary: Vocabulary) -> Iterator[Term]:
    many = vocabulary.find((f"{stem}s",))  # oranges before orange leaves
    forms = (grown(form, vocabulary) for form in (stem, f"{stem}e"))  # "raspberries", "peaches"
    yield from (term for term in (many, *forms) if term is not None and term.role == "props")


def _is_said_so(mention: Mention, reading: Reading) -> bool:
    """Whether what follows says so: where it lies, what it is cut into, a spice: "mint beside it", "lemon halves"."""
    after = reading.stems[mention.end : mention.end + 2]
    return not (_ASIDE | _CUT_INTO).isdisjoint(after[:1]) or after == _ROUND or _is_seasoned(mention, reading)


def _is_thing(mention: Mention, reading: Reading, vocabulary: Vocabulary, things: dict[int, Term | None]) -> bool:
    """Whether it stands where a thing does, and leads to no noun."""
    stems, at = reading.stems, mention.start - 1
    after = stems[mention.end] if mention.end < len(stems) and stems[mention.end] not in _ENDING else ","
    if after[0].isalnum() and after not in vocabulary.boundaries and after not in _GOING_ON:
        return False
    while at >= 0 and stems[at] in _EDIBLE | _FEW:
        at -= 1
    if not _EDIBLE.isdisjoint(stems[at + 1 : mention.start]) or _is_sweet(mention, reading):
        return True
    if after in _GOING_ON and _is_hue(mention.end + 1, reading, vocabulary):
        return False
    lead = stems[at] if at >= 0 else ","
    if after == "and" and not lead[0].isalnum() and _lies(mention.end + 1, reading):
        return True  # "lime and lemons beside it"
    if _is_one(mention, lead, stems):
        return True
    if lead in _BESIDE or (lead == "by" and stems[at - 1] in _BESIDE) or (lead == "to" and stems[at - 1] == "next"):
        return True
    if lead in ("and", ",") and at - 1 in _ended(reading, things):
        return lead == "and"
    return lead in ("with", "w") and _is_laid_with(at, reading)


def _is_seasoned(mention: Mention, reading: Reading) -> bool:
    """Whether a herb, a spice or nuts follow that have their own colour: "olive rosemary and bread"."""
    after = next((m for m in reading.mentions if m.start == mention.end), None)
    if after is None or after.term.role != "props" or reading.stems[after.end - 1] in _GREENERY:
        return False
    kind = after.term.params_in(_TABLES).get("props")
    return kind in _SEASONING or (kind == "leaves" and after.term.stand_in is not None)


def _is_sweet(mention: Mention, reading: Reading) -> bool:
    """Whether it is what a feast has: "Easter bunny chocolate"."""
    if reading.stems[mention.start] not in _SWEETS:
        return False
    return any(m.end == mention.start and m.term.season for m in reading.mentions)


def _is_one(mention: Mention, lead: str, stems: Sequence[str]) -> bool:
    """Whether it is one of its kind: "with a camel", "a lemon to the right"."""
    aside = stems[mention.end + 2 : mention.end + 3] if stems[mention.end + 1 : mention.end + 2] == ("the",) else ()
    one = not _ONE.isdisjoint(stems[mention.start - 1 : mention.start])
    return one and (lead in ("with", "and") or not SIDES.isdisjoint(aside))


def _is_hue(start: int, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether a colour that is no food's begins there, or a noun's: "with cream and gold", "peach and lilac trims"."""
    end = next((m.end for m in reading.mentions if m.start == start and m.term.kind == "colour"), 0)
    if end == 0 or reading.stems[start] not in vocabulary.company["eaten"]:
        return end > 0
    after = reading.stems[end : end + 1]
    return bool(after) and after[0][0].isalnum() and after[0] not in vocabulary.boundaries and after[0] not in _GOING_ON


def _lies(start: int, reading: Reading) -> bool:
    return any(m.start == start and m.term.role == "props" for m in reading.mentions)


def _ended(reading: Reading, things: dict[int, Term | None]) -> set[int]:
    """Where things end that stand beside the product."""
    return {m.end - 1 for m in reading.mentions if m.term.role == "props"} | things.keys()


def _is_laid_with(at: int, reading: Reading) -> bool:
    """Whether what the "with" there follows is the product, or what it stands on."""
    before = next((m for m in reversed(reading.mentions) if m.end <= at), None)
    unread = at - 1 in reading.unread
    return unread or (before is not None and before.end == at and before.term.role in _LAID)
