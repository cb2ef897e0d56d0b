"""A street of asphalt or cobbles: paint, puddles after rain, a kerb, and a real place out of focus behind it."""

import numpy as np

from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.neon_signs import neon_signs
from photoshoot.placers.studio.backdrops.real_places import PLACE_Z, mood_of, place_picture
from photoshoot.placers.studio.backdrops.streets import Street, street_coat
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.environment import sky_light
from photoshoot.placers.studio.scene.bsdfs import Entry
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, Rig, albedo_exposure, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.wet_streets import wet_coat
from photoshoot.sets.road import Road

_DUSK = 0.8  # intensity under which lamps are on


def build_road(design: Road, view: View, rng: np.random.Generator) -> SetParts:
    """The ground, paint and puddles, and one light over all; the heading, the puddles and the light vary a little."""
    light = vary(design.light, rng, 0.6)
    mood = mood_of(design.place, light)
    heading = design.heading_deg + 3.0 * int(rng.integers(-2, 3))
    exposure = albedo_exposure(light, mood.white, facing=(0.0, 0.8, 0.2))
    floor = stage_floor(view, back=PLACE_Z, uv_scale=1.0)
    shapes: dict[str, object] = {
        "asphalt": to_shape(floor, bsdf=_material(design, view, rng)),
        "place": place_picture(design.place, heading, view, mood, (PLACE_Z, 0.0), exposure / light.intensity),
        **build_lights(light, view, Rig(back_z=-2.4)),
        "fill": sky_light(design.place, heading, IRRADIANCE * fill_share(light)),
        **beside(design, view, rng),
    }
    if design.neon_colors:
        shapes |= neon_signs(design.neon_colors, view, exposure, rng)
    night = design.light.intensity < _DUSK or bool(design.neon_colors)
    return SetParts(
        shapes=shapes,
        aperture=0.06,
        exposure=exposure,
        bloom=0.1 if design.neon_colors else 0.06,
        tone_curve="agx" if night else "studio",
        vignette=0.2 if night else 0.0,
    )


def _material(design: Road, view: View, rng: np.random.Generator) -> Entry:
    """The ground and its paint in one picture round the product; under a film of water where that stands."""
    street = Street(
        color=design.asphalt_color,
        paving=design.paving,
        line=design.line,
        line_color=design.line_color,
        x=view.product_x,
        half_width=view.product_half_width,
        prop_scale=view.prop_scale,
        unit_m=view.unit_m,
    )
    seed = int(rng.integers(60))
    return street_coat(street, seed) if design.surface == "dry" else wet_coat(street, view, seed)
