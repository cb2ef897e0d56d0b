"""What an unknown English noun is a kind of, in words that the director knows: dahlias are flowers, pewter is metal."""

import re
from functools import cache

from photoshoot.director.language_tables import read_columns
from photoshoot.director.mentions import read_mentions
from photoshoot.director.vocabulary import Vocabulary

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_HOLDS = re.compile(
    r"\s+(of|on|beside|among|against)\b", re.IGNORECASE
)  # a tin of coffee, a tea tin on a mat: no metal
_PLURALS = (("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""))


def find_kinds(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """(word as written, phrase of the director) of each word of a text that means nothing to it and is of some kind."""
    named = (match.group() for match in _WORD.finditer(text) if not _HOLDS.match(text, match.end()))
    kinds = {word: kind for word in named if (kind := kind_of(word)) is not None}
    if not kinds:
        return ()
    reading = read_mentions(text, vocabulary)
    unread = dict.fromkeys(reading.words[index] for index in reading.unread)
    return tuple((word, kinds[word]) for word in unread if word in kinds)


def kind_of(word: str) -> str | None:
    """What a noun, in the singular or the plural, is a kind of; None where that is not known."""
    kinds, plain = _load_kinds(), word.lower()
    if plain in kinds or not plain.endswith("s"):
        return kinds.get(plain)
    forms = [plain[: len(plain) - len(end)] + one for end, one in _PLURALS if plain.endswith(end)]
    return next((kinds[form] for form in forms if form in kinds), None)


@cache
def _load_kinds() -> dict[str, str]:
    rows = read_columns("kinds.psv")[1]["words"]
    return {word: phrase for phrase, words in rows for word in words.split("/")}
