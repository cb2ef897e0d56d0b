"""What describes a noun before it, as in English: adjectives, and what a part is of.

Word by word, "cerveza fría" is "beer cold", whose cold would be the light's, and "gałązki lawendy" are "branches
lavender", which are of that colour. What holds something has an "of" before it: a jar of honey.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from photoshoot.director.lexicon import JOINING
from photoshoot.director.things_or_colors import load_things
from photoshoot.director.word_order import DESCRIBING, NOUN_FIRST, PARTS, STUFF, WOODS, Pair, is_color, is_noun

_TWO_TONE: Final = "two tone"
_OF: Final = ("of", "in")
_TIMES: Final = frozenset(
    {"autumn", "evening", "afternoon", "late afternoon", "morning", "noon", "spring", "summer", "winter"}
)
_STUFFS: Final = STUFF | {"birch", "plaster", "walnut"}
_NO_THINGS: Final = ("background", "in background", "product")
ADJECTIVES: Final = DESCRIBING - {None} | frozenset(
    {
        *("bright", "clean", "clear", "cold", "cozy", "dark", "dreamy", "dusty", "elegant", "empty", "festive"),
        *("frozen", "geometric", "glossy", "industrial", "luxury", "matte", "mediterranean", "metallic", "minimalist"),
        *("misty", "modern", "moroccan", "mossy", "natural", "oval", "pale", "polished", "premium", "romantic"),
        *("round", "rumpled", "rustic", "sandy", "scandinavian", "shiny", "snowy", "soft", "sparkling", "square"),
        *("stacked", "steaming", "tiny", "tropical", "veined", "vintage", "warm", "weathered", "wicker", "checked"),
        *("fluffy", "foggy", "overcast", "plain", "rainy", "sunlit", "sunny", _TWO_TONE),
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
_HOLDERS: Final = frozenset({"basket", "bottle", "bouquet", "bowl", "cup", "jar", "jug", "mug", "plate"})
"""What holds what follows it, where languages join them with no word between."""
_NOUNS_AFTER: Final = NOUN_FIRST | {"pl", "cs", "ru", "uk", "el", "bg", "hr"}
"""Languages in which what a thing is of follows it."""
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
_LED_BY: Final = ("with", "near", "of")
_CHILD, _CHILDRENS = "child", "children's"
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
_KINDS: Final = MappingProxyType(
    {(of, kind): name for of in ("wood", "wooden") for kind, name in WOOD_KINDS.items()}
    | {("stone", kind): kind for kind in _STONES}
)
"""(material, what it is of in other languages) → what that is called in English."""
_LAVENDER, _SPRIGS = "lavender", "lavender sprigs"


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
    lit = (thing[1] or "").split()[-1:] in (["light"], ["sunlight"])
    made = stuff in _TIMES and said in ([], ["of"]) if lit else stuff in _STUFFS and of and _is_thing(thing)
    ends = end + 1 >= len(pieces) or not pieces[end + 1][0][:1].isalnum() or pieces[end + 1][1] in JOINING - {""}
    return end + 1 if made and ends else start


def _is_thing(piece: Pair) -> bool:
    return (
        is_noun(piece) and piece[1] is not None and piece[1] not in ADJECTIVES | _STUFFS and piece[1] not in _NO_THINGS
    )


def name_lavender(pieces: Sequence[Pair]) -> list[tuple[str, str | None]]:
    """Pieces of a text where lavender that leads to no noun and follows none is the plant, and no colour."""
    named: list[tuple[str, str | None]] = []
    for index, (written, english) in enumerate(pieces):
        before = pieces[index - 1] if index else ("", "")
        after = pieces[index + 1] if index + 1 < len(pieces) else ("", "")
        led = before[1] in (*_LED_BY, *ADJECTIVES) and before[1] != _TWO_TONE
        alone = not is_noun(after) and not is_color(after) and (led or not (is_noun(before) or is_color(before)))
        named.append((written, _SPRIGS if english == _LAVENDER and alone else english))
    return named


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


def _as_part(whose: str, part: str) -> str:
    """A part of a plant by its name: lavender sprigs are such already."""
    return whose if whose == _SPRIGS else f"{whose} {part}"


def _noun_before(before: Sequence[Pair]) -> int:
    """Where the noun begins that ends here, with colours and adjectives after it; the end where none does."""
    start = len(before)
    while start and is_color(before[start - 1]):
        start -= 1
    if not start or not is_noun(before[start - 1]) or before[start - 1][1] in ADJECTIVES:
        return len(before)
    return start - 1


def _is_whose(piece: Pair) -> bool:
    """Whether it is what a part may be of: a plant, and neither an adjective nor a joining word."""
    english = piece[1] or ""
    return english[:1].isalpha() and english not in ADJECTIVES | JOINING and (english == _LAVENDER or is_noun(piece))
