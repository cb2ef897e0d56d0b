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
_SCENES: Final = frozenset(
    {
        "scene",
        "setting",
        "background",
        "backdrop",
        "style",
        "mood",
        "vibe",
        "light",
        "lighting",
        "theme",
        "look",
        "shot",
    }
)
_PLACING: Final = frozenset(
    {"on", "in", "at", "with", "of", "under", "by", "near", "against", "over", "behind", "before"}
)
"""What a heading of a scene has, and no brand's."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST: Final = 1 / 3
"""Share of capital words beside a name, over which they are a habit and no names."""


@lru_cache(maxsize=64)
def find_brands(text: str) -> tuple[str, ...]:
    """The names in a prompt, as they are written, that follow a "for", "brand" or "client"."""
    if text.islower():
        return ()
    return tuple(match[1] for match in _FOR.finditer(text) if not _is_habit(text, match[1]))


@lru_cache(maxsize=64)
def find_heading(text: str) -> str | None:
    """The brand that a prompt begins with and a colon or a dash follows, as it is written; None where none does.

    That is two or more capital words, or one and a trade, as "Terra ceramics:", and no "Forest scene:".
    """
    found = None if text.islower() else _HEADING.match(text)
    if found is None:
        return None
    after = {*found[2].split()}
    named = " " in found[1] or not _TRADES.isdisjoint(after)
    scene = not _SCENES.isdisjoint({*found[1].lower().split(), *after}) or not _PLACING.isdisjoint(after)
    name = found[1] + found[2]
    return name if named and not scene and not _is_habit(text, name) else None


def _is_habit(text: str, name: str) -> bool:
    """Whether a prompt's other words begin with capitals as well."""
    words = _WORD.findall(text.replace(name, " ", 1))
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > _MOST * len(words)
