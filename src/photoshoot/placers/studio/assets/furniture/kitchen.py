"""What stands in a kitchen, metres."""

import numpy as np

from photoshoot.placers.studio.assets.bathware import STEEL
from photoshoot.placers.studio.assets.furniture.standing import scaled
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.kitchenware import boards, canisters, herbs, utensils
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import tube, tube_along
from photoshoot.placers.studio.scene.batching import Things, painted, wooden

_TOP, _DEEP = 0.9, 0.3  # height of a counter, and half its depth
_WARE = 0.16  # of kitchenware as it stands on counters
_DOOR, _GAP = 0.3, 0.006  # half width of a cupboard's door, and between two
_STONE, _DARK = "#ece8e1", "#26282b"


def units(style: Style, rng: np.random.Generator) -> Things:
    """Cupboards under a counter with a sink and what is cooked with, and a board with jars over it; 1.8 m wide."""
    doors, knobs = _fronts(3)
    ware = [(canisters, utensils, herbs, boards)[number] for number in rng.permutation(4)]
    laid = [
        scaled(make(style, rng), _WARE, (x, _TOP + 0.02, 0.2)) for make, x in zip(ware, (-0.65, 0.62), strict=False)
    ]
    high = [scaled(make(style, rng), _WARE, (x, 1.5, 0.14)) for make, x in zip(ware[2:], (-0.5, 0.35), strict=False)]
    return [
        painted(tint(style.accent, "#f2efe9", 0.25), "satin", *doors),
        painted(STEEL, "metal", *knobs, *_tap()),
        painted(_STONE, "semigloss", box((0.9, 0.02, _DEEP + 0.02), 0.01).moved(0, _TOP, _DEEP)),
        wooden(style.wood, "satin", box((0.9, 0.018, 0.13), 0.008).moved(0, 1.48, 0.14)),
        *(thing for things in (*laid, *high) for thing in things),
    ]


def stove(style: Style, rng: np.random.Generator) -> Things:
    """An oven under a hob with a pot on it, and the hood over both; 0.9 m wide."""
    rings = [
        tube((x, _TOP + 0.02, z), (x, _TOP + 0.026, z), 0.085, sides=24) for x in (-0.17, 0.17) for z in (0.18, 0.42)
    ]
    pot = tube((0.17, _TOP + 0.03, 0.3), (0.17, _TOP + 0.2, 0.3), 0.12, sides=28)
    lid = tube((0.17, _TOP + 0.2, 0.3), (0.17, _TOP + 0.215, 0.3), 0.125, sides=28)
    rail = tube((-0.32, 0.74, 2 * _DEEP + 0.05), (0.32, 0.74, 2 * _DEEP + 0.05), 0.012, sides=10)
    chimney = box((0.16, 0.42, 0.14), 0.01).moved(0, 2.1, 0.15)
    return [
        painted(STEEL, "metal", box((0.45, _TOP / 2 - 0.03, _DEEP), 0.01).moved(0, _TOP / 2 + 0.03, _DEEP), rail),
        painted(_DARK, "semigloss", box((0.34, 0.24, 0.01), 0.008).moved(0, 0.42, 2 * _DEEP + 0.01), *rings),
        painted(_DARK, "semigloss", box((0.45, 0.012, _DEEP), 0.008).moved(0, _TOP + 0.005, _DEEP)),
        painted(tint(style.accent, "#b5533c", float(rng.uniform(0.2, 0.8))), "semigloss", pot, lid),
        painted(STEEL, "metal", box((0.45, 0.04, 0.24), 0.01).moved(0, 1.66, 0.25), chimney),
    ]


def fridge(_style: Style, _rng: np.random.Generator) -> Things:
    """A tall refrigerator of steel with two doors, 0.76 m wide."""
    doors = [box((0.38, half, 0.03), 0.012).moved(0, y, 0.65) for half, y in ((0.55, 1.27), (0.31, 0.38))]
    grips = [tube((-0.31, low, 0.72), (-0.31, high, 0.72), 0.013, sides=10) for low, high in ((0.85, 1.4), (0.4, 0.62))]
    return [
        painted("#8f9498", "satin", box((0.38, 0.9, 0.31), 0.01).moved(0, 0.92, 0.31)),
        painted("#c9cdd0", "metal", *doors),
        painted(STEEL, "metal", *grips),
    ]


def _fronts(count: int) -> tuple[list[Mesh], list[Mesh]]:
    """Doors side by side under a counter, and their knobs."""
    places = [(number - (count - 1) / 2) * 2 * _DOOR for number in range(count)]
    half = (_TOP - 0.14) / 2
    doors = [box((_DOOR - _GAP, half, _DEEP), 0.008).moved(x, 0.1 + half, _DEEP) for x in places]
    knobs = [box((0.06, 0.008, 0.012), 0.004).moved(x, _TOP - 0.13, 2 * _DEEP + 0.02) for x in places]
    return doors, knobs


def _tap() -> list[Mesh]:
    bend = np.linspace(0, np.pi, 14)
    arc = np.stack([0 * bend, _TOP + 0.26 + 0.09 * np.sin(bend), 0.14 + 0.09 * (1 - np.cos(bend))], 1)
    return [tube_along(np.concatenate([[[0.0, _TOP, 0.14]], arc]), 0.015)]
