"""What one sits on."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import Spot, Style, box, tint
from photoshoot.placers.studio.geometry.solids import rounded_box, tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden


def armchair(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A lounge chair: a cushioned back between wooden arms."""
    x, z, turn = spot.x, spot.wall_z + 4.2, float(rng.uniform(-30, 30))
    seat_y = spot.floor_y + 3.4
    back = rounded_box((2.0, 1.9, 0.42), 0.36).turned(-14, "x").moved(0, seat_y + 1.9, -1.2)
    seat = rounded_box((2.0, 0.5, 1.7), 0.34).moved(0, seat_y, 0)
    arms = [box((0.14, 0.12, 1.9), 0.06).moved(s * 2.35, seat_y + 1.5, 0) for s in (-1, 1)]
    legs = [
        tube((s * 2.35, spot.floor_y, f), (s * 2.35, seat_y + 1.5, f * 0.85), 0.12, sides=12)
        for s in (-1, 1)
        for f in (-1.5, 1.7)
    ]
    return [
        painted(style.accent, "matte", *[part.turned(turn).moved(x, 0, z) for part in (back, seat)]),
        wooden(style.wood, "matte", *[part.turned(turn).moved(x, 0, z) for part in (*arms, *legs)]),
    ]


def sofa(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A long, low sofa in the accent colour, with two pale cushions."""
    z, seat_y = spot.wall_z + 4.0, spot.floor_y + 3.2
    backs = [rounded_box((1.75, 1.7, 0.5), 0.34).moved(dx, seat_y + 1.8, -1.1) for dx in (-3.6, 0, 3.6)]
    seat = rounded_box((5.6, 0.6, 1.7), 0.34).moved(0, seat_y, 0)
    pillows = [
        rounded_box((0.95, 0.95, 0.32), 0.28).turned(float(rng.uniform(-14, 14)), "z").moved(dx, seat_y + 1.75, -0.3)
        for dx in (-3.4, 2.9)
    ]
    return [
        painted(style.accent, "matte", *[part.moved(spot.x, 0, z) for part in (*backs, seat)]),
        painted(tint(style.accent, "#efe6d4", 0.6), "matte", *[pillow.moved(spot.x, 0, z) for pillow in pillows]),
    ]


def bench(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A long upholstered bench on two frames of steel."""
    x, z = spot.x + float(rng.uniform(-0.4, 0.4)), spot.wall_z + 5.0
    seat = rounded_box((3.4, 0.26, 1.0), 0.10).moved(x, spot.floor_y + 1.66, z)
    legs = [
        box((0.08, 0.70, 0.08)).moved(x + dx, spot.floor_y + 0.70, z + dz) for dx in (-2.6, 2.6) for dz in (-0.8, 0.8)
    ]
    return [painted(style.accent, "matte", seat), wooden(style.wood, "matte", *legs)]
