"""Names of brands that an English prompt is for, of which nothing is asked: "for Blue Moon: the jar on slate"."""

import re
from functools import lru_cache
from typing import Final

_NAME: Final = r"[A-Z][\w'’]*(?:(?:\s+(?:&|\+|and))?\s+[A-Z][\w'’]*)*"
_FOR: Final = re.compile(rf"\b(?:[Ff]or|[Bb]rand|[Cc]lient)\s+({_NAME})")
_HEADING: Final = re.compile(rf"\s*({_NAME})((?:\s+[a-z]+){{0,3}})(?::|\s+[-–—]{{1,2}})\s")
_TRADES: Final = frozenset(
    {"launch", "campaign", "lookbook", "collection", "skincare", "cosmetics", "ceramics", "coffee", "tea", "roasters"}
    | {"shop", "store", "studio", "brewery", "bakery", "jewelry", "jewellery", "ad", "ads", "range", "drop", "social"}
)
"""What follows the one word of a brand in a heading."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST: Final = 1 / 3
"""Share of capital words beside a name, over which they are a habit and no names."""


@lru_cache(maxsize=64)
def find_brands(text: str) -> tuple[str, ...]:
    """The names in a prompt, as they are written: after "for", "brand" or "client", or in a heading.

    A heading is what a colon or a dash follows: two or more capital words, or one and a trade, "Terra ceramics:".
    """
    if text.islower():
        return ()
    found = [match[1] for match in _FOR.finditer(text)]
    heading = _HEADING.match(text)
    if heading is not None and (" " in heading[1] or not _TRADES.isdisjoint(heading[2].split())):
        found.append(heading[1] + heading[2])
    return tuple(name for name in found if not _is_habit(text, name))


def _is_habit(text: str, name: str) -> bool:
    """Whether a prompt's other words begin with capitals as well."""
    words = _WORD.findall(text.replace(name, " ", 1))
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > _MOST * len(words)
