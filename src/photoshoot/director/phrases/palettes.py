"""Colours that are the whole picture's: "a terracotta and sand palette", "in pastel tones"."""

from collections.abc import Sequence
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading, is_toning

JOINTS: Final = ("and", "or", ",", "to")
"""What stands between colours of one list."""
PALETTE: Final = ("color", "colour", "tone", "hue", "shade", "palette")
"""A tone before these words is the whole picture's."""
_HUES: Final = (("tone",), ("hue",), ("shade",))
"""Those of the whole picture, where no noun leads to them."""


def leads_to_palette(mention: Mention, reading: Reading) -> bool:
    """Whether a colour or a tone stands right before such a word."""
    return any(word in PALETTE for word in reading.stems[mention.end : mention.end + 1])


def is_of_palette(mention: Mention, mentions: Sequence[Mention], reading: Reading) -> bool:
    """Whether it is one of a list of colours that is the whole picture's: "a terracotta and sand palette"."""
    starts = {other.start: other for other in mentions}
    index = mention.end
    while index < len(reading.stems) and (reading.stems[index] in JOINTS or is_colorful(starts.get(index), mentions)):
        index = starts[index].end if index in starts else index + 1
    first = mention.start
    ends = {other.end: other.start for other in mentions}
    while first in ends:
        first = ends[first]
    parted = first == 0 or reading.stems[first - 1] == ","
    return reading.stems[index : index + 1] == ("palette",) or (parted and reading.stems[index : index + 1] in _HUES)


def is_colorful(mention: Mention | None, mentions: Sequence[Mention]) -> bool:
    """Whether it names a colour, or tones one: "pale" of "pale green"."""
    return mention is not None and (mention.term.color is not None or is_toning(mention, mentions))
