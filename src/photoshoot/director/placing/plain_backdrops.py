"""A backdrop that is asked for before a place that nobody named: a log before white is in no forest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import find_behind, is_paper, is_wall, leading_set
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.platforms import OF_TABLES
from photoshoot.director.words.vocabulary import Term, Values

_PLACES = "location"
"""The set of real places."""
_OF_EARTH, _GROWN = "rocks", "plants"
"""The set of ground before a plain backdrop, and its parameter of what grows there."""
_NAMED: Final = 2.5
"""The least vote of what names a place."""
_WALL: Final = "wall"
"""What is behind a table where nothing else is."""
_UNDER: Final = ("surface", "floor", "ground", "water")
"""Roles of what products stand on."""
_OF_SHEETS: Final[Mapping[str, Values]] = {OF_TABLES: {"material": "plain", "finish": "matte"}}
"""A table that a sheet of paper lies on."""
_OF_CLOTH: Final[Mapping[str, Values]] = {OF_TABLES: {"material": "linen", "finish": "matte"}}
"""A table that a blanket lies on."""
_SEVERAL: Final = 2
_OF_WINDOWS, _BY_WINDOW = "window_room", "a window's light"
"""The set of a window's light on a wall, and what is told of it."""
PLAIN: Final = ("plain", "solid", "simple", "seamless")
"""What a backdrop is called that nothing is on."""


def stand_before_paper(reading: Reading) -> Reading:
    """A prompt in which what the product stands on brings no place of its own where a plain backdrop is asked for."""
    brought = {m.start for m in reading.mentions if not m.negated and (_has_place(m.term) or _is_out_there(m.term))}
    if not brought or not any(_is_plain(mention, reading) for mention in reading.mentions):
        return reading
    others = [mention for mention in reading.mentions if mention.start not in brought and not mention.negated]
    if any(m.term.weight >= _NAMED and m.term.kind == "place" for m in others):
        return reading
    mentions = (m.meaning(_bare(m.term)) if m.start in brought else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def lay_papers(reading: Reading) -> Reading:
    """A prompt whose paper is what the product is on, where a wall and nothing else is named: kraft paper, a teal wall.

    What is of paper itself, "a kraft paper backdrop", stays behind, and so does what is said to be there.
    """
    there = [m for m in reading.mentions if not m.negated]
    papers = [m for m in there if is_paper(m.term) and m.term.kind == "material"]
    walls = [m for m in there if m.term.role == "backdrop" and m.term.kind != "material"]
    if len(papers) != 1 or not walls or any(m.term.role in _UNDER or m.term.weight >= _NAMED for m in there):
        return reading
    paper = papers[0]
    if paper.start in find_behind(reading) or any(wall.start == paper.end for wall in walls):
        return reading
    term = replace(paper.term, role="surface", votes={OF_TABLES: _NAMED}, params={**paper.term.params, **_OF_SHEETS})
    return reading.with_mentions(m.meaning(term) if m is paper else m for m in reading.mentions)


def lies_on_paper(mentions: Sequence[Mention], data: Values) -> bool:
    """Whether a backdrop of paper goes on under what stands before it, as nothing else is named that it is on."""
    there = [mention for mention in mentions if not mention.negated]
    bare = data.get("backdrop", _WALL) == _WALL and not any(map(_is_under, there))
    return bare and any(is_paper(m.term) and not is_wall(m.term) for m in there)


def _is_under(mention: Mention) -> bool:
    """Whether it is what a product stands on, and not only how that shines."""
    return mention.term.role in _UNDER and set(mention.term.params.get(OF_TABLES, ())) != {"finish"}


def _has_place(term: Term) -> bool:
    """Whether a material's word is shown in a place that comes with it, or is what grows on ground."""
    if term.kind != "material" or _PLACES not in term.votes:
        return False
    grown = _GROWN in term.params.get(_OF_EARTH, ())
    return grown or (term.role == "surface" and "place" in term.params.get(_PLACES, {}))


def _is_out_there(term: Term) -> bool:
    """Whether it is what products stand on in real places alone: a windowsill, a picnic's blanket."""
    votes = sorted(term.votes.values())
    alone = leading_set(term) == _PLACES and OF_TABLES not in term.votes and term.weight >= _NAMED
    return alone and term.role == "surface" and term.kind == "place" and (len(votes) < _SEVERAL or votes[-2] < _NAMED)


def _is_plain(mention: Mention, reading: Reading) -> bool:
    """Whether it is a wall, a backdrop of a colour, or one that is called plain."""
    if is_wall(mention.term) and not mention.negated:
        return True
    if mention.negated or not is_paper(mention.term):
        return False
    before = reading.stems[mention.start - 1 : mention.start]
    told = any(m.end == mention.start and m.term.kind in ("colour", "tone") for m in reading.mentions)
    return told or (bool(before) and before[0] in PLAIN) or reading.stems[mention.start] in PLAIN


def _bare(term: Term) -> Term:
    """A material's word without its place."""
    votes = {name: vote for name, vote in term.votes.items() if name != _PLACES}
    if _GROWN in term.params.get(_OF_EARTH, ()):
        votes = {_OF_EARTH: term.votes[_PLACES]}
    params = {name: {part: v for part, v in values.items() if part != "place"} for name, values in term.params.items()}
    if not votes:
        return replace(term, votes={OF_TABLES: _NAMED}, params={**params, **_OF_CLOTH})
    return replace(term, votes=votes, params=params, stand_in=_BY_WINDOW if _OF_WINDOWS in votes else term.stand_in)
