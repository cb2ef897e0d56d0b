"""Snow: drifts and snowballs among frosted pine."""

from __future__ import annotations

import numpy as np

from photoshoot.placers.studio.assets.props.botanical import evergreen, strewn
from photoshoot.placers.studio.assets.props.instancing import Palette, ball, crowd, flat_things, gather, own, room
from photoshoot.placers.studio.assets.props.meshes.shore import snow_mound, snowball
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import diffuse


def snow(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Drifts, snowballs and crumbs of snow, with frosted twigs and cones."""
    palette = Palette(colors=own(colors, "#e8eef6"), jitter=0.01)
    needles = Palette(colors=("#5f8672", "#7fa08f"), foot=-0.12, tip=0.26)
    cones = Palette(colors=("#6e4a30", "#7d5838"), foot=-0.12, tip=0.34)
    scale = room(view)
    drifts = np.concatenate([[1.1, 0.9, 0.7], rng.uniform(0.45, 1.0, crowd(view, 7))]) * scale
    low = [Thing(radius=1.08 * float(s), height=0.42 * float(s), core=0.5) for s in drifts]
    lain = find_spots(view, low, rng, Patch(back=-1.9, front=0.6, gap=0.05, spread=0.6))
    taken: Taken = [(place, 0.5 * float(drifts[index])) for index, place in lain.items()]
    balls = np.concatenate([[0.30, 0.24], rng.uniform(0.1, 0.2, crowd(view, 6))]) * scale
    round_ones = find_spots(
        view,
        [Thing(radius=float(r), height=2 * float(r)) for r in balls],
        rng,
        Patch(back=-1.0, front=0.8, spread=0.5),
        taken,
    )
    taken += [(place, float(balls[index])) for index, place in round_ones.items()]
    crumbs = rng.uniform(0.015, 0.05, crowd(view, 170))
    patch = Patch(back=-1.8, front=1.5, gap=0.01, spread=0.9, before=0.2)
    rest = find_spots(view, flat_things(crumbs, 1.0), rng, patch, taken)
    meshes = [
        strewn(tuple(snow_mound(n) for n in range(4)), lain, drifts, palette, rng, tilt=0, lift=-0.012),
        strewn(tuple(snowball(n) for n in range(3)), round_ones, balls, palette, rng, tilt=180, lift=-0.02),
        strewn((ball(5),), rest, crumbs, palette, rng, lift=-0.006),
    ]
    parts = [("snow", mesh) for mesh in meshes if mesh] + evergreen(view, rng, needles, cones=cones, berries=0)
    coats = {"needles": diffuse(needles.albedo()), "cones": diffuse(cones.albedo())}
    return gather(parts, {**coats, "snow": diffuse(palette.albedo())})
