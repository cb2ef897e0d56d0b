"""A dressing table: a mirror beside the product, bulbs round it, and flacons, jars and brushes along the wall."""

from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import Style, tint
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, Ware, before_wall, line_up
from photoshoot.placers.studio.assets.vanity_things import (
    BRASS,
    arch_frame,
    bloom_vase,
    brush_pot,
    bulbs,
    flacon,
    jars,
    lipsticks,
    mirror,
    round_frame,
)
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Roughness, Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, softbox, unit_luminance, vary
from photoshoot.placers.studio.scene.shapes import BLURRED_DENSITY, SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.sets import Light
from photoshoot.sets.vanity import Vanity

_BACK = -4.0
_MIRROR_Z = -3.1
_BULB_LIGHT = 3.0
_LIFELIKE = 1.0  # see ``Row``: flacons are built a little small beside a bottle
_BULB_STEP = 0.62  # distance of neighbouring bulbs
_FINISH: dict[str, Roughness] = {"marble": "semigloss", "wood": "satin", "lacquer": "semigloss"}


def build_vanity(design: Vanity, view: View, rng: np.random.Generator) -> SetParts:
    """Table, wall, mirror and things; the mirror's side, the things' order, the stone and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.96)
    back = min(_BACK, table_back(view) - 0.8)
    side = float(rng.choice([-1.0, 1.0]))
    glass, things = _mirror(design, view, back, side)
    things += _things(design, view, back, side, rng)
    surface = Surface(
        material="plain" if design.material == "lacquer" else design.material,
        color=design.surface_color,
        vein_color=tint(design.surface_color, "#5d4a44", 0.55),
    )
    wall = textured(plaster(design.wall_color, int(rng.integers(4)), 0.02), Tiling.drawn(0.5, rng), "matte")
    shapes: dict[str, object] = {
        "table": table_top(surface, _FINISH[design.material], view, rng, back=back),
        "wall": to_shape(stage_wall(view, z=back - 0.02, bottom=-6.0), bsdf=wall),
        "mirror": mirror(glass, design.wall_color, exposure, flipped=light.azimuth_deg > 0),
        **thing_shapes(things, exposure),
        **build_lights(light, view, Rig(target=(0.0, 0.8, -1.0), back_z=-1.5)),
        "window": _window(light, view, back),
        **beside(design, view, rng, among=[thing.mesh for thing in things]),
    }
    return SetParts(
        shapes=shapes,
        aperture=0.07,
        film_density=BLURRED_DENSITY,
        exposure=exposure,
        bloom=0.07 if design.bulbs else 0.03,
    )


def _mirror(design: Vanity, view: View, back: float, side: float) -> tuple[Mesh, Things]:
    """(glass; frame, foot and bulbs) of the mirror, half beside and half behind the product."""
    z = min(_MIRROR_Z, back + 0.9)
    scale = (view.distance - z) / view.distance
    reach = view.half_width_at(z)
    radius = float(np.clip(0.46 * reach, 1.1, 1.75))
    near = view.product_half_width * scale + 0.35 * radius
    x = view.product_x * scale + side * min(near, max(0.72 * reach, 0.4 * radius))
    if design.mirror == "round":
        y = radius + 0.62
        glass, frame = round_frame(radius)
        stand = [
            bevelled_cylinder(0.07, y - radius + 0.05, 0.02, segments=32),
            bevelled_cylinder(0.62, 0.06, 0.02, segments=80),
        ]
        things: Things = [painted(BRASS, "metal", frame.moved(x, y, z), *[part.moved(x, 0, z) for part in stand])]
        glass, ring = glass.moved(x, y, z), _ring(radius + 0.02)
    else:
        tall = 2.15 * radius
        glass, frame = arch_frame(0.78 * radius, tall)
        things = [painted(BRASS, "metal", frame.moved(x, 0, z))]
        y, ring = 0.0, _arch(0.78 * radius + 0.03, tall)
        glass = glass.moved(x, 0, z)
    if design.bulbs:
        things += bulbs(ring + np.array([x, y, z]), _BULB_LIGHT)
    return glass, things


def _ring(radius: float) -> Float64Array:
    """Places round a circle, open at its foot."""
    count = int(np.radians(290) * radius / _BULB_STEP)
    angle = np.radians(np.linspace(-55, 235, count))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), 0 * angle + 0.02], 1)


def _arch(half: float, tall: float) -> Float64Array:
    """Places up one side of an arch, over it and down the other."""
    spring = tall - half
    rise = np.arange(0.45, spring, _BULB_STEP)
    angle = np.radians(np.linspace(0, 180, max(4, int(np.pi * half / _BULB_STEP))))
    right, left = np.stack([0 * rise + half, rise], 1), np.stack([0 * rise - half, rise], 1)
    over = np.stack([half * np.cos(angle), spring + half * np.sin(angle)], 1)
    plan = np.concatenate([right, over, left])
    return np.concatenate([plan, np.full((len(plan), 1), 0.05)], 1)


def _things(design: Vanity, view: View, back: float, side: float, rng: np.random.Generator) -> Things:
    style = Style(wood="#87654a", accent=design.accent_color)
    wares = [
        Ware(half=half, build=build, of=(style,))
        for half, build in ((0.42, flacon), (0.36, brush_pot), (0.85, jars), (0.42, flacon), (0.45, lipsticks))
    ]
    order = [wares[index] for index in rng.permutation(len(wares))]
    vase = Ware(half=0.5, build=bloom_vase, of=(style,))
    near = min(-1.7, -view.product_back - 0.6)
    first = Row(z=near, side=-side, clear=0.35, gaps=(0.1, 0.3), lifelike=_LIFELIKE, peeks=True)
    second = replace(first, side=side, clear=0.4, gaps=(0.15, 0.5), rest=2.0)
    last = replace(first, z=before_wall(view, first, back, 0.7), clear=0.9, gaps=(0.4, 1.0), peeks=False)
    things = line_up(view, first, [order[0], vase, *order[1:]], rng)
    things += line_up(view, second, order[::-1], rng)
    return things + line_up(view, last, [vase, *order], rng)


def _window(light: Light, view: View, back: float) -> object:
    """A window beside the picture that grazes the wall."""
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    position = (side * (view.half_width_at(back) + 1.8), 3.2, back + 2.2)
    tone = unit_luminance(light.color) * np.float32(0.16)
    return softbox(position, (0.0, 1.6, back), half_size=(0.9, 1.6), irradiance=tone)
