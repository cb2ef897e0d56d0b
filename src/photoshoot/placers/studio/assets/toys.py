"""Wooden and soft toys, out of focus. Each piece stands at the origin on y = 0, in colours (n,) of the room's."""

from collections.abc import Sequence

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere, torus, tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden

WOOD = "#d9b384"
_PLUSH = "#c99b6b"


def block_tower(colors: Sequence[str], rng: np.random.Generator) -> Things:
    """Cubes on each other, a half disc or a cone on top, one cube beside them."""
    things: Things = []
    base = 0.0
    picks = rng.permutation(len(colors))
    for index in range(3):
        half = 0.36 - 0.03 * index
        cube = rounded_box((half, half, half), 0.045, steps=2).turned(float(rng.uniform(-22, 22)))
        color = WOOD if index == 1 and len(colors) < 3 else colors[picks[index % len(colors)]]
        things.append(painted(color, "satin", cube.moved(float(rng.uniform(-0.04, 0.04)), base + half)))
        base += 2 * half
    cone = lathe([(0.0, 0.56), (0.03, 0.54), (0.30, 0.03), (0.28, 0.0), (0.0, 0.0)], 48, crease_deg=50)
    things.append(painted(colors[picks[0]], "satin", cone.moved(0, base)))
    beside = rounded_box((0.32, 0.32, 0.32), 0.045, steps=2).turned(float(rng.uniform(20, 60)))
    return [*things, painted(colors[picks[-1]], "satin", beside.moved(0.82, 0.32, 0.35))]


def rainbow(colors: Sequence[str], rng: np.random.Generator) -> Things:
    """Arches in each other."""
    things: Things = []
    turn = float(rng.uniform(-20, 20))
    shades = [*colors, *(tint(color, "#ffffff", 0.45) for color in colors)][:5]
    for index, color in enumerate(shades):
        radius = 1.05 - 0.19 * index
        arch = torus(radius, 0.092, segments=72, sides=14, arc_deg=(0.0, 180.0)).scaled(1, 1, 2.4)
        ends = [sphere(0.092, rings=8, segments=14).scaled(1, 0.3, 2.4).moved(s * radius) for s in (-1, 1)]
        things.append(painted(color, "satin", *[part.turned(turn) for part in (arch, *ends)]))
    return things


def ring_stack(colors: Sequence[str], rng: np.random.Generator) -> Things:
    """Rings on a peg, from large to small, and a ball on top."""
    foot = bevelled_cylinder(0.52, 0.11, 0.04, segments=64)
    peg = tube((0, 0, 0), (0, 1.35, 0), 0.07, sides=16)
    things: Things = [wooden(WOOD, "satin", foot, peg)]
    first = int(rng.integers(len(colors)))
    for index in range(4):
        ring = torus(0.42 - 0.06 * index, 0.145, segments=64, sides=18).turned(90, "x")
        color = colors[(first + index) % len(colors)]
        things.append(painted(color, "satin", ring.moved(0, 0.25 + 0.26 * index)))
    return [*things, painted(colors[first], "satin", sphere(0.17, rings=16, segments=32).moved(0, 1.36))]


def ball(colors: Sequence[str], rng: np.random.Generator) -> Things:
    """A ball with a band."""
    radius = float(rng.uniform(0.34, 0.5))
    body = sphere(radius, rings=28, segments=56).moved(0, radius)
    band = torus(radius * 0.985, 0.055 * radius, segments=64, sides=8).turned(float(rng.uniform(50, 120)), "x")
    pick = int(rng.integers(len(colors)))
    return [
        painted(colors[pick], "satin", body),
        painted(tint(colors[pick - 1], "#ffffff", 0.35), "satin", band.moved(0, radius)),
    ]


def train(colors: Sequence[str], rng: np.random.Generator) -> Things:
    """A wooden engine with a waggon, seen from its side."""
    body = rounded_box((0.62, 0.15, 0.24), 0.05, steps=2).moved(0, 0.34)
    boiler = bevelled_cylinder(0.21, 0.72, 0.04, segments=40).turned(90, "z").moved(0.22, 0.68)
    cab = rounded_box((0.21, 0.36, 0.23), 0.04, steps=2).moved(-0.40, 0.82)
    roof = rounded_box((0.29, 0.05, 0.29), 0.04, steps=2).moved(-0.40, 1.22)
    chimney = lathe([(0.0, 0.36), (0.13, 0.36), (0.07, 0.05), (0.07, 0.0), (0, 0)], 32).moved(0.32, 0.86)
    waggon = rounded_box((0.45, 0.24, 0.24), 0.05, steps=2).moved(-1.22, 0.44)
    wheel = bevelled_cylinder(0.17, 0.08, 0.025, segments=36).turned(90, "x")
    places = [(x, z) for x in (-0.38, 0.0, 0.38, -1.45, -1.0) for z in (0.30, -0.24)]
    picks = [colors[index % len(colors)] for index in rng.permutation(max(4, len(colors)))]
    return [
        painted(picks[0], "satin", body, roof),
        painted(picks[1], "satin", cab, chimney),
        wooden(WOOD, "satin", boiler, *[wheel.moved(x, 0.17, z) for x, z in places]),
        painted(picks[2], "satin", waggon),
    ]


def plush_bear(colors: Sequence[str], rng: np.random.Generator) -> Things:
    """A sitting bear of soft balls, with a scarf."""
    turn = float(rng.uniform(-25, 25))

    def part(radius: float, place: tuple[float, float, float], shape: tuple[float, float, float] = (1, 1, 1)) -> Mesh:
        return sphere(radius, rings=20, segments=32).scaled(*shape).moved(*place).turned(turn)

    body = part(0.52, (0, 0.54, 0), (0.95, 1.05, 0.9))
    head = part(0.42, (0, 1.34, 0.08), (1.05, 0.95, 0.95))
    ears = [part(0.15, (s * 0.33, 1.66, 0.02), (1, 1, 0.6)) for s in (-1, 1)]
    arms = [part(0.19, (s * 0.52, 0.72, 0.22), (0.85, 1.5, 0.85)) for s in (-1, 1)]
    legs = [part(0.23, (s * 0.36, 0.22, 0.52), (0.9, 0.9, 1.35)) for s in (-1, 1)]
    muzzle = part(0.19, (0, 1.25, 0.44), (1.1, 0.8, 0.7))
    soles = [part(0.15, (s * 0.36, 0.23, 0.82), (1, 1, 0.25)) for s in (-1, 1)]
    dots = [part(0.045, (s * 0.16, 1.42, 0.46)) for s in (-1, 1)] + [part(0.06, (0, 1.31, 0.58), (1.2, 0.8, 0.8))]
    scarf = torus(0.33, 0.10, segments=48, sides=12).turned(90, "x").moved(0, 1.02, 0.05).turned(turn)
    return [
        painted(_PLUSH, "matte", body, head, *ears, *arms, *legs),
        painted("#ead2b0", "matte", muzzle, *soles),
        painted("#2b211c", "satin", *dots),
        painted(colors[int(rng.integers(len(colors)))], "matte", scarf),
    ]


def toy_shelf(width: float, colors: Sequence[str], rng: np.random.Generator) -> Things:
    """A low white shelf of boxes and books; its top is at y = 2.3."""
    white = "#f6f3ee"
    boards = [box((width / 2, 0.06, 0.5)).moved(0, y) for y in (0.06, 1.2, 2.3)]
    posts = [box((0.06, 1.15, 0.5)).moved(x, 1.15) for x in np.linspace(-width / 2, width / 2, 4)]
    things: Things = [painted(white, "satin", *boards, *posts)]
    cell = width / 3
    for index in range(6):
        x, y = -width / 2 + (index % 3 + 0.5) * cell, 0.12 + 1.14 * (index // 3)
        color = colors[(index * 2 + index // 3) % len(colors)]
        if index % 2 == 0:
            things.append(
                painted(
                    tint(color, white, 0.25),
                    "matte",
                    rounded_box((0.42 * cell, 0.4, 0.42), 0.05).moved(x, y + 0.4, 0.05),
                )
            )
            continue
        at = x - 0.4 * cell
        while at < x + 0.35 * cell:
            thick, tall = float(rng.uniform(0.05, 0.11)), float(rng.uniform(0.32, 0.46))
            spine = box((thick, tall, 0.35), 0.015).moved(at + thick, y + tall, 0.05)
            things.append(painted(colors[int(rng.integers(len(colors)))], "matte", spine))
            at += 2 * thick + 0.01
    return things
