"""What stands in a bathroom, metres."""

import numpy as np

from photoshoot.placers.studio.assets.bathware import PORCELAIN, STEEL, basin
from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.vanity_things import BRASS, round_frame
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, tube, tube_along
from photoshoot.placers.studio.scene.batching import Things, painted, wooden

_TUB = ((0.0, 0.14), (0.3, 0.16), (0.38, 0.56), (0.42, 0.6), (0.46, 0.59), (0.46, 0.56), (0.4, 0.12), (0.36, 0), (0, 0))
"""Its outline for ``lathe``: radius and height from the middle of its inside out and down."""
_BASIN = 0.16  # of a vessel basin as it stands on counters


def tub() -> Things:
    """A bathtub that stands free, with a tall tap at its far side, about the origin."""
    body = lathe(_TUB, 96, crease_deg=60).scaled(1.85, 1.0, 0.85)
    bend = np.linspace(0, np.pi, 16)
    arc = np.stack([0.3 + 0 * bend, 0.92 + 0.11 * np.sin(bend), -0.33 - 0.11 * np.cos(bend)], 1)
    tap = tube_along(np.concatenate([[[0.3, 0.0, -0.44]], arc, [arc[-1] - [0, 0.07, 0]]]), 0.02)
    return [painted(PORCELAIN, "semigloss", body), painted(STEEL, "metal", tap)]


def washstand(style: Style, rng: np.random.Generator) -> Things:
    """A cupboard that hangs on the wall with a basin on it, and a round mirror over it, its back at z = 0."""
    body = box((0.48, 0.2, 0.23), 0.01).moved(0, 0.62, 0.23)
    top = box((0.5, 0.02, 0.25), 0.01).moved(0, 0.84, 0.25)
    glass, frame = (mesh.scaled(0.36).moved(0, 1.5, 0.03) for mesh in round_frame(1.0))
    return [
        wooden(style.wood, "satin", body),
        painted("#efece6", "semigloss", top),
        *scaled(basin(style, rng), _BASIN, (0.0, 0.86, 0.25)),
        painted("#dfe5e6", "mirror", glass),
        painted(BRASS, "metal", frame),
    ]


def towel_ladder(style: Style, rng: np.random.Generator) -> Things:
    """A ladder that leans against the wall with towels over its rungs, its back at z = 0."""
    lean = 0.28
    rails = [tube((x, 0, lean), (x, 1.8, 0.02), 0.018, sides=10) for x in (-0.24, 0.24)]
    steps = (0.4, 0.8, 1.2, 1.6)
    rungs = [tube((-0.24, y, lean * (1 - y / 1.85)), (0.24, y, lean * (1 - y / 1.85)), 0.014, sides=8) for y in steps]
    hung: Things = []
    for y, color in ((1.6, PORCELAIN), (1.2, style.accent), (0.8, tint(style.accent, PORCELAIN, 0.6))):
        long = float(rng.uniform(0.16, 0.19))
        cloth = rounded_box((0.19, long, 0.035), 0.03, steps=3).moved(0, y - long + 0.03, lean * (1 - y / 1.85) + 0.02)
        hung.append(painted(color, "matte", cloth))
    return [wooden(style.wood, "satin", *rails, *rungs), *hung]
