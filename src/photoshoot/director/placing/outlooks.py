"""What is seen from a place is there: a chalet's peaks, firs and snow, a lake's trees, a roof's city."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.platforms import OF_TABLES, WATER
from photoshoot.director.words.vocabulary import Term, load_vocabulary

_SHOWS: Final[Mapping[str, tuple[tuple[str, str, object], ...]]] = MappingProxyType(
    {
        "chalet": (("dunes", "far", "mountains"), ("dunes", "ground", "snow"), ("location", "place", "forest")),
        "alpine_lake": (("dunes", "far", "mountains"), ("location", "place", "forest")),
        "campfire": (("location", "place", "forest"), ("location", "place", "forest_at_night")),
        "rooftop": (("location", "place", "city"),),
        "balcony": (("location", "place", "city"), (OF_TABLES, "backdrop", "rooftop")),
        "yoga_studio": (("window_room", "gobo", "panes"),),
    }
)
"""Place → what is seen there, as (set, parameter, value) of the terms that ask for it."""
_HEADS: Final = frozenset(
    {"lake", "lakeshore", "chalet", "ski", "terrace", "deck", "balcony", "porch", "patio", "alpine"}
    | {"rooftop", "roof", "skyline", "skyscraper", "campfire", "bonfire", "firepit", "camp", "fire"}
    | {"yoga", "pilates", "meditation"}
)
"""One of these is in whatever names such a place."""
_TREES: Final = frozenset({"pine", "fir", "spruce", "evergreen"})
_WOODS: Final = frozenset({"forest", "woods", "pines", "firs", "spruces", "evergreens"})
_STANDING: Final = frozenset({"tree", "trees"}) | _WOODS
"""Words of trees that stand in a landscape, and no twigs beside a product."""
_STREETS: Final = frozenset({"street", "sidewalk", "square", "plaza"})
"""Pieces of a city that no roof is, nor seen from it."""
_DAYLIGHT: Final = frozenset(
    {"day", "daytime", "daylight", "sun", "sunny", "sunlit", "sunlight", "sunshine", "morning", "noon", "afternoon"}
    | {"sunset", "sunrise", "dawn"}
)
"""By these a campfire, which is one at night where nothing is told, burns in daylight."""
_HOUSES: Final = "cabin"
"""The set of what a chalet is from within."""
_JETTY: Final = "jetty"
"""What leads out over water, and stands in no mountain lake behind a table."""
_PLACE, _OVER_CITY = "alpine_lake", ("rooftop", "balcony")
_TREELESS: Final = (*_OVER_CITY, "yoga_studio")
"""What is in no wood."""
_BOARDS: Final = MappingProxyType({"material": "wood", "surface_color": "#86705a", "vein_color": "#55452f"})
"""What a table is of on a lake's shore, where nothing is told: what is no table is a stone."""
_NAMED: Final = 2.0  # the least vote for tables of what names one
_CALLED: Final = ("alpine", "lake")
"""What a lake among firs is, of the vocabulary."""
_TOLD: Final = MappingProxyType(
    {
        "chalet": "a deck in the snow before mountains",
        "alpine_lake": "a lake with firs before mountains",
        "campfire": "a campfire among trees",
        "rooftop": "a roof terrace over a city",
        "balcony": "a balcony over a city",
        "yoga_studio": "a yoga studio with tall windows",
    }
)
"""How a place is told of which something is not wanted."""


def see_outlooks(reading: Reading) -> Reading:
    """A prompt whose chalet's deck, mountain lake, campfire or roof terrace has all of the view that is named with it.

    A lake that has firs round it is that mountain lake: still water alone has none. What of it is not wanted is told.
    """
    if _HEADS.isdisjoint(reading.stems):
        return reading
    asked = [m for m in reading.mentions if not m.negated]
    places = [m for m in asked if _place_of(m.term) in _SHOWS]
    if not places:
        lakes, meant = _lakes_among_trees(reading, asked), load_vocabulary().phrases[_CALLED]
        reading = reading.with_mentions(m.meaning(meant) if m in lakes else m for m in reading.mentions)
        places = [m for m in reading.mentions if m.term is meant]
    if not places:
        return reading
    kind = _place_of(places[0].term)
    places = [m for m in places if kind not in _OVER_CITY or _place_of(m.term) == kind]
    seen = Term(votes={OF_TABLES: 1.0}, params={OF_TABLES: {"backdrop": kind}})
    leads = {place.start for place in places}  # of "on a snowy terrace" it stands on the terrace
    there = [m for m in reading.mentions if m not in places and _is_there(m, kind, reading, m.end in leads)]
    told = _TOLD[kind] if any(m.negated for m in there) else None
    table = _BOARDS if kind == _PLACE and any(_is_table(m) for m in asked) else {}

    by_day = not _DAYLIGHT.isdisjoint(reading.stems)

    def settled(mention: Mention) -> Mention:
        term = mention.term
        if mention in places:
            params = {**term.params, OF_TABLES: {**term.params[OF_TABLES], **table}}
            light = {key: value for key, value in term.light.items() if not by_day or key != "intensity"}
            return mention.meaning(replace(term, params=params, light=light, stand_in=told or term.stand_in))
        return mention.meaning(seen) if mention in there and not mention.negated else mention

    return reading.with_mentions(map(settled, reading.mentions))


def _lakes_among_trees(reading: Reading, asked: Sequence[Mention]) -> list[Mention]:
    """Lakes of a prompt that names trees round them; none under stars or with a jetty, which only still water has."""
    if not any(_are_trees(m, reading) for m in asked):
        return []
    still = (m.term.params.get(WATER, {}) for m in asked)
    if any("night_sky" in has or has.get("support") == _JETTY for has in still):
        return []
    return [m for m in asked if WATER in m.term.votes and "lake" in reading.stems[m.start : m.end]]


def _is_table(mention: Mention) -> bool:
    """Whether a product stands on it, and it is no stone or rock."""
    own = mention.term.params.get(OF_TABLES, {})
    return mention.supports and mention.term.votes.get(OF_TABLES, 0.0) >= _NAMED and "props" not in own


def _are_trees(mention: Mention, reading: Reading) -> bool:
    words = {*reading.words[mention.start : mention.end], *reading.stems[mention.start : mention.end]}
    standing = bool(words & _STANDING) and bool(words & _TREES or words & _WOODS)
    return standing and not mention.supports


def _place_of(term: Term) -> str:
    return str(term.params.get(OF_TABLES, {}).get("backdrop", ""))


def _is_there(mention: Mention, kind: str, reading: Reading, leads: bool) -> bool:
    """Whether the place shows it anyway; what the product stands on is no landscape, unless it leads to the place."""
    term = mention.term
    if kind == "chalet" and _HOUSES in term.votes and term.votes[_HOUSES] == max(term.votes.values()):
        return True
    if mention.supports and not leads:
        return False
    if kind in _OVER_CITY and (term.stand_in or not _STREETS.isdisjoint(reading.stems[mention.start : mention.end])):
        return False
    if kind not in _TREELESS and _are_trees(mention, reading):
        return True
    if kind == "campfire" and not _STANDING.isdisjoint(reading.words[mention.start : mention.end]):
        return True
    if kind == "alpine_lake" and term.role == "water" and WATER in term.votes:
        return True
    return any(term.params.get(set_, {}).get(param) == value for set_, param, value in _SHOWS[kind])
