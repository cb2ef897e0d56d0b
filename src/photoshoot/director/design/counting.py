"""How many of a thing a prompt asks for: "two white candles", "a single rose", "a couple of lemons", "a pumpkin"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from photoshoot.director.design.things_beside import params_of, part_of_things
from photoshoot.director.phrases.reading import NOUN, Mention, Reading
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import Term, Values, Vocabulary
from photoshoot.sets import SETS, SetDesign, set_name
from photoshoot.sets.strewn import COUNTED, HeldSet

_NUMBERS: Final = MappingProxyType(
    {"one": 1, "single": 1, "lone": 1, "solitary": 1, "1": 1, "two": 2, "couple": 2, "pair": 2, "2": 2}
    | {"three": 3, "trio": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
)
"""Stem → the number that it is."""
_ARTICLES: Final = MappingProxyType({"a": 1, "an": 1})
_PIECES: Final = frozenset(
    {"half", "halve", "leaf", "leave", "peel", "pepper", "petal", "slice", "sliced", "wedge", "zest", "of"}
    | {"bouquet", "bunch", "bundle", "arrangement", "pile", "heap", "garland", "shop", "market", "stall", "stand"}
)
"""What makes a thing a part or a heap of it, or is of two kinds: one slice of lemon is no lemon."""
_SET_OF: Final = frozenset({"couple", "pair", "trio"})
_OF_PLATFORMS: Final = "podium"
_DESCRIBING: Final = frozenset({"colour", "season", "tone"})
_AIR, _VASES, _FLOWERS = "air", "vases", frozenset({"daisies", "flowers", "tulips"})
"""The parameter of what hangs, and what holds flowers: neither is counted."""
_PUMPKINS: Final = frozenset({"autumn", "halloween"})
"""Kinds of which each has pumpkins: beside each other there are more than were counted."""
_REACH: Final = 4  # words between a number and its thing
_SEVERAL: Final = frozenset({stem for stem, number in _NUMBERS.items() if number > 1} | {"several", "multiple", "few"})
"""What says that there is more than one of a platform."""
_STOOD_ON: Final = "surface"
_STEPS, _STEPPED = ("different", "height"), "one platform of several steps"
"""The phrase of platforms of several heights, and what several are shown as."""


def count_things(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose things know how many of them are asked for; numbers are told until a design has so many."""
    reading = _step_platforms(_without_couples(reading), vocabulary)
    if _NUMBERS.keys().isdisjoint(reading.stems) and _ARTICLES.keys().isdisjoint(reading.stems):
        return reading
    things = {m.start for m in reading.mentions if m.term.role == "props"}
    leading = [m for m in reading.mentions if m.term.kind in _DESCRIBING or m.end in things]  # "a brass candle"
    described = {i for m in leading if not m.negated and m.start not in things for i in range(m.start, m.end)}
    taken = {i for m in reading.mentions for i in range(m.start, m.end)} - described
    ends = vocabulary.boundaries | {"and", "or"}
    mentions = tuple(
        _counted(m, reading, taken, ends) if m.term.role == "props" and not m.negated else m for m in reading.mentions
    )
    numbers = {mention.number for mention in mentions if mention.number is not None}
    return replace(reading, mentions=mentions, unread=tuple(sorted(numbers.union(reading.unread))))


def _step_platforms(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose several platforms are one of several steps, on the highest of which the product is."""
    steps = vocabulary.find(_STEPS)
    if steps is None or _SEVERAL.isdisjoint(reading.stems):
        return reading
    leading = {i for m in reading.mentions if m.term.kind in (*_DESCRIBING, "material") for i in range(m.start, m.end)}
    passed = {*reading.unread, *(i for i, stem in enumerate(reading.stems) if stem == "of")}
    met = list[Mention]()
    for mention in reading.mentions:
        at = mention.start - 1
        while at in leading or (at in passed and reading.stems[at] not in _SEVERAL):
            at -= 1
        standing = mention.term.votes.get(_OF_PLATFORMS, 0.0) >= NOUN and mention.term.role == _STOOD_ON  # no arches
        standing = standing and reading.stems[mention.end - 1] not in vocabulary.company["column"]
        if at >= 0 and reading.stems[at] in _SEVERAL and standing:
            term = replace(steps, stand_in=_STEPPED)
            met += [] if mention.negated else [Mention(term=term, start=at, end=at + 1, negated=False)]
    return reading.and_met(met) if met else reading


def _without_couples(reading: Reading) -> Reading:
    """A prompt whose "a couple of" is a number, and nobody."""
    stems = reading.stems
    couples = [m for m in reading.mentions if stems[m.start] in _SET_OF and stems[m.start + 1 : m.end + 1] == ("of",)]
    return reading.without(couples) if couples else reading


def _counted(mention: Mention, reading: Reading, taken: Collection[int], ends: Collection[str]) -> Mention:
    stems, at = reading.stems, mention.start - 1
    whole = _PIECES.isdisjoint(stems[mention.start : mention.end + 1]) and not _leads(mention, reading, ends)
    while at >= max(0, mention.start - _REACH) and at not in taken:
        stem = stems[at]
        if stem == "of" and at and stems[at - 1] in _SET_OF:
            at -= 1
            continue
        if stem in _NUMBERS:
            return replace(_laid(mention) if whole else mention, count=_NUMBERS[stem] if whole else 0, number=at)
        if stem in _ARTICLES:
            one = reading.words[mention.end - 1].lower() == stems[mention.end - 1] and not mention.term.season and whole
            return replace(_laid(mention), count=_ARTICLES[stem]) if one else mention
        if stem in ends or stem == "of" or not stem[0].isalnum():
            break
        at -= 1
    return mention


def _laid(mention: Mention) -> Mention:
    """A counted thing, which lies or stands there where others of its kind would hang: what hangs is not counted."""
    params = mention.term.params
    hung = {name: values[_AIR] for name, values in params.items() if values.get(_AIR) in COUNTED}
    if not hung or mention.term.season:
        return mention
    lain = {name: {"props": hung[name]} if name in hung else values for name, values in params.items()}
    return mention.meaning(replace(mention.term, params=lain))


def _leads(mention: Mention, reading: Reading, ends: Collection[str]) -> bool:
    """Whether a thing only says what kind the noun after it is of: a pebble beach has more than one."""
    after = reading.stems[mention.end : mention.end + 1]
    one = reading.words[mention.end - 1].lower() == reading.stems[mention.end - 1]
    if not (after and one) or not after[0][0].isalnum() or after[0] in ends or is_participle(after[0]):
        return False
    return mention.end in reading.unread or any(other.start == mention.end for other in reading.mentions)


def numbers_of(mentions: Sequence[Mention], data: Values, name: str) -> dict[str, Any]:
    """How many of each kind of things of ``data`` lie beside the product in the set ``name``; empty without a number.

    What two phrases are shown by, or what is more than the set can count, is as many as suit the picture.
    """
    if not any(mention.count for mention in mentions) or not issubclass(SETS[name], HeldSet):
        return {}
    part = part_of_things(name)
    kinds = (data.get(part, "none"), *data.get("also", ()))
    stood = _PUMPKINS if {*kinds} >= _PUMPKINS else _FLOWERS if _VASES in kinds else frozenset()
    asked: dict[str, list[int]] = {kind: [] for kind in kinds}
    for mention in mentions:
        params = params_of(mention, name)
        kind = params.get(part)
        if (
            kind in asked
            and kind not in stood
            and data.get(_AIR) != kind
            and mention.term.role == "props"
            and (mention.count or not mention.term.season)
            and not mention.negated
        ):
            asked[kind].append(mention.count)
    counts = tuple(
        numbers[0] if len(numbers) == 1 and numbers[0] <= COUNTED.get(kind, 0) else 0 for kind, numbers in asked.items()
    )
    return {"counts": list(counts)} if any(counts) else {}


def met_numbers(mentions: Sequence[Mention], design: SetDesign) -> list[Mention]:
    """The numbers of phrases that a design shows and that it has so many of, as phrases of their own."""
    if not isinstance(design, HeldSet) or not design.counts:
        return []
    name = set_name(design)
    part = part_of_things(name)
    met = dict(zip((getattr(design, part), *design.also), design.counts, strict=False))
    return [
        Mention(term=Term(), start=mention.number, end=mention.number + 1, negated=False)
        for mention in mentions
        if mention.number is not None
        and mention.count
        and mention.count == met.get(params_of(mention, name).get(part), 0)
    ]
