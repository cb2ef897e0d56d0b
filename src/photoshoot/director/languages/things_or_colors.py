"""Words that name a thing and its colour, told apart by what stands round them: "des roses", and "un mur rose".

In the Romance languages a colour follows its noun; in German it comes before it, and nouns are large. So a plural
that follows no noun is a thing, and a singular is one after an article or a number of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, TypeAlias

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.languages.lexicon import JOINING, NUMBERS, Lexicon
from photoshoot.director.words.language_tables import read_columns
from photoshoot.sets import PARTS

_ARTICLES, _BEFORE = "ARTICLES", "BEFORE"
_COLOR_WORDS: Final = ("color", "coul", "farb", "teint", "tint", "tono", "degrad", "gradient", "sfuma", "verlauf")
"""How words for "colour", and for what goes from one to another, begin: "color de rosa"."""
_COLORED: Final = frozenset({*PARTS, "background", "plain background", "wall", "tone"})
_LARGE_NOUNS = "de"
_BALLS, _PINE_FRUIT = "balls", "pine fruit"
"""What balls and Spanish *piñas* are called until the words beside them tell which are meant."""
_OF_WINTER: Final = frozenset(
    {"snow", "snowy", "pine", "fir", "winter", "christmas", "snowflakes", "frost", "icy", "acorns"}
)
"""What balls are ornaments beside, and *piñas* cones."""
_STONE, _ROCKS = "stone", "rocks"
_WILD: Final = frozenset({"river", "stream", "waterfall", "fjord", "lake", "sea", "ocean", "mountains", "pond"})
"""What a stone is a rock beside, and no material, in languages that have one word for both."""
_SAID_OF_STONE: Final = frozenset({"wet", "old", "large", "smooth", "rough", "small", "mossy"})
Pair: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Things:
    """The words of one language that name a thing and its colour."""

    plain: dict[str, str] = field(default_factory=dict)
    """Folded plurals, and names of what has none → the thing in English."""
    counted: dict[str, str] = field(default_factory=dict)
    """Folded singulars → the thing in English."""
    articles: frozenset[str] = frozenset()
    """Articles of the singulars' gender as things: "une rose" is a flower, "un rose" a pink."""
    before: frozenset[str] = frozenset()
    """Adjectives that stand before nouns."""


def find_thing(words: Sequence[str], folded: Sequence[str], index: int, lexicon: Lexicon) -> str | None:
    """What a word means as a thing, in English; None where it is a colour, or no such word.

    Args:
        words: The prompt's words as written.
        folded: The same, folded.
        index: Which one.
        lexicon: The prompt's language.
    """
    things = load_things().get(lexicon.code)
    if things is None:
        return None
    token = folded[index]
    german = lexicon.code == _LARGE_NOUNS
    if german and not words[index][0].isupper():
        return None
    start = index - 1
    while start >= 0 and folded[start] in things.before:
        start -= 1
    if token in things.plain and not _follows_noun(folded, start, lexicon):
        return None if german and _leads_noun(folded, index, lexicon) else things.plain[token]
    if token in things.counted and _is_counted(folded, start, lexicon, things):
        return None if german and _leads_noun(folded, index, lexicon) else things.counted[token]
    return None


def in_company(pieces: Sequence[Pair]) -> list[Pair]:
    """Pieces of a text with balls as what they are there, ornaments beside snow and firs, else balloons; so with cones.

    And with a stone by wild water as a rock: "pedra junto à cachoeira".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
    """
    said = {word for _, english in pieces if english != _PINE_FRUIT for word in (english or "").split()}
    winter = not said.isdisjoint(_OF_WINTER)
    meant = {_BALLS: "ornaments" if winter else "balloons", _PINE_FRUIT: "pine cones" if winter else "pineapple"}
    named = [(written, meant.get(english or "", english)) for written, english in pieces]
    if said.isdisjoint(_WILD):
        return named
    rocks = {index for index, (_, english) in enumerate(named) if english == _STONE and _is_rock(named, index)}
    return [(written, _ROCKS if i in rocks else english) for i, (written, english) in enumerate(named)]


def _is_rock(pieces: Sequence[Pair], index: int) -> bool:
    """Whether a stone is a thing: neither what something is of nor said of the noun that follows."""
    before = next((english for _, english in reversed(pieces[:index]) if english != ""), None)
    others = (piece for piece in pieces[index + 1 :] if piece[1] not in _SAID_OF_STONE | NAMED_COLORS.keys() | {""})
    written, after = next(others, (".", None))
    return before != "of" and (not written[:1].isalnum() or after in JOINING or (after or "").split()[-1:] == ["on"])


def _is_counted(folded: Sequence[str], start: int, lexicon: Lexicon, things: Things) -> bool:
    """Whether a singular has its own article, or is what something is of: "pétales de rose"."""
    if start < 0:
        return False
    if folded[start] in things.articles:
        return True
    return lexicon.find(folded[start]) == "of" and start > 0 and _is_other_noun(folded[start - 1], lexicon)


def _follows_noun(folded: Sequence[str], start: int, lexicon: Lexicon) -> bool:
    """Whether a noun, or a colour and an "and", stand before a word: then that is a colour, too."""
    if start < 0:
        return False
    meant = lexicon.find(folded[start])
    if _names_colors(folded[start]):
        return True
    if meant == "and":
        return start > 0 and lexicon.find(folded[start - 1]) in NAMED_COLORS
    if meant == "of":
        return start > 0 and _names_colors(folded[start - 1])
    return meant == "in" or _is_noun(folded[start], lexicon)


def _leads_noun(folded: Sequence[str], index: int, lexicon: Lexicon) -> bool:
    """Whether the part of the picture that it colours stands right after it: "Lavendel Hintergrund"."""
    return index + 1 < len(folded) and lexicon.find(folded[index + 1]) in _COLORED


def _is_noun(token: str, lexicon: Lexicon) -> bool:
    """Whether a word is neither a joining one nor a number nor a mark."""
    return token[0].isalpha() and lexicon.find(token) not in JOINING | NUMBERS


def _is_other_noun(token: str, lexicon: Lexicon) -> bool:
    return _is_noun(token, lexicon) and not _names_colors(token)


def _names_colors(token: str) -> bool:
    return token.startswith(_COLOR_WORDS) or token in ("cor", "ton", "tons")


@cache
def load_things() -> Mapping[str, Things]:
    """The words of each language that has such, by its code; read once.

    Raises:
        PresetError: A row has not a cell for every language.
    """
    found: dict[str, Things] = {}
    for code, rows in read_columns("things.psv")[1].items():
        found[code] = Things()
        for english, cell in rows:
            found[code] = _add(found[code], english, cell)
    return found


def _add(things: Things, english: str, cell: str) -> Things:
    plain, _, counted = cell.partition(";")
    words = frozenset(plain.split("/"))
    if english == _ARTICLES:
        return replace(things, articles=words)
    if english == _BEFORE:
        return replace(things, before=words)
    return replace(
        things,
        plain=things.plain | dict.fromkeys(words, english),
        counted=things.counted | dict.fromkeys(filter(None, counted.split("/")), english),
    )
