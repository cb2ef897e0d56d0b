"""What a prompt says "no" to, how far that reaches, and what an "except" takes out of it again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from photoshoot.director.words.vocabulary import Term, Vocabulary

REACH: Final = 4
"""Words that a "no" reaches over."""
_LONGEST_NO = 3  # words of "w/o"
_CHOICE = ("or", "nor")  # what ends a list that a "no" begins: "no flowers, candles or books"
_EXCEPTING = frozenset({"except", "except for", "excluding", "other than", "apart from", "aside from", "save for"})
_NOTHING_BUT = frozenset({"nothing but", "none but", "nothing except", "nothing other than"})
_WHOLE = frozenset({"everything", "all", "entirely", "completely", "totally", "whole", "everywhere"})
"""After these an "except" names what there is beside: "everything white except one red apple"."""
_ASKING = frozenset({"use", "put", "add", "try", "take"})  # of "instead of wood use marble" it is on marble
_ENDING = frozenset({".", ";", "!", "?"})
_LEAVING_OUT = frozenset({"no", "without", "zero", "minus", "free of", "free from", "devoid of", "lacking", "nothing"})
"""Negations of things: what is not known of them is not there, either, since the studio has but what it knows."""


def size_of_phrase(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> int:
    """Words of the longest known phrase that begins there; 0 where none does."""
    first, most = stems[start], len(stems) - start
    for size in vocabulary.sizes.get(first, ()):
        if size <= most and tuple(stems[start : start + size]) in vocabulary.phrases:
            return size
    return int(first[:1] == "#")  # a colour by its number


def term_at(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> Term | None:
    """What the longest phrase means that begins there; None where it is not known."""
    return vocabulary.find(tuple(stems[start : start + size_of_phrase(stems, start, vocabulary)]))


def deny(
    stems: Sequence[str], start: int, until: int, longest: Sequence[int], vocabulary: Vocabulary
) -> tuple[int, int]:
    """(the last token of a negation that begins there, or that token; the last one that is denied).

    Args:
        stems: The prompt.
        start: The token that is asked for.
        until: The last token that is denied by what stands before it; -1 where none is.
        longest: Words of the longest known phrase that begins at each token.
        vocabulary: What is known.
    """
    if (denies := size_of_no(stems, start, vocabulary)) > longest[start]:
        last = start + denies - 1
        return last, -1 if _takes_out(stems, start, denies) else last + REACH
    if until >= start and lists_on(stems, start, vocabulary):
        return start, start + REACH
    parts = stems[start] in vocabulary.boundaries or stems[start] in _ASKING
    if parts and until == start - 1 + REACH:
        return start, until  # of "not on wood, on stone" it is not on wood
    return start, -1 if parts or not stems[start][0].isalnum() else until


def size_of_no(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> int:
    """Words of the negation or exception that begins there, such as "no" and "other than"; 0 where none does."""
    if stems[start] not in _first_words(vocabulary.negations):
        return 0
    sizes = range(min(_LONGEST_NO, len(stems) - start), 0, -1)
    known = vocabulary.negations | _EXCEPTING | _NOTHING_BUT
    return next((size for size in sizes if " ".join(stems[start : start + size]) in known), 0)


def find_negations(stems: Sequence[str], vocabulary: Vocabulary) -> dict[int, int]:
    """Start of every negation and exception → its words."""
    first = _first_words(vocabulary.negations)
    return {i: size_of_no(stems, i, vocabulary) for i, stem in enumerate(stems) if stem in first}


def find_denied(
    stems: Sequence[str],
    unread: Sequence[int],
    known: Iterable[int],
    negations: Mapping[int, int],
    vocabulary: Vocabulary,
) -> list[tuple[int, int]]:
    """(first, one past the last) of unknown words that a "no" or "without" stands right before: "no plastic bottles".

    Args:
        stems: The prompt.
        unread: Its tokens that are not known.
        known: Where known phrases end that a "no" is said of; it goes on with what follows: "no christmas decorations".
        negations: Those of ``find_negations``.
        vocabulary: What is known.
    """
    unknown, spans = set(unread), list[tuple[int, int]]()
    for start in sorted({*_find_denials(stems, negations, vocabulary), *known}):
        end = start
        while end < len(stems) and end < start + REACH and end in unknown:
            end += 1
        ends = end == len(stems) or not stems[end][0].isalnum() or stems[end] in {*vocabulary.boundaries, "and", "or"}
        if end > start and ends:
            spans.append((start, end))
    return spans


def _find_denials(stems: Sequence[str], negations: Mapping[int, int], vocabulary: Vocabulary) -> Iterator[int]:
    """Where that begins which a "no" is said of, and every "or" after it in the same list goes on with."""
    for index, size in negations.items():
        start = index + size
        if size == 0 or " ".join(stems[index:start]) not in _LEAVING_OUT:
            continue
        yield start
        for at in range(start, min(len(stems), start + 2 * REACH)):
            if stems[at] in vocabulary.boundaries or stems[at] in _ENDING:
                break
            if stems[at] in _CHOICE:
                yield at + 1


def takes_out_after(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> bool:
    """Whether an exception follows in the same sentence: "no props other than lemons" are lemons."""
    end = next((index for index in range(start, len(stems)) if stems[index] in _ENDING), len(stems))
    sizes = ((index, size_of_no(stems, index, vocabulary)) for index in range(start, end))
    return any(size > 0 and _takes_out(stems, index, size) for index, size in sizes)


def _takes_out(stems: Sequence[str], start: int, size: int) -> bool:
    """Whether an exception names what there is: after "everything", "no" and their like in the same sentence."""
    said = " ".join(stems[start : start + size])
    if said in _NOTHING_BUT:
        return True
    since = max((index for index in range(start) if stems[index] in _ENDING), default=-1)
    before = set(stems[since + 1 : start])
    return said in _EXCEPTING and not before.isdisjoint(_WHOLE | _LEAVING_OUT)


@lru_cache(maxsize=4)
def _first_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases | _EXCEPTING | _NOTHING_BUT)


def lists_on(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a comma stands there after which a list of things goes on to its "or"."""
    if tuple(stems[start : start + 1]) != (",",):
        return False
    term = term_at(stems, start + 1, vocabulary) if start + 1 < len(stems) else None
    if term is not None and term.absent is None and term.role not in ("props", "accent"):
        return False  # of "no flowers, marble or oak" it is on marble
    after = range(start + 1, len(stems))
    end = next((i for i in after if stems[i] in vocabulary.boundaries or not stems[i][0].isalnum()), len(stems))
    if any(stem in _CHOICE for stem in stems[start + 1 : end]):
        return True
    return end - start <= REACH and lists_on(stems, end, vocabulary)
