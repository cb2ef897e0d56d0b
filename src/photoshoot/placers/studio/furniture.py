"""Mid-century furniture for a room's background: it is seen out of focus, so it is made of few, bold shapes.

Lengths are in world units of a product set, where a room is about nine units a metre.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from photoshoot.color import format_hex, hex_to_linear, linear_to_srgb
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere, tube, tube_along
from photoshoot.placers.studio.geometry.surfaces import grid, wall
from photoshoot.placers.studio.materials import BLACK, bitmap, diffuse, glow, metal, plastic
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.textures import Floats, mix_hex, smoothstep

Shapes = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Style:
    """The room's colours."""

    wood: str
    """Furniture."""
    accent: str
    """Lamp, seat and pictures."""
    wall: str
    """The wall."""
    exposure: float
    """The picture's exposure, so that lamps shine as bright as they should look."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a piece stands."""

    name: str
    """Prefix of its shapes' names."""
    x: float
    """Its middle."""
    wall_z: float
    """Depth of the wall behind it."""
    floor_y: float
    """The room's floor."""
    ceiling_y: float
    """Upper edge of the picture at the wall."""


Furnish = Callable[[Spot, Style, np.random.Generator], Shapes]
"""Builds one piece at a spot."""


def window(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A tall window full of daylight, with muntins and a sheer curtain on either side."""
    half, bottom, top, z = 2.3, spot.floor_y + 4.0, max(5.2, 0.94 * spot.ceiling_y), spot.wall_z + 0.12
    sky = _sky(float(rng.uniform(0.35, 0.5))) / np.float32(style.exposure)
    pane = wall(z=z, half_width=half, bottom=bottom, top=top).moved(spot.x)
    bars = [rounded_box((0.10, (top - bottom) / 2, 0.12), 0.03).moved(x, (top + bottom) / 2) for x in (-half, 0, half)]
    bars += [rounded_box((half, 0.10, 0.12), 0.03).moved(0, y) for y in np.arange(bottom, top + 0.1, 2.4)]
    folds = [_curtain(side, half, spot.floor_y + 1.0, top + 1.0) for side in (-1.0, 1.0)]
    return {
        f"{spot.name}_pane": to_shape(pane, bsdf=BLACK, emitter=glow(bitmap(sky, clamp=True))),
        f"{spot.name}_frame": to_shape(merged(bars).moved(spot.x, 0, z + 0.1), bsdf=diffuse("#f4f1ea")),
        f"{spot.name}_curtain": to_shape(merged(folds).moved(spot.x, 0, z + 0.5), bsdf=diffuse("#f3eee4")),
    }


def tripod_lamp(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A floor lamp on three wooden legs, its linen shade lit."""
    x, z, knee = spot.x, spot.wall_z + 3.0, 0.9 + float(rng.uniform(-0.2, 0.3))
    feet = [(x + 1.6 * np.sin(a), spot.floor_y, z + 1.6 * np.cos(a)) for a in (0.4, 2.5, 4.6)]
    legs = merged([tube(foot, (x, knee, z), 0.09, sides=10) for foot in feet])
    return {
        f"{spot.name}_legs": to_shape(legs, bsdf=plastic(style.wood, 0.35)),
        **_shade(spot.name, (x, knee + 0.1, z), style, radius=1.15, height=1.75),
    }


def arc_lamp(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A brass arc from a marble foot that carries a lit dome."""
    side, z, top = float(rng.choice([-1.0, 1.0])), spot.wall_z + 3.2, 4.4
    turn = np.linspace(0, 1.05 * np.pi / 2, 24)
    foot = spot.x - 1.4 * side
    path = np.stack([foot + side * 2.6 * (1 - np.cos(turn)), -0.6 + (top + 0.6) * np.sin(turn), 0 * turn + z], 1)
    path = np.concatenate([[[foot, spot.floor_y, z]], path])
    head = path[-1]
    profile = [(0.0, 0.62), (0.35, 0.56), (0.72, 0.34), (0.95, 0.0), (0.9, 0.0), (0.0, 0.10)]
    dome, bulb = lathe(profile).moved(head[0], head[1] - 0.7, z), sphere(0.42).moved(head[0], head[1] - 0.72, z)
    light = np.array([1.0, 0.72, 0.42]) * 3.0 / style.exposure
    return {
        f"{spot.name}_arc": to_shape(tube_along(path, 0.055, sides=10), bsdf=metal("#c9a25a", 0.25)),
        f"{spot.name}_dome": to_shape(dome, bsdf=metal("#c9a25a", 0.25)),
        f"{spot.name}_bulb": to_shape(bulb, bsdf=BLACK, emitter=glow(light)),
    }


def pictures(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """Two or three framed abstracts in the room's colours."""
    shapes: Shapes = {}
    sizes = [(1.05, 1.4), (0.8, 1.05), (0.8, 0.8)]
    places = [(-1.25, 2.5), (1.0, 3.1), (1.0, 0.9)]
    for index, ((half_x, half_y), (dx, y)) in enumerate(zip(sizes, places, strict=True)):
        name, x, z = f"{spot.name}_{index}", spot.x + dx, spot.wall_z + 0.12
        art = _abstract(style, rng)
        sheet = wall(z=z + 0.13, half_width=half_x, bottom=y - half_y, top=y + half_y).moved(x)
        frame = rounded_box((half_x + 0.13, half_y + 0.13, 0.1), 0.03).moved(x, y, z)
        shapes[f"{name}_frame"] = to_shape(frame, bsdf=plastic(style.wood, 0.35))
        shapes[f"{name}_art"] = to_shape(sheet, bsdf=diffuse(bitmap(art, clamp=True)))
    return shapes


def bookshelf(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """Open wall shelves with books, a bowl and a small vase."""
    shapes: Shapes = {}
    z, half = spot.wall_z + 0.8, 2.7
    levels = np.arange(-1.6, max(spot.ceiling_y, 4.0), 2.3)
    boards = [rounded_box((half, 0.09, 0.75), 0.03).moved(spot.x, y, z) for y in levels]
    posts = [
        tube((spot.x + s * half * 0.96, levels[0] - 0.2, z), (spot.x + s * half * 0.96, levels[-1], z), 0.06, sides=8)
        for s in (-1, 1)
    ]
    shapes[f"{spot.name}_boards"] = to_shape(merged([*boards, *posts]), bsdf=plastic(style.wood, 0.35))
    palette = _palette(style)
    books: list[list[Mesh]] = [[] for _ in palette]
    for level in levels[:-1]:
        x, end = spot.x - half + 0.35, spot.x + half * float(rng.uniform(0.0, 0.75))
        while x < end:
            wide, tall = float(rng.uniform(0.10, 0.24)), float(rng.uniform(0.5, 0.82))
            books[int(rng.integers(len(palette)))].append(
                rounded_box((wide, tall, 0.5), 0.02).moved(x + wide, level + 0.09 + tall, z)
            )
            x += 2 * wide + 0.02
    for index, pile in enumerate(books):
        if pile:
            shapes[f"{spot.name}_books_{index}"] = to_shape(merged(pile), bsdf=diffuse(palette[index]))
    return shapes


def plant(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A rubber plant in a pot on a wooden stand."""
    x, z, rim = spot.x, spot.wall_z + 3.4, spot.floor_y + 3.4
    pot = lathe([(0.0, 1.7), (0.95, 1.7), (1.0, 1.6), (0.78, 0.1), (0.7, 0.0), (0.0, 0.0)])
    leaves = []
    for index in range(26):
        share = index / 26
        size = float(rng.uniform(1.3, 2.0)) * (1.15 - 0.5 * share)
        blade = leaf(size, 0.48 * size, curl=0.35, fold=0.15).turned(float(rng.uniform(15, 65)), "z")
        blade = blade.turned(float(rng.uniform(-30, 30)), "x").turned(137.5 * index)
        leaves.append(blade.moved(x + 0.12 * np.sin(index), rim + 0.4 + 4.6 * share, z))
    stem = tube((x, rim, z), (x, rim + 5.2, z), 0.08, sides=8)
    stand = [tube((x + dx, spot.floor_y, z), (x + dx, rim - 0.6, z), 0.09, sides=8) for dx in (-0.95, 0.95)]
    return {
        f"{spot.name}_pot": to_shape(pot.moved(x, rim - 1.6, z), bsdf=plastic("#efe9dd", 0.3)),
        f"{spot.name}_stand": to_shape(merged(stand), bsdf=plastic(style.wood, 0.35)),
        f"{spot.name}_leaves": to_shape(merged(leaves), bsdf=plastic("#3f6b3c", 0.3)),
        f"{spot.name}_stem": to_shape(stem, bsdf=diffuse("#5b4a33")),
    }


def slat_panel(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """Walnut slats up the wall, with a round mirror's brass rim or a bare panel."""
    top = spot.ceiling_y + 1.5
    slats = [
        rounded_box((0.17, (top - spot.floor_y) / 2, 0.14), 0.03).moved(spot.x + dx, (top + spot.floor_y) / 2)
        for dx in np.arange(-2.9, 2.95, 0.52)
    ]
    shapes: Shapes = {
        f"{spot.name}_slats": to_shape(merged(slats).moved(0, 0, spot.wall_z + 0.2), bsdf=plastic(style.wood, 0.35))
    }
    if rng.uniform() < 0.6:
        shapes |= sunburst_clock(spot, style, rng)
    return shapes


def sunburst_clock(spot: Spot, style: Style, rng: np.random.Generator) -> Shapes:
    """A brass sunburst clock."""
    center = np.array([spot.x, 2.9, spot.wall_z + 0.6])
    angles = np.arange(16) * 2 * np.pi / 16 + float(rng.uniform(0, 0.2))
    rays = [
        tube(center, center + np.array([np.cos(a), np.sin(a), 0]) * (1.7 if k % 2 else 1.25), 0.045, sides=8)
        for k, a in enumerate(angles)
    ]
    face = bevelled_cylinder(0.6, 0.2, 0.04).turned(90, "x").moved(*center)
    return {
        f"{spot.name}_rays": to_shape(merged(rays), bsdf=metal("#d4ad62", 0.25)),
        f"{spot.name}_face": to_shape(face, bsdf=plastic(style.accent, 0.3)),
    }


def _shade(name: str, foot: tuple[float, float, float], style: Style, *, radius: float, height: float) -> Shapes:
    """A lit drum shade: warm, brighter in the middle."""
    drum = lathe([(radius * 0.86, height), (radius, 0.0)]).moved(*foot)
    v = np.linspace(-1, 1, 64, dtype=np.float32)[:, None, None]
    light = (0.55 + 0.75 * np.exp(-((v / 0.6) ** 2))) * np.array([1.0, 0.74, 0.46], np.float32) * 1.15 / style.exposure
    radiance = bitmap(np.asarray(light, np.float32), clamp=True)
    return {f"{name}_shade": to_shape(drum, bsdf=BLACK, emitter=glow(radiance))}


def _curtain(side: float, half: float, bottom: float, top: float) -> Mesh:
    """Gathered cloth beside a window."""
    x = np.linspace(-0.75, 0.75, 60)
    z = 0.16 * np.sin(x * 17)
    profile = np.stack([x + side * (half + 0.35), np.full_like(x, (top + bottom) / 2), z], 1)
    reach = np.array([0.0, (top - bottom) / 2, 0.0])
    rows = np.stack([profile + reach, profile - reach])
    return grid(rows)


def _sky(horizon: float) -> Floats:
    """The view out of a window, far out of focus: bright sky over soft greenery; display-linear."""
    v = np.linspace(0, 1, 128, dtype=np.float32)[:, None]
    u = np.linspace(0, 1, 64, dtype=np.float32)[None]
    edge = 1 - horizon + 0.10 * np.sin(5 * u) + 0.05 * np.sin(13 * u + 1)
    green = smoothstep(-0.12, 0.16, v - edge)[..., None]
    sky = np.array([1.55, 1.62, 1.70], np.float32)
    return np.asarray(sky * (1 - green) + hex_to_linear("#a9c08a") * 1.25 * green, np.float32)


def _palette(style: Style) -> list[str]:
    """Paper, the accent and its companions."""
    return [
        "#efe6d4",
        style.accent,
        "#2f6f73",
        "#b5533a",
        "#2c3a4a",
        format_hex(linear_to_srgb(mix_hex(style.accent, "#efe6d4", 0.5))),
    ]


def _abstract(style: Style, rng: np.random.Generator) -> Floats:
    """A print of a few discs and arches on paper; (160, 120, 3)."""
    y, x = np.mgrid[:160, :120].astype(np.float32) / 120
    colors = [hex_to_linear(color) for color in _palette(style)]
    art: Floats = np.broadcast_to(colors[0], (160, 120, 3)).copy()
    for index in rng.permutation([1, 2, 3, 4])[:3]:
        cx, cy, radius = rng.uniform(0.25, 0.75), rng.uniform(0.3, 1.0), rng.uniform(0.16, 0.34)
        inside = np.hypot(x - cx, y - cy) < radius
        if rng.uniform() < 0.5:
            inside = (np.hypot(x - cx, y - cy) < radius) & (y < cy) | (
                (np.abs(x - cx) < radius) & (abs(y - cy - 0.15) < 0.15)
            )
        art[inside] = colors[int(index)]
    return art
