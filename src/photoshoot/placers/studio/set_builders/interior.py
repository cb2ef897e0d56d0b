"""A corner of a mid-century room, out of focus, with the product on a sideboard."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.furniture.christmas_tree import tree_at
from photoshoot.placers.studio.assets.furniture.decor import bookshelf, plant, slat_panel, sunburst_clock, wall_pictures
from photoshoot.placers.studio.assets.furniture.hearth import BREAST, fireplace
from photoshoot.placers.studio.assets.furniture.lighting import arc_lamp, tripod_lamp, window
from photoshoot.placers.studio.assets.furniture.seats import armchair, sofa
from photoshoot.placers.studio.assets.furniture.sideboard import still_life
from photoshoot.placers.studio.assets.furniture.style import Furnish, Spot, Style, tint
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import moved, scaled
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, softbox, unit_luminance, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from photoshoot.sets import Light
from photoshoot.sets.interior import Furnishing, Interior

_BACK_EDGE = -1.7
_WALL_Z = -20.0
_FLOOR_Y = -6.6
_FLOOR_COLOR = "#8d6a48"
_EVENING = (0.76, 0.86)
"""Intensities of the light between which evening goes over into day."""
_SKYLIGHT, _LAMPLIGHT, _BULB = "#f5f8ff", "#ffe2bd", "#ffc48c"
"""Colours of what fills a room by day and by lamps, and of what a lamp throws on a wall."""
_SLOT = 6.4
"""Width that one furnishing takes along the wall."""
_PIECES: Final[Mapping[str, Furnish]] = {
    "armchair": armchair,
    "bookshelf": bookshelf,
    "christmas_tree": tree_at,
    "clock": sunburst_clock,
    "lamp": tripod_lamp,
    "pictures": wall_pictures,
    "plant": plant,
    "sofa": sofa,
}
"""What builds each furnishing."""
_ON_THE_WALL: Final = frozenset({"bookshelf", "clock", "fireplace", "pictures"})
"""Those that would stand before a window."""
_OTHERS: Final[tuple[Furnishing, ...]] = ("plant", "pictures", "lamp")
"""What fills the wall beside those that are named."""
_SEATS, _RAISED = ("armchair", "sofa"), 1.4
"""Those that the sideboard would hide, and how much higher they stand where they are to be seen."""
_HEARTHS, _LEDGE = (1.15, 1.7), 0.5
"""How large fireplaces are, of those in rooms to scale, and how much of a chimney is seen under a fire."""
_WIDE = 2
"""Furnishings beside the product from which on the window is at the picture's edge."""


def build_interior(design: Interior, view: View, rng: np.random.Generator) -> SetParts:
    """Sideboard, room and window light; the furniture's order, the side of the window and the wood vary."""
    dusk = dusk_of(design.light)
    light = vary(design.light, rng)
    light = replace(light, color=tint(light.color, _LAMPLIGHT, dusk))
    exposure = albedo_exposure(light, 0.96)
    style = Style(wood=design.furniture_color, accent=design.accent_color, dusk=dusk)
    back = min(_BACK_EDGE, -view.product_back - 0.3)
    shapes: dict[str, object] = {"sideboard": _sideboard(design, view, back, rng)}
    things = _shell(design, view, back)
    things += _furnish(design, view, style, light.azimuth_deg, back, rng)
    things += still_life(style, view, rng)
    shapes |= thing_shapes(things, exposure)
    shapes |= build_lights(light, view, Rig(back_z=-1.5, fill_color=tint(_SKYLIGHT, _LAMPLIGHT, dusk)))
    shapes["daylight"] = _daylight(light, view, dusk)
    shapes |= beside(design, view, rng, among=[thing.mesh for thing in things])
    return SetParts(shapes=shapes, aperture=0.085, exposure=exposure, bloom=0.04)


def dusk_of(light: Light) -> float:
    """How far day has gone in a room, 0 to 1: it is lit by its lamps then, and so dimly in no preset."""
    return float(np.interp(light.intensity, _EVENING, (1, 0)))


def _sideboard(design: Interior, view: View, back: float, rng: np.random.Generator) -> object:
    grain = WoodGrain(planks=2, seed=int(rng.integers(4)), contrast=0.85)
    texture = wood(design.furniture_color, "#3d2413", grain)
    top = textured(texture, Tiling.drawn((0.20, 0.20), rng), "satin", 0.002)
    return to_shape(stage_floor(view, back=back, uv_scale=1.0), bsdf=top)


def _shell(design: Interior, view: View, back: float) -> Things:
    """Wall and floor of the room."""
    half = view.half_width_at(_WALL_Z) + 9.0
    ground = floor(y=_FLOOR_Y, half_width=half, front=back - 0.5, back=_WALL_Z)
    return [
        painted(design.wall_color, "matte", stage_wall(view, z=_WALL_Z, bottom=_FLOOR_Y - 1)),
        painted(_FLOOR_COLOR, "matte", ground),
    ]


def _daylight(light: Light, view: View, dusk: float) -> object:
    """The room's own window, beside the picture, or a lamp there: it grazes the wall."""
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    origin = (side * (view.half_width_at(-11.0) + 4.0), max(7.0, view.top_at(-11.0) * 0.7), -9.0)
    tone = unit_luminance(tint(light.color, _BULB, dusk))
    return softbox(origin, (0.0, 1.0, _WALL_Z), half_size=(2.6, 3.4), irradiance=tone * np.float32(0.50))


def _furnish(
    design: Interior, view: View, style: Style, azimuth_deg: float, back: float, rng: np.random.Generator
) -> Things:
    """Furniture along the wall, left to right; the window on the light's side."""
    if design.furnished:
        return _furnish_named(design, view, style, azimuth_deg, back, rng)
    reach = view.half_width_at(_WALL_Z)
    slots = max(2, round(2 * reach / _SLOT))
    things: Things = []
    for index, furnish in enumerate(_order(design, slots, mirrored=azimuth_deg > 0, lit=style.dusk > 0, rng=rng)):
        x = -reach + (index + 0.5) * 2 * reach / slots + float(rng.uniform(-0.4, 0.4))
        things += furnish(_spot(view, x), style, rng)
    return things


def _spot(view: View, x: float) -> Spot:
    return Spot(x=x, wall_z=_WALL_Z, floor_y=_FLOOR_Y, ceiling_y=view.top_at(_WALL_Z))


def _furnish_named(
    design: Interior, view: View, style: Style, azimuth_deg: float, back: float, rng: np.random.Generator
) -> Things:
    """The pieces that are named, in turn at both sides of what the product hides; then the window, then others.

    What is on the wall comes first, away from the window.
    """
    lit = 1.0 if azimuth_deg > 0 else -1.0
    named = sorted(design.furnished, key=lambda piece: piece not in _ON_THE_WALL)
    others = [piece for piece in _OTHERS if piece not in named]
    things: Things = []
    for side, pieces in ((-lit, named[::2]), (lit, named[1::2])):
        near, far = _free(view, side)
        slots = max(1, round(abs(far - near) / _SLOT))
        if side == lit and not _ON_THE_WALL.intersection(pieces):
            things += window(_spot(view, near + (0.5 if slots < _WIDE else 0.75) * (far - near)), style, rng)
        elif len(pieces) < slots:
            pieces = [*pieces, *others][:slots]
        for index, piece in enumerate(pieces):
            spot = _spot(view, near + (index + 0.5) / max(len(pieces), 1) * (far - near))
            if piece == "fireplace":
                things += _hearth(spot, abs(far - near) / max(len(pieces), 1), style, _line(view, back), rng)
            else:
                low = replace(spot, floor_y=spot.floor_y + _RAISED) if piece in _SEATS else spot
                things += _PIECES[piece](low, style, rng)
    return things


def _hearth(spot: Spot, room: float, style: Style, line: float, rng: np.random.Generator) -> Things:
    """A fireplace as large as the room between product and edge allows, over the line that the sideboard hides."""
    size = float(np.clip(room / (2 * BREAST), *_HEARTHS))
    tall = (spot.ceiling_y - line) / size
    things = fireplace(Spot(x=0.0, wall_z=0.0, floor_y=0.0, ceiling_y=tall), style, rng)
    return moved(scaled(things, size), (spot.x, line + _LEDGE, spot.wall_z))


def _line(view: View, back: float) -> float:
    """Height at a chimney's face under which the sideboard, whose far edge is at z = back, hides all."""
    return view.camera_y * (1 - (view.distance - _WALL_Z) / (view.distance - back))


def _free(view: View, side: float) -> tuple[float, float]:
    """World x at the wall, of what the product hides there, and of the picture's edge, at a side of it."""
    reach = view.half_width_at(_WALL_Z)
    per_unit = reach / view.half_width
    return per_unit * (view.product_x + side * view.product_half_width), side * reach


def _order(design: Interior, slots: int, *, mirrored: bool, lit: bool, rng: np.random.Generator) -> list[Furnish]:
    seat = armchair if design.room == "office" else sofa
    shelf = bookshelf if design.room == "office" else wall_pictures
    lamp = arc_lamp if rng.uniform() < 0.5 and not lit else tripod_lamp
    wall = sunburst_clock if rng.uniform() < 0.5 else wall_pictures
    others: list[Furnish] = [lamp, seat, shelf, plant, slat_panel, wall]
    drawn = [others[index] for index in rng.permutation(len(others))]
    last, seated = min(slots - 2, len(others) - 1), drawn.index(seat)
    if seated > last:  # what tells which room it is, is in the picture
        drawn[last], drawn[seated] = seat, drawn[last]
    pattern: list[Furnish] = [window, *(sorted(drawn, key=lambda piece: piece is not lamp) if lit else drawn)]
    order: list[Furnish] = [pattern[index % len(pattern)] for index in range(slots)]
    return order[::-1] if mirrored else order
