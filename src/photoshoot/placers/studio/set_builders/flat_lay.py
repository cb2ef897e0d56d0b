"""A surface seen from above, with the product lying on it."""

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import holds_light, keeping_off, strew_held
from photoshoot.placers.studio.backdrops.frontal import sheet_exposure, sheet_lights
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.scene.emitters import Rig, ambient, before_wall, vary
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.set_builders.beds import BEDS
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.beds.resting import UNEVEN, settle, standing_there
from photoshoot.placers.studio.set_builders.beds.tubes import gel_lamps, glow_spots, lay_tubes
from photoshoot.placers.studio.set_builders.beds.under import BOULDERS, lay_shapes, lay_under, on_tray
from photoshoot.sets import Light
from photoshoot.sets.flat_lay import FlatLay

_GENTLE = frozenset(
    {"paper", "linen", "wood", "marble", "concrete", "plaster", "stone", "lacquer", "metal", "wet", "rubber", "asphalt"}
    | {"cork", "knit", "leather", "rattan", "tatami"}
)
"""Surfaces that show what they are in any light, as pools do; the relief of all others needs light from the side."""
_RAKING = math.cos(math.radians(66))
"""Most cosine between the key and a line straight up from a surface with relief."""
_MIRRORS = frozenset({"lacquer", "wet", "water", "asphalt"})
"""Surfaces that show what shines on them as a mirror does."""
_GAINS = {"paper": 1.13, "marble": 1.1, "snow": 1.7, "folds": 1.12, "asphalt": 1.6}
"""Times the exposure, where a relief's shade would make a pale surface grey, and asphalt black; lying paper is as
bright as a sweep of it, whose wall and floor light each other."""
_FILLS = {"paper": "#fdfdff"}
"""Colour of the fill where it is not daylight's: white paper is white, as a sweep of it is."""
_RUG_GAIN, _PALE = 1.25, (0.3, 0.7)
"""Likewise for a rug, but for one on what is pale: white sheets beside it would burn out; these are albedos."""
_BESIDE_GLOW = 0.8  # times the exposure, where a glow adds to the light
_MOST_FILL = 0.42  # on such a surface: more would fill its hollows
_SHADOW_FILL, _SHADOW_SOFTNESS = 0.36, 0.3  # at most, where shadows from outside shall be seen
_DARK_FILL, _DULL_FILL = 0.10, 0.4  # between glowing tubes, on what mirrors them and on what doesn't
_LAMPS: Mapping[str, Callable[[Lying], dict[str, object]]] = types.MappingProxyType(
    {"tubes": lay_tubes, "gels": gel_lamps}
)
"""What takes the place of a design's own light."""


def build_flat_lay(design: FlatLay, view: View, rng: np.random.Generator) -> SetParts:
    """The surface, what lies on it, and the light; texture, props, shadows and light vary."""
    light = before_wall(vary(design.light, rng))
    if design.gobo != "none":
        light = replace(light, fill=min(light.fill, _SHADOW_FILL), softness=min(light.softness, _SHADOW_SOFTNESS))
    elif design.pool:
        light = _as_high(light)
    elif design.surface not in _GENTLE:
        light = _raked(light)
    if design.glow in _LAMPS:
        light = replace(light, fill=(_DARK_FILL if design.surface in _MIRRORS else _DULL_FILL) * light.fill)
    gain = _gain(design) * (_BESIDE_GLOW if _glows(design) else 1.0)
    exposure = sheet_exposure(light, design.gobo, gain)
    lying = Lying(design=design, view=view, light=light, exposure=exposure, rng=rng)
    bed, under = lay_under(lying)
    ground = BEDS[design.surface](bed)
    round_it = lay_shapes(bed)
    laid = under | ground | round_it
    round_it |= {name: shape for name, shape in under.items() if name == BOULDERS}
    drop = 0.0 if design.under == "tray" else bed.drop
    free = on_tray(view) if design.under == "tray" else bed.view
    free = keeping_off(free, standing_there(round_it, view, bed.drop))
    props = to_scale(strew_held(design), free, rng, design.prop_colors)
    if design.surface in UNEVEN:
        props = settle(props, ground, view, bed.drop)
    laid |= stand(props, view, -drop)
    if design.glow in _LAMPS:
        lights = {"fill": ambient(light, Rig()), **_LAMPS[design.glow](lying)}
    else:
        fill_color = _FILLS.get(design.surface, Rig.fill_color)
        lights = sheet_lights(light, design.gobo, view, LYING_SURFACE_Z, rng, fill_color)
    if _glows(design):
        lights |= glow_spots(lying)
    shapes: dict[str, object] = {**lights, **laid}  # what a bed mirrors is its fill
    lamps = holds_light(design)
    if design.glow == "tubes":
        return SetParts(shapes=shapes, exposure=exposure, bloom=0.1, tone_curve="agx", vignette=0.2)
    return SetParts(shapes=shapes, exposure=exposure, bloom=0.07 * lamps)


def _gain(design: FlatLay) -> float:
    if design.under != "rug":
        return _GAINS.get(design.surface, 1.0)
    return float(np.interp(hex_to_linear(design.colors[0]).mean(), _PALE, (_RUG_GAIN, 1.0)))


def _glows(design: FlatLay) -> bool:
    """Whether lamps add to the light; what a surface mirrors is no light on it."""
    return design.glow in ("pool", "lights") and design.surface not in _MIRRORS


def _as_high(light: Light) -> Light:
    """The light nearer to the camera, so that a sun stands as high over what lies as over what stands in its set."""
    azimuth, elevation = math.radians(light.azimuth_deg), math.radians(light.elevation_deg)
    share = np.linspace(0, 1, 101)
    kept = share[np.argmin(np.abs(np.cos(share * azimuth) * np.cos(share * elevation) - math.sin(elevation)))]
    return replace(light, azimuth_deg=float(kept) * light.azimuth_deg, elevation_deg=float(kept) * light.elevation_deg)


def _raked(light: Light) -> Light:
    """The light as it must fall for a relief to be seen: from well aside, and with shadows."""
    azimuth, elevation = math.radians(light.azimuth_deg), math.radians(light.elevation_deg)
    least = min(1.0, _RAKING / max(math.cos(elevation), 1e-3))
    turned = math.copysign(max(abs(azimuth), math.acos(least)), light.azimuth_deg)
    return replace(light, azimuth_deg=math.degrees(turned), fill=min(light.fill, _MOST_FILL))
