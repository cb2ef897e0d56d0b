"""Silk or linen that is named beside what a product stands on: "on white marble with petals and silk"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Vocabulary

CLOTHS: Final = frozenset({"silk", "satin", "linen"})
"""Stems without one of which there is none."""
_BESIDE: Final = ("with", "and")
_SAID_BETWEEN: Final = ("colour", "tone")
"""Kinds of phrases that say what cloth is like."""
_LAID: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"silk": ("silk", "scarf"), "linen": ("linen", "napkin")}
)
"""Cloth → the phrase of a piece of it that lies beside the product."""
_FIRM: Final = frozenset({"marble", "stone", "wood", "concrete", "tiles", "plain"})
"""What tables are of that cloth lies on."""


def lay_cloths(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt in which cloth that is named with something firm before it is a piece that lies there."""
    mentions = list[Mention]()
    firm = False
    for mention in reading.mentions:
        cloth = str(mention.term.params_in("drapery").get("cloth")) if firm and not mention.negated else ""
        if cloth in _LAID and _is_beside(mention, reading) and (term := vocabulary.find(_LAID[cloth])) is not None:
            mention = mention.meaning(term)
        firm = firm or "podium" in mention.term.votes or mention.term.params_in("tabletop").get("material") in _FIRM
        mentions.append(mention)
    return reading.with_mentions(mentions)


def _is_beside(cloth: Mention, reading: Reading) -> bool:
    """Whether "with" or "and" leads to it and it ends there: it is no silk wall, nor a linen curtain."""
    ends = {mention.end: mention for mention in reading.mentions if mention.term.kind in _SAID_BETWEEN}
    start = cloth.start
    while start in ends:
        start = ends[start].start
    after = reading.stems[cloth.end : cloth.end + 1]
    return reading.stems[start - 1 : start] in [(joint,) for joint in _BESIDE] and (
        not after or not after[0][0].isalnum() or after[0] in (*_BESIDE, "on", "in", "before", "beside", "under")
    )
