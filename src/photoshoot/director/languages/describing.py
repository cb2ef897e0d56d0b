"""What describes a noun before it, as in English: adjectives, and what a part is of.

Word by word, "cerveza fría" is "beer cold", whose cold would be the light's, and "gałązki lawendy" are "branches
lavender", which are of that colour. What holds something has an "of" before it: a jar of honey.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from photoshoot.director.languages.lexicon import JOINING
from photoshoot.director.languages.things_or_colors import load_things
from photoshoot.director.languages.word_order import DESCRIBING, STUFF, WOODS, Pair, Piece, is_color, is_noun

TWO_TONE: Final = "two tone"
"""Of two colours, which follow."""
_OF: Final = ("of", "in")
_TIMES: Final = frozenset(
    {"autumn", "evening", "afternoon", "late afternoon", "morning", "noon", "spring", "summer", "winter"}
)
_STUFFS: Final = STUFF | {"birch", "cork", "jute", "paper", "plaster", "plywood", "rattan", "straw", "walnut"}
_NO_THINGS: Final = ("background", "in background", "product")
ADJECTIVES: Final = DESCRIBING - {None} | frozenset(
    {
        *("bright", "clean", "clear", "cold", "cozy", "dark", "dreamy", "dusty", "elegant", "empty", "festive"),
        *("frozen", "geometric", "glossy", "industrial", "luxury", "matte", "mediterranean", "metallic", "minimalist"),
        *("misty", "modern", "moroccan", "mossy", "natural", "oval", "pale", "polished", "premium", "romantic"),
        *("round", "rumpled", "rustic", "sandy", "scandinavian", "shiny", "snowy", "soft", "sparkling", "square"),
        *("stacked", "steaming", "tiny", "tropical", "veined", "vintage", "warm", "weathered", "wicker", "checked"),
        *("fluffy", "foggy", "overcast", "plain", "rainy", "sunlit", "sunny", TWO_TONE),
        *("lit", "knitted", "decorated", "cracked"),
        *("calm", "christmas", "crushed", "diffused", "hard", "harsh", "sharp", "stormy", "strong"),
    }
)
"""English adjectives that other languages' words stand for, but for colours."""
_AGES: Final = ("old", "weathered")
_OF_HEADS: Final = frozenset(
    {
        *("checked", "cut", "draped", "folded", "hammered", "large", "new", "polished", "round", "small", "square"),
        *("stacked", "striped"),
    }
)
"""Adjectives that are said of things, and not of what those are of."""
_UNKNOWN_LAST: Final = frozenset({"fr", "es", "it", "pt", "ro", "ca", "gl"})
"""Languages in which an unknown word right after a noun is mostly an adjective of it: "toalha felpuda"."""
_SIDES: Final = (
    "from above",
    "from the left",
    "from the right",
    "from both sides",
    "from the window",
    "through the window",
)
_LIGHTS: Final = ("light", "sunlight", "spotlight", "sun")
_LIGHT: Final = "light"
_TIMED: Final = frozenset({"light", "sunlight", "night", "evening", "day", "landscape"})
"""What is of a season or an hour that leads to it in English: a winter night."""
_SUNS: Final = ("sunlight", "sun")
_SUN_LOW: Final = ("sunset", "sunrise", "dawn", "dusk", "twilight", *_TIMES)
"""What a light is of, and leads to it in English: "golden light of sunset"."""


def put_adjectives_first(pieces: Sequence[Pair], code: str) -> list[Pair]:
    """Pieces of a text, with every adjective before the noun that it follows: "cold beer".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        code: Its language, one of ``NOUN_FIRST``; of adjectives that may stand before nouns there, those stay.
    """
    things = load_things().get(code)
    leading = things.before if things is not None else frozenset()
    ordered: list[Pair] = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else ("", "")
        stays = piece[0].lower() in leading and is_noun(after) and after[1] not in ADJECTIVES
        start = _noun_before(ordered)
        if (
            piece[1] in _OF_HEADS
            and start > 1
            and ordered[start - 1][1] in ("in", "of")
            and is_noun(ordered[start - 2])
        ):
            start -= 2  # of "plateau en cuivre martelé" the tray is hammered
        unknown = code in _UNKNOWN_LAST and piece[1] is None and piece[0].islower() and not is_noun(after)
        if (piece[1] in ADJECTIVES or unknown) and start < len(ordered) and not stays:
            ordered.insert(start, piece)
        else:
            ordered.append(piece)
    return ordered


def put_age_first(pieces: Sequence[Pair]) -> list[Pair]:
    """Pieces of a text, with how old something is before what it is of: Hindi has "wood old table"."""
    ordered: list[Pair] = []
    for piece in pieces:
        last = next((i for i in range(len(ordered) - 1, -1, -1) if ordered[i][1] != ""), -1)
        if piece[1] in _AGES and last >= 0 and ordered[last][1] in WOODS:
            ordered.insert(last, piece)
        else:
            ordered.append(piece)
    return ordered


def put_made_of_first(pieces: Sequence[Pair]) -> list[tuple[str, str | None]]:
    """Pieces of a text where what a thing is of leads to it, as in English: "mesa de madera" is a wooden table.

    So does what time a light is of: "lumière froide d'hiver" is cold winter light, and no light in winter.

    Args:
        pieces: (as written, English; None where it is not known) of a text of one of ``NOUN_FIRST``, adjectives first.
    """
    ordered = list[tuple[str, str | None]](pieces)
    index = 1
    while index < len(ordered):
        end = _end_of_made(ordered, index)
        if end > index:
            ordered[index - 1 : end] = _turn_made(ordered[index - 1], ordered[index:end])
        index = max(end, index + 1)
    return ordered


def _turn_made(thing: Pair, made: Sequence[Pair]) -> list[tuple[str, str | None]]:
    """What a thing is of, then the thing; within it where it is called by several words: a cold winter light."""
    of = [(word, "" if english in _OF else english) for word, english in made]
    *adjectives, noun = str(thing[1]).split()
    if not adjectives or any(map(is_color, of)):
        return [*of, (thing[0], thing[1])]
    said = [*adjectives, *(english for _, english in of if english), noun]
    return [(" ".join([thing[0], *(word for word, _ in of)]), " ".join(said))]


def _end_of_made(pieces: Sequence[Pair], start: int) -> int:
    """One past what the noun before ``start`` is made of, or the time that its light is of; ``start`` where it is none.

    Colours and adjectives of the stuff are with it: "mesa de cristal negro".
    """
    end, thing = start, pieces[start - 1]
    while end < len(pieces) and (pieces[end][1] in ("", *_OF) or pieces[end][1] in ADJECTIVES or is_color(pieces[end])):
        end += 1
    said = [english for _, english in pieces[start:end] if english != ""]
    of = said[:1] != [] and said[0] in _OF
    stuff = pieces[end][1] if end < len(pieces) else None
    lit = (thing[1] or "?").split()[-1] in _TIMED
    made = stuff in _TIMES and said in ([], ["of"]) if lit else stuff in _STUFFS and of and _is_thing(thing)
    ends = end + 1 >= len(pieces) or not pieces[end + 1][0][:1].isalnum() or pieces[end + 1][1] in JOINING - {""}
    return end + 1 if made and ends else start


def _is_thing(piece: Pair) -> bool:
    return (
        is_noun(piece) and piece[1] is not None and piece[1] not in ADJECTIVES | _STUFFS and piece[1] not in _NO_THINGS
    )


def turn_lights(pieces: Sequence[Pair]) -> list[Pair]:
    """Pieces of a text where what says from where it shines follows its light: "von oben kommt ein starkes Licht"."""
    turned, clause = list[Pair](), list[Pair]()
    for piece in pieces:
        if piece[0][:1].isalnum():
            clause.append(piece)
        else:
            turned += [*_turn_light(clause), piece]
            clause = []
    return turned + _turn_light(clause)


def _turn_light(clause: Sequence[Pair]) -> list[Pair]:
    side = next((i for i, (_, english) in enumerate(clause) if english in _SIDES), None)
    shining = {i for i, (_, english) in enumerate(clause) if english and english.split()[-1] in _LIGHTS}
    said = [i for i, (_, english) in enumerate(clause) if english != ""]
    lights = [i for i, after in zip(said, [*said[1:], -1], strict=False) if i in shining and after not in shining]
    if side is None or len(lights) != 1:
        return list(clause)
    rest = [*clause[:side], *clause[side + 1 :]]
    at = lights[0] + (side > lights[0])
    return [*rest[:at], clause[side], *rest[at:]]


def join_lights(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text in English order where a light is said in one, however many words tell of it.

    Of its hour, no "soft light of morning light"; of candles; with its side or colour, no "cold light blue light"; and
    the sun's is of its hour: "ánh nắng buổi sáng" is morning sunlight.
    """
    joined = list(pieces)
    told = [index for index, (_, english) in enumerate(pieces) if english != ""]
    for first, joint, last in zip(told, told[1:], told[2:], strict=False):
        if pieces[joint][1] == "of" and (of := _join_light(pieces[first][1], pieces[last][1], of=True)) is not None:
            joined[joint] = (pieces[joint][0], "")
            joined[first], joined[last] = (pieces[first][0], of[0]), (pieces[last][0], of[1])
    for first, last in pairwise(index for index in told if joined[index][1] != ""):
        if (lit := _join_light(joined[first][1], joined[last][1], of=False)) is not None:
            joined[first], joined[last] = (pieces[first][0], lit[0]), (pieces[last][0], lit[1])
    return joined


def _join_light(light: str | None, other: str | None, *, of: bool) -> tuple[str, str] | None:
    """A light, and what is said of it after it or is joined to it by an "of", as in English; None of others."""
    words, after = (light or "?").split(), (other or "?").split()
    if words[-1] in _SUNS and after[-1] == _LIGHT and not {*after[:-1]} - _TIMES:
        return " ".join(after[:-1]), " ".join(words)
    if words[-1] != _LIGHT:
        return None
    bare = " ".join(words[:-1])
    if bare and after in (["sunlight"], ["sun"], ["daylight"]):
        return bare, after[0]
    if after == ["candles"]:
        return bare, "candlelight"
    if of and after[-1] in (_LIGHT, *_SUN_LOW):
        return bare, " ".join([*after, *([] if after[-1] == _LIGHT else [_LIGHT])])
    timed = words[0] in _TIMES and after[-1] in _SUNS
    colored = bool(bare) and after[-1] == _LIGHT and is_color(("", " ".join(after[:-1])))
    return (bare, " ".join(after)) if timed or colored else None


def _noun_before(before: Sequence[Pair]) -> int:
    """Where the noun begins that ends here, with colours and adjectives after it; the end where none does."""
    start = len(before)
    while start and is_color(before[start - 1]):
        start -= 1
    if not start or not is_noun(before[start - 1]) or before[start - 1][1] in ADJECTIVES:
        return len(before)
    return start - 1
