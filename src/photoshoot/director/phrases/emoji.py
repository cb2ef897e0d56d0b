"""Emoji in a prompt, in words: a palm tree is one, and a face or a heart asks for nothing."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import Vocabulary

_EXPRESSIVE = re.compile(
    r"\b(FACE|HEART|HEARTS|HAND|HANDS|FINGER|THUMBS|SIGN|MARK|ARROW|SYMBOL|SPARKLES|FIRE|BUTTON|EYES|KISS|POINTS|"
    r"SELECTOR|MODIFIER|JOINER|SQUARE|CIRCLE)\b"
)
"""What is said with them and not of the scene: moods, marks, and parts of other emoji."""
_SAID_TOO = re.compile(r"\b(BLACK|WHITE|HEAVY|WITH.*|OVER.*|FLUTTERING.*|BEHIND.*|SPIRAL|WRAPPED|BURNING|GLOWING)\b")
"""What their names say of how they are drawn."""
_MEANT = {
    "hot beverage": "coffee",
    "glowing star": "stars",
    "gem stone": "crystals",
    "father christmas": "christmas",
    "mother christmas": "christmas",
    "jack o lantern": "pumpkins",
}


def name_emoji(text: str, vocabulary: Vocabulary) -> str:
    """A text with each of its emoji in words, and without those that only say a mood."""
    if text.isascii():
        return text
    return "".join(_named(char, vocabulary) if unicodedata.category(char) in ("So", "Sk") else char for char in text)


@lru_cache(maxsize=512)
def _named(char: str, vocabulary: Vocabulary) -> str:
    name = unicodedata.name(char, "")
    if not name or _EXPRESSIVE.search(name):
        return " "
    return f" {next(_forms(' '.join(_SAID_TOO.sub(' ', name).lower().split()), vocabulary))} "


def _forms(name: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What an emoji's name is read as: the thing, and not the colour that is called like it."""
    if name in _MEANT:
        yield _MEANT[name]
    for form in (f"{name}s", f"{name}es", name):
        term = vocabulary.find(tuple(token for _, token in split_tokens(form)))
        if term is not None and (term.color is None or term.role is not None):
            yield form
    yield name
