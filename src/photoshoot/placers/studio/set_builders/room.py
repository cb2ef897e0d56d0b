"""A room at the product's scale: floor, skirting, a window's light on the wall, furniture beside the product.

Lengths here are metres until ``scaled`` makes world units of them, as many a metre as the product is large.
"""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.assets.furniture.rooms import CHRISTMAS_TREE, FIREPLACE, mantel, pieces_of
from photoshoot.placers.studio.assets.furniture.standing import scaled, sideboard
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.props.beside import Ground, beside
from photoshoot.placers.studio.backdrops.real_places import mood_of, place_picture
from photoshoot.placers.studio.backdrops.room_shell import Shell, floor_shape, parapet_top, wall_shape
from photoshoot.placers.studio.backdrops.snowy_view import snowy_place
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.landscape.winter_terrace import Terrace, snowed_in
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, diffuse, textured
from photoshoot.placers.studio.scene.emitters import (
    Rig,
    albedo_exposure,
    ambient,
    before_wall,
    build_lights,
    fill_share,
    vary,
)
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.beds.rug import WOOL, fringe, patterned
from photoshoot.placers.studio.set_builders.location import place_lights
from photoshoot.placers.studio.textures.procedural import linen
from photoshoot.sets import Light
from photoshoot.sets.room import RUG_SHARE, Room

_USUAL_UNIT_M = 0.45  # where the product's size is not known: as a chair fills the picture
_WALL_M, _NEAREST_WALL, _BEHIND_FOOT = 1.15, 1.9, 0.9
"""How far behind the product the wall stands, metres; at least, and behind its farthest foot, world units."""
_RUG_M = 0.012
_FRINGE = 0.42  # of a metre, size of a fringe to that of one under what lies, so that its yarns have 6 cm
_EYES_M = 1.5  # height at which the middle of a picture hangs
_GAP_M, _SEEN_M = 0.28, 0.44  # beside the product; how much of a piece must be in the picture, from its near side
_LARGE_M = 0.3  # how much of a fireplace or a tree, from its middle, is in the picture, half behind the product or not
_LEAST_MANTEL_M = 0.6  # between a picture and the floor, for a fire under it
_ASIDE = 0.1  # of half the picture's width, from where on a product is aside
_FORWARD_M = 0.4  # how far from the wall most pieces stand
_PANE_M = 0.02  # else the pane lies in the wall, and nothing is seen of it


def build_room(design: Room, view: View, rng: np.random.Generator) -> SetParts:
    """The room; what stands in it and on which side, the piece of floor, the window's shadow and the light vary."""
    if view.on_wall and view.frontal:
        return _build_wall(design, view, rng)
    metre = 1 / (view.unit_m or _USUAL_UNIT_M)
    light = vary(design.light, rng, 0.7)
    open_air = design.style == "terrace"
    exposure = albedo_exposure(light, 1.0 if open_air else 1.3)
    z = -max(_NEAREST_WALL, _WALL_M * metre, view.product_back + _BEHIND_FOOT) - float(rng.uniform(0.0, 0.3)) * metre
    shell = Shell(design=design, metre=metre, wall_z=z, floor_y=-_RUG_M * metre * design.has_rug)
    shapes: dict[str, object] = {"floor": floor_shape(shell, view, rng), **wall_shape(shell, view, rng)}
    rug = _rug(design, view, metre, rng) if design.has_rug else None
    if rug is not None:
        shapes |= rug[1]
    things = _furnish(shell, view, rng)
    shapes |= thing_shapes(things, exposure)
    ground = _on_floor(shell, rug and rug[0])
    if design.in_the_snow:
        snow, ground = snowed_in(view, Terrace(z=z, top=parapet_top(shell, view), metre=metre), rng)
        shapes |= snow
    shapes |= beside(design, view, rng, ground=ground)
    if design.in_the_snow:
        shapes["place"] = snowy_place(view, z, exposure / light.intensity, rng)
        shapes |= build_lights(light, view, Rig(back_z=-2.4, fill_color="#e6effb"))
    elif open_air:
        heading = design.heading_deg + 3.0 * int(rng.integers(-2, 3))
        mood = mood_of(design.place, light)
        shapes["place"] = place_picture(design.place, heading, view, mood, (z, 0.0), exposure / light.intensity)
        shapes |= place_lights(design.place, heading, light, view)
    else:
        shapes |= _sun(light, view, z, shell.floor_y, rng)
    return SetParts(shapes=shapes, aperture=0.025, exposure=exposure, bloom=0.03)


def _sun(light: Light, view: View, z: float, floor_y: float, rng: np.random.Generator) -> dict[str, object]:
    """The sun through a paned window beside the camera, on the wall and the floor before it."""
    plane = GoboPlane.across(view, z, bottom=floor_y)
    sun = sun_through("panes", light, view, plane, rng, 1 - fill_share(light))
    return {**sun, "fill": ambient(light, Rig(fill_color="#eef2fb", fill_scale=0.85))}


def _on_floor(shell: Shell, rug: Mesh | None) -> Ground:
    """Heights of the floor, and of the rug on it."""
    if rug is None:
        return lambda x, _: np.full_like(x, shell.floor_y)
    low, high = rug.vertices.min(0), rug.vertices.max(0)
    return lambda x, z: np.where(
        (x > low[0]) & (x < high[0]) & (z > low[2]) & (z < high[2]), 0.0, shell.floor_y
    ).astype(np.float64)


def _rug(design: Room, view: View, metre: float, rng: np.random.Generator) -> tuple[Mesh, dict[str, object]]:
    """A woven rug under the product, a little askew; it ends in the picture where that is wide enough.

    One with a pattern has fringes at its ends.
    """
    half = (view.product_half_width + 0.35 * metre, _RUG_M * metre / 2, 0.5 * (view.product_back + 1.5 * metre))
    turn, middle = float(rng.uniform(-5, 5)), (view.product_x, -half[1], 0.55 * metre - half[2])
    body = rounded_box(half, 0.4 * half[1], uv_scale=1.0)
    seed, tiling = int(rng.integers(4)), Tiling.drawn(2.4 / metre, rng)
    if design.rug_pattern == "none":
        color = tint(design.wall_color, design.accent_color, RUG_SHARE)
        body, coat = body.turned(turn).moved(*middle), textured(linen(color, seed, 120), tiling, "matte", 0.01)
        return body, {"rug": to_shape(body, bsdf=coat)}
    body, texture = patterned(body, design.rug_pattern, design.accent_color, seed)
    size = _FRINGE * metre
    long, short = (half[2], half[0]) if half[2] >= half[0] else (half[0], half[2])
    ends = [fringe(short / size, rng).scaled(size).moved(0, half[1], long).turned(way) for way in (0.0, 180.0)]
    fringes = merged(ends) if half[2] >= half[0] else merged(ends).turned(90.0)
    body, yarns = (mesh.turned(turn).moved(*middle) for mesh in (body, fringes))
    coat = textured(texture, Tiling(), "matte")
    return body, {"rug": to_shape(body, bsdf=coat), "fringe": to_shape(yarns, bsdf=diffuse(WOOL))}


def _furnish(shell: Shell, view: View, rng: np.random.Generator) -> Things:
    """What stands along the wall on both sides of the product, out to the picture's edges."""
    design, metre, z = shell.design, shell.metre, shell.wall_z
    style = Style(wood=tint(design.floor_color, "#5a3a22", 0.45), accent=design.accent_color)
    order = pieces_of("winter_terrace" if design.in_the_snow else design.style, snow=design.snow)
    middle, clear = view.product_at(z)
    reach = view.half_width_at(z + _FORWARD_M * metre)
    first = float(rng.choice([-1.0, 1.0]))
    large = [FIREPLACE] * design.fireplace + [CHRISTMAS_TREE] * design.christmas_tree
    if large and abs(middle) > _ASIDE * reach:  # they begin on the side that has room
        first = -float(np.sign(middle))
    things: Things = []
    for side, pieces in ((first, order[0]), (-first, order[1])):
        x = clear + _GAP_M * metre
        if large:
            half, build = large.pop(0)
            x = min(x, max(reach - _LARGE_M * metre, clear) - half * metre)
            things += scaled(build(style, rng), metre, (middle + side * (x + half * metre), shell.floor_y, z))
            x += (2 * half + _GAP_M) * metre
        for number in range(12):
            half, build = pieces[number % len(pieces)]
            if x + min(2 * half, _SEEN_M) * metre > reach:  # else a lamp that none sees throws its shadow over the wall
                break
            at = (middle + side * (x + half * metre), shell.floor_y, z + 0.04 * metre)
            things += scaled(build(style, rng), metre, at)
            x += (2 * half + float(rng.uniform(0.25, 0.5))) * metre
    return things


def _build_wall(design: Room, view: View, rng: np.random.Generator) -> SetParts:
    """The wall that a picture hangs on, its middle at the height of eyes, over a sideboard that is no wider."""
    metre = 1 / (view.unit_m or _USUAL_UNIT_M)
    light = before_wall(vary(design.light, rng, 0.7))
    exposure = albedo_exposure(light, 1.25, facing=(0.0, 0.0, 1.0))
    middle = view.product_bottom + view.product_height / 2
    floor_y = min(middle - _EYES_M * metre, view.product_bottom - 0.35 * metre)
    shell = Shell(design=design, metre=metre, wall_z=view.wall_z, floor_y=floor_y)
    shapes: dict[str, object] = {**wall_shape(shell, view, rng), "floor": floor_shape(shell, view, rng)}
    style = Style(wood=tint(design.floor_color, "#5a3a22", 0.45), accent=design.accent_color)
    room = (view.product_bottom - floor_y) / metre
    things: Things = []
    if design.fireplace and room > _LEAST_MANTEL_M:
        at = (view.product_x, floor_y, view.wall_z)
        things += scaled(mantel(style, min(1.15, room - 0.12), rng), metre, at)
    elif room > 0.75:
        height = min(0.78, room - 0.2)
        half = max(0.55, view.product_half_width / metre * float(rng.uniform(0.95, 1.25)))
        at = (view.product_x + 0.1 * metre * float(rng.uniform(-1, 1)), floor_y, view.wall_z)
        things += scaled(sideboard(style, 2 * half, height), metre, at)
        things += scaled(
            _still_life(style, half, view.product_half_width / metre, rng),
            metre,
            (at[0], floor_y + height * metre, view.wall_z + 0.2 * metre),
        )
        for side in (-1.0, 1.0):
            beside = max(half, view.product_half_width / metre) + 0.45
            build = pieces_of("living")[0][0] if side > 0 else pieces_of("living")[1][0]
            spot = (at[0] + side * (beside + build[0]) * metre, floor_y, view.wall_z + 0.05 * metre)
            things += scaled(build[1](style, rng), metre, spot)
    shapes |= thing_shapes(things, exposure)
    shapes |= _sun(light, view, view.wall_z, view.bottom_at(view.wall_z), rng)
    return SetParts(shapes=shapes, exposure=exposure, bloom=0.02)


def _still_life(style: Style, half: float, clear: float, rng: np.random.Generator) -> Things:
    """A low pile of books and a bowl near the ends of a sideboard, metres."""
    side = float(rng.choice([-1.0, 1.0]))
    books = [
        box((0.13 - 0.012 * k, 0.015, 0.09), 0.003)
        .turned(float(rng.uniform(-9, 9)))
        .moved(side * 0.6 * half, 0.015 + 0.03 * k, 0)
        for k in range(3)
    ]
    ball = merged([box((0.07, 0.05, 0.07), 0.045).moved(-side * 0.62 * half, 0.05, 0.02)])
    del clear
    return [
        painted(style.accent, "matte", books[0], books[2]),
        painted("#efe9dd", "matte", books[1]),
        painted(tint(style.accent, "#efe6d4", 0.5), "satin", ball),
    ]
