"""English as it is said, of what was read word by word: "golden light", and no branches twice."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Final

from photoshoot.director.languages.describing import ADJECTIVES
from photoshoot.director.languages.lexicon import JOINING, JOINTS, NUMBERS
from photoshoot.director.languages.naming import WOOD_KINDS
from photoshoot.director.languages.word_order import PARTS, TONES, Piece, is_color, is_noun

_GOLD: Final = frozenset({"gold", "golden"})
_SUNS, _STRONG, _HARD = frozenset({"sun", "sunlight"}), ("strong", "sharp"), "hard"
_LIGHTS: Final = frozenset({"light", "lights", "sunlight", "glow", "rays"})
_COLORED, _DARK, _NEON = "colored", "dark ", "neon lights"
_TUBES: Final = MappingProxyType(
    {color: color for color in ("blue", "green", "orange", "pink", "purple", "red", "yellow")} | {"violet": "purple"}
)
"""Colours that neon light has in the director's words."""
_LEADING: Final = frozenset({"with", "and", "on", "in", "near", "before", "under", "without", "or"})
_BEHIND, _BACKLIT, _BACKGROUND = "in background", "backlit", "background"
_LEAVES, _LEAF, _SHADOWS = "leaves", "leaf", ("shadow", "shadows")
_LEADING_NOUNS: Final = ADJECTIVES | TONES | NUMBERS | {""}
_OUTSIDE, _SNOWS, _SNOW_OUTSIDE = "outdoors", ("snow", "snowy", "falling snow"), "snow outside"
_NOUNS: Final = MappingProxyType({"snowy": "snow", "snowy on": "snow on"})
_CALLED: Final = MappingProxyType(
    {"gold light": "golden light", "gold light in": "golden light in"}
    | dict.fromkeys(("pile of books", "stacked books"), "stack of books")
    | {"roses petals": "rose petals"}
)
_GEMS: Final = MappingProxyType({"diamonds": "diamond", "pearls": "pearl"})
"""What jewellery is of, as it leads to that: a diamond ring."""
_BY: Final = frozenset({"am", "an", "aan"})
"""German and Dutch for "on" what stands upright, and for "by" what is water."""
_ABOVE, _NEAR, _WATERS = "above", "near", ("sea", "ocean", "lake", "river")
_FLOWERS: Final = ("daisies", "orchids", "roses", "sunflowers", "tulips")
_RUG, _CARPET, _ON = "rug", "carpet", "on"
_PATTERNS: Final = ("checkerboard", "gingham", "tartan")


def say_with(pieces: Sequence[Piece], said: Sequence[bool]) -> list[Piece]:
    """Pieces of a text with a "with" before every noun whose ending says so, and before the noun's adjectives.

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        said: Whether each has such an ending.
    """
    led: set[int] = set()
    for index in (index for index, ends in enumerate(said) if ends and pieces[index][1]):
        if index and _is_part_of(pieces[index - 1], pieces[index]):
            index -= 1  # with slices of lemons
        index = _start_of_described(pieces, index)
        while (joined := _joined_before(pieces, index)) is not None and not said[joined]:
            index = _start_of_described(pieces, joined)
        led.add(index)
    return [
        (written, f"with {written if english is None else english}" if index in led else english)
        for index, (written, english) in enumerate(pieces)
    ]


def _start_of_described(pieces: Sequence[Piece], index: int) -> int:
    """Where the adjectives, colours and numbers begin that lead to a noun."""
    start = index
    while index and (is_color(pieces[index - 1]) or pieces[index - 1][1] in _LEADING_NOUNS):
        index -= 1
    return next((first for first in range(index, start) if pieces[first][1] != ""), start)


def _joined_before(pieces: Sequence[Piece], index: int) -> int | None:
    """The noun that an "and" joins to what begins here, unless something says how it stands."""
    told = [before for before in range(index) if pieces[before][1] != ""][-2:]
    if len(told) != len(("noun", "and")) or pieces[told[1]][1] != "and":
        return None
    english = pieces[told[0]][1]
    return told[0] if english and is_noun(pieces[told[0]]) and english.split()[-1] not in ("on", "in") else None


def _is_part_of(whose: Piece, part: Piece) -> bool:
    """Whether a piece is a part of what is named before it: slices of lemons, and droplets of water alone."""
    named = is_noun(whose) and not (whose[1] or "").endswith(" on")
    return (part[1] in PARTS and named) or (whose[1], part[1]) == ("water", "droplets")


def say_in_english(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text in English order, put as English says them.

    A word that two neighbours say is said once: "pine branches" for "pine branches branches". A light of gold is
    golden, the low sun's, and one behind the product a backlight. Shadows of leaves are leaf shadows. A coloured rug
    that things are on is a carpet, as most languages have one word for both. Snow out of doors is snow outside.

    Args:
        pieces: (as written, English; None where it is not known) in the order of English.
    """
    called = [(written, _CALLED.get(english or "", english)) for written, english in _lead_by_gems(pieces)]
    called = _work_at_desks(
        _of_one_wood(_without_partitives(_lead_by_patterns(_harden_suns(_tint_neon(_neon_alone(called))))))
    )
    said = _say_above(_spread(_gild(_snow_outside(_light_from_behind(_say_once(called))))))
    return [
        (written, _NOUNS.get(english or "", english) if _ends(said[index + 1 :]) else english)
        for index, (written, english) in enumerate(said)
    ]


def _lead_by_gems(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a gem that leads to a noun is one: "diamonds ring"."""
    led: list[Piece] = []
    for index, (written, english) in enumerate(pieces):
        head, _, noun = (english or "").partition(" ")
        leads = head in _GEMS and (noun or not _ends(pieces[index + 1 :]))
        led.append((written, f"{_GEMS[head]} {noun}".strip() if leads else english))
    return led


def _tint_neon(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where neon light of one colour is neon purple, blue or pink: "luce neon viola", "lila Neonlicht"."""
    tinted = list(pieces)
    told = [index for index, (_, english) in enumerate(pieces) if english not in ("", _COLORED)]
    for before, first, second, after in zip([-1, -1, *told], [-1, *told], told, [*told[1:], -1], strict=False):
        pair = (pieces[first][1] or "", pieces[second][1] or "") if first >= 0 else ("", "")
        color = next((_TUBES[word] for word in pair if word in _TUBES), None)
        if color is None or not any(word.startswith(_NEON) for word in pair):
            continue
        listed = {pieces[at][1] for at in (before, after) if at >= 0}
        if "and" not in listed:
            tinted[first], tinted[second] = (pieces[first][0], f"neon {color}"), (pieces[second][0], "light")
    return tinted


def _harden_suns(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a strong sun is a hard one, as a strong light is: "強い日光", "ضوء شمس قوي"."""
    after = [_next(pieces[index + 1 :], ("",))[1] or "?" for index in range(len(pieces))]
    return [
        (written, _HARD if english in _STRONG and follows.split()[-1] in _SUNS else english)
        for (written, english), follows in zip(pieces, after, strict=True)
    ]


def _lead_by_patterns(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a cloth's pattern comes before it: "nappe à damier", "koc w kratę"."""
    led: list[Piece] = []
    for index, piece in enumerate(pieces):
        last = next((i for i in range(len(led) - 1, -1, -1) if led[i][1] != ""), -1)
        follows = piece[1] in _PATTERNS and last >= 0 and is_noun(led[last]) and _ends(pieces[index + 1 :])
        led.insert(last if follows else len(led), piece)
    return led


def _neon_alone(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a light that is of neon is said once: "luz neon roxa" is purple neon light."""
    after = [(_next(pieces[index + 1 :], ("",))[1] or "") for index in range(len(pieces))]
    return [
        (written, "" if english == "light" and follows.startswith(_NEON) else english)
        for (written, english), follows in zip(pieces, after, strict=True)
    ]


def _without_partitives(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without an "of" that something leads to, or a "with" before a view: "avec de la menthe" is with mint."""
    told = [(".", "."), *pieces, (".", ".")]
    led = [next(english for _, english in reversed(told[: i + 1]) if english != "") for i in range(len(pieces))]
    after = [next(english for _, english in told[i + 2 :] if english != "") for i in range(len(pieces))]
    joins = [
        (said == "of" and before in _LEADING) or (said == "with" and follows == "overlooking")
        for (_, said), before, follows in zip(pieces, led, after, strict=True)
    ]
    return [(written, "" if empty else english) for (written, english), empty in zip(pieces, joins, strict=True)]


def _of_one_wood(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a wood that its kind follows is that kind: "drewnie orzechowym", "خشب جوز"."""
    said = list(pieces)
    told = [index for index, (_, english) in enumerate(pieces) if english != ""]
    for first, second in pairwise(told):
        wood, of = (pieces[index][1] or "" for index in (first, second))
        kind = WOOD_KINDS.get(of.removeprefix(_DARK))
        if wood.removeprefix(_DARK) == "wood" and kind is not None and _ends(pieces[second + 1 :]):
            toned = _DARK if _DARK in (wood[: len(_DARK)], of[: len(_DARK)]) else ""
            said[first], said[second] = (pieces[first][0], ""), (pieces[second][0], f"{toned}{kind}")
    return said


def _work_at_desks(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where what something is on is a desk, though its word is an office's, too: "على مكتب"."""
    led, said = "", list[Piece]()
    for written, english in pieces:
        said.append((written, "desk" if english == "office" and led == "on" else english))
        led = english if english in JOINTS else "" if not written[:1].isalnum() else led
    return said


def _next(after: Sequence[Piece], silent: Sequence[str]) -> Piece:
    return next((piece for piece in after if piece[1] not in silent), (".", None))


def _lead(words: Sequence[str], noun: str) -> str:
    """What leads to a noun, as English has it: leaf shadows and rose petals, of leaves and of roses."""
    single = {_LEAVES: (_LEAF, _SHADOWS), "roses": ("rose", ("petals",))}.get(words[-1], ("", ()))
    return " ".join([*words[:-1], single[0] if noun in single[1] else words[-1]])


def _ends(after: Sequence[Piece]) -> bool:
    """Whether a noun ends here: at a mark, or before a word that joins it to another one."""
    written, english = _next(after, ("",))
    return not written[:1].isalnum() or english in JOINING


def _say_once(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without a word that the one before ends in, or that the one after says with more to it."""
    once: list[Piece] = []
    for written, said in pieces:
        words = [word for word, _ in groupby((said or "").split())]
        english = " ".join(words) if words else said
        last = next((i for i in range(len(once) - 1, -1, -1) if once[i][1] != ""), -1)
        before = (once[last][1] or "").split() if last >= 0 else []
        if not words or not before or not written[:1].isalpha() or english in JOINING:
            once.append((written, english))
        elif len(words) == 1 and before[-1] == words[0]:
            once.append((written, ""))
        else:
            once[last] = (once[last][0], _lead(before, words[0]))
            english = "" if before[-1] in _FLOWERS and words == ["flowers"] else english
            if len(before) == 1 and before[0] in (words[0], words[-1]):
                once[last] = (once[last][0], "")
            once.append((written, english))
    return once


def _light_from_behind(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a light that is in the background is a backlight, and a colour that is there is the background's."""
    turned: list[Piece] = []
    for (written, english), before in zip(pieces, [(".", ""), *pieces], strict=False):
        lit = (before[1] or "").split()[-1:] in (["light"], ["sunlight"])
        behind = _BACKLIT if lit else _BACKGROUND if is_color(before) else english
        turned.append((written, behind if english == _BEHIND else english))
    return turned


def _say_above(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where what something else is on is not on the water as well, but above it: a wall over the sea.

    Nor is what floats: "flotando sobre agua". And an "am Fluss" is by the river.
    """
    ons = [index for index, (_, english) in enumerate(pieces) if english == _ON]
    said = [next((other for _, other in reversed(pieces[:index]) if other != ""), "") for index in ons]
    wet = {index for index in ons if _next(pieces[index + 1 :], ("", "of"))[1] in _WATERS}
    by = {index for index in wet if pieces[index][0].lower() in _BY}
    above = (wet & {*ons[1:]}) | {index for index, before in zip(ons, said, strict=True) if before == "floating"}
    named = dict.fromkeys(above, _ABOVE) | dict.fromkeys(by, _NEAR)
    return [(written, named.get(index, english)) for index, (written, english) in enumerate(pieces)]


def _snow_outside(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where snow that is said to be out of doors is so in English words, as what a window shows."""
    said = list(pieces)
    told = [index for index, (_, english) in enumerate(pieces) if english != ""]
    for first, second in pairwise(told):
        (before, meant), (after, also) = pieces[first], pieces[second]
        if (meant == _OUTSIDE and also in _SNOWS) or (also == _OUTSIDE and meant in _SNOWS):
            said[first : second + 1] = [(before, _SNOW_OUTSIDE), *pieces[first + 1 : second], (after, "")]
    return said


def _gild(pieces: Sequence[Piece]) -> list[Piece]:
    gilt = list(pieces)
    for index, (written, english) in enumerate(gilt):
        if english not in _GOLD:
            continue
        after = index + 1
        while after < len(gilt) and gilt[after][1] in ("", _COLORED):
            after += 1
        if after < len(gilt) and (gilt[after][1] or "?").split()[-1] in _LIGHTS:
            gilt[index:after] = [(written, "golden"), *((word, "") for word, _ in gilt[index + 1 : after])]
    return gilt


def _spread(pieces: Sequence[Piece]) -> list[Piece]:
    said = [(index, english) for index, (_, english) in enumerate(pieces) if english != ""]
    spread = list(pieces)
    for at in range(1, len(said)):
        index, english = said[at]
        if english not in (_RUG, f"{_RUG} {_ON}") or not is_color(pieces[said[at - 1][0]]):
            continue
        first = at - 1
        while first and said[first - 1][1] not in JOINING and pieces[said[first - 1][0]][0][:1].isalpha():
            first -= 1
        after = said[at + 1][1] if at + 1 < len(said) else None
        if english != _RUG or after == _ON or (first and said[first - 1][1] == _ON):
            spread[index] = (pieces[index][0], str(english).replace(_RUG, _CARPET))
    return spread
