"""What is said of things, and not of the light: of "a vase on the left" and of "cold beer" the light says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import Term, Vocabulary

SIDES: Final = frozenset({"left", "right"})
"""Words for the sides of a picture."""
_SHINING: Final = frozenset({"from", "window", "lamp", "spot", "softbox", "shadow", "sun", "lit", "light", "lighting"})
"""What tells that a side beside it is the light's, beside words for light."""
_TEMPERATURES: Final = (("cold",), ("cool",), ("warm",), ("hot",))
_OF_PICTURES: Final = frozenset(
    {"atmosphere", "feel", "feeling", "mood", "tone", "vibe", "ambience", "ambiance", "look"}
)
"""What has a temperature of its light."""
_GRADES: Final = frozenset({"grade", "grading", "graded"})
"""What is done to a photo's colours when it is taken."""
_JOINING: Final = frozenset({"and", "color", "colour", "to", "split", "tone", "toned", "film", "cinematic"})
"""What stands between those and their colours."""
_SPLIT: Final = ("split",)
_BACKDROP: Final = "backdrop"
_HALVES, _REACH = ("half", "halve"), 4
"""Words for a part of a backdrop, and within how many words of one its two colours stand."""


def leave_sides(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt without sides that are those of things, or of an empty part of the picture.

    Those of two colours, the left one's first, and halves of two part the backdrop: "mustard on the left and teal on
    the right", "half pink, half orange".
    """
    reading = _part_colors(reading, vocabulary)
    owned = [mention for mention in reading.mentions if is_side(mention, reading) and not _is_lit(mention, reading)]
    owned += _crossing(reading, owned)
    return reading.without(owned) if owned else reading


def _part_colors(reading: Reading, vocabulary: Vocabulary) -> Reading:
    split = vocabulary.find(_SPLIT)
    if split is None:
        return reading
    split = replace(split, role=None)  # no noun that takes the one colour beside it
    halves = [index for index, stem in enumerate(reading.stems) if stem in _HALVES]
    if halves and (colors := _halved(reading, halves)):
        mentions = tuple(_of_halves(mention, colors[-1], split, reading) for mention in reading.mentions)
        met = Mention(term=split, start=halves[0], end=halves[0] + 1, negated=False)
        return reading.with_mentions(mentions).and_met([met])
    sides = [mention for mention in reading.mentions if is_side(mention, reading) and not _is_lit(mention, reading)]
    colors = [
        m
        for side in sides
        for m in reading.mentions
        if m.end in (side.start, side.start - 1) and m.term.kind == "colour"
    ]
    named = ["left" in reading.stems[side.start : side.end] for side in sides]
    if named != [True, False] or len(colors) != len(sides):
        return reading
    parted = tuple(mention.meaning(split) if mention in sides else mention for mention in reading.mentions)
    return reading.with_mentions(parted)


def _of_halves(mention: Mention, last: Mention, split: Term, reading: Reading) -> Mention:
    """A phrase beside halves: a half's side is the split's, and what the second one is of is no more that one's."""
    after = "".join(reading.stems[mention.end : mention.end + 1])
    if after in _HALVES and is_side(mention, reading):
        return mention.meaning(split)
    backs = mention.start == last.end and mention.term.role == _BACKDROP and mention.term.color is None
    return mention.meaning(replace(mention.term, role=None)) if backs else mention


def _halved(reading: Reading, halves: Sequence[int]) -> Sequence[Mention]:
    """The two colours that have a half each: "half pink, half orange", "red and yellow halves"; no "half circles"."""
    first, last = halves[0] - _REACH, halves[-1] + _REACH
    colors = [m for m in reading.mentions if first <= m.start < last and m.term.kind == "colour" and not m.negated]
    plural = [half for half in halves if reading.stems[half] == _HALVES[1]]
    beside = [m for m in colors if m.start - 1 in halves or m.end in plural]
    between = range(colors[0].end, colors[-1].start) if len(colors) == 2 and beside else None
    if between is None or any(m.start in between and not is_side(m, reading) for m in reading.mentions):
        return ()
    return colors


def _crossing(reading: Reading, owned: Sequence[Mention]) -> list[Mention]:
    """A second light from the other side, and its colour: "red light from the right and blue from the left"."""
    sides = [mention for mention in reading.mentions if is_side(mention, reading) and mention not in owned]
    named = [SIDES.intersection(reading.stems[side.start : side.end]) for side in sides]
    crossing = [side for side, name in zip(sides, named, strict=True) if name != named[0]]
    colors = [m for m in reading.mentions for side in crossing if m.end == side.start and m.term.kind == "colour"]
    return [*crossing, *colors]


def leave_temperatures(reading: Reading) -> Reading:
    """A prompt without "cold" and its like where they lead to a noun that is not known: "cold beer on the beach"."""
    unread = set(reading.unread)
    owned = [
        mention
        for mention in reading.mentions
        if reading.stems[mention.start : mention.end] in _TEMPERATURES
        and mention.end in unread
        and not is_participle(reading.stems[mention.end])
        and reading.stems[mention.end] not in _OF_PICTURES
    ]
    return reading.without(owned) if owned else reading


def leave_grades(reading: Reading) -> Reading:
    """A prompt without the colours of how its photo is developed: no wall is teal for a "teal and orange grade"."""
    graded = [index for index, stem in enumerate(reading.stems) if stem in _GRADES]
    owned = list[Mention]()
    for index in graded:
        for mention in reversed(reading.mentions):
            if mention.end <= index and set(reading.stems[mention.end : index]) <= _JOINING:
                owned += [mention] if mention.term.kind in ("colour", "tone") else []
                index = mention.start
    return reading.without(owned) if owned else reading


def is_side(mention: Mention, reading: Reading) -> bool:
    """Whether it says which side something is on, or comes from."""
    lit = mention.term.kind == "light" and "azimuth_deg" in mention.term.light
    return lit and not SIDES.isdisjoint(reading.stems[mention.start : mention.end])


def _is_lit(side: Mention, reading: Reading) -> bool:
    """Whether light is spoken of between the marks that it stands between."""
    marks = [index for index, stem in enumerate(reading.stems) if stem in (",", ".", ";", ":")]
    first = max((mark for mark in marks if mark < side.start), default=-1)
    last = min((mark for mark in marks if mark >= side.end), default=len(reading.stems))
    beside = [other for other in reading.mentions if other != side and first < other.start < last]
    shining = [other for other in beside if other.term.kind == "light" or other.term.role in ("light", "glow")]
    lights = any(not is_side(other, reading) for other in shining)
    alone = not beside and first < side.start and side.end == last and side.start == first + 1
    return lights or alone or not _SHINING.isdisjoint(reading.stems[first + 1 : last])
