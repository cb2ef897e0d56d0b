"""Stars that a night sky is said to be full of are in it, and no gold ones lie beside the product."""

from __future__ import annotations

from typing import Final

from photoshoot.director.design.night_skies import NIGHT_SKY
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Vocabulary

_STARS: Final = ("star",)
"""The phrase for stars of paper and gold, which lie there."""
_SKY_OF_STARS: Final = ("starry", "sky")
"""The phrase for those above."""
_OF_LANDS: Final = "dunes"
"""A set with a sky of its own, in which phrases for a night fix what is in that."""


def raise_stars(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """A prompt whose stars are in its sky, where that is one by night; those of a colour, or of a feast, lie there."""
    if _STARS[0] not in reading.stems:
        return reading
    lying, above = vocabulary.find(_STARS), vocabulary.find(_SKY_OF_STARS)
    wanted = [mention for mention in reading.mentions if not mention.negated]
    by_night = any(_has_night_sky(m.term) for m in wanted) and not any(m.term.season for m in wanted)
    if lying is None or above is None or not by_night:
        return reading
    dyed = {mention.end for mention in wanted if mention.term.color is not None}
    return reading.with_mentions(
        mention.meaning(above) if mention.term is lying and not _is_thing(mention, dyed) else mention
        for mention in reading.mentions
    )


def _has_night_sky(term: Term) -> bool:
    return NIGHT_SKY in term.params.get(_OF_LANDS, {})


def _is_thing(mention: Mention, dyed: set[int]) -> bool:
    """Whether it is stars that someone made: of paper, of a colour, or so many of them."""
    return mention.negated or mention.start in dyed or mention.count > 0 or mention.end - mention.start > len(_STARS)
