"""Light of two colours: two lamps with a gel each, which no one lamp of a set shows.

"Pink and blue lights", "pink light from the left, blue light from the right", "split lighting, pink and blue".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.color.styling import is_dark
from photoshoot.director.phrases.reading import Mention, Reading, is_toning
from photoshoot.director.phrases.sides import is_side
from photoshoot.director.words.vocabulary import Term, Vocabulary

_GELS: Final = ("gel", "lighting")
"""The phrase of lamps with coloured gels."""
LIT_BY_GELS: Final = "neon_room"
"""The set of two lamps that are to be seen on its wall."""
_VOTE: Final = 2.4
"""What lamps that are called no gels speak for their set with: less than any place."""
_BEFORE_PAPER: Final = 0.5
"""Likewise, where a backdrop of another colour than black is named, which the lamps light."""
_VIVID: Final = 0.08
"""OKLab chroma from which on a colour is a gel's."""
_TURNED: Final = 0.1
"""The most that a tone may change a gel's lightness: "warm orange"."""
_BETWEEN: Final = frozenset({"and", ",", "in", "is", "from", "one", "other", "side"})
"""What may stand between a lamp, its colours and their sides."""
_FACING: Final = 4
"""Words from the second of two lamps' colours to its side: "pink light on one side, cyan on the other"."""
_ON, _OTHER = "on", "other"
_FILL: Final = "fill"
"""What a second lamp is called by itself: "a red rim light and blue fill"."""
_LIT: Final = "lit"
_LAMP: Final = "lamp"


def cross_lights(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose light of two colours is of two lamps, their sides told by their colours."""
    dyed = [m for m in reading.mentions if m.term.color is not None]
    if len(dyed) < 2 or (_LIT not in reading.stems and not any(map(_is_lamp, reading.mentions))):
        return reading
    gels = vocabulary.find(_GELS)
    colors = [m for m in dyed if _is_vivid(m) and not _is_toned(m, reading)]
    if gels is None:
        return reading
    between = (_BETWEEN | vocabulary.ignored) - {_ON}
    for first, second in pairwise(colors):
        facing = _OTHER in reading.stems[second.end : second.end + _FACING]
        lamps = _find_lamps(first, second, reading, between | {_ON} if facing else between)
        if first.term.color != second.term.color and lamps:
            return _with_gels(_call_fill(reading, second), lamps, (first, second), gels)
    return reading


def _is_vivid(mention: Mention) -> bool:
    if mention.term.kind != "colour" or mention.term.color is None or mention.negated:
        return False
    return float(np.hypot(*hex_to_oklab(mention.term.color)[1:])) >= _VIVID


def _is_toned(mention: Mention, reading: Reading) -> bool:
    """Whether a word makes it paler or darker than a gel; one that warms or cools it does not."""
    leading = (m for m in reading.mentions if m.end == mention.start and is_toning(m, reading.mentions))
    return any(m.term.tone is not None and m.term.tone.amount > _TURNED for m in leading)


def _find_lamps(first: Mention, second: Mention, reading: Reading, between: Collection[str]) -> list[Mention]:
    """The lamps, and sides of lamps, that two colours are said of and nothing else; none where they are of others."""
    around = _around(first, second, reading, between)
    run = [m for m in around if m not in (first, second) and not is_toning(m, reading.mentions)]
    lamps = [m for m in run if _shines(m, reading)]
    lit = _LIT in reading.stems[max(first.start - 2, 0) : first.start]
    named = any(not is_side(m, reading) for m in lamps)
    parted = any(first.end <= m.start < second.start for m in lamps)
    after = any(m.start >= second.end for m in lamps) or _ON in between or _is_fill(second, reading)  # the other's
    return lamps if len(lamps) == len(run) and (named or lit) and (after or not parted) else []


def _is_fill(color: Mention, reading: Reading) -> bool:
    return reading.words[color.end : color.end + 1] == (_FILL,)


def _call_fill(reading: Reading, color: Mention) -> Reading:
    """A prompt in which what the second lamp is called is a part of its colour's phrase."""
    if not _is_fill(color, reading):
        return reading
    return reading.with_mentions(replace(m, end=m.end + 1) if m is color else m for m in reading.mentions)


def _around(first: Mention, second: Mention, reading: Reading, between: Collection[str]) -> Sequence[Mention]:
    """The phrases between two colours, and those right before and right after them; none where other words are."""
    starts = {m.start: m for m in reading.mentions}
    ends = {m.end: m for m in reading.mentions}
    index, found = first.start, list[Mention]()
    while index < second.end or index in starts or index + 1 in starts:
        if index in starts:
            if index > second.start and not _shines(starts[index], reading):
                break
            found.append(starts[index])
            index = starts[index].end
        elif reading.stems[index] in between and (index < second.start or reading.stems[index] != ","):
            index += 1
        else:
            break
    if index < second.end:
        return []
    index = first.start
    while index and index not in ends and reading.stems[index - 1] in between:
        index -= 1
    before = ends.get(index)
    return [before, *found] if before is not None and _is_lamp(before) and not is_side(before, reading) else found


def _shines(mention: Mention, reading: Reading) -> bool:
    """Whether it is a lamp; one that may be a thing is, where something is lit: "lit by red and blue lamps"."""
    thing = _LIT in reading.stems and reading.stems[mention.end - 1] == _LAMP and mention.end == mention.start + 1
    return _is_lamp(mention) or (thing and not mention.negated)


def _is_lamp(mention: Mention) -> bool:
    """Whether it is light that comes from no place: neither a sunset's nor that of candles."""
    term = mention.term
    lamp = term.kind == "light" or term.role == "light"
    return lamp and not mention.negated and (not term.votes or LIT_BY_GELS in term.votes)


def _has_paper(reading: Reading) -> bool:
    """Whether a backdrop has a colour that is not the dark between lamps."""
    papers = {m.start for m in reading.mentions if m.term.role == "backdrop" and not m.negated}
    hues = (m.term.color for m in reading.mentions if m.end in papers and m.term.kind == "colour")
    return any(hue is not None and not is_dark(hue) for hue in hues)


def _with_gels(reading: Reading, lamps: Sequence[Mention], colors: Sequence[Mention], gels: Term) -> Reading:
    """A prompt in which one of the lamps speaks for their set, and the first of two sides is the first colour's."""
    sides = [m for m in lamps if is_side(m, reading)]
    named = [m for m in lamps if m not in sides] or lamps[:1]
    terms = {m.start: Term(role="light") for m in lamps if m in sides or not _is_lamp(m)}
    if len(sides) == len({reading.stems[m.start : m.end] for m in sides}) == 2:
        terms[sides[0].start] = replace(sides[0].term, role="light")
    if not any(LIT_BY_GELS in m.term.votes for m in lamps):
        vote = _BEFORE_PAPER if _has_paper(reading) else _VOTE
        terms[named[0].start] = replace(gels, votes={LIT_BY_GELS: vote}, light=terms.get(named[0].start, gels).light)
    mentions = (m.meaning(terms.get(m.start, m.term)) for m in reading.mentions)
    led = [c for c in colors if reading.stems[c.start - 1 : c.start] == ("in",)]  # "lit from one side in red"
    beside = [replace(c, start=c.start - 1, end=c.start, term=Term(role="light")) for c in led]
    return reading.with_mentions(mentions).and_met(beside)
