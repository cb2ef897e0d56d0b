"""A stadium: a pitch out to its stands, a goal before them and floodlights over them."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, wall
from photoshoot.placers.studio.geometry.solids import rounded_box, sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, shining_sky, sky_between

_STANDS_Z, _GOAL_Z, _SKY_Z, _GROUND = -27.0, -22.0, -45.0, -2.2
_STEP, _RISE = 0.5, 0.3
_SEAT = 0.3
_GRASS = ("#4a7a38", "#3d6a2e")
_STRIPE = 2.2
_GOAL = (2.4, 1.7)
_LAMPS = np.array([1.52, 1.56, 1.62], np.float32)
"""Little more than white, as displayed: they light nothing, and rims of what is brighter are noisier out of focus."""
_CROWD = ("#d8d2c8", "#23262c", "#c23a30", "#2f5fa0", "#e0b23a", "#7a5a46")
_BY_DAY, _IN_THE_EVENING = ("#dfeaf2", "#9cc3e2", "#6fa5d6"), ("#ffdca0", "#f3b183", "#93a2c4")
"""Colours of the sky from the horizon up."""


def build_stadium(setting: Setting) -> dict[str, object]:
    """Mown grass, a goal, stands of seats in the colour with some people on them, and lamps on masts."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    reach = view.half_width_at(_STANDS_Z - 8.0) + 2.0
    top = max(view.top_at(_STANDS_Z - 8.0) - 1.0, 2.0)
    rows = int((top - 1.2 - _GROUND) / _RISE)
    things: Things = [*_pitch(reach), *_goal(rng), *_stands(setting.color, reach, rows, rng)]
    lamps = _LAMPS * np.float32(0.63 + 0.37 * night)
    for x in np.arange(-reach + float(rng.uniform(0, 3)), reach, 3.6):
        mast = box((0.08, 1.2, 0.08)).moved(float(x), top - 0.8, _STANDS_Z - 8.0)
        bank = [
            sphere(0.2, rings=8, segments=16).moved(x + 0.36 * (k - 1.5), top + 0.36 * row, _STANDS_Z - 7.9)
            for k in range(4)
            for row in range(2)
        ]
        things.append(painted("#2a2d31", "matte", mast))
        things += [Emissive(mesh=lamp, light=np.tile(lamps, (2, 1))) for lamp in bank]
    shapes = named_shapes("stadium", things, setting)
    shapes["sky"] = shining_sky(sky_of(night), setting, _SKY_Z)
    shapes["floodlight"] = softbox(
        (0.0, 30.0, -12.0), (0.0, 0.0, -25.0), half_size=(12.0, 5.0), irradiance=np.full(3, 0.55)
    )
    return shapes


def sky_of(night: float, golden: float = 0.0) -> Float32Array:
    """The sky over a field, from its top down, (64, 3) display-linear, as far as day has gone and its sun has sunk."""
    dark = ("#2c3c5e", "#101a30", "#070b16")
    day, evening = (sky_between(sky, dark, night) for sky in (_BY_DAY, _IN_THE_EVENING))
    return np.asarray(day + np.float32(golden) * (evening - day), np.float32)


def _pitch(reach: float) -> Things:
    """Stripes of mown grass that run away from the camera, and the line of the goal."""
    stripes: tuple[list[Mesh], list[Mesh]] = ([], [])
    for number, x in enumerate(np.arange(-reach - 8, reach + 8, _STRIPE)):
        stripes[number % 2].append(floor(y=_GROUND, half_width=_STRIPE / 2, front=-2.0, back=_STANDS_Z).moved(x))
    lines = [box((reach + 8, 0.01, 0.16)).moved(0, _GROUND + 0.01, z) for z in (_GOAL_Z, _GOAL_Z + 3.4)]
    return [
        *(painted(color, "matte", *own) for color, own in zip(_GRASS, stripes, strict=True)),
        painted("#f2f4ef", "matte", *lines),
    ]


def _goal(rng: np.random.Generator) -> Things:
    """A goal of white posts with its net's frame."""
    half, tall = _GOAL
    x = float(rng.choice([-1.0, 1.0])) * 2.2
    posts = [tube((s * half, 0, 0), (s * half, tall, 0), 0.09, sides=8) for s in (-1, 1)]
    posts += [tube((-half, tall, 0), (half, tall, 0), 0.09, sides=8)]
    posts += [tube((s * half, tall, 0), (s * half, 0, -1.4), 0.04, sides=6) for s in (-1, 1)]
    return [painted("#fafafa", "satin", *(post.moved(x, _GROUND, _GOAL_Z) for post in posts))]


def _stands(color: str, reach: float, rows: int, rng: np.random.Generator) -> Things:
    """Rows of seats that rise towards the back, boards before them, and a crowd here and there."""
    seats: tuple[list[Mesh], list[Mesh]] = ([], [])
    crowd: list[list[Mesh]] = [[] for _ in _CROWD]
    steps: list[Mesh] = []
    for row in range(rows):
        y, z = _GROUND + 1.0 + row * _RISE, _STANDS_Z - row * _STEP
        steps.append(box((reach, 0.5, _STEP / 2)).moved(0, y - 0.5, z))
        for x in np.arange(-reach, reach, 2 * _SEAT):
            if rng.uniform() < 0.45:
                body = rounded_box((0.13, 0.16, 0.1), 0.06, steps=1).moved(x, y + 0.2, z)
                crowd[int(rng.integers(len(_CROWD)))].append(body)
            else:
                seat = wall(z=z - 0.1, half_width=0.8 * _SEAT, bottom=y, top=y + 0.24)  # so far off it is its front
                seats[int(rng.integers(2))].append(seat.moved(x, 0, 0))
    boards = box((reach, 0.45, 0.05)).moved(0, _GROUND + 0.45, _STANDS_Z + 0.6)
    return [
        painted("#8c9095", "matte", *steps),
        painted(color, "satin", *seats[0]),
        painted(tint(color, "#ffffff", 0.18), "satin", *seats[1]),
        *(painted(own, "matte", *meshes) for own, meshes in zip(_CROWD, crowd, strict=True)),
        painted(tint(color, "#ffffff", 0.75), "satin", boards),
    ]
