"""The inside of a car, as it is seen from between its front seats."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, sphere, torus, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, shining_sky, sky_between

_DASH_Z, _GLASS_Z, _SKY_Z = -5.0, -5.4, -150.0
_DASH, _WHEEL = 0.55, 0.82  # height of the dashboard, and a steering wheel's radius
_HALF = (1.45, 3.1)  # half width of the windscreen, at least and at most
_ROAD, _FAR = -1.6, -140.0  # height of the road, and how far it is seen
_TREES = ("#4b6340", "#5f7a4a", "#7b8f58")
_HOUSES = ("#8d8379", "#6f7680", "#a3968a")
_LIGHTS = ((1.44, 0.96, 0.42), (1.28, 1.18, 0.96), (1.12, 0.08, 0.05), (0.32, 0.64, 1.28), (0.16, 0.88, 0.42))
_LAMP = 0.5  # radius: out of focus as small ones are, and rays find them six times as often
_BY_DAY, _BY_NIGHT = ("#fbf3e2", "#e2ebef", "#b5cfe2"), ("#4a4f72", "#232c4c", "#0d1220")  # the sky, upwards
_KINDS = (0, 0, 1, 1, 3, 4, 2)  # of the lights of a town, as often as they are in one


def build_car(setting: Setting) -> dict[str, object]:
    """A dashboard with its wheel, dials, screen and vents, a windscreen with its mirror, and a road beyond."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    half, top = windscreen_of(view)
    side = float(rng.choice([-1.0, 1.0]))
    things = [
        *_frame(setting.color, half, top, view.top_at(_GLASS_Z) + 3.0),
        *_dashboard(setting.color, half, side, night),
        *_road(rng, night),
    ]
    shapes = named_shapes("car", things, setting)
    shapes["sky"] = shining_sky(sky_between(_BY_DAY, _BY_NIGHT, night, 1.15), setting, _SKY_Z)
    return shapes


def windscreen_of(view: View) -> tuple[float, float]:
    """Half its width and the height of its upper edge, such that what is round it is in the picture, too."""
    return float(np.clip(0.9 * view.half_width_at(_GLASS_Z), *_HALF)), min(2.75, view.top_at(_GLASS_Z) - 0.42)


def _frame(color: str, half: float, top: float, roof: float) -> Things:
    """The roof with its visors, the pillars beside the windscreen, the doors, and the mirror."""
    lining, dark = tint(color, "#c9c4bc", 0.55), "#17181a"
    header = rounded_box((half + 4.0, (roof - top) / 2, 0.5), 0.12).moved(0, (roof + top) / 2, _GLASS_Z + 0.1)
    visors = [box((0.36 * half, 0.2, 0.06), 0.05).moved(s * 0.52 * half, top + 0.12, _GLASS_Z + 0.72) for s in (-1, 1)]
    pillars = [
        tube((s * (half + 0.34), _DASH - 0.3, _GLASS_Z - 0.6), (s * (half - 0.1), top + 0.4, _GLASS_Z + 0.5), 0.17)
        for s in (-1, 1)
    ]
    doors = [box((3.0, 0.9, 1.7), 0.08).moved(s * (half + 3.7), _DASH - 0.75, _DASH_Z + 0.9) for s in (-1, 1)]
    mirror = rounded_box((0.42, 0.14, 0.07), 0.07).moved(0.0, top - 0.14, _GLASS_Z + 0.75)
    glass = rounded_box((0.38, 0.105, 0.01), 0.01).moved(0.0, top - 0.14, _GLASS_Z + 0.82)
    stalk = tube((0, top - 0.1, _GLASS_Z + 0.7), (0, top + 0.3, _GLASS_Z + 0.5), 0.04, sides=10)
    return [
        painted(lining, "matte", header, *visors, *pillars),
        painted(color, "eggshell", *doors),
        painted(dark, "satin", mirror, stalk),
        painted("#8d99a6", "semigloss", glass),
    ]


def _dashboard(color: str, half: float, side: float, night: float) -> Things:
    """The dashboard of a car that is steered on ``side``: its top rounded, a hood over the dials, a screen, vents."""
    dark, chrome = "#15161a", "#c9ccd0"
    upper = rounded_box((half + 1.2, 0.32, 0.55), 0.3).moved(0, _DASH - 0.32, _DASH_Z)
    lower = rounded_box((half + 1.2, 0.9, 0.4), 0.1).moved(0, _DASH - 1.35, _DASH_Z + 0.3)
    line = box((half + 1.1, 0.025, 0.02), 0.01).moved(0, _DASH - 0.47, _DASH_Z + 0.66)
    wheel_x = side * min(0.95, 0.62 * half)
    hood = rounded_box((0.62, 0.2, 0.32), 0.18).moved(wheel_x, _DASH + 0.05, _DASH_Z + 0.25)
    screen = rounded_box((0.44, 0.27, 0.03), 0.03).moved(-0.16 * side, _DASH + 0.06, _DASH_Z + 0.62)
    shine = np.float32(0.35 + 0.65 * night)
    shown = np.array([(0.1, 0.32, 0.62), (0.04, 0.1, 0.2), (0.02, 0.05, 0.1)], np.float32) * shine * 1.5
    things: Things = [
        painted(color, "eggshell", upper, hood),
        painted(tint(color, "#000000", 0.35), "eggshell", lower),
        painted(chrome, "metal", line),
        painted("#4a4d52", "metal", *_vents(half, side)),
        painted(dark, "satin", screen),
        Emissive(mesh=box((0.4, 0.23, 0.01), 0.008).moved(-0.16 * side, _DASH + 0.06, _DASH_Z + 0.66), light=shown),
    ]
    for x in (-0.26, 0.26):
        dial = bevelled_cylinder(0.17, 0.02, 0.008, segments=32).turned(90, "x")
        light = np.array([(0.1, 0.13, 0.18), (0.03, 0.04, 0.06)], np.float32) * shine
        things.append(Emissive(mesh=dial.moved(wheel_x + x, _DASH, _DASH_Z + 0.58), light=light))
        ring = torus(0.17, 0.02, segments=40, sides=8, arc_deg=(-40.0, 220.0)).moved(wheel_x + x, _DASH, _DASH_Z + 0.6)
        things.append(Emissive(mesh=ring, light=np.tile(np.array([(0.9, 0.95, 1.1)], np.float32) * shine, (2, 1))))
    return things + _wheel(wheel_x)


def _vents(half: float, side: float) -> list[Mesh]:
    """Round vents with a rim, at both ends of the dashboard and beside the screen."""
    return [
        torus(0.16, 0.025, segments=40, sides=8).moved(x, _DASH - 0.26, _DASH_Z + 0.57)
        for x in (-side * 0.8 * half, -side * 0.55 * half)
    ]


def _wheel(x: float) -> Things:
    """A steering wheel of dark leather with three spokes, leant towards the driver."""
    rim = torus(_WHEEL, 0.085, segments=96, sides=16)
    hub = rounded_box((0.26, 0.2, 0.06), 0.06)
    spokes = [tube((0, 0, 0), (a * _WHEEL, b * _WHEEL, 0), 0.07, sides=12) for a, b in ((-1, 0), (1, 0), (0, -1))]
    badge = bevelled_cylinder(0.08, 0.02, 0.008, segments=32).turned(90, "x").moved(0, 0, 0.07)
    place = (x, _DASH - 0.42, _DASH_Z + 1.05)
    return [
        painted("#1b1b1d", "satin", *(part.turned(-18, "x").moved(*place) for part in (rim, hub, *spokes))),
        painted("#c9ccd0", "metal", badge.turned(-18, "x").moved(*place)),
    ]


def _road(rng: np.random.Generator, night: float) -> Things:
    """A road with dashes down its middle between verges, trees and houses; at night the lamps of a town alone."""
    asphalt = floor(y=_ROAD, half_width=5.0, front=-7.0, back=_FAR)
    verges = floor(y=_ROAD - 0.1, half_width=120.0, front=-7.0, back=_FAR)
    dashes = [box((0.12, 0.01, 1.6)).moved(1.2, _ROAD + 0.02, float(z)) for z in np.arange(-12.0, _FAR, -6.5)]
    edges = [box((0.1, 0.01, 70.0)).moved(x, _ROAD + 0.02, -77.0) for x in (-4.6, 4.6)]
    crowns: list[list[Mesh]] = [[] for _ in _TREES]
    houses: list[list[Mesh]] = [[] for _ in _HOUSES]
    for z in np.arange(-34.0, _FAR + 10, -5.0):
        for side in (-1.0, 1.0) if night < 1 else ():
            x, size = side * float(rng.uniform(8.5, 15.0)), float(rng.uniform(1.8, 3.4))
            if rng.uniform() < 0.75:
                crown = sphere(size, rings=10, segments=20).moved(x, _ROAD + 1.3 * size, float(z))
                crowns[int(rng.integers(len(_TREES)))].append(crown)
            else:
                house = box((2.6, 1.6 * size, 2.4)).moved(x + 3.0 * side, _ROAD + 1.6 * size, float(z))
                houses[int(rng.integers(len(_HOUSES)))].append(house)
    dusk = 0.9 * night
    return [
        painted(tint("#6d6f72", "#000000", dusk), "matte", asphalt),
        painted(tint("#7d8a58", "#000000", dusk), "matte", verges),
        painted(tint("#eceae2", "#000000", dusk), "matte", *dashes, *edges),
        *(painted(tint(c, "#000000", dusk), "matte", *own) for c, own in zip(_TREES, crowns, strict=True) if own),
        *(painted(tint(c, "#000000", dusk), "matte", *own) for c, own in zip(_HOUSES, houses, strict=True) if own),
        *_lights(rng, night),
    ]


def _lights(rng: np.random.Generator, night: float) -> Things:
    """Street lamps along the road, and other cars' lights on it, which are on at night."""
    lamps: list[list[Mesh]] = [[] for _ in _LIGHTS]
    for far in np.geomspace(24.0, -_FAR, 6):
        for side in (-1.0, 1.0):
            lamps[0].append(sphere(_LAMP, rings=8, segments=16).moved(side * 6.2, 3.8, -float(far)))
    for _ in range(70):
        z, kind = float(rng.uniform(-90, -30)), int(rng.choice(_KINDS))
        low = kind == 2
        x, y = (
            (float(rng.uniform(-4, 4)), -0.8) if low else (float(rng.uniform(-20, 20)), float(rng.uniform(-1.0, 3.2)))
        )
        lamps[kind].append(sphere(_LAMP, rings=8, segments=16).moved(x, y, z))
    return [
        Emissive(mesh=lamp, light=np.tile(np.array(light, np.float32) * np.float32(night), (2, 1)))
        for light, own in zip(_LIGHTS, lamps, strict=True)
        for lamp in own
        if night > 0
    ]
