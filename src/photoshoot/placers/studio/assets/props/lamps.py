"""Things that shine: candles, clay lamps with marigolds, lanterns of metal and of paper."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.placers.studio.assets.props.air import find_air
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
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
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.festive import star
from photoshoot.placers.studio.assets.props.meshes.lamps import (
    candle,
    coin,
    crescent,
    flame_glow,
    in_draught,
    ingot,
    melt,
    metal_lantern,
    oil_lamp,
    paper_lantern,
)
from photoshoot.placers.studio.assets.props.meshes.produce import marigold, small_petal
from photoshoot.placers.studio.assets.props.placement import (
    Patch,
    Pieces,
    Spots,
    Taken,
    Thing,
    find_spots,
    fit_spots,
    support_frame,
)
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import lathe, tube
from photoshoot.placers.studio.scene.bsdfs import MET, Entry, area_emitter, bitmap, brushed, diffuse

_FLAME = (1.5, 0.95, 0.35)  # linear, in its mean: rims of brighter ones are stairs on a coarse film
_BRASS = brushed("#d9a650", 0.18)
_AMBER = "#b5702a"  # of molten wax
_LEAN, _FLICKER = 0.3, 14.0  # of flames in a draught: see ``in_draught``; degrees by which they differ
_TO_FLAME, _FLAME_APART = 0.15, np.array([0.13, 0.3])
"""From a candle's top to its flame's middle, and how far apart those are seen, across or up; world units."""
_PILLARS = ((0.26, 1.0), (0.26, 0.62), (0.20, 0.38), (0.30, 0.8), (0.16, 0.24), (0.22, 0.5))


def candles(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Pillar candles of a few heights on small plates, burning; a flat-lay has shorter ones."""
    palette = Palette(colors=own(colors, "#f1e6d3", "#ece0cb"), foot=-0.01, tip=0.05, jitter=0.015)
    scale = 1.05 * usual_size(view)
    kinds = [*range(6), *rng.integers(0, 6, crowd(view, 2))]
    sizes = np.array([_PILLARS[kind] for kind in kinds]) * [scale, scale * (0.45 if view.lying else 1.0)]
    things = [Thing(radius=1.35 * float(radius), height=float(height) + 0.4) for radius, height in sizes]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.4, front=0.4, spread=0.4))
    sizes = sizes * share
    spots = spots if view.lying or view.most is not None else _with_flames_apart(view, spots, sizes)
    dyes = palette.draw(rng, len(kinds))
    flicker = rng.uniform(-_FLICKER, _FLICKER, len(kinds)) if view.lying else None
    molten = Palette(colors=tuple(_molten(color) for color in palette.colors), jitter=0.015)
    parts: Parts = []
    for index, place in spots.items():
        radius, height = (round(float(size), 3) for size in sizes[index])
        foot = place + np.array([0.0, 0.035, 0.0])
        wax, wick, fire = candle(radius, height)
        if flicker is not None:
            fire = in_draught(fire, _LEAN, _outward_deg(view, place) + float(flicker[index]))
            parts.append(("melt", dyed(melt(radius, height).moved(*foot), int(dyes[index]), molten)))
        wax, wick, fire = (mesh.moved(*foot) for mesh in (wax, wick, fire))
        parts += [("wax", dyed(wax, int(dyes[index]), palette)), ("wicks", wick), ("flames", fire)]
        parts.append(("plates", _plate(1.3 * radius).moved(*place)))
    coats = {"melt": sheen(molten.albedo(), 0.06, 0.05)} if view.lying else {}
    coats |= {
        "wax": sheen(palette.albedo(), 0.38, 0.04),
        "wicks": diffuse("#1d1916"),
        "flames": _flames(),
        "plates": _BRASS,
    }
    return gather(parts, coats)


def _with_flames_apart(view: View, spots: Spots, sizes: Float64Array) -> Spots:
    """Those spots whose candle's flame is seen apart from those of nearer ones: else one candle seems to have two."""
    kept: dict[int, Float64Array] = {}
    flames: list[Float64Array] = []
    for index in sorted(spots, key=lambda number: -spots[number][2]):
        column, row = view.to_pixel(spots[index] + [0.0, sizes[index, 1] + _TO_FLAME, 0.0])
        seen = np.array([column, row]) / view.px_per_unit
        if all((np.abs(seen - other) > _FLAME_APART).any() for other in flames):
            kept[index] = spots[index]
            flames.append(seen)
    return {index: kept[index] for index in spots if index in kept}


def _outward_deg(view: View, place: Float64Array) -> float:
    """The turn about y from +z to the picture's rim, where a camera over its middle sees the tips of things."""
    frame = support_frame(view)
    x, y = view.to_pixel(frame[:3, :3] @ place + frame[:3, 3]) - np.array([view.width_px, view.height_px]) / 2
    return float(np.degrees(np.arctan2(x, y)))


def _molten(color: str) -> str:
    """The colour of wax once it is molten and clear: darker, and of its flame's amber."""
    return oklab_to_hex(0.72 * hex_to_oklab(color) + 0.28 * hex_to_oklab(_AMBER))


def _flames() -> Entry:
    return area_emitter(bitmap(flame_glow(_FLAME)[:, None], clamp=True), MET)


def _plate(radius: float) -> Mesh:
    profile = [[0.0, 0.035], [0.86, 0.035], [0.96, 0.075], [1.0, 0.07], [0.9, 0.0], [0.0, 0.0]]
    return lathe(np.array(profile) * [radius, 1.0], 48, crease_deg=60)


def diyas(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Clay lamps with their flames, marigold heads, and petals of marigold; the colours are the flowers'."""
    flowers = Palette(colors=own(colors, "#f08a12", "#f6b51f", "#e86f10"), foot=-0.16, tip=0.03)
    clay = Palette(colors=("#a4522c", "#b3602f", "#943f22"))
    scale = 0.74 * usual_size(view)
    sizes = scale * rng.uniform(0.85, 1.1, counted(view, 7))
    spots, share = fit_spots(view, sized(sizes, 0.74, 0.8, core=0.8), rng, Patch(back=-1.2, front=0.8, spread=0.5))
    sizes = sizes * share
    parts: Parts = []
    if spots:
        count = len(sizes)
        turns = np.stack([np.zeros(count), np.zeros(count), rng.uniform(-75, 75, count)], 1)
        bowl, oil, fire = oil_lamp()
        fire = in_draught(fire, _LEAN, 0.0) if view.lying else fire
        dyes = clay.draw(rng, count)
        parts += named("clay", laid([bowl], spots, sizes, turns, lift=None, columns=dyes, palette=clay))
        parts += named("oil", laid([oil], spots, sizes, turns, lift=None))
        parts += named("flames", laid([fire], spots, sizes, turns, lift=None))
    parts += _marigolds(view, rng, flowers, occupied(spots, sizes, 0.6))
    coats = {"clay": sheen(clay.albedo(), 0.42, 0.03), "oil": sheen("#7a4a10", 0.05, 0.07), "flames": _flames()}
    return gather(parts, {**coats, "flowers": diffuse(flowers.albedo())})


def _marigolds(view: View, rng: np.random.Generator, palette: Palette, taken: Taken) -> Parts:
    heads = rng.uniform(0.19, 0.30, crowd(view, 16)) * usual_size(view)
    patch = Patch(back=-1.4, front=0.9, gap=0.06, spread=0.5)
    found = find_spots(view, sized(heads, 1.1, 0.9, core=0.82), rng, patch, taken)
    parts = strewn([marigold(0), marigold(1)], found, heads, palette, rng, tilt=18, lift=-0.02)
    sizes = rng.uniform(0.10, 0.18, crowd(view, 70))
    patch = Patch(back=-1.6, front=1.5, gap=0.02, spread=0.8, before=0.12)
    loose = find_spots(view, flat_things(sizes, 0.52, core=0.7), rng, patch, taken + occupied(found, heads))
    parts += strewn([small_petal(n) for n in range(3)], loose, sizes, palette, rng, tilt=22)
    return named("flowers", parts)


def lanterns(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Lanterns of pierced metal that glow; the colours are the metal's."""
    return gather(_metal_lanterns(view, rng)[0], _metal_and_fire(colors))


def ramadan(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Lanterns of pierced metal, crescents, and small stars; the colours are the lanterns'."""
    parts, taken = _metal_lanterns(view, rng)
    coats = _metal_and_fire(colors) | {"charms": brushed("#e3b75f", 0.16)}
    return gather([*parts, *_moons(view, rng, taken)], coats)


def _metal_and_fire(colors: tuple[str, ...]) -> dict[str, Entry]:
    """The coats of lanterns."""
    light = area_emitter(np.array([2.3, 1.02, 0.27]), 0.8)
    return {"metal": brushed(own(colors, "#c99a4e")[0], 0.22), "light": light}


def _metal_lanterns(view: View, rng: np.random.Generator) -> tuple[Parts, Taken]:
    """The lanterns, and the rooms that they take."""
    scale = 0.78 * usual_size(view)
    sizes = scale * np.concatenate([[1.0, 0.74, 0.56, 0.84], rng.uniform(0.5, 0.9, crowd(view, 2))])
    tall = 1.2 if view.lying else 0.62
    spots, share = fit_spots(view, sized(sizes, tall, 2.3), rng, Patch(back=-1.3, front=0.2, spread=0.45))
    sizes = sizes * share
    frame, fire = metal_lantern()
    turns = rng.uniform(0, 45, len(sizes))
    parts: Parts = []
    for index, place in spots.items():
        pose, at = [[0.0, 0.0, turns[index]]], place
        if view.lying:
            pose, at = [[0.0, 90.0, 8 * turns[index]]], place + np.array([0.0, 0.56 * sizes[index], 0.0])
        shift = -1.1 if view.lying else 0.0
        parts += [
            (name, copies(mesh.moved(0, shift), [at], sizes[index], pose, lift=None))
            for name, mesh in (("metal", frame), ("light", fire))
        ]
    return parts, occupied(spots, sizes, tall)


def _moons(view: View, rng: np.random.Generator, taken: Taken) -> Parts:
    """Crescents that stand and stars that lie."""
    moons = rng.uniform(0.30, 0.44, crowd(view, 2)) * usual_size(view)
    found = find_spots(view, sized(moons, 0.9), rng, Patch(back=-0.8, front=0.5, spread=0.6), taken)
    tilt = -84.0 if view.lying else -10.0
    parts = [
        ("charms", copies(crescent(), [place], moons[index], [[-18.0, tilt, 25.0 - 50 * (index % 2)]], lift=-0.01))
        for index, place in found.items()
    ]
    sizes = rng.uniform(0.07, 0.15, crowd(view, 24))
    patch = Patch(back=-1.4, front=1.3, gap=0.03, before=0.1)
    stars = find_spots(view, flat_things(sizes, 1.0), rng, patch, taken + occupied(found, moons))
    if stars:
        turns = spun(rng, len(sizes), tilt=6) + np.array([0, -90, 0])
        parts += named("charms", laid([star()], stars, sizes, turns))
    return parts


def paper_lanterns(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Paper lanterns, hanging where there is air, over coins and ingots of gold; the colours are the paper's."""
    palette = Palette(colors=own(colors, "#d4181f", "#e02a2c"), foot=-0.03, tip=-0.03)
    parts = _lying_lanterns(view, rng, palette) if view.lying else _hanging_lanterns(view, rng, palette)
    parts += _gold(view, rng)
    coats = {"paper": sheen(palette.albedo(), 0.42, 0.03), "gold": brushed("#e6b04a", 0.2)}
    return gather(parts, coats)


def _hanging_lanterns(view: View, rng: np.random.Generator, palette: Palette) -> Parts:
    radii = np.sort(rng.uniform(0.30, 0.52, crowd(view, 8)))[::-1] * usual_size(view)
    spots = find_air(view, 1.25 * radii, rng, front=0.3, spread=1.2, heights=(0.36, 0.80))
    dyes = palette.draw(rng, len(radii))
    skin, trim = paper_lantern()
    parts: Parts = []
    for index, place in spots.items():
        radius = float(radii[index])
        parts.append(("paper", dyed(skin, int(dyes[index]), palette).scaled(radius).moved(*place)))
        parts.append(("gold", trim.scaled(radius).moved(*place)))
        top = view.top_at(float(place[2])) + 0.4
        if place[1] + radius < top:
            parts.append(("gold", tube(place + np.array([0, radius, 0]), [place[0], top, place[2]], 0.008, sides=5)))
    return parts


def _lying_lanterns(view: View, rng: np.random.Generator, palette: Palette) -> Parts:
    radii = np.sort(rng.uniform(0.26, 0.42, crowd(view, 6)))[::-1] * usual_size(view)
    spots, share = fit_spots(view, sized(radii, 1.3), rng, Patch(spread=0.6))
    radii = radii * share
    dyes, turns = palette.draw(rng, len(radii)), rng.uniform(0, 360, len(radii))
    skin, trim = paper_lantern()
    parts: Parts = []
    for index, place in spots.items():
        at, pose = [place + np.array([0.0, 0.98 * radii[index], 0.0])], [[0.0, 82.0, turns[index]]]
        parts.append(("paper", dyed(copies(skin, at, radii[index], pose, lift=None), int(dyes[index]), palette)))
        parts.append(("gold", copies(trim, at, radii[index], pose, lift=None)))
    return parts


def _gold(view: View, rng: np.random.Generator) -> Parts:
    """Coins and ingots."""
    scale = usual_size(view)
    bars = rng.uniform(0.22, 0.30, crowd(view, 6)) * scale
    patch = Patch(back=-0.9, front=0.8, spread=0.4)
    found, share = fit_spots(view, sized(bars, height=0.8), rng, patch)
    bars = bars * share
    parts = laid([ingot()], found, bars, spun(rng, len(bars)))
    coins = rng.uniform(0.10, 0.14, crowd(view, 34)) * scale
    patch = Patch(back=-1.1, front=1.3, gap=0.03, spread=0.5, before=0.08)
    lain = find_spots(view, flat_things(coins, 0.8, 0.04), rng, patch, occupied(found, bars, 0.9))
    return named("gold", parts + laid([coin()], lain, coins, spun(rng, len(coins), tilt=7.0)))
