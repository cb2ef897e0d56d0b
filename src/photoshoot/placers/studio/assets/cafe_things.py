"""What belongs to a café's terrace: chairs, and what is served. Each piece stands at the origin."""

from collections.abc import Callable

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import Style, tint
from photoshoot.placers.studio.assets.rows import Ware, scaled
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import petal
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    rounded_profile,
    sphere,
    torus,
    tube,
    tube_along,
)
from photoshoot.placers.studio.scene.batching import Things, painted

_PORCELAIN, _CREMA, _STEEL = "#f6f3ee", "#7a4a24", "#c9ccd0"
_SEAT = 4.1  # height over the floor, world units
PER_METRE, TABLE_HIGH = 9.0, 6.6
"""World units a metre that all is built in, and the height of a table's top over the floor."""
_TABLE = 3.0  # radius of a small one


def chair(style: Style, rng: np.random.Generator) -> Things:
    """A bentwood chair with a woven seat and back, turned any way, on y = 0."""
    turn = float(rng.uniform(-50, 50))
    angle = np.radians(np.linspace(-4, 184, 40))
    hoop = np.stack([1.75 * np.cos(angle), 5.9 + 2.3 * np.sin(angle), 0 * angle - 1.7], 1)
    legs_back = np.array([[1.8, 0.0, -2.1]]), np.array([[-1.8, 0.0, -2.1]])
    back = tube_along(
        np.concatenate([legs_back[0], [[1.78, _SEAT, -1.75]], hoop, [[-1.78, _SEAT, -1.75]], legs_back[1]]), 0.17
    )
    inner = torus(1.15, 0.10, segments=60, sides=10).scaled(1, 1.25, 1).moved(0, 6.1, -1.7)
    weave = bevelled_cylinder(1.12, 0.06, 0.02, segments=60).turned(90, "x").scaled(1, 1.25, 1).moved(0, 6.1, -1.73)
    seat = bevelled_cylinder(1.95, 0.3, 0.1, segments=72).moved(0, _SEAT - 0.3)
    woven = bevelled_cylinder(1.6, 0.05, 0.02, segments=72).moved(0, _SEAT)
    ring = torus(1.45, 0.09, segments=60, sides=8).turned(90, "x").moved(0, 1.7)
    front = [tube((s * 1.45, 0, 1.6), (s * 1.35, _SEAT - 0.2, 1.2), 0.15, sides=12) for s in (-1, 1)]
    frame = [part.turned(turn) for part in (back, inner, seat, ring, *front)]
    cane = tint("#d9bf94", style.accent, 0.15)
    return [painted(style.accent, "satin", *frame), painted(cane, "matte", weave.turned(turn), woven.turned(turn))]


def seats(style: Style, metre: float) -> list[Ware]:
    """Chairs and a small table, as large as in life where a metre is so many world units."""
    return [
        Ware(half=half * metre / PER_METRE, build=_sized, of=(build, style, metre / PER_METRE))
        for half, build in ((2.0, chair), (_TABLE, _stand), (2.0, chair))
    ]


def _stand(style: Style, _rng: np.random.Generator) -> Things:
    iron = [tube((0, 0.1, 0), (0, TABLE_HIGH - 0.1, 0), 0.25, sides=16), bevelled_cylinder(1.7, 0.14, 0.05)]
    top = [part.moved(0, TABLE_HIGH) for part in table(_TABLE, 0.16)]
    return [painted(tint(style.wood, style.accent, 0.2), "satin", *top), painted("#2b2a2a", "satin", *iron)]


def _sized(
    build: Callable[[Style, np.random.Generator], Things], style: Style, size: float, rng: np.random.Generator
) -> Things:
    return scaled(build(style, rng), size)


def espresso(style: Style, rng: np.random.Generator) -> Things:
    """A small cup of coffee on its saucer, with a spoon."""
    saucer = lathe([(0.0, 0.05), (0.26, 0.05), (0.50, 0.11), (0.52, 0.10), (0.30, 0.0), (0.0, 0.0)], 72, crease_deg=60)
    wall_ = [(0.27, 0.43), (0.30, 0.46), (0.33, 0.45), (0.31, 0.24), (0.20, 0.06), (0.16, 0.0), (0.0, 0.0)]
    cup = lathe(np.concatenate([[(0.0, 0.07), (0.18, 0.08)], wall_]), 72, crease_deg=70).moved(0, 0.05)
    coffee = bevelled_cylinder(0.265, 0.02, 0.005, segments=64).moved(0, 0.43)
    turn = float(rng.uniform(-60, 60))
    ear = torus(0.11, 0.03, segments=36, sides=10).moved(0.38, 0.30).turned(turn)
    spoon = [
        tube((-0.15, 0.14, 0.42), (0.45, 0.15, 0.36), 0.018, sides=8),
        sphere(0.075, rings=10, segments=18).scaled(1.4, 0.3, 1).moved(-0.2, 0.14, 0.42),
    ]
    band = torus(0.327, 0.012, segments=64, sides=6).turned(90, "x").moved(0, 0.44)
    return [
        painted(_PORCELAIN, "semigloss", saucer, cup, ear),
        painted(style.accent, "semigloss", band),
        painted(_CREMA, "semigloss", coffee),
        painted(_STEEL, "metal", *spoon),
    ]


def bud_vase(style: Style, rng: np.random.Generator) -> Things:
    """A small bottle with two daisies."""
    outline = [(0.0, 0.62), (0.09, 0.62), (0.08, 0.46), (0.19, 0.30), (0.21, 0.10), (0.15, 0.0), (0.0, 0.0)]
    vase = lathe(rounded_profile(outline), 56, crease_deg=80)
    stems: list[Mesh] = []
    petals: list[Mesh] = []
    hearts: list[Mesh] = []
    for index in range(3):
        lean, turn, tall = (
            float(rng.uniform(5, 22)),
            120 * index + float(rng.uniform(-30, 30)),
            float(rng.uniform(1.0, 1.3)),
        )
        tip = tall - 0.5

        def posed(mesh: Mesh, lean: float = lean, turn: float = turn, tip: float = tip) -> Mesh:
            return mesh.turned(24, "x").moved(0, tip).turned(lean, "z").turned(turn).moved(0, 0.5)

        stems.append(tube((0, -0.35, 0), (0, tip, 0), 0.016, sides=6).turned(lean, "z").turned(turn).moved(0, 0.5))
        blade = petal(0.2, 0.11, cup=0.2).turned(-82, "x")
        petals += [posed(blade.moved(0.03).turned(36 * k)) for k in range(10)]
        hearts.append(posed(sphere(0.06, rings=8, segments=16).scaled(1, 0.6, 1)))
    return [
        painted(tint(style.accent, "#dfe6e2", 0.7), "semigloss", vase),
        painted("#5f7a45", "matte", *stems),
        painted("#fbf8f1", "matte", *petals),
        painted("#e3a92f", "matte", *hearts),
    ]


def sugar(_style: Style, rng: np.random.Generator) -> Things:
    """A dish of sugar cubes."""
    dish = lathe(
        [(0.0, 0.05), (0.24, 0.06), (0.34, 0.16), (0.36, 0.16), (0.26, 0.02), (0.2, 0), (0, 0)], 56, crease_deg=60
    )
    cube = [
        bevelled_cylinder(0.085, 0.12, 0.02, segments=4)
        .turned(float(rng.uniform(0, 90)))
        .moved(0.11 * np.cos(k * 2.1), 0.07 + 0.05 * (k // 4), 0.11 * np.sin(k * 2.1))
        for k in range(6)
    ]
    return [painted(_STEEL, "metal", dish), painted("#fdfcf9", "matte", *cube)]


def table(radius: float, thickness: float) -> tuple[Mesh, Mesh]:
    """(round top at y = 0 with texture coordinates in world units, brass rim round it) of a bistro table."""
    disc = bevelled_cylinder(radius, thickness, 0.03, segments=160).moved(0, -thickness)
    rim = torus(radius, 0.055, segments=180, sides=14).turned(90, "x").moved(0, -0.5 * thickness)
    return disc.shaded(disc.vertices[:, 2], disc.vertices[:, 0]), rim
