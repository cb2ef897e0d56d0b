"""Walls of flowers or leaves, whatever colour they have: "a wall of pink roses" has no roses before it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.reading import Reading
from photoshoot.director.words.vocabulary import Vocabulary
from photoshoot.sets.props import LARGE_LEAVES

WALL: Final = "wall"
"""The stem without which there is none."""
_OF: Final = ("of",)
_SAID_BETWEEN: Final = ("colour", "tone")
"""Kinds of phrases that say what flowers are like."""
_GROWN: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **dict.fromkeys(("flowers", "tulips", "daisies", "petals"), ("flower", "wall")),
        **dict.fromkeys({"leaves"} | LARGE_LEAVES, ("leaf", "wall")),
    }
)
"""Kind of things beside a product → the phrase of the wall that they grow on."""


def grow_walls(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which flowers that a wall is said to be of are that wall."""
    starts = {mention.start: mention for mention in reading.mentions}
    for wall in reading.mentions:
        if reading.stems[wall.end - 1] != WALL or wall.end >= len(reading.stems):
            continue
        index = wall.end + 1 if reading.stems[wall.end] in _OF else -1
        while index in starts and starts[index].term.kind in _SAID_BETWEEN:
            index = starts[index].end
        kind = starts[index].term.params_in("tabletop").get("props") if index in starts else None
        term = vocabulary.find(_GROWN.get(str(kind), ()))
        if term is not None:
            return reading.with_mentions(
                m.meaning(term) if m.start == index else m for m in reading.mentions if m is not wall
            )
    return reading
