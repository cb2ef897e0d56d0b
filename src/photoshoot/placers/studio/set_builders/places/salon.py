"""A hair salon: chairs before mirrors with bulbs beside them, and a shelf of bottles under each."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.geometry.mesh import Mesh, floor
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_FLOOR, _WALL_Z, _CHAIR_Z = -2.75, -8.6, -6.6
_APART = 3.1  # from one seat to the next
_MIRROR = (0.85, 1.3, 1.5)  # half width, half height, and height of its middle
_LEDGE = -0.15
_CHAIR = 1.2  # how large one is
_BULB = np.tile(np.array([(3.2, 2.7, 2.0)], np.float32), (2, 1))
_BOTTLES = ("#1f1d1c", "#d8c6ae", "#c98f86", "#f1ece4", "#7d5a3c")


def build_salon(setting: Setting) -> dict[str, object]:
    """Seats side by side, each a mirror, a ledge and a chair."""
    view, rng = setting.view, setting.rng
    reach = view.half_width_at(_WALL_Z) + 2.0
    things: Things = [
        painted(setting.color, "matte", stage_wall(view, z=_WALL_Z, bottom=_FLOOR)),
        painted("#b7aea4", "semigloss", floor(y=_FLOOR, half_width=reach + 3, front=-2.0, back=_WALL_Z)),
    ]
    first = float(rng.uniform(0.25, 0.75)) * _APART
    count = int(np.ceil(reach / _APART)) + 1
    for x in (np.arange(-count, count) * _APART + first).tolist():
        things += [
            *_station(x, rng),
            *_chair(x + float(rng.uniform(-0.15, 0.15)), float(rng.uniform(-35, 35)), setting.color),
        ]
    return named_shapes("salon", things, setting)


def _station(x: float, rng: np.random.Generator) -> Things:
    half, tall, y = _MIRROR
    z = _WALL_Z + 0.1
    frame = rounded_box((half + 0.2, tall + 0.2, 0.06), 0.05).moved(x, y, z)
    glass = box((half - 0.05, tall - 0.05, 0.01)).moved(x, y, z + 0.09)
    bulbs = [
        sphere(0.1, rings=10, segments=20).moved(x + s * (half + 0.08), y + float(dy), z + 0.14)
        for s in (-1, 1)
        for dy in np.linspace(-tall + 0.1, tall - 0.1, 6)
    ]
    ledge = box((half + 0.25, 0.06, 0.32), 0.04).moved(x, _LEDGE, z + 0.3)
    things: Things = [
        painted("#f2eee8", "satin", frame),
        painted("#e6eaec", "mirror", glass),
        wooden("#8a6242", "satin", ledge),
        *(Emissive(mesh=bulb, light=_BULB) for bulb in bulbs),
    ]
    for dx in np.arange(-half + 0.1, half, 0.3):
        if rng.uniform() < 0.7:
            high, wide = float(rng.uniform(0.28, 0.55)), float(rng.uniform(0.07, 0.11))
            body = [(0, high), (0.3 * wide, high), (0.3 * wide, 0.8 * high), (wide, 0.72 * high), (wide, 0), (0, 0)]
            bottle = lathe(body, 24).moved(x + float(dx), _LEDGE + 0.06, z + 0.35)
            things.append(painted(_BOTTLES[int(rng.integers(len(_BOTTLES)))], "gloss", bottle))
    return things


def _chair(x: float, turn: float, color: str) -> Things:
    """A padded chair on a chrome foot, with its back to the camera."""
    pads = [
        rounded_box((0.62, 0.72, 0.13), 0.12).turned(10, "x").moved(0, 2.75, 0.55),
        rounded_box((0.62, 0.14, 0.6), 0.12).moved(0, 1.9, 0.0),
        rounded_box((0.3, 0.16, 0.09), 0.08).moved(0, 3.72, 0.72),
        *(rounded_box((0.09, 0.07, 0.5), 0.06).moved(s * 0.74, 2.5, 0.05) for s in (-1, 1)),
    ]
    steel: list[Mesh] = [
        bevelled_cylinder(0.65, 0.08, 0.03, segments=48),
        tube((0, 0.05, 0), (0, 1.8, 0), 0.11),
        *(tube((s * 0.74, 2.45, 0.05), (s * 0.66, 1.9, 0.05), 0.04, sides=8) for s in (-1, 1)),
        tube((0, 3.4, 0.66), (0, 3.7, 0.7), 0.04, sides=8),
    ]
    leather = tint(color, "#1d1b1c", 0.86)
    return [
        painted(leather, "semigloss", *(_placed(pad, turn, x) for pad in pads)),
        painted("#d2d4d6", "metal", *(_placed(part, turn, x) for part in steel)),
    ]


def _placed(part: Mesh, turn: float, x: float) -> Mesh:
    return part.scaled(_CHAIR).turned(turn).moved(x, _FLOOR, _CHAIR_Z)
