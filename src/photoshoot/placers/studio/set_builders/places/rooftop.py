"""A roof terrace over a city: a parapet with a rail, planters, lamps on strings, and the skyline at any hour."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box
from photoshoot.placers.studio.backdrops.bokeh import shining_wall
from photoshoot.placers.studio.backdrops.skylines import Skyline, skyline_image
from photoshoot.placers.studio.backdrops.string_lights import string_lights
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import rounded_box, tube
from photoshoot.placers.studio.scene.batching import Things, painted
from photoshoot.placers.studio.set_builders.places.outlook import golden_of, light_from_sky, outlook
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of

_CITY_Z, _RAIL_Z, _PLANTERS_Z, _ROOF = -40.0, -6.2, -5.4, -3.0
_RAIL, _PARAPET = 1.0, -0.45
"""Heights of the rail and of the parapet under it, where they do not come down for a low picture."""
_POSTS = 2.4
_STONE, _STEEL, _PLANTER = "#b9b3a8", "#34383c", "#5c5f61"
_GREENS = ("#6f8a52", "#8ea565", "#54703f")
_HORIZON = (0.14, 0.52)  # where that of the city is, of what is seen of it: from high up it would be all roofs


def build_rooftop(setting: Setting) -> dict[str, object]:
    """The towers lean to the colour; their windows and the lamps are on from a low sun on."""
    view, rng = setting.view, setting.rng
    night, golden = night_of(setting.light), golden_of(setting)
    reach = view.half_width_at(_RAIL_Z) + 2.0
    rail = min(_RAIL, 0.7 * view.camera_y)  # under the horizon: the city stands over it
    things: Things = [
        painted("#8d8a84", "matte", floor(y=_ROOF, half_width=reach + 4, front=-2.0, back=_RAIL_Z)),
        *_parapet(rail, reach, float(rng.uniform(0, _POSTS))),
        *_planters(rail, reach, rng),
        *string_lights(view, max(night, golden), rng),
    ]
    shapes = named_shapes("rooftop", things, setting)
    shapes["city"] = city(setting, night, golden)
    shapes["sky_light"] = light_from_sky(setting, (_PARAPET, _RAIL_Z), -4.0, 0.75 - 0.6 * night)
    return shapes


def city(setting: Setting, night: float, golden: float) -> object:
    """The skyline, leaning to the setting's colour: from what a terrace hides up to past the picture's edge.

    Args:
        setting: The place.
        night: How far day has gone, 0 to 1.
        golden: How low the sun is, 0 to 1.
    """
    view = setting.view
    seen = outlook(view, _CITY_Z, _HORIZON)
    city = Skyline(
        aspect=seen.aspect,
        horizon=seen.horizon,
        night=round(night, 2),
        golden=golden,
        color=setting.color,
        sunny_left=setting.light.azimuth_deg < 0,
        seed=int(setting.rng.integers(8)),
    )
    return shining_wall(skyline_image(city), view, _CITY_Z, setting.exposure, seen.bottom)


def _parapet(rail: float, reach: float, start: float) -> Things:
    """A low wall with a cap, and a rail on posts over it: what glass is between is not seen."""
    top = min(_PARAPET, rail - 1.3)
    masonry = box((reach + 2, (top - _ROOF) / 2, 0.18)).moved(0, (top + _ROOF) / 2, _RAIL_Z)
    cap = rounded_box((reach + 2, 0.07, 0.28), 0.03, steps=2).moved(0, top, _RAIL_Z)
    posts = [box((0.035, (rail - top) / 2, 0.035)).moved(x, (rail + top) / 2, _RAIL_Z)
             for x in np.arange(-reach + start, reach, _POSTS)]  # fmt: skip
    beam = tube((-reach, rail, _RAIL_Z), (reach, rail, _RAIL_Z), 0.05, sides=12)
    return [painted(_STONE, "matte", masonry, cap), painted(_STEEL, "satin", *posts, beam)]


def _planters(rail: float, reach: float, rng: np.random.Generator) -> Things:
    """Long boxes of grasses at both sides before the rail."""
    troughs: list[Mesh] = []
    blades: list[list[Mesh]] = [[] for _ in _GREENS]
    low = rail - 1.7
    blade = leaf(1.5, 0.1, curl=0.3, fold=0.1, unseen=True)
    for s in (-1, 1):
        near, far = 0.5 * (reach - 2.0), reach
        middle = s * (near + far) / 2
        troughs.append(rounded_box(((far - near) / 2, 0.55, 0.4), 0.04, steps=2).moved(middle, low - 0.5, _PLANTERS_Z))
        for x in np.arange(near + 0.1, far, 0.05):
            tall = float(rng.uniform(0.6, 1.35)) * (0.7 + 0.3 * np.sin(3.1 * x))
            straw = blade.scaled(tall).turned(float(rng.uniform(50, 88)), "z").turned(float(rng.uniform(0, 360)))
            place = (s * float(x), low, _PLANTERS_Z + float(rng.uniform(-0.3, 0.3)))
            blades[int(rng.integers(len(_GREENS)))].append(straw.moved(*place))
    return [
        painted(_PLANTER, "satin", *troughs),
        *(painted(color, "matte", merged(own)) for color, own in zip(_GREENS, blades, strict=True)),
    ]
