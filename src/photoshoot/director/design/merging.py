"""What a prompt's phrases fix in a set and in its light, where several speak of the same."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final, get_args

from photoshoot.color.styling import light_color
from photoshoot.director.design.things_beside import params_of
from photoshoot.director.phrases.noun_phrases import is_paper, is_wall
from photoshoot.director.phrases.reading import Mention, is_toning
from photoshoot.director.words.vocabulary import Term, Values
from photoshoot.sets import SETS, Light, parameters_of
from photoshoot.sets.table_places import TABLE_PLACES

_SEVERAL = 2
_SEEN = 2.5  # the least vote of a lamp that is to be seen
LIGHTS_BEHIND: Final = ("bokeh", "glow", "neon")
"""What is behind a table in the dark."""
_STRUNG: Final = "lights"
"""The parameter of lamps that hang before anything."""
_OF_PLACE: Final = ("glow", "neon")
"""Of those, what says of a place what it is like; lights out of focus are what is seen of one."""
_LESSER: Final = ("props", "glow")
"""Roles of what gives light only where nothing else does: a city's lights are warm, and not its blue hour."""
_LAMP: Final = "light"
"""The role of light."""
_OF_NIGHT, _HOUR, _LIGHT = 2, 3, 4
"""Ranks of light over a place's own, 1: by night, of an hour, and what is light alone."""
_OF_HOURS: Final = frozenset({"elevation_deg", "gobo"})
_NOTHING: Final[frozenset[str]] = frozenset()
_STRENGTH: Final = frozenset({"softness", "intensity", "fill"})
"""The parameters of hours and of shadows, which weigh more than a room's own."""
_LOOKS: Final = MappingProxyType(
    {
        "material": ("material", "surface_color", "vein_color", "table_color", "finish"),
        "surface": ("surface", "colors", "vein_color"),
        "counter": ("counter", "counter_color", "vein_color"),
        "backdrop": ("backdrop", "backdrop_color"),
    }
)
"""Parameter of what a part of a set is → itself, and those of how that looks."""
_TUBES: Final = ("bars", "ring")
"""Shapes of lamps that are seen."""
_OF_METAL: Final = MappingProxyType({"material": "plain", "finish": "metal"})
"""What a table of metal is."""
_LISTED: Final = ("toys", "furnished")
"""Parameters of what phrases name one by one, and all of which is there."""
_FLOOR: Final = "floor"
"""The role of a ground that nothing is said of."""
_MEADOW: Final = MappingProxyType({"material": "grass", "surface_color": "#6f9a4f"})
_MOSSY: Final = MappingProxyType({"material": "grass", "surface_color": "#62803f"})
_PAVED: Final = MappingProxyType({"material": "concrete", "surface_color": "#a3a19c"})
_GROUNDS: Final = MappingProxyType(
    {
        **dict.fromkeys(("clear_sky", "park", "park_at_night", "sky", "sunrise"), _MEADOW),
        **dict.fromkeys(("forest", "forest_at_night"), _MOSSY),
        **dict.fromkeys(("bridge", "city", "esplanade", "night", "venice"), _PAVED),
    }
)
"""Real place → what one stands on there."""
_OF_PLACES: Final = "location"
"""The set of a table, or the ground, in a real place."""


def find_displaced(mentions: Sequence[Mention], name: str) -> frozenset[int]:
    """Where materials stand in a prompt whose room in a set another one has: "marble details on an oak table" is oak.

    What the product stands on goes first, what only stands in for a material last; of others what a table or the like
    is of, then what is named first.
    """
    materials = [mention for mention in mentions if mention.term.kind == "material" and not mention.negated]
    if len(materials) < _SEVERAL:
        return frozenset()
    faces = {other.start for other in mentions if other.term.role == "surface" and other.term.color is None}
    ranked = sorted(
        materials,
        key=lambda mention: (
            not mention.supports,
            mention.term.stand_in is not None,
            mention.end not in faces,
            mention.start,
        ),
    )
    taken: set[str] = set()
    displaced = set()
    for mention in ranked:
        params = params_of(mention, name)
        what = next((param for param in params if param in _LOOKS), next(iter(params), None))
        if what in taken:
            displaced.add(mention.start)
        elif what is not None:
            taken.add(what)
    return frozenset(displaced)


def merge(parts: Iterable[Values]) -> dict[str, Any]:
    """Merge what phrases fix: a phrase that fixes much is a setting, one that fixes little is a detail and wins.

    What a phrase says of how a part looks goes where another one says what the part is: no stone is as brown as wood.
    """
    parts = tuple(parts)
    ranked = sorted(parts, key=len, reverse=True)
    merged: dict[str, Any] = {}
    for part in ranked:
        merged.update(part)
    for listed in _LISTED:
        if listed in merged:
            merged[listed] = list(dict.fromkeys([thing for part in parts if listed in part for thing in part[listed]]))
    told = [part for part in ranked if "ground" in part and "ground_color" in part]
    if told:  # snow before mountains is no earth
        merged["ground_color"] = told[-1]["ground_color"]
    if merged.get("shape") == "gel":  # tubes give coloured light, too
        merged["shape"] = next((part["shape"] for part in ranked[::-1] if part.get("shape") in _TUBES), "gel")
    if "mirror" in [part.get("finish") for part in ranked] and merged["material"] == "plain":
        merged["finish"] = "mirror"  # what is reflected in one, and how it shines, makes it no other
    if merged.get("finish") == "gloss" and any(_OF_METAL.items() <= part.items() for part in ranked):
        merged["finish"] = "metal" if merged["material"] == "plain" else "gloss"  # metal that is polished is still that
    faces = [face for face in _LOOKS if face in merged]
    lost = [part for part in ranked for face in faces if face in part and part[face] != merged[face]]
    if not lost:
        return merged
    return {name: value for part in ranked for name, value in part.items() if not _is_of_lost(name, part, merged)}


def _is_of_lost(name: str, part: Values, merged: Values) -> bool:
    """Whether a parameter says how a part looks that another phrase made of something else."""
    return any(
        name in looks and part.get(face, merged[face]) != merged[face]
        for face, looks in _LOOKS.items()
        if face in merged
    )


def before_walls(fixed: Values, heard: Sequence[Mention], name: str) -> dict[str, Any]:
    """What phrases fix, without the lights behind that a feast, a place or a spotlight brings where a wall is named.

    Those that are named themselves stay, but where they only say what a place is like: a bar that glows is a bar.
    """
    behind = fixed.get("backdrop")
    spoken = [m for m in heard if not m.negated] if behind in LIGHTS_BEHIND else []
    bringing = [m.term for m in spoken if params_of(m, name).get("backdrop") == behind]
    dyed = {m.end for m in spoken if m.term.kind == "colour"} if all(term.season for term in bringing) else ()
    solid = [
        m
        for m in spoken
        if is_wall(m.term)
        or (m.start in dyed and is_paper(m.term))  # no feast puts lights before a backdrop that has its own colour
        or params_of(m, name).get("backdrop", behind) not in LIGHTS_BEHIND
    ]
    hung = bool(fixed.get(_STRUNG))
    like = behind in _OF_PLACE and all(term.role == "glow" or not term.votes for term in bringing)  # a neon club
    there = solid if like or hung else ()
    places = [m for m in there if m.term.role is None and params_of(m, name).get("backdrop") in TABLE_PLACES]
    if not solid or (any(is_seen_lamp(term) for term in bringing) and not places and not hung):
        return dict(fixed)
    bare = {param: value for param, value in fixed.items() if param not in _LOOKS["backdrop"]}
    return bare | {p: value for p, value in params_of((places or solid)[-1], name).items() if p in _LOOKS["backdrop"]}


def before_rooms(fixed: Values, heard: Sequence[Mention], name: str) -> dict[str, Any]:
    """What phrases fix, with the room that is named behind rather than a wall of it: tiled lockers are lockers."""
    there = fixed.get("backdrop")
    behind = [m for m in heard if not m.negated and params_of(m, name).get("backdrop")] if there is not None else []
    if len(behind) < _SEVERAL:
        return dict(fixed)
    rooms = [m for m in behind if params_of(m, name)["backdrop"] in TABLE_PLACES and m.term.kind == "place"]
    walled = any(m.term.role == "backdrop" for m in behind if params_of(m, name)["backdrop"] == there)
    if not rooms or not walled or any(m.term.role is not None for m in rooms):
        return dict(fixed)
    bare = {param: value for param, value in fixed.items() if param not in _LOOKS["backdrop"]}
    return bare | {p: value for p, value in params_of(rooms[-1], name).items() if p in _LOOKS["backdrop"]}


def on_its_ground(fixed: dict[str, Any], heard: Sequence[Mention], name: str) -> dict[str, Any]:
    """What phrases fix, with the ground of a real place where only "the ground" is named: a park's is no table."""
    bare = (m.term for m in heard if m.term.role == _FLOOR and not m.negated)
    if name != _OF_PLACES or "material" in fixed or not any(not term.params and term.color is None for term in bare):
        return fixed
    return {**_GROUNDS.get(str(fixed.get("place")), {}), **fixed}


def is_seen_lamp(term: Term) -> bool:
    """Whether it is light that is to be seen itself: neon, and lights out of focus; no spotlight."""
    return term.role == "glow" or (term.role == "light" and term.weight >= _SEEN)


def merge_light(mentions: Sequence[Mention], by_night: Values) -> dict[str, Any]:
    """The light parameters that phrases fix: of seasons, things and glows, of settings, of hours, then of light.

    Light ``by_night`` takes the place of a setting's own: no desert's sun shines under the stars.
    """
    spoken = [(m.term, _light_of(m, mentions), m) for m in mentions]
    lit = [(part, _rank_light(term)) for term, part, m in spoken if part and not _tones_alone(m, mentions)]
    lit += [(by_night, _OF_NIGHT)] if by_night else []
    levels = ([part for part, rank in lit if rank == level] for level in sorted({rank for _, rank in lit}))
    merged = {name: value for level in levels for name, value in merge(level).items()}
    if rims := [part["rim"] for part, _ in lit if "rim" in part]:
        merged["rim"] = max(rims)  # "dramatic" does not weaken a rim light that was asked for
    return merged


def _light_of(mention: Mention, mentions: Sequence[Mention]) -> Values:
    """What a phrase says of the light, but for what the words that lead to it say: of soft sunlight no sun is hard."""
    if mention.negated:
        return mention.term.negated_light
    start = mention.start
    said: frozenset[str] = _told_of_light(mention, mentions) if mention.term.mood else _NOTHING
    for before in mentions[::-1] if mention.term.role == _LAMP else ():
        if before.end == start and before.term.role is None and not before.negated:
            start, said = before.start, said.union(before.term.light)
    light = mention.term.light
    return {name: value for name, value in light.items() if name not in said} if said else light


def _told_of_light(mention: Mention, mentions: Sequence[Mention]) -> frozenset[str]:
    """What a feeling leaves to light in words, unless it leads to one: "hard sun, airy" is hard, "airy sun" is soft."""
    if _leads_to_light(mention, mentions):
        return _NOTHING
    told = (o.term.light for o in mentions if _tells_light(o) or (o.term.mood and _leads_to_light(o, mentions)))
    return frozenset(name for light in told for name in light if name in _STRENGTH)


def _tells_light(mention: Mention) -> bool:
    """Whether it says how light is, and what kind of place or thing is lit so."""
    term = mention.term
    return not (mention.negated or term.mood) and bool(term.light) and _rank_light(term) >= _HOUR


def _leads_to_light(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether light follows at once, also after further words of it: "crisp cold side light"."""
    after = next((other for other in mentions if other.start == mention.end), None)
    while after is not None and after.term.mood:
        after = next((other for other in mentions if after is not None and other.start == after.end), None)
    return after is not None and _tells_light(after)


def _tones_alone(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it only tones a colour; in "soft teal light" it says what that light is like, too."""
    at = {other.start: other for other in mentions}
    after = mention
    while is_toning(after, mentions) or after.term.kind == "colour":
        if (following := at.get(after.end)) is None:
            return is_toning(mention, mentions)
        after = following
    return is_toning(mention, mentions) and after.term.role != _LAMP


def _rank_light(term: Term) -> int:
    """Where it comes in ``merge_light``: a sunset in a kitchen and blinds in a bathroom after the room's own light."""
    if term.season or term.role in _LESSER:
        return 0
    if not term.params:
        return _LIGHT
    of_sky = not term.votes and term.role is None  # "overcast"
    return _HOUR if of_sky or term.role == "light" or not _OF_HOURS.isdisjoint(term.light) else 1


def after_dark(mentions: Sequence[Mention], data: Values, name: str) -> dict[str, Any]:
    """The place by night, where words ask for that and the set has such a one."""
    dark = [mention.term.after_dark for mention in mentions if mention.term.after_dark and not mention.negated]
    day = data.get("place", getattr(SETS[name], "place", None))  # a porch's is the set's own
    for place, heading in (places[day] for places in dark if day in places):
        if place in _places(name):
            return {"place": place, "heading_deg": heading}
    return {}


def at_night(term: Term, place: str) -> Iterator[str]:
    """A city by night is one still, and so is a forest; what becomes a dim field is none."""
    yield f"{place}_at_night"
    if term.params and place in ("city", "bridge", "venice"):
        yield "esplanade"


@cache
def _places(name: str) -> tuple[object, ...]:
    """The real places that a set can stand in."""
    return get_args(parameters_of(SETS[name])["place"])


def is_of_light(color: str, light: Light) -> bool:
    """Whether a colour that was named is one of a light's lamps'; that of one alone is paler than its word."""
    keys = (light.color, light.second_color)
    key = color in keys if light.is_crossed else light.color == light_color(color)
    return key or color == light.rim_color
