"""Things that a prompt says its product is on and that carry none: they are told as beside it, where they lie."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading

_ON: Final = ("on", "onto")
_TABLE: Final = "tabletop"
_AS: Final = "as"
"""What follows things that are used as a pedestal."""
_SOLID: Final = frozenset({"apples", "autumn", "books", "bread", "cheese", "gifts", "halloween", "ice", "school"})
"""Kinds of things that lie beside a product and that none stands on."""
_ONE, _OF_MANY = frozenset({"a", "an", "one", "single"}), "of"
"""What says that a thing is one, and what leads from a heap to what is many: "a bed of petals"."""
BESIDE: Final = "beside the product"
"""How what is said to carry the product is told where it only lies there."""
_LEAF = "leaf"
"""The word for one leaf, which is as large as one likes."""


def lay_beside(reading: Reading) -> Reading:
    """A prompt whose books, gifts and ice that the product is said to stand on are told as beside it."""
    if {*_ON, _AS}.isdisjoint(reading.stems):
        return reading
    mentions = (_beside(mention, reading) if mention.term.kind == "props" else mention for mention in reading.mentions)
    return reading.with_mentions(mentions)


def _beside(mention: Mention, reading: Reading) -> Mention:
    """A thing that none can stand on, where an "on" leads to it with nothing else between, or an "as" follows."""
    lead = mention.start - 1
    others = {i for m in reading.mentions if m.term.kind not in ("colour", "tone") for i in range(m.start, m.end)}
    while lead >= 0 and reading.stems[lead] not in _ON and reading.stems[lead][0].isalnum() and lead not in others:
        lead -= 1
    led = lead >= 0 and reading.stems[lead] in _ON
    led = led or reading.stems[mention.start] in _ON or reading.stems[mention.end : mention.end + 1] == (_AS,)
    kind = mention.term.params.get(_TABLE, {}).get("props")
    if not led or kind is None or mention.negated or not (kind in _SOLID or _is_one(mention, lead, reading)):
        return mention
    return mention.meaning(replace(mention.term, stand_in=f"{str(kind).replace('_', ' ')} {BESIDE}"))


def _is_one(mention: Mention, lead: int, reading: Reading) -> bool:
    """Whether a single thing is named there: none of those that lie beside products carries one."""
    last, said = mention.end - 1, reading.stems[lead + 1 : mention.end]
    if reading.words[last].lower() == _LEAF:
        return True
    single = reading.words[last].lower() == reading.stems[last] and _OF_MANY not in said
    return single and not _ONE.isdisjoint(said)
