"""Hashtags as words, of English and of the prompt's language: ``#GoldenHour``, ``#goldenhourvibes``, ``#lucecalda``."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

from photoshoot.director.languages.language_telling import tell_language
from photoshoot.director.languages.lexicon import JOINING, Lexicon
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.languages.translation import split_text
from photoshoot.director.languages.wordlike import load_english
from photoshoot.director.words.folding import fold

_HASHTAG: Final = re.compile(r"#\w+")
_NUMBER: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
"""Colours by their number."""
_HUMP: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|_")
_AROUND: Final = re.compile(r"^(?:\s*#\w+)+(?=\s)|(?:\s+#\w+)+\s*$")
_SHORT: Final = frozenset(
    {
        *("art", "bag", "bar", "bed", "blue", "boho", "buy", "car", "care", "cat", "cozy", "day", "days"),
        *("deal", "diy", "dog", "eco", "eyes", "fall", "farm", "food", "free", "friday", "gift", "glow"),
        *("gold", "good", "gym", "hair", "home", "hot", "hour", "ice", "jazz", "kids", "life", "lime"),
        *("lips", "look", "love", "luxe", "made", "mint", "mom", "monday", "mood", "moon", "neon", "new"),
        *("now", "nude", "park", "pink", "play", "pool", "rain", "red", "rose", "sale", "sand", "sea"),
        *("self", "silk", "skin", "sky", "snow", "soft", "spa", "spot", "star", "sun", "sunday", "surf"),
        *("tea", "team", "tech", "time", "top", "town", "trip", "vibe", "vibes", "wear", "week", "wild"),
        *("wine", "wood", "work", "xmas", "yoga", "zen", "zero"),
    }
)
"""Words of hashtags that ``load_english`` has not: shorter ones, and days."""
_LEADING: Final = 3  # letters of the longest words that mostly lead to others, in any language
_LEAST: Final = 2  # letters of the shortest words, which only join others
_MOST: Final = 4  # words of one hashtag
_LONGEST: Final = 32  # letters of one that is parted


def name_hashtags(text: str, english: Collection[str]) -> str:
    """A text with its hashtags as words; those that it begins or ends with are phrases of their own.

    Colours by their number are kept.

    Args:
        text: A prompt.
        english: Folded words that the director knows.
    """
    if "#" not in text:
        return text
    words = [fold(word) for word in split_text(_HASHTAG.sub("", text)) if word[0].isalnum()]
    code = tell_language(words, english)
    parted, lexicon = _AROUND.sub(_part, text), None if code is None else load_lexicons()[code]
    return _HASHTAG.sub(lambda tag: tag[0] if _NUMBER.fullmatch(tag[0]) else _name(tag[0][1:], lexicon), parted)


def _part(tags: re.Match[str]) -> str:
    """Hashtags with marks between them and the text, which they begin or end; as they are after a word as "on" is."""
    words = tags[0].split()
    before = tags.string[: tags.start()].split()[-1:]
    if any(map(_NUMBER.fullmatch, words)) or (before and len(before[0]) <= _LEADING):
        return tags[0]
    return ", ".join(["", *words] if before else [*words, ""])


def _name(tag: str, lexicon: Lexicon | None) -> str:
    """A hashtag as its words; as it is where it is not made of those of its language, nor of English ones."""
    words = _HUMP.sub(" ", tag)
    if " " in words or len(tag) > _LONGEST or tag in load_english():
        return words
    letters = tag.lower()
    told = [] if lexicon is None else _split(letters, _MOST, lambda word: _is_told(word, lexicon))
    split = told or (_split(letters, _MOST, _is_word) if tag.isascii() else [])
    best = sorted(split, key=lambda words: (len(words), _count_inflected(words, lexicon)))
    return " ".join(best[0] if best else [tag])


def _split(letters: str, most: int, is_word: Callable[[str], bool]) -> list[list[str]]:
    """Every way in which letters are words, at most so many."""
    if is_word(letters):
        return [[letters]]
    sizes = range(len(letters) - _LEAST, _LEAST - 1, -1) if most > 1 else ()
    parts = ((letters[:size], letters[size:]) for size in sizes if is_word(letters[:size]))
    return [[first, *rest] for first, last in parts for rest in _split(last, most - 1, is_word)]


def _count_inflected(words: Sequence[str], lexicon: Lexicon | None) -> int:
    folded = [lexicon.fold(word) for word in words] if lexicon is not None else []
    return sum(lexicon is not None and word not in lexicon.whole and word not in lexicon.stems for word in folded)


def _is_word(letters: str) -> bool:
    return len(letters) > _LEAST and (letters in load_english() or letters in _SHORT)


def _is_told(letters: str, lexicon: Lexicon) -> bool:
    """Whether letters are a word of a language, all of it: one that means something has three letters at least."""
    word = lexicon.fold(letters)
    english = lexicon.find(word)
    if english is None or (english not in JOINING and len(word) <= _LEAST):
        return False
    return word in lexicon.whole or " " not in english or not word.endswith(english.split()[-1])  # no told rest
