"""Strawberries and blueberries beside the product."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.botanical import shed_leaves
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    copies,
    crowd,
    flat_things,
    gather,
    named,
    occupied,
    own,
    sheen,
    sized,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.berries import blueberry, strawberry
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, find_spots, fit_spots
from photoshoot.placers.studio.camera import View

_GREEN = Palette(colors=("#4d7f35", "#6a9a48"), foot=-0.03, tip=0.04)
_BLUE = Palette(colors=("#333d6b", "#3f4a78", "#2a3157"), foot=0.0, tip=-0.12)
_SEEDS = "#e8c46a"


def berries(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Strawberries, blueberries about them, and a few leaves; a colour is the strawberries'."""
    red = Palette(colors=own(colors, "#c4161c", "#d3262b"), jitter=0.012)
    sizes = np.concatenate([[0.5, 0.46, 0.44, 0.48], rng.uniform(0.38, 0.48, crowd(view, 6))])
    patch = Patch(back=-1.1, front=0.9, gap=0.06, spread=0.42)
    scale = usual_size(view)
    spots, share = fit_spots(view, sized(scale * sizes, 0.62, 0.95), rng, patch)
    scale *= share
    sizes = sizes * scale
    dyes, turns = red.draw(rng, len(sizes)), spun(rng, len(sizes), tilt=12)
    turns[:, 0] = rng.choice([-1, 1], len(sizes)) * rng.uniform(76, 108, len(sizes))
    parts: Parts = []
    for index, place in spots.items():
        parts += _strawberry(place, float(sizes[index]), turns[index], int(dyes[index]), red)
    small = rng.uniform(0.085, 0.12, crowd(view, 34)) * scale
    near = Patch(back=-1.2, front=1.2, gap=0.03, spread=0.5, before=0.1)
    fallen = find_spots(view, flat_things(small, 1.0, 0.2), rng, near, occupied(spots, 0.5 * sizes))
    parts += named("blue", strewn([blueberry()], fallen, small, _BLUE, rng, tilt=55))
    leaves = rng.uniform(0.28, 0.4, crowd(view, 6)) * scale
    parts += shed_leaves(view, rng, leaves, occupied(spots, 0.6 * sizes), _GREEN, near)
    coats = {"flesh": sheen(red.albedo(), 0.2, 0.07), "seeds": sheen(_SEEDS, 0.3)}
    coats |= {"blue": sheen(_BLUE.albedo(), 0.4, 0.06), "leaves": sheen(_GREEN.albedo(), 0.33)}
    return gather(parts, coats)


def _strawberry(place: Float64Array, size: float, turn: Float64Array, column: int, red: Palette) -> Parts:
    """One that lies on its side: all its parts moved as its flesh is, which touches the ground."""
    flesh, seeds, leaves = strawberry()
    lowest = float(copies(flesh, [[0.0, 0.0, 0.0]], size, [turn], lift=None).vertices[:, 1].min())
    at = [place - np.array([0.0, lowest + 0.004, 0.0])]
    dye, green = np.array([column]), np.array([column % _GREEN.columns])
    return [
        ("flesh", copies(flesh, at, size, [turn], lift=None, columns=dye, palette=red)),
        ("seeds", copies(seeds, at, size, [turn], lift=None)),
        ("leaves", copies(leaves, at, size, [turn], lift=None, columns=green, palette=_GREEN)),
    ]
