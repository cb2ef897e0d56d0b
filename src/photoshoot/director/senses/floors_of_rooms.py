"""Floors: a checkered kitchen floor is a checkered floor in a kitchen, and tiles that are stood on are one, too."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.rooms_behind import is_patterned_floor
from photoshoot.director.senses.company import Company, Fate
from photoshoot.director.words.vocabulary import Term, Vocabulary

_FLOOR, _SURFACE, _IN = "floor", "surface", "in"
_TILED, _PATTERNED = ("tiled", "table"), ("mosaic", "table")
"""Phrases whose meaning tiles get that the product stands on, and of which no floor is known."""
_LONGEST: Final = 3  # words of a pattern: "penny round tile"


def lay_floors(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which what is told of a room's floor before the room is that floor, in the room."""
    if _FLOOR not in reading.stems:
        return reading
    for room in reading.mentions:
        floor = _laid_before(room, reading, vocabulary)
        if floor is not None:
            reading = _apart(reading, floor, room)
    return reading


def _apart(reading: Reading, floor: Mention, room: Mention) -> Reading:
    """A prompt whose "floor" is before its room, as the "in" that leads there."""
    at, end = room.start, room.end
    words = (*reading.words[:at], reading.words[end], *reading.words[at:end], *reading.words[end + 1 :])
    stems = (*reading.stems[:at], _IN, *reading.stems[at:end], *reading.stems[end + 1 :])
    taken = {*range(floor.start, at), end}
    others = [m for m in reading.mentions if m is not room and taken.isdisjoint(range(m.start, m.end))]
    mentions = sorted([*others, floor, replace(room, start=at + 1, end=end + 1)], key=lambda m: m.start)
    unread = tuple(token for token in reading.unread if token not in taken)
    return replace(reading, words=words, stems=stems, mentions=tuple(mentions), unread=unread)


def _laid_before(room: Mention, reading: Reading, vocabulary: Vocabulary) -> Mention | None:
    """The floor that words right before a room tell of, where "floor" follows it."""
    if room.term.kind != "place" or room.negated or reading.stems[room.end : room.end + 1] != (_FLOOR,):
        return None
    for start in range(max(room.start - _LONGEST, 0), room.start):
        term = _floor_of(reading.stems[start : room.start], vocabulary)
        if term is not None:
            return Mention(term=term, start=start, end=room.start, negated=False)
    return None


def _floor_of(stems: tuple[str, ...], vocabulary: Vocabulary) -> Term | None:
    """The floor in a pattern that words are told of: of "hexagon tile" a floor of those."""
    term = vocabulary.find((*stems, _FLOOR))
    return term if term is not None and is_patterned_floor(term) else None


def of_tiles(company: Company, mention: Mention) -> Fate | None:
    """Tiles that the product stands on are a floor's or a table's, and no wall's."""
    tiles = mention.term.role == "backdrop" and company.has(mention.end - 1, "tile")
    if not tiles or mention.negated or company.is_indoors or not company.is_on(mention):
        return None
    floor = _floor_of(company.reading.stems[mention.start : mention.end], company.vocabulary)
    if floor is not None:
        return Fate(kept=(mention.meaning(replace(floor, role=_SURFACE)),))
    patterned = any(company.has(token, "patterned") for token in range(mention.start, mention.end))
    term = company.vocabulary.find(_PATTERNED if patterned else _TILED)
    if term is not None and mention.term.color is not None:  # bricks have a colour of their own
        term = replace(term, color=mention.term.color, stand_in="tiles")
    return None if term is None else Fate(kept=(mention.meaning(term),))
