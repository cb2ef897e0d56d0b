"""The departure hall of an airport: seats in rows, tall windows, and an aircraft on the apron beyond."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, grid
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, shining_sky, sky_between

_FLOOR = -3.4
_SEATS_Z, _WINDOW_Z, _PLANE_Z, _SKY_Z = (-7.6, -10.6), -13.0, -27.0, -120.0
_DAYLIGHT_Z = -19.0
_PANE = (2.3, 3.1)  # width and height
_SEAT = 1.15
_STEEL, _WHITE = "#b9bdc2", "#f4f5f6"


def build_terminal(setting: Setting) -> dict[str, object]:
    """Two rows of seats in the colour before a wall of glass, a board of flights, and an aircraft side-on."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    reach, top = view.half_width_at(_WINDOW_Z) + 1.5, view.top_at(_WINDOW_Z) + 1.0
    side = float(rng.choice([-1.0, 1.0]))
    hall = floor(y=_FLOOR, half_width=reach + 4, front=-2.0, back=_WINDOW_Z)
    apron = floor(y=_FLOOR - 0.2, half_width=150.0, front=_WINDOW_Z - 0.1, back=_SKY_Z)
    things: Things = [
        painted("#c2c4c4", "semigloss", hall),
        painted(tint("#a9aaa8", "#101318", 0.8 * night), "matte", apron),
        *_window(reach, top, float(rng.uniform(0, _PANE[0]))),
        *aircraft(setting.color, side, view, night),
        *_board(side * 0.62 * view.half_width_at(-9.0), view.top_at(-9.0) - 0.5),
    ]
    for z in _SEATS_Z:
        things += _row(setting.color, view.half_width_at(z) + 1.0, z, float(rng.uniform(0, 2 * _SEAT)))
    shapes = named_shapes("terminal", things, setting)
    sky = sky_between(("#fbf7ec", "#d8e8f3", "#9cc4e6"), ("#4a5678", "#222c4a", "#10172b"), night, 1.1)
    shapes["sky"] = shining_sky(sky, setting, _SKY_Z)
    shapes["daylight"] = softbox(
        (0.0, daylight_y(view), _DAYLIGHT_Z),
        (0.0, 0.0, -8.0),
        half_size=(8.0, 4.0),
        irradiance=np.full(3, 0.5 - 0.3 * night),
    )
    return shapes


def daylight_y(view: View) -> float:
    """Height of the lamp that is the day on the seats: over the picture, whatever its shape."""
    return max(9.0, view.top_at(_DAYLIGHT_Z) + 4.0)


def _window(reach: float, top: float, start: float) -> Things:
    """Mullions and transoms of a wall of glass, and the ledge under it."""
    wide, tall = _PANE
    mullions = [
        box((0.07, (top - _FLOOR) / 2, 0.14)).moved(float(x), (top + _FLOOR) / 2, _WINDOW_Z)
        for x in np.arange(-reach - start, reach, wide)
    ]
    bars = [box((reach, 0.05, 0.1)).moved(0, float(y), _WINDOW_Z) for y in np.arange(_FLOOR + 0.5, top, tall)]
    return [painted("#3a3e44", "satin", *mullions, *bars)]


def _row(color: str, reach: float, z: float, start: float) -> Things:
    """Seats on one beam, their backs to the camera."""
    backs: list[Mesh] = []
    steel: list[Mesh] = [tube((-reach, _FLOOR + 1.3, z), (reach, _FLOOR + 1.3, z), 0.09, sides=8)]
    for number, x in enumerate(np.arange(-reach - start, reach, _SEAT)):
        if number % 4 == 3:
            continue  # where one walks through
        back = rounded_box((0.46 * _SEAT, 0.85, 0.1), 0.1).turned(8, "x").moved(x, _FLOOR + 2.7, z)
        seat = rounded_box((0.46 * _SEAT, 0.1, 0.8), 0.09).moved(x, _FLOOR + 1.75, z - 0.9)
        backs += [back, seat]
        steel += [
            tube(
                (x + s * 0.5 * _SEAT, _FLOOR + 1.3, z - 0.2),
                (x + s * 0.5 * _SEAT, _FLOOR + 2.5, z - 0.9),
                0.04,
                sides=8,
            )
            for s in (-1, 1)
        ]
    return [painted(color, "satin", *backs), painted(_STEEL, "metal", *steel)]


def aircraft(color: str, side: float, view: View, night: float) -> Things:
    """An airliner from its side, its nose to ``side``, as far as its fin is still in the picture."""
    radius, length, y = 1.45, 19.0, -0.55
    along = np.linspace(0, 1, 60)
    nose = np.sqrt(np.clip(1 - (1 - np.minimum(along / 0.13, 1)) ** 2, 0, 1))
    tail = 1 - 0.9 * np.clip((along - 0.68) / 0.32, 0, 1) ** 1.4
    hull = lathe(np.stack([radius * nose * tail, length * (0.5 - along)], 1), 48, crease_deg=80).turned(-90, "z")
    windows = [box((0.13, 0.17, 0.02), 0.02).moved(x, 0.3, 1.42) for x in np.arange(-4.6, 6.6, 0.52)]
    pilots = [box((0.3, 0.16, 0.3), 0.05).moved(8.35, 0.42, 0.62)]
    fin = _plate([(-6.2, 1.1), (-8.0, 5.0), (-9.7, 5.0), (-9.2, 0.7)])
    wing = _plate([(1.8, -0.7), (-3.0, -1.35), (-4.2, -1.25), (-1.8, -0.5)]).moved(0, 0, 1.5)
    engine = lathe([(0.0, 1.1), (0.5, 1.1), (0.62, 0.7), (0.6, -0.4), (0.3, -1.1), (0.0, -1.1)], 32).turned(-90, "z")
    gear = [tube((x, -2.85, 0.4), (x, -1.2, 0.4), 0.14, sides=10) for x in (6.6, -1.4, -2.2)]
    place = (side * (8.6 - 0.62 * view.half_width_at(_PLANE_Z)), y, _PLANE_Z)

    def put(mesh: Mesh) -> Mesh:
        return (mesh if side > 0 else mesh.turned(180)).moved(*place)

    lit = np.tile(np.array([(1.6, 1.35, 0.9)], np.float32) * np.float32(night), (2, 1))
    panes = [*windows, *(pane.moved(0, 0, -2 * 1.42) for pane in windows)]
    dark = [painted("#222a36", "satin", *map(put, [*panes, *pilots]))]
    return [
        painted(_WHITE, "semigloss", *map(put, [hull, engine.moved(0.9, -1.35, 2.2), wing])),
        painted(color, "semigloss", put(fin)),
        painted("#2b2d31", "matte", *map(put, gear)),
        *(dark if night < 0.5 else [Emissive(mesh=put(pane), light=lit) for pane in panes]),
    ]


def _plate(corners: list[tuple[float, float]]) -> Mesh:
    """A flat thing of four corners in the xy plane that is seen from both sides."""
    a, b, c, d = [(x, y, 0.0) for x, y in corners]
    return grid([[b, c], [a, d]])


def _board(x: float, y: float) -> Things:
    """A board of flights that hangs from the roof: rows of marks that shine."""
    rng = np.random.default_rng(11)
    half, tall, z = 1.0, 0.55, -9.0
    frame = box((half, tall, 0.08)).moved(x, y, z)
    rods = [tube((x + s * half * 0.8, y + tall, z), (x + s * half * 0.8, y + 8.0, z), 0.05, sides=8) for s in (-1, 1)]
    marks: list[Mesh] = []
    for row in np.linspace(tall - 0.2, -tall + 0.2, 5):
        at = -half + 0.15
        while at < half - 0.4:
            wide = float(rng.choice([0.1, 0.2, 0.34]))
            marks.append(box((wide / 2, 0.03, 0.01)).moved(x + at + wide / 2, y + float(row), z + 0.09))
            at += wide + float(rng.choice([0.06, 0.3]))
    amber = np.tile(np.array([(1.1, 0.78, 0.25)], np.float32), (2, 1))
    return [painted("#14171c", "satin", frame, *rods), *(Emissive(mesh=mark, light=amber) for mark in marks)]
