"""What hangs or stands along a room's wall."""

import numpy as np

from photoshoot.placers.studio.assets.framed_art import COMPOSITIONS, abstract_picture, framed
from photoshoot.placers.studio.assets.furniture.style import Spot, Style, box
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, tube
from photoshoot.placers.studio.scene.batching import Painted, Things, painted, wooden

_SIZES = ((1.05, 1.4), (0.8, 1.05), (0.8, 0.8))
_PLACES = ((-1.25, 2.5), (1.0, 3.1), (1.0, 0.9))


def wall_pictures(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """Three framed abstracts in the room's colours."""
    things: Things = []
    first = int(rng.integers(COMPOSITIONS))
    for index, (half, (dx, y)) in enumerate(zip(_SIZES, _PLACES, strict=True)):
        sheet = abstract_picture(first + index, style.palette, half, rng)
        things += framed(sheet, half, style.wood, (spot.x + dx, y, spot.wall_z))
    return things


def bookshelf(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """Open wall shelves with books."""
    z, half = spot.wall_z + 0.8, 2.7
    levels = np.arange(-1.6, max(spot.ceiling_y, 4.0), 2.3)
    posts = [
        tube((spot.x + s * half * 0.96, levels[0] - 0.2, z), (spot.x + s * half * 0.96, levels[-1], z), 0.06, sides=8)
        for s in (-1, 1)
    ]
    boards = [box((half, 0.09, 0.75)).moved(spot.x, y, z) for y in levels]
    things: Things = [wooden(style.wood, "matte", *boards, *posts)]
    for level in levels[:-1]:
        things += _books(
            spot.x - half + 0.35, spot.x + half * float(rng.uniform(0.0, 0.75)), level + 0.09, z, style, rng
        )
    return things


def _books(x: float, end: float, board_y: float, z: float, style: Style, rng: np.random.Generator) -> list[Painted]:
    """A row of books from ``x`` to ``end``."""
    row = []
    while x < end:
        wide, tall = float(rng.uniform(0.10, 0.24)), float(rng.uniform(0.5, 0.82))
        color = style.palette[int(rng.integers(len(style.palette)))]
        row.append(painted(color, "matte", box((wide, tall, 0.5), 0.02).moved(x + wide, board_y + tall, z)))
        x += 2 * wide + 0.02
    return row


def plant(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A rubber plant in a pot on a wooden stand."""
    x, z, rim = spot.x, spot.wall_z + 3.4, spot.floor_y + 3.4
    pot = lathe([(0.0, 1.7), (0.95, 1.7), (1.0, 1.6), (0.78, 0.1), (0.7, 0.0), (0.0, 0.0)], 48)
    stem = tube((x, rim, z), (x, rim + 5.2, z), 0.08, sides=8)
    stand = [tube((x + dx, spot.floor_y, z), (x + dx, rim - 0.6, z), 0.09, sides=8) for dx in (-0.95, 0.95)]
    blades = [_blade(index / 26, 137.5 * index, rng).moved(x + 0.12 * np.sin(index), 0, z) for index in range(26)]
    return [
        painted("#efe9dd", "matte", pot.moved(x, rim - 1.6, z)),
        wooden(style.wood, "matte", *stand),
        painted("#3f6b3c", "matte", *[blade.moved(0, rim + 0.4) for blade in blades]),
        painted("#5b4a33", "matte", stem),
    ]


def _blade(share: float, turn_deg: float, rng: np.random.Generator) -> Mesh:
    """A leaf at ``share`` of the stem's height."""
    size = float(rng.uniform(1.3, 2.0)) * (1.15 - 0.5 * share)
    blade = leaf(size, 0.48 * size, curl=0.35, fold=0.15).turned(float(rng.uniform(15, 65)), "z")
    return blade.turned(float(rng.uniform(-30, 30)), "x").turned(turn_deg).moved(0, 4.6 * share)


def slat_panel(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """Walnut slats up the wall, at times with a clock on them."""
    top = spot.ceiling_y + 1.5
    slats = [
        box((0.17, (top - spot.floor_y) / 2, 0.14)).moved(spot.x + dx, (top + spot.floor_y) / 2, spot.wall_z + 0.2)
        for dx in np.arange(-2.9, 2.95, 0.52)
    ]
    panel: Things = [wooden(style.wood, "matte", *slats)]
    return panel + (sunburst_clock(spot, style, rng) if rng.uniform() < 0.6 else [])


def sunburst_clock(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A brass sunburst clock."""
    center = np.array([spot.x, 2.9, spot.wall_z + 0.6])
    angles = np.arange(16) * 2 * np.pi / 16 + float(rng.uniform(0, 0.2))
    rays = [
        tube(center, center + np.array([np.cos(a), np.sin(a), 0]) * (1.7 if k % 2 else 1.25), 0.045, sides=8)
        for k, a in enumerate(angles)
    ]
    face = bevelled_cylinder(0.6, 0.2, 0.04, segments=48).turned(90, "x").moved(*center)
    return [painted("#d4ad62", "metal", *rays), painted(style.accent, "matte", face)]
