"""What stands on a dressing table, out of focus, and its mirrors. Each piece stands at the origin on y = 0."""

from functools import lru_cache

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.furniture.style import Style, tint
from photoshoot.placers.studio.geometry.marching_squares import arch_field, extrude
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    rounded_box,
    rounded_profile,
    sphere,
    torus,
    tube,
    tube_along,
)
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.bsdfs import MET, area_emitter, bitmap, metal
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

BRASS = "#c9a466"
PORCELAIN, INK = "#f5f1ec", "#2b2523"
_BULB = np.array([1.0, 0.84, 0.64], np.float32)
_BULB_RADIUS = 0.105


def mirror(glass: Mesh, color: str, exposure: float, *, flipped: bool = False) -> object:
    """A mirror's glass, which faces the camera: it reflects what is near it, and over that the room that is drawn.

    Args:
        glass: Its mesh.
        color: Of the walls of the room that it shows, ``#rrggbb``.
        exposure: Factor on radiance in the picture.
        flipped: Whether the room's window is at its right side.
    """
    low, high = glass.vertices.min(0), glass.vertices.max(0)
    share = (glass.vertices - low) / (high - low)
    glass = glass.shaded(1 - share[:, 1], 1 - share[:, 0] if flipped else share[:, 0])
    room, drawn = _mirrored_room(color)
    silver = np.array([0.96, 0.93, 0.90], np.float32) * (1 - drawn)
    shine = area_emitter(bitmap(np.asarray(drawn * room / exposure, np.float32), clamp=True), MET)
    return to_shape(glass, bsdf=metal(bitmap(silver, clamp=True), 0.02), emitter=shine)


@lru_cache(maxsize=8)
def _mirrored_room(color: str) -> tuple[Float32Array, Float32Array]:
    """A room with a window, out of focus, display-linear (64, 64, 3), and how much of the reflection it is."""
    y, x = np.mgrid[:64, :64].astype(np.float32)[..., None] / 64
    wall = mix_hex(color, "#ffffff", 0.3) * (0.62 - 0.25 * y)
    pane = (abs(x - 0.34) < 0.17) * (abs(y - 0.36) < 0.27) * (abs(x - 0.34) > 0.012) * (abs(y - 0.30) > 0.012)
    curtain = (abs(abs(x - 0.34) - 0.22) < 0.055) * (y < 0.78)
    room = np.where(pane, hex_to_linear("#fdfaf2"), wall + curtain * 0.3 * (hex_to_linear("#f6efe4") - wall))
    room = ndimage.gaussian_filter(room, (1.4, 1.4, 0), mode="nearest")
    return np.asarray(room, np.float32), np.asarray(0.75 * smoothstep(0.98, 0.55, y), np.float32)


def round_frame(radius: float) -> tuple[Mesh, Mesh]:
    """(glass, frame) of a round mirror whose middle is the origin, facing the camera."""
    return (
        bevelled_cylinder(radius, 0.05, 0.01, segments=96).turned(90, "x"),
        torus(radius, 0.05, segments=120, sides=14).moved(0, 0, 0.05),
    )


def arch_frame(half: float, tall: float) -> tuple[Mesh, Mesh]:
    """(glass, frame) of an arched mirror that stands on y = 0 and is ``tall`` to its top."""
    bounds = (-half - 0.3, -0.05, half + 0.3, tall + 0.3)
    glass = extrude(arch_field(half, tall), bounds, 0.04)
    turn = np.linspace(0, np.pi, 60)
    over = np.stack([half * np.cos(turn), tall - half + half * np.sin(turn), 0 * turn], 1)
    rod = tube_along(np.concatenate([[[half, 0, 0]], over, [[-half, 0, 0]]]), 0.055, sides=14)
    return glass.moved(0, 0, 0.04), merged([rod.moved(0, 0, 0.06), _foot(half)])


def _foot(half: float) -> Mesh:
    """What the ends of an arch's rod stand in."""
    return rounded_box((half + 0.12, 0.05, 0.12), 0.03, steps=2).moved(0, 0.05, 0.02)


def bulbs(places: np.ndarray, strength: float) -> Things:
    """Lit bulbs in brass sockets at places (n, 3) of a frame, looking at the camera."""
    globes = [sphere(_BULB_RADIUS, rings=16, segments=32).moved(x, y, z + 0.16) for x, y, z in places]
    sockets = [bevelled_cylinder(0.065, 0.10, 0.02, segments=24).turned(90, "x").moved(x, y, z) for x, y, z in places]
    glow: Float32Array = np.tile(np.float32(strength) * _BULB, (2, 1))
    return [painted(BRASS, "metal", *sockets), *[Emissive(mesh=globe, light=glow) for globe in globes]]


def flacon(style: Style, rng: np.random.Generator) -> Things:
    """A square flacon with a round stopper, or a round one with a ball."""
    tint_ = tint(style.accent, PORCELAIN, float(rng.uniform(0.1, 0.6)))
    if rng.uniform() < 0.5:
        body = rounded_box((0.36, 0.46, 0.2), 0.07, steps=4).moved(0, 0.46)
        label = rounded_box((0.19, 0.13, 0.01), 0.008, steps=1).moved(0, 0.42, 0.2)
        collar = bevelled_cylinder(0.13, 0.10, 0.02, segments=40).moved(0, 0.91)
        cap = bevelled_cylinder(0.17, 0.27, 0.03, segments=48).moved(0, 1.0)
        return [
            painted(tint_, "gloss", body),
            painted(PORCELAIN, "matte", label),
            painted(BRASS, "metal", collar),
            painted(INK if rng.uniform() < 0.4 else BRASS, "gloss", cap),
        ]
    outline = [(0.0, 0.80), (0.10, 0.80), (0.11, 0.72), (0.36, 0.52), (0.42, 0.34), (0.34, 0.08), (0.26, 0), (0, 0)]
    body = lathe(rounded_profile(outline), 72, crease_deg=80)
    ball = sphere(0.17, rings=20, segments=40).moved(0, 1.02)
    neck = bevelled_cylinder(0.12, 0.09, 0.02, segments=40).moved(0, 0.78)
    return [painted(tint_, "gloss", body), painted(BRASS, "metal", ball, neck)]


def brush_pot(style: Style, rng: np.random.Generator) -> Things:
    """Soft brushes in a pot."""
    pot = lathe([(0.0, 0.1), (0.26, 0.1), (0.27, 0.66), (0.30, 0.66), (0.29, 0.02), (0.26, 0), (0, 0)], 48)
    things: Things = [painted(PORCELAIN, "gloss", pot)]
    for index in range(6):
        tall, wide = float(rng.uniform(0.95, 1.3)), float(rng.uniform(0.05, 0.11))
        lean, turn = float(rng.uniform(4, 12)), 60 * index + float(rng.uniform(-15, 15))
        stick = tube((0, 0.1, 0), (0, tall, 0), 0.028, sides=8)
        ferrule = tube((0, tall, 0), (0, tall + 0.12, 0), 0.042, sides=10)
        hair = sphere(1.0, rings=12, segments=20).scaled(wide, 0.19, wide).moved(0, tall + 0.26)
        parts = (
            (INK, "gloss", stick),
            (BRASS, "metal", ferrule),
            (tint(style.accent, "#6b4a3a", 0.55), "matte", hair),
        )
        things += [painted(color, sheen, mesh.turned(lean, "z").turned(turn)) for color, sheen, mesh in parts]  # type: ignore[arg-type]
    return things


def jars(style: Style, rng: np.random.Generator) -> Things:
    """A jar of cream, an open powder box and its lid."""
    jar = bevelled_cylinder(0.34, 0.26, 0.05, segments=64)
    cover = bevelled_cylinder(0.35, 0.15, 0.03, segments=64).moved(0, 0.27)
    box = bevelled_cylinder(0.44, 0.14, 0.03, segments=72).moved(0.86, 0, 0.16)
    powder = bevelled_cylinder(0.38, 0.03, 0.01, segments=72).moved(0.86, 0.13, 0.16)
    lid = [
        part.turned(74, "x").moved(0.86, 0.42, -0.38) for part in (_domed(0.42, 0.1), torus(0.42, 0.03).turned(90, "x"))
    ]
    puff = sphere(0.2, rings=16, segments=32).scaled(1, 0.5, 1).moved(0.80 + float(rng.uniform(-0.1, 0.1)), 0.22, 0.14)
    return [
        painted(tint(style.accent, PORCELAIN, 0.4), "gloss", jar, lid[0]),
        painted(BRASS, "metal", cover, box, lid[1]),
        painted(tint(style.accent, "#f4d9cd", 0.45), "matte", powder),
        painted(PORCELAIN, "matte", puff),
    ]


def _domed(radius: float, tall: float) -> Mesh:
    """A domed lid about the y axis, from y = 0: flat ones that lean mirror a whole lamp at once."""
    turn = np.linspace(0, 1, 12)
    dome = np.stack([0.93 * radius * turn, tall - 0.6 * tall * turn**2], 1)
    rim = [(radius, 0.22 * tall), (0.99 * radius, 0.0), (0.0, 0.0)]
    return lathe(rounded_profile([*map(tuple, dome), *rim]), 96, crease_deg=60)


def lipsticks(style: Style, rng: np.random.Generator) -> Things:
    """Three lipsticks, one of them open."""
    things: Things = []
    for index, x in enumerate((-0.32, 0.0, 0.30)):
        z = float(rng.uniform(-0.1, 0.15))
        base = bevelled_cylinder(0.105, 0.34, 0.015, segments=40).moved(x, 0, z)
        if index == 1:
            sleeve = bevelled_cylinder(0.085, 0.22, 0.01, segments=40).moved(x, 0.34, z)
            stick = sphere(0.07, rings=14, segments=28).scaled(1, 2.6, 1).moved(x, 0.56, z)
            things += [painted(BRASS, "metal", sleeve), painted(tint(style.accent, "#a8203c", 0.7), "gloss", stick)]
        else:
            things.append(painted(INK, "gloss", bevelled_cylinder(0.11, 0.46, 0.015, segments=40).moved(x, 0.32, z)))
        things.append(painted(INK if index != 1 else BRASS, "gloss" if index != 1 else "metal", base))
    return things


def bloom_vase(style: Style, rng: np.random.Generator) -> Things:
    """A slim vase with peonies."""
    outline = [(0.0, 0.9), (0.13, 0.9), (0.12, 0.7), (0.24, 0.4), (0.26, 0.2), (0.18, 0.02), (0, 0)]
    stems, heads = [], []
    for index in range(4):
        lean, turn = float(rng.uniform(6, 24)), 90 * index + float(rng.uniform(-30, 30))
        tall = float(rng.uniform(1.35, 1.75))
        stems.append(tube((0, 0.6, 0), (0, tall, 0), 0.022, sides=6).turned(lean, "z").turned(turn))
        head = _peony().scaled(0.26).turned(float(rng.uniform(0, 360)))
        heads.append(head.moved(0, tall).turned(lean, "z").turned(turn))
    leaves = [
        branch(0.9, pairs=4, leaf_length=0.34, leaf_width=0.16, seed=index, grown=True)
        .turned(90 + 30 * side, "z")
        .moved(0, 0.8)
        for index, side in ((1, -1.0), (2, 1.0))
    ]
    return [
        painted(PORCELAIN, "gloss", lathe(rounded_profile(outline), 64, crease_deg=80)),
        painted("#62794f", "matte", *stems, *leaves),
        painted(tint(style.accent, "#f6dfe0", 0.35), "matte", *heads),
    ]


@lru_cache(maxsize=1)
def _peony() -> Mesh:
    """A full flower of radius 1: a ball whose skin is folded like petals."""
    ball = sphere(1.0, rings=36, segments=72)
    points = ball.vertices.astype(np.float64)
    angle, high = np.arctan2(points[:, 0], points[:, 2]), points[:, 1]
    folds = 0.10 * np.abs(np.sin(3.5 * angle + 6 * high)) + 0.07 * np.abs(np.sin(6 * angle - 9 * high))
    return ball.bent(points * (0.92 + folds * (0.4 + 0.6 * (high > -0.6)))[:, None] * [1.1, 0.85, 1.1])
