"""A training hall of concrete, strip lights and weights out of focus; or a bare one, with strips or a slit of light."""

from dataclasses import replace

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.assets.gym_equipment import dumbbell_rack, kettlebell, plates
from photoshoot.placers.studio.assets.rows import Row, Ware, before_wall, line_up
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.batching import Emissive, Things, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, textured
from photoshoot.placers.studio.scene.emitters import (
    Rig,
    albedo_exposure,
    ambient,
    build_lights,
    fill_share,
    spotlight,
    tube_radiance,
    unit_luminance,
    vary,
)
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.industrial import PANELS, formwork, rubber
from photoshoot.placers.studio.textures.procedural import concrete, smoothstep
from photoshoot.sets import Light
from photoshoot.sets.gym import Gym

_WALL_Z = -17.0
_SLIT_LEVELS, _ALL_LIT = (2.6, 1.5), (0.65, 1.0)
"""Of white in the slit's light, in a hall that it leaves dark and in one that it fills; its share of that picture."""
_BARE_WALL_Z = -4.5
_SIDEWAYS_DEG = 34.0  # so that the light on the wall stays in the picture
_PANEL = (7.0, 4.6)
"""Width and height of one casting of the wall, world units."""
_FLECKS = 0.42
_RACK_LIFELIKE = 1.9  # see ``Row``: a rack is built small beside a shoe
_STRIP_RADIANCE = 5.0
_DARK = 0.5  # lightness of a wall under which the strips are most of what is seen
_RIM = 0.4  # of what was asked: the floor is dark, so rim lights draw pools on it


def build_gym(design: Gym, view: View, rng: np.random.Generator) -> SetParts:
    """Floor, wall and what gives light; the weights' places, the castings and the light vary."""
    light = vary(design.light, rng)
    build = _hall if design.weights or design.strips else _bare_hall
    return build(design, view, light, rng)


def _hall(design: Gym, view: View, light: Light, rng: np.random.Generator) -> SetParts:
    exposure = albedo_exposure(light, 0.95)
    if design.weights:
        floor = textured(rubber(design.floor_color, design.accent_color, 0), Tiling.drawn(_FLECKS, rng), "satin")
    else:
        floor = _cast_floor(design, rng)
    shapes: dict[str, object] = {
        "floor": to_shape(stage_floor(view, back=_WALL_Z, uv_scale=1.0), bsdf=floor),
        "wall": _wall(design, view, _WALL_Z, rng),
    }
    weights = _weights(design, view, rng) if design.weights else []
    shapes |= thing_shapes([*_strips(design, view), *weights], exposure)
    shapes |= build_lights(replace(light, rim=_RIM * light.rim), view, Rig(back_z=-3.0))
    shapes["wash"] = _wash(light, view, _WALL_Z, 0.22)
    dark = hex_to_oklab(design.wall_color)[0] < _DARK
    return SetParts(
        shapes=shapes,
        aperture=0.08,
        exposure=exposure,
        bloom=0.06,
        tone_curve="agx" if dark else "neutral",
        vignette=0.25 if dark else 0.0,
    )


def _bare_hall(design: Gym, view: View, light: Light, rng: np.random.Generator) -> SetParts:
    """The product stands in the slit's light."""
    floor = _cast_floor(design, rng)
    light = replace(light, azimuth_deg=float(np.clip(light.azimuth_deg, -_SIDEWAYS_DEG, _SIDEWAYS_DEG)))
    half = 0.5 + view.product_half_width
    plane = GoboPlane(
        z=-0.6,
        left=view.product_x - half,
        right=view.product_x + half,
        bottom=0.0,
        top=view.top_at(-0.6),
        focus_x=view.product_x,
    )
    shapes: dict[str, object] = {
        "floor": to_shape(stage_floor(view, back=_BARE_WALL_Z, uv_scale=1.0), bsdf=floor),
        "wall": _wall(design, view, _BARE_WALL_Z, rng),
        **sun_through("slit", light, view, plane, rng, 1 - fill_share(light)),
        "fill": ambient(light, Rig(fill_color="#e8efff")),
        "wash": _wash(light, view, _BARE_WALL_Z, 0.25),
    }
    lit = float(smoothstep(*_ALL_LIT, half / view.half_width_at(plane.z)))
    level = _SLIT_LEVELS[0] + lit * (_SLIT_LEVELS[1] - _SLIT_LEVELS[0])
    return SetParts(shapes=shapes, aperture=0.04, exposure=albedo_exposure(light, level), bloom=0.08)


def _cast_floor(design: Gym, rng: np.random.Generator) -> Entry:
    return textured(concrete(design.floor_color, int(rng.integers(2))), Tiling.drawn(0.22, rng), "satin")


def _wall(design: Gym, view: View, z: float, rng: np.random.Generator) -> object:
    scale = (1 / (PANELS * _PANEL[0]), 1 / (PANELS * _PANEL[1]))
    tiling = Tiling.drawn(scale, rng)
    cast = textured(formwork(design.wall_color, int(rng.integers(2))), tiling, "matte")
    return to_shape(stage_wall(view, z=z, bottom=-0.5, uv_scale=1.0), bsdf=cast)


def _strips(design: Gym, view: View) -> Things:
    """Lines of light along the wall, and a dim one at its foot that is mirrored in the floor."""
    z = _WALL_Z + 0.2
    half, top = view.half_width_at(z) + 6.0, view.top_at(z)
    light = tube_radiance(design.accent_color, _STRIP_RADIANCE)
    levels = [0.4, *np.arange(min(3.7, 0.78 * top), top + 1.0, 5.5)]
    bar = rounded_box((half, 0.07, 0.07), 0.03, steps=1)
    return [
        Emissive(mesh=bar.moved(0, float(y), z), light=np.tile(light * np.float32(share), (2, 1)), asked=True)
        for y, share in zip(levels, [0.14, *[1.0] * (len(levels) - 1)], strict=True)
    ]


def _weights(design: Gym, view: View, rng: np.random.Generator) -> Things:
    """A rack on one side with kettlebells before it, plates on the other."""
    accent = design.accent_color
    sizes = (rng.uniform(0.95, 1.1), rng.uniform(0.7, 0.8), rng.uniform(0.8, 1.0))
    bells = [Ware(half=float(size), build=kettlebell, of=(float(size), accent)) for size in sizes]
    rack = Ware(half=4.0, build=dumbbell_rack, of=(7.0, accent))
    stack = Ware(half=3.2, build=plates, of=(accent,))
    side = float(rng.choice([-1.0, 1.0]))
    far = Row(z=_WALL_Z + 2.0, side=side, clear=0.6, gaps=(0.2, 1.2), lifelike=_RACK_LIFELIKE)
    far = replace(far, z=before_wall(view, far, _WALL_Z, 2.0))
    near = Row(z=-7.5, side=side, clear=0.7, gaps=(0.25, 0.9), rest=3.0, lifelike=1.0)
    return [
        *line_up(view, far, [rack, stack], rng),
        *line_up(view, replace(far, side=-side), [stack, rack], rng),
        *line_up(view, near, bells, rng),
        *line_up(view, replace(near, side=-side), bells[1:], rng),
    ]


def _wash(light: Light, view: View, wall_z: float, strength: float) -> Entry:
    """A lamp over the picture on the light's side: the wall fades away from it, as in hazy air."""
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    z = wall_z + 3.0
    origin = np.array([side * 0.55 * view.half_width_at(z), view.top_at(z) + 2.5, z])
    target = np.array([side * 0.35 * view.half_width_at(wall_z), 0.4 * view.top_at(wall_z), wall_z])
    return spotlight(origin, target, irradiance=unit_luminance(light.color) * np.float32(strength), spread_deg=75.0)
