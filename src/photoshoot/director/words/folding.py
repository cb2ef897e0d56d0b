"""Texts as words are compared: in lower case, without accents, Chinese in simplified characters."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from photoshoot.files import find_data

SIGNED: Final = r"\u0900-\u0963\u0966-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Scripts from India to Cambodia, as a range of letters: their vowels are signs beside letters, and no accents."""
_SIGN = re.compile(f"[{SIGNED}]")

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "đ": "d", "œ": "oe", "ँ": "ं"})
_DOUBLED: Final = re.compile("([a-z])[\u0300-\u036f]+", re.IGNORECASE)
_LAST_LETTERS = str.maketrans("ךםןףץ", "כמנפצ")
"""Hebrew letters as they are written at the end of words → within them."""
_SERBIAN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgddezzijklmnoprstcufhccs", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dz"}
)
"""Serbian letters → Croatian ones, folded."""
_PERSIAN = str.maketrans("یک", "يك")
"""Persian letters → the Arabic ones that are typed for them."""

_PLURALS = frozenset(
    {"lemons", "limes", "olives", "oranges", "plums", "roses", "tangerines", "violets"}
    | {"almonds", "apricots", "caramels", "chestnuts", "chocolates", "corals", "pistachios", "straws", "walnuts"}
)  # without their s, they would be colours, wood, or hay
_ON = {"upon": "on", "atop": "on", "n": "and"}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A text in lower case and without accents; kana, hangul and Thai keep theirs, which make other letters of them.

    Hebrew letters have the form that they have within words, Persian ones that of Arabic.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    return "".join(_bare(char) for char in text).translate(_LETTERS).translate(_LAST_LETTERS).translate(_PERSIAN)


_WIDE: Final = {code: code - 0xFEE0 for code in range(ord("０"), ord("ｚ") + 1)} | {ord("\u3000"): " "}
"""Letters and figures as wide as Chinese ones → as they mostly are."""


def drop_accents(text: str) -> str:
    """A text without accents, its letters taken apart; the scripts of ``SIGNED`` keep their signs."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char) or _SIGN.match(char))


def is_accented(word: str) -> bool:
    """Whether a word of Latin letters has accents, or letters that are folded into others."""
    return not word.isascii() and fold(word).isascii()


def spell_out(word: str) -> str:
    """A word with its accented letters twice: no other word stands there where its accents go."""
    return _DOUBLED.sub(r"\1\1", unicodedata.normalize("NFKD", word)) if is_accented(word) else word


def simplify(text: str) -> str:
    """A Chinese text with simplified characters for the traditional ones that are known."""
    return text.translate(_load_traditional())


def latinize(text: str) -> str:
    """A folded text with the letters that Croatian has for those of Serbian: the same words in another script."""
    return text.translate(_SERBIAN)


@cache
def _load_traditional() -> dict[int, str]:
    """Traditional Chinese characters → the simplified ones."""
    file = find_data("presets") / "languages" / "traditional_chinese.txt"
    rows = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {ord(pair[0]): pair[1] for row in rows for pair in row.split()}


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    if "぀" <= char <= "ヿ" or "가" <= char <= "힣" or "\u0e00" <= char <= "\u0e7f":
        return char
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


def stem(word: str) -> str:
    """A lower-case word without its plural s, the same for phrases and prompts; upon is on, and a typed n is an and."""
    if word in _PLURALS or word in _ON:
        return _ON.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


def of_wood(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """A phrase's stems with wood for wooden: other languages have one word for both."""
    return tuple("wood" if word == "wooden" else word for word in phrase)


def narrow(text: str) -> str:
    """A text whose letters and figures are no wider than others, as those typed among Chinese ones may be."""
    return text if text.isascii() else text.translate(_WIDE)
