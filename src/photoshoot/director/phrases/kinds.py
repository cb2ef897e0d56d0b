"""What an unknown English noun is a kind of, in words that the director knows: dahlias are flowers, pewter is metal.

And whether it is something that shops sell, which no scene has to show.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from photoshoot.director.phrases.mentions import read_mentions
from photoshoot.director.phrases.reading import Reading
from photoshoot.director.words.language_tables import read_columns
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import Vocabulary
from photoshoot.files import find_data

_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_HOLDS = re.compile(
    r"\s+(of|on|beside|among|against)\b", re.IGNORECASE
)  # a tin of coffee, a tea tin on a mat: no metal
_DOING = "ing"  # how words end that say what a vessel is for: a baking tin
_PLURALS = (("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""))


def find_kinds(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """(word as written, phrase of the director) of each word of a text that means nothing to it and is of some kind."""
    words = ((match.group(), match.end()) for match in _WORD.finditer(text))
    found = ((word, kind_of(word), end) for word, end in words)
    known = ((word, kind, end) for word, kind, end in found if kind and not _is_missing(word, kind, vocabulary))
    kinds = {word: kind for word, kind, end in known if not _holds(kind, text[end:], vocabulary)}
    if not kinds:
        return ()
    reading = read_mentions(text, vocabulary)
    unread = dict.fromkeys(reading.words[i] for i in reading.unread if not _is_vessel(i, reading, kinds, vocabulary))
    return tuple((word, kinds[word]) for word in unread if word in kinds)


def _is_missing(word: str, kind: str, vocabulary: Vocabulary) -> bool:
    """Whether it is sold, and of a kind that no scene has: a kayak may be the product, and is told where it is not."""
    term = vocabulary.find((kind,))
    goods = vocabulary.company["goods"]
    return term is not None and term.absent is not None and not goods.isdisjoint(_list_forms(word))


def _holds(kind: str, after: str, vocabulary: Vocabulary) -> bool:
    """Whether a material's name is that of what holds something, or lies on something, and that is not of it."""
    return _HOLDS.match(after) is not None and _is_material(kind, vocabulary)


def _is_material(kind: str, vocabulary: Vocabulary) -> bool:
    term = vocabulary.find((kind,))
    return term is not None and term.role == "surface"


def _is_vessel(index: int, reading: Reading, kinds: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    """Whether a material's name ends a compound, as its noun: of "a tea tin with lemons" nothing is of metal."""
    after = reading.stems[index + 1 : index + 2]
    ending = vocabulary.boundaries | vocabulary.company["posed"] | vocabulary.company["afloat"] | {"and"}
    ends = not after or not after[0][0].isalnum() or after[0] in ending
    before = reading.stems[index - 1]
    compound = index - 1 in reading.unread and (before.endswith(_DOING) or not is_participle(before))
    compound = compound or before in vocabulary.company["eaten"] or before in vocabulary.company["coffee"]
    return ends and compound and _is_material(kinds.get(reading.words[index], ""), vocabulary)


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str | None:
    """What a noun, in the singular or the plural, is a kind of; None where that is not known."""
    kinds = _load_kinds()
    return next((kinds[form] for form in _list_forms(word) if form in kinds), None)


def is_sold(word: str) -> bool:
    """Whether a noun, in the singular or the plural, is food, clothing, a tool or the like by WordNet: a clarinet."""
    return not _load_goods().isdisjoint(_list_forms(word))


def _list_forms(word: str) -> list[str]:
    """A word in small letters, then what it is the plural of."""
    plain = word.lower()
    ends = _PLURALS if plain.endswith("s") else ()
    return [plain, *(plain[: len(plain) - len(end)] + one for end, one in ends if plain.endswith(end))]


@cache
def _load_kinds() -> dict[str, str]:
    rows = read_columns("kinds.psv")[1]["words"]
    return {word: phrase for phrase, words in rows for word in words.split("/")}


@cache
def _load_goods() -> frozenset[str]:
    return frozenset((find_data("presets") / "languages" / "goods.txt").read_text(encoding="utf-8").split())
