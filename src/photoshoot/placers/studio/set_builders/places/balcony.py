"""A balcony over a city: an iron railing with boxes of geraniums, olive trees in pots at its sides, and the skyline."""

import itertools

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.geometry.instancing import copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, sphere, tube
from photoshoot.placers.studio.landscape.flower_bushes import far_leaf
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.set_builders.places.outlook import golden_of, light_from_sky
from photoshoot.placers.studio.set_builders.places.rooftop import city
from photoshoot.placers.studio.set_builders.setting import Setting, lowest_seen, named_shapes, night_of

_RAIL_Z, _BOXES_Z, _TREES_Z, _FLOOR = -5.4, -5.0, -4.5, -3.0
_RAIL = 0.85  # height of the rail, where it does not come down for a low picture
_BARS, _RUNGS = 0.34, (0.0, 0.3)  # from bar to bar; how far under the rail two rungs are, with rings between
_CLEAR = 0.34  # of what is seen to each side, in the middle, no box hangs
_BOX = (0.85, 0.24, 0.24)  # half sizes of one
_LEAVES, _HEADS, _OF_TREE = 150, 46, 420  # of a box's plants, and of a tree
_IRON, _CLAY, _TRUNK = "#34383c", "#b5653f", "#6d5a47"
_GREENS, _OLIVES = ("#557a3c", "#3f6431"), ("#7f8f6b", "#64755a")
_BLOOMS = ("#d9365b", "#f4e9e6", "#e8798f")
_POT = ((0.0, 1.0), (0.62, 1.0), (0.62, 0.86), (0.56, 0.86), (0.4, 0.0), (0.0, 0.0))


def build_balcony(setting: Setting) -> dict[str, object]:
    """The towers lean to the colour, and their windows are lit from a low sun on."""
    view, rng = setting.view, setting.rng
    night, golden = night_of(setting.light), golden_of(setting)
    seen, rail = view.half_width_at(_RAIL_Z), min(_RAIL, 0.62 * view.camera_y)
    things: Things = [
        painted("#a79f93", "matte", floor(y=_FLOOR, half_width=seen + 6, front=-2.0, back=_RAIL_Z)),
        painted(_IRON, "satin", *_railing(rail, seen + 2.0, float(rng.uniform(0, _BARS)))),
        *_flower_boxes(rail, seen, rng),
        *_trees(rail, seen, lowest_seen(view, _TREES_Z), rng),
    ]
    shapes = named_shapes("balcony", things, setting)
    shapes["city"] = city(setting, night, golden)
    shapes["sky_light"] = light_from_sky(setting, (rail, _BOXES_Z), -3.0, 0.8 - 0.62 * night)
    return shapes


def _railing(rail: float, reach: float, start: float) -> list[Mesh]:
    """A rail on thin bars, and rings between two rungs under it."""
    upper, lower = (rail - under for under in _RUNGS)
    bars = [tube((float(x), _FLOOR, _RAIL_Z), (float(x), lower, _RAIL_Z), 0.03, sides=6)
            for x in np.arange(-reach + start, reach, _BARS)]  # fmt: skip
    posts = [box((0.055, (rail - _FLOOR) / 2, 0.055), 0.01).moved(float(x), (rail + _FLOOR) / 2, _RAIL_Z)
             for x in np.arange(-reach + start, reach, 8 * _BARS)]  # fmt: skip
    rungs = [box((reach, 0.03, 0.03), 0.01).moved(0, lower, _RAIL_Z)]
    beam = rounded_box((reach, 0.05, 0.11), 0.04, steps=2).moved(0, upper, _RAIL_Z)
    turn = np.linspace(0, 2 * np.pi, 21)
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], -1) * 0.45 * (upper - lower)
    circle = merged([tube(tuple(a), tuple(b), 0.022, sides=5) for a, b in itertools.pairwise(ring)])
    rings = [circle.moved(float(x) + _BARS / 2, (upper + lower) / 2, _RAIL_Z)
             for x in np.arange(-reach + start, reach, _BARS)]  # fmt: skip
    return [*bars, *posts, *rungs, beam, *rings]


def _flower_boxes(rail: float, seen: float, rng: np.random.Generator) -> Things:
    """Boxes that hang on the rail at both sides, full of geraniums that spill over."""
    half, tall, deep = _BOX
    troughs: list[Mesh] = []
    green: list[list[Mesh]] = [[] for _ in _GREENS]
    blooms: list[list[Mesh]] = [[] for _ in _BLOOMS]
    head, blade = sphere(0.072, rings=6, segments=10), far_leaf()
    for side in (-1, 1):
        for number, near in enumerate(np.arange(_CLEAR * seen, seen + half, 2 * half + 0.25)):
            middle = np.array([side * (near + half), rail - 0.28, _BOXES_Z])
            troughs.append(rounded_box((half, tall, deep), 0.04, steps=2).moved(*middle))
            spots = middle + _spread(_LEAVES, (0.95 * half, 0.34, 0.34), rng) + [0, tall + 0.08, 0.06]
            turns = random_turns(_LEAVES, rng, 85) * rng.uniform(0.2, 0.34, _LEAVES)[:, None, None]
            green[int(rng.integers(len(_GREENS)))].append(copies(blade, turns, spots))
            places = middle + _spread(_HEADS, (0.9 * half, 0.36, 0.36), rng) + [0, tall + 0.2, 0.14]
            sizes = rng.uniform(0.7, 1.35, _HEADS)[:, None, None] * np.eye(3)
            blooms[(number + (side > 0)) % len(_BLOOMS)].append(copies(head, sizes, places))
    parts = zip((*_GREENS, *_BLOOMS), (*green, *blooms), strict=True)
    return [
        painted(tint(_IRON, "#8b8379", 0.35), "satin", *troughs),
        *(painted(dye, "matte", merged(own)) for dye, own in parts if own),
    ]


def _trees(rail: float, seen: float, low: float, rng: np.random.Generator) -> Things:
    """An olive tree in a clay pot at each side, cut by the picture's edge."""
    pots: list[Mesh] = []
    trunks: list[Mesh] = []
    crowns: list[Mesh] = []
    for side in (-1, 1):
        x, tall = side * seen * float(rng.uniform(0.88, 1.0)), rail + float(rng.uniform(0.9, 1.3))
        pots.append(lathe(_POT, 24, crease_deg=60).moved(x, low - 0.6, _TREES_Z))
        trunks.append(tube((x, low, _TREES_Z), (x + 0.08 * side, tall, _TREES_Z), 0.07, sides=8))
        spots = np.array([x, tall, _TREES_Z]) + _spread(_OF_TREE, (0.75, 0.7, 0.6), rng)
        turns = random_turns(_OF_TREE, rng, 180) * rng.uniform(0.2, 0.34, _OF_TREE)[:, None, None]
        crowns.append(copies(far_leaf().scaled(1.0, 0.55, 1.0), turns, spots))
    leaves = [painted(dye, "matte", crown) for dye, crown in zip(_OLIVES, crowns, strict=True)]
    return [painted(_CLAY, "matte", *pots), wooden(_TRUNK, "matte", *trunks), *leaves]


def _spread(count: int, half: tuple[float, float, float], rng: np.random.Generator) -> Float64Array:
    """Places (count, 3) in a bush about the origin, densest in its middle."""
    way = rng.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    return np.asarray(way * rng.uniform(0.25, 1.0, (count, 1)) ** 0.5 * half, np.float64)
