"""An underground car park: pillars with a painted band, bays on the floor, pipes and rows of lamps."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor
from photoshoot.placers.studio.geometry.solids import tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_FLOOR, _ON_FLOOR = -1.8, -0.04  # under a table's top, and where the product stands on the car park's own floor
_FRONT, _WALL_Z = -2.2, -34.0
_CEILING = (4.4, 0.94, -15.0)  # over the floor at most; share of the picture's height that it is in at a depth
_ROWS_Z = (-7.5, -13.5, -20.0, -27.0)  # depths of pillars
_NEAR_LIGHT_Z = -3.8
_APART, _HALF = 6.2, 0.34  # from pillar to pillar, and half a pillar's width
_BAND = (0.75, 1.35)  # heights between which pillars are painted, over the floor
_BAY, _LINE = 2.3, 0.06  # width of a bay, and half that of its lines
_CONCRETE, _LINES, _PIPES, _HYDRANT = "#9c9c99", "#e9e7df", "#b9bcbd", "#b3372c"
_TUBES = np.tile(np.array([(1.5, 1.54, 1.5)], np.float32), (2, 1))


def build_parking(setting: Setting) -> dict[str, object]:
    """The bands on its pillars and on the wall are in the colour; where the product stands on it, so is its floor."""
    view, rng = setting.view, setting.rng
    ground = _ON_FLOOR if setting.ground else _FLOOR
    ceiling = ceiling_y(view, ground)
    reach = view.half_width_at(_WALL_Z) + 2.0
    side = float(rng.choice([-1.0, 1.0]))
    paved = setting.ground or _CONCRETE
    things: Things = [
        painted(paved, "eggshell", floor(y=ground, half_width=reach + 4, front=_FRONT, back=_WALL_Z - 1.0)),
        painted(tint(_CONCRETE, "#5c5c5c", 0.35), "matte", _slab(ceiling, reach), *_beams(ceiling, reach)),
        painted(tint(_CONCRETE, "#ffffff", 0.25), "matte", stage_wall(view, z=_WALL_Z, bottom=ground - 1.0)),
        painted(setting.color, "satin", _stripe(ground, reach)),
        painted(_LINES, "matte", *_lines(ground, reach, side)),
        *_pillars(setting.color, ground, ceiling, pillar_places(view, side)),
        *_pipes(ceiling, side),
        *_lamps(ceiling, reach),
    ]
    shapes = named_shapes("parking", things, setting)
    out_of_sight = max(ceiling - 0.3, view.top_at(_NEAR_LIGHT_Z) + 0.5)
    for name, y, z, target, tall in (
        ("near_light", out_of_sight, _NEAR_LIGHT_Z, -10.0, 0.4),
        ("far_light", ceiling - 0.02, _ROWS_Z[1] - 0.5, -26.0, 0.1),  # behind a beam
    ):
        shapes[name] = softbox(
            (0.0, y, z),
            (0.0, ground + 0.3 * (ceiling - ground), target),
            half_size=(min(reach, 6.0), tall),
            irradiance=np.array([0.95, 1.0, 0.98]) * 0.24,
        )
    return shapes


def ceiling_y(view: View, ground: float) -> float:
    """Height of the ceiling: the far part of it is in the picture."""
    high, share, z = _CEILING
    return min(ground + high, share * view.top_at(z))


def pillar_places(view: View, side: float) -> list[tuple[float, float]]:
    """(x, z) of pillars in rows that lead away to both sides of the product, the nearest of them on one side alone."""
    places: list[tuple[float, float]] = []
    for number, z in enumerate(_ROWS_Z):
        depth = (view.distance - z) / view.distance
        near = min(0.66 * view.half_width_at(_ROWS_Z[0]), 3.4)
        first = view.product_x * (view.distance - _ROWS_Z[0]) / view.distance + side * near
        columns = first - side * _APART * np.arange(-4, 6)
        reach = view.half_width_at(z) + 1.0
        clear = (view.product_half_width + 0.1) * depth
        kept = [float(x) for x in columns if abs(x) < reach and abs(x - view.product_x * depth) > clear]
        places += [(x, z) for x in kept if number or side * (x - view.product_x * depth) > 0]
    return places


def _pillars(color: str, ground: float, ceiling: float, places: list[tuple[float, float]]) -> Things:
    """Square pillars of concrete, each with its band and yellow and black stripes at its foot."""
    tall, (low, high) = (ceiling - ground) / 2, _BAND
    cores: list[Mesh] = []
    bands: list[Mesh] = []
    guards: tuple[list[Mesh], list[Mesh]] = ([], [])
    for x, z in places:
        cores.append(box((_HALF, tall + 0.3, _HALF), 0.03).moved(x, ground + tall, z))
        bands.append(box((_HALF + 0.01, (high - low) / 2, _HALF + 0.01), 0.03).moved(x, ground + (low + high) / 2, z))
        for number, y in enumerate(np.arange(0.06, 0.6, 0.12)):
            guards[number % 2].append(box((_HALF + 0.02, 0.06, _HALF + 0.02), 0.02).moved(x, ground + float(y), z))
    if not places:
        return []
    coats = ((tint(_CONCRETE, "#ffffff", 0.3), cores), (color, bands), ("#e0b12a", guards[0]), ("#2b2b2c", guards[1]))
    return [painted(coat, "matte", *meshes) for coat, meshes in coats]


def _slab(ceiling: float, reach: float) -> Mesh:
    return box((reach + 4, 0.1, (-_WALL_Z - 5.0) / 2 + 1.0)).moved(0, ceiling + 0.35, (_WALL_Z - 5.0) / 2)


def _beams(ceiling: float, reach: float) -> list[Mesh]:
    """Beams over each row of pillars but the nearest, where lamps would glare on it."""
    return [box((reach + 4, 0.2, 0.25)).moved(0, ceiling + 0.2, z) for z in _ROWS_Z[1:]]


def _stripe(ground: float, reach: float) -> Mesh:
    low, high = _BAND
    return box((reach + 2, (high - low) / 2, 0.02)).moved(0, ground + (low + high) / 2, _WALL_Z + 0.04)


def _lines(ground: float, reach: float, side: float) -> list[Mesh]:
    """Bays along the far wall and along one side, between the lane's two lines."""
    deep = 2.4
    lines = [box((_LINE, 0.006, deep), 0.005).moved(float(x), ground + 0.006, _WALL_Z + deep)
             for x in np.arange(-reach, reach, _BAY)]  # fmt: skip
    lane = side * 1.5
    lines.append(
        box((_LINE, 0.006, (_FRONT - _WALL_Z) / 2 - deep), 0.005).moved(
            lane, ground + 0.006, (_FRONT + _WALL_Z) / 2 + deep
        )
    )
    lines += [box((deep, 0.006, _LINE), 0.005).moved(lane + side * deep, ground + 0.006, float(z))
              for z in np.arange(-4.4, _WALL_Z + 6.0, -_BAY)]  # fmt: skip
    return lines


def _pipes(ceiling: float, side: float) -> Things:
    """Pipes that run away under the ceiling, one of them for sprinklers."""
    near, far = -5.0, _WALL_Z
    grey = [
        tube((side * x, ceiling - 0.1, near), (side * x, ceiling - 0.1, far), r, sides=10)
        for x, r in ((3.1, 0.1), (3.5, 0.06))
    ]
    red = tube((side * 2.6, ceiling - 0.05, near), (side * 2.6, ceiling - 0.05, far), 0.05, sides=10)
    return [painted(_PIPES, "satin", *grey), painted(_HYDRANT, "satin", red)]


def _lamps(ceiling: float, reach: float) -> Things:
    """Tubes in rows that run away along the lane, and across it at each row of pillars."""
    lamps = [box((0.09, 0.04, 0.95), 0.03).moved(x, ceiling - 0.12, float(z))
             for x in (-1.7, 1.7) for z in np.arange(-6.0, _WALL_Z, -3.2)]  # fmt: skip
    lamps += [box((0.09, 0.04, 0.95), 0.03).moved(s * float(x), ceiling - 0.12, float(z))
              for s in (-1, 1) for x in np.arange(7.5, reach, 5.8) for z in np.arange(-9.0, _WALL_Z, -4.8)]  # fmt: skip
    return [Emissive(mesh=lamp, light=_TUBES) for lamp in lamps]
