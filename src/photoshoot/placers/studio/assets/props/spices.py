"""Spices of the kitchen and of winter: cinnamon, star anise, pepper."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    ball,
    copies,
    crowd,
    flat_things,
    gather,
    laid,
    named,
    occupied,
    own,
    sheen,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.desk import cinnamon
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import sphere

_PODS = Palette(colors=("#6a3a20", "#7b4727"), foot=-0.16, tip=0.03, jitter=0.02)
_PEPPER = Palette(colors=("#241a14", "#3b2a1d", "#6b3a22"), jitter=0.02)
_HEIGHT = 0.11  # of a stick that is 1 long
_POD_COUNT = 8


def spices(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Sticks of cinnamon, some across others, stars of anise, and peppercorns; a colour is the bark's."""
    bark = Palette(colors=own(colors, "#8a5230", "#9a6238", "#7a4526"), foot=-0.12, tip=0.06, jitter=0.03)
    sticks = rng.uniform(1.1, 1.5, crowd(view, 8)) * usual_size(view)
    lain, share = fit_spots(
        view, flat_things(sticks, 0.5, 0.34, core=0.5), rng, Patch(back=-1.0, front=0.9, spread=0.42)
    )
    sticks *= share
    turns = spun(rng, len(sticks))
    single = strewn([cinnamon()], lain, sticks, bark, rng, tilt=0)
    piled = {index: place for index, place in lain.items() if index % 2 == 0}
    stacks = []
    for index, place in piled.items():
        size, turn = 0.9 * sticks[index], turns[index]
        column = np.array([int(bark.draw(rng, 1)[0])])
        lift = _HEIGHT * sticks[index]  # across the one below
        stacks.append(copies(cinnamon(), [place], size, [turn], lift=lift, columns=column, palette=bark))
    stars = rng.uniform(0.2, 0.27, crowd(view, 11)) * usual_size(view)
    taken = occupied(lain, sticks, 0.42)
    found = find_spots(view, flat_things(stars, 1.05, 0.12), rng, Patch(back=-1.0, front=1.2, spread=0.5), taken)
    ways, kinds = spun(rng, len(stars), 8, 8), rng.integers(2, size=len(stars))
    dyes = _PODS.draw(rng, len(stars))
    lain_on = {index: place + np.array([0.0, 0.01, 0.0]) for index, place in found.items()}
    models, seeds_of = zip(*(star_anise(number) for number in range(2)), strict=True)
    pods = laid(models, lain_on, stars, ways, kinds=kinds, lift=None, columns=dyes, palette=_PODS)
    seeds = laid(seeds_of, lain_on, stars, ways, kinds=kinds, lift=None)
    corns = rng.uniform(0.028, 0.036, crowd(view, 46))
    near = Patch(back=-1.1, front=1.3, gap=0.02, spread=0.55, before=0.1)
    fallen = find_spots(view, flat_things(corns, 1.0, 0.07), rng, near, taken + occupied(found, stars, 1.0))
    parts = named("bark", [*single, *stacks]) + named("pods", pods) + named("seeds", seeds)
    parts += named("corns", strewn([ball(7)], fallen, corns, _PEPPER, rng, tilt=60))
    coats = {"bark": sheen(bark.albedo(), 0.42, 0.04), "pods": sheen(_PODS.albedo(), 0.4, 0.04)}
    return gather(parts, {**coats, "seeds": sheen("#5a2c12", 0.12, 0.1), "corns": sheen(_PEPPER.albedo(), 0.4, 0.03)})


@lru_cache(maxsize=2)
def star_anise(number: int) -> tuple[Mesh, Mesh]:
    """A star of radius 1: eight pods that have burst open, v from their slits (0) to their backs; and its seeds."""
    rng = np.random.default_rng(70 + number)
    pods, seeds = [], []
    for turn in np.arange(_POD_COUNT) * 360 / _POD_COUNT + rng.uniform(-4, 4, _POD_COUNT):
        length, gape = rng.uniform(0.4, 0.5), rng.uniform(0.05, 0.1)
        ball = sphere(1.0, rings=12, segments=20)
        x, y, z = ball.vertices.astype(np.float64).T
        tip = np.clip(x, 0, 1) ** 2
        slit = np.exp(-((z / 0.42) ** 2)) * np.clip(y, 0, 1) * np.sqrt(np.clip(1 - x**2, 0, 1))
        rough = 1 + 0.05 * sphere_noise(ball.vertices.astype(np.float64), number)
        broad = (0.15 + gape * slit) * (1 - 0.75 * tip) * rough
        height = 0.2 + 0.2 * y * rough - 0.3 * slit + 0.1 * tip
        points = np.stack([0.04 + length * (1 + x), height, broad * z], 1)
        pods.append(ball.bent(points).shaded(np.clip(0.9 - 1.2 * slit, 0.02, 0.98)).turned(turn))
        seed = sphere(1.0, rings=7, segments=12).scaled(0.15, 0.09, 0.065).moved(0.04 + length * 1.02, 0.2, 0)
        seeds.append(seed.turned(turn))
    return merged([*pods, sphere(0.12, rings=8, segments=14).moved(0, 0.2).shaded(0.6)]), merged(seeds)
