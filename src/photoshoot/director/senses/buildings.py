"""Buildings that are seen from outside: what has one behind it, or stands in front of one, is in no room of it."""

from __future__ import annotations

from typing import Final

from photoshoot.director.phrases.noun_phrases import BACKS, leading_set
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.senses.company import Company, Fate
from photoshoot.director.senses.owning import NAMING
from photoshoot.director.words.vocabulary import Term

_OUTDOORS: Final = ("tent",)
"""The phrase whose meaning a building gets that is all that says where the product is."""
_FRONT: Final = ("door",)
"""The phrase whose meaning it gets where its colour is said: of a pink house behind a bicycle its wall is seen."""
_BEFORE: Final = frozenset({"front", "before", "outside"})
"""What leads to a building that is behind."""
_STOOD_ON: Final = ("surface", "floor")
"""Roles of tables and platforms, which may stand anywhere."""
_WALL: Final = "wall"
_ON_ITS_WALL: Final = "daylight on its wall"
_WALLS: Final = "backdrop"
"""Role of walls."""
_OF_PEOPLE: Final = ("cafe", "pool")
"""Sets that are terraces of their own."""
_ITS_OWN: Final = 3.0
"""The least vote of what is one of those, and no terrace of any kind."""
_TABLES, _COURT = "tabletop", "_court"
"""The set whose backdrops places are, and how those of courts end."""
_WIRES: Final = 2
"""Words before a fence that say what it is of: "chain link fence"."""
_ARTICLES: Final = (("a",), ("an",))
_LANDS: Final = frozenset({"water", "beach", "dunes", "road", "rocks"})
"""Sets under the sky: what a product there has near it is seen from outside."""
_TREE: Final = "tree"
_REACH: Final = 6
"""Words from there to the building: "in front of a cosy old stone house"."""


def of_building(company: Company, mention: Mention) -> Fate | None:
    """A building that is behind is told, where a land or another place is named; else it is a place out of doors.

    What it is of is told with it: "in front of a white wooden house". One that is painted is a wall of its colour.
    """
    of_one = mention.term.kind == "material" and company.has(mention.end, "building")
    if mention.negated or not (of_one or company.has(mention.end - 1, "building")):
        return None
    if not (_is_behind(company, mention) or _is_seen_from_land(company, mention)):
        return None
    others = [m.term for m in company.reading.mentions if m.start != mention.start and not m.negated]
    places = [term for term in others if term.kind != "colour" and term.role not in _STOOD_ON]
    if of_one or any(term.weight >= NAMING for term in places):
        return Fate(told=company.span(mention))
    made = any(m.term.kind == "material" and m.end == mention.start for m in company.reading.mentions)
    painted = not made and next(company.leading_colors(mention), None) is not None
    term = company.vocabulary.find(_FRONT if painted else _OUTDOORS)
    return None if term is None else Fate(kept=(mention.meaning(term),))


def of_yard(company: Company, mention: Mention) -> Fate | None:
    """A terrace, a courtyard or an alley with a wall is that wall by day: before a picture of a place stands none."""
    stems, term = company.reading.stems, mention.term
    if _WALL not in stems or mention.negated or not company.has(mention.end - 1, "yard"):
        return None
    if mention.end in company.reading.unread:
        return None  # a part of an unknown thing
    others = [m for m in company.reading.mentions if m.start != mention.start and not m.negated]
    walls = {m.start for m in others if m.term.role == _WALLS and stems[m.end - 1] == _WALL}
    placed = any(m.term.weight >= NAMING for m in others if m.start not in walls and m.term.role not in _STOOD_ON)
    if not walls or placed or (leading_set(term) in _OF_PEOPLE and term.weight >= _ITS_OWN):
        return None
    return Fate(kept=(mention.meaning(Term(role="light", light=term.light, stand_in=_ON_ITS_WALL)),))


def of_fence(company: Company, mention: Mention) -> Fate | None:
    """A fence of wire, or at a court, is told with what it is of: boards there would be another place.

    Where nothing else is named, it is a wall of boards all the same.
    """
    made = mention.term.kind == "material" and company.has(mention.end - 1, "wire")
    if mention.negated or not company.has(mention.end if made else mention.end - 1, "fence"):
        return None
    around = range(mention.start - _WIRES, mention.end + 1)
    others = [m.term for m in company.reading.mentions if m.start not in around and not m.negated]
    wire = any(company.has(i, "wire") for i in around) and any(term.weight >= NAMING for term in others)
    court = any(str(term.params_in(_TABLES).get("backdrop")).endswith(_COURT) for term in others)
    return Fate(told=company.span(mention)) if wire or court else None


def of_trees(company: Company, mention: Mention) -> Fate | None:
    """What is behind and called as a wood is are the trees: "birch in the background", and no table of it."""
    wood = mention.term.kind == "material" and company.has(mention.start, "timber")
    if not wood or mention.negated or company.is_on(mention) or not _is_followed(company, mention):
        return None
    term = company.vocabulary.find((company.reading.stems[mention.start], _TREE))
    return None if term is None else Fate(kept=(mention.meaning(term),))


def _is_seen_from_land(company: Company, mention: Mention) -> bool:
    """Whether it is one of a list, and the product stands out of doors: "on a jetty, morning mist, a red cabin"."""
    start = min([mention.start, *company.leading_colors(mention)])
    before = [stem for stem in company.reading.stems[:start] if (stem,) not in _ARTICLES]
    listed = before[-1:] in ([","], ["and"])
    return listed and any(company.is_on(m) and not _LANDS.isdisjoint(m.term.votes) for m in company.before(mention))


def _is_behind(company: Company, mention: Mention) -> bool:
    if _is_followed(company, mention):
        return True
    stems = company.reading.stems
    led = stems[max(mention.start - _REACH, 0) : mention.start]
    at = max((i for i, stem in enumerate(led) if stem in _BEFORE), default=-1)
    return at >= 0 and not any(stem in company.boundaries or not stem[0].isalnum() for stem in led[at + 1 :])


def _is_followed(company: Company, mention: Mention) -> bool:
    """Whether what follows it says that it is behind: "a hut in the background"."""
    after = company.reading.stems[mention.end : mention.end + 3]
    return after[:1] == ("behind",) or (after[:1] == ("in",) and not set(BACKS).isdisjoint(after))
