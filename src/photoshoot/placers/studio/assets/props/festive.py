"""Things of a party: balloons, confetti, parcels, hearts, stars and glass ornaments."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    ball,
    copies,
    counted,
    crowd,
    dyed,
    flat_things,
    gather,
    laid,
    named,
    occupied,
    own,
    sheen,
    sized,
    spun,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.festive import (
    balloon,
    confetti_pieces,
    heart,
    parcel,
    star,
    streamer,
)
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, torus
from photoshoot.placers.studio.scene.bsdfs import brushed, metal, plastic

_PARCELS = ((0.42, 0.40, 0.42), (0.50, 0.24, 0.38), (0.30, 0.48, 0.30), (0.34, 0.20, 0.34), (0.24, 0.22, 0.24))
"""Half sizes of the parcels, the biggest first."""


def gifts(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Wrapped boxes with ribbons: the first colours are papers, the last one ties them."""
    asked = own(colors, "#c8283a", "#f3ead9", "#f0c264")
    papers, ties = Palette(colors=asked[:-1] or asked), Palette(colors=asked[-1:], foot=-0.03, tip=0.03)
    numbers = [*range(5), *rng.integers(1, 5, crowd(view, 4) + 2)]
    scale = usual_size(view)
    things = [
        Thing(radius=1.18 * scale * max(_PARCELS[n][0], _PARCELS[n][2]), height=2.5 * _PARCELS[n][1] * scale)
        for n in numbers
    ]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.5, front=0.5, spread=0.5))
    scale *= share
    dyes, turns = papers.draw(rng, len(numbers)), rng.uniform(-34, 34, len(numbers))
    parts: Parts = []
    for index, place in spots.items():
        for name, mesh, palette in zip(
            ("papers", "ties"), parcel(*_PARCELS[numbers[index]]), (papers, ties), strict=True
        ):
            column = int(dyes[index]) if name == "papers" else 1
            parts.append((name, dyed(mesh.scaled(scale).turned(float(turns[index])).moved(*place), column, palette)))
    taken: Taken = [(place, share * things[index].radius) for index, place in spots.items()]
    parts += named("ties", _litter(view, rng, Palette(colors=(asked[-1],)), taken, 14))
    return gather(parts, {"papers": sheen(papers.albedo(), 0.3), "ties": sheen(ties.albedo(), 0.2, 0.18)})


def balloons(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Balloons that lie on the floor, in two loose heaps, among a little confetti."""
    palette = Palette(colors=own(colors, "#f4a6b8", "#fbe3da", "#e8607f", "#f2cf8d"), foot=-0.13, tip=0.0)
    count = counted(view, 9)
    radii = np.sort(rng.uniform(0.24, 0.60, count))[::-1] * usual_size(view)
    spots, share = fit_spots(view, sized(radii), rng, Patch(back=-1.5, front=0.45, spread=0.6))
    radii = radii * share
    dyes = palette.draw(rng, count)
    turns = np.stack([rng.uniform(50, 130, count), rng.uniform(-40, 40, count), rng.uniform(0, 360, count)], 1)
    skins = laid([balloon()], spots, radii, turns, columns=dyes, palette=palette)
    litter = _litter(view, rng, palette, occupied(spots, radii, 0.7), 26)
    coats = {"skins": plastic(palette.albedo(), 0.09, 1.5), "scraps": sheen(palette.albedo(), 0.35)}
    return gather(named("skins", skins) + named("scraps", litter), coats)


def confetti(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Scraps of paper on the floor, dense near the product, and a few paper curls."""
    palette = Palette(colors=own(colors, "#e8506e", "#f7c948", "#4fb3bf", "#fbf3e4"))
    curls = flat_things(rng.uniform(0.7, 1.1, crowd(view, 5)), 0.5, 0.3)
    spots = find_spots(view, curls, rng, Patch(back=-1.2, front=0.9, spread=0.8))
    taken: Taken = [(place, 0.12) for place in spots.values()]
    parts = named("scraps", _litter(view, rng, palette, taken, 210))
    if spots:
        turns = spun(rng, len(spots), tilt=8) + np.array([90, 0, 0])
        dyes = palette.draw(rng, len(spots))
        places = np.array(list(spots.values()))
        parts.append(("scraps", copies(streamer(4.0, 0.9), places, 0.9, turns, columns=dyes, palette=palette)))
    return gather(parts, {"scraps": sheen(palette.albedo(), 0.3)})


def _litter(view: View, rng: np.random.Generator, palette: Palette, taken: Taken, count: int) -> list[Mesh]:
    """Strewn confetti."""
    total = crowd(view, count)
    sizes = rng.uniform(0.07, 0.15, total)
    patch = Patch(back=-2.2, front=1.7, gap=0.02, spread=1.0, before=0.25)
    spots = find_spots(view, flat_things(sizes, 0.42, 0.05), rng, patch, taken)
    kinds, dyes = rng.integers(len(confetti_pieces()), size=total), palette.draw(rng, total)
    turns, lift = spun(rng, total, tilt=16, roll=10), rng.uniform(0.002, 0.012, total)
    return laid(confetti_pieces(), spots, sizes, turns, kinds=kinds, lift=lift, columns=dyes, palette=palette)


def hearts(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Puffed hearts: a few that stand, leaning back, and many small ones that lie."""
    palette = Palette(colors=own(colors, "#d81f3f", "#f3a3b3", "#f7d9da"), foot=-0.05, tip=0.02)
    return _tokens(view, rng, palette, heart(0.4), {"bodies": plastic(palette.albedo(), 0.16)}, 0.30)


def stars(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Soft stars: a few that stand, leaning back, and many small ones that lie."""
    palette = Palette(colors=own(colors, "#e9b949", "#f7e3ae", "#fbf4e2"), foot=-0.05, tip=0.02)
    return _tokens(view, rng, palette, star(), {"bodies": sheen(palette.albedo(), 0.2, 0.14)}, 0.34)


def _tokens(
    view: View,
    rng: np.random.Generator,
    palette: Palette,
    model: Mesh,
    coats: dict[str, dict[str, object]],
    size: float,
) -> Pieces:
    """Things of one model; of counted ones none is small and lies about."""
    large, small = counted(view, 5), crowd(view, 34) if view.most is None else 0
    sizes = np.concatenate(
        [size * usual_size(view) * rng.uniform(0.7, 1.5, large), size * rng.uniform(0.16, 0.4, small)]
    )
    things = [Thing(radius=0.9 * float(s), height=1.7 * float(s) if i < large else 0.1) for i, s in enumerate(sizes)]
    spots, share = fit_spots(view, things[:large], rng, Patch(back=-1.3, front=0.4, spread=0.5))
    sizes[:large] *= share
    patch = Patch(back=-1.9, front=1.6, gap=0.04, before=0.2)
    rest = find_spots(view, things[large:], rng, patch, occupied(spots, sizes, 0.6))
    spots |= {large + index: place for index, place in rest.items()}
    turns = np.concatenate([_leaning(rng, large, lying=view.lying), spun(rng, small, tilt=8) + np.array([0, -90, 0])])
    dyes = palette.draw(rng, large + small)
    meshes = laid([model], spots, sizes, turns, lift=-0.004, columns=dyes, palette=palette)
    return gather(named("bodies", meshes), coats)


def _leaning(rng: np.random.Generator, count: int, *, lying: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    tilt = rng.uniform(-86, -70, count) if lying else rng.uniform(-32, -12, count)
    return np.stack([rng.uniform(-22, 22, count), tilt, rng.uniform(-32, 32, count)], 1)


def ornaments(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Glass balls, shiny and satin, some of gold, with their caps and rings."""
    palette = Palette(colors=own(colors, "#b3101c", "#d9343f"))
    radii = np.array([0.46, 0.40, 0.34, 0.29, 0.24, 0.20, 0.15, 0.13, 0.12, 0.11])
    radii = np.concatenate([radii, rng.uniform(0.12, 0.42, crowd(view, 5))]) * usual_size(view)
    spots, share = fit_spots(view, sized(radii, height=2.2), rng, Patch(back=-1.3, front=0.9, spread=0.62))
    radii = radii * share
    kinds, dyes = rng.uniform(size=len(radii)), palette.draw(rng, len(radii))
    turns = np.stack([rng.uniform(-60, 60, len(radii)), np.zeros(len(radii)), rng.uniform(0, 360, len(radii))], 1)
    parts: Parts = []
    for index, place in spots.items():
        radius = float(radii[index])
        coat = "gold" if kinds[index] < 0.38 else ("shiny" if kinds[index] < 0.8 else "satin")
        glass = ball(28).scaled(radius).moved(*(place + np.array([0.0, radius, 0.0])))
        parts.append((coat, dyed(glass, int(dyes[index]), palette)))
        parts.append(("caps", copies(_cap(), [place + np.array([0.0, radius, 0.0])], radius, turns[index], lift=None)))
    albedo = palette.albedo()
    coats = {"gold": metal("#f0b65a", 0.18), "shiny": plastic(albedo, 0.05, 1.6), "satin": sheen(albedo, 0.34, 0.06)}
    return gather(parts, {**coats, "caps": brushed("#e8c27a", 0.2)})


@lru_cache(maxsize=1)
def _cap() -> Mesh:
    ring = torus(0.10, 0.018, segments=24, sides=8).moved(0, 1.22)
    return merged([bevelled_cylinder(0.17, 0.2, 0.02, segments=28).moved(0, 0.93), ring])
