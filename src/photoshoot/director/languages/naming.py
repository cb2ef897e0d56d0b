"""What English calls two words of another language: parts of plants, kinds of wood, what is for children.

Word by word, "madera de nogal" is "wood of walnuts", and "Kinderschuhe" show a child.
"""

from collections.abc import Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from photoshoot.director.languages.describing import ADJECTIVES, TWO_TONE
from photoshoot.director.languages.lexicon import JOINING
from photoshoot.director.languages.word_order import NOUN_FIRST, PARTS, Pair, is_color, is_noun

_CHILD, _CHILDRENS = "child", "children's"
_LAVENDER, _SPRIGS = "lavender", "lavender sprigs"
_HOLDERS: Final = frozenset({"basket", "bottle", "bouquet", "bowl", "cup", "field", "jar", "jug", "mug", "plate"})
"""What holds what follows it, where languages join them with no word between."""
_NOUNS_AFTER: Final = NOUN_FIRST | {"pl", "cs", "ru", "uk", "el", "bg", "hr"}
"""Languages in which what a thing is of follows it."""
_LED_BY: Final = ("with", "near", "of")
_HANDS: Final = "hands"
_ROOMS: Final = ("room", "bedroom")
_PICTURED: Final = frozenset({"hands", "man", "person", "picture", "smiling", "woman"})
"""What is of a child, and shows one."""
WOOD_KINDS: Final = MappingProxyType(
    {kind: kind for kind in ("oak", "walnut", "birch", "beech", "teak", "mahogany", "rosewood", "bamboo", "pine wood")}
    | {"walnuts": "walnut", "olive": "olive wood", "olives": "olive wood", "olive trees": "olive wood"}
    | {"chestnuts": "chestnut wood", "cherries": "cherry wood", "cedar": "cedar wood", "pine": "pine wood"}
)
"""Woods of which the word is that of their tree or fruit, too → how the director calls them."""
_STONES: Final = ("basalt", "granite", "limestone", "marble", "sandstone", "slate", "travertine")
_SLABS: Final = frozenset({*_STONES, "stone", "glass", "concrete"})
_BOARD, _SLAB, _BINDING = "wooden board", "slab", ("", "of")
_KINDS: Final = MappingProxyType(
    {(of, kind): name for of in ("wood", "wooden") for kind, name in WOOD_KINDS.items()}
    | {("stone", kind): kind for kind in _STONES}
)
"""(material, what it is of in other languages) → what that is called in English."""


def name_slabs(pieces: Sequence[Pair]) -> list[tuple[str, str | None]]:
    """Pieces of a text where a board that is of stone is no wooden one: "мраморная доска", "planche de marbre"."""
    named: list[tuple[str, str | None]] = list(pieces)
    told = [index for index, (_, english) in enumerate(pieces) if english not in _BINDING]
    for first, second in pairwise(told):
        pair = {pieces[first][1], pieces[second][1]}
        if _BOARD in pair and pair & _SLABS:
            board = first if pieces[first][1] == _BOARD else second
            named[board] = (pieces[board][0], _SLAB)
    return named


def name_childrens(pieces: Sequence[Pair], code: str) -> list[tuple[str, str | None]]:
    """Pieces of a text where what is for children shows none: "Kinderschuhe", "sepatu anak", "quarto das crianças".

    Nor do compounds of hands show any: "Handseife".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        code: Its language; in those of ``NOUN_FIRST`` it follows what is for them.
    """
    named: list[tuple[str, str | None]] = []
    for written, english in pieces:
        start = len(named)
        while start and named[start - 1][1] in ("", "of"):
            start -= 1
        whose = named[start - 1] if english == _CHILD and code in NOUN_FIRST and start else ("", None)
        if whose[1] and is_noun(whose) and whose[1] not in _PICTURED:
            said = " ".join([word for word, _ in named[start - 1 :]] + [written])
            named[start - 1 :] = [(said, f"{_CHILDRENS} {'room' if whose[1] in _ROOMS else whose[1]}")]
        elif (english or "").startswith(f"{_CHILD} "):
            named.append((written, f"{_CHILDRENS}{str(english).removeprefix(_CHILD)}"))
        elif _HANDS in (words := (english or "").split())[:-1]:
            named.append((written, " ".join(word for word in words if word != _HANDS)))
        else:
            named.append((written, english))
    return named


def name_parts(pieces: Sequence[Pair], code: str) -> list[tuple[str, str | None]]:
    """Pieces of a text where parts of plants are called as in English, and what holds something has its "of".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        code: Its language.
    """
    named: list[tuple[str, str | None]] = []
    index = 0
    while index < len(pieces):
        end = index + 1
        while code in _NOUNS_AFTER and end < len(pieces) and pieces[end][1] in ("", "of"):
            end += 1
        whose = pieces[end] if code in _NOUNS_AFTER and end < len(pieces) else ("", None)
        if pieces[index][1] in PARTS and whose[1] and _is_whose(whose):
            named.append(
                (" ".join(word for word, _ in pieces[index : end + 1]), _as_part(whose[1], str(pieces[index][1])))
            )
            index = end + 1
            continue
        written, english = pieces[index]
        joined = english in _HOLDERS and end == index + 1 and whose[1] is not None and _is_whose(whose)
        named.append((written, f"{english} of" if joined else english))
        index += 1
    return named


def name_kinds(pieces: Sequence[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Pieces of a text where a wood or a stone is of its kind: "madera de nogal" is walnut, "pietra d'ardesia" slate.

    Args:
        pieces: (as written, English; None where it is not known) of a text of one of ``NOUN_FIRST``, adjectives first.
    """
    named: list[tuple[str, str | None]] = []
    index = 0
    while index < len(pieces):
        end = index + 1
        while end < len(pieces) and pieces[end][1] in ("", "of", "in"):
            end += 1
        material, _, made = (pieces[index][1] or "").partition(" ")  # a table, of "wood table"
        kind = _KINDS.get((material, pieces[end][1] or "")) if end < len(pieces) else None
        end = end + 1 if kind else index + 1
        written = " ".join(word for word, _ in pieces[index:end])
        named.append((written, f"{kind} {made}".strip() if kind else pieces[index][1]))
        index = end
    return named


def name_lavender(pieces: Sequence[Pair]) -> list[tuple[str, str | None]]:
    """Pieces of a text where lavender that leads to no noun and follows none is the plant, and no colour."""
    named: list[tuple[str, str | None]] = []
    for index, (written, english) in enumerate(pieces):
        before = pieces[index - 1] if index else ("", "")
        after = pieces[index + 1] if index + 1 < len(pieces) else ("", "")
        led = before[1] in (*_LED_BY, *ADJECTIVES) and before[1] != TWO_TONE
        alone = not is_noun(after) and not is_color(after) and (led or not (is_noun(before) or is_color(before)))
        named.append((written, _SPRIGS if english == _LAVENDER and alone else english))
    return named


def _as_part(whose: str, part: str) -> str:
    """A part of a plant by its name: lavender sprigs are such already."""
    return whose if whose == _SPRIGS else f"{whose} {part}"


def _is_whose(piece: Pair) -> bool:
    """Whether it is what a part may be of: a plant, and neither an adjective nor a joining word."""
    english = piece[1] or ""
    named = english[:1].isalpha() and not english.startswith("at ")  # "at sunset"
    return named and english not in ADJECTIVES | JOINING and (english == _LAVENDER or is_noun(piece))
