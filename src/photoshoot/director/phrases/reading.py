"""A prompt taken apart: its words, and the phrases of the vocabulary that were found in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from photoshoot.director.words.vocabulary import Term

NOUN: Final = 2.5
"""The least vote of a noun that names a set."""
PLACE_VOTE: Final = 2.0
"""The least vote of what names a set by itself."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A phrase of the vocabulary, found in a prompt."""

    start: int
    """Its first token; of two phrases this differs first, so that they are told apart without their meanings."""
    term: Term
    """What it means."""
    end: int
    """One past its last token."""
    negated: bool
    """Whether the prompt says "no" to it."""
    supports: bool = False
    """Whether it names what the product stands on."""
    count: int = 0
    """How many of it are asked for; 0: no number is."""
    number: int | None = None
    """The token of that number; None where an article says it: "a lemon"."""

    def meaning(self, term: Term) -> Mention:
        """The same phrase, that means something else."""
        return Mention(
            term=term,
            start=self.start,
            end=self.end,
            negated=self.negated,
            supports=self.supports,
            count=self.count,
            number=self.number,
        )


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A prompt, taken apart."""

    words: tuple[str, ...]
    """Its words and punctuation marks as written."""
    stems: tuple[str, ...]
    """The same as stems."""
    mentions: tuple[Mention, ...]
    """Phrases found, in order; they do not overlap."""
    unread: tuple[int, ...]
    """Tokens that mean something but are not known."""

    def without(self, owned: Sequence[Mention]) -> Reading:
        """The same with the words of some mentions as not read."""
        unread = {*self.unread, *(index for mention in owned for index in range(mention.start, mention.end))}
        mentions = tuple(mention for mention in self.mentions if mention not in owned)
        return Reading(words=self.words, stems=self.stems, mentions=mentions, unread=tuple(sorted(unread)))

    def with_mentions(self, mentions: Iterable[Mention]) -> Reading:
        """The same words with other phrases."""
        return Reading(words=self.words, stems=self.stems, mentions=tuple(mentions), unread=self.unread)

    def and_met(self, more: Sequence[Mention]) -> Reading:
        """The same with more phrases, of words that were not read before."""
        if not more:
            return self
        met = {index for mention in more for index in range(mention.start, mention.end)}
        mentions = tuple(sorted((*self.mentions, *more), key=lambda mention: mention.start))
        unread = tuple([i for i in self.unread if i not in met])
        return Reading(words=self.words, stems=self.stems, mentions=mentions, unread=unread)


def is_toning(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the word only tones the colour right after it ("soft pink"), and says nothing of the light."""
    if mention.term.tone is None:
        return False
    for other in mentions:
        if other.start == mention.end:
            return other.term.color is not None or is_toning(other, mentions)
    return False


def names_a_place(term: Term) -> bool:
    """Whether it is where sets are: neither a part of them, nor a time of day, whose light is all that most show."""
    part = term.color is not None or (term.role is not None and not term.params)
    return not part and term.weight >= PLACE_VOTE and not {"elevation_deg", "intensity"} & set(term.light)


def is_only_a_part(term: Term) -> bool:
    """Whether a phrase names a part of any set, such as a table or a wall, which no set has to be chosen for."""
    return term.role is not None and not (term.params or term.is_thing) and term.weight < NOUN
