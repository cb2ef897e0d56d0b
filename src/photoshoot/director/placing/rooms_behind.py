"""Rooms and yards behind a platform or a table that no set has with it: the real place that is most like one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from photoshoot.director.phrases.noun_phrases import IN_PLACES, is_paper, is_wall, leading_set
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.platforms import OF_TABLES, is_backdrop, set_behind
from photoshoot.director.words.vocabulary import Term, Values
from photoshoot.sets.table_places import TABLE_PLACES

_NAMED: Final = 2.0
"""The least vote of what names a place by itself."""
_LOOKS: Final = 1.0
"""The votes under which a word only says how things look."""
_SEEN: Final = MappingProxyType(
    {"bokeh": "lights out of focus", "brick": "a wall of bricks", **dict.fromkeys(TABLE_PLACES)}
)
"""What is seen behind tables, and what is told of it; None: it is the place itself."""
_ROOMS: Final = frozenset(
    {"room", "kitchen", "bathroom", "bedroom", "office", "library", "bookshop", "bookstore", "salon", "barbershop"}
    | {"apartment", "flat", "loft", "hallway", "corridor", "nursery", "playroom", "classroom", "suite", "lounge"}
    | {"study", "workplace", "boardroom", "laundry", "spa", "gallery", "museum", "exhibition", "gym", "cafe", "bistro"}
    | {"restaurant", "bar", "pub", "tavern", "speakeasy", "cellar", "bakery", "brewery", "distillery", "diner"}
    | {"saloon", "cottage", "farmhouse", "shop", "boutique", "showroom", "station", "stop"}
    | {"studio", "sauna", "onsen", "cabin", "chalet", "wellness"}
    | {"courtyard", "terrace", "patio", "porch", "veranda", "pergola", "gazebo", "backyard", "yard", "farmyard"}
    | {"allotment", "shed", "campsite", "camp", "camping", "campfire", "bonfire", "caravan", "outdoors", "nature"}
    | {"court", "pitch", "track", "park", "playground", "field", "market", "supermarket", "church", "chapel", "castle"}
)
"""Last words of what is a room, a yard or a building, and not a piece of one."""
_HOMES: Final[Mapping[tuple[str | None, object], Values]] = MappingProxyType(
    {
        ("interior", "living"): {"backdrop": "living_room", "backdrop_color": "#d9cfc2"},
        ("bed", None): {"backdrop": "bedroom", "backdrop_color": "#cfc4ba"},
        ("interior", "office"): {"backdrop": "office", "backdrop_color": "#dcdcd8"},
        ("counter", "kitchen"): {"backdrop": "kitchen", "backdrop_color": "#e6e0d6"},
        ("counter", "bathroom"): {"backdrop": "bathroom", "backdrop_color": "#dfe6e2"},
    }
)
"""Set that a room speaks for the most, and which of its rooms → the place behind a table that shows it."""
_SIMILAR: Final[Mapping[str, tuple[Values, str]]] = MappingProxyType(
    {
        "cafe": ({"backdrop": "bakery", "backdrop_color": "#a9743f"}, "a bakery's counter out of focus"),
        "playroom": ({"backdrop": "bedroom", "backdrop_color": "#cfc4ba"}, "a bedroom out of focus"),
    }
)
"""Set that a room speaks for the most → what behind a table is most like it, and what is told of that."""
_VOTES: Final = MappingProxyType({IN_PLACES: 3.0})
_BLUR: Final = {OF_TABLES: {"backdrop": "bokeh"}}
"""The parameters of what only says that it is out of focus."""
_UNDER: Final = ("surface", "floor")
"""Roles of what is stood on."""
_PATTERN: Final = "pattern"
_ON: Final = "on"
"""How a phrase begins that is itself said to be stood on: "on a stack of books"."""


@dataclass(frozen=True, kw_only=True)
class _Place:
    """A real place, and what is told of it."""

    place: str
    heading_deg: float
    shown_as: str | None


_LOFT: Final = _Place(place="apartment", heading_deg=98.0, shown_as="a loft")
_STREET: Final = _Place(place="city", heading_deg=35.0, shown_as="a street of a city")
_MEADOW: Final = _Place(place="park", heading_deg=-58.0, shown_as="a green meadow")
_LOBBY: Final = _Place(place="lobby", heading_deg=0.0, shown_as="a bright lobby")
_ALIKE: Final = MappingProxyType(
    dict.fromkeys(("bed", "counter", "desk", "interior", "playroom", "room", "vanity"), _LOFT)
    | dict.fromkeys(("cafe", "crates", "road"), _STREET)
    | dict.fromkeys(("garden", "outdoor_ground"), _MEADOW)
    | {
        "window_room": _LOFT,
        "gallery": _LOBBY,
        "hanging_wall": _LOBBY,
        "gym": _Place(place="warehouse", heading_deg=140.0, shown_as="a large hall"),
        IN_PLACES: replace(_MEADOW, shown_as=None),
    }
)
"""Set that a place speaks for the most → the real place that is behind a platform or a table in its stead."""


def see_rooms(reading: Reading, met: Callable[[Collection[Mention]], Collection[Mention]]) -> Reading:
    """A prompt whose rooms that its set shows not are real places, out of focus behind what the product stands on.

    The same prompt where there are none, where nothing is stood on, or a wall or paper is behind.

    Args:
        reading: The prompt, before platforms and tables are settled.
        met: Those of some phrases that the set of its own shows as they were said.
    """
    asked = [mention for mention in reading.mentions if not mention.negated]
    under = [m for m in asked if m.term.role in _UNDER and _is_under(m, reading)]
    if not under:
        return reading
    lost = [m for m in asked if m.term.kind == "place" and not m.supports and _is_room(m, reading)]
    shown = {mention.start for mention in met([*under, *lost])}
    unstood = any(m.start not in shown for m in under)
    own = {m.start: m for m in lost if m.start not in shown or (unstood and _has_another(m))}
    rooms = {start: room for start, m in own.items() if (room := _see(m)) is not None}
    seen = [m for m in asked if is_backdrop(m.term) and not m.supports and m.start not in own]
    whole = {leading_set(m.term) for m in seen} - {OF_TABLES}  # what such a piece is of: a fireplace's living room
    rooms = {start: room for start, room in rooms.items() if leading_set(own[start].term) not in whole}
    stood = {m.start for m in asked if m.supports}  # what is before one is what it is of: "a plaster cube"
    if not rooms or any((is_wall(m.term) or is_paper(m.term)) and m.end not in stood for m in asked):
        return reading
    if not (unstood or any(m.start in shown for m in under)):
        return reading
    moods = {
        m.start: replace(m, term=replace(m.term, votes={}, params={}))
        for m in asked
        if m.end in rooms and m not in under
    }
    moods |= {m.start: replace(m, term=replace(m.term, params={})) for m in asked if _is_blur(m)}
    rooms = {start: mood for start, mood in moods.items() if not mood.supports} | rooms  # a lush cellar is no park
    return reading.with_mentions(rooms.get(m.start, m) for m in reading.mentions)


def _is_under(mention: Mention, reading: Reading) -> bool:
    """Whether the product stands on it: on a floor in a pattern it does wherever that is named."""
    if mention.term.role != _UNDER[0]:
        return is_patterned_floor(mention.term)
    return mention.supports or reading.words[mention.start] == _ON


def is_patterned_floor(term: Term) -> bool:
    """Whether it is a floor of tiles in a pattern, of terrazzo or of parquet."""
    return term.role == _UNDER[1] and _PATTERN in term.params.get(OF_TABLES, ())


def _is_room(mention: Mention, reading: Reading) -> bool:
    return (
        reading.stems[mention.end - 1] in _ROOMS
        or mention.term.params.get(OF_TABLES, {}).get("backdrop") in TABLE_PLACES
    )


def _has_another(mention: Mention) -> bool:
    """Whether a place that a set shows, but with nothing to stand on in it, may be behind a platform or a table."""
    return place_behind(mention) in TABLE_PLACES or leading_set(mention.term) in _SIMILAR


def is_look(mention: Mention) -> bool:
    """Whether it says how the picture is to look, and names nothing in it: "minimalist", "soft"."""
    votes = mention.term.weight
    look = mention.term.kind in ("tone", "light") or _is_blur(mention)
    return look or (mention.term.kind == "place" and votes < _LOOKS)


def _is_blur(mention: Mention) -> bool:
    """Whether it only says that what is behind is out of focus, which is lights where nothing else is."""
    return mention.term.params == _BLUR


def place_behind(mention: Mention) -> str:
    """The kind of what a phrase says is behind a table, of a home's room that room; empty where it says none."""
    return str(_behind(mention.term).get("backdrop", ""))


def _behind(term: Term) -> Values:
    names = sorted(term.votes, key=term.votes.__getitem__, reverse=True)  # a spa is rocks first, and a bathroom then
    homes = (_HOMES.get((name, term.params.get(name, {}).get("room"))) for name in names)
    found = next((home for home in homes if home is not None), {})
    own = term.params.get(OF_TABLES, {})
    return own if "backdrop" in own else found


def _see(mention: Mention) -> Mention | None:
    """A room as the real place that is most like it, or the lights that are seen in it; None where there is none."""
    term = mention.term
    if term.weight < _NAMED:
        return None
    kind = place_behind(mention)
    if kind in TABLE_PLACES or (kind in _SEEN and leading_set(term) == OF_TABLES):
        known = replace(term, params={**term.params, OF_TABLES: _behind(term)})
        behind = set_behind(replace(mention, term=known))
        itself = kind in _SEEN and (leading_set(term) == OF_TABLES or term.stand_in is None)
        told = _SEEN[kind] or term.stand_in if itself else f"a {kind.replace('_', ' ')} out of focus"
        return behind.meaning(replace(behind.term, stand_in=told))
    if (similar := _SIMILAR.get(leading_set(term))) is not None:
        behind = set_behind(replace(mention, term=replace(term, params={**term.params, OF_TABLES: similar[0]})))
        return behind.meaning(replace(behind.term, stand_in=similar[1]))
    own, alike = term.params.get(IN_PLACES, {}), _ALIKE.get(leading_set(term))
    if "place" in own:
        alike = _Place(place=own["place"], heading_deg=own.get("heading_deg", 0.0), shown_as=term.stand_in)
    if alike is None:
        return None
    params = {IN_PLACES: {"place": alike.place, "heading_deg": alike.heading_deg}}
    return replace(
        mention, term=replace(term, votes=_VOTES, params=params, role=None, stand_in=alike.shown_as or term.stand_in)
    )
