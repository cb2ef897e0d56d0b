"""A subway's station: a train with lit windows at the platform, tiled pillars, a bench, signs and rows of lamps."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, torus, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_FLOOR = -2.0
_PILLARS_Z, _EDGE_Z, _TRAIN_Z, _WALL_Z = -8.0, -10.2, -12.5, -16.0
_TRAIN = (-1.9, 3.6)  # heights of its sill and of its roof
_DOORS = 7.4  # from one pair of doors to the next
_TILE = 0.36
_WHITE, _STEEL, _DARK, _SAFETY = "#eceae4", "#c6cacd", "#22252a", "#e8b923"
_INSIDE = np.tile(np.array([(1.12, 1.02, 0.84)], np.float32), (2, 1))
_TUBES = np.tile(np.array([(1.5, 1.52, 1.5)], np.float32), (2, 1))


def build_subway(setting: Setting) -> dict[str, object]:
    """The train's stripe, a band on the pillars and the signs are in the colour."""
    view, rng = setting.view, setting.rng
    reach = view.half_width_at(_WALL_Z) + 2.0
    apart = float(rng.uniform(5.6, 6.4))
    side = float(rng.choice([-1.0, 1.0]))
    depth = (view.distance - _PILLARS_Z) / view.distance
    first = view.product_x * depth + side * min(2.9, 0.72 * view.half_width_at(_PILLARS_Z))
    things: Things = [
        painted("#8f9294", "semigloss", floor(y=_FLOOR, half_width=reach + 3, front=-2.0, back=_EDGE_Z)),
        painted(_SAFETY, "satin", box((reach + 3, 0.01, 0.22), 0.01).moved(0, _FLOOR + 0.01, _EDGE_Z + 0.5)),
        painted("#5d6063", "matte", stage_wall(view, z=_WALL_Z, bottom=_FLOOR - 3.0)),
        *_train(setting.color, reach, float(rng.uniform(0.2, 0.8)) * _DOORS),
        *_lamps(reach, view),
        *_bench(first - side * apart / 2),
        *_sign(setting.color, first - side * 0.5 * apart, view),
    ]
    for x in first + apart * np.arange(-4, 5):
        if abs(x) < view.half_width_at(_PILLARS_Z) + 1.0:
            things += _pillar(setting.color, float(x), view.top_at(_PILLARS_Z) + 1.0)
    shapes = named_shapes("subway", things, setting)
    shapes["ceiling_light"] = softbox(
        (0.0, view.top_at(-7.0) + 3.0, -5.5),
        (0.0, 0.0, _TRAIN_Z),
        half_size=(min(reach, 8.0), 1.2),
        irradiance=np.full(3, 0.5),
    )
    return shapes


def _train(color: str, reach: float, start: float) -> Things:
    """A train's side: steel with a stripe, lit windows and pairs of doors."""
    low, high = _TRAIN
    tall, z = (high - low) / 2, _TRAIN_Z
    body = rounded_box((reach + 6, tall, 1.0), 0.3, steps=3).moved(0, low + tall, z - 1.0)
    stripe = box((reach + 6, 0.2, 0.02), 0.01).moved(0, low + 1.05, z + 0.01)
    glazing = box((reach + 6, 0.98, 0.012), 0.01).moved(0, low + 3.5, z + 0.005)
    panes: list[Mesh] = []
    doors: list[Mesh] = []
    seals: list[Mesh] = []
    for x in np.arange(-reach - start, reach + _DOORS, _DOORS):
        for s in (-1, 1):
            leaf = float(x) + s * 0.56
            doors.append(box((0.53, 2.3, 0.03), 0.02).moved(leaf, low + 2.4, z + 0.03))
            panes.append(rounded_box((0.34, 0.95, 0.02), 0.015, steps=2).moved(leaf, low + 3.35, z + 0.06))
        seals += [box((0.035, 2.3, 0.05), 0.01).moved(float(x) + dx, low + 2.4, z + 0.04) for dx in (-1.12, 0.0, 1.12)]
        for dx in (2.55, 4.85):
            panes.append(rounded_box((0.98, 0.78, 0.02), 0.015, steps=2).moved(float(x) + dx, low + 3.5, z + 0.02))
            frame = box((1.06, 0.06, 0.04), 0.02).moved(float(x) + dx, low + 3.5, z + 0.02)
            seals += [frame.moved(0, s * 0.82) for s in (-1, 1)]
    rails = [tube((float(x) + dx, low + 2.7, z + 0.06), (float(x) + dx, low + 4.3, z + 0.06), 0.03, sides=6)
             for x in np.arange(-reach - start, reach + _DOORS, _DOORS) for dx in (2.5, 4.9)]  # fmt: skip
    return [
        painted(_STEEL, "satin", body),
        painted("#d3d6d9", "satin", *doors),
        painted(color, "satin", stripe),
        painted(_DARK, "satin", glazing, *seals, *rails),
        *(Emissive(mesh=pane, light=_INSIDE) for pane in panes),
    ]


def _pillar(color: str, x: float, top: float) -> Things:
    """A pillar of tiles with a band in the colour."""
    half, band = 0.46, 1.25
    tiles: list[Mesh] = []
    banded: list[Mesh] = []
    across = np.arange(-half + _TILE / 4, half, _TILE / 2 + 0.05)
    tile = box((0.5 * (across[1] - across[0]) - 0.012, _TILE / 2 - 0.012, 0.02), 0.01)
    for y in np.arange(_FLOOR, top, _TILE):
        row = banded if band <= y < band + 2.2 * _TILE else tiles
        row += [tile.moved(x + float(dx), float(y), _PILLARS_Z + half) for dx in across]
    core = box((half - 0.01, (top - _FLOOR) / 2, half - 0.01), 0.05).moved(x, (top + _FLOOR) / 2, _PILLARS_Z)
    coats = ((_WHITE, tiles), (color, banded))  # from high up the picture ends under the band
    return [painted("#b8b5ad", "matte", core), *(painted(coat, "semigloss", *laid) for coat, laid in coats if laid)]


def _lamps(reach: float, view: View) -> Things:
    """Tubes in a row along the platform's ceiling, at two depths."""
    things: Things = []
    for z in (-7.4, -10.4):
        y = max(2.6, view.top_at(z) - 0.5)
        tray = box((reach + 3, 0.07, 0.3), 0.03).moved(0, y + 0.12, z)
        things.append(painted("#3c4044", "satin", tray))
        lamps = [box((1.35, 0.05, 0.1), 0.03).moved(float(x), y, z) for x in np.arange(-reach, reach, 3.3)]
        things += [Emissive(mesh=lamp, light=_TUBES) for lamp in lamps]
    return things


def _bench(x: float) -> Things:
    """Seats on a beam, side by side."""
    z = _PILLARS_Z - 0.6
    seats = [rounded_box((0.4, 0.05, 0.38), 0.04, steps=2).moved(x + dx, _FLOOR + 1.0, z) for dx in (-0.9, 0.0, 0.9)]
    backs = [rounded_box((0.4, 0.42, 0.05), 0.04, steps=2).turned(-8, "x").moved(x + dx, _FLOOR + 1.55, z - 0.4)
             for dx in (-0.9, 0.0, 0.9)]  # fmt: skip
    legs = [tube((x + dx, _FLOOR, z), (x + dx, _FLOOR + 1.0, z), 0.06, sides=8) for dx in (-0.8, 0.8)]
    beam = tube((x - 1.3, _FLOOR + 0.93, z), (x + 1.3, _FLOOR + 0.93, z), 0.06, sides=8)
    return [painted("#c9793a", "satin", *seats, *backs), painted(_DARK, "satin", *legs, beam)]


def _sign(color: str, x: float, view: View) -> Things:
    """A sign that hangs over the platform: a ring in the colour and bars like a name's letters."""
    z = _PILLARS_Z - 0.2
    y = max(1.9, view.top_at(z) - 1.25)
    board = box((1.35, 0.32, 0.06), 0.02).moved(x, y, z)
    rods = [tube((x + s, y + 0.3, z), (x + s, y + 6.0, z), 0.03, sides=6) for s in (-1.0, 1.0)]
    ring = torus(0.16, 0.05, segments=32, sides=8).moved(x - 0.98, y, z + 0.07)
    dot = bevelled_cylinder(0.05, 0.02, 0.005, segments=16).turned(90, "x").moved(x - 0.98, y, z + 0.06)
    letters = [box((wide, 0.085, 0.01), 0.008).moved(x + at, y, z + 0.065)
               for at, wide in ((-0.5, 0.1), (-0.25, 0.1), (0.02, 0.12), (0.42, 0.16), (0.8, 0.14))]  # fmt: skip
    return [
        painted(tint(color, "#101216", 0.75), "satin", board, *rods),
        painted("#f4f3ee", "satin", *letters, dot),
        painted(color, "satin", ring),
    ]
