"""Which set a prompt's words speak for most: places before tables, and adjectives after nouns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.phrases.noun_phrases import NounPhrase
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import NOUN, Mention, Reading
from photoshoot.director.placing.supports import find_supporting
from photoshoot.director.weighing import (
    ANYWHERE,
    COMMON,
    LAND,
    LANDS,
    OF_LAMPS,
    is_face,
    is_land,
    is_place,
    is_real,
    weigh_mentions,
)
from photoshoot.director.words.vocabulary import Term
from photoshoot.sets import SETS

COLORS_VOTE = {"cyclorama": 0.3}  # a colour and nothing else is a coloured backdrop
_ANY_PLACE = "location"  # the set whose table stands before any real place
_LEAST_VOTE = 0.3  # under it, no set was named
_ADJECTIVES = 3.4  # the most that votes of what is no noun add up to
_OF_MIRRORS, _OF_PAPER, _PALE = "glossy_floor", "cyclorama", 0.75
"""The dark set that mirrors, the one of a backdrop, and from which lightness on, OKLab, a colour is not dark."""
_AFLOAT, _UNHELD = "hanging_wall", {"holder": "none"}  # the set that products float in, and what makes it that
_LIGHTING = 2.4  # the least vote for it of lamps that make it where a floor or a table is named
_OF_SHADOWS = "window_room"  # the set that is made of a shadow on a wall
_INTO = ("in", "at", "inside")  # what leads to a place that the product is at
_TELLING = 1.5  # the least vote of a phrase for the set that it speaks for most, to try that
_PLACE, _LESS = 3.2, 0.1  # the least vote of other places than tables; how much less a table has than a land


def choose_set(reading: Reading, weighed: Sequence[Mention], paints: Sequence[Paint]) -> str | None:
    """The set that a prompt speaks for most, by its phrases of ``weigh_mentions``; None where it names none."""
    votes = dict(COLORS_VOTE if any(paint.rank is Rank.NAMED for paint in paints) else {})
    spoken = {id(mention.term): mention.term for mention in weighed if not mention.negated}.values()
    for term in spoken:  # each once, however often its words are repeated
        for name, vote in term.votes.items():
            votes[name] = votes[name] + vote if name in votes else vote
    if _ANY_PLACE in votes and not any(map(_is_somewhere, spoken)):
        votes.pop(_ANY_PLACE, None)
    for name in _find_denied(weighed) if len(votes) > 1 else ():
        votes.pop(name, None)
    fair = {**votes, **dict(_bounded(votes, spoken))}
    fair |= _lamps_light(fair, reading.mentions) or _lamps_yield(fair, spoken)
    most = max(fair.values(), default=0.0)
    if most < _LEAST_VOTE:
        return None
    best = next(name for name in SETS if name in fair and fair[name] == most)
    if best == _OF_PAPER and _has_two_faces(paints):
        return ANYWHERE
    if best == _OF_PAPER and any(term.params.get(_AFLOAT) == _UNHELD for term in spoken):
        return _AFLOAT
    mirrors = max((term.votes.get(_OF_MIRRORS, 0.0) for term in spoken), default=0.0) >= NOUN
    if best == _OF_MIRRORS and not mirrors and (any(map(_is_pale, paints)) or any(map(_is_matte, spoken))):
        return _OF_PAPER
    return best


def _find_denied(mentions: Sequence[Mention]) -> set[str]:
    """The sets that are never without what a prompt says "no" to: a playroom has toys, and a beach sand."""
    denied = [m.term for m in mentions if m.negated]
    if not denied:
        return set()
    things = {
        name
        for term in denied
        if term.role == "props"
        for name, vote in term.votes.items()
        if vote >= NOUN and name not in term.params
    }
    grounds = {n for term in denied if term.role == "ground" for n, vote in term.votes.items() if vote >= NOUN}
    kept = (m.term.votes.items() for m in mentions if not m.negated)
    others = any(vote >= COMMON and name not in grounds for votes in kept for name, vote in votes)
    return things | grounds if others else things


def _has_two_faces(paints: Sequence[Paint]) -> bool:
    """Whether a wall and a floor have each a colour of its own, which no sweep of paper shows."""
    named = [paint for paint in paints if paint.rank is Rank.NAMED]
    walls, floors = ({paint.color for paint in named if paint.role == role} for role in ("backdrop", "floor"))
    return bool(walls and floors) and walls.isdisjoint(floors)


def _is_pale(paint: Paint) -> bool:
    """Whether it is a backdrop's light colour: a light grey one with a reflection is no black mirror."""
    lightness = float(hex_to_oklab(paint.color)[0])
    return paint.rank is Rank.NAMED and paint.role in (None, "backdrop") and lightness > _PALE


def _is_matte(term: Term) -> bool:
    """Whether it asks for what mirrors nothing."""
    return term.params.get(_OF_PAPER, {}).get("finish") == "matte"


def name_others(
    reading: Reading, weighed: Sequence[Mention], phrases: Sequence[NounPhrase], missed: Collection[int]
) -> list[str]:
    """The sets that phrases of a prompt speak for most, each its own: worth a try where another set shows them not.

    What the product stands on has a say, and so has a place that an "in" leads to.

    Args:
        reading: The prompt.
        weighed: Its phrases, of ``weigh_mentions``.
        phrases: Its noun phrases.
        missed: Where the phrases begin that are not shown.
    """
    where = find_where(phrases)
    lands = [m for m in reading.mentions if is_land(m.term) and m.start not in missed and not m.negated]
    if lands:  # a desert is seen before a table in it, but a rock in a forest is in that
        real = {m.start for m in reading.mentions if m.start in where and is_real(m.term)}
        missed = real if where.isdisjoint(m.start for m in lands) else ()
    kept = find_supporting(reading.mentions)
    names, denied = list[str](), _find_denied(reading.mentions)
    for mention in weighed:
        votes = mention.term.votes
        if mention.start in missed and not mention.negated and max(votes.values(), default=0.0) >= _TELLING:
            name = max(votes, key=votes.__getitem__)
            names += [name] if not kept or name in kept or mention.start in where else []
    names = [name for name in names if name not in denied]
    lost = any(m.start in missed and m.supports and m.term.kind == "material" for m in reading.mentions)
    placed = [m.term for m in reading.mentions if not m.negated and _ANY_PLACE in m.term.votes and is_real(m.term)]
    if lost and placed:  # a garden's table is of wood, but one before it may be of marble
        names.append(_ANY_PLACE)
    return list(dict.fromkeys(names))


def find_where(phrases: Sequence[NounPhrase]) -> frozenset[int]:
    """The tokens of places that an "in" leads to."""
    return frozenset(token for phrase in phrases if phrase.lead in _INTO for token in phrase.tokens)


def choose_without(reading: Reading, starts: Collection[int], paints: Sequence[Paint]) -> str | None:
    """The set that a prompt speaks for most where some of its phrases speak for none."""
    silent = (m.meaning(m.term.with_votes({})) if m.start in starts else m for m in reading.mentions)
    left = reading.with_mentions(silent)
    return choose_set(left, weigh_mentions(left), paints)


def _bounded(votes: Mapping[str, float], spoken: Collection[Term]) -> Iterator[tuple[str, float]]:
    """Sets that only adjectives speak for, and tables of any place, give way to a set that a noun names."""
    lands = [vote for term in spoken if _outweighs(term) for vote in term.votes.values() if vote >= LAND]
    faces = [term.weight for term in spoken if is_face(term)]
    soft, loudest = min([_ADJECTIVES, *(face - _LESS for face in faces)]), dict.fromkeys(votes, 0.0)
    for term in spoken:
        for name, vote in term.votes.items():
            if name in loudest and vote > loudest[name]:
                loudest[name] = vote
    for name, vote in votes.items():
        if vote <= _ADJECTIVES and not lands and not faces:
            continue
        most = loudest[name]
        if most < NOUN:
            yield name, min(vote, max(soft, most))
        elif lands and most < _PLACE:
            yield name, min(vote, max(lands) - _LESS)


def _lamps_yield(votes: Mapping[str, float], spoken: Collection[Term]) -> dict[str, float]:
    """The votes of rooms that lamps or shadows alone make, where a place is named: a street with neon is a street."""
    places = [term for term in spoken if is_place(term)]
    if not places:
        return {}
    open_air = any(is_real(term) or term.role in LANDS[:2] for term in places)
    yielding = (OF_LAMPS, _OF_SHADOWS) if open_air else (OF_LAMPS,)
    rival = max((vote for name, vote in votes.items() if name not in yielding), default=0.0)
    return {name: min(votes.get(name, 0.0), rival - _LESS) for name in yielding}


def _lamps_light(votes: Mapping[str, float], mentions: Sequence[Mention]) -> dict[str, float]:
    """The votes of a room of lamps that shows all that is stood on: neon over wet concrete is no table by day."""
    terms = [mention.term for mention in mentions if not mention.negated]
    lamps = [term for term in terms if term.role == "light" and OF_LAMPS in term.votes]
    if not lamps or max(term.votes[OF_LAMPS] for term in lamps) < _LIGHTING:
        return {}
    under = [term for term in terms if is_face(term) or term.role in ("surface", "floor")]
    faces = [term for term in under if term.color is not None or (term.params and not _is_table(term))]
    if not (faces and all(term.params_in(OF_LAMPS) for term in faces)) or any(map(is_place, terms)):
        return {}
    return {OF_LAMPS: max(votes.values()) + _LESS}


def _is_table(term: Term) -> bool:
    """Whether it is a table, a board or the like, of whatever: a floor may be it as well as another."""
    vote = term.votes.get(ANYWHERE)
    return term.color is None and vote is not None and (vote < NOUN or not term.params.get(ANYWHERE))


def _is_somewhere(term: Term) -> bool:
    """Whether it asks for a real place, whichever: no table of glass before grey stands in a park by itself."""
    votes = term.votes
    first = _ANY_PLACE in votes and votes[_ANY_PLACE] == max(votes.values())
    return first or "place" in term.params.get(_ANY_PLACE, {})


def _outweighs(term: Term) -> bool:
    """Whether it names a set more than things on a table may: a desert, and the table of a café."""
    most = term.weight
    named = term.role in LANDS or (term.kind == "place" and term.votes.get(ANYWHERE, 0.0) < most)
    return most >= LAND and named
