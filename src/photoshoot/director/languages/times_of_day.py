"""When a scene is, as English says it: at sunset where a place is seen then, a sunset where it is the sky itself.

Of "해변에서 일몰" it is a beach at sunset, of "orange sunset" the sky; and a mist of the morning is no morning's sun.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from photoshoot.director.languages.lexicon import JOINTS
from photoshoot.director.languages.places_last import part_clauses
from photoshoot.director.languages.word_order import Piece, is_color

_SUNSET, _AT = "sunset", "at sunset"
_PLACED: Final = ("on", "in", "near", "under", "overlooking")
_NOON, _SUNLIGHT, _SUNS = "noon", "sunlight", ("sun", "sunlight")
_HARD: Final = ("hard", "harsh", "sharp", "strong", "vibrant")
"""What a sun is said to be that throws hard shadows, as English has it, first."""
_MORNING, _MORNING_MIST = "morning light", "morning mist"
_MISTS: Final = frozenset({"fog", "foggy", "haze", "hazy", "mist", "misty"})


def say_times(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text where a sunset is when a place is seen, or else its sky, a mist the morning's, a sun noon's.

    Args:
        pieces: (as written, English; None where it is not known) in the order of English.
    """
    timed: list[Piece] = []
    for clause, marks in part_clauses(pieces):
        timed += [*_of_mornings(_of_noon(_at_sunset(clause))), *marks]
    return timed


def _at_sunset(clause: Sequence[Piece]) -> list[Piece]:
    said = [index for index, (_, english) in enumerate(clause) if english != ""]
    timed = list(clause)
    for place, index in enumerate(said):
        written, english = clause[index]
        before = [clause[i] for i in said[max(0, place - 2) : place]]
        if english == _AT and before and _colors(before):
            timed[index] = (written, _SUNSET)
        elif english == _SUNSET and _is_when(clause, said, place):
            timed[index] = (written, _AT)
    return timed


def _colors(before: Sequence[Piece]) -> bool:
    """Whether a colour is the sunset's that follows: not sand that things are on, nor a field of lavender."""
    led = len(before) > 1 and (before[0][1] or "").split()[-1:] in (["of"], ["on"], ["in"])
    return is_color(before[-1]) and not led


def _is_when(clause: Sequence[Piece], said: Sequence[int], place: int) -> bool:
    """Whether a sunset ends a clause that says where something is, or begins one that goes on to."""
    told = [(clause[i][1] or "?").split() for i in said]
    placed = [i for i, words in enumerate(told) if words[-1] in _PLACED or words[0] in _PLACED]
    ends = place + 1 == len(told) and any(i < place - 1 for i in placed) and " ".join(told[place - 1]) not in JOINTS
    begins = place == 0 and placed[:1] == [1] and len(told) > 1 + 1
    return (ends and not is_color(clause[said[place - 1]])) or begins


def _of_noon(clause: Sequence[Piece]) -> list[Piece]:
    """A clause where a sun that is said to be noon's is so in one word, and a hard noon has its sun."""
    said = [index for index, (_, english) in enumerate(clause) if english not in ("", "of")]
    timed = list(clause)
    for index, after in pairwise(said):
        words = (clause[index][1] or "?").split()
        if words[-1] in _SUNS and clause[after][1] == _NOON:
            timed[index] = (clause[index][0], " ".join([*words[:-1], _NOON, _SUNLIGHT]))
            timed[index + 1 : after + 1] = [(written, "") for written, _ in clause[index + 1 : after + 1]]
        elif words[-1] in _HARD and clause[after][1] == _NOON:
            timed[index] = (clause[index][0], _HARD[0])
            timed[after] = (clause[after][0], _NOON if said[-1] > after else f"{_NOON} {_SUNLIGHT}")
    return timed


def _of_mornings(clause: Sequence[Piece]) -> list[Piece]:
    """A clause where a mist that a morning is named with is that morning's."""
    said = [index for index, (_, english) in enumerate(clause) if english not in ("", "of")]
    timed = list(clause)
    for index, after in pairwise(said):
        if clause[index][1] == _MORNING and clause[after][1] in _MISTS:
            timed[index], timed[after] = (clause[index][0], ""), (clause[after][0], _MORNING_MIST)
            timed[index + 1 : after] = [(written, "") for written, _ in timed[index + 1 : after]]
    return timed
