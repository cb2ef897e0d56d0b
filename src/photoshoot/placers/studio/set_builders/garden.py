"""A table in a garden: flowering bushes and trees out of focus behind it, leaves' shadows on it."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import holds_light, strew_held
from photoshoot.placers.studio.backdrops.real_places import MOODS, place_picture
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.flower_bushes import bushes
from photoshoot.placers.studio.lighting.environment import sky_light
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.bsdfs import Roughness
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, Rig, albedo_exposure, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.textures.by_name import Surface, with_pattern
from photoshoot.sets import Light
from photoshoot.sets.garden import Garden

_PLACE, _HEADING = "park", -58.0
_BACK = -1.9
_BUSHES = ((-5.6, -1.9, 1.15), (-8.5, -1.6, 1.7))
"""Depth, foot and radius of each row."""
_SHADOWS_Z = -0.4
_APERTURE = 0.22
"""Lens radius, world units. At half of it bushes are as busy as the product, and pictures have up to 1.9 dB less."""
_VEINS = {"wood": "#5a3c22", "stone": "#8b8478", "marble": "#9a968f", "linen": "#b9ab94"}
_FINISHES: Final[Mapping[str, Roughness]] = {"wood": "eggshell", "marble": "satin"}
"""Material of the table → how it shines; the others are matte."""


def build_garden(design: Garden, view: View, rng: np.random.Generator) -> SetParts:
    """Table, bushes, the park behind them and the sun; where bushes stand, their flowers, grain and light vary."""
    light = vary(design.light, rng, 0.6)
    mood = MOODS[_PLACE]
    heading = _HEADING + 3.0 * int(rng.integers(-2, 3))
    exposure = albedo_exposure(light, 1.0)
    surface = Surface(
        material=design.material,
        color=design.table_color,
        vein_color=_VEINS[design.material],
        rustic=0.8 if design.material == "wood" else 0.0,
    )
    shapes: dict[str, object] = {
        "table": table_top(
            with_pattern(surface, design, view), _FINISHES.get(design.material, "matte"), view, rng, back=_BACK
        ),
        "place": place_picture(_PLACE, heading, view, mood, (table_back(view, _BACK), 0.0), exposure / light.intensity),
        **bushes(view, _BUSHES, design.flower_colors, rng),
        **stand(to_scale(strew_held(design), view, rng, design.prop_colors), view),
        **_lights(design, light, view, rng),
        "fill": sky_light(_PLACE, heading, IRRADIANCE * fill_share(light)),
    }
    bloom = 0.06 if holds_light(design) else 0.04
    return SetParts(shapes=shapes, aperture=_APERTURE, exposure=exposure, bloom=bloom, tone_curve="studio")


def _lights(design: Garden, light: Light, view: View, rng: np.random.Generator) -> dict[str, object]:
    """The sun through leaves, or plain."""
    if not design.shade:
        lights = build_lights(light, view, Rig(back_z=-2.4))
        return {name: entry for name, entry in lights.items() if name != "fill"}
    plane = GoboPlane.across(view, _SHADOWS_Z, bottom=-1.0, share=1.3)
    return sun_through("leaves", light, view, plane, rng, 1 - fill_share(light))
