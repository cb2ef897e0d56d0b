"""Gives what a wall, a floor, a table or a background is of to it: "a walnut wall", "a floor of pale oak"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, get_args

from photoshoot.director.phrases.noun_phrases import (
    CLOTH,
    COLOR_ALONE,
    HARDLY,
    IN_PLACES,
    RIGID,
    WALLED,
    find_behind,
    find_phrases,
    is_hung,
    is_paper,
    is_rigid,
    is_wall,
    leading_set,
)  # fmt: skip
from photoshoot.director.phrases.reading import NOUN, Mention, Reading
from photoshoot.director.placing.platforms import STONES, cast, is_of_walls
from photoshoot.director.words.vocabulary import Term, Values, load_vocabulary
from photoshoot.sets import SETS, parameters_of

_FLOORS: Final = frozenset(
    {"tabletop", "location", "room", "gallery", "window_room", "glossy_floor", "flat_lay", "gym"}
)
_FACED = 5  # how many words before a curtain may tell that the product is in front of it
_SHADOW: Final = "gobo"
"""The parameter of light that throws a shadow on a wall."""
_TABLE: Final = "a table"
"""What is told of a seat."""
_LED = 3  # how many words before a curtain may tell that light falls through it
_CURTAIN = "linen"  # what a curtain is of, of which nothing is told
_BEHIND: Final = 0.2
"""How much cloth speaks for its set behind a table."""
_MIRROR, _LESS, _LEAST = "glossy_floor", 0.5, 1.5  # the set of what mirrors, and how much less a table of it speaks for
_OF_FLOORS, _ROOMS = "neon_room", ("gallery", "room")
"""The set that tells what floors are of, and others whose floors are."""
_OF_STANDS: Final = "podium"
"""The set of platforms in a studio."""
_HUNG: Final = "hanging_wall"
_FLOOR: Final = "floor"
"""The role of the ground of a room."""
_OF_WALL: Final = {WALLED: 2.0}
_WALLS_OF: Final = {"wood": ("wooden", "wall"), "concrete": ("concrete", "wall")}
"""A table's material → the phrase of a wall of it."""


def give_to_heads(reading: Reading) -> Reading:
    """A prompt where what a wall or a floor is of is no table's: "a walnut wall", "a floor of pale oak"."""
    given: dict[int, Term] = _hang_behind(reading)
    shadowed = any(_SHADOW in mention.term.light for mention in reading.mentions)
    hung = set[int]()  # walls of cloth alone: of "a red velvet wall" the velvet is all there is
    for phrase in find_phrases(reading):
        inside = [mention for mention in reading.mentions if mention.start in phrase.tokens]
        head = next((mention for mention in inside if mention.start <= phrase.head < mention.end), None)
        if head is not None and _is_seat(head, reading) and any(_is_made(m, head) for m in inside):
            given[head.start] = replace(head.term, color=None, params={}, stand_in=_TABLE)
        if head is None or head.term.color is not None:
            continue
        others = [mention for mention in reading.mentions if mention.start not in phrase.tokens]
        if is_wall(head.term) and any(map(_is_cloth, inside)) and all(m.term.role != "surface" for m in others):
            hung.add(head.start)
        backed = is_paper(head.term) and any(_is_laid(m) or _is_in_studio(m.term) or _is_cloth(m) for m in others)
        for mention in inside:
            if shadowed and is_of_walls(mention.term):
                continue  # a plaster shelf in the shadow of leaves is before plaster
            term = _as_backdrop(mention.term) if backed else _as_of(head.term, mention.term)
            if mention.start not in given and term is not None:
                given[mention.start] = term
    mentions = (m.meaning(given[m.start]) if m.start in given else m for m in reading.mentions if m.start not in hung)
    return reading.with_mentions(mentions) if given or hung else reading


def _hang_behind(reading: Reading) -> dict[int, Term]:
    """Start → what cloth means that hangs behind what the product stands on: a backdrop of its colour."""
    behind = find_behind(reading) | set(_find_curtains(reading))
    if not any(_MIRROR in m.term.votes and leading_set(m.term) == _MIRROR for m in reading.mentions):
        papers = {m.start for m in reading.mentions if is_paper(m.term) and not m.negated}
        behind |= {m.start for m in reading.mentions if m.end in papers}  # "a velvet backdrop"; floors that mirror glow
    stood_on = any(_may_bear(m.term) and m.start not in behind for m in reading.mentions)
    cloths = [m for m in reading.mentions if m.start in behind and m.term.role == "surface" and CLOTH in m.term.votes]
    if not stood_on or not cloths:
        return {}
    made = next((of for m in cloths if (of := m.term.params.get(CLOTH, {}).get("cloth")) is not None), _CURTAIN)
    params = {RIGID: {"backdrop": made}}
    terms = {m.start: (m.term, {name: _BEHIND * vote for name, vote in m.term.votes.items()}) for m in cloths}
    return {
        start: replace(term, role="backdrop", votes=votes, params={**term.params, **params})
        for start, (term, votes) in terms.items()
    }


def _may_bear(term: Term) -> bool:
    """Whether a product may be stood on it: a surface of any kind, or the floor of a table's set."""
    return (term.role == "surface" and bool(term.votes)) or (term.role == _FLOOR and RIGID in term.votes)


def _find_curtains(reading: Reading) -> Iterator[int]:
    """Where a curtain is named behind a platform that a prompt begins with, or by a table, and what it is of."""
    hung = [m for m in reading.mentions if m.term.role == "surface" and CLOTH in m.term.votes and is_hung(m.term)]
    if not hung:
        return
    first = next(m for m in reading.mentions if m.term.role is not None and (m.term.color is None or _is_stand(m.term)))
    standing = _is_stand(first.term) or _is_in_studio(first.term) or any(map(_is_laid, reading.mentions))
    for mention in hung:
        led = reading.stems[max(mention.start - _LED, 0) : mention.start]
        faced = standing or "front" in reading.stems[max(mention.start - _FACED, 0) : mention.start]
        if faced and not mention.negated and "through" not in led:
            yield mention.start
            yield from (m.start for m in reading.mentions if m.end == mention.start)


def _as_of(head: Term, made: Term) -> Term | None:
    """What a material means that a wall, a floor or a table is of; None where it is what it always is."""
    if _is_bare(head) and _MIRROR in made.votes:
        votes = {name: vote * (_LESS if name in (_MIRROR, IN_PLACES) else 1.0) for name, vote in made.votes.items()}
        return replace(made, votes=votes)  # a metal shelf is no floor of metal
    if is_hung(head) and CLOTH in made.votes:
        params = {name: values for name, values in made.params.items() if name == CLOTH}
        return replace(made, votes={CLOTH: made.votes[CLOTH]}, params=params)  # no table is laid with a curtain's lace
    if head.role == "accent" and head.votes and CLOTH not in head.votes and made.role == "surface":
        of = replace(made, role="accent", votes={}, params={}, stand_in=COLOR_ALONE)
        return of if made.color is not None else Term()  # no table is of a chair's velvet
    if _is_bare(head) and is_of_walls(made) and RIGID not in made.params:
        return cast(made)  # a plaster table is no plaster wall
    if not is_rigid(made):
        return None
    if is_wall(head):
        if (wall := _wall_of(made)) is not None:
            return wall
        params = {name: values for name, values in made.params.items() if name == _HUNG}
        return replace(made, role="backdrop", votes=_OF_WALL, params=params, stand_in=COLOR_ALONE)
    if head.role == "floor":
        votes = {name: vote for name, vote in made.votes.items() if name in _FLOORS}
        params = {name: values for name, values in made.params.items() if name in (*_FLOORS, _OF_FLOORS)}
        params |= _floors_of(made)
        return replace(made, role="floor", votes=votes, params=params)
    return None


def _as_backdrop(made: Term) -> Term | None:
    """What a material means that a background is of, behind what the product stands on: its colour there."""
    if not is_rigid(made):
        return None
    bare = replace(made, role="backdrop", votes={RIGID: HARDLY}, params={}, stand_in=COLOR_ALONE)
    return _wall_of(made) or bare


def _wall_of(made: Term) -> Term | None:
    """A wall of a material, in its colour: boards of wood; None where tables have no such wall behind them."""
    phrase = _WALLS_OF.get(str(made.params[RIGID].get("material")))
    wall = None if phrase is None else load_vocabulary().find(phrase)
    return None if wall is None else replace(wall, color=made.color)


def _floors_of(made: Term) -> dict[str, Values]:
    """What it is as the floor of rooms whose floors can be of it."""
    floor = made.params.get(_OF_FLOORS, {}).get("floor")
    rooms = (name for name in _ROOMS if floor in get_args(parameters_of(SETS[name])["floor"]))
    return {name: {"floor": floor} for name in rooms}


def _is_stand(term: Term) -> bool:
    """Whether it is a platform that stands in real places, too."""
    return "stand" in term.params.get(IN_PLACES, {})


def _is_in_studio(term: Term) -> bool:
    """Whether it is a platform of a studio."""
    return term.votes.get(_OF_STANDS, 0.0) >= NOUN


def _is_laid(mention: Mention) -> bool:
    """Whether it is a table or the like, or what is no cloth that one is of."""
    term = mention.term
    seat = term.stand_in is not None and term.votes.get(RIGID, 0.0) >= _LEAST
    laid = seat or _is_bare(term) or term.votes.get(RIGID, 0.0) >= NOUN
    return term.role == "surface" and not mention.negated and laid


def _is_cloth(mention: Mention) -> bool:
    term = mention.term
    return term.role == "surface" and term.kind == "material" and CLOTH in term.votes and not mention.negated


def _is_seat(mention: Mention, reading: Reading) -> bool:
    """Whether it is a stool or a bench: of wood where nothing else is told, and shown as a table."""
    named = reading.stems[mention.end - 1] in load_vocabulary().company["seat"]
    return named and mention.term.kind == "material" and mention.term.stand_in is not None


def _is_made(mention: Mention, seat: Mention) -> bool:
    """Whether it is stone or wood that a seat is of: a travertine stool, and no leather chair."""
    return mention is not seat and mention.term.params.get(RIGID, {}).get("material") in (*STONES, *_WALLS_OF)


def _is_bare(term: Term) -> bool:
    """Whether it is a table or a shelf, of whatever."""
    return term.role == "surface" and term.color is None and term.votes.get(RIGID, 0.0) >= _LEAST
