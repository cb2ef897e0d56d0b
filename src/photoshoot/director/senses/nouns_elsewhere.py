"""Words that ask for nothing elsewhere and are nouns at a phrase's end: "beside a stone well", and not "well lit"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company

_ARTICLES: Final = ("a", "an", "the", "old")
_FOR_REACH = 3  # words from a "for" to what it is for


def find_nouns(company: Company) -> Iterator[int]:
    """The places of such nouns in a prompt."""
    stems, unread = company.reading.stems, company.reading.unread
    said = {m.end: m for m in company.reading.mentions if not m.negated}
    for index in range(len(stems)):
        if not company.has(index, "noun_too"):
            continue
        after = stems[index + 1 : index + 2]
        ends = not after or not after[0][0].isalnum() or after[0] in company.boundaries
        made = index in said and said[index].term.color is not None
        named = len(stems) == 1 or made or index - 1 in unread or _is_begun(index, said, company)
        if ends and named and not _is_meant_for(index, stems):
            yield index


def _is_begun(index: int, said: Mapping[int, Mention], company: Company) -> bool:
    """Whether an article and what is said of a noun, and nothing else, stand before it: "a modern vintage shop"."""
    while index and (index in said or company.has(index - 1, "looking")):
        index = said[index].start if index in said else index - 1
    return index > 0 and company.reading.stems[index - 1] in _ARTICLES


def _is_meant_for(index: int, stems: Sequence[str]) -> bool:
    """Whether it is what the picture is made for: "for a shop"."""
    return "for" in stems[max(0, index - _FOR_REACH) : index]
