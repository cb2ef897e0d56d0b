"""A nightclub: a dance floor of lit tiles, beams that fan out from a truss, a mirror ball and a wall of lights."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, grid, merged
from photoshoot.placers.studio.geometry.solids import rounded_box, sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_WALL_Z, _FLOOR, _TRUSS_Z, _BALL_Z = -20.0, -1.75, -12.0, -10.0
_TILE = 1.25
_COMPANIONS = ("#ff2a9a", "#21b8ff", "#7a3cff")
_DARK = "#101016"
_BEAM = np.array([1.0, 0.62, 0.34, 0.16, 0.06, 0.02], np.float32)[:, None]
"""How bright a beam is from its lamp to its end."""


def build_club(setting: Setting) -> dict[str, object]:
    """All lights are of the colour and of two that go with it."""
    view, rng = setting.view, setting.rng
    lights = [_light(color) for color in (setting.color, *_COMPANIONS)]
    reach = view.half_width_at(_WALL_Z) + 2.0
    things: Things = [
        painted(_DARK, "matte", stage_wall(view, z=_WALL_Z - 0.5, bottom=_FLOOR)),
        painted(_DARK, "semigloss", floor(y=_FLOOR - 0.02, half_width=reach + 4, front=-2.6, back=_WALL_Z)),
        *_tiles(reach, lights, rng),
        *_bars(reach, view.top_at(_WALL_Z), lights, rng),
        *_beams(view.half_width_at(_TRUSS_Z), view.top_at(_TRUSS_Z), lights, rng),
        *_ball(float(rng.uniform(0.35, 0.6)) * view.half_width_at(_BALL_Z), view.top_at(_BALL_Z), lights, rng),
    ]
    return named_shapes("club", things, setting)


def _light(color: str) -> Float32Array:
    """A lamp's light in a colour, (3,) display-linear; of what is too pale for one it is white."""
    return np.asarray(hex_to_linear(tint(color, "#ffffff", 0.06)), np.float32)


def _flat(light: Float32Array, share: float) -> Float32Array:
    return np.asarray(np.tile(light * np.float32(share), (2, 1)), np.float32)


def _tiles(reach: float, lights: list[Float32Array], rng: np.random.Generator) -> Things:
    """The dance floor: squares of glass, some of which are lit."""
    lit: list[list[Mesh]] = [[] for _ in lights]
    plate = rounded_box((0.46 * _TILE, 0.02, 0.46 * _TILE), 0.02, steps=1)
    for x in np.arange(-reach - float(rng.uniform(0, _TILE)), reach, _TILE):
        for z in np.arange(-6.0, _WALL_Z, -_TILE):
            lit[int(rng.integers(len(lights)))].append(plate.moved(float(x), _FLOOR, float(z)))
    return [
        Emissive(mesh=merged(meshes), light=_flat(light, share))
        for meshes, light, share in zip(lit, lights, (0.9, 0.5, 0.3, 0.12), strict=True)
    ]


def _bars(reach: float, top: float, lights: list[Float32Array], rng: np.random.Generator) -> Things:
    """Upright bars along the far wall, some on, and the front of a booth before them."""
    things: Things = []
    for x in np.arange(-reach - float(rng.uniform(0, 1.2)), reach, 1.2):
        high = float(rng.uniform(0.35, 1.0)) * (top - _FLOOR)
        bar = rounded_box((0.11, high / 2, 0.05), 0.03, steps=1).moved(float(x), _FLOOR + high / 2, _WALL_Z)
        light = lights[int(rng.integers(2))]
        things.append(Emissive(mesh=bar, light=_flat(light, float(rng.uniform(0.5, 1.5)))))
    booth = box((2.2, 0.8, 0.5)).moved(0, _FLOOR + 0.8, _WALL_Z + 2.0)
    edge = box((2.2, 0.08, 0.02)).moved(0, _FLOOR + 1.5, _WALL_Z + 2.52)
    return [*things, painted(_DARK, "satin", booth), Emissive(mesh=edge, light=_flat(lights[0], 1.0))]


def _beams(half: float, top: float, lights: list[Float32Array], rng: np.random.Generator) -> Things:
    """Lamps on a truss over the floor, and the beams that haze shows of them."""
    y = top - 0.35
    rails = [tube((-half - 3, y + dy, _TRUSS_Z), (half + 3, y + dy, _TRUSS_Z), 0.05, sides=8) for dy in (0.25, 0.6)]
    things: Things = [painted("#2a2b30", "satin", *rails)]
    apart = max(1.1, half / 4)
    for number, x in enumerate(np.arange(-half - float(rng.uniform(0, apart)), half + apart, apart)):
        light, lean = lights[number % 3], float(rng.uniform(-0.6, 0.6))
        lamp = sphere(0.24, rings=10, segments=20).moved(float(x), y, _TRUSS_Z + 0.05)
        things.append(Emissive(mesh=lamp, light=_flat(_tint_white(light), 1.2)))
        long, wide = top - _FLOOR, float(rng.uniform(0.5, 0.85))
        down = np.linspace(0, 1, 8)[:, None]
        middle = x + lean * long * down
        spread = 0.06 + wide * down
        rows = np.stack([np.concatenate([middle - spread, middle + spread], 1), np.repeat(y - long * down, 2, 1)], -1)
        sheet = grid(np.concatenate([rows, np.full((*rows.shape[:2], 1), _TRUSS_Z - 0.2 - 0.03 * number)], -1))
        things.append(Emissive(mesh=sheet, light=np.asarray(0.55 * light * _BEAM, np.float32)))
    return things


def _tint_white(light: Float32Array) -> Float32Array:
    """A lamp itself, nearly white."""
    return np.asarray(0.5 * light + 0.5, np.float32)


def _ball(x: float, top: float, lights: list[Float32Array], rng: np.random.Generator) -> Things:
    """A mirror ball on a rod, with glints of the lamps all over it."""
    radius, y = 0.42, top - 1.0
    turn = rng.normal(size=(70, 3))
    turn /= np.linalg.norm(turn, axis=1, keepdims=True)
    glints = [rounded_box((0.05, 0.05, 0.05), 0.01, steps=1).moved(*(radius * way + [x, y, _BALL_Z])) for way in turn]
    return [
        painted("#9aa0ac", "metal", sphere(radius, rings=14, segments=28).moved(x, y, _BALL_Z)),
        painted(_DARK, "satin", tube((x, y, _BALL_Z), (x, y + 6.0, _BALL_Z), 0.02, sides=6)),
        *(
            Emissive(mesh=merged(glints[number::3]), light=_flat(_tint_white(light), 0.9))
            for number, light in enumerate(lights[:3])
        ),
    ]
