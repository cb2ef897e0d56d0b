"""Vases with flowers or grasses in them, and ribbons."""

import types
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.flowers import HEART
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
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.festive import bow, ribbon, streamer
from photoshoot.placers.studio.assets.props.meshes.flowers import daisy, lying_plume, plume, rose, tulip
from photoshoot.placers.studio.assets.props.meshes.produce import small_petal
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, rotation
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import lathe, rounded_profile, tube_along

_GREEN = Palette(colors=("#4a6f3c", "#6b8a5c"), foot=-0.05, tip=0.06)
_PALE = ("#f4ece0", "#efd9cf")
_HEADS: Mapping[str, tuple[Callable[[int], Mesh], float, tuple[str, ...]]] = types.MappingProxyType(
    {
        "flowers": (rose, 0.25, ("#d8758c", "#eeb4ba", "#f5e3d8")),
        "tulips": (tulip, 0.15, ("#d6486a", "#e9a23b", "#f3e2cf")),
        "pampas": (plume, 0.2, ("#eadcc2", "#e0cfae", "#f2e8d6")),
        "daisies": (lambda number: daisy(number % 2)[0], 0.18, ("#fbf8ef",)),
    }
)
"""Flowers that stand in vases: what builds a head, its radius, and its colours."""
_STRAW = Palette(colors=("#bda477", "#cdb68c"), foot=-0.04, tip=0.04)
FLOWERS = frozenset(_HEADS)
"""Kinds of things that stand in a vase where there is one."""
_STEMS = 9
_FACING = 58.0  # degrees that a bow stands up, so that the breadth of its loops is seen
_OUTSIDES = (
    ((0.19, 0.98), (0.15, 0.86), (0.24, 0.7), (0.4, 0.42), (0.34, 0.14), (0.22, 0.0)),
    ((0.15, 1.08), (0.12, 0.9), (0.13, 0.68), (0.3, 0.36), (0.28, 0.1), (0.2, 0.0)),
    ((0.27, 0.86), (0.26, 0.6), (0.25, 0.3), (0.23, 0.05), (0.21, 0.0)),
)
_MOUTHS = (0.98, 1.08, 0.86)
"""Heights of the vases' mouths."""
_BELLIES = (0.4, 0.3, 0.27)
"""Their largest radii."""
_THICK = 0.03


def vases(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Vases with pale roses and leaves; a colour is the vases'."""
    return filled_vases(view, rng, colors, "flowers", _PALE)


def pampas(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Plumes of pampas grass in pale vases, or lying where they are seen from above; a colour is the plumes'."""
    if not view.lying:
        return filled_vases(view, rng, (), "pampas", colors)
    palette = Palette(colors=own(colors, *_HEADS["pampas"][2]), foot=-0.04, tip=0.05, jitter=0.03)
    lengths = rng.uniform(1.3, 2.1, crowd(view, 16))
    patch = Patch(back=-1.3, front=0.8, gap=0.04, spread=0.5)
    spots, share = fit_spots(view, flat_things(lengths, 0.4, 0.3, core=0.3), rng, patch)
    plumes = strewn([lying_plume(n) for n in range(3)], spots, share * lengths, palette, rng, tilt=0)
    return gather(named("heads", plumes), {"heads": sheen(palette.albedo(), 0.5, 0.02)})


def filled_vases(
    view: View, rng: np.random.Generator, colors: tuple[str, ...], kind: str, flowers: tuple[str, ...]
) -> Pieces:
    """Vases with flowers of one of ``FLOWERS``.

    Args:
        view: The camera and the product's room.
        rng: The shot's generator.
        colors: The vases'; none: their own.
        kind: The flowers.
        flowers: Their colours; none: their own.
    """
    glaze = Palette(colors=own(colors, "#e9e2d6", "#cfc5b6"), jitter=0.012)
    head, radius, usual = _HEADS[kind]
    petals = Palette(colors=own(flowers, *usual), foot=-0.08, tip=0.05, jitter=0.03)
    sizes = usual_size(view) * np.array([1.0, 0.86, 0.92])[: min(3, counted(view, 2))]
    room = (1.0, 0.95) if view.lying else (0.62, 1.95)
    things = [Thing(radius=room[0] * size, height=room[1] * size, core=0.8) for size in sizes]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.5, front=0.1, gap=0.06, spread=0.34))
    sizes = sizes * share
    turns, first = rng.uniform(0, 360, len(sizes)), int(rng.integers(3))
    parts: Parts = []
    for index, place in spots.items():
        number = (first + index) % 3
        whole = [("glaze", dyed(vase(number), int(glaze.draw(rng, 1)[0]), glaze))]
        whole += _bouquet(number, (head, radius, petals, kind), rng, lying=view.lying)
        frame = _placed(place, float(sizes[index]), float(turns[index]), number, lying=view.lying)
        parts += [(name, mesh.transformed(frame)) for name, mesh in whole]
    fallen = rng.uniform(0.12, 0.2, crowd(view, 6)) * usual_size(view)
    patch = Patch(back=-0.9, front=1.1, gap=0.04, spread=0.6)
    found = find_spots(view, flat_things(fallen, 0.52, 0.1, core=0.7), rng, patch, occupied(spots, sizes, 0.42))
    if kind != "pampas":  # it sheds no petals
        parts += named("heads", strewn([small_petal(n) for n in range(4)], found, fallen, petals, rng, tilt=20))
    green = _STRAW if kind == "pampas" else _GREEN
    coats = {"glaze": sheen(glaze.albedo(), 0.24, 0.06), "heads": sheen(petals.albedo(), 0.5, 0.03)}
    return gather(parts, {**coats, "stems": sheen(green.albedo(), 0.4), "hearts": sheen(HEART.albedo(), 0.5)})


def _placed(place: Float64Array, size: float, turn: float, number: int, *, lying: bool) -> Float64Array:
    """Where a vase is, as a matrix (4, 4): seen from above it lies on its side, its flowers before it."""
    frame, stood = np.eye(4), np.eye(3)
    offset = np.zeros(3)
    if lying:
        stood = rotation(-90, "z")[:3, :3]
        offset = np.array([-0.85, _BELLIES[number], 0.0])
    about = rotation(turn)[:3, :3]
    frame[:3, :3] = size * about @ stood
    frame[:3, 3] = place + size * about @ offset
    return frame


def _bouquet(
    number: int,
    flowers: tuple[Callable[[int], Mesh], float, Palette, str],
    rng: np.random.Generator,
    *,
    lying: bool,
) -> Parts:
    """Stems out of a vase's mouth, and a head on each that looks where its stem points."""
    head, radius, petals, kind = flowers
    green, ends, ways = stems(number, _STEMS, half=lying)
    mouth = np.array([0.0, _MOUTHS[number] - 0.06, 0.0])
    parts = [("stems", dyed(green.moved(*mouth), 1 + 3 * (number % 2), _GREEN))]
    dyes = petals.draw(rng, _STEMS)
    for index, (end, way) in enumerate(zip(ends, ways, strict=True)):
        frame = np.eye(4)
        frame[:3, :3] = _upright_along(way)
        frame[:3, 3] = mouth + end
        factor = radius * float(rng.uniform(0.86, 1.12))
        bloom = head(index % 3).scaled(factor).turned(float(rng.uniform(0, 360)))
        parts.append(("heads", dyed(bloom.transformed(frame), int(dyes[index]), petals)))
        if kind == "daisies":
            parts.append(("hearts", dyed(daisy(0)[1].scaled(factor).transformed(frame), 1, HEART)))
    return parts


def _upright_along(way: Float64Array) -> Float64Array:
    """A rotation (3, 3) that takes +y to a direction of unit length."""
    side = np.cross([0.0, 0.0, 1.0], way)
    side = side / np.linalg.norm(side) if np.linalg.norm(side) > 0 else np.array([1.0, 0.0, 0.0])
    return np.stack([-side, way, np.cross(-side, way)], 1)


def ribbons(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Satin bows, a ribbon that winds along the support, and curls of it."""
    palette = Palette(colors=own(colors, "#c0202f", "#d8324a"), foot=-0.05, tip=0.06, jitter=0.015)
    sizes = np.concatenate([[0.62, 0.46], rng.uniform(0.3, 0.44, crowd(view, 2))]) * usual_size(view)
    things = [Thing(radius=1.02 * s, height=0.75 * s, core=0.85) for s in sizes]
    spots, share = fit_spots(view, things, rng, Patch(back=-0.9, front=0.9, gap=0.06, spread=0.4))
    sizes = sizes * share
    turns = np.stack([0 * sizes, 0 * sizes + (0.0 if view.lying else _FACING), rng.uniform(-35, 35, len(sizes))], 1)
    dyes = palette.draw(rng, len(sizes))
    parts = named("satin", laid([bow(2)], spots, sizes, turns, columns=dyes, palette=palette))
    lengths = rng.uniform(0.8, 1.2, crowd(view, 3)) * usual_size(view)
    taken = occupied(spots, sizes, 0.8)
    wound = find_spots(view, flat_things(lengths, 1.06, 0.3, core=0.45), rng, Patch(back=-1.2, front=1.0), taken)
    parts += named("satin", strewn([_winding(n) for n in range(2)], wound, lengths, palette, rng, tilt=0))
    curls = rng.uniform(0.7, 1.0, crowd(view, 4)) * usual_size(view)
    coiled = find_spots(view, flat_things(curls, 0.5, 0.3), rng, Patch(back=-1.2, front=0.9, spread=0.7), taken)
    if coiled:
        over = spun(rng, len(coiled), tilt=8) + np.array([90, 0, 0])
        mine = np.array(list(coiled))
        places = np.array([coiled[index] for index in mine])
        columns = palette.draw(rng, len(coiled))
        model = streamer(4.0, 0.9).moved(0, -0.45, 0)
        parts.append(("satin", copies(model, places, curls[mine], over, columns=columns, palette=palette)))
    return gather(parts, {"satin": sheen(palette.albedo(), 0.17, 0.09)})


def _winding(number: int) -> Mesh:
    """A ribbon 2 long along x that stands on its edge in places and lies in others, on y = 0."""
    along = np.linspace(-1, 1, 60)
    wave = np.sin(4.4 * along + 1.3 * number)
    path = np.stack([along, 0.10 + 0.06 * np.cos(6.0 * along + number), 0.24 * wave], 1)
    twist = np.radians(40 + 46 * np.sin(5.2 * along + 0.8 * number))
    across = np.stack([0 * along, np.sin(twist), np.cos(twist)], 1)
    return ribbon(path, 0.2, across)


@lru_cache(maxsize=3)
def vase(number: int) -> Mesh:
    """A vase about 1 high: with a belly and a neck, a bottle, or nearly a cylinder."""
    outside = np.array(_OUTSIDES[number])
    inside = outside[:3] - [_THICK, 0.0]
    lip = [[outside[0, 0] - _THICK / 2, outside[0, 1] + 0.012]]
    walls = rounded_profile(np.concatenate([inside[::-1], lip, outside]), 0.012)
    return lathe(np.concatenate([[[0.0, inside[-1, 1]]], walls, [[0.0, 0.0]]]), 72, crease_deg=60)


@lru_cache(maxsize=6)
def stems(number: int, count: int, *, half: bool) -> tuple[Mesh, Float64Array, Float64Array]:
    """Stems that rise from y = 0, a vase's mouth, and spread: them with their leaves, and where their heads are.

    Args:
        number: Which ones.
        count: How many.
        half: Whether they spread towards -x alone: of a vase that lies.

    Returns:
        The mesh, v from the stems (0.1) to the leaves' tips; the stems' ends (count, 3); the ways that they end in,
        (count, 3), of unit length.
    """
    rng = np.random.default_rng(500 + number)
    parts, ends, ways = [], [], []
    for index in range(count):
        around = 2 * np.pi * (index + rng.uniform(-0.3, 0.3)) / count
        around = 0.5 * np.pi + 0.5 * around if half else around
        lean = np.radians(rng.uniform(6, 18) if index % 3 == 0 else rng.uniform(22, 46))
        length = rng.uniform(0.62, 0.95)
        share = np.linspace(0, 1, 12)[:, None]
        out = np.array([np.cos(around), 0.0, np.sin(around)])
        path = [0.0, -0.25, 0.0] + share * [0.0, 0.25, 0.0] + out * 0.05 * share
        rise = length * (share * np.array([0.0, np.cos(lean), 0.0]) + share**1.7 * out * np.sin(lean))
        path = path + rise
        parts.append(tube_along(path, 0.016, sides=6).shaded(0.1))
        for place in rng.uniform(0.35, 0.85, 3):
            size = rng.uniform(0.26, 0.4)
            blade = leaf(size, 0.4 * size, curl=0.25, fold=0.25).turned(-90, "x")
            blade = blade.shaded(0.25 + 0.6 * np.clip(blade.vertices[:, 0] / size, 0, 1))
            turn = rotation(float(rng.uniform(0, 360))) @ rotation(float(rng.uniform(15, 55)), "z")
            at = np.array([np.interp(place, share[:, 0], path[:, axis]) for axis in range(3)])
            parts.append(blade.transformed(turn).moved(*map(float, at)))
        ends.append(path[-1])
        ways.append((path[-1] - path[-3]) / np.linalg.norm(path[-1] - path[-3]))
    return merged(parts), np.array(ends), np.array(ways)
