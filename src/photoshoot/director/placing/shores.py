"""What is at a water's edge: sand is a beach's, towels lie on one, and waves that are behind are a sea.

Sand, cloth and rocks have sets of their own, which would hide the water that a prompt sees behind them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import find_behind, leading_set
from photoshoot.director.phrases.product_words import find_joints
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.platforms import NAMED, OF_TABLES, PARTS, WATER
from photoshoot.director.placing.rooms_behind import place_behind
from photoshoot.director.words.vocabulary import Term

_BEACH: Final = "beach"
_OF_SAND, _SAND, _CLOTH = "dunes", ("ground", "sand"), ("stand", "cloth")
"""The set of open ground; its parameter for sand, and that of a beach for cloth that the product stands on."""
_WAVES: Final = frozenset({"waves", "surf", "spray"})
_SEA: Final = {_BEACH: 3.6, WATER: 3.2}
"""Words of a sea that moves, and what such a sea speaks for: a beach before it, or the rock that it breaks on."""
_FACING: Final = frozenset({"before", "front", "against", "by", "near", "beside", "overlooking", "facing"})
"""What leads to water that is seen."""
_LISTED: Final = frozenset({",", "and", "with"})
_WITHIN: Final = frozenset({"in", "into", "under", "underneath", "beneath", "below", "of"})
"""What lists waves among what a prompt shows, and what leads to water that a product is in."""
_OF_CLOTH: Final = "drapery"
"""The set of cloth, of which towels are where nothing else is told."""
_COLOR, _SEA_COLOR = "water_color", "sea_color"
"""What a water's colour is called in its own set and on a beach."""
_DECK: Final = "deck"
"""The place behind tables from which one sees a sea."""
_SHORE: Final = 4.2  # the vote of a shore for the set of one: over that of any sand for open ground


def stand_on_shore(reading: Reading) -> Reading:
    """A prompt whose product stands where the water is that it names: "black sand, waves behind", "a towel by the sea".

    The sand, the towel or the rock is what it is said to stand on; the water is behind it or what it is by.
    """
    if not any(m.term.role == WATER and not m.negated for m in reading.mentions):
        return reading
    reading = _see_waves(_see_from_deck(reading))
    shown = (m for m in reading.mentions if _is_shown(m))
    waters = {m.start for m in shown if _WITHIN.isdisjoint(reading.stems[max(m.start - 1, 0) : m.start])}
    edges = {m.start for m in reading.mentions if _is_edge(m)}
    if not waters or not edges:
        return reading
    mentions = (_lay_by(m, edges, waters) for m in reading.mentions)
    return reading.with_mentions(mentions)


def _see_from_deck(reading: Reading) -> Reading:
    """A prompt whose waters are the sea that its deck has behind it, of the colour that they are said to have."""
    if not any(place_behind(m) == _DECK and not m.negated for m in reading.mentions):
        return reading
    sea = Term(role="backdrop", params={OF_TABLES: {"backdrop": _DECK}})
    waters = (m.meaning(sea) if m.term.role == WATER and not (m.negated or m.supports) else m for m in reading.mentions)
    return reading.with_mentions(waters)


def _see_waves(reading: Reading) -> Reading:
    """A prompt whose waves that are behind, or that it lists beside a table or a rock, are a sea's."""
    behind, joints = find_behind(reading), find_joints(reading)
    stood = any(m.supports and leading_set(m.term) not in ("", _OF_CLOTH) for m in reading.mentions)
    leads = _FACING | _LISTED if stood else _FACING

    def seen(mention: Mention) -> Mention:
        moves = mention.term.role == WATER and not _WAVES.isdisjoint(reading.words[mention.start : mention.end])
        if not moves or not (mention.start in behind or joints[mention.start] in leads):
            return mention
        return mention.meaning(replace(mention.term, votes=_SEA))

    return reading.with_mentions(map(seen, reading.mentions))


def _is_shown(mention: Mention) -> bool:
    """Whether it is a sea, a lake or a river, and not what is spilt, nor what the product stands in."""
    leads = max((vote for name, vote in mention.term.votes.items() if name in PARTS), default=0.0)
    return mention.term.role == WATER and not (mention.negated or mention.supports) and leads >= NAMED


def _is_edge(mention: Mention) -> bool:
    """Whether it is sand, or cloth that may lie on it, and the product stands there."""
    part, cloth = _CLOTH
    towel = leading_set(mention.term) == _OF_CLOTH and mention.term.params.get(_BEACH, {}).get(part) == cloth
    return mention.supports and (towel or _is_sand(mention.term))


def _is_sand(term: Term) -> bool:
    part, sand = _SAND
    return term.votes.get(_BEACH, 0.0) > 0.0 and term.params.get(_OF_SAND, {}).get(part) == sand


def _lay_by(mention: Mention, edges: Collection[int], waters: Collection[int]) -> Mention:
    """A phrase of an edge or of its water, which speaks for a shore the most."""
    term = mention.term
    if mention.start not in edges and mention.start not in waters:
        return mention
    color = None if _BEACH in term.votes else term.params.get(WATER, {}).get(_COLOR)  # a lake's: no beach is its own
    seen = {} if color is None else {_BEACH: {_SEA_COLOR: color, **term.params.get(_BEACH, {})}}
    votes, params = {**term.votes, _BEACH: _SHORE}, {**term.params, **seen}
    return mention.meaning(replace(term, votes=votes, params=params))
