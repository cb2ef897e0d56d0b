"""What stands in an office, metres."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, box
from photoshoot.placers.studio.assets.office_things import book_pile, pot_plant, task_lamp
from photoshoot.placers.studio.geometry.solids import tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden

_TOP, _DEEP = 0.74, 0.34  # height of a desk, and half its depth
_WARE = 0.17  # of what lies on desks beside a bottle, as it does here
_DARK, _METAL = "#2b2d31", "#a9adb2"


def workplace(style: Style, rng: np.random.Generator) -> Things:
    """A desk with a screen, a lamp, books and a plant, and a swivel chair before it; 1.5 m wide."""
    legs = [box((0.03, _TOP / 2, 0.3), 0.01).moved(x, _TOP / 2, _DEEP) for x in (-0.7, 0.7)]
    screen = box((0.36, 0.21, 0.015), 0.012).moved(0.1, _TOP + 0.4, 0.2)
    foot = [
        box((0.12, 0.008, 0.09), 0.006).moved(0.1, _TOP + 0.02, 0.2),
        tube((0.1, _TOP, 0.19), (0.1, 1.0, 0.19), 0.02),
    ]
    laid = [
        scaled(make(style, rng), _WARE, (x, _TOP + 0.02, 0.24))
        for make, x in ((task_lamp, -0.58), (book_pile, 0.6), (pot_plant, -0.4))
    ]
    return [
        wooden(style.wood, "satin", box((0.75, 0.018, _DEEP), 0.008).moved(0, _TOP, _DEEP)),
        painted("#f1eee9", "satin", *legs),
        painted(_DARK, "semigloss", screen),
        painted(_METAL, "metal", *foot),
        *(thing for things in laid for thing in things),
        *scaled(_chair(style, float(rng.uniform(-35, 35))), 1.0, (float(rng.uniform(-0.2, 0.3)), 0.0, 1.15)),
    ]


def _chair(style: Style, turned_deg: float) -> Things:
    """A swivel chair about the origin, its back to the front."""
    seat = box((0.25, 0.045, 0.24), 0.04).moved(0, 0.47)
    back = box((0.23, 0.28, 0.035), 0.03).moved(0, 0.86, 0.24)
    arms = [tube((0, 0.08, 0), (0.29 * np.sin(a), 0.05, 0.29 * np.cos(a)), 0.02) for a in np.arange(5) * 2 * np.pi / 5]
    posts = [tube((0, 0.06, 0), (0, 0.45, 0), 0.03), tube((0, 0.45, 0.2), (0, 0.7, 0.26), 0.02), *arms]
    return [
        painted(style.accent, "matte", seat.turned(turned_deg), back.turned(turned_deg)),
        painted(_DARK, "satin", *(post.turned(turned_deg) for post in posts)),
    ]
