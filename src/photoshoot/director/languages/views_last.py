"""What a place looks on after the place, as in English: of "lake overlooking window" there is a window over a lake.

The languages of ``places_last.PLACES_FIRST`` say the view before its window or balcony: "göl manzaralı pencere". And
what is in the background is named before it: of "im Hintergrund ein Wald" there is a forest in the background.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from photoshoot.director.languages.lexicon import JOINTS
from photoshoot.director.languages.places_last import PLACES_FIRST, part_clauses
from photoshoot.director.languages.word_order import TONES, Piece, is_color, is_noun

_LOOKING: Final = "overlooking"
_PLACED: Final = ("on", "in")
_NEAR: Final = "near"
_BACKGROUND, _BEHIND = "background", "in background"
_JOINTS: Final = JOINTS - {"and", "or"}
_SEEN_FROM: Final = MappingProxyType(
    dict.fromkeys(("window", "windows", "windowsill"), _NEAR)
    | dict.fromkeys(("balcony", "porch", "rooftop", "terrace", "veranda"), "on")
)
"""Places that one looks from, and what leads to them after what is there."""
_CALLED: Final = MappingProxyType({"windowsill": "window"})
"""What something is near where it is not said to be on it: 窓辺."""
_OF: Final = "的"
"""What parts the view from its place in Chinese."""


def put_views_last(pieces: Sequence[Piece], code: str) -> list[Piece]:
    """Pieces of a text with what a place looks on right after that place; a table at a window is near the window.

    Args:
        pieces: (as written, English; None where it is not known), what leads to a phrase before it.
        code: The language; others' pieces are as they are.
    """
    ordered = list(pieces)
    starts = [i for i, (_, english) in enumerate(pieces) if english == _LOOKING] if code in PLACES_FIRST else []
    for start in reversed(starts):
        end = _end_of_view(ordered, start, code)
        said = [english for _, english in ordered[start:end] if english != ""]
        stop = _end_of_place(ordered, end + 1)
        place, joint = _part_joint(ordered[end + 1 : stop])
        if end < len(ordered) and len(said) > 1 and None not in said and any(map(is_noun, place)):
            written = " ".join(written for written, _ in (*ordered[start + 1 : end], ordered[start]) if written)
            view = (written, " ".join([*map(str, said), *joint]))
            ordered[start:stop] = [*_stand_by(place), view]
    return ordered


def put_backgrounds_last(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text where what is in the background, and a background's colour, come before that.

    So they do where a phrase begins with it: "im Hintergrund ein Wald", "背景是松树林", "背景深色".
    """
    return [piece for clause, marks in part_clauses(pieces) for piece in (*_see_behind(clause), *marks)]


def _see_behind(clause: Sequence[Piece]) -> list[Piece]:
    start = next((i for i, (_, english) in enumerate(clause) if english != ""), len(clause))
    behind = clause[start] if start < len(clause) else ("", None)
    if behind[1] not in (_BACKGROUND, _BEHIND):
        return list(clause)
    joints = (i for i in range(start + 1, len(clause)) if clause[i][1] in _JOINTS)
    end = next(joints, len(clause))
    seen = [piece for piece in clause[start + 1 : end] if piece[1] != ""]
    if not seen or all(piece[1] is None for piece in seen):
        return list(clause)
    plain = behind[1] == _BACKGROUND and all(is_color(piece) or piece[1] in TONES for piece in seen)
    last = (behind[0], _BACKGROUND if plain else _BEHIND)
    return [*clause[:start], *clause[start + 1 : end], last, *clause[end:]]


def _end_of_view(pieces: Sequence[Piece], start: int, code: str) -> int:
    """Where the mark is that ends a view, or the 的 before its place; the number of pieces where none does."""
    stop = next((i for i in range(start + 1, len(pieces)) if not pieces[i][0][:1].isalnum()), len(pieces))
    if code != "zh":
        return stop if pieces[stop : stop + 1] == [(",", ",")] else len(pieces)
    ends = [i for i in range(start + 1, stop - 1) if pieces[i][0] == _OF]
    before = [i for i in ends if (pieces[i + 1][1] or "").split()[-1:] in ([place] for place in _SEEN_FROM)]
    return next(iter((*before, *ends)), len(pieces))


def _end_of_place(pieces: Sequence[Piece], first: int) -> int:
    """Where the place ends that begins there: after an "on" in its last word, before another joint or a mark."""
    for index in range(first, len(pieces)):
        written, english = pieces[index]
        if not written[:1].isalnum() or (english in JOINTS and (index, english) != (first, _NEAR)):
            return index
        if english and english.split()[-1] in _PLACED:
            return index + 1
    return len(pieces)


def _part_joint(place: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """A place, and the "on" that its last word ends in."""
    written, english = place[-1] if place else ("", None)
    *noun, last = (english or "").split() or [""]
    return ([*place[:-1], (written, " ".join(noun))], [last]) if noun and last in _PLACED else (list(place), [])


def _stand_by(place: Sequence[Piece]) -> list[Piece]:
    """A place where what is named after a window is near it: "window wood table" is a wood table near a window."""
    named = [i for i, (_, english) in enumerate(place) if english and english.split()[-1] in _SEEN_FROM]
    at = named[0] if named else len(place)
    if not any(english != "" for _, english in place[at + 1 :]):
        return list(place)
    written, english = place[at]
    noun = str(english).split()[-1]
    led = f"{_SEEN_FROM[noun]} {_CALLED.get(noun, str(english).removeprefix('before '))}"
    return [*place[at + 1 :], *(piece for piece in place[:at] if piece[1] != _NEAR), (written, led)]
