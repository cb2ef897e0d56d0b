"""A skate park: a quarter pipe before a sprayed wall, a bank, a ledge and a rail on smooth concrete, trees behind."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, grid, wall
from photoshoot.placers.studio.geometry.solids import rounded_box, tube
from photoshoot.placers.studio.scene.batching import Things, painted
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import softbox, unit_luminance
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.places.courts import masts, tree_row
from photoshoot.placers.studio.set_builders.places.outlook import golden_of
from photoshoot.placers.studio.set_builders.places.stadium import sky_of
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, shining_sky
from photoshoot.placers.studio.textures.graffiti import graffiti

_FLOOR, _ON_FLOOR = -1.7, -0.04  # under a table's top, and where the product stands on the park's own floor
_FRONT, _WALL_Z, _TREES_Z, _SKY_Z = -2.2, -17.0, -23.0, -60.0
_WALL, _SPRAYED = 3.4, 0.13  # how high the wall is, and how often its paint comes in a unit
_PIPE_Z, _RADIUS, _STEEP_DEG, _STEPS = -11.0, 2.6, 76.0, 14  # where a quarter pipe begins, and its curve
_DECK = 1.3  # of its deck, from front to back
_BANK = (1.9, 1.35, 20.0)  # half width and half depth of a bank, and degrees that it rises by
_LEDGE = (1.5, 0.3, 0.5)  # half sizes
_RAIL = 0.62  # height of a rail
_STEEL, _CURVED, _WORN = "#8d9296", ("#5f5d5a", 0.12), ("#5f5d5a", 0.3)
_PANEL, _JOINT = 2.4, 0.022  # width of a casting, and half that of a joint


def build_skate_park(setting: Setting) -> dict[str, object]:
    """The wall's concrete has the colour; lamps on masts are lit by night."""
    view, rng = setting.view, setting.rng
    ground = _ON_FLOOR if setting.ground else _FLOOR
    paved = setting.ground or "#a5a4a1"
    night = night_of(setting.light)
    reach = view.half_width_at(_TREES_Z) + 4.0
    side = float(rng.choice([-1.0, 1.0]))
    things: Things = [
        painted(paved, "eggshell", floor(y=ground, half_width=reach + 10, front=_FRONT, back=_WALL_Z - 1.0)),
        *_quarter_pipe(paved, ground, side, view.half_width_at(_PIPE_Z)),
        *_obstacles(paved, ground, side, view.half_width_at(_PIPE_Z)),
        *tree_row(reach, _TREES_Z, ground, rng),
        *masts(reach, _WALL_Z - 1.0, ground, view.top_at(_WALL_Z), night),
    ]
    shapes = named_shapes("skate_park", things, setting)
    sprayed = textured(graffiti(setting.color, int(rng.integers(3))), Tiling.drawn(_SPRAYED, rng), "matte")
    upright = wall(z=_WALL_Z, half_width=reach + 10, bottom=ground, top=ground + _WALL)
    shapes["sprayed_wall"] = to_shape(upright.shaded(*upright.vertices[:, :2].T), bsdf=sprayed)
    shapes["sky"] = shining_sky(sky_of(night, golden_of(setting)), setting, _SKY_Z)
    sun = unit_luminance(setting.light.color) * np.float32(1.15 - 0.85 * night)
    lit_from = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["sun"] = softbox((14.0 * lit_from, 22.0, -6.5), (0.0, 0.5, -13.0), half_size=(3.0, 3.0), irradiance=sun)
    return shapes


def _quarter_pipe(color: str, ground: float, side: float, reach: float) -> Things:
    """Concrete that curves up at one side of the picture to a steel edge and a deck with a railing."""
    turn = np.radians(np.linspace(_STEEP_DEG, 0.0, _STEPS))
    up, away = ground + _RADIUS * (1 - np.cos(turn)), _PIPE_Z - _RADIUS * np.sin(turn)
    near, far = 0.12 * reach * side, (reach + 6.0) * side
    curve = np.empty((_STEPS, 2, 3))
    curve[..., 0] = sorted((near, far))
    curve[..., 1], curve[..., 2] = up[:, None], away[:, None]
    top, edge = float(up[0]), float(away[0])
    half, middle = abs(far - near) / 2, (near + far) / 2
    deck = box((half, (top - ground) / 2, _DECK / 2), 0.01).moved(middle, (top + ground) / 2, edge - _DECK / 2 - 0.01)
    rails = [tube((near, top + y, edge - _DECK), (far, top + y, edge - _DECK), 0.035, sides=8) for y in (0.4, 0.8)]
    posts = [
        tube((float(x), top, edge - _DECK), (float(x), top + 0.8, edge - _DECK), 0.05, sides=8)
        for x in np.arange(min(near, far), max(near, far), 1.6)
    ]
    coping = tube((near, top, edge), (far, top, edge), 0.075, sides=12)
    return [
        painted(tint(color, *_CURVED), "eggshell", grid(curve), _flank(curve, near, ground)),
        painted(tint(color, *_WORN), "matte", *_joints(curve)),
        painted(tint(color, *_WORN), "matte", deck),
        painted(_STEEL, "satin", coping, *rails, *posts),
    ]


def _joints(curve: Float64Array) -> list[Mesh]:
    """Lines between its castings, which follow the curve."""
    left, right = float(curve[0, 0, 0]), float(curve[0, 1, 0])
    lines: list[Mesh] = []
    for x in np.arange(left + _PANEL / 2, right, _PANEL):
        line = curve + np.array([0.0, 0.006, 0.006])
        line[..., 0] = (x - _JOINT, x + _JOINT)
        lines.append(grid(line))
    return lines


def _flank(curve: Float64Array, x: float, ground: float) -> Mesh:
    """The upright side of a quarter pipe, under its curve."""
    foot = curve[:, 0].copy()
    foot[:, 1] = ground
    side = np.stack([curve[:, 0], foot])
    side[..., 0] = x
    return grid(side, smooth=False)


def _obstacles(color: str, ground: float, side: float, reach: float) -> Things:
    """A bank and a ledge with steel edges at the other side, and a rail across."""
    wide, deep, rise = _BANK
    x = -side * max(0.62 * reach, 2.6)
    bank = box((wide, 0.5, deep), 0.01).turned(rise, "x").moved(x, ground - 0.02, -11.5)
    half, tall, thick = _LEDGE
    spot = (-side * max(0.45 * reach, 2.0), ground + tall, -8.0)
    ledge = rounded_box(_LEDGE, 0.02, steps=1).moved(*spot)
    edge = tube(
        (spot[0] - half, spot[1] + tall, spot[2] + thick),
        (spot[0] + half, spot[1] + tall, spot[2] + thick),
        0.05,
        sides=8,
    )
    start, end = (side * max(0.28 * reach, 1.4), -7.4), (side * (0.28 * reach + 3.4), -8.2)
    rail = tube((start[0], ground + _RAIL, start[1]), (end[0], ground + _RAIL, end[1]), 0.055, sides=10)
    feet = [
        tube((fx, ground, fz), (fx, ground + _RAIL, fz), 0.045, sides=8)
        for fx, fz in (np.array(start) + share * (np.array(end) - start) for share in (0.06, 0.5, 0.94))
    ]
    return [
        painted(color, "eggshell", bank),
        painted(tint(color, *_WORN), "matte", ledge),
        painted(_STEEL, "satin", edge, rail, *feet),
    ]
