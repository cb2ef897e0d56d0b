"""Things that are tossed into the air round the product: coffee beans, cut citrus, ice with drops of water, leaves."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.props.air import FESTIVE_AIR, Air, falling, find_air
from photoshoot.placers.studio.assets.props.botanical import LEAF_GREEN
from photoshoot.placers.studio.assets.props.food import CITRUS, ROAST, citrus_kind
from photoshoot.placers.studio.assets.props.frozen import ICE_MODELS, ice_coats, ice_cube
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    ball,
    copies,
    crowd,
    dyed,
    gather,
    in_atlas,
    laid,
    named,
    sheen,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.citrus import citrus_slice, half_citrus, whole_citrus
from photoshoot.placers.studio.assets.props.meshes.produce import coffee_bean, small_leaf
from photoshoot.placers.studio.assets.props.placement import Pieces
from photoshoot.placers.studio.assets.props.seasons import MAPLE, MAPLES, maple
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap
from photoshoot.placers.studio.textures.cut_fruit import CUT_FACES, citrus_faces

_BEANS, _LEAVES, _MAPLE_LEAVES, _CUBES, _DROPS, _FRUIT = 110, 46, 34, 15, 150, 17
"""How many are in the air of a picture of usual width."""
_CUTS = ("slice", "slice", "half", "slice", "whole")


def beans(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Roasted coffee beans; colours are those of the cup beside them."""
    del colors
    return falling((coffee_bean(),), _roasted, (0.11, 0.17), _BEANS)(view, rng, ROAST)


def leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Single green leaves."""
    palette = LEAF_GREEN.dyed_in(colors)
    return falling((small_leaf(0.42),), _leaf_coat, (0.26, 0.46), _LEAVES)(view, rng, palette)


def autumn_leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Maple leaves in reds and golds."""
    palette = MAPLE.dyed_in(colors)
    models = tuple(maple(number) for number in range(MAPLES))
    return falling(models, _leaf_coat, (0.32, 0.56), _MAPLE_LEAVES)(view, rng, palette)


def ice(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Cubes of ice, and drops of water that splash about them; a colour tints both."""
    sizes = rng.uniform(0.13, 0.25, crowd(view, _CUBES)) * usual_size(view)
    spots = find_air(view, 1.5 * sizes, rng, front=0.6, spread=0.9, heights=(0.04, 0.95))
    kinds, turns = rng.integers(ICE_MODELS, size=len(sizes)), rng.uniform(0, 360, (len(sizes), 3))
    cubes = laid([ice_cube(number) for number in range(ICE_MODELS)], spots, sizes, turns, kinds=kinds, lift=None)
    return gather(named("ice", cubes) + _splash(view, rng), ice_coats(colors, in_air=True))


def drops(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Drops of water; a colour tints them."""
    return gather(_splash(view, rng), {"drops": ice_coats(colors, in_air=True)["drops"]})


def _splash(view: View, rng: np.random.Generator) -> Parts:
    """Many small drops and a few large ones, each drawn out a little."""
    sizes = 0.012 + 0.075 * rng.uniform(0, 1, crowd(view, _DROPS)) ** 3
    spots = find_air(view, 1.2 * sizes, rng, front=0.9, spread=0.8, heights=(0.02, 0.98))
    turns = rng.uniform(0, 360, (len(sizes), 3))
    return named("drops", laid([ball(10).scaled(0.85, 1.3, 0.85)], spots, sizes, turns, lift=None))


def citrus(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Slices, halves and whole fruit of one to four kinds, and their leaves."""
    palette = CITRUS.dyed_in(colors)
    count = crowd(view, _FRUIT)
    sizes = 0.36 * usual_size(view) * rng.uniform(0.75, 1.05, count)
    spots = find_air(view, 1.05 * sizes, rng, front=0.4, spread=0.9, heights=(0.04, 0.92))
    dyes, turns = palette.draw(rng, count), rng.uniform(0, 360, (count, 3))
    parts: Parts = []
    for index, place in spots.items():
        column = int(dyes[index])
        rind, *flesh = _cut(_CUTS[index % len(_CUTS)], palette.colors[column // 3], index)
        at = ([place], float(sizes[index]), [turns[index]])
        parts.append(("rind", dyed(copies(rind, *at, lift=None), column, palette)))
        picture = CUT_FACES * (column // 3) + index // 2 % CUT_FACES
        pictures = CUT_FACES * len(palette.colors)
        parts += [("flesh", in_atlas(copies(face, *at, lift=None), picture, pictures)) for face in flesh]
    parts += [("leaves", mesh) for mesh, _ in leaves(view, rng, ()).values()]
    flesh_coat = sheen(bitmap(citrus_faces(palette.colors), clamp=True), 0.18)
    coats = {"rind": sheen(palette.albedo(), 0.26), "flesh": flesh_coat, "leaves": _leaf_coat(LEAF_GREEN)}
    return gather(parts, coats)


def _cut(cut: str, color: str, number: int) -> tuple[Mesh, ...]:
    """The rind and the cut faces of a fruit of a colour, about the origin."""
    kind = citrus_kind(color)
    if cut == "whole":
        return (whole_citrus(kind, number % 4),)
    return citrus_slice(kind) if cut == "slice" else half_citrus(kind)


def _roasted(palette: Palette) -> Entry:
    return sheen(palette.albedo(), 0.22, 0.06)


def _leaf_coat(palette: Palette) -> Entry:
    return sheen(palette.albedo(), 0.38)


AIR: Final[Mapping[str, Air]] = MappingProxyType(
    {
        **FESTIVE_AIR,
        "autumn_leaves": autumn_leaves,
        "citrus": citrus,
        "coffee": beans,
        "drops": drops,
        "ice": ice,
        "leaves": leaves,
    }
)
"""What is in the air, by its name in designs."""
