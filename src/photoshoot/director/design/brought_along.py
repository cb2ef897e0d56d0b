"""What comes with the things that a set shows, and is there where a prompt asks for it: coins under paper lanterns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.folding import stem
from photoshoot.director.words.vocabulary import Term
from photoshoot.files import JsonObject, find_data, load_json
from photoshoot.sets import SetDesign
from photoshoot.sets.props import Props

_DYED: Final = ("gold", "golden")
"""What may be said of what is of gold anyway."""


def met_company(reading: Reading, design: SetDesign) -> list[Mention]:
    """The words for what no set has by itself, and a design's own things bring along; and the gold of what is golden.

    Counted things lie alone, and bring nothing.

    Args:
        reading: The prompt.
        design: What is built.
    """
    also: tuple[str, ...] = getattr(design, "also", ())
    things: tuple[object, ...] = (getattr(design, "props", None), getattr(design, "beside", None), *also)
    found = [words for kind, words in _load().items() if kind in things]
    if not found or getattr(design, "counts", ()) != ():
        return []
    brought = frozenset[str]().union(*found)
    met = [index for index in reading.unread if reading.stems[index] in brought]
    named = [m for m in reading.mentions if m.term == Term() and reading.stems[m.end - 1] in brought and not m.negated]
    dyed = [m for m in reading.mentions if m.end in met and reading.stems[m.start] in _DYED]
    return [*named, *dyed, *(Mention(term=Term(), start=index, end=index + 1, negated=False) for index in met)]


@cache
def _load() -> Mapping[str, frozenset[str]]:
    """Kind of things, as sets name it → the stems of what lies there with it."""
    file, kinds = find_data("presets") / "brought_along.json", get_args(Props)
    listed = JsonObject(file, "", load_json(file), required=(), optional=kinds)
    return {kind: frozenset(map(stem, words)) for kind in kinds if (words := listed.strings(kind))}
