"""What a set shows instead of what a prompt asks for, where it can't build the thing itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from photoshoot.director.design.things_beside import grown_instead, lying_instead, part_of_things, strewn_instead
from photoshoot.director.phrases.noun_phrases import COLOR_ALONE, HARDLY
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.placing.lying_beside import BESIDE
from photoshoot.director.placing.painted_skies import AS_BACKDROP
from photoshoot.director.words.vocabulary import Term
from photoshoot.sets import SetDesign, set_name
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.lab import Lab
from photoshoot.sets.named import kinds_of_things
from photoshoot.sets.podium import Podium
from photoshoot.sets.table_places import LIT_PLACES
from photoshoot.sets.tabletop import Tabletop

_PLACE = 3.0  # the least vote of a place for its set
_ITSELF = 0.5  # share of a phrase's most votes: a set with less of them, that shows something for it, shows it itself


_THEMSELVES = frozenset({"far", "wet", "night_sky", "support", "bench", "brook", "rug_pattern"})
"""What a set has as it was said: mountains far off, wet rocks, a jetty, a bench, a brook, a rug."""
_JETTY: Final = "jetty"
_STARS: Final = "stars"
"""What is in any sky by night, and no planet."""
LIGHT_ALONE = "its light alone"
_COLORS_ALONE, _NOTHING = "its colours alone", "none"
LYING_THERE: Final = "lying there, not in the air"
"""What is told of what flies where a set has nothing in its air."""
_GLOW: Final = "glow_color"
"""The parameter of what shines behind a product."""
_LAMPS_THERE, _NEON = "the lamps there", "neon"
_GLOWING, _LAMPS, _MIRRORS = "glow", "lights", ("lacquer", "wet")
_PATCHES: Final = "faint patches of their light"
"""What is seen of lamps from above: they hang over the camera."""
_BY_DAY = ("apartment", "bridge", "city", "clear_sky", "forest", "park", "sky", "venice")
"""Real places under the sky of a day, or whose windows show it."""
_OF_AUTUMN, _FALLEN = ("autumn", "autumn_leaves"), "fallen leaves; what grows there is green"
"""What shows autumn in a garden, and what is told of it."""
_LOW_DEG = 22.0  # the most that words give the sun's height for an hour that colours the sky


def stand_in(mention: Mention, design: SetDesign) -> str | None:
    """What a design shows instead of a phrase: those that it speaks for most, or fixes something in, do so.

    What speaks for a set half as much as for another is itself there: a spa is pebbles, but a bathroom is one. Of
    sets that it speaks for alike the first is what is told: a jungle is a forest of pines, and not in a garden. What
    lies beside a product is in no set more itself than in another: figs are citrus wherever they lie.
    """
    name = set_name(design)
    params = mention.term.params_in(name)
    states = _THEMSELVES.intersection(params) if params else ()
    if states and any(_is_itself(part, params[part], design) for part in states):
        return None
    if mention.term.color is not None and _is_its_metal(mention.term, design):
        return None  # a table or bench of metal is that
    itself = mention.term.role == "props" or mention.term.stand_in == AS_BACKDROP or "haze" in mention.term.light
    if itself and not mention.negated:
        return None if _carries(mention.term, name) else _in_air(mention.term, design)
    if not mention.negated and _is_low_sun(mention.term) and getattr(design, "place", None) in _BY_DAY:
        return LIGHT_ALONE  # a park's sky is that of its panorama, whatever the hour
    if mention.term.season and not mention.negated and name == "garden" and _shows_autumn(mention, name):
        return _FALLEN
    if (
        not mention.negated
        and (alone := _part_alone(mention, design, name) or _lamps_there(mention, design)) is not None
    ):
        return alone
    things = lying_instead(mention, name) or grown_instead(mention, name)
    if not mention.negated and things is not None:
        return mention.term.stand_in or things
    if mention.term.kind == "material" and _has_its_color_alone(mention.term, name):
        return None if mention.negated else COLOR_ALONE
    votes, most = mention.term.votes, mention.term.weight
    first = next((other for other, vote in votes.items() if vote == most), name)
    fixes = bool(mention.term.params_in(name)) and votes.get(name, most) > most * _ITSELF
    stands_in = name == first or (fixes and votes.get(name, 0.0) < most)
    hung = mention.term.role == "backdrop" and not mention.term.params_in(name)
    seat = mention.term.role == "surface" and name in votes  # a stool, by which a bathroom's counter is of wood
    stands_in = stands_in or ((hung or seat) and votes.get(name, 0.0) <= HARDLY)  # a door, on a wall of any set
    stands_in = stands_in or (mention.term.season and name in mention.term.params)  # no santa in a cabin, too
    told = mention.term.stand_in
    return _without_things(mention, design, name) if told and stands_in and not mention.negated else None


def _carries(term: Term, name: str) -> bool:
    """Whether a set has, for what is told as beside the product elsewhere, something to stand on: pebbles."""
    told = term.stand_in or ""
    return told.endswith(BESIDE) and bool(params := term.params_in(name)) and part_of_things(name) not in params


def _is_itself(part: str, value: object, design: SetDesign) -> bool:
    """Whether a design has something as it was said; of what one stands on in water a jetty alone."""
    asked = value == _JETTY if part == "support" else value != _STARS
    return asked and value == getattr(design, part, None)


def _without_things(mention: Mention, design: SetDesign, name: str) -> str | None:
    """What is told of a style, but for things that gave way to others: among spices "moroccan" has no lanterns.

    Nor has it any in a set that takes no more than its colours: no leaves lie on a "boho" bed.
    """
    term = mention.term
    if term.kind != "place" or term.role is not None:
        return term.stand_in
    params, part = term.params_in(name), part_of_things(name)
    there = (_NOTHING, *kinds_of_things(design), *getattr(design, "made_of", ()))
    brought = {params[part]} if part in params else set(_strewn_elsewhere(term)) if params else set()
    return term.stand_in if not brought or brought.intersection(there) else _COLORS_ALONE


def _strewn_elsewhere(term: Term) -> Iterator[str]:
    """The kinds of things that a style brings along in other sets."""
    for name, params in term.params.items():
        if (kind := params.get(part_of_things(name))) is not None:
            yield str(kind)


def _in_air(term: Term, design: SetDesign) -> str | None:
    """What stands in for a thing: of what flies where a set has such in its air, not that it lies there."""
    told = term.stand_in or ""
    air = getattr(design, "air", _NOTHING)
    flies = air != _NOTHING and term.params_in(set_name(design)).get("air", air) == air
    return (told.removesuffix(LYING_THERE).removesuffix(", ") if flies else told) or None


def _has_its_color_alone(term: Term, name: str) -> bool:
    """Whether a set has nothing of a material but its colour: no table of linen, and one of zinc that is plain."""
    params = term.params_in(name)
    return name not in term.votes and (not params or params.get("material") == "plain")


def _part_alone(mention: Mention, design: SetDesign, name: str) -> str | None:
    """What a set has of a place that it is none of: crystals of a glacier, of a starry sky its light."""
    if (strewn := strewn_instead(mention, name)) is not None:
        return strewn
    term, most = mention.term, mention.term.weight
    if term.stand_in and term.params_in(name).get(_GLOW, glow := getattr(design, _GLOW, None)) != glow:
        return LIGHT_ALONE  # before a red wall fire glows in no orange
    lit = term.kind == "place" and term.role is None and bool(term.light) and most >= _PLACE
    return LIGHT_ALONE if lit and name not in term.votes and not term.params_in(name) else None


def _lamps_there(mention: Mention, design: SetDesign) -> str | None:
    """What shows signs of neon in a place with lamps of its own, and lamps out of focus from above on no mirror."""
    if isinstance(design, FlatLay) and mention.term.role == _GLOWING and design.glow == _LAMPS:
        return None if design.surface in _MIRRORS else _PATCHES
    lit = isinstance(design, Tabletop) and design.backdrop in LIT_PLACES
    return _LAMPS_THERE if lit and mention.term.params_in("tabletop").get("backdrop") == _NEON else None


def _is_its_metal(term: Term, design: SetDesign) -> bool:
    """Whether plain metal was asked for, and is there; one with a relief of its own is not."""
    if term.votes.get("glossy_floor") is None and term.stand_in is not None:
        return False
    if isinstance(design, FlatLay):
        return design.surface == "metal" == term.params_in("flat_lay").get("surface") and term.color in design.colors
    if isinstance(design, Podium):
        return design.podium_material == "metal" == term.params_in("podium").get("podium_material")
    if isinstance(design, Lab):
        return term.params.get("lab", {}).get("bench") == design.bench
    return isinstance(design, Tabletop) and design.finish == "metal" and term.color == design.surface_color


def _shows_autumn(mention: Mention, name: str) -> bool:
    return mention.term.params_in(name).get("props") in _OF_AUTUMN


def _is_low_sun(term: Term) -> bool:
    """Whether it is an hour at which the sky has other colours than by day."""
    return term.kind != "light" and float(term.light.get("elevation_deg", 90.0)) <= _LOW_DEG
