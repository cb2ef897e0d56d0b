"""Things of the garden: petals, leafy twigs, pine."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    ball,
    copies,
    crowd,
    flat_things,
    gather,
    own,
    room,
    sheen,
    spun,
)
from photoshoot.placers.studio.assets.props.meshes.produce import pine_cone, pine_twig, small_petal
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.scene.bsdfs import diffuse


def petals(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Loose petals strewn on the support."""
    palette = Palette(colors=own(colors, "#f08aa6", "#f6b3c4"), foot=0.07, tip=-0.03, jitter=0.035)
    count = crowd(view, 85)
    sizes = rng.uniform(0.17, 0.34, count)
    patch = Patch(back=-2.0, front=1.6, gap=0.02, spread=0.9, before=0.15)
    spots = find_spots(view, flat_things(sizes, 0.52, 0.1, core=0.62), rng, patch)
    mesh = strewn(tuple(small_petal(n) for n in range(4)), spots, sizes, palette, rng, tilt=24)
    return gather([("petals", mesh)], {"petals": diffuse(palette.albedo())}) if mesh else {}


def strewn(
    models: tuple[Mesh, ...],
    spots: dict[int, Float64Array],
    sizes: Float64Array,
    palette: Palette,
    rng: np.random.Generator,
    *,
    tilt: float = 12.0,
    lift: float = 0.002,
) -> Mesh | None:
    """Models that lie about at spots, each of any turn and colour; None if there are no spots."""
    count = len(sizes)
    kinds, dyes, turns = rng.integers(len(models), size=count), palette.draw(rng, count), spun(rng, count, tilt, tilt)
    found = []
    for kind, model in enumerate(models):
        mine = [index for index in spots if kinds[index] == kind]
        if mine:
            places = np.array([spots[index] for index in mine])
            found.append(
                copies(model, places, sizes[mine], turns[mine], lift=lift, columns=dyes[mine], palette=palette)
            )
    return merged(found) if found else None


def leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Leafy twigs lying at both sides, like eucalyptus; upright, boughs also reach in from the picture's sides."""
    palette = Palette(colors=own(colors, "#6f8a6a", "#8aa284"), foot=-0.04, tip=0.04)
    lengths = rng.uniform(1.0, 1.7, crowd(view, 10)) * room(view)
    patch = Patch(back=-1.3, front=0.6, gap=0.08, spread=0.5)
    spots = find_spots(view, flat_things(lengths, 0.64, 0.22, core=0.44), rng, patch)
    lying = strewn(tuple(_twig(n) for n in range(5)), spots, lengths, palette, rng, tilt=9, lift=-0.02)
    boughs = [] if view.lying else _boughs(view, rng, palette)
    meshes = [*boughs, *([lying] if lying else [])]
    return gather([("leaves", mesh) for mesh in meshes], {"leaves": sheen(palette.albedo(), 0.4)})


@lru_cache(maxsize=5)
def _twig(seed: int) -> Mesh:
    """A twig of unit length about the origin, lying."""
    return branch(1.0, pairs=7, leaf_length=0.28, leaf_width=0.16, seed=seed).moved(-0.5).turned(-90, "x")


@lru_cache(maxsize=3)
def _bough(seed: int) -> Mesh:
    """A twig of unit length from the origin along +x, facing the camera."""
    return branch(1.0, pairs=9, leaf_length=0.25, leaf_width=0.13, seed=seed + 20)


def _boughs(view: View, rng: np.random.Generator, palette: Palette) -> list[Mesh]:
    """Twigs from outside the picture, near and far, that end well short of the product."""
    count = 7
    z = np.where(np.arange(count) % 3 == 2, rng.uniform(0.9, 1.5, count), rng.uniform(-2.0, -0.7, count))
    side = np.where(np.arange(count) % 2 == 0, 1.0, -1.0) * rng.choice([-1.0, 1.0])
    wide = view.half_width * (view.distance - z) / view.distance
    edge = (view.product_half_width + abs(view.product_x) + 0.2) * (view.distance - z) / view.distance
    length = np.minimum(rng.uniform(1.3, 2.3, count), 0.85 * (wide - edge) + 0.2)
    top = view.camera_y + (view.top - view.camera_y) * (view.distance - z) / view.distance
    places = np.stack([side * (wide + 0.2), top * rng.uniform(0.42, 0.98, count), z], 1)
    turns = np.stack([rng.uniform(-38, 4, count), rng.uniform(-25, 25, count), np.where(side > 0, 180.0, 0.0)], 1)
    dyes = palette.draw(rng, count)
    return [
        copies(_bough(k % 3), places[[k]], length[k], turns[[k]], lift=None, columns=dyes[[k]], palette=palette)
        for k in range(count)
        if length[k] > 0.5
    ]


def pine(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Sprigs of pine, cones, and red berries."""
    palette = Palette(colors=own(colors, "#2f5d3a", "#44714a"), foot=-0.10, tip=0.05)
    return gather(
        evergreen(view, rng, palette),
        {
            "needles": diffuse(palette.albedo()),
            "cones": diffuse(_CONES.albedo()),
            "berries": sheen("#b3141f", 0.12, 0.08),
        },
    )


_CONES = Palette(colors=("#6e4a30", "#7d5838"), foot=-0.14, tip=0.08)


def evergreen(
    view: View, rng: np.random.Generator, needles: Palette, *, cones: Palette = _CONES, berries: float = 26
) -> list[tuple[str, Mesh]]:
    """Parts ``needles``, ``cones`` and ``berries``, in heaps at both sides."""
    scale = room(view)
    parts: list[tuple[str, Mesh]] = []
    lengths = rng.uniform(1.1, 1.9, crowd(view, 16)) * scale
    spots = find_spots(
        view, flat_things(lengths, 0.66, 0.36, core=0.28), rng, Patch(back=-1.5, front=0.5, gap=0.1, spread=0.55)
    )
    twigs = strewn(tuple(pine_twig(n) for n in range(4)), spots, lengths, needles, rng, tilt=13, lift=-0.05)
    parts += [("needles", twigs)] if twigs else []
    taken: Taken = []
    big = rng.uniform(0.38, 0.56, crowd(view, 5)) * scale
    things = [Thing(radius=0.5 * float(size), height=0.8 * float(size)) for size in big]
    found = find_spots(view, things, rng, Patch(back=-1.0, front=0.7, spread=0.45))
    turns = spun(rng, len(big), tilt=10) + np.array([90, 0, 0])
    dyes = cones.draw(rng, len(big))
    if found:
        mine = list(found)
        places = np.array([found[index] for index in mine])
        parts.append(("cones", copies(pine_cone(), places, big[mine], turns[mine], columns=dyes[mine], palette=cones)))
        taken = [(place, 0.4 * float(big[index])) for index, place in found.items()]
    radii = rng.uniform(0.045, 0.065, crowd(view, berries) if berries else 0)
    balls = [Thing(radius=float(r), height=2 * float(r)) for r in radii]
    rest = find_spots(view, balls, rng, Patch(back=-1.2, front=1.2, gap=0.05, spread=0.45), taken)
    if rest:
        mine = list(rest)
        parts.append(
            ("berries", copies(ball(9), np.array([rest[i] for i in mine]), radii[mine], np.zeros((len(mine), 3))))
        )
    return parts
