"""Which tables of a prompt stand before a sea, a pool, open ground or mountains, and before what furniture."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.noun_phrases import IN_PLACES, find_behind, is_wall
from photoshoot.director.phrases.product_words import find_joints
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.outlooks import see_outlooks
from photoshoot.director.placing.platforms import (
    BY_STUDIO,
    LANDS,
    NAMED,
    OF_POOLS,
    OF_TABLES,
    PARTS,
    WATER,
    is_backdrop,
    is_land,
    is_mirror,
    is_platform,
    set_behind,
)
from photoshoot.director.words.vocabulary import Term

_TABLE: Final = 2.0
"""The least vote for tables of a word that names one, or what one is of."""
_TABLES: Final = ("wood", "marble", "stone", "concrete", "linen", "tiles", "plain")
"""Materials of the tables before real places that tables under the sky may be of, too."""
_TABLE_ROLES: Final = ("surface", "floor")
"""Roles of tables, and of boards, which may be of a floor."""
_LISTED: Final = frozenset({"", ",", "and", "with"})
"""What joins one of several things that a prompt names to the others."""
_MATERIAL, _PLAIN, _OF_WOOD = "material", "plain", "wood"
"""The parameter of a table's material, and what it is of where none is told, under the sky and in real places."""
_OF_GROUND, _FAR, _RAISED = "dunes", "far", 2.8
"""The set of open ground, its parameter of what rises at its horizon, and the vote of that for it."""
_OF_SURF: Final = "beach"
_FACING: Final = frozenset(
    {"behind", "overlooking", "before", "front", "against", "over", "near", "by", "beside", "on", "facing"}
)
"""What joins a table to the place that it stands in or before."""
_ABOVE: Final = ("overlooking", "facing")
"""What joins what is on land to the water that it looks on."""
_STOOD: Final = ("on", "in")
"""How a phrase begins that says what the product stands on: "on the grass"."""
_HIGH: Final = frozenset({"terrace", "patio", "porch", "veranda", "balcony", "loggia", "rooftop", "roof", "deck"})
"""Words of places that one looks from, on what the prompt names beside them."""
_PANES: Final = frozenset({"window", "windows", "windowsill"})
_OUTWARD: Final = frozenset({"overlooking", "looking", "facing", "onto"})
"""Words of what one looks out of, and those that say on what right after them; or a "view" does."""
_BOARDS: Final = MappingProxyType({OF_TABLES: {"material": _OF_WOOD, "surface_color": "#a98a66"}})
_OF_STREETS: Final = "road"
_STREET: Final = Term(
    votes={IN_PLACES: 3.0},
    params={IN_PLACES: {"place": "city", "heading_deg": 35.0}},
    stand_in="a street of a city",
)
"""The set of streets, and a street that is only seen."""
_AT_VIEW: Final = "a table before the view"
"""What stands in for such a place, and its parameters."""
_AMONG, _LED = frozenset({"in", "surrounded"}), 3
"""What tells that a table stands on a ground, and how many words before that it may be said."""
_OF_ROOMS = "interior"
"""The set of rooms."""


def set_table_before(reading: Reading) -> Reading:
    """A prompt whose table, board or tray stands before the open place that it names: "a marble table, the sea behind".

    What is strewn or poured on a table is no such place, and before a wall it stands in a room.
    """
    reading = _look_from(_see_streets(_furnish(_hang_boards(see_outlooks(reading)))))
    terms = [m.term for m in reading.mentions]
    if not [t for t in terms if t.role in LANDS or _OF_GROUND in t.params or OF_POOLS in t.votes]:
        return reading
    joints, behind = find_joints(reading), find_behind(reading)
    reading = _raise_far(reading, joints, behind)
    asked = [m for m in reading.mentions if not m.negated]
    tables = [m for m in asked if _is_table(m)]
    lands = _find_lands(reading, asked, tables)
    if not lands or not tables or any(is_wall(m.term) for m in asked):
        return reading
    if any(is_platform(m.term) for m in asked):
        return _before_grass(reading, (), {land.start for land in lands if _is_grown(land.term)})
    lands = [land for land in lands if _is_beyond(land, joints, behind) or _lies_round(land, reading)]
    tables = [m for m in tables if m.supports or m.start not in behind]
    if not lands or not tables:
        return reading
    tables = _with_stuff(tables, asked)
    place = _place_of(lands)
    if place == IN_PLACES:
        return _before_grass(reading, tables, {land.start for land in lands})
    bare = any(m.term.color is None for m in tables)
    if place == OF_POOLS and not bare:
        return reading  # its deck is of wood
    above = any(joints.get(land.start) in _ABOVE for land in lands)
    if place == WATER and not above and all(_is_stone(m, asked) for m in tables):
        return reading  # a stone in a river is one
    set_ = {m.start: _set_in(m, place) for m in tables}
    return reading.with_mentions(set_.get(m.start, m) for m in reading.mentions)


def _find_lands(reading: Reading, asked: Collection[Mention], tables: Collection[Mention]) -> list[Mention]:
    """The grounds and waters that the product does not stand on: of "on a table on a lawn" it is the table."""
    on = [m.start for m in tables if m.supports]
    lands = [m for m in asked if is_land(m.term)]
    if on:
        return [land for land in lands if not land.supports or land.start > on[0]]
    return [land for land in lands if not (land.supports or reading.words[land.start] in _STOOD)]


def _with_stuff(tables: Sequence[Mention], asked: Sequence[Mention]) -> list[Mention]:
    """The tables, and before them what each is of: "rustic farmhouse table"."""
    found = list(tables)
    for mention in reversed(asked):
        if mention not in found and _made_of(mention.term) in _TABLES and any(m.start == mention.end for m in found):
            found.append(mention)
    return found


def _place_of(lands: Collection[Mention]) -> str:
    """The set under the sky that grounds and waters speak for the most."""
    votes = Counter[str]()
    for land in lands:
        votes.update({name: vote for name, vote in land.term.votes.items() if name in PARTS})
    return max(votes, key=votes.__getitem__)


def _before_grass(reading: Reading, tables: Collection[Mention], lands: Collection[int]) -> Reading:
    """A prompt whose tables, of wood where nothing is told, stand on grass, which places else have in their stead."""
    bare = [] if any(_made_of(m.term) for m in tables) else [m.start for m in tables]

    def settled(mention: Mention) -> Mention:
        known = mention.term.params.get(IN_PLACES, {})
        if mention.start in bare:
            told = {_MATERIAL: _OF_WOOD}
        elif mention.start in lands:
            told = {param: value for param, value in known.items() if param not in (_MATERIAL, "surface_color")}
        else:
            return mention
        term = dataclasses.replace(mention.term, params={**mention.term.params, IN_PLACES: told})
        return dataclasses.replace(mention, term=term, supports=mention.supports and mention.start not in lands)

    return reading.with_mentions(map(settled, reading.mentions))


def _look_from(reading: Reading) -> Reading:
    """A prompt of which a place to look from is a table of boards, where it says on what: "a porch facing a lake"."""
    asked = [m for m in reading.mentions if not m.negated]
    high = [m.start for m in asked if _is_high(m, reading)]
    if not high:
        return reading
    views = [m for m in asked if m.start not in high and OF_POOLS not in m.term.votes]  # a pool has its own deck
    joints = find_joints(reading)
    looked_on = any(joints.get(m.start) in _ABOVE and "place" in m.term.params.get(IN_PLACES, ()) for m in views)
    open_air = any(is_land(m.term) or _FAR in m.term.params.get(_OF_GROUND, ()) for m in views)
    if not (looked_on or open_air):
        return reading
    votes = {OF_TABLES: _TABLE, IN_PLACES: 1.0} if open_air else {IN_PLACES: _TABLE, OF_TABLES: 1.0}

    def lowered(mention: Mention) -> Mention:
        if mention.start not in high:
            return mention
        boards = dataclasses.replace(mention.term, votes=votes, params=dict(_BOARDS), role=_TABLE_ROLES[0])
        return dataclasses.replace(mention, term=dataclasses.replace(boards, stand_in=_AT_VIEW), supports=True)

    return reading.with_mentions(map(lowered, reading.mentions))


def _see_streets(reading: Reading) -> Reading:
    """A prompt whose street is what a window looks on, or is behind a table: nothing stands on it."""
    if not any(_OF_STREETS in m.term.votes for m in reading.mentions):
        return reading
    joints, behind = find_joints(reading), find_behind(reading)
    asked = [m for m in reading.mentions if not m.negated]
    if not any(_is_high(m, reading) or (_is_table(m) and m.start not in behind) for m in asked):
        return reading
    streets = [m for m in asked if m.term.votes.get(_OF_STREETS, 0.0) >= NAMED and m.term.role in _TABLE_ROLES]
    seen = {m.start for m in streets if _is_seen(m, joints, behind)}
    mentions = [m.meaning(_STREET) if m.start in seen else m for m in reading.mentions]
    return reading.with_mentions(mentions)


def _is_high(mention: Mention, reading: Reading) -> bool:
    """Whether it is a place to look from, or a window that is said to look on something."""
    if reading.words[mention.end - 1] in _PANES:
        after = reading.words[mention.end : mention.end + _LED]
        return bool(_OUTWARD.intersection(after[:1])) or "view" in after
    return mention.term.kind == "place" and reading.words[mention.end - 1] in _HIGH


def _raise_far(reading: Reading, joints: Mapping[int, str], behind: Collection[int]) -> Reading:
    """A prompt whose mountains that are behind are at the horizon of open ground, not what the product stands on.

    What else it names to stand on, a table or a platform, has them behind it wherever they are named: "mountain view".
    """
    if not [m for m in reading.mentions if m.term.role == "surface" and _FAR in m.term.params.get(_OF_GROUND, ())]:
        return reading
    stood_on = any(not m.negated and (_is_table(m) or is_platform(m.term)) for m in reading.mentions)
    seen = {
        m.start
        for m in reading.mentions
        if _is_seen(m, joints, behind) or (stood_on and joints.get(m.start) in _LISTED)
    }
    mentions = [
        m.meaning(dataclasses.replace(m.term, role="ground", votes={_OF_GROUND: _RAISED}))
        if _FAR in m.term.params.get(_OF_GROUND, ()) and m.term.role == "surface" and m.start in seen
        else m
        for m in reading.mentions
    ]
    return reading.with_mentions(mentions)


def _furnish(reading: Reading) -> Reading:
    """A prompt whose furniture is behind the table that its product stands on: a fireplace makes no living room."""
    asked = [m for m in reading.mentions if not m.negated]
    furniture = {m.start for m in asked if is_backdrop(m.term) and _OF_ROOMS in m.term.votes and not m.supports}
    rooms = [m for m in asked if m.start not in furniture and m.term.votes.get(_OF_ROOMS, 0.0) >= NAMED]
    if rooms or not furniture or not any(_is_table(m) and not is_platform(m.term) for m in asked):
        return reading
    mentions = (set_behind(m) if m.start in furniture else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def _hang_boards(reading: Reading) -> Reading:
    """A prompt whose boards are behind what else its product stands on: "on black slate, wooden background"."""
    if not any(m.supports for m in reading.mentions):
        return reading
    mentions = (set_behind(m) if _is_boards(m) else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def _is_boards(mention: Mention) -> bool:
    hung = mention.term.role == _TABLE_ROLES[0] and mention.term.stand_in is None and is_backdrop(mention.term)
    return hung and not (mention.supports or mention.negated)


def _is_seen(mention: Mention, joints: Mapping[int, str], behind: Collection[int]) -> bool:
    return mention.start in behind or joints.get(mention.start, "") in _FACING - {"on"}


def _is_beyond(land: Mention, joints: Mapping[int, str], behind: Collection[int]) -> bool:
    """Whether it is where a table stands, or what is seen behind it."""
    joint = joints.get(land.start, "")
    if land.start in behind or joint in _FACING or land.term.votes.get(OF_POOLS, 0.0) >= NAMED:
        return True
    sea = WATER in land.term.params and land.term.stand_in is None
    scenery = sea or land.term.role == "ground" or land.term.votes.get(_OF_SURF, 0.0) >= NAMED
    return scenery and (_is_grown(land.term) or land.term.kind == "place") and OF_TABLES not in land.term.votes


def _lies_round(land: Mention, reading: Reading) -> bool:
    """Whether it is open ground that the table stands in: "in the snow", "surrounded by snow"."""
    led = _AMONG.intersection(reading.words[max(land.start - _LED, 0) : land.start])
    return bool(led) and land.term.votes.get(_OF_GROUND, 0.0) >= NAMED


def _is_grown(term: Term) -> bool:
    """Whether real places have it in a table's stead: grass."""
    return _MATERIAL in term.params.get(IN_PLACES, ())


def _is_table(mention: Mention) -> bool:
    """Whether it is a table or the like, what one is of, or cloth that the product stands on."""
    term, material = mention.term, _made_of(mention.term)
    bare = term.color is None and term.votes.get(OF_TABLES, 0.0) >= _TABLE
    named = bare or (mention.supports and material is not None)
    named = named and not is_mirror(term)
    itself = term.stand_in in (None, _AT_VIEW)
    return term.role in _TABLE_ROLES and named and itself and (material or _PLAIN) in _TABLES


def _is_stone(mention: Mention, asked: Collection[Mention]) -> bool:
    """Whether it is one, and not what a ledge is of."""
    ledge = any(m.start == mention.end and m.term.role in _TABLE_ROLES for m in asked)
    return mention.term.params.get(WATER, {}).get("support") == "stone" and not ledge


def _made_of(term: Term) -> str | None:
    """What a table is of; None where a word does not say that."""
    told = [term.params.get(name, {}).get("material") for name in (IN_PLACES, OF_TABLES)]
    return next((material for material in told if material is not None), None)


def _set_in(mention: Mention, place: str) -> Mention:
    """A table that speaks for a place as much as for rooms, and a little more."""
    votes, params, material = mention.term.votes, dict(mention.term.params), _made_of(mention.term)
    of, colored = ("support_material", "stone_color") if place == WATER else ("stand_material", "stand_color")
    color = params.get(OF_TABLES, {}).get("surface_color")
    told = {of: material, colored: color}
    params[place] = {PARTS[place]: "table", **{param: value for param, value in told.items() if value is not None}}
    votes = {**{name: BY_STUDIO * vote for name, vote in votes.items()}, place: max(votes.values())}
    term = dataclasses.replace(mention.term, votes=votes, params=params, role=_TABLE_ROLES[0])  # a board is no ground
    return mention.meaning(term)
