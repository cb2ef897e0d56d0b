"""Every language's words, each language read from its table when it is first asked for."""

from collections.abc import Iterator, Mapping
from functools import cache

from photoshoot.director.languages.lexicon import Lexicon
from photoshoot.director.words.language_tables import LANGUAGES, read_words

_MARKED = ("vi",)  # languages whose accents part words that are else alike: "đen" is black, "đèn" a lamp


class _Lexicons(Mapping[str, Lexicon]):
    """Every language's words by its code, each read when it is first asked for."""

    def __getitem__(self, code: str) -> Lexicon:
        return _load_lexicon(code)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


@cache
def load_lexicons() -> Mapping[str, Lexicon]:
    """Every language's words, by its code; each is read once, when it is first asked for."""
    return _Lexicons()


def find_lexicon(code: str, text: str) -> Lexicon:
    """The words that a text of a language is read by: with their accents, where those part words and it has any."""
    return _load_lexicon(code, marked=True) if code in _MARKED and not text.isascii() else load_lexicons()[code]


@cache
def _load_lexicon(code: str, *, marked: bool = False) -> Lexicon:
    """One language's words.

    Raises:
        KeyError: No language has this code.
        PresetError: A row has not a cell for every language.
    """
    if code not in LANGUAGES:
        raise KeyError(code)
    lexicon = Lexicon(code=code, marked=marked)
    for english, cell in read_words(code):
        lexicon.add(cell, english)
    return lexicon
