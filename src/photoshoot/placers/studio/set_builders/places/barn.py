"""A barn: posts and braces under a loft, bales of straw, and light through its door and between its planks."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.bokeh import backdrop_extent
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor
from photoshoot.placers.studio.geometry.solids import torus, tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, shining_sky, sky_between

_FLOOR, _WALL_Z, _POSTS_Z, _FIELD_Z = -2.0, -12.0, -9.0, -50.0
_PLANK, _SLIT = 0.62, 0.05  # width of a plank, and the most between two
_DOOR = (1.8, 4.7)  # half its width, and how high it is
_BALE = (0.95, 0.42, 0.5)  # half sizes
_STRAW = ("#e3c37c", "#d2ab62", "#ecd394")
_BEYOND = (("#f4f0e0", "#dcebf3", "#a9cde8"), ("#3a4560", "#1c2540", "#0d1428"))
_MEADOW, _WOOD = np.array([0.56, 0.49, 0.24], np.float32), np.array([0.13, 0.2, 0.1], np.float32)
_WHEEL_Y = 1.9
_FALLS = 2.6  # of the land beyond, so that the sky over it is seen through the door
_TREES = 1.6  # height of the wood at the field's end


def build_barn(setting: Setting) -> dict[str, object]:
    """Planks in the colour, an open door a little aside of the product with a field beyond, and bales beside it."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    reach, top = view.half_width_at(_WALL_Z) + 1.5, max(view.top_at(_WALL_Z), _FLOOR + _DOOR[1]) + 1.0
    depth = (view.distance - _WALL_Z) / view.distance
    side = float(rng.choice([-1.0, 1.0]))
    door = view.product_x * depth + side * min(0.62 * view.half_width_at(_WALL_Z), _DOOR[0] + 1.6)
    old = tint(setting.color, "#6f6459", 0.25)
    things: Things = [
        *_planks(setting.color, door, reach, top, rng),
        wooden(tint(old, "#2a1c12", 0.35), "matte", *_frame(door, reach, view.top_at(_POSTS_Z), rng)),
        wooden(old, "matte", *_leaf(door + side * 2 * _DOOR[0])),
        painted("#8d7750", "matte", floor(y=_FLOOR, half_width=reach + 4, front=-2.0, back=_WALL_Z - 1.0)),
        *_bales(door, -side, reach, rng),
        *_wheel(door - side * (_DOOR[0] + 1.9)),
    ]
    shapes = named_shapes("barn", things, setting)
    shapes["field"] = shining_sky(_beyond(night, view), setting, _FIELD_Z)
    lit = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["daylight"] = softbox(
        (lit * (view.half_width_at(-6.0) + 3.0), max(6.0, view.top_at(-6.0) + 1.5), -5.0),
        (0.0, -0.5, _WALL_Z),
        half_size=(2.5, 2.5),
        irradiance=np.array([1.0, 0.9, 0.74]) * (0.42 - 0.22 * night),
    )
    return shapes


def _beyond(night: float, view: View) -> Float32Array:
    """Sky over trees and a field of corn with a strip of grass, from its top down, (n, 3) display-linear."""
    _, top, bottom = backdrop_extent(view, _FIELD_Z)
    horizon = view.camera_y - _FALLS
    height = np.linspace(top, bottom, 320)[:, None]
    sky = sky_between(*_BEYOND, night, 1.25)
    rows = sky[np.clip((top - height[:, 0]) / (top - horizon) * len(sky), 0, len(sky) - 1).astype(int)]
    rows = np.where(height < horizon + _TREES, _WOOD * (1 - 0.9 * night), rows)
    near = np.clip((horizon - height) / (horizon - bottom), 0, 1) ** 0.5
    sown = _MEADOW * np.where((near > 0.12) & (near < 0.22), (0.62, 0.95, 0.7), 1.0)
    return np.asarray(np.where(near > 0, sown * (1.4 - near) * (1 - 0.9 * night), rows), np.float32)


def _planks(color: str, door: float, reach: float, top: float, rng: np.random.Generator) -> Things:
    """Upright planks, none as wide as the next, with daylight between; over the door they end above it."""
    shades: tuple[list[Mesh], list[Mesh], list[Mesh]] = ([], [], [])
    x = -reach
    while x < reach:
        wide = _PLANK * float(rng.uniform(0.7, 1.15))
        middle = x + wide / 2
        low = _FLOOR + _DOOR[1] if abs(middle - door) < _DOOR[0] else _FLOOR - 1.0
        plank = box((wide / 2, (top - low) / 2, 0.06), 0.02).moved(middle, (top + low) / 2, _WALL_Z)
        shades[int(rng.integers(3))].append(plank)
        x += wide + (_SLIT if rng.uniform() < 0.45 else 0.004)
    tones = (color, tint(color, "#2a1c12", 0.3), tint(color, "#b9a88f", 0.25))
    return [wooden(tone, "matte", *planks) for tone, planks in zip(tones, shades, strict=True) if planks]


def _frame(door: float, reach: float, top: float, rng: np.random.Generator) -> list[Mesh]:
    """Posts with braces under a beam before the planks, joists over it, rails on the planks and the door's jambs."""
    beam = max(2.2, 0.78 * top)
    apart = 4.6
    first = float(rng.uniform(0.3, 0.7)) * apart
    timber = [box((reach + 3, 0.2, 0.2), 0.03).moved(0, beam, _POSTS_Z)]
    for x in np.arange(first - apart * np.ceil((reach + first) / apart), reach + apart, apart):
        timber.append(box((0.2, (beam - _FLOOR) / 2, 0.2), 0.03).moved(float(x), (beam + _FLOOR) / 2, _POSTS_Z))
        brace = box((0.11, 0.85, 0.11), 0.02)
        timber += [brace.turned(-45 * s, "z").moved(float(x) + 0.62 * s, beam - 0.72, _POSTS_Z) for s in (-1, 1)]
    joist = box((0.12, 0.14, 2.2), 0.02).moved(0, beam + 0.36, _POSTS_Z - 1.0)
    timber += [joist.moved(float(x)) for x in np.arange(-reach, reach, 1.3)]
    timber.append(box((reach, 0.13, 0.08), 0.02).moved(0, _FLOOR + _DOOR[1] + 0.13, _WALL_Z + 0.12))
    jamb = box((0.13, _DOOR[1] / 2, 0.12), 0.02).moved(door, _FLOOR + _DOOR[1] / 2, _WALL_Z + 0.1)
    return timber + [jamb.moved(s * _DOOR[0]) for s in (-1, 1)]


def _leaf(x: float) -> list[Mesh]:
    """The door that was slid aside, with its crossed boards, about ``x``."""
    half, tall = _DOOR[0] * 0.98, _DOOR[1] / 2
    y, z = _FLOOR + tall, _WALL_Z + 0.25
    turn = float(np.degrees(np.arctan2(half, tall)))
    cross = box((0.12, float(np.hypot(half, tall)) - 0.1, 0.03), 0.01)
    return [
        box((half, tall, 0.04), 0.02).moved(x, y, z),
        *(box((half, 0.13, 0.04), 0.01).moved(x, y + s * (tall - 0.13), z + 0.06) for s in (-1, 1)),
        *(box((0.13, tall, 0.04), 0.01).moved(x + s * (half - 0.13), y, z + 0.06) for s in (-1, 1)),
        *(cross.turned(s * turn, "z").moved(x, y, z + 0.06) for s in (-1, 1)),
    ]


def _bales(door: float, side: float, reach: float, rng: np.random.Generator) -> Things:
    """Bales in a stack on the side of the door that it is not slid to, and some on the other."""
    straw: tuple[list[Mesh], ...] = tuple([] for _ in _STRAW)
    twine: list[Mesh] = []
    wide, tall, _ = _BALE
    for start, way, levels in (
        (door + side * (_DOOR[0] + 0.5), side, 3),
        (door - side * (_DOOR[0] + 3.2), -side, 2),
    ):
        count = int(np.ceil((reach + 2 - way * start) / (2 * wide))) if way * start < reach else 0
        for level in range(levels):
            for number in range(level // 2, count):
                x = start + way * wide * (1 + 2 * number - level % 2) + float(rng.uniform(-0.1, 0.1))
                z = _POSTS_Z - 1.3 + float(rng.uniform(-0.15, 0.15))
                bale, bands = _bale(float(rng.uniform(-7, 7)), (x, _FLOOR + tall + 2 * tall * level, z), rng)
                straw[int(rng.integers(3))].append(bale[0])
                straw[int(rng.integers(3))].extend(bale[1:])
                twine += bands
    things: Things = [painted(color, "matte", *meshes) for color, meshes in zip(_STRAW, straw, strict=True) if meshes]
    return [*things, painted("#8a5a34", "matte", *twine)] if twine else things


def _bale(turn: float, place: tuple[float, float, float], rng: np.random.Generator) -> tuple[list[Mesh], list[Mesh]]:
    """A bale with ends of straw that stick out, and its twine."""
    wide, tall, deep = _BALE
    straw = [box(_BALE, 0.1)]
    for _ in range(14):
        foot = np.append(rng.uniform(-1, 1, 2) * [wide, tall], deep)
        straw.append(tube(foot, foot + rng.normal((0, 0, 0.06), (0.16, 0.12, 0.04)), 0.018, sides=4))
    twine = [box((0.02, tall + 0.01, deep + 0.01), 0.01).moved(s * 0.45) for s in (-1, 1)]
    return [part.turned(turn).moved(*place) for part in straw], [part.turned(turn).moved(*place) for part in twine]


def _wheel(x: float) -> Things:
    """A cart's wheel that hangs on the planks."""
    radius = 0.95
    rim = torus(radius, 0.09, segments=48, sides=8)
    ends = [(radius * np.cos(a), radius * np.sin(a), 0.0) for a in np.arange(10) * np.pi / 5]
    spokes = [tube((0, 0, 0), end, 0.05, sides=6) for end in ends]
    hub = tube((0, 0, -0.12), (0, 0, 0.14), 0.17, sides=16)
    wheel = [part.moved(x, _WHEEL_Y, _WALL_Z + 0.3) for part in (rim, *spokes, hub)]
    return [wooden("#4a3020", "matte", *wheel)]
