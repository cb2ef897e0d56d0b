"""Whether letters are a word: one of common English, or like one of some language."""

from collections import Counter
from functools import cache

from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.words.folding import fold
from photoshoot.director.words.language_tables import LATIN
from photoshoot.files import find_data

LEAST_LETTERS = 5
"""Letters of the shortest words of ``load_english``."""
_LEAST_KNOWN = 0.6  # share of a word's runs of three letters
_LEAST_WORDS = 3  # words that a run stands in: of fewer it may be chance


@cache
def load_english() -> frozenset[str]:
    """English words of five letters and more: SCOWL's common ones (size 35), and rarer ones like known ones."""
    return frozenset((find_data("presets") / "languages" / "english_words.txt").read_text(encoding="utf-8").split())


def is_wordlike(word: str) -> bool:
    """Whether it may be a word of some language: most of its runs of three letters stand in known words, too.

    Of random letters three in ten pass, of random consonants one in forty; of 27 words
    that are not among the known ones none is refused. What is not all of Latin letters passes.
    """
    letters = fold(word)
    if not letters.isascii() or not letters.isalpha():
        return True
    runs = _runs(letters)
    return sum(run in _load_runs() for run in runs) >= _LEAST_KNOWN * len(runs)


def _runs(word: str) -> list[str]:
    """Its runs of three letters, its ends among them."""
    ended = f"^{word}$"
    return [ended[i : i + 3] for i in range(len(ended) - 2)]


@cache
def _load_runs() -> frozenset[str]:
    known = [fold(word) for word in load_english()]
    for lexicon in map(load_lexicons().__getitem__, LATIN):
        phrases = (word.rstrip("-") for phrase in lexicon.phrases for word in phrase)
        known += [*lexicon.whole, *lexicon.stems, *phrases]
    words = {word for word in known if word.isascii() and word.isalpha()}
    standing = Counter(run for word in words for run in set(_runs(word)))
    return frozenset(run for run, count in standing.items() if count >= _LEAST_WORDS)
