"""What a preset names and its set shows, and how much of it goes along where a product needs another set.

Who chose petals, snow or balloons gets them in the room that a sofa is sent to, too; what can't go is told.
"""

from typing import Final

from photoshoot.sets.design import LARGE, SetDesign, SetObject, parameters_of
from photoshoot.sets.props import Props
from photoshoot.sets.table_places import FROM_ABOVE, GROWN_WALLS, TABLE_PLACES
from photoshoot.settings import SizeClass

SNOW: Final = "snow"
_ASIDE: Final = (SNOW, "weights", "bench", "fireplace", "christmas_tree")  # what a set has or has not, as it says
ON_FLOORS: Final = frozenset(
    {"autumn", "autumn_leaves", "balloons", "candles", "confetti", "daisies", "diyas", "eggs", "flowers", "gifts"}
    | {"halloween", "hearts", "lanterns", "leaves", "monstera", "mushrooms", "ornaments", "palm_leaves", "pampas"}
    | {"paper_lanterns", "petals", "pine", "ramadan", "ribbons", "rocks", "shells", "snow", "stars"}
    | {"tropical_leaves", "tulips", "vases"}
)
"""Props that lie on floors and on the ground beside large things; cups and fruit stay on tables."""
_UNDER_THE_SKY: Final = frozenset({"rocks", "shells"})
"""Of those, what lies on no floor and no rug beside a sofa."""
_PROPS: Final = ("props", "beside", "air", "produce")
_MATERIALS: Final = (
    *(
        "material",
        "cloth",
        "surface",
        "ground",
        "floor",
        "counter",
        "podium_material",
        "podium_finish",
        "under_material",
        "pattern",
    ),
)
_BEHIND: Final = ("backdrop", "wall", "far", "stand", "night_sky")
_LANDMARKS: Final = frozenset(
    {"brick", "boards", "linen", "silk", "velvet", "books", "christmas_tree", "fireplace"}
    | {"mountains", "hills", "crate", "stump"}
    | {"bokeh", "glow", "neon", "graffiti"}
    | {"stars", "moon", "milky_way", "aurora"}
    | TABLE_PLACES
    | GROWN_WALLS
)
"""Of what is behind a product or under it, what is missed where it isn't seen."""
_ALIKE: Final = {
    "ramadan": "lanterns",
    "folds": "linen",
    "blanket": "linen",
    "lawn": "grass",
    "lacquer": "gloss",
    "greens": "vegetables",
    "school": "pens and notebooks",
}
_TELLING: Final = ("props", "gobo", "glow")
_LIGHTS: Final = {
    "panes": "a window's light",
    "slit": "a slit of daylight",
    "pool": "a pool of lamplight",
    "tubes": "neon tubes",
    "gels": "coloured lamps",
}
"""Value of what falls on a surface from outside the picture → what it looks like."""
_PLAIN: Final = frozenset({"none", "plain", "paper", "plaster", "matte", "satin", "gloss", "carpet", "tiles"})
"""Values that name nothing that anyone would miss."""


def named_things(design: SetDesign) -> tuple[str, ...]:
    """What a design names, in plain words: its props, what is in its air, its season, its materials, what is behind."""
    found = [getattr(design, name) for name in (*_PROPS, *_MATERIALS) if isinstance(getattr(design, name, None), str)]
    found += (*getattr(design, "also", ()), *getattr(design, "furnished", ()))
    found += [value for name in _BEHIND if (value := getattr(design, name, None)) in _LANDMARKS]
    words = [_ALIKE.get(value, value) for value in found if value not in _PLAIN]
    words += ["haze"] * (design.light.haze > 0 and design.only_stance is None)
    after_rain = getattr(design, "surface", None) == "asphalt" and getattr(design, "place", "none") != "none"
    words += ["wet"] * after_rain  # a street from above, whose puddles mirror the place and its signs
    words += ["neon"] * bool(getattr(design, "neon_colors", ()) or (after_rain and getattr(design, "glow_colors", ())))
    words += ["glow"] * (design.light.gobo == "spot")
    words += ["gradient"] * bool(getattr(design, "fade_colors", ()))
    words += ["rail"] * (getattr(design, "holder", None) == "rail")
    words += [name for name in _ASIDE if getattr(design, name, False)]
    return tuple(word.replace("_", " ") for word in dict.fromkeys(words))


def kinds_of_things(design: SetDesign) -> tuple[str, ...]:
    """The kinds of things that a design has about its product, the main one first: what lies there, grows, hangs."""
    plants = getattr(design, "plants", "none")
    return tuple(dict.fromkeys([*_held(design), *([plants] if plants != "none" else [])]))


def left_behind(asked: SetDesign, built: SetDesign) -> tuple[str, ...]:
    """What ``asked`` names and ``built`` does not."""
    there = named_things(built)
    return tuple(thing for thing in named_things(asked) if thing not in there)


def unseen_from_above(asked: SetDesign, built: SetDesign) -> tuple[str, ...]:
    """What is round a product that stands and not round one that lies: no picture from above has a horizon."""
    if type(asked) is type(built):
        return ()
    real = getattr(asked, "place", "none") != "none" and hasattr(asked, "heading_deg")
    return ("sky",) * hasattr(asked, "sky_colors") + ("view",) * real


def told_from_above(asked: SetDesign, built: SetDesign) -> tuple[str, ...]:
    """What tells of the place of a product that lies, and is not seen itself: what is beside it, and its light."""
    if type(asked) is type(built):
        return ()
    facts = FROM_ABOVE.get(getattr(asked, "backdrop", ""), {})
    kinds = [str(facts[part]) for part in _TELLING if part in facts and getattr(built, part, None) == facts[part]]
    words = [_LIGHTS.get(kind, _ALIKE.get(kind, kind)) for kind in kinds if kind != getattr(asked, "props", "")]
    return tuple(dict.fromkeys(words))


def taken_along(design: SetDesign, kind: type[SetDesign], size_class: SizeClass | None = None) -> SetObject:
    """The parameters by which a set that a design becomes shows what the design names; none where it can't.

    Args:
        design: What was asked for.
        kind: What it becomes.
        size_class: Of the product; large ones have only beside them what lies on floors. None: a small one's.
    """
    hints, things = parameters_of(kind), named_things(design)
    taken: dict[str, object] = {}
    if SNOW in hints and size_class is not SizeClass.WALL:
        taken[SNOW] = SNOW in things
    part = next((name for name in ("beside", "props") if hints.get(name) == Props), None)
    if part is None or size_class is SizeClass.WALL:
        return taken
    large = size_class in (*LARGE, SizeClass.FLOOR)
    suits = ON_FLOORS - _UNDER_THE_SKY if size_class is SizeClass.FURNITURE else ON_FLOORS
    held = [thing for thing in _held(design) if not large or thing in suits]
    things_beside = [thing for thing in held if not (thing == SNOW and taken.get(SNOW))]
    if not things_beside:
        return taken
    first, also = things_beside[0], tuple(thing for thing in things_beside[1:] if thing in getattr(design, "also", ()))
    tints = getattr(design, "also_colors", ()) if also == getattr(design, "also", ()) else ()
    more: dict[str, object] = {"also": also, "also_colors": tints} if also and "also" in hints else {}
    if "counts" in hints and (numbers := _numbers(design)):
        more["counts"] = tuple(numbers.get(thing, 0) for thing in (first, *also))
    return {**taken, part: first, **more, **_colors(design, kind, part)}


def _numbers(design: SetDesign) -> dict[str, int]:
    """Kind → how many of it lie beside its product, for those that were counted."""
    main = next((kind for name in ("beside", "props") if (kind := getattr(design, name, "none")) != "none"), "none")
    return dict(zip((main, *getattr(design, "also", ())), getattr(design, "counts", ()), strict=False))


def _held(design: SetDesign) -> list[str]:
    """What lies beside its product, the main kind first, or is in its air."""
    own = [getattr(design, name, "none") for name in ("beside", "props")]
    things = [*own, *getattr(design, "also", ()), getattr(design, "air", "none")]
    return [thing for thing in things if isinstance(thing, str) and thing != "none"]


def _colors(design: SetDesign, kind: type[SetDesign], part: str) -> SetObject:
    """The colours of its props, where both sets let one choose them."""
    to = "beside_colors" if part == "beside" else "prop_colors"
    for name in ("beside_colors", "prop_colors"):
        if getattr(design, name, ()) and to in kind.color_uses():
            return {to: getattr(design, name)}
    return {}
