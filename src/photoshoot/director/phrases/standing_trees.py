"""Firs and pines are trees where only their plural names them: twigs lay on the road that they stand behind."""

from __future__ import annotations

from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Vocabulary

CONIFERS: Final = frozenset({"fir", "pine", "spruce"})
"""The stems of such trees."""
_TREES: Final = ("pine", "tree")
"""The phrase of trees that are seen."""


def stand_trees(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose bare firs, pines or spruces are trees; one of those, and its branches, lie beside the product."""
    trees = vocabulary.find(_TREES)
    if trees is None:
        return reading
    return reading.with_mentions(m.meaning(trees) if _are_trees(m, reading) else m for m in reading.mentions)


def _are_trees(mention: Mention, reading: Reading) -> bool:
    stem = reading.stems[mention.start]
    alone = mention.end == mention.start + 1 and not mention.negated
    return alone and stem in CONIFERS and reading.words[mention.start].lower() != stem
