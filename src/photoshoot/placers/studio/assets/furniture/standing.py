"""Pieces of furniture at their own size in metres, for rooms that are built to the product's scale."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.framed_art import COMPOSITIONS, abstract_picture, framed
from photoshoot.placers.studio.assets.furniture.style import Furnish, Spot, Style, box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, unit
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere, tube
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.scene.batching import Emissive, Painted, Things, painted, wooden
from photoshoot.placers.studio.textures.procedural import smoothstep

_WARM = np.array([1.0, 0.74, 0.48], np.float32)
_BUSH, _BUSH_Y, _LEAVES = 0.27, 0.66, 1500  # a bush's radius and middle, and its leaves of each green
_SPOT = Spot(x=0.0, wall_z=0.0, floor_y=-6.6, ceiling_y=12.0)


def scaled(things: Things, scale: float, place: tuple[float, float, float]) -> Things:
    """Things as large, and where they are to stand."""
    return [_with(thing, thing.mesh.scaled(scale).moved(*place)) for thing in things]


def _with(thing: Painted | Emissive, mesh: Mesh) -> Painted | Emissive:
    return replace(thing, mesh=mesh)


def in_metres(piece: Furnish, height: float, style: Style, rng: np.random.Generator) -> Things:
    """A piece that was made for backgrounds, so high in metres, on the floor about the origin."""
    things = piece(_SPOT, style, rng)
    points = np.concatenate([thing.mesh.vertices for thing in things])
    low, high = points.min(0), points.max(0)
    middle = (-(low[0] + high[0]) / 2, -low[1], -(low[2] + high[2]) / 2)
    return scaled(
        scaled(things, 1.0, (float(middle[0]), float(middle[1]), float(middle[2]))),
        height / float(high[1] - low[1]),
        (0, 0, 0),
    )


def picture(style: Style, rng: np.random.Generator, half: tuple[float, float] = (0.32, 0.42)) -> Things:
    """A framed abstract about the origin, metres."""
    size = (9 * half[0], 9 * half[1])
    sheet = abstract_picture(int(rng.integers(COMPOSITIONS)), style.palette, size, rng)
    return scaled(list(framed(sheet, size, style.wood, (0.0, 0.0, 0.0), mat=0.35)), 1 / 9, (0, 0, 0))


def sideboard(style: Style, width: float, height: float = 0.75) -> Things:
    """A low cupboard on four legs, its back at z = 0, metres."""
    deep, legs = 0.42, 0.16
    body = box((width / 2, (height - legs) / 2, deep / 2), 0.012).moved(0, legs + (height - legs) / 2, deep / 2)
    doors = max(2, round(width / 0.5))
    gaps = [
        box((0.003, (height - legs) / 2 - 0.03, 0.002), 0.001).moved(x, legs + (height - legs) / 2, deep + 0.001)
        for x in np.linspace(-width / 2, width / 2, doors + 1)[1:-1]
    ]
    feet = [
        tube((x, 0, z), (x * 0.97, legs, z), 0.018, sides=10)
        for x in (-width / 2 + 0.1, width / 2 - 0.1)
        for z in (0.06, deep - 0.06)
    ]
    return [wooden(style.wood, "eggshell", body, *feet), painted(tint(style.wood, "#000000", 0.7), "matte", *gaps)]


def side_table(style: Style, rng: np.random.Generator) -> Things:
    """A round side table with a pile of books and a bowl, metres."""
    top = bevelled_cylinder(0.22, 0.025, 0.008, segments=64).moved(0, 0.5, 0)
    legs = [
        tube((0.17 * np.cos(a), 0, 0.17 * np.sin(a)), (0.08 * np.cos(a), 0.5, 0.08 * np.sin(a)), 0.014, sides=10)
        for a in (0.4, 2.5, 4.6)
    ]
    books = [
        box((0.11 - 0.012 * k, 0.014, 0.08), 0.003)
        .turned(float(rng.uniform(-15, 15)))
        .moved(-0.05, 0.539 + 0.028 * k, 0.02)
        for k in range(3)
    ]
    bowl = lathe(
        [(0.075, 0.07), (0.07, 0.065), (0.03, 0.012), (0.0, 0.012), (0.0, 0.0), (0.032, 0.0), (0.08, 0.07)][::-1], 40
    )
    return [
        wooden(style.wood, "eggshell", top, *legs),
        painted(tint(style.accent, "#efe6d4", 0.55), "matte", books[0], books[2]),
        painted("#efe9dd", "matte", books[1], bowl.moved(0.1, 0.525, 0.03)),
    ]


def floor_lamp() -> Things:
    """A slim floor lamp with a lit linen shade, 1.55 m."""
    shade = lathe([(0.15, 1.55), (0.2, 1.28)], 48)
    v = np.linspace(-1, 1, 24, dtype=np.float32)[:, None]
    foot = bevelled_cylinder(0.14, 0.02, 0.006, segments=48)
    lids = [lathe([(0.0, y), (radius, y)], 48) for radius, y in ((0.15, 1.54), (0.19, 1.3))]
    return [
        painted("#efe3cd", "matte", *lids),  # without them its shadow is a ring
        painted("#2b2724", "satin", tube((0, 0.01, 0), (0, 1.4, 0), 0.011, sides=10), foot),
        Emissive(mesh=shade, light=np.asarray((0.7 + 0.5 * np.exp(-((v / 0.6) ** 2))) * _WARM, np.float32)),
    ]


def bed(style: Style, rng: np.random.Generator) -> Things:
    """A made double bed, its head at z = 0, metres."""
    frame = box((0.84, 0.12, 1.02), 0.02).moved(0, 0.22, 1.03)
    head = rounded_box((0.86, 0.5, 0.05), 0.045, steps=4).moved(0, 0.55, 0.02)
    mattress = rounded_box((0.8, 0.11, 0.98), 0.08, steps=4).moved(0, 0.43, 1.04)
    duvet = rounded_box((0.87, 0.09, 0.72), 0.08, steps=5).moved(0, 0.5, 1.36)
    throw = rounded_box((0.885, 0.09, 0.24), 0.07, steps=4).moved(0, 0.512, 1.72)
    pillows = [
        rounded_box((0.33, 0.2, 0.07), 0.068, steps=5).turned(-58 + float(rng.uniform(-4, 4)), "x").moved(x, 0.66, z)
        for x, z in ((-0.4, 0.18), (0.4, 0.18), (-0.36, 0.34), (0.36, 0.34))
    ]
    return [
        wooden(style.wood, "eggshell", frame),
        painted(tint(style.accent, "#efe6d4", 0.35), "matte", head, throw, *pillows[:2]),
        painted("#f3efe7", "matte", mattress, duvet, *pillows[2:]),
    ]


def planter(style: Style, rng: np.random.Generator, *, snow: bool = False) -> Things:
    """A square pot with a round bush, 0.95 m; with a cap of snow on the bush and some on the pot's rim."""
    pot = rounded_box((0.2, 0.21, 0.2), 0.02, steps=2).moved(0, 0.21, 0)
    drift = rounded_box((0.185, 0.03, 0.185), 0.03, steps=2).moved(0, 0.42, 0)
    snowed: Things = [painted("#f3f6fa", "matte", _snow_cap(rng), drift)] if snow else []
    trunk = tube((0, 0.4, 0), (0, 0.6, 0), 0.02, sides=8)
    heart = sphere(0.8 * _BUSH, rings=16, segments=32).moved(0, _BUSH_Y)
    greens = [painted(green, "matte", _bush_leaves(rng)) for green in ("#4f7440", "#6a8a4c")]
    return [
        painted(style.accent, "matte", pot),
        *greens,
        painted("#2f4a28", "matte", heart),
        painted("#5b4a33", "matte", trunk),
        *snowed,
    ]


def _bush_leaves(rng: np.random.Generator) -> Mesh:
    """Small leaves all over a ball, each lit as the ball is there, and a little as it is turned itself."""
    turn = rng.normal(size=(_LEAVES, 3))
    turn /= np.linalg.norm(turn, axis=1, keepdims=True)
    centers = turn * (_BUSH * rng.uniform(0.8, 1.04, (_LEAVES, 1))) + [0, _BUSH_Y, 0]
    across = np.cross(turn, rng.normal(size=(_LEAVES, 3)))
    across *= 0.0105 / np.linalg.norm(across, axis=1, keepdims=True)
    along = np.cross(turn, across) * 1.6
    along = along + turn * rng.uniform(-0.01, 0.016, (_LEAVES, 1))
    side, fold = 0.95 * across, 0.003 * turn
    ring = [(-1.0, 0.0), (-0.35, 0.9), (0.4, 0.8), (1.0, 0.0), (0.4, -0.8), (-0.35, -0.9)]
    corners = np.stack([centers + up * along + wide * side - abs(wide) * fold for up, wide in ring], 1)
    first = len(ring) * np.arange(_LEAVES)[:, None]
    faces = np.concatenate([first + np.array([0, index, index + 1]) for index in range(1, len(ring) - 1)])
    own = np.cross(along, across)
    lit = unit(turn + 0.35 * own / np.linalg.norm(own, axis=1, keepdims=True))
    return Mesh.of(corners.reshape(-1, 3), faces, normals=np.repeat(lit, len(ring), axis=0))


def _snow_cap(rng: np.random.Generator) -> Mesh:
    """Snow on a ball of leaves: lumpy, and lower here than there; under its rim it runs into the leaves."""
    up, around = np.linspace(0, 0.62 * np.pi, 40)[:, None], np.linspace(0, 2 * np.pi, 97)[None]
    way = np.stack(np.broadcast_arrays(np.sin(up) * np.cos(around), np.cos(up), np.sin(up) * np.sin(around)), -1)
    seed = int(rng.integers(6))
    lumps = plane_noise(way[..., 0] * 5, way[..., 2] * 5, seed=seed, octaves=2)
    rim = 0.38 * np.pi + 0.16 * plane_noise(way[..., 0] * 2.2, way[..., 2] * 2.2, seed=seed + 7, octaves=2) + 0 * up
    out = smoothstep(0.0, 0.22, rim - up)
    radius = _BUSH * (0.72 + out * (0.36 + 0.035 * lumps))
    return grid((way * radius[..., None] * [1, 1.04, 1])[::-1]).moved(0, _BUSH_Y)
