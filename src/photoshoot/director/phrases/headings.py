"""What a brief puts under headings, as a sentence has it: "surface: oak, background: sea" is on oak before the sea."""

from __future__ import annotations

import re
from typing import Final

from photoshoot.director.words.vocabulary import Term, Vocabulary

_MARKS: Final = re.compile(r"(?<=\w)\s+[+|•·](?=\s)|(?<=\w)[^\S\n]*\n")
"""What parts a list, beside commas."""
_BEHIND: Final = frozenset({"background", "backdrop"})
_UNDER: Final = frozenset({"surface", "base", "table", "tabletop", "foreground"})
_BEFORE, _ON = ("before", "the"), ("on", "the")
FACES: Final = ("surface", "floor", "ground")
"""Roles of what things stand on."""
_PLACES: Final = ("place", "material")
_PAPER: Final = "backdrop"
"""The role of walls and papers, which are behind under either name."""
_REACH: Final = 4  # words from a heading to what is under it


def part_lists(text: str) -> str:
    """A text with commas for other marks that part a list: "oak table + brick wall", one thing a line."""
    return _MARKS.sub(",", text)


def say_headings(stems: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems of a prompt, its headings of places and of what the product is on as words that lead to those."""
    if ":" not in stems:
        return stems
    said = list(stems)
    for index in [i for i, stem in enumerate(stems) if i and stem == ":"]:
        heading = stems[index - 1]
        joint = _BEFORE if heading in _BEHIND else _ON if heading in _UNDER else ()
        if joint and any(_is_led(term, heading) for term in _find_under(index + 1, stems, vocabulary)):
            said[index - 1 : index + 1] = joint
    return tuple(said)


def _find_under(start: int, stems: tuple[str, ...], vocabulary: Vocabulary) -> list[Term]:
    """What the words right under a heading mean, up to a mark or a word that leads to more."""
    ends = (i for i in range(start, len(stems)) if not stems[i][0].isalnum() or stems[i] in vocabulary.boundaries)
    end = min(next(ends, len(stems)), start + _REACH)
    found = (vocabulary.find(stems[i:j]) for i in range(start, end) for j in range(end, i, -1))
    return [term for term in found if term is not None]


def _is_led(term: Term, heading: str) -> bool:
    """Whether it is a place that may be behind, or what things stand on."""
    if heading in _UNDER:
        return term.role in FACES and bool(term.votes)
    return term.kind in _PLACES and term.role != _PAPER and term.weight > 1.0
