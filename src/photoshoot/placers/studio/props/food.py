"""Things to eat and drink: citrus, coffee, eggs in their nests."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from photoshoot.color import hex_to_linear
from photoshoot.placers.studio.geometry.desk import cinnamon, cup
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.produce import citrus as citrus_fruit
from photoshoot.placers.studio.geometry.produce import citrus_slice, coffee_bean, egg, nest, small_leaf
from photoshoot.placers.studio.materials import bitmap, diffuse, plastic
from photoshoot.placers.studio.props.botanical import strewn
from photoshoot.placers.studio.props.making import (
    Palette,
    copies,
    crowd,
    dyed,
    flat_things,
    gather,
    in_atlas,
    own,
    room,
    spun,
)
from photoshoot.placers.studio.props.spots import Patch, Pieces, Taken, Thing, find_spots
from photoshoot.placers.studio.textures import Floats, blend, mix_hex, noise, smoothstep
from photoshoot.placers.studio.view import View

_PICTURE_PX = 192


def citrus(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Whole fruit, halves and slices of one to four kinds, with their leaves."""
    palette = Palette(colors=own(colors, "#f08a1d", "#f4cf3a", "#f0952a"), jitter=0.015)
    kinds = len(palette.colors)
    scale = 0.40 * room(view)
    shapes = np.array(
        ["whole", "half", "whole", "half", "slice", "slice"] + ["whole", "half", "slice"] * crowd(view, 2)
    )
    count = len(shapes)
    sizes = scale * rng.uniform(0.85, 1.05, count)
    heights = {"whole": 1.95, "half": 1.5, "slice": 0.2}
    things = [
        Thing(radius=1.02 * float(s), height=heights[str(k)] * float(s)) for s, k in zip(sizes, shapes, strict=True)
    ]
    spots = find_spots(view, things, rng, Patch(back=-1.3, front=0.9, spread=0.5))
    dyes, turns = palette.draw(rng, count), rng.uniform(0, 360, count)
    lean = rng.uniform(38, 74, count)
    parts: list[tuple[str, Mesh]] = []
    for index, place in spots.items():
        column, pose = int(dyes[index]), np.array([[0.0, 0.0, turns[index]]])
        whole, bowl, face = citrus_fruit()
        if shapes[index] == "whole":
            pose = np.array([[20.0, lean[index], turns[index]]])
            parts.append(("rind", dyed(copies(whole, [place], sizes[index], pose), column, palette)))
        elif shapes[index] == "half":
            tilt = 0.0 if view.lying else float(lean[index])
            pose = np.array([[0.0, tilt, turns[index] / 9 - 20]])
            drop = float(copies(bowl, [[0.0, 0, 0]], 1.0, pose, lift=None).vertices[:, 1].min())
            at = [place - [0.0, drop * sizes[index], 0.0]]
            parts.append(("rind", dyed(copies(bowl, at, sizes[index], pose, lift=None), column, palette)))
            cut = in_atlas(face, column // 3, kinds)
            parts.append(("flesh", copies(cut, at, sizes[index], pose, lift=None)))
        else:
            rim, faces = citrus_slice()
            parts.append(("rind", dyed(copies(rim, [place], sizes[index], pose), column, palette)))
            parts.append(("flesh", copies(in_atlas(faces, column // 3, kinds), [place], sizes[index], pose)))
    taken: Taken = [(place, 0.8 * float(sizes[index])) for index, place in spots.items()]
    parts += _foliage(view, rng, taken)
    coats = {"rind": plastic(palette.paint(), 0.26), "flesh": plastic(bitmap(_flesh(palette.colors), clamp=True), 0.16)}
    return gather(parts, {**coats, "leaves": plastic(_GREEN.paint(), 0.35)})


_GREEN = Palette(colors=("#3f7038", "#5b8a45"), foot=-0.03, tip=0.03)


def _foliage(view: View, rng: np.random.Generator, taken: Taken) -> list[tuple[str, Mesh]]:
    sizes = rng.uniform(0.34, 0.55, crowd(view, 12)) * room(view)
    spots = find_spots(
        view, flat_things(sizes, 0.54, core=0.7), rng, Patch(back=-1.2, front=1.0, gap=0.04, spread=0.5), taken
    )
    mesh = strewn((small_leaf(0.42),), spots, sizes, _GREEN, rng, tilt=14)
    return [("leaves", mesh)] if mesh else []


@lru_cache(maxsize=4)
def _flesh(colors: tuple[str, ...]) -> Floats:
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
    china = own(colors, "#efe6d8")[0]
    scale = room(view)
    roast, bark = Palette(colors=("#4a2a18", "#5a3520"), foot=-0.12, tip=0.02), Palette(colors=("#8a5230", "#7a4526"))
    cups = [Thing(radius=0.78 * scale, height=0.75 * scale)]
    sticks = flat_things(rng.uniform(0.8, 1.0, crowd(view, 4)) * scale, 0.42, 0.1)
    stood = find_spots(view, cups, rng, Patch(back=-1.2, front=-0.2, spread=0.35))
    taken: Taken = [(place, cups[0].radius) for place in stood.values()]
    lain = find_spots(view, sticks, rng, Patch(back=-0.8, front=0.8, spread=0.4), taken)
    parts: list[tuple[str, Mesh]] = []
    turn = float(rng.uniform(-50, 50))
    for place in stood.values():
        body, drink = cup()
        parts.append(("china", copies(body, [place], scale, [[0.0, 0.0, turn]])))
        parts.append(("drink", copies(drink, [place], scale, [[0.0, 0.0, turn]], lift=None)))
    mesh = strewn((cinnamon(),), lain, np.full(len(sticks), 0.95 * scale), bark, rng, tilt=0)
    parts += [("bark", mesh)] if mesh else []
    taken += [(place, 0.2 * scale) for place in lain.values()]
    sizes = rng.uniform(0.13, 0.17, crowd(view, 150))
    patch = Patch(back=-1.3, front=1.4, gap=0.02, spread=0.55, before=0.12)
    beans = strewn(
        (coffee_bean(),),
        find_spots(view, flat_things(sizes, 0.46, 0.08), rng, patch, taken),
        sizes,
        roast,
        rng,
        tilt=40,
    )
    parts += [("beans", beans)] if beans else []
    coats = {"china": plastic(china, 0.08), "drink": plastic("#2a140a", 0.05)}
    return gather(parts, {**coats, "bark": diffuse(bark.paint()), "beans": plastic(roast.paint(), 0.22)})


def eggs(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Speckled eggs in pastels, in small nests and strewn."""
    tints = own(colors, "#f3c9cf", "#cfe3ea", "#f6e7bd", "#dcd3ec")
    shells = Palette(colors=tints)
    straw = Palette(colors=("#a98a55", "#c4a56c", "#8a6c40"), foot=-0.06, tip=0.06)
    scale = 0.64 * room(view)
    radii = scale * rng.uniform(0.95, 1.15, crowd(view, 3))
    nests = find_spots(
        view, [Thing(radius=float(r), height=0.9 * scale) for r in radii], rng, Patch(back=-1.1, front=0.3, spread=0.35)
    )
    parts: list[tuple[str, Mesh]] = []
    places, sizes, turns = [], [], []
    for index, place in nests.items():
        parts.append(
            (
                "straw",
                copies(
                    nest(index % 3),
                    [place],
                    radii[index],
                    [[0, 0, 90.0 * index]],
                    columns=straw.draw(rng, 1),
                    palette=straw,
                ),
            )
        )
        for number in range(3):
            angle = np.radians(120 * number + float(rng.uniform(-20, 20)))
            places.append(
                place + radii[index] * np.array([0.36 * np.cos(angle), 0.10 + 0.02 * number, 0.36 * np.sin(angle)])
            )
            sizes.append(0.72 * radii[index])
            turns.append([rng.uniform(5, 40), 0.0, rng.uniform(0, 360)])
    loose = scale * rng.uniform(0.62, 0.82, crowd(view, 11))
    things = [Thing(radius=0.5 * float(s), height=0.75 * float(s)) for s in loose]
    taken: Taken = [(place, float(radii[index])) for index, place in nests.items()]
    spots = find_spots(view, things, rng, Patch(back=-1.2, front=1.0, spread=0.6), taken)
    around = spun(rng, len(loose), tilt=0, roll=12)
    places += list(spots.values())
    sizes += [float(loose[index]) for index in spots]
    turns += [around[index].tolist() for index in spots]
    kinds = rng.integers(len(tints), size=len(places))
    rolled = rng.uniform(0, 360, len(places))
    for place, size, turn, kind, roll in zip(places, sizes, turns, kinds, rolled, strict=True):
        shell = in_atlas(egg().turned(float(roll), "x"), int(kind), len(tints))
        parts.append(("shells", copies(shell, [[place[0], 0.0, place[2]]], size, [turn], lift=place[1])))
    coats = {"straw": diffuse(straw.paint()), "shells": plastic(bitmap(_speckled(shells.colors), clamp=True), 0.34)}
    return gather(parts, coats)


@lru_cache(maxsize=4)
def _speckled(colors: tuple[str, ...]) -> npt.NDArray[np.float32]:
    """Egg shells side by side, (192, 192 k, 3), with brown speckles."""
    shells = []
    for number, color in enumerate(colors):
        fine = smoothstep(1.9, 2.3, noise((_PICTURE_PX, _PICTURE_PX), seed=11 + number, exponent=0.9, lowest=14))
        broad = smoothstep(2.2, 2.6, noise((_PICTURE_PX, _PICTURE_PX), seed=31 + number, exponent=1.6, lowest=10))
        shell = np.broadcast_to(hex_to_linear(color), (*fine.shape, 3))
        shells.append(blend(shell, mix_hex(color, "#4a3426", 0.75), np.clip(0.75 * fine + 0.7 * broad, 0, 1)))
    return np.asarray(np.concatenate(shells, 1), np.float32)
