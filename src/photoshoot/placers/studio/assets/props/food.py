"""Things to eat and drink: citrus, coffee and tea."""

import math
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.assets.props.botanical import LEAF_GREEN, shed_leaves
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    copies,
    crowd,
    dyed,
    flat_things,
    gather,
    in_atlas,
    named,
    occupied,
    own,
    sheen,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.citrus import CitrusKind, citrus_slice, half_citrus, whole_citrus
from photoshoot.placers.studio.assets.props.meshes.desk import cinnamon, cup
from photoshoot.placers.studio.assets.props.meshes.produce import coffee_bean
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, plastic
from photoshoot.placers.studio.textures.cut_fruit import CUT_FACES, citrus_faces

_CUTS = ("whole", "half", "whole", "half", "slice", "slice")
_HEIGHTS = {"whole": 1.95, "half": 1.5, "slice": 0.2}
_LONG_FROM_DEG = 80.0  # hue (OKLab) of a lemon's yellow, and of greener ones

CITRUS = Palette(colors=("#f08a1d", "#f4cf3a", "#f0952a"), foot=-0.07, tip=0.05, jitter=0.02)
"""Oranges and lemons."""
ROAST = Palette(colors=("#4a2a18", "#5a3520"), foot=-0.12, tip=0.02)
"""Coffee beans."""
BEAN_SIZES = (0.1, 0.13)
"""Least and most length of a coffee bean, world units: about a centimetre beside a bottle."""
_BEANS = 220
_LOOKS = 8  # for a place for it
_CUP = 0.62
"""Least factor on a cup's size: smaller among beans it is a doll's, and where it finds no room there is none."""


def citrus(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Whole fruit, halves and slices of one to four kinds, with their leaves; yellow and green ones are long."""
    palette = CITRUS.dyed_in(colors)
    cuts = [*_CUTS, *("whole", "half", "slice") * crowd(view, 2)]
    if view.most is not None:
        cuts = ["whole"] * view.most  # three lemons are no halves
    sizes = 0.40 * usual_size(view) * rng.uniform(0.85, 1.05, len(cuts))
    things = [
        Thing(radius=1.02 * float(size), height=_HEIGHTS[cut] * float(size))
        for size, cut in zip(sizes, cuts, strict=True)
    ]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.3, front=0.9, spread=0.5))
    sizes = sizes * share
    dyes, turns, lean = palette.draw(rng, len(cuts)), rng.uniform(0, 360, len(cuts)), rng.uniform(38, 74, len(cuts))
    parts: Parts = []
    for index, place in spots.items():
        column, turn = int(dyes[index]), float(turns[index])
        tilt = 0.0 if view.lying and cuts[index] == "half" else float(lean[index])
        fruit = _Fruit(
            cut=cuts[index], kind=citrus_kind(palette.colors[column // 3]), number=index, tilt=tilt, turn=turn
        )
        rind, flesh = _cut_fruit(fruit, place, float(sizes[index]))
        parts.append(("rind", dyed(rind, column, palette)))
        picture = CUT_FACES * (column // 3) + index // 2 % CUT_FACES
        parts += [("flesh", in_atlas(mesh, picture, CUT_FACES * len(palette.colors))) for mesh in flesh]
    leaves = rng.uniform(0.34, 0.55, crowd(view, 12)) * usual_size(view)
    parts += shed_leaves(view, rng, leaves, occupied(spots, sizes, 0.8))
    flesh_coat = sheen(bitmap(citrus_faces(palette.colors), clamp=True), 0.18)
    return gather(
        parts, {"rind": sheen(palette.albedo(), 0.26), "flesh": flesh_coat, "leaves": sheen(LEAF_GREEN.albedo(), 0.33)}
    )


def citrus_kind(color: str) -> CitrusKind:
    """Yellow and green fruit is long."""
    lab = hex_to_oklab(color)
    return "long" if math.degrees(math.atan2(lab[2], lab[1])) > _LONG_FROM_DEG else "round"


@dataclass(frozen=True, kw_only=True)
class _Fruit:
    """One fruit, and how it lies."""

    cut: str
    kind: CitrusKind
    number: int
    tilt: float
    turn: float

    @property
    def girth(self) -> list[float]:
        """Factors on its three axes: none is quite like the next."""
        return [1 + 0.035 * math.sin(self.turn * rate) for rate in (1.0, 2.3, 3.7)]


def _cut_fruit(fruit: _Fruit, place: Float64Array, size: float) -> tuple[Mesh, list[Mesh]]:
    """Rind and cut faces of a fruit at rest; halves face the camera, each with other segments up."""
    tilt, turn = fruit.tilt, fruit.turn
    if fruit.cut == "whole":
        model = whole_citrus(fruit.kind, fruit.number % 4).scaled(*fruit.girth)
        lean = [20.0, tilt, turn] if fruit.kind == "round" else [0.25 * (tilt - 56), 3 * tilt, turn]
        return copies(model, [place], size, [lean]), []
    if fruit.cut == "slice":
        rim, faces = citrus_slice(fruit.kind)
        return copies(rim, [place], size, [[0.0, 0.0, turn]]), [copies(faces, [place], size, [[0.0, 0.0, turn]])]
    bowl, face = half_citrus(fruit.kind)
    turns = [[0.0, tilt, turn / 9 - 20]]
    lowest = float(copies(bowl, [[0.0, 0.0, 0.0]], size, turns, lift=None).vertices[:, 1].min())
    at = [place - np.array([0.0, lowest, 0.0])]
    return copies(bowl, at, size, turns, lift=None), [copies(face.turned(turn), at, size, turns, lift=None)]


def coffee(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Roasted beans, thick near the product, sticks of cinnamon, and a cup; the colour is the cup's."""
    scale = max(usual_size(view), _CUP)
    room = Thing(radius=0.78 * scale, height=0.75 * scale)
    rooms = find_spots(view, [room] * _LOOKS, rng, Patch(back=-1.2, front=-0.2, spread=0.35))
    stood = dict(list(rooms.items())[:1])
    turns = [[0.0, 0.0, float(rng.uniform(-50, 50))]]
    parts = [
        (name, copies(mesh, [place], scale, turns, lift=None))
        for place in stood.values()
        for name, mesh in zip(("china", "drink"), cup(), strict=True)
    ]
    taken: Taken = [(place, room.radius) for place in stood.values()]
    sticks = rng.uniform(0.8, 1.0, crowd(view, 4)) * scale
    lain = find_spots(view, flat_things(sticks, 0.52, 0.1), rng, Patch(back=-0.8, front=0.8, spread=0.4), taken)
    taken += [(place, 0.2 * scale) for place in lain.values()]
    sizes = rng.uniform(*BEAN_SIZES, crowd(view, _BEANS))
    patch = Patch(back=-1.3, front=1.4, gap=0.02, spread=0.55, before=0.12)
    fallen = find_spots(view, flat_things(sizes, 0.52, 0.12, core=0.85), rng, patch, taken)
    parts += named("bark", strewn([cinnamon()], lain, sticks, _BARK, rng, tilt=0))
    parts += named("beans", strewn([coffee_bean()], fallen, sizes, ROAST, rng, tilt=40))
    coats = {"china": plastic(own(colors, "#efe6d8")[0], 0.08), "drink": sheen("#3a1d0e", 0.05, 0.03)}
    return gather(
        parts, {**coats, "bark": sheen(_BARK.albedo(), 0.42, 0.04), "beans": sheen(ROAST.albedo(), 0.22, 0.06)}
    )


def tea(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Cups of tea on their saucers; the colour is the cups'."""
    return cups(view, rng, colors, china="#f1ece2", drink="#7a3a12")


def cups(view: View, rng: np.random.Generator, colors: tuple[str, ...], *, china: str, drink: str) -> Pieces:
    """Cups on their saucers with something hot in them.

    Args:
        view: The camera and the product's room.
        rng: The shot's generator.
        colors: The cups'; none: ``china``.
        china: Their usual colour, ``#rrggbb``.
        drink: What is in them, ``#rrggbb``.
    """
    scale = max(usual_size(view), _CUP)
    count, patch = 1 + crowd(view, 1), Patch(back=-1.2, front=0.3, gap=0.08, spread=0.4)
    room = Thing(radius=0.78 * scale, height=0.75 * scale)
    rooms = {} if view.lying else find_spots(view, [room] * (_LOOKS * count), rng, patch)
    spots, share = dict(enumerate([*rooms.values()][:count])), 1.0
    if not spots:  # one of its size is better than two that are small
        spots, share = fit_spots(view, [room] * count, rng, patch)
    turns = rng.uniform(-60, 60, count)
    parts: Parts = []
    for index, place in spots.items():
        for name, mesh in zip(("china", "drink"), cup(), strict=True):
            parts.append((name, mesh.scaled(scale * share).turned(float(turns[index])).moved(*place)))
    return gather(parts, {"china": plastic(own(colors, china)[0], 0.08), "drink": sheen(drink, 0.05, 0.03)})


_BARK = Palette(colors=("#8a5230", "#7a4526"), foot=-0.12, tip=0.06)
