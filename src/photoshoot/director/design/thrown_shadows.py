"""What shadows are of: the leaf in "the long shadow of a palm leaf" lies nowhere, its shadow falls on the set.

So do those that light falls through: "rays of sun through tall trees" are dappled, and no window's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Vocabulary
from photoshoot.sets.props import LARGE_LEAVES

_SHADOW: Final = "shadow"
_LEAF: Final = "leaf"
_FOLIAGE: Final = frozenset({"leaves", "palms", "pine", "grass", "eucalyptus"}) | LARGE_LEAVES
"""Props whose shadow is that of leaves."""
_OF: Final = ("of", "from", "by", "through")
_FALLING: Final = frozenset(
    {"cast", "casting", "thrown", "throwing", "throw", "falling", "fall", "made", "coming", "that"}
)
"""What may stand between a shadow and what throws it, on either side."""
_SILENT: Final = frozenset({"a", "an", "the", "some", "its", "single", "large", "big", "lone", "two", "few", *_FALLING})
_REACH = 4  # words between a shadow and what throws it
_ADJECTIVES: Final = ("long", "hard", "soft", "deep", "sharp", "strong", "crisp", "faint")
_APART = 3  # words that such a one is from its shadow, at most
_THROUGH: Final = frozenset({"through", "between", "among", "amongst"})
_LAMP, _SHAPE, _LEAVES = "light", "gobo", "leaves"
"""The role of light, the parameter of what it comes through, and its value for leaves."""


def join_shadows(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which leaves, windows and blinds that are named for their shadow alone are that shadow.

    Args:
        reading: The prompt.
        vocabulary: What is known; its phrases that end in "shadow" say what throws which.
    """
    reading = _filter_light(reading, vocabulary) if _THROUGH.intersection(reading.stems) else reading
    if _SHADOW not in reading.stems:
        return reading
    mentions, silent = list(reading.mentions), set[int]()
    for shadow in reading.mentions:
        if _SHADOW not in reading.stems[shadow.start : shadow.end] or shadow.negated:
            continue
        for thrower, between in _find_throwers(shadow, reading):
            term = _shadow_of(thrower, reading, vocabulary)
            if term is None or thrower not in mentions:  # two shadows may be of one leaf
                continue
            silent.update(between)
            kinds = _kinds_of(thrower, reading)
            mentions = [mention for mention in mentions if mention != thrower and mention not in kinds]
            shaped = _SHAPE in shadow.term.light
            if not shaped or (thrower.start >= shadow.end and shadow.term.light[_SHAPE] != term.light[_SHAPE]):
                mentions.append(replace(thrower, term=term, start=min(named.start for named in (thrower, *kinds))))
                plain = vocabulary.find((_SHADOW,)) if shaped else None
                mentions = [m.meaning(plain) if plain and m == shadow else m for m in mentions]  # of blinds
            else:
                silent.update(range(thrower.start, thrower.end))
        mentions += _described(shadow, reading, vocabulary)
    mentions.sort(key=lambda mention: mention.start)
    read = silent | {i for mention in mentions for i in range(mention.start, mention.end)}
    return replace(reading, mentions=tuple(mentions), unread=tuple(i for i in reading.unread if i not in read))


def _filter_light(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which beams that fall through trees or leaves are dappled; what they fall through lies nowhere."""
    meant, silent = dict[int, Term](), set[int]()
    for beam in reading.mentions:
        if beam.term.role != _LAMP or _SHAPE not in beam.term.light or beam.negated:
            continue
        found = _find_foliage(beam, reading, vocabulary)
        if found is not None:
            plant, dappled = found
            meant[beam.start] = replace(beam.term, params=dappled.params, light={**beam.term.light, _SHAPE: _LEAVES})
            silent.update(plant)
    if not meant:
        return reading
    kept = (m for m in reading.mentions if m.start not in silent)
    mentions = tuple(m.meaning(meant[m.start]) if m.start in meant else m for m in kept)
    return replace(reading, mentions=mentions, unread=tuple(i for i in reading.unread if i not in silent))


def _find_foliage(beam: Mention, reading: Reading, vocabulary: Vocabulary) -> tuple[range, Term] | None:
    """(its tokens, its shadow) of the first leaves or trees that a beam falls through, in its part of the prompt."""
    ends = {mention.end: mention for mention in reading.mentions}
    passed = False
    for index in range(beam.end, min(beam.end + 2 * _REACH, len(reading.stems))):
        stem = reading.stems[index]
        if stem in ",.;":
            break
        passed |= stem in _THROUGH
        plant = ends.get(index + 1)
        named = vocabulary.find((stem, _SHADOW)) if plant is None else _shadow_of(plant, reading, vocabulary)
        if passed and named is not None and named.light.get(_SHAPE) == _LEAVES:
            return range(index if plant is None else plant.start, index + 1), named
    return None


def _find_throwers(shadow: Mention, reading: Reading) -> Iterator[tuple[Mention, range]]:
    """What may throw a shadow, and the words between: behind "of", before "casting", or before or after at once."""
    for mention in reading.mentions:
        between = range(shadow.end, mention.start) if mention.start >= shadow.end else range(mention.end, shadow.start)
        stems = reading.stems[between.start : between.stop]
        after = mention.start >= shadow.end
        if mention == shadow or mention.negated or len(stems) > _REACH or any(stem in ",.;" for stem in stems):
            continue
        kinds = {i for kind in _kinds_of(mention, reading) for i in range(kind.start, kind.end)} if after else set()
        quiet = {i for i in between if reading.stems[i] in _SILENT or _is_told(i, reading)} | kinds
        joined = [reading.stems[i] for i in between if i not in quiet]
        said = after and len(joined) == 1 and joined[0] in _OF
        thrown = bool(_FALLING.intersection(stems)) or (not stems and (after or _SHAPE in shadow.term.light))
        if said or (thrown and not joined):
            yield mention, between


def _kinds_of(thrower: Mention, reading: Reading) -> list[Mention]:
    """Plants named directly before what throws a shadow, whose kind they are: the fig of "fig leaves"."""
    kinds, start = list[Mention](), thrower.start
    while before := [mention for mention in reading.mentions if mention.end == start and mention.term.role == "props"]:
        kinds += before
        start = before[0].start
    return kinds


def _is_told(index: int, reading: Reading) -> bool:
    """Whether a word between a shadow and what throws it is not known, or tells how it is: it parts them no more."""
    return index in reading.unread or any(
        mention.start <= index < mention.end and mention.term.votes == {} and mention.term.role is None
        for mention in reading.mentions
    )


def _shadow_of(thrower: Mention, reading: Reading, vocabulary: Vocabulary) -> Term | None:
    """The phrase for its shadow; None where its shadow has no shape that a light can throw."""
    named = vocabulary.find((reading.stems[thrower.end - 1], _SHADOW))
    props = (values.get("props") for values in thrower.term.params.values())
    if named is None and any(isinstance(value, str) and value in _FOLIAGE for value in props):
        named = vocabulary.find((_LEAF, _SHADOW))
    return named if named is not None and _SHAPE in named.light else None


def _described(shadow: Mention, reading: Reading, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Words that say how a shadow is, where others part them from it: "a long afternoon shadow"."""
    for index in range(max(0, shadow.start - _APART), shadow.start - 1):
        stem = reading.stems[index]
        term = vocabulary.find((stem, _SHADOW)) if stem in _ADJECTIVES else None
        free = not any(mention.start <= index < mention.end for mention in reading.mentions)
        if term is not None and free:
            yield Mention(term=term, start=index, end=index + 1, negated=False)
