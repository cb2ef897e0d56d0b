"""Where a prompt's platform or rock stands: in a studio, in a real place, on a shore, in the desert or in water."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Sequence
from types import MappingProxyType
from typing import Any, Final

from photoshoot.director.phrases.noun_phrases import (
    COLOR_ALONE,
    HARDLY,
    IN_PLACES,
    find_behind,
    is_paper,
    is_wall,
    leading_set,
)
from photoshoot.director.phrases.product_words import BLURRED, find_joints
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.vocabulary import Term, Values
from photoshoot.sets import SETS, parameters_of

PARTS: Final = MappingProxyType(
    {"location": "stand", "beach": "stand", "dunes": "stand", "pool": "stand", "water": "support"}
)
"""Sets under the sky, in which a platform may stand → their parameter of it."""
ALIKE: Final = MappingProxyType({"tabletop": "location", "pool": "beach"})
"""Set → another one, whose words for a platform are also its own."""
_BACKDROP: Final = "backdrop"
_PLAINEST: Final = "wall"
"""The parameter of what is behind a table, and the value of it that any set has."""
OF_STANDS: Final = MappingProxyType(
    {
        "stand_color": ("stand", "none"),
        "stand_material": ("stand", "none"),
        "support_material": ("support", "water"),
        "under_material": ("under", "none"),
    }
)
"""Parameter of a platform's look → the parameter, and its value, at which there is none."""
_ROAD: Final = "road"
"""The parameter of a road through open ground, which rain wets as it does rocks."""
_WET: Final = "wet"
"""The parameter of what rain, or the sea, wets."""
_OF_ONE_KIND: Final = MappingProxyType({_WET: {"stand": "rock", "support": "stone"}, "rail_color": {"holder": "rail"}})
"""Parameter of a rock's look, or a rail's → the parameters, of those that a set has, at whose values there is one."""
OF_PARTS: Final = OF_STANDS.keys() | _OF_ONE_KIND.keys()
"""Parameters of what not every set of a kind has."""
STONES: Final = ("stone", "marble", "concrete")
"""Materials that are cut or cast."""
OF_TABLES: Final = "tabletop"
"""The set of tables before a wall."""
_STUDIO: Final = "podium"
"""The set of platforms in a studio."""
_OF_WINDOWS: Final = ("window_room", "tabletop")
"""Sets that what is no place out there speaks for, too: windows, and moods such as "urban"."""
LANDS: Final = ("ground", "water")
"""Roles of open ground and of seas."""
NAMED: Final = 2.5
"""The least vote of a word that names such ground."""
_ROCKS, _ROCK = {"props": "rocks"}, {"stand": "rock", "stand_color": "#9b948a"}
"""What a rock is in a set where it lies about, and where the product stands on it."""
OF_MIRRORS, OF_POOLS = "glossy_floor", "pool"
"""The sets of a floor that mirrors, and of pools."""
WATER: Final = "water"
_OF_BACKDROPS: Final = MappingProxyType({OF_TABLES: 1.0})
"""The votes of what is behind."""
_STAND: Final = "stand"
_PLACED: Final = ("place", "heading_deg")
_GROWN: Final = frozenset({"place", "material"})
"""Parameters of a real place, and those of what grows on the ground of one."""
_LAID: Final = MappingProxyType({"material": "linen", "finish": "matte"})
"""A table that is laid with a cloth."""
_OPEN: Final = ("crates", "stairs")
"""Sets of platforms that have no plain wall behind them."""
_NEXT_TO: Final = ("next", "near", "beside", "by")
"""What leads to a place that what has one of its own is only by: a log next to a stream."""
BY_STUDIO = 0.5  # how much less a platform under the sky speaks for a studio


def stand_before(reading: Reading) -> Reading:
    """A prompt whose platform stands in the place that is named beside it: "a podium, blue sky behind", "by the sea".

    An hour is such a place where its sky is spoken of or it is behind, and what a window shows is none. What may be
    behind a table may be so behind its platform: "a crate before a brick wall"; before another wall it is in a studio,
    and a crate or steps are on a table.
    """
    mentions = [_stood_on(mention) if mention.supports else mention for mention in reading.mentions]
    stands = {m.start for m in mentions if m.term.role == "surface" and not m.negated and _is_stand(m)}
    if not stands:
        return reading
    of = {m.end + 1 for m in mentions if m.start in stands and reading.stems[m.end : m.end + 1] == ("of",)}
    dyed = {m.end for m in mentions if m.start in of and m.term.kind == "colour"}  # "a cube of white plaster"
    mentions = [_cast_there(m) if m.end in stands or m.start in of | dyed else m for m in mentions]
    joints, at_home = find_joints(reading), any(m.start in stands and IN_PLACES in m.term.votes for m in mentions)
    named = [m for m in mentions if m.start not in stands and not (at_home and joints.get(m.start) in _NEXT_TO)]
    place = _find_place(reading.with_mentions(named))
    lifted = place is None and any(m.start in stands and IN_PLACES in m.term.params for m in mentions)
    mirrors = any(m.start in stands and is_mirror(m.term) for m in mentions)  # which have a glow behind them
    own = {m.start for m in named if mirrors and OF_MIRRORS in m.term.votes}
    leading = {m.start - 1 for m in named if reading.stems[m.start - 1] in BLURRED}  # "with a blurred kitchen behind"
    backs = {m.start for m in named if lifted and is_backdrop(m.term) and not m.negated} - own - leading
    walled = lifted and not backs and any(m.start in stands and leading_set(m.term) in _OPEN for m in mentions)
    before_wall = any(not m.negated and (is_wall(m.term) or is_of_walls(m.term)) for m in named)
    before_paper = any(not m.negated and is_paper(m.term) for m in named)
    if backs or (mirrors and before_wall) or (walled and (before_wall or before_paper)):
        place = OF_TABLES
        mentions = [set_behind(m) if m.start in backs else m for m in mentions]
    settled = (_settle(m, place) if m.start in stands else _shape(m, mentions, stands, place) for m in mentions)
    return reading.with_mentions(settled)


def has_stand(param: str, data: Values, name: str) -> bool:
    """Whether a parameter of a set tells of what it has: none of a platform's look does where there is none."""
    if param in _OF_ONE_KIND:
        there = all(data.get(of, getattr(SETS[name], of, one)) == one for of, one in _OF_ONE_KIND[param].items())
        return there or (param == _WET and bool(data.get(_ROAD, False)))
    if param not in OF_STANDS:
        return True
    of, none = OF_STANDS[param]
    return bool(data.get(of, getattr(SETS[name], of)) != none)


def leave_unstood(data: Values, name: str) -> dict[str, Any]:
    """The parameters of a set, without those of a platform that it has not: no desert is of its table's wood."""
    return {param: value for param, value in data.items() if param not in OF_PARTS or has_stand(param, data, name)}


def _stood_on(mention: Mention) -> Mention:
    """A rock that the product stands on, where sets have it lie about otherwise."""
    params = mention.term.params
    lying = {name for name in PARTS if _ROCKS.items() <= params.get(name, {}).items()}
    if not lying:
        return mention
    stood = {name: _stood(values) if name in lying else values for name, values in params.items()}
    stood.pop(IN_PLACES, None)
    return mention.meaning(dataclasses.replace(mention.term, params=stood))


def _stood(values: Values) -> Values:
    return {**_ROCK, **{part: value for part, value in values.items() if part not in _ROCKS}}


def _cast_there(mention: Mention) -> Mention:
    """What walls are of where a platform is of it: plaster blocks are no plaster wall, and tiled ones no tiled wall."""
    term = mention.term
    tiled = term.role == "backdrop" and term.params.get(OF_TABLES, {}).get(_BACKDROP) == "tiles"
    return mention.meaning(cast(term)) if tiled or is_of_walls(term) else mention


def is_of_walls(term: Term) -> bool:
    """Whether it is what walls are of: plaster."""
    return term.role == "backdrop" and term.kind == "material"


def cast(term: Term) -> Term:
    """What walls are of where what the product stands on is of it: no wall, and its colour alone."""
    votes = {_STUDIO: HARDLY, OF_TABLES: HARDLY}
    return dataclasses.replace(term, role="surface", votes=votes, params={}, stand_in=COLOR_ALONE)


def is_platform(term: Term) -> bool:
    """Whether a product may stand on it under the sky."""
    parts = [term.params.get(name, {}).get(part) for name, part in PARTS.items() if name != WATER]
    return any(part is not None and part != "table" for part in parts)


def _is_stand(mention: Mention) -> bool:
    """Whether it is a platform, or a mirror that the product stands on."""
    return is_platform(mention.term) or (mention.supports and is_mirror(mention.term))


def is_mirror(term: Term) -> bool:
    """Whether it is a mirror, and no floor that shines."""
    return term.votes.get(OF_MIRRORS, 0.0) == term.weight >= NAMED and IN_PLACES in term.params


def is_backdrop(term: Term) -> bool:
    """Whether it is what may be behind a table, other than a plain wall."""
    return bool(term.params.get(OF_TABLES, {}).get(_BACKDROP, _PLAINEST) != _PLAINEST)


def set_behind(mention: Mention) -> Mention:
    """What is behind a table or a platform on one; it is that and nothing else, and of a bar's top its lights alone."""
    if mention.term.votes == _OF_BACKDROPS:
        return mention  # it is behind already, and what is told of it stays
    things = ("props",) if mention.term.season else ()  # a feast's own lie on any cloth
    table = mention.term.params[OF_TABLES].items()
    behind = {part: value for part, value in table if part.startswith(_BACKDROP) or part in things}
    params = {OF_TABLES: behind}
    lit = mention.term.kind == "material" and behind.get(_BACKDROP) == "bokeh"
    shown = "lights out of focus" if lit else None
    term = dataclasses.replace(mention.term, role=_BACKDROP, votes=_OF_BACKDROPS, params=params, stand_in=shown)
    return mention.meaning(term)


def _find_place(reading: Reading) -> str | None:
    """The set under the sky that a prompt names beside its platform; None where it names none, or a wall."""
    asked = [mention for mention in reading.mentions if not mention.negated]
    if any(is_wall(mention.term) for mention in asked):
        return None
    votes = Counter[str]()
    lands = [mention for mention in asked if is_land(mention.term)]  # whose sky is seen
    for mention in asked:
        if mention in lands or (_is_real(mention, reading) and not (lands and mention.term.role == "sky")):
            votes.update({name: vote for name, vote in mention.term.votes.items() if name in PARTS})
    return max(votes, key=votes.__getitem__) if votes else None


def is_land(term: Term) -> bool:
    """Whether it is ground or water that a set under the sky has."""
    best = leading_set(term)
    return (term.role in LANDS or best == OF_POOLS) and best in PARTS and term.votes[best] >= NAMED


def _is_real(mention: Mention, reading: Reading) -> bool:
    """Whether it is a real place, or an hour whose sky is seen."""
    term = mention.term
    if term.kind != "place" or "place" not in term.params.get(IN_PLACES, {}) or IN_PLACES not in term.votes:
        return False
    behind = mention.start in find_behind(reading)
    seen = behind or "elevation_deg" not in term.light or "sky" in reading.stems[mention.start : mention.end]
    return seen and term.votes.keys().isdisjoint(_OF_WINDOWS)


def grow_before(reading: Reading) -> Reading:
    """A prompt whose grass that the product stands on is the real place's that it names: a forest's, and no park's."""
    grown = {m.start for m in reading.mentions if m.supports and m.term.params.get(IN_PLACES, {}).keys() >= _GROWN}
    asked = [m for m in reading.mentions if grown and not (m.supports or m.negated)]
    if not any(_is_real(mention, reading) for mention in asked):
        return reading
    mentions = (_without_place(m) if m.start in grown else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def _without_place(mention: Mention) -> Mention:
    kept = {name: {k: v for k, v in of.items() if k not in _PLACED} for name, of in mention.term.params.items()}
    return mention.meaning(dataclasses.replace(mention.term, params=kept))


def _settle(mention: Mention, place: str | None) -> Mention:
    """A platform that speaks for a place as much as for studios, and a little more; in a studio it stands in none."""
    votes, params = mention.term.votes, dict(mention.term.params)
    if place is None:
        at_home = IN_PLACES in votes  # a stump, in its wood
        params = {name: of for name, of in params.items() if name != IN_PLACES or at_home or _STAND not in of}
    elif (alike := params.get(place, _stand_of(params.get(ALIKE.get(place, ""))))) is not None:
        known = parameters_of(SETS[place]).keys() - ("place", "heading_deg")
        params[place] = {name: value for name, value in alike.items() if name in known}
        votes = {**{name: BY_STUDIO * vote for name, vote in votes.items()}, place: max(votes.values(), default=0.0)}
    return mention.meaning(dataclasses.replace(mention.term, votes=votes, params=params))


def _stand_of(params: Values | None) -> Values | None:
    """The parameters of what stands there; a blanket, which lies on the ground in real places, is on the table."""
    if params is None or _STAND in params:
        return params
    return _LAID if params.get("material") == "blanket" else None


def _shape(mention: Mention, mentions: Sequence[Mention], stands: Collection[int], place: str | None) -> Mention:
    """A word for a platform's shape, which is that in its place, too: "a round travertine pedestal" by the sea."""
    shape = mention.term.params.get(_STUDIO, {}).get("shape")
    if place is None or shape is None or len(mention.term.params) > 1:
        return mention
    of = next((m for m in mentions if m.start in stands and m.start >= mention.end), None)
    if of is None or of.term.params.get(place, {}).get(PARTS.get(place, _STAND)) != shape:
        return mention
    params = {**mention.term.params, place: {PARTS.get(place, _STAND): shape}}
    return mention.meaning(dataclasses.replace(mention.term, params=params))
