"""A laboratory bench: glassware beside the product, a shelf and a glowing window of frosted glass behind."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.lab_glass import (
    GLASS,
    LIQUID,
    beaker,
    cylinder,
    dishes,
    flask,
    glass,
    in_color,
    liquids,
    microscope,
    pipette_box,
    reagent_bottle,
    round_flask,
    seen_from,
    tubes,
)
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, Ware, before_wall, line_up
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, wall
from photoshoot.placers.studio.scene.batching import Emissive, Painted, Things, shown, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, Roughness, Tiling, area_emitter, bitmap, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import BLURRED_DENSITY, SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.gradients import mix_colors, tint
from photoshoot.placers.studio.textures.procedural import plaster, smoothstep
from photoshoot.sets.lab import Lab

_BACK = -4.6
_LIFELIKE = 1.0  # see ``Row``
_NARROW = 1.3  # room beside the product under which the slimmest glasses stand there, close to it
_WINDOW = 0.95  # brightness of the frosted glass, of white
_PANE, _WINDOW_PX = 3.0, 256  # width of a pane with its bar, world units, and sides of the window's picture
_BAR, _BAR_SHADE, _SOFT = 0.11, 0.76, 0.05  # half width of a bar, its light, of a pane's, and how soft edges are
_SILL_Y, _SILL_LIGHT = (0.92, 1.06), ((0.92, 0.985, 1.03), (0.5, 0.58, 1.08))  # heights, and its light, of a pane's
_GLASS = ((0.58, flask), (0.46, beaker), (1.0, tubes), (0.54, round_flask), (0.36, cylinder), (1.0, dishes))


def build_lab(design: Lab, view: View, rng: np.random.Generator) -> SetParts:
    """Bench, wall and glassware; what stands where, how full it is, and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.95)
    back = min(_BACK, table_back(view) - 1.2)
    things = _wares(view, back, rng)
    parts = {
        name: [seen_from(thing.mesh, view) for thing in shown([part for part in things if _made_of(part) == name])]
        for name in (GLASS, LIQUID)
    }
    solid = [thing for thing in things if _made_of(thing) not in parts]
    surface = Surface(material="plain", color=design.bench_color, vein_color=design.bench_color)
    coat: Roughness = "metal" if design.bench == "steel" else "semigloss"
    paint = textured(plaster(design.wall_color, int(rng.integers(4)), 0.01), Tiling.drawn(0.5, rng), "matte")
    shapes: dict[str, object] = {
        "bench": table_top(surface, coat, view, rng, back=back),
        "wall": to_shape(stage_wall(view, z=back - 0.02, bottom=-6.0), bsdf=paint),
        "glass": to_shape(merged(parts[GLASS]), bsdf=glass()),
        "liquids": _liquids(design, parts[LIQUID]),
        "window": _window(design, view, back, exposure),
        **thing_shapes(solid, exposure),
        **build_lights(light, view, Rig(target=(0.0, 0.8, -1.0), back_z=-1.5)),
        **beside(_with_own_liquids(design), view, rng, among=[thing.mesh for thing in things]),
    }
    return SetParts(shapes=shapes, aperture=0.08, film_density=BLURRED_DENSITY, exposure=exposure, bloom=0.04)


def _with_own_liquids(design: Lab) -> Lab:
    """With glasses beside the product that hold what all others hold, unless they were given colours."""
    alike = design.beside == "labware" and not design.beside_colors
    return replace(design, beside_colors=design.liquid_colors) if alike else design


def _made_of(thing: Painted | Emissive) -> str:
    return thing.color if isinstance(thing, Painted) else ""


def _wares(view: View, back: float, rng: np.random.Generator) -> Things:
    """Glassware in a row beside the product, instruments along the wall."""
    kinds = [Ware(half=half, build=build) for half, build in _GLASS]
    wares = [kinds[index] for index in rng.permutation(len(kinds))]
    near, side = min(-1.5, -view.product_back - 0.6), float(rng.choice([-1.0, 1.0]))
    clear, others = 0.3, wares[3:] + wares[:3]
    if view.half_width_at(near) - view.product_half_width * (view.distance - near) / view.distance < _NARROW:
        wares = sorted(wares, key=lambda ware: ware.half)
        clear, others = 0.06, wares[1:]
    row = Row(z=near, side=side, clear=clear, gaps=(0.08, 0.3), rest=0.6, lifelike=_LIFELIKE, peeks=True)
    things = line_up(view, row, wares, rng)
    things += line_up(view, replace(row, side=-side), others, rng)
    bottle = Ware(half=0.42, build=reagent_bottle)
    far = [Ware(half=0.85, build=microscope), bottle, Ware(half=0.8, build=pipette_box), bottle]
    wall_row = Row(z=before_wall(view, row, back, 1.0), side=-side, clear=0.2, gaps=(0.2, 0.6), lifelike=_LIFELIKE)
    things += line_up(view, wall_row, far, rng)
    return things + line_up(view, replace(wall_row, side=side, clear=0.4), far[::-1], rng)


def _liquids(design: Lab, bodies: Sequence[Mesh]) -> object:
    """What is in the glasses, one colour after another."""
    count = len(design.liquid_colors)
    colored = [in_color(body, number % count, count) for number, body in enumerate(bodies)]
    return to_shape(merged(colored), bsdf=liquids(design.liquid_colors))


def _window(design: Lab, view: View, back: float, exposure: float) -> object:
    """Panes of frosted glass that glow in the wall's colour, their bars against the light, and the sill under them.

    All of it is one picture that shines: bars as things of their own, out of focus before a light, are ragged by
    chance. The middle of a pane is behind the product.
    """
    top = max(3.2, view.top_at(back) + 0.3)
    mesh = wall(z=back + 0.02, half_width=view.half_width_at(back) + 2.0, bottom=_SILL_Y[0], top=top)
    middle = view.product_x * (view.distance - back) / view.distance
    down = (top - mesh.vertices[:, 1]) / (top - _SILL_Y[0])
    mesh = mesh.shaded(np.clip(down, 0.002, 0.998), (mesh.vertices[:, 0] - middle) / _PANE)
    share = (np.arange(_WINDOW_PX) + 0.5) / _WINDOW_PX
    glow = mix_colors(tuple(tint(design.wall_color, "#ffffff", white) for white in (0.75, 0.45, 0.25)), share)
    away = np.abs(share - 0.5) * _PANE  # from the bar's middle
    bar = smoothstep(_BAR + _SOFT, _BAR - _SOFT, away)[None] * (1 - _BAR_SHADE)
    height = top + share * (_SILL_Y[0] - top)
    sill = smoothstep(_SILL_Y[1] + _SOFT, _SILL_Y[1] - _SOFT, height)[:, None]
    shade = (1 - bar) * (1 - sill) + sill * np.interp(height, *_SILL_LIGHT)[:, None]
    radiance = bitmap(np.asarray(_WINDOW / exposure * glow[:, None] * shade[..., None], np.float32))
    return to_shape(mesh, bsdf=BLACK, emitter=area_emitter(radiance, MET))
