"""What an English prompt has changed: "swap the wood for marble" has no wood, "rather silk than velvet" no velvet."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.reading import Reading

_CHANGING: Final = frozenset({"swap", "replace", "change", "switch", "exchange", "substitute", "trade"})
_CHANGED: Final = frozenset({"swapped", "replaced", "changed", "switched", "exchanged", "substituted"})
_INTO: Final = frozenset({"for", "with", "to", "by", "into"})
_PREFERRING: Final = frozenset({"rather", "prefer", "preferably", "sooner"})
_THAN: Final = frozenset({"than", "over", "to"})
_VERBS: Final = _CHANGING | _CHANGED | _PREFERRING
_REACH: Final = 7
"""Words from a verb to what leads to the other thing."""


def deny_changed(reading: Reading) -> Reading:
    """A prompt that says "no" to what it has taken out for something else; other prompts as they are."""
    stems = reading.stems
    if _VERBS.isdisjoint(stems):
        return reading
    gone: set[int] = set()
    asked: set[int] = set()
    for at, stem in enumerate(stems):
        if stem not in _VERBS:
            continue
        end = next((i for i in range(at + 1, len(stems)) if not stems[i][0].isalnum()), len(stems))
        leads = _THAN if stem in _PREFERRING else _INTO
        into = next((i for i in range(at + 1, min(end, at + _REACH)) if stems[i] in leads), None)
        if into is None:
            continue
        begin = max((i + 1 for i in range(at) if not stems[i][0].isalnum()), default=0)
        span = range(into, end) if leads is _THAN else range(begin, at) if stem in _CHANGED else range(at, into)
        found = {m.start for m in reading.mentions if m.start in span}
        others = any(begin <= m.start < end and m.start not in found for m in reading.mentions)
        if found and others:
            gone |= found
            asked.add(at)
    mentions = tuple(replace(m, negated=True) if m.start in gone else m for m in reading.mentions)
    return replace(reading, mentions=mentions, unread=tuple(i for i in reading.unread if i not in asked))
