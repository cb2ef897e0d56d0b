"""What stands in a recording studio, metres, and the foam on its walls."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, box
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, sphere, torus, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden

_FOAM, _WEDGES, _DEEP = 0.5, 5, 0.07  # side of a tile of foam, its ridges, and how far they stand out
_DESK = 0.74
_BLACK, _PANEL, _CHROME = "#1f2023", "#34363b", "#b4b8bc"
_LEDS = ((0.25, 1.7, 0.5), (1.8, 1.25, 0.2), (1.9, 0.3, 0.2))
_WAVE = (0.25, 1.2, 1.1)


def foam_wall(half_width: float, top: float, rng: np.random.Generator) -> tuple[list[Mesh], list[Mesh]]:
    """Tiles of foam with wedges that run across and down by turns, in two shades, from the floor up; z = 0 behind."""
    ridges = np.linspace(-0.5, 0.5, 2 * _WEDGES + 1) * _FOAM
    rise = np.tile([0.0, _DEEP], _WEDGES + 1)[: 2 * _WEDGES + 1]
    points = np.empty((2, len(ridges), 3))
    points[..., 0], points[..., 1], points[..., 2] = ridges, np.array([[0.5], [-0.5]]) * _FOAM, rise
    upright = grid(points, smooth=False)
    shades: tuple[list[Mesh], list[Mesh]] = ([], [])
    start = -half_width - float(rng.uniform(0, _FOAM))
    for row, y in enumerate(np.arange(_FOAM / 2, top, _FOAM)):
        for column, x in enumerate(np.arange(start, half_width + _FOAM, _FOAM)):
            turned = (row + column) % 2
            tile = upright.turned(90 * turned, "z").moved(float(x), float(y))
            shades[turned].append(tile)
    return shades


def console(style: Style, rng: np.random.Generator) -> Things:
    """A mixing desk with faders and lamps that show levels, a screen over it and a speaker at each end; 2 m wide."""
    stand = [box((0.05, _DESK / 2, 0.35), 0.02).moved(s * 0.85, _DESK / 2, 0.45) for s in (-1, 1)]
    caps: list[Mesh] = []
    knobs: list[Mesh] = []
    leds: tuple[list[Mesh], list[Mesh], list[Mesh]] = ([], [], [])
    for x in np.linspace(-0.78, 0.78, 20):
        caps.append(box((0.016, 0.012, 0.028), 0.008).moved(float(x), 0.032, float(rng.uniform(0.1, 0.3))))
        knobs += [bevelled_cylinder(0.018, 0.03, 0.006, segments=10).moved(float(x), 0.02, -z) for z in (0.05, 0.15)]
        for step in range(int(rng.integers(2, 7))):
            led = box((0.014, 0.008, 0.012), 0.004).moved(float(x), 0.024, -0.24 - 0.028 * step)
            leds[min(step // 3, 2)].append(led)
    plate = box((0.92, 0.02, 0.44), 0.015)

    def tilted(*meshes: Mesh) -> list[Mesh]:
        return [mesh.turned(24, "x").moved(0, _DESK + 0.2, 0.45) for mesh in meshes]

    things: Things = [
        wooden(style.wood, "satin", *tilted(*(box((0.04, 0.07, 0.47), 0.02).moved(s * 0.95, -0.02) for s in (-1, 1)))),
        painted(_BLACK, "satin", *stand),
        painted(_PANEL, "satin", *tilted(plate, *knobs)),
        painted("#e9e6de", "satin", *tilted(*caps)),
        *(_lamp(color, tilted(*meshes)) for color, meshes in zip(_LEDS, leds, strict=True) if meshes),
        *_screen(rng),
    ]  # fmt: skip
    for s in (-1, 1):
        things += scaled(_speaker(-12.0 * s), 1.0, (s * 0.72, _DESK + 0.42, 0.12))
    return things


def microphone(_style: Style, rng: np.random.Generator) -> Things:
    """A large microphone in its cradle with a screen before it, on a stand; 0.5 m wide."""
    z, y, side = 0.8, 1.36, float(rng.choice([-1.0, 1.0]))
    legs = [tube((0, 0.1, z), (0.25 * np.cos(a), 0.0, z + 0.25 * np.sin(a)), 0.014, sides=8) for a in (0.5, 2.6, 4.7)]
    post = tube((0, 0.05, z), (0, y - 0.3, z), 0.016, sides=8)
    grille = lathe([(0.0, 0.25), (0.065, 0.235), (0.085, 0.18), (0.085, 0.0), (0.0, 0.0)], 32, crease_deg=60)
    body = lathe([(0.085, 0.0), (0.09, -0.02), (0.08, -0.26), (0.0, -0.27)], 32)
    cradle = [torus(0.15, 0.012, segments=40, sides=8).turned(90, "x").moved(0, y + at, z) for at in (-0.18, -0.04)]
    hoop = torus(0.13, 0.012, segments=40, sides=8).turned(50 * side).moved(side * 0.17, y + 0.12, z + 0.12)
    gauze = bevelled_cylinder(0.13, 0.004, 0.001, segments=32).turned(90, "x").turned(50 * side)
    neck = tube((side * 0.1, y - 0.22, z), (side * 0.17, y - 0.02, z + 0.12), 0.01, sides=6)
    return [
        painted(_BLACK, "satin", post, *legs, *cradle, hoop, neck, gauze.moved(side * 0.17, y + 0.12, z + 0.12)),
        painted("#d9dcdf", "satin", grille.moved(0, y, z)),
        painted("#c3a06a", "satin", body.moved(0, y, z)),
    ]


def guitar(_style: Style, _rng: np.random.Generator) -> Things:
    """A guitar on its stand, 0.5 m wide."""
    lean, z = -8.0, 0.45
    body = [
        sphere(1.0, rings=16, segments=32).scaled(wide, tall, 0.055).moved(0, y)
        for wide, tall, y in ((0.2, 0.19, 0.2), (0.15, 0.15, 0.43))
    ]
    hole = bevelled_cylinder(0.05, 0.01, 0.002, segments=24).turned(90, "x").moved(0, 0.36, 0.055)
    neck = [box((0.025, 0.26, 0.014), 0.008).moved(0, 0.78, 0.03), box((0.04, 0.07, 0.012), 0.01).moved(0, 1.1, 0.02)]
    bridge = box((0.07, 0.012, 0.01), 0.005).moved(0, 0.17, 0.06)
    feet = [tube((s * 0.05, 0.3, z - 0.08), (s * 0.2, 0.0, z + 0.1), 0.014, sides=8) for s in (-1, 1)]

    def put(*meshes: Mesh) -> list[Mesh]:
        return [mesh.turned(lean, "x").moved(0, 0.16, z) for mesh in meshes]

    return [
        wooden("#c98a45", "semigloss", *put(*body)),
        wooden("#3a2318", "satin", *put(*neck, bridge)),
        painted(_BLACK, "satin", *put(hole), *feet),
    ]


def amplifier(_style: Style, _rng: np.random.Generator) -> Things:
    """An amplifier on a case, both with corners of steel, 0.7 m wide."""
    low, high = box((0.33, 0.33, 0.2), 0.03).moved(0, 0.34, 0.25), box((0.33, 0.14, 0.18), 0.03).moved(0, 0.83, 0.24)
    cloth = box((0.28, 0.27, 0.01), 0.01).moved(0, 0.33, 0.455)
    panel = box((0.28, 0.04, 0.01), 0.006).moved(0, 0.87, 0.425)
    knobs = [bevelled_cylinder(0.016, 0.02, 0.004, segments=10).turned(90, "x").moved(float(x), 0.87, 0.435)
             for x in np.linspace(-0.22, 0.16, 6)]  # fmt: skip
    lamp = sphere(0.014, rings=8, segments=12).moved(0.23, 0.87, 0.44)
    return [
        painted(_BLACK, "matte", low, high),
        painted("#8d8573", "matte", cloth),
        painted("#c8a65a", "satin", panel),
        painted("#efe9dc", "satin", *knobs),
        _lamp((2.4, 0.5, 0.2), [lamp]),
    ]


def _screen(rng: np.random.Generator) -> Things:
    """A screen that shows a sound's wave."""
    y, z = _DESK + 0.62, 0.1
    frame = box((0.38, 0.22, 0.015), 0.01).moved(0, y, z)
    bars = [box((0.006, float(0.02 + 0.13 * rng.beta(2, 3)), 0.004), 0.002).moved(float(x), y, z + 0.018)
            for x in np.linspace(-0.34, 0.34, 26)]  # fmt: skip
    return [
        painted("#14161b", "satin", frame),
        _lamp(_WAVE, bars),
    ]


def _speaker(turn: float) -> Things:
    """A studio's speaker with a pale cone, about its middle."""
    case = box((0.14, 0.22, 0.14), 0.015)
    cone = bevelled_cylinder(0.095, 0.02, 0.008, segments=32).turned(90, "x").moved(0, -0.07, 0.14)
    ring = torus(0.1, 0.012, segments=40, sides=8).moved(0, -0.07, 0.15)
    dust = sphere(0.036, rings=10, segments=20).scaled(1, 1, 0.5).moved(0, -0.07, 0.155)
    tweeter = bevelled_cylinder(0.04, 0.015, 0.006, segments=24).turned(90, "x").moved(0, 0.12, 0.14)
    return [
        painted(_BLACK, "satin", case.turned(turn), ring.turned(turn), dust.turned(turn)),
        painted("#e8e2d2", "matte", cone.turned(turn)),
        painted(_CHROME, "satin", tweeter.turned(turn)),
    ]


def _lamp(color: tuple[float, float, float], meshes: list[Mesh]) -> Emissive:
    return Emissive(mesh=merged(meshes), light=np.tile(np.array([color], np.float32), (2, 1)))
