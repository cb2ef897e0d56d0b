"""Things to eat and drink: citrus and coffee."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
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
from photoshoot.placers.studio.assets.props.meshes.desk import cinnamon, cup
from photoshoot.placers.studio.assets.props.meshes.produce import citrus as citrus_fruit
from photoshoot.placers.studio.assets.props.meshes.produce import citrus_slice, coffee_bean
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse, plastic
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import blend, noise, smoothstep

_PICTURE_PX = 192
_CUTS = ("whole", "half", "whole", "half", "slice", "slice")
_HEIGHTS = {"whole": 1.95, "half": 1.5, "slice": 0.2}


def citrus(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Whole fruit, halves and slices of one to four kinds, with their leaves."""
    palette = Palette(colors=own(colors, "#f08a1d", "#f4cf3a", "#f0952a"), jitter=0.015)
    cuts = [*_CUTS, *("whole", "half", "slice") * crowd(view, 2)]
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
        rind, flesh = _cut_fruit(cuts[index], place, float(sizes[index]), (tilt, turn))
        parts.append(("rind", dyed(rind, column, palette)))
        parts += [("flesh", in_atlas(mesh, column // 3, len(palette.colors))) for mesh in flesh]
    leaves = rng.uniform(0.34, 0.55, crowd(view, 12)) * usual_size(view)
    parts += shed_leaves(view, rng, leaves, occupied(spots, sizes, 0.8))
    coats = {"rind": sheen(palette.albedo(), 0.26), "flesh": sheen(bitmap(_flesh(palette.colors), clamp=True), 0.18)}
    return gather(parts, {**coats, "leaves": sheen(LEAF_GREEN.albedo(), 0.33)})


def _cut_fruit(cut: str, place: Float64Array, size: float, pose: tuple[float, float]) -> tuple[Mesh, list[Mesh]]:
    """Rind and cut faces of a fruit at rest; the pose is its tilt and its turn, halves face the camera."""
    tilt, turn = pose
    whole, bowl, face = citrus_fruit()
    if cut == "whole":
        return copies(whole, [place], size, [[20.0, tilt, turn]]), []
    if cut == "slice":
        rim, faces = citrus_slice()
        return copies(rim, [place], size, [[0.0, 0.0, turn]]), [copies(faces, [place], size, [[0.0, 0.0, turn]])]
    turns = [[0.0, tilt, turn / 9 - 20]]
    lowest = float(copies(bowl, [[0.0, 0.0, 0.0]], size, turns, lift=None).vertices[:, 1].min())
    at = [place - np.array([0.0, lowest, 0.0])]
    return copies(bowl, at, size, turns, lift=None), [copies(face, at, size, turns, lift=None)]


@lru_cache(maxsize=4)
def _flesh(colors: tuple[str, ...]) -> Float32Array:
    """Cut faces side by side, (192, 192 k, 3): segments between pale skins, pith and rind."""
    axis = (np.arange(_PICTURE_PX, dtype=np.float32) + 0.5) / _PICTURE_PX * 2 - 1
    x, y = np.meshgrid(axis, axis)
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    grain = noise((_PICTURE_PX, _PICTURE_PX), seed=5, exponent=1.6, lowest=6)
    faces = []
    for number, color in enumerate(colors):
        segments = 10 + number % 3
        phase = (angle / (2 * np.pi) * segments + 0.15 * np.sin(3 * angle)) % 1
        skin = np.abs(phase - 0.5) * 2
        border = (1 - skin) * radius * 2 * np.pi / segments / 2
        flesh = smoothstep(0.012, 0.045, border) * smoothstep(0.10, 0.16, radius) * (1 - smoothstep(0.84, 0.88, radius))
        streaks = 0.16 * np.sin(angle * 90 + 3 * grain) * radius + 0.05 * grain
        body = mix_hex(color, "#ffffff", 0.10) * np.clip(1 + streaks, 0.5, 1.5)[..., None]
        picture = blend(np.broadcast_to(mix_hex(color, "#fff6dc", 0.80), body.shape), body, flesh)
        faces.append(blend(picture, np.broadcast_to(hex_to_linear(color), body.shape), smoothstep(0.93, 0.96, radius)))
    return np.asarray(np.clip(np.concatenate(faces, 1), 0, 0.95), np.float32)


def coffee(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Roasted beans, thick near the product, sticks of cinnamon, and a cup; the colour is the cup's."""
    scale = usual_size(view)
    cups = [Thing(radius=0.78 * scale, height=0.75 * scale)]
    stood, share = fit_spots(view, cups, rng, Patch(back=-1.2, front=-0.2, spread=0.35))
    scale *= share
    turns = [[0.0, 0.0, float(rng.uniform(-50, 50))]]
    parts = [
        (name, copies(mesh, [place], scale, turns, lift=None))
        for place in stood.values()
        for name, mesh in zip(("china", "drink"), cup(), strict=True)
    ]
    taken: Taken = [(place, share * cups[0].radius) for place in stood.values()]
    sticks = rng.uniform(0.8, 1.0, crowd(view, 4)) * scale
    lain = find_spots(view, flat_things(sticks, 0.52, 0.1), rng, Patch(back=-0.8, front=0.8, spread=0.4), taken)
    taken += [(place, 0.2 * scale) for place in lain.values()]
    sizes = rng.uniform(0.13, 0.17, crowd(view, 150))
    patch = Patch(back=-1.3, front=1.4, gap=0.02, spread=0.55, before=0.12)
    fallen = find_spots(view, flat_things(sizes, 0.52, 0.12, core=0.85), rng, patch, taken)
    parts += named("bark", strewn([cinnamon()], lain, sticks, _BARK, rng, tilt=0))
    parts += named("beans", strewn([coffee_bean()], fallen, sizes, _ROAST, rng, tilt=40))
    coats = {"china": plastic(own(colors, "#efe6d8")[0], 0.08), "drink": sheen("#2a140a", 0.05, 0.07)}
    return gather(parts, {**coats, "bark": diffuse(_BARK.albedo()), "beans": sheen(_ROAST.albedo(), 0.22, 0.06)})


_ROAST = Palette(colors=("#4a2a18", "#5a3520"), foot=-0.12, tip=0.02)
_BARK = Palette(colors=("#8a5230", "#7a4526"))
