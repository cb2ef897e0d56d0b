"""The product that an English prompt begins with, by what is sold: "ceramic planter, black background"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import is_paper, is_wall
from photoshoot.director.phrases.product_words import find_opening, names_where
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.senses.product_leading import says_how_held
from photoshoot.director.words.vocabulary import Vocabulary

_STUFF: Final = frozenset({"place", "props", "material", "colour"})
"""Kinds of phrases that say what a product is of, for, or shaped like."""
_THINGS: Final = _STUFF - {"colour"}
_WALLS, _UNHELD = ("wall", "door"), ("floating",)
"""What things hang on, and the phrase of what hangs by nothing that is seen."""
_HUNG: Final = 3.0  # vote for a wall of what hangs on one
_CUPS: Final = frozenset({"cup", "mug", "glass"})
"""What is sold with a drink in it, which it is named after: "a mug of coffee on oak"."""
_SIDES: Final = frozenset({"with", "w", "next", "beside", "near", "by", "behind", "alongside", "opposite"})
"""What also leads from a thing to the product that it is beside, or holds: "a vase with tulips"."""


def leave_goods(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt without what its product is of and for, where that is what is sold and the rest says where it is.

    "Marble clock, black background" is on no marble, "rain jacket in a forest" in no rain, "a bar of dark chocolate on
    linen" in no bar, and coffee lies beside a tin of it. What the studio shows by itself stays where it is one of a
    list or several: "lamp, linen, sun", "candles on linen". Seasons stay. A clock or a painting on a wall hangs there.
    """
    span = _find_goods(reading, vocabulary)
    packed = bool(span) and reading.stems[span.start] in vocabulary.company["packs"]
    kinds = _STUFF - {"props"} if packed else _STUFF
    owned = [m for m in reading.mentions if m.start in span and m.end <= span.stop and _is_of(m, span.stop, kinds)]
    rest = [m for m in reading.mentions if m.start >= span.stop]
    if (hung := _find_hung(reading, span, vocabulary)) is not None:
        return reading.without(owned).and_met([hung])
    if not owned:
        return reading
    jar = not packed and reading.stems[span.stop - 1] in vocabulary.company["packs"]  # "cosmetic jar, black stone"
    led = (jar or _is_led(reading, span.stop)) and any(m.term.kind in _THINGS and not m.term.season for m in rest)
    told = led or (any(map(_says_where, rest)) and all(map(_is_behind, rest)))
    return reading.without(owned) if told else reading


def _find_goods(reading: Reading, vocabulary: Vocabulary) -> range:
    """Tokens of the product that a prompt begins with; none where that is not for sale."""
    stems, company = reading.stems, vocabulary.company
    first = find_opening(reading, vocabulary)
    marks = (i for i in range(first, len(stems)) if not stems[i][0].isalnum() or stems[i] in vocabulary.boundaries)
    end = last = next(marks, len(stems))
    silent = (vocabulary.ignored | company["posed"]) - company["goods"]  # a can, which is also a verb
    while last > first and stems[last - 1] in silent and not _is_of_two(stems, last, vocabulary):
        last -= 1
    of = [i for i in range(first + 1, last) if stems[i] == "of"]
    packed = [i - 1 for i in of if stems[i - 1] in company["packs"]]
    filled = packed or [i - 1 for i in of if stems[i - 1] in _CUPS]
    start = filled[0] if filled else of[-1] + 1 if of else first
    sold = filled or _is_of_two(stems, last, vocabulary) or (last > first and stems[last - 1] in company["goods"])
    if end == len(stems) or not sold:
        return range(0)
    one = reading.words[last - 1].lower() == stems[last - 1] or _is_of_two(stems, last, vocabulary)
    one = one or bool(filled) or last - 1 in reading.unread
    return range(start, last) if one else range(0)


def _find_hung(reading: Reading, span: range, vocabulary: Vocabulary) -> Mention | None:
    """A product that hangs on the wall or the door that an "on" leads to, as what hangs there; None for others."""
    stems = reading.stems
    if not span or stems[span.stop - 1] not in vocabulary.company["hung_goods"] or "on" not in stems[span.stop :]:
        return None
    on = stems.index("on", span.stop)
    ends = (i for i in range(on + 1, len(stems)) if not stems[i][0].isalnum() or stems[i] in vocabulary.boundaries)
    walled = stems[next(ends, len(stems)) - 1] in _WALLS
    term = vocabulary.find(_UNHELD) if walled else None
    if term is None:
        return None
    hung = replace(term, votes=dict.fromkeys(term.votes, _HUNG), everywhere={})
    return Mention(term=hung, start=span.stop - 1, end=span.stop, negated=False)


def _is_of_two(stems: Sequence[str], end: int, vocabulary: Vocabulary) -> bool:
    return " ".join(stems[max(end - 2, 0) : end]) in vocabulary.company["goods_of_two"]


def _is_of(mention: Mention, end: int, kinds: frozenset[str]) -> bool:
    last = mention.end == end
    held = says_how_held(mention.term) and not last  # "floating headphones", and no pool float
    told = mention.term.kind in kinds and not held
    told |= last and mention.term.kind not in _STUFF  # "moon lamp", "string lights"
    return told and not mention.negated and not mention.term.season


def _is_led(reading: Reading, end: int) -> bool:
    """Whether what comes there says where a thing is, or that thing is not known."""
    after = reading.stems[end]
    return end - 1 in reading.unread or (after[0].isalnum() and after not in _SIDES)


def _says_where(mention: Mention) -> bool:
    return names_where(mention) or mention.term.role == "backdrop"


def _is_behind(mention: Mention) -> bool:
    """Whether it names no more than light, colour and a plain backdrop."""
    return mention.term.kind in ("colour", "tone", "light") or is_paper(mention.term) or is_wall(mention.term)
