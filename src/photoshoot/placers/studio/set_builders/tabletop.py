"""A slab or table, or a platform on one, before what is far behind it."""

import math

import numpy as np

from photoshoot.placers.studio.assets.props.placement import Pieces, stand, to_scale
from photoshoot.placers.studio.assets.props.several import holds_light, strew_held
from photoshoot.placers.studio.backdrops.string_lights import string_lights
from photoshoot.placers.studio.backdrops.table_tops import BACK_EDGE, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.horizons import seen_from_lower
from photoshoot.placers.studio.landscape.lawn_and_sand import lawn
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts, raked
from photoshoot.placers.studio.set_builders.behind import build_behind, is_dark
from photoshoot.placers.studio.set_builders.places import PLACES, yoga_studio
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes
from photoshoot.placers.studio.set_builders.stands import platform_on_table
from photoshoot.placers.studio.textures.by_name import Surface, with_pattern
from photoshoot.sets.tabletop import Tabletop

_SHINING = ("bokeh", "campfire", "christmas_tree", "fireplace", "neon")
_LIT_ITSELF = ("bokeh", "rooftop")  # what has lamps out of focus, or strings of them
_ON = 0.8  # how far strings of lamps are
_COURTS = ("tennis_court", "basketball_court")
_OWN_FLOORS = {"tatami_room": "tatami", "parking": "concrete", "skate_park": "concrete", "yoga_studio": "wood"}
"""Place → what its own floor is of, on which a product stands that is on a table of that."""
_DEEP_FLOORS = {"yoga_studio": yoga_studio.WALL_Z}
"""Place → depth up to which what the product stands on is its floor, without an edge before it."""
_ROOMS = ("living_room", "bedroom", "bathroom", "kitchen", "office", "laundry", "dressing_room", "recording_studio")
_FAR = (
    "car",
    "terminal",
    "nightclub",
    "greenhouse",
    "barn",
    "subway",
    "tatami_room",
    "yoga_studio",
    "skate_park",
    *_ROOMS,
    *_COURTS,
)  # places that reach far back
_BLURS = {
    **dict.fromkeys(("books", "christmas_tree", "fireplace", "neon"), 0.085),
    **dict.fromkeys(PLACES, 0.11),
    **dict.fromkeys(_FAR, 0.065),
    **dict.fromkeys(("greenhouse", "laundry"), 0.1),  # full of small things with bright gaps between
    "campfire": 0.06,
    **dict.fromkeys(("rooftop", "balcony"), 0.05),  # their lights are discs as they are
    **dict.fromkeys(("chalet", "alpine_lake"), 0.04),  # firs are lost from there on
}
"""Radius of the lens before what is to be more out of focus than a wall."""
_QUIET = (
    *("boutique", "cellar", "lockers", "cave", "deck", "car", "terminal", "bakery", "train"),
    *("living_room", "bedroom", "bathroom", "kitchen", "office"),
    *("greenhouse", "tatami_room", "yoga_studio", "campfire"),
    *_COURTS,
)
"""Places with 2 dB or more to spare, of which a coarser film costs .3 to .9. Lamps in rows and lit glass (supermarkets,
pharmacies, bars, salons, nightclubs), lawns and balconies at night have none; of the rest nobody knows."""


def build_tabletop(design: Tabletop, view: View, rng: np.random.Generator) -> SetParts:
    """The table, what stands far behind it, and props; grain, props and light vary."""
    light = vary(design.light, rng)
    dark = is_dark(design.backdrop, design.backdrop_color)
    exposure = albedo_exposure(light, 0.84 if dark else 0.94)
    if design.stand != "none":
        shapes, _, _ = platform_on_table(design, view, rng)
    else:
        shapes = _table(design, view, rng)
    on_court = design.backdrop in _COURTS and design.material == "concrete"  # whose ground goes on behind the product
    color = design.surface_color if on_court else design.backdrop_color
    fade, into = design.fade, design.fade_colors
    lower, slope = seen_from_lower(view)
    behind = Setting(
        color=color,
        view=lower,
        light=light,
        exposure=exposure,
        rng=rng,
        fade_colors=into,
        fade=fade,
        ground=design.surface_color if _is_own_floor(design, view) else "",
    )
    with raked(slope):
        shapes |= build_behind(design.backdrop, behind)
        if design.lights and design.backdrop not in _LIT_ITSELF:
            shapes |= named_shapes("strings", string_lights(lower, _ON, rng), behind)
    shapes |= build_lights(light, view, Rig(back_z=-2.0))
    return SetParts(
        shapes=shapes,
        aperture=_BLURS.get(design.backdrop, 0.05),
        film_density=0 if design.backdrop in _QUIET and design.material != "grass" else math.inf,
        exposure=exposure,
        bloom=0.06 if holds_light(design) or design.lights else 0.04 * (design.backdrop in _SHINING),
        vignette=0.2 if dark else 0.0,
        lawn=design.material == "grass" and design.stand == "none",
    )


def _table(design: Tabletop, view: View, rng: np.random.Generator) -> dict[str, object]:
    if design.material == "grass":
        grass, _, _ = lawn(design.surface_color, view, rng)
        return {**grass, **stand(_props(design, view, rng), view)}
    surface = Surface(
        material=design.material,
        color=design.surface_color,
        vein_color=design.vein_color,
        rustic=float(design.rustic or design.props in ("autumn", "autumn_leaves")),
        glued=True,
    )
    back = _DEEP_FLOORS.get(design.backdrop, BACK_EDGE) if _is_own_floor(design, view) else BACK_EDGE
    table = table_top(with_pattern(surface, design, view), design.finish, view, rng, back)
    return {"table": table, **stand(_props(design, view, rng), view)}


def _is_own_floor(design: Tabletop, view: View) -> bool:
    """Whether the product stands on the floor of the place that it is in.

    A floor that goes on to a place's windows would hide them where its photo looks down on the product: the place is
    raked then, and falls away under it.
    """
    hides = design.backdrop in _DEEP_FLOORS and seen_from_lower(view)[1] > 0.0
    return _OWN_FLOORS.get(design.backdrop) == design.material and design.stand == "none" and not hides


def _props(design: Tabletop, view: View, rng: np.random.Generator) -> Pieces:
    own_stone = (design.surface_color, design.vein_color) if design.props == "rocks" else ()
    return to_scale(strew_held(design), view, rng, design.prop_colors or own_stone)
