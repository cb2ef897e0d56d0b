"""What a table is laid with: bread, cheese, mushrooms and grapes."""

from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.botanical import LEAF_GREEN, shed_leaves
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    ball,
    copies,
    crowd,
    dyed,
    flat_things,
    gather,
    lowest,
    named,
    occupied,
    own,
    sheen,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.bakery import (
    crumb_albedo,
    crust_albedo,
    long_loaf,
    round_loaf,
    slice_of_bread,
)
from photoshoot.placers.studio.assets.props.meshes.dairy import cheese as sector
from photoshoot.placers.studio.assets.props.meshes.dairy import cubes
from photoshoot.placers.studio.assets.props.meshes.grapes import GRAPE, bunch
from photoshoot.placers.studio.assets.props.meshes.mushrooms import mushroom
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse

_SMALLER = (0.8, 0.8, 0.8)  # from one try to the next, of bread of which no loaf finds room
_CRUMB = "#ecd7ac"
_STEM = Palette(colors=("#e2d5bc", "#d9c8a8"), foot=-0.12, tip=0.02)
_STALK = "#6d5a35"
_WHEELS = ((24.0, 318.0, 0.52, False), (-32.0, 20.0, 0.62, True), (20.0, 62.0, 0.52, False), (-26.0, 22.0, 0.62, True))
"""Where the pieces of cheese begin and end in their wheels, how high those are, and whether they have holes."""


def bread(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Round and long loaves, slices and crumbs; a colour is the crust's."""
    crust = Palette(colors=own(colors, "#a3672f", "#93592b"), jitter=0.02)
    scale = usual_size(view)
    kinds = ["round", "slice", "long", "slice", *["slice", "long", "round"] * crowd(view, 1)]
    size = {"round": 0.72, "long": 0.82, "slice": 0.78}
    rooms = {"round": (1.0, 0.9), "long": (1.3, 0.42), "slice": (0.5, 0.12)}
    things = [
        Thing(radius=scale * size[kind] * rooms[kind][0], height=scale * size[kind] * rooms[kind][1], core=0.8)
        for kind in kinds
    ]
    patch = Patch(back=-1.3, front=0.8, gap=0.08, spread=0.42)
    spots, share = fit_spots(view, things, rng, patch)
    for smaller in _SMALLER:
        if any(kinds[index] != "slice" for index in spots):
            break  # slices alone are hardly told from plates
        things = [replace(thing, radius=smaller * thing.radius, height=smaller * thing.height) for thing in things]
        scale *= smaller
        spots, share = fit_spots(view, things, rng, patch)
    turns, dyes = rng.uniform(-40, 40, len(kinds)), crust.draw(rng, len(kinds))
    parts: Parts = []
    for index, place in spots.items():
        factor, turn, column = scale * share * size[kinds[index]], float(turns[index]), int(dyes[index])
        if kinds[index] == "slice":
            crumb, rim = slice_of_bread()
            parts.append(("crumb", crumb.scaled(factor).turned(turn).moved(*place)))
            parts.append(("crust", dyed(rim.scaled(factor).turned(turn).moved(*place), column, crust)))
            continue
        loaf = round_loaf(index % 3) if kinds[index] == "round" else long_loaf(index % 2)
        parts.append(("crust", dyed(loaf.scaled(factor).turned(turn).moved(*place), column, crust)))
    crumbs = rng.uniform(0.012, 0.034, crowd(view, 60)) * scale
    near = Patch(back=-1.1, front=1.2, gap=0.03, spread=0.5, before=0.1)
    taken = [(place, 0.8 * share * things[index].radius) for index, place in spots.items()]
    fallen = find_spots(view, flat_things(crumbs, 1.0, 0.05), rng, near, taken)
    parts += named("crust", strewn([ball(5).scaled(1.2, 0.7, 0.8).shaded(0.8)], fallen, crumbs, crust, rng, tilt=40))
    return gather(
        parts,
        {
            "crust": sheen(bitmap(crust_albedo(crust.colors), clamp=True), 0.5, 0.025),
            "crumb": diffuse(bitmap(crumb_albedo(_CRUMB))),
        },
    )


def cheese(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """A wheel with a piece cut out, wedges with and without holes, and cubes; a colour is what is under the rind."""
    paste = Palette(colors=own(colors, "#efcf7a", "#f2e0ac"), foot=-0.14, tip=0.02, jitter=0.01)
    rinds = Palette(colors=("#d7a24a", "#f1ebdc"), foot=-0.05, tip=0.03, jitter=0.012)
    scale = usual_size(view)
    kinds = [1, 0, 2, 4, 3, *[4, 1, 4, 2] * crowd(view, 1)]
    sizes = [0.74 * scale if kind == 0 else 0.42 * scale if kind == 4 else 0.92 * scale for kind in kinds]
    reach = {0: 1.02, 1: 0.7, 2: 0.68, 3: 0.7, 4: 0.84}
    things = [
        Thing(radius=reach[kind] * size, height=0.65 * size, core=0.9) for kind, size in zip(kinds, sizes, strict=True)
    ]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.2, front=0.8, gap=0.08, spread=0.42))
    headings = rng.uniform(-46, 46, len(kinds))
    parts: Parts = []
    for index, place in spots.items():
        parts += _cheese(kinds[index], float(headings[index]), share * sizes[index], place, paste, rinds)
    leaves = rng.uniform(0.24, 0.36, crowd(view, 5)) * scale
    parts += shed_leaves(view, rng, leaves, [(at, 0.9 * share * things[index].radius) for index, at in spots.items()])
    coats = {"paste": sheen(paste.albedo(), 0.42, 0.04), "rind": sheen(rinds.albedo(), 0.4, 0.04)}
    return gather(parts, {**coats, "leaves": sheen(LEAF_GREEN.albedo(), 0.33)})


def _cheese(kind: int, turn: float, size: float, place: Float64Array, paste: Palette, rinds: Palette) -> Parts:
    """One piece: its cut faces towards the camera, its kind's rind and paste."""
    if kind == len(_WHEELS):
        return [("paste", dyed(cube.scaled(2 * size).turned(turn).moved(*place), 1, paste)) for cube in cubes()]
    start, end, height, holes = _WHEELS[kind]
    rind, cut = sector(start, end, height, holes=holes)
    middle = 0.0 if kind == 0 else 0.55
    lead = 0.5 * (start + end) + (180 if kind == 0 else 0)
    column = 1 if holes else 4 % paste.columns
    aim = -lead + (90.0 - 180.0 * (kind == 0)) + turn  # wedges point to the camera, as does what was cut out

    def put(mesh: Mesh) -> Mesh:
        return mesh.turned(aim).moved(0, 0, middle).scaled(size).moved(*place)

    return [("paste", dyed(put(cut), column, paste)), ("rind", dyed(put(rind), 1 if holes else 4, rinds))]


def mushrooms(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """White mushrooms and porcini, standing and lying, and a few leaves; a colour is the caps'."""
    caps = Palette(colors=own(colors, "#8a5a34", "#dcc9a6", "#a3703f"), foot=-0.26, tip=0.05, jitter=0.02)
    sizes = np.concatenate([[0.86, 0.7, 0.78], rng.uniform(0.4, 0.8, crowd(view, 8))]) * usual_size(view)
    spots, share = fit_spots(
        view, [Thing(radius=0.58 * s, height=1.02 * s) for s in sizes], rng, Patch(back=-1.3, front=0.9, spread=0.42)
    )
    sizes = sizes * share
    dyes, lies = caps.draw(rng, len(sizes)), rng.uniform(size=len(sizes)) < (0.75 if view.lying else 0.36)
    turns = np.stack([rng.uniform(-7, 7, len(sizes)), 0 * sizes, rng.uniform(0, 360, len(sizes))], 1)
    turns[lies, 0] = rng.uniform(74, 96, int(lies.sum()))
    parts: Parts = []
    for index, place in spots.items():
        white = len(caps.colors) > 1 and dyes[index] // 3 == 1
        cap, stem = mushroom(0 if white else 1, index % 3)
        one, turn = np.array([sizes[index]]), turns[index : index + 1]
        foot = min(float(lowest(mesh, one, turn)[0]) for mesh in (cap, stem))
        at = [place - np.array([0.0, foot + 0.012, 0.0])]
        column = np.array([dyes[index]])
        parts.append(("caps", copies(cap, at, one, turn, lift=None, columns=column, palette=caps)))
        stems = copies(stem, at, one, turn, lift=None, columns=column % _STEM.columns, palette=_STEM)
        parts.append(("stems", stems))
    leaves = rng.uniform(0.26, 0.42, crowd(view, 7)) * usual_size(view)
    parts += shed_leaves(view, rng, leaves, occupied(spots, sizes, 0.6))
    coats = {"caps": sheen(caps.albedo(), 0.36, 0.05), "stems": diffuse(_STEM.albedo())}
    return gather(parts, {**coats, "leaves": sheen(LEAF_GREEN.albedo(), 0.33)})


def grapes(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Bunches of grapes on their stalks, some single ones, and leaves; a colour is the grapes'."""
    skins = Palette(colors=own(colors, "#4b2540", "#5c2f4a"), foot=-0.02, tip=0.08, jitter=0.035)
    sizes = np.concatenate([[0.82, 0.74], rng.uniform(0.62, 0.78, crowd(view, 2))]) * usual_size(view)
    things = [Thing(radius=1.13 * size, height=0.62 * size, core=0.62) for size in sizes]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.2, front=0.9, gap=0.08, spread=0.4))
    sizes = sizes * share
    turns = rng.uniform(0, 360, len(sizes))
    parts: Parts = []
    for index, place in spots.items():
        parts += _bunch(place, float(sizes[index]), float(turns[index]), index, skins, rng)
    loose = np.full(crowd(view, 9), GRAPE) * usual_size(view) * share
    found = find_spots(
        view, flat_things(loose, 1.0, 0.25), rng, Patch(back=-1, front=1.1, spread=0.5), _rooms(spots, sizes)
    )
    parts += named("skins", strewn([ball(14)], found, loose, skins, rng, tilt=60))
    leaves = rng.uniform(0.36, 0.52, crowd(view, 5)) * usual_size(view)
    parts += shed_leaves(view, rng, leaves, _rooms(spots, sizes))
    coats = {"skins": sheen(skins.albedo(), 0.24, 0.055), "stalks": diffuse(_STALK)}
    return gather(parts, {**coats, "leaves": sheen(LEAF_GREEN.albedo(), 0.33)})


def _rooms(spots: Spots, sizes: Float64Array) -> list[tuple[Float64Array, float]]:
    return occupied(spots, sizes, 0.6)


def _bunch(
    place: Float64Array, size: float, turn: float, number: int, skins: Palette, rng: np.random.Generator
) -> Parts:
    """A bunch's grapes, each turned and dyed by itself, and its stalk."""
    centers, stalk = bunch(number % 2)
    angle = np.radians(turn)
    spin = np.array([[np.cos(angle), 0.0, np.sin(angle)], [0.0, 1.0, 0.0], [-np.sin(angle), 0.0, np.cos(angle)]])
    at = place + size * centers @ spin.T
    girth = size * GRAPE * rng.uniform(0.92, 1.06, len(at))
    turns = np.stack([rng.uniform(-40, 40, len(at)), rng.uniform(-40, 40, len(at)), rng.uniform(0, 360, len(at))], 1)
    berries = copies(
        ball(12).scaled(1, 1.08, 1), at, girth, turns, lift=None, columns=skins.draw(rng, len(at)), palette=skins
    )
    return [("skins", berries), ("stalks", stalk.scaled(size).turned(turn).moved(*place))]
