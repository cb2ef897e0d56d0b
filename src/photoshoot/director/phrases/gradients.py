"""All colours of a gradient are its: of "a gradient of pink, orange and purple" no table is purple."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from photoshoot.director.phrases.paints import Paint
    from photoshoot.director.phrases.reading import Reading

_ENDS: Final = 2  # colours of a gradient, whose places are known
_LISTING: Final = frozenset({",", "and", "to", "into", "through", "over", "then"})
"""What stands between a gradient's colours."""


def join_gradients(paints: list[Paint], reading: Reading) -> list[Paint]:
    """Colours, of which those that are of nothing and go on with a gradient's list are the gradient's, too."""
    if len(paints) <= _ENDS:
        return paints
    fading = {mention.start for mention in reading.mentions if mention.term.fades and not mention.negated}
    ends = {mention.start: mention.end for mention in reading.mentions}
    joined: list[Paint] = []
    for paint in paints:
        last = joined[-1] if joined else None
        goes_on = last is not None and last.noun in fading and paint.noun is None and paint.role is None
        if last is not None and goes_on and _LISTING.issuperset(reading.stems[ends[last.start] : paint.start]):
            paint = dataclasses.replace(paint, role=last.role, noun=last.noun, of_unread=False)
        joined.append(paint)
    return joined
