"""English as it is said, of what was read word by word: "golden light", and no branches twice."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from photoshoot.director.describing import ADJECTIVES
from photoshoot.director.lexicon import JOINING, NUMBERS
from photoshoot.director.word_order import PARTS, TONES, Piece, is_color, is_noun

_GOLD: Final = frozenset({"gold", "golden"})
_LIGHTS: Final = frozenset({"light", "sunlight", "glow", "rays"})
_COLORED: Final = "colored"
_BEHIND, _BACKLIT = "in background", "backlit"
_LEAVES, _LEAF, _SHADOWS = "leaves", "leaf", ("shadow", "shadows")
_LEADING_NOUNS: Final = ADJECTIVES | TONES | NUMBERS | {""}
_RUG, _CARPET, _ON = "rug", "carpet", "on"


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
    that things are on is a carpet, as most languages have one word for both.

    Args:
        pieces: (as written, English; None where it is not known) in the order of English.
    """
    return _spread(_gild(_light_from_behind(_say_once(pieces))))


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
            if before[-1] == _LEAVES and words[0] in _SHADOWS:
                once[last] = (once[last][0], " ".join([*before[:-1], _LEAF]))
            if len(before) == 1 and before[0] in (words[0], words[-1]):
                once[last] = (once[last][0], "")
            once.append((written, english))
    return once


def _light_from_behind(pieces: Sequence[Piece]) -> list[Piece]:
    before = ("", *((english or "").split()[-1:] for _, english in pieces))
    return [
        (written, _BACKLIT if english == _BEHIND and last in (["light"], ["sunlight"]) else english)
        for (written, english), last in zip(pieces, before, strict=False)
    ]


def _gild(pieces: Sequence[Piece]) -> list[Piece]:
    gilt = list(pieces)
    for index, (written, english) in enumerate(gilt):
        if english == "gold light":
            gilt[index] = (written, "golden light")
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
