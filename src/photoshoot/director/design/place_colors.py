"""Colours that are said of a place: they are its walls', where it has such, and no table's in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from photoshoot.director.phrases.noun_phrases import IN_PLACES, has_walls, is_paper
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention
from photoshoot.sets import SETS

_GROUNDS = ("outdoor_ground", "road")  # the sets of what large things stand on out of doors
_BACKDROP, _GROUND, _SURFACE = "backdrop", "ground", "surface"


def give_to_places(paints: Sequence[Paint], mentions: Sequence[Mention], name: str) -> list[Paint]:
    """Colours of rooms as their walls', and none of a land's on the table in it.

    Of "a black table in a red barn" the boards behind it are red, and of "on oak in a green meadow" no oak is green.

    Args:
        paints: The prompt's colours.
        mentions: Its phrases.
        name: The set that is built.
    """
    paints = _with_papers(paints, mentions)
    rooms = _rooms_of(paints, mentions, name)
    lands = _lands_of(paints, mentions) if name == IN_PLACES else _lands_beside(paints, mentions, name)
    if not rooms and not lands:
        return list(paints)
    return [
        dataclasses.replace(paint, role=_BACKDROP) if paint.role is None and paint.noun in rooms else paint
        for paint in paints
        if _told_of(paint) not in lands
    ]


def _with_papers(paints: Sequence[Paint], mentions: Sequence[Mention]) -> list[Paint]:
    """Colours, those of things that a backdrop is of the backdrop's, too: "a pink glitter party background"."""
    known = {mention.start: mention for mention in mentions}
    things = [(paint, known[paint.noun]) for paint in paints if paint.role == "props" and paint.noun in known]
    papers = ((paint, _paper_after(noun, mentions)) for paint, noun in things if paint.rank is Rank.NAMED)
    more = (
        dataclasses.replace(paint, role=_BACKDROP, noun=paper.start) for paint, paper in papers if paper is not None
    )
    return [*paints, *more]


def _paper_after(noun: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The backdrop whose name a thing's begins: "glitter background"."""
    for after in mentions:
        if after.start == noun.end:
            if is_paper(after.term):
                return after
            if after.term.role == "props" or after.term.season:
                noun = after
    return None


def give_to_rest(paints: Sequence[Paint], name: str) -> list[Paint]:
    """A further colour that follows what the product stands on as the rest's: "a podium in lilac and cream"."""
    taking = [param for param, use in SETS[name].color_uses().items() if _SURFACE in use.parts]
    if len(taking) != 1 or taking[0] not in SETS[name].free_colors:
        return list(paints)
    given: dict[int, str] = {}
    return [dataclasses.replace(p, role=None, noun=None) if _is_further(p, given) else p for p in paints]


def _is_further(paint: Paint, given: dict[int, str]) -> bool:
    """Whether what it is said of, before it, has another colour in what is ``given``, which it is added to else."""
    if paint.rank is not Rank.NAMED or paint.noun is None or paint.role != _SURFACE or paint.noun > paint.start:
        return False
    return given.setdefault(paint.noun, paint.color) != paint.color


def _rooms_of(paints: Sequence[Paint], mentions: Sequence[Mention], name: str) -> list[int]:
    """Where rooms are named that have a colour, of a set whose walls take it and have none of their own."""
    if any(paint.role == _BACKDROP and paint.rank is Rank.NAMED for paint in paints):
        return []  # of "a white bathtub, blue tiles" the tiles are blue
    rooms = []
    for paint in paints:
        if paint.role is None and paint.noun is not None:
            rooms += [m.start for m in mentions if m.start == paint.noun and has_walls(m.term)]
    walled = rooms and any(_BACKDROP in use.parts for use in SETS[name].color_uses().values())
    return rooms if walled else []


def _lands_of(paints: Sequence[Paint], mentions: Sequence[Mention]) -> list[int]:
    """Where lands are named that have a colour, told or their own, about what the product stands on."""
    dyed = [
        paint for paint in paints if paint.role == _GROUND and (paint.rank is Rank.MATERIAL or paint.noun is not None)
    ]
    under = [m.term for m in mentions if m.supports and m.term.role == _SURFACE]
    shown = any(IN_PLACES in term.votes or IN_PLACES in term.params for term in under)
    return [_told_of(paint) for paint in dyed if under and (shown or paint.rank is Rank.NAMED)]


def _lands_beside(paints: Sequence[Paint], mentions: Sequence[Mention], name: str) -> list[int]:
    """Where lands have a colour, other than the ground that the product is on: no path is green as fields are."""
    if name not in _GROUNDS:
        return []
    under = {m.start for m in mentions if (m.supports and name in m.term.votes) or _GROUND in m.term.params_in(name)}
    return [_told_of(paint) for paint in paints if under and paint.role == _GROUND and _told_of(paint) not in under]


def _told_of(paint: Paint) -> int:
    """Where what has the colour is named."""
    return paint.start if paint.noun is None else paint.noun
