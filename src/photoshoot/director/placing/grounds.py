"""Grounds of an English prompt: sand by the sea, a beach without one, and snow and gravel that are stood on."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Vocabulary

_SAND, _SANDY, _SEA = "sand", ("sandy",), ("sea",)
"""The word that is a colour and a ground, the phrase whose meaning it gets as a ground, and that of water beside it."""
_SHORES: Final = frozenset({"sand", "sandy", "beach"})
_REAL: Final = "location"
_SNOW = ("outdoor_ground", 6.5, {"ground": "snow", "ground_color": "#eef1f5"})
_GRAVEL = ("rocks", 5.0, {"ground": "pebbles", "ground_color": "#b9b4aa"})
_LAID: Final = MappingProxyType({"snow": _SNOW} | dict.fromkeys(("gravel", "pebbles", "stones"), _GRAVEL))
"""Last word of what lies on the ground → (the set that has it in a real place, its vote, its parameters there)."""
_STEMS: Final = frozenset({"snow", "gravel", "pebble", "pebbles", "stone", "stones"})
_STONE, _STONES, _PEBBLES = "stone", "stones", ("pebble",)
_OF_TABLES: Final = 2.0
"""The word of a material and of things, as those are called, and the least vote of a table, or of what one is of."""
_DRY: Final = "dunes"
"""The set of sand with no sea."""
_OPEN: Final = frozenset({"beach", _DRY, "water"})
_WATER, _LANDS = "water", frozenset({"ground", "water", "sky"})
_FACES: Final = frozenset({"surface", "floor", "backdrop"})
"""Roles of tables, platforms and walls."""
_NAMED: Final = 1.2
"""The least vote of what is found at a shore for one."""
_GOING_ON, _IS = ("and", "or"), ("is", "are")
_PALETTE: Final = frozenset({"color", "colour", "tone", "hue", "shade", "palette"})


def read_grounds(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose sand, snow and gravel are what the product stands on, where it says so.

    Sand is a ground beside a shore or a sky, and beside it water is the sea's: of "sand, palm trees, blue sky" no sky
    has its colour, but "sand and white walls" are of two colours. A beach that has no sea is dry.
    """
    return _lay_out_of_doors(_lay_beside(_read_shores(reading, vocabulary), vocabulary))


def _read_shores(reading: Reading, vocabulary: Vocabulary) -> Reading:
    denied = [m for m in reading.mentions if m.negated]
    if not denied and _SHORES.isdisjoint(reading.stems):
        return reading
    sandy, sea = vocabulary.find(_SANDY), vocabulary.find(_SEA)
    if sandy is None or sea is None or _OPEN.isdisjoint(name for m in reading.mentions for name in m.term.votes):
        return reading
    dry = any(m.term.role == _WATER for m in denied)
    stood_on = any(m.term.role in _FACES and m.term.kind != "colour" for m in reading.mentions)  # sand lies on a table
    open_air = not stood_on and any(_is_open(m.term) for m in reading.mentions)
    shore = open_air and _PALETTE.isdisjoint(reading.stems)
    sands = {m.start for m in reading.mentions if shore and _is_sand(m, reading, vocabulary) and not m.negated}
    beaches = {m.start for m in reading.mentions if _is_beach(m.term) and not m.negated}

    def read(mention: Mention) -> Mention:
        if mention.start in sands:
            return mention.meaning(_dried(sandy) if dry else sandy)
        if mention.start in beaches and dry:
            return mention.meaning(_dried(mention.term))
        bare = reading.stems[mention.start : mention.end] == (_WATER,) and sands | beaches and not mention.negated
        held = reading.stems[mention.start - 1 : mention.start] == ("of",)  # a jug of water
        return mention.meaning(replace(mention.term, votes=sea.votes)) if bare and not held else mention

    return reading.with_mentions(map(read, reading.mentions))


def _lay_beside(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose stones lie beside the product where that is on a table of something: "on oak, stones around"."""
    pebbles = vocabulary.find(_PEBBLES) if _STONE in reading.stems else None
    if pebbles is None:
        return reading
    stones = {m.start for m in reading.mentions if reading.words[m.end - 1].lower() == _STONES and m.end == m.start + 1}
    on = any(_is_table(m.term) and not m.negated and m.start not in stones for m in reading.mentions)
    stones -= {start for start in stones if reading.stems[start - 1 : start] in (("on",), ("of",))}
    lying = (m.meaning(pebbles) if on and m.start in stones else m for m in reading.mentions)
    return reading.with_mentions(lying)


def _is_table(term: Term) -> bool:
    return term.role == "surface" and any(term.votes.get(name, 0.0) >= _OF_TABLES for name in ("tabletop", "podium"))


def _lay_out_of_doors(reading: Reading) -> Reading:
    """A prompt whose snow or gravel in a park or a street is what the product stands on there: no table has it."""
    if _STEMS.isdisjoint(reading.stems):
        return reading
    words = reading.words
    grounds = {m.start: laid for m in reading.mentions if (laid := _LAID.get(words[m.end - 1].lower())) is not None}
    if not grounds:
        return reading
    asked = [m for m in reading.mentions if not m.negated and m.start not in grounds]
    tables = [m for m in asked if m.term.role in ("surface", "floor") and "place" not in m.term.params.get(_REAL, ())]

    def lay(mention: Mention) -> Mention:
        laid = grounds.get(mention.start)
        if laid is None or mention.negated or tables or not _leads_on(mention, reading):
            return mention
        name, vote, values = laid
        if not any("place" in m.term.params.get(name, ()) and _is_at(mention, m, reading) for m in asked):
            return mention
        term = replace(mention.term, votes={name: vote}, params={name: values}, role="ground", stand_in=None)
        return mention.meaning(term)

    return reading.with_mentions(map(lay, reading.mentions))


def _leads_on(mention: Mention, reading: Reading) -> bool:
    """Whether an "on" or "in" leads to it, with no more than a colour between."""
    colors = {m.end: m.start for m in reading.mentions if m.term.kind == "colour"}
    at = colors.get(mention.start, mention.start) - 1
    at -= reading.stems[at] in ("the", "fresh", "deep")
    return at >= 0 and reading.stems[at] in ("on", "in")


def _is_at(ground: Mention, place: Mention, reading: Reading) -> bool:
    """Whether an "in" right after the ground leads to a place, which leads to no word that is not known."""
    between = [stem for stem in reading.stems[ground.end : place.start] if stem not in ("a", "an", "the")]
    return between == ["in"] and place.end not in reading.unread


def _is_open(term: Term) -> bool:
    votes = max((vote for name, vote in term.votes.items() if name in _OPEN), default=0.0)
    return votes >= _NAMED or (term.role in _LANDS and votes > 0)


def _is_beach(term: Term) -> bool:
    return term.role == "ground" and {"beach", _DRY} <= term.votes.keys()


def _dried(term: Term) -> Term:
    """A beach as sand without a sea."""
    return replace(term, votes={_DRY: max(term.votes.values())})


def _is_sand(mention: Mention, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether it is the sand itself: neither said of a noun nor one of a list of colours."""
    stems = reading.stems
    if stems[mention.start : mention.end] != (_SAND,) or mention.term.kind != "colour":
        return False
    ends = vocabulary.boundaries | {*_GOING_ON, *_IS}
    after = stems[mention.end] if mention.end < len(stems) else "."
    if after[0].isalnum() and after not in ends:
        return False
    return not any(_joins(mention, other, stems) for other in reading.mentions if other.term.kind == "colour")


def _joins(mention: Mention, color: Mention, stems: tuple[str, ...]) -> bool:
    """Whether an "and" alone, or nothing, is between it and another colour."""
    first, second = sorted((mention, color), key=lambda m: m.start)
    return mention is not color and stems[first.end : second.start] in ((), *((word,) for word in _GOING_ON))
