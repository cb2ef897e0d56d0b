"""What one sits on."""

from collections.abc import Sequence

import numpy as np

from photoshoot.placers.studio.assets.furniture.pillow import pillow
from photoshoot.placers.studio.assets.furniture.style import Spot, Style, box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh
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
    """A long, low sofa in the accent colour on wooden feet, pillows in paler and deeper tones at its ends."""
    z, seat_y, thirds = spot.wall_z + 4.0, spot.floor_y + 3.0, (-3.55, 0.0, 3.55)
    cloth = [rounded_box((5.5, 0.55, 1.9), 0.2).moved(0, seat_y - 0.75, 0)]
    for x in thirds:
        cloth.append(rounded_box((1.76, 0.5, 1.7), 0.34).moved(x, seat_y + 0.1, 0.25))
        back = pillow(1.0, rng, (1.95, 1.55, 0.62))
        cloth.append(back.moved(x, seat_y + 1.9, -0.75))
    cloth += [rounded_box((0.5, 1.35, 2.1), 0.36).moved(s * 5.75, seat_y + 0.2, 0) for s in (-1, 1)]
    cloth.append(rounded_box((5.5, 1.5, 0.3), 0.25).moved(0, seat_y + 0.9, -1.65))
    feet = [tube((s * 5.4, spot.floor_y, f), (s * 5.2, seat_y - 1.2, 0.9 * f), 0.13) for s in (-1, 1) for f in (-1, 1)]
    loose = [
        pillow(1.0, rng, (1.1, 1.0, 0.4)).turned(float(rng.uniform(-16, 16)), "z").moved(x, seat_y + 1.35, 0.35)
        for x in (-4.2, 4.1, -2.7, 2.7)
    ]

    def at(meshes: Sequence[Mesh]) -> list[Mesh]:
        return [mesh.moved(spot.x, 0, z) for mesh in meshes]

    return [
        painted(style.accent, "matte", *at(cloth)),
        painted(tint(style.accent, "#efe6d4", 0.6), "matte", *at(loose[:2])),
        painted(tint(style.accent, style.wood, 0.55), "matte", *at(loose[2:])),
        wooden(style.wood, "matte", *at(feet)),
    ]


def bench(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A long upholstered bench on two frames of steel."""
    x, z = spot.x + float(rng.uniform(-0.4, 0.4)), spot.wall_z + 5.0
    seat = rounded_box((3.4, 0.26, 1.0), 0.10).moved(x, spot.floor_y + 1.66, z)
    legs = [
        box((0.08, 0.70, 0.08)).moved(x + dx, spot.floor_y + 0.70, z + dz) for dx in (-2.6, 2.6) for dz in (-0.8, 0.8)
    ]
    return [painted(style.accent, "matte", seat), wooden(style.wood, "matte", *legs)]
