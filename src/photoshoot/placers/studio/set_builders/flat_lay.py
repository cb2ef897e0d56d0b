"""A surface seen from above, with the product lying on it."""

import math
from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.props import EMISSIVE, STREWN
from photoshoot.placers.studio.assets.props.placement import stand
from photoshoot.placers.studio.backdrops.frontal import sheet_exposure, sheet_lights
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.scene.emitters import Rig, ambient, before_wall, vary
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.set_builders.beds import BEDS
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.beds.tubes import glow_spots, lay_tubes
from photoshoot.placers.studio.set_builders.beds.under import lay_shapes, lay_under
from photoshoot.sets import Light
from photoshoot.sets.flat_lay import FlatLay

_GENTLE = frozenset(
    {"paper", "linen", "wood", "marble", "concrete", "plaster", "stone", "lacquer", "wet", "rubber", "asphalt"}
)
"""Surfaces that show what they are in any light; the relief of all others needs light from the side."""
_RAKING = math.cos(math.radians(66))
"""Most cosine between the key and a line straight up from a surface with relief."""
_MIRRORS = frozenset({"lacquer", "wet", "water", "asphalt"})
"""Surfaces that show what shines on them as a mirror does."""
_GAINS = {"snow": 1.22, "folds": 1.12}
"""Times the exposure, where a relief's shade would make a pale surface grey."""
_MOST_FILL = 0.42  # on such a surface: more would fill its hollows
_DARK_FILL = 0.10  # between glowing tubes


def build_flat_lay(design: FlatLay, view: View, rng: np.random.Generator) -> SetParts:
    """The surface, what lies on it, and the light; texture, props, shadows and light vary."""
    light = before_wall(vary(design.light, rng))
    if design.surface not in _GENTLE and design.gobo == "none":
        light = _raked(light)
    if design.glow == "tubes":
        light = replace(light, fill=_DARK_FILL * light.fill)
    exposure = sheet_exposure(light, design.gobo, _GAINS.get(design.surface, 1.0))
    lying = Lying(design=design, view=view, light=light, exposure=exposure, rng=rng)
    bed, under = lay_under(lying)
    laid = under | BEDS[design.surface](bed) | lay_shapes(bed)
    laid |= stand(STREWN[design.props](bed.view, rng, design.prop_colors), view, -bed.drop)
    if design.glow == "tubes":
        lights = {"fill": ambient(light, Rig()), **lay_tubes(lying)}
    else:
        lights = sheet_lights(light, design.gobo, view, LYING_SURFACE_Z, rng)
    if design.surface not in _MIRRORS:
        lights |= glow_spots(lying)
    shapes: dict[str, object] = {**lights, **laid}  # what a bed mirrors is its fill
    lamps = design.glow == "tubes" or design.props in EMISSIVE
    return SetParts(shapes=shapes, exposure=exposure, bloom=0.1 if design.glow == "tubes" else 0.04 * lamps)


def _raked(light: Light) -> Light:
    """The light as it must fall for a relief to be seen: from well aside, and with shadows."""
    azimuth, elevation = math.radians(light.azimuth_deg), math.radians(light.elevation_deg)
    least = min(1.0, _RAKING / max(math.cos(elevation), 1e-3))
    turned = math.copysign(max(abs(azimuth), math.acos(least)), light.azimuth_deg)
    return replace(light, azimuth_deg=math.degrees(turned), fill=min(light.fill, _MOST_FILL))
