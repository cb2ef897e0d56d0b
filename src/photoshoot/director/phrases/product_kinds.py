"""What a prompt says of the kind of its product, which is no part of the scene: "snow boots on a wooden bench"."""

from collections.abc import Iterator, Sequence
from typing import Final

from photoshoot.director.phrases.mentions import COLORED_AFTER
from photoshoot.director.phrases.product_words import OWNING, STANDS, WITH, names_where
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import Vocabulary, load_vocabulary

_THINGS: Final = (None, "props", "accent")
"""Roles of what may say what a product is for: a laptop stand, a book stand."""
_HUNG: Final = frozenset({"hanging", "hung", "hang"})
"""How what is on a wall is held."""
_STRETCHED: Final = frozenset({"bubbles", "drops"})
"""Props that a product's own stuff makes: the bubbles of a pink soap are pink."""
_STAND: Final = "stand"
"""A platform, and what is sold to hold a cake, a book or a plant."""


def leave_kinds(reading: Reading, *, after_nouns: bool) -> Reading:
    """A prompt without the places and things that only say what kind its product is: "snow boots on a wooden bench".

    That is what leads to an unknown word, the product, before the first "on" or its like, where what comes after it
    names a set; and the same after a "for": "a mossy log for our beach bags". Where such words come ``after_nouns``,
    an "of" leads to them: "couteaux de cuisine sur une ardoise".
    """
    within = _within_of if after_nouns else _within
    owned = [mention for span in _find_products(reading) for mention in within(span, reading)]
    left = [mention for mention in reading.mentions if mention not in owned]
    return reading.without(owned) if owned and any(map(names_where, left)) else reading


def ends_headline(index: int, reading: Reading) -> bool:
    """Whether goods that a prompt begins with end there, and more follows unjoined: "gold watch valentines day roses".

    No rose is golden there. What a product's own stuff makes goes with it: "pink soap bubbles".
    """
    company, boundaries = load_vocabulary().company, load_vocabulary().boundaries
    if index not in reading.unread or reading.stems[index] not in company["goods"]:
        return False
    opens = all(stem[0].isalnum() and stem not in boundaries for stem in reading.stems[:index])
    after = next((mention for mention in reading.mentions if mention.start == index + 1), None)
    if not opens or after is None or reading.stems[after.start] in boundaries:
        return False
    return not any(params.get("props") in _STRETCHED for params in after.term.params.values())


def _find_products(reading: Reading) -> Iterator[tuple[int, int]]:
    """(first token, one past the last) of what ends in an unknown word and is said of the product."""
    vocabulary, stems = load_vocabulary(), reading.stems
    end = next((i for i, token in enumerate(stems) if token in vocabulary.boundaries), 0)
    if end and stems[end] in STANDS:
        yield _back_to_joint(stems, 0, _before_silent(stems, end, vocabulary))
    for start in (index + 1 for index, stem in enumerate(stems) if stem == "for"):
        ends = (i for i in range(start, len(stems)) if stems[i] in vocabulary.boundaries or not stems[i][0].isalnum())
        yield start, next(ends, len(stems))


def _before_silent(stems: Sequence[str], end: int, vocabulary: Vocabulary) -> int:
    """One past the last word before an end that says something: of "boots standing on" the boots."""
    while end and stems[end - 1] in vocabulary.ignored - {_STAND}:
        end -= 1
    return end


def _back_to_joint(stems: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The last phrase of a span: what stands behind its last mark or "and"."""
    marks = [index for index in range(start, end) if not stems[index][0].isalnum() or stems[index] in WITH]
    return (marks[-1] + 1 if marks else start), end


def _within(span: tuple[int, int], reading: Reading) -> list[Mention]:
    start, end = span
    if not _names_product(end - 1, reading):
        return []
    of = max((i + 1 for i in range(start, end) if reading.stems[i] == "of"), default=start)  # a top view of a bowl
    held = load_vocabulary().company["afloat"] | _HUNG
    inside = [mention for mention in reading.mentions if of <= mention.start and mention.end <= end]
    return [m for m in inside if m.term.kind in OWNING and reading.stems[m.start] not in held]


def _names_product(head: int, reading: Reading) -> bool:
    """Whether a product ends in a word: not known, or, after another noun, a stand or what a colour is called after."""
    stem = reading.stems[head]
    if head in reading.unread:
        return not is_participle(stem)
    leads = any(m.end == head and m.term.kind in OWNING and m.term.role in _THINGS for m in reading.mentions)
    return (leads or head - 1 in reading.unread) and (stem == _STAND or stem in COLORED_AFTER)


def _within_of(span: tuple[int, int], reading: Reading) -> list[Mention]:
    start, end = span
    of = next((i for i in range(start + 1, end) if reading.stems[i] == "of" and i - 1 in reading.unread), end)
    inside = [mention for mention in reading.mentions if of < mention.start and mention.end <= end]
    return [mention for mention in inside if mention.term.kind in OWNING]
