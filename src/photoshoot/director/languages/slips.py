"""Mistyped words of other languages: what is one slip of the fingers from a known word is read as that.

Two neighbours exchanged, or a letter doubled or not, is tried first; in longer words a letter too many or too few. What
two meanings are as near to is left as it is. Of frequent words that no table has, 0 to 8 in a thousand are taken for
others (German, French, Spanish, Italian, Portuguese, Dutch, Russian); of slips, three of four are put right.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from photoshoot.director.languages.lexicon import GLUED, JOINING, Lexicon
from photoshoot.director.languages.stem_endings import stem_endings
from photoshoot.director.languages.wordlike import load_english

_LEAST, _LEAST_FAR = (
    6,
    8,
)  # letters of words whose neighbours are put right, and of those that lack one or have one more
_LEAST_JOINED, _LEAST_PART = 9, 4  # letters of a compound, and of each of its words
_LEAST_STEM, _MOST_ENDING = 5, 2  # letters of a stem, and of what follows it where no endings are listed
_ALPHABETS: Final = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиіклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρστυφχψω")
_JOINING: Final = (*GLUED, "hu", "fi")
"""Languages that write two nouns as one."""
_JOINERS: Final = ("", "s", "n")
_LARGE_NOUNS: Final = "de"


def find_slips(unread: Sequence[str], lexicon: Lexicon, english: Collection[str]) -> dict[str, str]:
    """Words that were mistyped → the known words that they were meant to be, folded.

    Args:
        unread: Words as written, of which none is known. Names, which begin with a capital, and English words are none.
        lexicon: The prompt's language.
        english: Folded words that the director knows.
    """
    found: dict[str, str] = {}
    for token in unread:
        folded = lexicon.fold(token)
        named = token.isupper() or (token[:1].isupper() and lexicon.code != _LARGE_NOUNS)
        if not named and folded not in english and folded not in load_english() and (near := _find(folded, lexicon)):
            found[token] = near
    return found


def _find(token: str, lexicon: Lexicon) -> str | None:
    letters = next((letters for letters in _ALPHABETS if token[1:2] in letters), "")
    if len(token) < _LEAST or not token.isalpha() or not letters:
        return None
    for group in (_exchange(token), _add_or_drop(token, letters) if len(token) >= _LEAST_FAR else ()):
        found: dict[str, str] = {}
        for word in group:
            if (meant := _mean(word, lexicon, token)) is not None:
                found.setdefault(meant, word)
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _mean(word: str, lexicon: Lexicon, token: str) -> str | None:
    """What a word means, whole, by a stem with one of its endings, or as a compound of two whole ones.

    The short half of a compound that would have a letter less than in the token is not meant: a "Schallplatte" is no
    plate of a "Schal".
    """
    sizes = range(len(word), _LEAST_STEM - 1, -1)
    by_stem = next(
        (word[:size] for size in sizes if word[:size] in lexicon.stems and _may_end(word[size:], lexicon)), ""
    )
    meant = lexicon.whole.get(word, lexicon.stems.get(by_stem))
    if meant is None and len(word) >= _LEAST_JOINED and lexicon.code in _JOINING:
        halves = ((word[:size], word[size:]) for size in range(_LEAST_PART, len(word) - _LEAST_PART + 1))
        least = _LEAST if len(word) < len(token) else _LEAST_PART
        parts = ((h, t) for h, t in halves if len(h if token.endswith(t) else t) >= least)
        meant = next(
            (f"{head} {tail}" for h, t in parts if (tail := _last(t, lexicon)) and (head := _lead(h, lexicon))), None
        )
    return meant if meant not in JOINING else None


def _may_end(ending: str, lexicon: Lexicon) -> bool:
    listed = None if lexicon.code in _JOINING else stem_endings(lexicon.code)
    return len(ending) <= _MOST_ENDING if listed is None else listed.fullmatch(ending) is not None


def _known(word: str, lexicon: Lexicon) -> str | None:
    found = lexicon.whole.get(word, lexicon.stems.get(word)) if len(word) >= _LEAST_PART else None
    return found if found not in JOINING else None


def _lead(head: str, lexicon: Lexicon) -> str | None:
    bare = (head[: len(head) - len(joiner)] for joiner in _JOINERS if head.endswith(joiner))
    return next((found for word in bare if (found := _known(word, lexicon))), None)


def _last(tail: str, lexicon: Lexicon) -> str | None:
    """What a compound's last word means, as it is or with one letter after its stem."""
    return _known(tail, lexicon) or (lexicon.stems.get(tail[:-1]) if len(tail) > _LEAST_STEM else None)


def _exchange(token: str) -> Iterator[str]:
    """A word with two neighbours exchanged, and with each letter doubled or no more so; the first letter stays."""
    for i in range(1, len(token)):
        if token[i] != token[i - 1] and i > 1:
            yield f"{token[: i - 1]}{token[i]}{token[i - 1]}{token[i + 1 :]}"
        yield f"{token[:i]}{token[i]}{token[i:]}"
        if token[i] == token[i - 1]:
            yield f"{token[:i]}{token[i + 1 :]}"


def _add_or_drop(token: str, letters: str) -> Iterator[str]:
    for i in range(1, len(token)):
        yield f"{token[:i]}{token[i + 1 :]}"
        yield from (f"{token[:i]}{letter}{token[i:]}" for letter in letters)
