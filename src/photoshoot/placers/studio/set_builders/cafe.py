"""A round table on a café's terrace: coffee beside the product, chairs and a real street out of focus behind."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.cafe_things import PER_METRE, TABLE_HIGH, bud_vase, espresso, seats, sugar, table
from photoshoot.placers.studio.assets.furniture.style import Style, tint
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, Ware, line_up
from photoshoot.placers.studio.backdrops.bokeh import backdrop_extent, shining_wall
from photoshoot.placers.studio.backdrops.cafe_front import CafeFront, cafe_front_image
from photoshoot.placers.studio.backdrops.real_places import mood_of, place_picture
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_material
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.horizons import seen_from_lower
from photoshoot.placers.studio.lighting.environment import sky_light
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, Rig, albedo_exposure, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import BLURRED_DENSITY, SetParts, raked, to_shape
from photoshoot.placers.studio.set_builders.places.outlook import golden_of
from photoshoot.placers.studio.set_builders.setting import Setting, lowest_seen, night_of
from photoshoot.placers.studio.textures.by_name import Surface, with_pattern
from photoshoot.sets import Light
from photoshoot.sets.cafe import Cafe

_BACK = -1.9
_THICKNESS = 0.16
_LEAST_RADIUS, _MOST_RADIUS = 3.1, 6.0
_NEAR, _BEHIND = -0.55, 1.35  # depth of what is served, and how far the table reaches behind it
_SERVED = 1.75  # how far beside the product that reaches
_CHAIRS_Z = -6.5
_FOOT = 0.08
_FRONT_Z = -40.0
_SEEN_M = (-0.12, 3.3)  # heights over the pavement that are seen at least, over the table and under the picture's edge
_LEAST_M = 2.6  # the least width of it that is seen
_LEAST_PATCH = 0.06
"""Share of the picture from which on what is served is traced whole: cups and flowers fill 2 to 3 % of 1506x1080, and
have 42.4 to 42.7 dB without, for .65 to .8 of the CPU time. What hangs has its rail, and keeps its patch."""
_VEINS = {"marble": "#8f8a86", "wood": "#55331b", "plain": "#888888", "linen": "#888888"}


def build_cafe(design: Cafe, view: View, rng: np.random.Generator) -> SetParts:
    """Table, what is served, chairs and the street; their places, the heading and the light vary."""
    light = vary(design.light, rng, 0.6)
    around = _around(design.place, light)
    mood = mood_of(around, light)
    heading = design.heading_deg + 3.0 * int(rng.integers(-2, 3))
    exposure = albedo_exposure(light, mood.white)
    near = min(_NEAR, -view.product_back - 0.15)
    back = min(table_back(view, _BACK), near - _BEHIND)
    wide, deep = 1.1 * view.product_half_width + _SERVED, near - 0.5 - back
    radius = float(np.clip((wide**2 + deep**2) / (2 * deep), _LEAST_RADIUS, _MOST_RADIUS))  # of a disc so wide there
    disc, rim = table(radius, _THICKNESS)
    middle = (view.product_x, 0.0, back + radius)
    vein = _VEINS[design.material]
    surface = Surface(material=design.material, color=design.table_color, vein_color=vein, glued=True)
    laid = design.material == "linen"
    things: Things = [
        painted(*((design.table_color, "matte") if laid else ("#b8935a", "metal")), rim.moved(*middle)),
        *_things(design, view, (near, middle[2], radius), rng),
    ]
    shapes: dict[str, object] = {
        "table": to_shape(
            disc.moved(*middle),
            bsdf=table_material(with_pattern(surface, design, view), "matte" if laid else "satin", rng),
        ),
        "place": _behind(design, view, light, exposure, heading, rng),
        **thing_shapes(things, exposure),
        **build_lights(light, view, Rig(back_z=-2.4)),
        "fill": sky_light(around, heading, IRRADIANCE * fill_share(light)),
        **beside(design, view, rng, among=[thing.mesh for thing in things]),
    }
    return SetParts(
        shapes=shapes,
        aperture=0.075,
        film_density=BLURRED_DENSITY,
        least_patch=0.0 if view.held else _LEAST_PATCH,
        exposure=exposure,
        bloom=0.05,
        tone_curve="studio",
    )


def _around(place: str, light: Light) -> str:
    """The panorama that lights a place: round a café's own front it is a street by day or in the evening."""
    if place != "front":
        return place
    return "esplanade" if night_of(light) > 0.5 else "city"


def _behind(
    design: Cafe, view: View, light: Light, exposure: float, heading: float, rng: np.random.Generator
) -> object:
    """The place, or the café's front, as a picture that shines."""
    if design.place == "front":
        return _front(Setting(color=design.accent_color, view=view, light=light, exposure=exposure, rng=rng))
    mood = mood_of(design.place, light)
    seen = (0.0, -view.bottom + 0.05)  # the street goes on under the table's round edge
    return place_picture(design.place, heading, view, mood, seen, exposure / light.intensity)


def _front(setting: Setting) -> object:
    """The café's front, from its pavement to its awning; from high up as it is seen from lower."""
    view, slope = seen_from_lower(setting.view)
    half, top, _ = backdrop_extent(view, _FRONT_Z)
    edge, bottom = lowest_seen(view, _FRONT_Z), view.bottom_at(_FRONT_Z)
    low, high = _SEEN_M
    metres = max((high - low) / (top - edge), _LEAST_M / (2 * half))
    front = CafeFront(
        wide=round(2 * half * metres, 2),
        tall=round((top - bottom) * metres, 2),
        bottom=round(low - (edge - bottom) * metres, 2),
        night=round(night_of(setting.light), 2),
        golden=golden_of(setting),
        color=setting.color,
        sunny_left=setting.light.azimuth_deg < 0,
        seed=int(setting.rng.integers(6)),
    )
    with raked(slope):
        return shining_wall(cafe_front_image(front), view, _FRONT_Z, setting.exposure, bottom)


def _things(design: Cafe, view: View, table: tuple[float, float, float], rng: np.random.Generator) -> Things:
    """Chairs behind the table on both sides; coffee on one side of the product, flowers on the other.

    ``table`` is the depth of what is served, that of the table's middle, and its radius.
    """
    wooden = Style(wood="#6b4a30", accent=design.accent_color)
    side = float(rng.choice([-1.0, 1.0]))
    metre = PER_METRE / max(1.0, view.prop_scale)
    floor, (seat, *_) = -TABLE_HIGH * metre / PER_METRE, seats(wooden, metre)
    chairs = Row(z=_CHAIRS_Z, y=floor, side=side, clear=0.2, gaps=(0.2, 1.2), rest=2.0, peeks=True)
    behind = Row(z=_CHAIRS_Z - 4.5, y=floor, side=-side, clear=0.6, gaps=(0.4, 2.0), rest=2.0, peeks=True)
    things = [*line_up(view, chairs, [seat], rng), *line_up(view, behind, [seat], rng)]
    if not design.served:
        return things
    china = Style(wood="#6b4a30", accent=tint(design.accent_color, "#3a2a22", 0.2))
    cup, flowers, dish = (
        Ware(half=half, build=build, of=(china,)) for half, build in ((0.54, espresso), (0.34, bud_vase), (0.38, sugar))
    )
    near, *disc = table
    rows = (
        (Row(z=near, side=side, clear=0.18, gaps=(0.05, 0.35), most=1, lifelike=1.0, peeks=True), [cup]),
        (Row(z=near - 0.2, side=-side, clear=0.22, gaps=(0.05, 0.35), most=2, lifelike=1.0), [flowers, dish]),
    )
    for row, wares in rows:
        served = (line_up(view, replace(row, most=most), wares, rng) for most in range(row.most, 0, -1))
        things += next((found for found in served if _stand_on(found, view, *disc)), [])
    return things


def _stand_on(things: Things, view: View, z: float, radius: float) -> bool:
    """Whether all that is low stands on a round table at depth ``z``: nothing hovers beside its edge."""
    points = np.concatenate([np.zeros((0, 3)), *(thing.mesh.vertices for thing in things if thing.seen)])
    low = points[points[:, 1] < _FOOT]
    return bool((np.hypot(low[:, 0] - view.product_x, low[:, 2] - z) < radius).all())
