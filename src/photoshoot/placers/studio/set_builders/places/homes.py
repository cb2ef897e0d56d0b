"""Rooms: of a home, from its living room to its laundry, an office, a dressing room, and a recording studio."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from photoshoot.placers.studio.assets.furniture.music import foam_wall
from photoshoot.placers.studio.assets.furniture.rooms import Piece, pieces_of
from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, tint
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.backdrops.tiled_walls import tiled_wall
from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.scene.batching import Things, painted
from photoshoot.placers.studio.scene.emitters import softbox, unit_luminance
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of

Home = Literal["lounge", "bedroom", "bathroom", "kitchen", "office", "laundry", "dressing_room", "recording_studio"]

_WALL_Z, _METRE = -13.0, 2.2
_FLOOR = -0.82 * _METRE  # under the table's top
_ASIDE = (0.3, 0.5)  # of what the camera sees at the wall: how far beside the product what a room is known by stands
_GAPS_M = (0.12, 0.35)
_LAMPLIGHT = "#ffc48c"


@dataclass(frozen=True)
class _Room:
    """What a room is made of, all of it colours but the last."""

    wood: str
    accent: str
    ground: str = "#8d6a48"
    wall: Literal["plaster", "tiles", "foam"] = "plaster"


_ROOMS: Final[Mapping[Home, _Room]] = MappingProxyType(
    {
        "lounge": _Room("#8a6242", "#7d8c86"),
        "bedroom": _Room("#a07850", "#b98d78"),
        "bathroom": _Room("#9a6f48", "#9fb0a6", "#cfc8be", "tiles"),
        "kitchen": _Room("#a87c4c", "#8fa595"),
        "office": _Room("#b08a60", "#50606e"),
        "laundry": _Room("#b48a5a", "#8fa9b8", "#cfc8be", "tiles"),
        "dressing_room": _Room("#9a7350", "#c58f8a", "#a98763"),
        "recording_studio": _Room("#9a6a3e", "#a8552f", "#4a3a2e", "foam"),
    }
)


def build_home(setting: Setting, *, kind: Home) -> dict[str, object]:
    """A wall in the colour, what stands along it, and the light of a window or, by night, of lamps."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    half = view.half_width_at(_WALL_Z)
    room = _ROOMS[kind]
    style = Style(wood=room.wood, accent=tint(room.accent, setting.color, 0.15), dusk=night)
    things = _wall(room, setting)
    things.append(painted(room.ground, "satin", floor(y=_FLOOR, half_width=half + 4, front=-2.6, back=_WALL_Z)))
    side = float(rng.choice([-1.0, 1.0]))
    things += along_wall(pieces_of(kind), side, style, setting)
    shapes = named_shapes(kind, things, setting)
    lit = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["daylight"] = softbox(
        (lit * (view.half_width_at(-7.0) + 3.0), max(6.0, 0.7 * view.top_at(-7.0)), -6.0),
        (0.0, 0.5, _WALL_Z),
        half_size=(2.2, 3.0),
        irradiance=unit_luminance(tint(setting.light.color, _LAMPLIGHT, night)) * np.float32(0.5 - 0.25 * night),
    )
    return shapes


def _wall(room: _Room, setting: Setting) -> Things:
    """The wall in the colour: of plaster, of tiles, or under foam."""
    view, rng = setting.view, setting.rng
    if room.wall == "tiles":
        return tiled_wall("square", setting.color, view, _WALL_Z, rng, _FLOOR)
    plain: Things = [painted(setting.color, "matte", stage_wall(view, z=_WALL_Z, bottom=_FLOOR))]
    if room.wall == "foam":
        top = (view.top_at(_WALL_Z) - _FLOOR) / _METRE + 0.3
        across, down = foam_wall(view.half_width_at(_WALL_Z) / _METRE + 0.5, top, rng)
        tiles: Things = [
            painted(setting.color, "matte", *across),
            painted(tint(setting.color, "#000000", 0.3), "matte", *down),
        ]
        plain += scaled(tiles, _METRE, (0.0, _FLOOR, _WALL_Z + 0.01))
    return plain


def along_wall(pieces: Sequence[Sequence[Piece]], side: float, style: Style, setting: Setting) -> Things:
    """Pieces from what a room is known by, a little aside of the product, outwards on both of its sides."""
    view, rng = setting.view, setting.rng
    reach = view.half_width_at(_WALL_Z)
    depth = (view.distance - _WALL_Z) / view.distance
    (main, *rest), other = pieces
    x = view.product_x * depth + side * reach * float(rng.uniform(*_ASIDE))
    things = _placed(main, x, style, rng)
    for way, row in ((side, rest), (-side, other)):
        at = x + way * main[0] * _METRE
        for number in range(8):
            piece = row[number % len(row)]
            at += way * (float(rng.uniform(*_GAPS_M)) + piece[0]) * _METRE
            if abs(at) - piece[0] * _METRE > reach:
                break
            things += _placed(piece, at, style, rng)
            at += way * piece[0] * _METRE
    return things


def _placed(piece: Piece, x: float, style: Style, rng: np.random.Generator) -> Things:
    return scaled(piece[1](style, rng), _METRE, (x, _FLOOR, _WALL_Z + 0.04 * _METRE))
