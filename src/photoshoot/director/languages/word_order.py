"""Colours before what they colour, as in English: of "luz dorada y rosas rojas" the gold is the light's.

Where colours follow their nouns, word by word reading gives "light golden, roses red", and in English "golden roses"
and "light red", which is pale.
"""

from collections.abc import Collection, Sequence
from typing import Final, TypeAlias, TypeVar

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.languages.lexicon import JOINING
from photoshoot.director.words.folding import fold
from photoshoot.director.words.tinges import TINGES

STUFF_LAST: Final = frozenset({"vi", "id", "th", "he", "ar", "fa", "km", "ga"})
"""Languages that join what a thing is made of to it with no word between, and after it."""

NOUN_FIRST: Final = frozenset(
    {"fr", "es", "it", "pt", "ro", "ar", "he", "vi", "id", "th", "fa", "ca", "gl", "sw", "sq", "eu", "ga", "km"}
)
"""Languages whose colours follow their nouns."""

COLOR_WORD_FIRST: Final = NOUN_FIRST | {"pl", "cs", "ru", "uk", "el", "bg", "hr"}
"""Languages whose word for colour comes before what it is the colour of: "couleur cannelle"."""

_HUES: Final = frozenset(
    {
        *("anthracite", "azure", "bordeaux", "cobalt", "cyan", "ecru", "fuchsia", "gray", "greige", "khaki", "maroon"),
        *("mauve", "navy", "ochre", "periwinkle", "scarlet", "ultramarine", "golden", "colorful"),
    }
)
"""Colours that are called after no thing, beside those that have a name of their own."""
_COLORS: Final = frozenset({*map(fold, NAMED_COLORS), *_HUES, *TINGES})
_COLORED: Final = "colored"
TONES: Final = frozenset({"light", "dark", "pale", "deep", "bright", "soft", "pastel"})
"""What tones the colour that it follows: "vert clair"."""
DESCRIBING: Final = frozenset(
    {
        *(None, "old", "small", "large", "fresh", "dry", "dried", "new", "beautiful", "delicate", "scattered", "wet"),
        *("coarse", "smooth", "rough", "thick", "thin", "tall", "low", "wide", "narrow", "rustic", "folded", "draped"),
        *("handmade", "striped", "transparent", "cut", "burning", "volcanic", "hammered", "brushed", "frosted"),
    }
)
"""What may stand between a noun and its colour: an adjective of the noun, or what is not known."""
PARTS: Final = frozenset(
    {
        *("branch", "branches", "flowers", "jam", "juice", "leaf", "leaves", "oil", "petals", "slices", "splash"),
        *("sprig", "sprigs"),
    }
)
"""Parts of plants and what is pressed of them, which what they are of leads to: lavender branches, a water splash."""
_REACH: Final = 2  # pieces that a noun may be of: "roses", and "stars of sea"

_BRIGHT, _LIGHT = "bright", "light"
WOODS: Final = frozenset({"wood", "wooden", "oak", "oaken"})
_UNPALED: Final = frozenset({"white", "black", "golden", "colorful"})
"""Colours that are no lighter for being called so."""
_NEON, _HALF = "neon lights", "half"
STUFF: Final = WOODS | frozenset(
    {
        *("acrylic", "brass", "bronze", "burlap", "cardboard", "ceramic", "clay", "concrete", "copper", "cotton"),
        *("denim", "felt", "glass", "granite", "iron", "lace", "leather", "linen", "marble", "metal", "porcelain"),
        *("satin", "silk", "slate", "steel", "stone", "suede", "terracotta", "velvet", "wicker", "wool"),
    }
)
"""What things are made of."""
_WHATEVER: Final = frozenset({"background", "light", "product", "in background"})
"""What is made of nothing: a velvet that follows it is another thing."""
_PLANTS_OR_STUFF: Final = frozenset({"bamboo", "walnut", "oak", "birch", "cork", "spruce", "coconut"})
"""What is a thing beside the product, or what something is made of."""
_WOODLANDS: Final = ("forest", "grove")
Piece: TypeAlias = tuple[str, str | None]
Pair = TypeVar("Pair", bound="tuple[str, str | None]")


def name_shades(pieces: Sequence[Piece], shades: Collection[str]) -> list[Piece]:
    """Pieces of a text where a colour and the thing that says its shade are one: of "verde menta" it is mint green.

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        shades: Known colours of two words, as in English.
    """
    named: list[Piece] = []
    for piece, after in zip(pieces, (*pieces[1:], (".", None)), strict=True):
        shade = f"{piece[1]} {named[-1][1]}" if named and piece[1] and named[-1][1] in _COLORS else ""
        ends = not after[0][:1].isalnum() or after[1] in JOINING
        wood = named[-1][1] if named and (named[-1][1] or "?").split()[0] in WOODS else None
        if wood is not None and (piece[1] == _BRIGHT or (piece[1] == _LIGHT and ends)):
            shade = f"{_LIGHT} {wood}"
        if shade in shades or shade.startswith(_LIGHT):
            named[-1] = (f"{named[-1][0]} {piece[0]}", shade)
        else:
            named.append(piece)
    return named


def pale_colors(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text where a colour that is called bright is a light one, as it is in every other language."""
    paled: list[Piece] = []
    for (written, english), after in zip(pieces, (*pieces[1:], ("", None)), strict=True):
        words = (english or "").split()
        colored = words[1:2] or (after[1] or "").split()[:1]
        if words[:1] == [_BRIGHT] and colored and colored[0] in (_COLORS - _UNPALED) | WOODS:
            paled.append((written, " ".join([_LIGHT, *words[1:]])))
        else:
            paled.append((written, english))
    return paled


def name_halves(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text where "half" and its colour are one, so that no noun takes that: "fond mi-rose mi-bleu"."""
    named: list[Piece] = []
    index = 0
    while index < len(pieces):
        start = index + 1
        while start < len(pieces) and pieces[start][1] in ("", "of", "in", _COLORED):
            start += 1
        end = _end_of_colors(pieces, start, joined=False) if pieces[index][1] == _HALF else start
        if end > start:
            written = " ".join(word for word, _ in pieces[index:end])
            color = (str(english) for _, english in _toned_first(pieces[start:end]))
            named.append((written, " ".join([_HALF, *color])))
            index = end
        else:
            named.append(pieces[index])
            index += 1
    return named


def name_hues(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text where a word for colour and the thing whose colour it is are one: "cinnamon colored".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
    """
    named: list[Piece] = []
    index = 0
    while index < len(pieces):
        end = index + 1
        while end < len(pieces) and pieces[end][1] in ("", "of"):
            end += 1
        thing = pieces[end][1] if end < len(pieces) and pieces[index][1] == _COLORED else None
        if thing is None or not thing[:1].isalpha() or thing in JOINING or thing in TONES:
            written, english = pieces[index]
            named.append((written, "" if english == _COLORED else english))  # or it would be the noun's before it
            index += 1
            continue
        written = " ".join(word for word, _ in pieces[index : end + 1])
        named.append((written, thing if is_color(pieces[end]) else f"{thing} {_COLORED}"))
        index = end + 1
    return named


def put_said_colors_first(pieces: Sequence[Pair]) -> list[Pair]:
    """Pieces of a text, with a colour that a word for colour makes one of the noun before it in that noun's front.

    Of "кресло изумрудного цвета" and "fotel w kolorze szmaragdowym" it is an emerald armchair.

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
    """
    ordered: list[Pair] = []
    index = 0
    while index < len(pieces):
        led = [english for _, english in pieces[index : index + 2]] in (["in", _COLORED], ["on", _COLORED])
        color = list(pieces[index + 2 : index + 3] if led else pieces[index : index + 1])
        followed = index + 1 < len(pieces) and pieces[index + 1][1] == _COLORED
        toned = 1 if followed and ordered and ordered[-1][1] in TONES else 0
        start = _start_of_phrase(ordered[: len(ordered) - toned])
        if start < len(ordered) - toned and (led or followed) and any(map(is_color, color)):
            ordered = [
                *ordered[:start],
                *ordered[len(ordered) - toned :],
                *color,
                *ordered[start : len(ordered) - toned],
            ]
            index += 3 if led else 2
        else:
            ordered.append(pieces[index])
            index += 1
    return ordered


def _start_of_phrase(before: Sequence[Pair]) -> int:
    """Where the noun that ends here begins, with the material before it; the end where none does."""
    start = len(before)
    while start > max(0, len(before) - _REACH) and is_noun(before[start - 1]):
        start -= 1
    return start


def put_colors_first(pieces: Sequence[Pair]) -> list[Pair]:
    """Pieces of a text, each as written and in English, with every colour before the noun that it follows.

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
    """
    ordered: list[Pair] = []
    index = 0
    while index < len(pieces):
        end = _end_of_colors(pieces, index)
        start = _start_of_noun(ordered) if end > index else len(ordered)
        if 0 < start < len(ordered) and ordered[start][1] == _NEON:
            start = _start_of_neon(ordered, start)
        if start == len(ordered):
            ordered += _toned_first(pieces[index:end]) or pieces[index : index + 1]
            end = max(end, index + 1)
        else:
            ordered[start:start] = _toned_first(pieces[index:end])
        index = end
    return ordered


def _start_of_neon(ordered: Sequence[Pair], neon: int) -> int:
    """Where a light of neon begins: of "luce al neon blu" the neon is blue, and not light blue."""
    told = next((i for i in range(neon - 1, -1, -1) if ordered[i][1] != ""), neon)
    return told if ordered[told][1] == _LIGHT else neon


def put_stuff_first(pieces: Sequence[Piece], faces: Collection[str]) -> list[Piece]:
    """Pieces of a text where a thing comes after what it is made of, as one with it: "tas kulit", a leather handbag.

    Of plants that is so for what is stood on (``faces``): "khay tre", a bamboo tray.
    """
    ordered: list[Piece] = []
    for written, english in pieces:
        before, thing = ordered[-1] if ordered else ("", None)
        on_plants = english in _PLANTS_OR_STUFF and (thing in faces or thing in _WOODLANDS)
        if english and thing and (on_plants or (english in STUFF and _is_thing((before, thing)))):
            ordered[-1] = (f"{before} {written}", f"{english} {thing}")
        else:
            ordered.append((written, english))
    return ordered


def _is_thing(piece: Piece) -> bool:
    return is_noun(piece) and piece[1] not in DESCRIBING | TONES | STUFF | _WHATEVER


def _end_of_colors(pieces: Sequence[Pair], start: int, *, joined: bool = True) -> int:
    """One past the colours that begin here, with the tones after them and, ``joined``, those after an "and"."""
    end = start
    while end < len(pieces) and is_color(pieces[end]):
        end += 1
        while end < len(pieces) and pieces[end][1] in TONES:
            end += 1
        if joined and end + 1 < len(pieces) and pieces[end][1] == "and" and is_color(pieces[end + 1]):
            end += 1
    return end


def _toned_first(colors: Sequence[Pair]) -> list[Pair]:
    toned: list[Pair] = []
    for piece in colors:
        at = len(toned)
        while piece[1] in TONES and at > 0 and toned[at - 1][1] != "and":
            at -= 1
        toned.insert(at, piece)
    return toned


def _start_of_noun(before: Sequence[Pair]) -> int:
    """Where the noun that ends here begins; the end where none does.

    What is not known between a known noun and its colour is an adjective of the noun, as words for size and age are:
    "fleurs sauvages roses".
    """
    end = len(before)
    if not end or not is_noun(before[-1]):
        return end
    if before[-1][1] in DESCRIBING and end >= _REACH and is_noun(before[-2]) and before[-2][1] not in DESCRIBING:
        return end - _REACH
    return end - 1


def is_color(piece: Pair) -> bool:
    """Whether a piece of a text is a colour, with tones before it or with the thing that says its shade."""
    words = fold(piece[1] or "").split()
    shade = len(words) > 1 and words[-1] in (*_COLORS, _COLORED) and piece[0].count(" ") > 0
    return bool(words) and words[-1] not in TONES and words[0] != _HALF and (shade or set(words) <= _COLORS | TONES)


def is_noun(piece: Pair) -> bool:
    """Whether it is a word that neither joins others nor is a colour."""
    written, english = piece
    return written[:1].isalpha() and english not in JOINING and not is_color(piece)
