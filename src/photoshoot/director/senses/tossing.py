"""Things that a prompt says fall, fly or are tossed: they are in the air of a set that has one, and told elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final, get_args

from photoshoot.director.design.standing_in import LYING_THERE
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term
from photoshoot.sets import parameters_of
from photoshoot.sets.celebration import Celebration

_FALLING: Final = frozenset(
    {"falling", "flying", "tumbling", "swirling", "airborne", "tossed", "scattering", "splashing"}
)
"""What says of a thing beside a product that it is in the air."""
_FLOATING: Final = frozenset({"floating", "levitating", "hovering", "suspended"})
"""What says so where there is no water."""
_THERE: Final = (
    ("in", "the", "air"),
    ("through", "the", "air"),
    ("in", "mid", "air"),
    ("mid", "air"),
    ("around",),
    ("down",),
)
"""What may follow."""
_INTO: Final = (("in",), ("on",))
"""What leads to what a thing floats in: "petals floating in milk"."""
_JOINING: Final = frozenset({"and", "fresh"})
_AIR: Final = "celebration"
"""The set in whose air things are."""
_HEAPED: Final = {"coffee_beans": "coffee"}
"""What lies in heaps → how it is called in the air."""
_OF_TABLES: Final = "tabletop"
_VOTE: Final = 3.2
IN_THE_AIR: Final = frozenset(get_args(parameters_of(Celebration)["air"])) - {"none"}
"""Kinds of things that may be there."""


def toss_things(reading: Reading) -> Reading:
    """A prompt whose things that fly or fall are in the air, and the words that say so are theirs."""
    if _FALLING.isdisjoint(reading.stems) and _FLOATING.isdisjoint(reading.stems) and "air" not in reading.stems:
        return reading
    wet = any(m.term.role == "water" and not m.negated for m in reading.mentions)
    moving = _FALLING if wet else _FALLING | _FLOATING
    tossed: dict[int, Mention] = {}
    taken: set[int] = set()
    for mention in reading.mentions:
        asked = moving if _kind_of(mention.term) else _FALLING if mention.term.role == "props" else ()
        said = set() if mention.negated or not asked else _said_of(mention, reading, asked)
        if said:
            taken |= said - {*range(mention.start, mention.end)}
            beside = {i for i in said if i + 1 in (*said, mention.start) or i >= mention.end}
            start, end = min(beside | {mention.start}), max(beside | {mention.end - 1}) + 1
            tossed[mention.start] = replace(mention, start=start, end=end, term=_in_air(mention.term))
    left = [tossed.get(m.start) or (m if taken.isdisjoint(range(m.start, m.end)) else None) for m in reading.mentions]
    unread = tuple(i for i in reading.unread if i not in taken)
    return replace(reading, mentions=tuple(m for m in left if m is not None), unread=unread)


def _kind_of(term: Term) -> str:
    """The kind of things that is in the air for a phrase; "" where none may be: beans, and no cups of coffee."""
    kind = str(term.params.get(_OF_TABLES, {}).get("props")) if term.role == "props" else ""
    kind = _HEAPED.get(kind, kind)
    return kind if kind in IN_THE_AIR else ""


def _in_air(term: Term) -> Term:
    kind = _kind_of(term)
    told = LYING_THERE if term.stand_in in (None, LYING_THERE) else f"{term.stand_in}, {LYING_THERE}"
    if not kind:
        return replace(term, stand_in=told)
    params = {**term.params, _AIR: {"air": kind, **term.params[_OF_TABLES]}}
    return replace(term, votes={**term.votes, _AIR: _VOTE}, params=params, stand_in=told)


def _said_of(mention: Mention, reading: Reading, moving: Collection[str]) -> set[int]:
    """The tokens that say of a thing that it is in the air: right after it, and before it or what it is called with."""
    stems, end = reading.stems, mention.end
    called = {i for m in reading.mentions if m.term.kind in ("colour", "props") for i in range(m.start, m.end)}
    before = mention.start - 1
    while before >= 0 and (before in called or stems[before] in _JOINING):  # "flying orange and lime slices"
        before -= 1
    said = {i for i in (before, *range(mention.start, end)) if i >= 0 and stems[i] in moving}  # "falling leaves" is one
    while end < len(stems) and (more := _said_after(stems[end:], moving, is_moving=bool(said))):
        said.update(range(end, end + more))
        end += more
    in_drink = end > mention.end and stems[end - 1] in _FLOATING and stems[end : end + 1] in _INTO
    return set[int]() if in_drink else said


def _said_after(stems: tuple[str, ...], moving: Collection[str], *, is_moving: bool) -> int:
    """How many words right after a thing say that it is in the air, or where there; 0 where none does."""
    if stems[0] in moving:
        return 1
    return next((len(there) for there in _THERE if stems[: len(there)] == there and (is_moving or len(there) > 1)), 0)
