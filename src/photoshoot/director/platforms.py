"""Where a prompt's platform or rock stands: in a studio, in a real place, on a shore, in the desert or in water."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from photoshoot.director.mentions import Mention, Reading
from photoshoot.director.noun_phrases import COLOR_ALONE, HARDLY, find_behind, is_wall
from photoshoot.director.product_words import find_joints
from photoshoot.director.vocabulary import Term, Values
from photoshoot.sets import SETS

_PARTS: Final = MappingProxyType({"location": "stand", "beach": "stand", "dunes": "stand", "water": "support"})
"""Sets under the sky, in which a platform may stand → their parameter of it."""
OF_STANDS: Final = MappingProxyType(
    {
        "stand_color": ("stand", "none"),
        "stand_material": ("stand", "none"),
        "support_material": ("support", "water"),
    }
)
"""Parameter of a platform's look → the parameter, and its value, at which there is none."""
STONES: Final = ("stone", "marble", "concrete")
"""Materials that are cut or cast."""
_IN_PLACES: Final = "location"
"""The one of real places."""
_STUDIO: Final = "podium"
"""The set of platforms in a studio."""
_OF_WINDOWS: Final = ("window_room", "tabletop")
"""Sets that what is no place out there speaks for, too: windows, and moods such as "urban"."""
_LANDS: Final = ("ground", "water")
"""Roles of open ground and of seas."""
_TABLE: Final = 2.0
"""The least vote for tables of a word that names one, or what one is of."""
_NAMED: Final = 2.5
"""The least vote of a word that names such ground."""
_ROCKS, _ROCK = {"props": "rocks"}, {"stand": "rock", "stand_color": "#9b948a"}
"""What a rock is in a set where it lies about, and where the product stands on it."""
_TABLES: Final = ("wood", "marble", "stone", "concrete", "linen", "tiles", "plain")
"""Materials of the tables before real places that tables under the sky may be of, too."""
_TABLE_ROLES: Final = ("surface", "floor")
"""Roles of tables, and of boards, which may be of a floor."""
_LISTED: Final = frozenset({"", ",", "and", "with"})
"""What joins one of several things that a prompt names to the others."""
_PLAIN: Final = "plain"
"""A table's material where none is told."""
_OF_GROUND, _FAR, _RAISED = "dunes", "far", 2.8
"""The set of open ground, its parameter of what rises at its horizon, and the vote of that for it."""
_WATER: Final = "water"
_OF_SURF: Final = "beach"
_OF_TABLES: Final = "tabletop"
"""The set of tables before a wall."""
_FACING: Final = frozenset(
    {"behind", "overlooking", "before", "front", "against", "over", "near", "by", "beside", "on", "facing"}
)
"""What joins a table to the place that it stands in or before."""
_BY_STUDIO = 0.5  # how much less a platform under the sky speaks for a studio


def stand_before(reading: Reading) -> Reading:
    """A prompt whose platform stands in the place that is named beside it: "a podium, blue sky behind", "by the sea".

    An hour is such a place where its sky is spoken of or it is behind, and what a window shows is none. Before a wall
    it stands in a room.
    """
    mentions = [_stood_on(mention) if mention.supports else mention for mention in reading.mentions]
    stands = {m.start for m in mentions if m.term.role == "surface" and not m.negated and is_platform(m.term)}
    if not stands:
        return reading
    mentions = [_cast(mention) if mention.end in stands else mention for mention in mentions]
    named = [m for m in mentions if m.start not in stands]
    place = _find_place(dataclasses.replace(reading, mentions=tuple(named)))
    settled = (_settle(m, place) if m.start in stands else _shape(m, mentions, stands, place) for m in mentions)
    return dataclasses.replace(reading, mentions=tuple(settled))


def set_table_before(reading: Reading) -> Reading:
    """A prompt whose table, board or tray stands before the open place that it names: "a marble table, the sea behind".

    What is strewn or poured on a table is no such place, and before a wall it stands in a room.
    """
    if not [m for m in reading.mentions if m.term.role in _LANDS or _OF_GROUND in m.term.params]:
        return reading
    reading = _raise_far(reading)
    asked = [m for m in reading.mentions if not m.negated]
    lands = [m for m in asked if not m.supports and _is_land(m.term)]
    tables = [m for m in asked if _is_table(m)]
    if not lands or not tables or any(is_wall(m.term) or is_platform(m.term) for m in asked):
        return reading
    joints, behind = find_joints(reading), find_behind(reading)
    lands = [land for land in lands if _is_beyond(land, joints, behind)]
    tables = [m for m in tables if m.start not in behind]
    if not lands or not tables:
        return reading
    for mention in reversed(asked):  # "rustic farmhouse table"
        if mention not in tables and _made_of(mention.term) and any(m.start == mention.end for m in tables):
            tables.append(mention)
    votes = Counter[str]()
    for land in lands:
        votes.update({name: vote for name, vote in land.term.votes.items() if name in _PARTS})
    place = max(votes, key=lambda name: votes[name])
    if place == _WATER and all(_is_stone(m.term) for m in tables):
        return reading  # a stone in a river is one
    set_ = {m.start: _set_in(m, place) for m in tables}
    return dataclasses.replace(reading, mentions=tuple(set_.get(m.start, m) for m in reading.mentions))


def _raise_far(reading: Reading) -> Reading:
    """A prompt whose mountains that are behind are at the horizon of open ground, not what the product stands on.

    What else it names to stand on, a table or a platform, has them behind it wherever they are named: "mountain view".
    """
    if not [m for m in reading.mentions if m.term.role == "surface" and _FAR in m.term.params.get(_OF_GROUND, ())]:
        return reading
    joints, behind = find_joints(reading), find_behind(reading)
    stood_on = any(not m.negated and (_is_table(m) or is_platform(m.term)) for m in reading.mentions)
    seen = {
        m.start
        for m in reading.mentions
        if _is_seen(m, joints, behind) or (stood_on and joints.get(m.start) in _LISTED)
    }
    mentions = [
        dataclasses.replace(m, term=dataclasses.replace(m.term, role="ground", votes={_OF_GROUND: _RAISED}))
        if _FAR in m.term.params.get(_OF_GROUND, ()) and m.term.role == "surface" and m.start in seen
        else m
        for m in reading.mentions
    ]
    return dataclasses.replace(reading, mentions=tuple(mentions))


def _is_seen(mention: Mention, joints: Mapping[int, str], behind: Collection[int]) -> bool:
    return mention.start in behind or joints.get(mention.start, "") in _FACING - {"on"}


def _is_beyond(land: Mention, joints: Mapping[int, str], behind: Collection[int]) -> bool:
    """Whether it is where a table stands, or what is seen behind it."""
    joint = joints.get(land.start, "")
    if land.start in behind or joint in _FACING:
        return True
    sea = _WATER in land.term.params and land.term.stand_in is None
    scenery = sea or land.term.role == "ground" or land.term.votes.get(_OF_SURF, 0.0) >= _NAMED
    return scenery and land.term.kind == "place" and _OF_TABLES not in land.term.votes


def _is_table(mention: Mention) -> bool:
    """Whether it is a table or the like, what one is of, or cloth that the product stands on."""
    term, material = mention.term, _made_of(mention.term)
    bare = term.color is None and term.votes.get(_OF_TABLES, 0.0) >= _TABLE
    named = bare or (mention.supports and material is not None)
    return term.role in _TABLE_ROLES and named and term.stand_in is None and (material or _PLAIN) in _TABLES


def _is_stone(term: Term) -> bool:
    return term.params.get(_WATER, {}).get("support") == "stone"


def _made_of(term: Term) -> str | None:
    """What a table is of; None where a word does not say that."""
    told = [term.params.get(name, {}).get("material") for name in (_IN_PLACES, _OF_TABLES)]
    return next((material for material in told if material is not None), None)


def _set_in(mention: Mention, place: str) -> Mention:
    """A table that speaks for a place as much as for rooms, and a little more."""
    votes, params, material = mention.term.votes, dict(mention.term.params), _made_of(mention.term)
    of, colored = ("support_material", "stone_color") if place == _WATER else ("stand_material", "stand_color")
    color = params.get(_OF_TABLES, {}).get("surface_color")
    told = {of: material, colored: color}
    params[place] = {_PARTS[place]: "table", **{param: value for param, value in told.items() if value is not None}}
    votes = {**{name: _BY_STUDIO * vote for name, vote in votes.items()}, place: max(votes.values())}
    return dataclasses.replace(mention, term=dataclasses.replace(mention.term, votes=votes, params=params))


def leave_unstood(data: Values, name: str) -> dict[str, Any]:
    """The parameters of a set, without those of a platform that it has not: no desert is of its table's wood."""
    return {
        param: value
        for param, value in data.items()
        if param not in OF_STANDS or data.get(of := OF_STANDS[param][0], getattr(SETS[name], of)) != OF_STANDS[param][1]
    }


def _stood_on(mention: Mention) -> Mention:
    """A rock that the product stands on, where sets have it lie about otherwise."""
    params = mention.term.params
    if all(params.get(name) != _ROCKS for name in _PARTS):
        return mention
    stood = {name: _ROCK if name in _PARTS and values == _ROCKS else values for name, values in params.items()}
    stood.pop(_IN_PLACES, None)
    return dataclasses.replace(mention, term=dataclasses.replace(mention.term, params=stood))


def _cast(mention: Mention) -> Mention:
    """What walls are of where a platform is of it: plaster blocks are no plaster wall."""
    if mention.term.kind != "material" or mention.term.role != "backdrop":
        return mention
    votes = {_STUDIO: HARDLY}
    term = dataclasses.replace(mention.term, role="surface", votes=votes, params={}, stand_in=COLOR_ALONE)
    return dataclasses.replace(mention, term=term)


def is_platform(term: Term) -> bool:
    """Whether a product may stand on it under the sky."""
    parts = [term.params.get(name, {}).get(part) for name, part in _PARTS.items() if name != _WATER]
    return any(part is not None and part != "table" for part in parts)


def _find_place(reading: Reading) -> str | None:
    """The set under the sky that a prompt names beside its platform; None where it names none, or a wall."""
    asked = [mention for mention in reading.mentions if not mention.negated]
    if any(is_wall(mention.term) for mention in asked):
        return None
    votes = Counter[str]()
    lands = [mention for mention in asked if _is_land(mention.term)]  # whose sky is seen
    for mention in asked:
        if mention in lands or (_is_real(mention, reading) and not (lands and mention.term.role == "sky")):
            votes.update({name: vote for name, vote in mention.term.votes.items() if name in _PARTS})
    return max(votes, key=lambda name: votes[name]) if votes else None


def _is_land(term: Term) -> bool:
    """Whether it is ground or water that a set under the sky has."""
    best = max(term.votes, key=lambda name: term.votes[name], default="")
    return term.role in _LANDS and best in _PARTS and term.votes[best] >= _NAMED


def _is_real(mention: Mention, reading: Reading) -> bool:
    """Whether it is a real place, or an hour whose sky is seen."""
    term = mention.term
    if term.kind != "place" or "place" not in term.params.get(_IN_PLACES, {}) or _IN_PLACES not in term.votes:
        return False
    behind = mention.start in find_behind(reading)
    seen = behind or "elevation_deg" not in term.light or "sky" in reading.stems[mention.start : mention.end]
    return seen and term.votes.keys().isdisjoint(_OF_WINDOWS)


def _settle(mention: Mention, place: str | None) -> Mention:
    """A platform that speaks for a place as much as for studios, and a little more; in a studio it stands in none."""
    votes, params = mention.term.votes, mention.term.params
    if place is None:
        params = {name: values for name, values in params.items() if name != _IN_PLACES or _PARTS[name] not in values}
    elif place in params:
        most = max(votes.values(), default=0.0)
        votes = {**{name: _BY_STUDIO * vote for name, vote in votes.items()}, place: most}
    return dataclasses.replace(mention, term=dataclasses.replace(mention.term, votes=votes, params=params))


def _shape(mention: Mention, mentions: Sequence[Mention], stands: Collection[int], place: str | None) -> Mention:
    """A word for a platform's shape, which is that in its place, too: "a round travertine pedestal" by the sea."""
    shape = mention.term.params.get(_STUDIO, {}).get("shape")
    if place is None or shape is None or len(mention.term.params) > 1:
        return mention
    of = next((m for m in mentions if m.start in stands and m.start >= mention.end), None)
    if of is None or of.term.params.get(place, {}).get(_PARTS[place]) != shape:
        return mention
    params = {**mention.term.params, place: {_PARTS[place]: shape}}
    return dataclasses.replace(mention, term=dataclasses.replace(mention.term, params=params))
