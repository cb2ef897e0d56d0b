"""What English puts before what it is said of, and other languages behind it: "flowers without", "wall before"."""

from collections.abc import Sequence
from typing import Final

from photoshoot.director.languages.lexicon import JOINTS, NUMBERS
from photoshoot.director.languages.word_order import TONES, Piece, is_color
from photoshoot.director.words.language_tables import LANGUAGES

NEGATION_LAST: Final = frozenset({"ja", "ko", "tr", "hu", "bn", "ta", "te", "mr", "ka", "eu"})
"""Languages whose "without" follows what it is said of."""

BEHIND: Final = NEGATION_LAST | {"hi", "ur", "zh", "fi", "pa", "hy", "et"}
"""Languages whose "before" follows what it is said of."""

PLACED_BEFORE: Final = frozenset(LANGUAGES[code] for code in BEHIND)
"""The same by name: they say where a product is before they name it."""

_LEADING: Final = frozenset({"before", "near", "under", "with", "overlooking"})
_LED_FIRST: Final = {
    "zh": frozenset({"with", "overlooking"}),
    "fi": frozenset({"under", "overlooking"}),
    "hu": frozenset({"overlooking"}),
    "et": frozenset({"with"}),
}
"""Language → what leads to its noun there all the same."""
_PRODUCT: Final = "product"
_NUMBER_LAST: Final = frozenset({"ja", "ko", "th", "zh", "id"})
_AS_WELL: Final = ("も", "이나", "나", "도")
"""What joins what is denied to the next that is, too: "花もキャンドルもなし"."""
_AND_TOO: Final = ("と", "와", "과", "랑", "和", "与", "跟")
"""What is "and" as well as "with"."""
_NOR: Final = "nor"
_AND: Final = "and"
_LIT: Final = frozenset({"light", "lights", "sunlight", "daylight", "candlelight", "backlit"})
_LIT_WITHIN: Final = 3  # words from which on the light is another phrase's
_WITHOUT, _OF_HINDI = "without", ("के", "کے", "ਤੋਂ", "ਦੇ")  # Urdu and Punjabi are as Hindi
_NOT_HINDI: Final = ("नहीं", "न", "मत", "نہیں", "نہ", "की", "के", "کی", "کے")  # after what is not wanted


def put_negations_first(pieces: Sequence[Piece], code: str) -> list[Piece]:
    """Pieces of a text with every "without" before what it is said of, which a mark then ends: "flowers without".

    And with every "before", "with", "near" and "under" in front of its phrase, in languages where that follows: "green
    wall before".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        code: The language: one of ``NEGATION_LAST``, or Hindi, where some follow.
    """
    ordered: list[Piece] = []
    pieces = _join_with_denied(pieces)
    for index, piece in enumerate(pieces):
        before = next((other for other in reversed(ordered) if other[1] != "" or other[0] in _OF_HINDI), ("", None))
        if _leads(piece, code) and ordered and before[0][:1].isalpha():
            start = _start_of_joined(ordered)
            ordered[start:] = [piece, *ordered[start:], (",", ",")]
        elif piece[1] == _WITHOUT and ordered and before[0][:1].isalpha() and _follows(pieces, index, before, code):
            start = _start_of_negated(ordered)
            ordered[start:] = [piece, *_join_denied(ordered[start:]), (",", ",")]
        else:
            ordered.append(piece)
    return ordered


def part_product(pieces: Sequence[Piece], code: str) -> list[Piece]:
    """Pieces of a text with a mark after the product where what it is on follows: not "product wood table on"."""
    parted: list[Piece] = []
    for piece, after in zip(pieces, (*pieces[1:], ("", "")), strict=True):
        first = (after[1] or "").split()[:1]
        follows = bool(first) and first[0] not in JOINTS and after[0][:1].isalpha()
        parted += [piece, (",", ",")] if code in BEHIND and piece[1] == _PRODUCT and follows else [piece]
    return parted


def deny_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text where a "nor" that nothing leads to denies as "without" does: "ни цветов, ни свечей".

    A light that an "and" joins to what is denied is wanted all the same: "sin personas y luz suave".
    """
    denied: list[Piece] = []
    for index, (written, english) in enumerate(pieces):
        led = bool(denied) and denied[-1][0][:1].isalnum() and any(other == _WITHOUT for _, other in denied)
        meant = _WITHOUT if english == _NOR and not led else english
        ends = english == _AND and led and _is_lit(pieces[index + 1 :])
        denied.append((written, "," if ends else meant))
    return denied


def _is_lit(pieces: Sequence[Piece]) -> bool:
    """Whether light is what a text begins with, after its adjectives."""
    for _, english in pieces[:_LIT_WITHIN]:
        if not english or english in JOINTS:
            return False
        if english.split()[-1] in _LIT:
            return True
    return False


def put_numbers_first(pieces: Sequence[Piece], code: str) -> list[Piece]:
    """Pieces of a text with every number before what there are so many of: "장미 두 송이", "バラを二輪".

    Args:
        pieces: (as written, English; None where it is not known) in the order of the text.
        code: The language: one of those whose numbers may follow their nouns.
    """
    if code not in _NUMBER_LAST:
        return list(pieces)
    ordered: list[Piece] = []
    for index, piece in enumerate(pieces):
        after = next((english for written, english in pieces[index + 1 :] if written[:1].isalnum() and english), ".")
        follows = after == "." or after in JOINTS or not pieces[index + 1][0][:1].isalnum()
        last = next((i for i in range(len(ordered) - 1, -1, -1) if ordered[i][1] != ""), -1)
        counts = piece[1] in NUMBERS and last >= 0 and (ordered[last][1] or "") not in {*JOINTS, *TONES}
        if counts and follows and ordered[last][0][:1].isalnum() and not is_color(ordered[last]):
            while last and is_color(ordered[last - 1]):
                last -= 1
            ordered[last:last] = [piece]
        else:
            ordered.append(piece)
    return ordered


def _leads(piece: Piece, code: str) -> bool:
    """Whether it is said of what stands before it: Turkish "yanında", Hindi "के साथ"."""
    return code in BEHIND and piece[1] in _LEADING - _LED_FIRST.get(code, frozenset())


def _follows(pieces: Sequence[Piece], index: int, before: Piece, code: str) -> bool:
    """Whether a negation is of what comes before it: in some languages, of some in Hindi, and where a mark is next."""
    negation = pieces[index][0].split()[0]
    if code in NEGATION_LAST or (code in ("hi", "ur", "pa") and (before[0] in _OF_HINDI or negation in _NOT_HINDI)):
        return True
    return not next((written for written, english in pieces[index + 1 :] if english != ""), "")[:1].isalnum()


def _start_of_stretch(before: Sequence[Piece]) -> int:
    """Where the phrase begins that ends here: after a mark, or a word that joins it to another one."""
    start = len(before)
    while start and (before[start - 1][0] or "")[:1].isalpha() and _last_word(before[start - 1]) not in JOINTS:
        start -= 1
    return start


def _start_of_joined(before: Sequence[Piece]) -> int:
    """Where the phrase begins that ends here, with those that an "and" joins to it: "bread and wheat with"."""
    start = _start_of_stretch(before)
    if start > 1 and before[start - 1][1] == _AND and (other := _start_of_joined(before[: start - 1])) < start - 1:
        return other
    return start


def _last_word(piece: Piece) -> str:
    """The word that a piece ends in: of "table on" that is on."""
    return (piece[1] or "?").split()[-1] if piece[1] != "" else ""


def _join_denied(denied: Sequence[Piece]) -> list[Piece]:
    """What is denied, each with the next by an "or"."""
    last = max((i for i, (_, english) in enumerate(denied) if english), default=0)
    return [(w, "or" if w in _AS_WELL and i < last else english) for i, (w, english) in enumerate(denied)]


def _join_with_denied(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces where a "with" that means "and", too, joins what is denied: "キャンドルと花なし", "没有蜡烛和花"."""
    joined: list[Piece] = []
    for index, (written, english) in enumerate(pieces):
        after = [meant for _, meant in pieces[index + 2 : index + 3]]
        before = [meant for _, meant in pieces[max(0, index - 2) : max(0, index - 1)]]
        denied = written in _AND_TOO and _WITHOUT in (*after, *before)
        joined.append((written, _AND if denied else english))
    return joined


def _start_of_negated(before: Sequence[Piece]) -> int:
    """Where that begins which ends here: a noun with its colours, and another one that an "and" joins to it."""
    start = len(before)
    while start and before[start - 1][1] == "":
        start -= 1
    start = max(0, start - 1)
    while start and (is_color(before[start - 1]) or before[start - 1][1] in ("", *TONES)):
        start -= 1
        if before[start][0] in _AS_WELL:
            return _start_of_negated(before[:start])
    if start and before[start - 1][0] in _AS_WELL:
        return _start_of_negated(before[: start - 1])
    if start > 1 and before[start - 1][1] in ("and", "with", "or"):
        return _start_of_negated(before[: start - 1])
    return start
