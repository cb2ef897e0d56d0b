"""Shelves full of goods: packs, bottles, jars and bags, in runs of like ones as in shops.

A run of shelves stands on y = 0 along x, its front at z = 0; goods are in metres, and scaled with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.rows import scaled
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, wall
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, sphere, torus
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.bsdfs import Roughness

_BOARD, _DEEP = 0.025, 0.36  # thickness and depth of a board, metres
_SIDES = 20  # of what is round
_AIR = 0.004  # between neighbours
_STRIP = 0.012  # half the thickness of a lamp under a board

Part = tuple[str, Roughness, Mesh]
"""A piece of goods: its colour, its finish and its mesh."""


@dataclass(frozen=True, kw_only=True)
class Stock:
    """What lies on shelves."""

    kinds: tuple[str, ...]
    """Kinds of goods that lie there, of ``GOODS``, drawn for about as many runs."""
    colors: tuple[str, ...]
    """Colours of the goods, one for each run."""
    labels: tuple[str, ...]
    """Colours of their labels, lids and caps."""
    facings: tuple[int, int] = (2, 6)
    """Least and most like ones beside each other."""
    gap: tuple[float, float] = (0.0, 0.03)
    """Least and most room between runs, metres."""
    size: float = 1.0
    """Times as large as usual."""


@dataclass(frozen=True, kw_only=True)
class Rack:
    """Shelves without goods."""

    color: str
    """Colour of the boards."""
    back: str
    """Colour of what is behind the goods."""
    rail: str
    """Colour of the boards' front edges."""
    pitch: float = 0.36
    """From board to board, metres."""
    light: tuple[float, ...] | None = None
    """A lamp under each board, (3,) display-linear; None: there is none."""
    glow: tuple[float, ...] | None = None
    """What the back shines in over each board, (3,) display-linear, fading upwards; None: it does not."""


def _pack(half: float, tall: float, color: str, label: str) -> list[Part]:
    body = rounded_box((half, tall / 2, 0.06), 0.004, steps=1).moved(0, tall / 2, -0.06)
    band = rounded_box((0.86 * half, 0.18 * tall, 0.004), 0.002, steps=1).moved(0, 0.6 * tall)
    return [(color, "satin", body), (label, "satin", band)]


def _bottle(half: float, tall: float, color: str, label: str) -> list[Part]:
    neck = 0.3 * half
    outline = [(0.0, 0.9 * tall), (neck, 0.9 * tall), (neck, 0.74 * tall), (half, 0.58 * tall), (half, 0.0), (0.0, 0.0)]
    cap = [(0.0, tall), (1.25 * neck, tall), (1.25 * neck, 0.88 * tall), (0.0, 0.88 * tall)]
    band = [(1.02 * half, 0.48 * tall), (1.02 * half, 0.14 * tall)]
    return [
        (color, "semigloss", _round(outline, half)),
        (label, "satin", _round(cap, half)),
        (label, "satin", _round(band, half)),
    ]


def _jar(half: float, tall: float, color: str, label: str) -> list[Part]:
    low = 0.78 * tall
    body = [(0.0, low), (0.9 * half, low), (half, 0.9 * low), (half, 0.0), (0.0, 0.0)]
    lid = [(0.0, tall), (0.92 * half, tall), (0.92 * half, low), (0.0, low)]
    return [(color, "semigloss", _round(body, half)), (label, "satin", _round(lid, half))]


def _bag(half: float, tall: float, color: str, label: str) -> list[Part]:
    low = 0.62 * tall
    body = rounded_box((half, low / 2, 0.05), 0.02, steps=2).moved(0, low / 2, -0.07)
    handle = torus(0.55 * half, 0.008, arc_deg=(0, 180), segments=24, sides=6).moved(0, low - 0.01, -0.07)
    clasp = rounded_box((0.012, 0.02, 0.006), 0.004, steps=1).moved(0, 0.6 * low, -0.018)
    return [(color, "satin", body), (color, "satin", handle), (label, "metal", clasp)]


def _loaf(half: float, tall: float, color: str, label: str) -> list[Part]:
    """A loaf from its side, with cuts that are pale with flour."""
    body = sphere(1.0, rings=12, segments=24).scaled(half, tall / 2, 0.09).moved(0, tall / 2, -0.1)
    cuts = [
        sphere(1.0, rings=6, segments=12)
        .scaled(0.07 * half, 0.28 * tall, 0.02)
        .turned(24, "z")
        .moved(x, 0.66 * tall, -0.03)
        for x in (-0.45 * half, 0.0, 0.45 * half)
    ]
    return [(color, "matte", body), (label, "matte", merged(cuts))]


def _baguette(half: float, tall: float, color: str, label: str) -> list[Part]:
    body = sphere(1.0, rings=10, segments=16).scaled(half, tall / 2, half).moved(0, tall / 2, -0.08)
    cut = sphere(1.0, rings=6, segments=10).scaled(0.4 * half, 0.05 * tall, 0.01).turned(30, "z")
    cuts = [cut.moved(0, share * tall, -0.08 + 0.9 * half) for share in (0.35, 0.5, 0.65)]
    return [(color, "matte", body), (label, "matte", merged(cuts))]


def _round(outline: list[tuple[float, float]], half: float) -> Mesh:
    return lathe(outline, _SIDES, crease_deg=50).moved(0, 0, -half - 0.01)


GOODS: Final[Mapping[str, tuple[Callable[..., list[Part]], tuple[float, float], tuple[float, float]]]] = (
    MappingProxyType(
        {
            "carton": (_pack, (0.07, 0.11), (0.2, 0.3)),
            "small_pack": (_pack, (0.035, 0.06), (0.09, 0.17)),
            "bottle": (_bottle, (0.034, 0.045), (0.24, 0.31)),
            "flacon": (_bottle, (0.03, 0.04), (0.13, 0.2)),
            "liquor": (_bottle, (0.036, 0.052), (0.26, 0.34)),
            "jar": (_jar, (0.038, 0.05), (0.09, 0.16)),
            "loaf": (_loaf, (0.11, 0.16), (0.13, 0.17)),
            "bun": (_loaf, (0.06, 0.075), (0.07, 0.09)),
            "baguette": (_baguette, (0.03, 0.036), (0.3, 0.36)),
            "bag": (_bag, (0.12, 0.17), (0.25, 0.32)),
        }
    )
)
"""Kind → its builder, and least and most half width and height in metres."""


def shelf_run(length: float, levels: int, rack: Rack, stock: Stock, metre: float, rng: np.random.Generator) -> Things:
    """Shelves of ``levels`` boards and so many metres, full of goods, about x = 0; a metre is so many world units."""
    tall, half = levels * rack.pitch, length / 2
    boards = [
        rounded_box((half, _BOARD / 2, _DEEP / 2), 0.004, steps=1).moved(0, level * rack.pitch, -_DEEP / 2)
        for level in range(levels + 1)
    ]
    rails = [
        rounded_box((half, 0.02, 0.006), 0.003, steps=1).moved(0, level * rack.pitch, 0.006)
        for level in range(levels + 1)
    ]
    things: Things = [
        painted(rack.color, "matte", *boards),
        painted(rack.rail, "satin", *rails),
        painted(rack.back, "matte", rounded_box((half, tall / 2, 0.01), 0.004, steps=1).moved(0, tall / 2, -_DEEP)),
        *_goods(length, levels, rack.pitch, stock, rng),
    ]
    if rack.glow is not None:
        panes = [
            wall(z=0.02 - _DEEP, half_width=half, bottom=level * rack.pitch, top=(level + 1) * rack.pitch)
            for level in range(levels)
        ]
        shades = np.array(rack.glow, np.float32) * np.array([[0.12], [0.4], [1.0]], np.float32)
        things += [Emissive(mesh=pane, light=shades, asked=True) for pane in panes]
    if rack.light is not None:
        strip = rounded_box((half, _STRIP, _STRIP), 0.004, steps=1)
        lamps = [strip.moved(0, level * rack.pitch - 0.03, -0.05) for level in range(1, levels + 1)]
        things += [
            Emissive(mesh=lamp, light=np.tile(np.array(rack.light, np.float32), (2, 1)), asked=True) for lamp in lamps
        ]
    return scaled(things, metre)


def _goods(length: float, levels: int, pitch: float, stock: Stock, rng: np.random.Generator) -> Things:
    """Runs of like goods on every board, from its left end to its right one."""
    coats: dict[tuple[str, Roughness], list[Mesh]] = {}
    for level in range(levels):
        x = float(rng.uniform(*stock.gap)) - length / 2
        while True:
            parts, half = _drawn(stock, rng)
            count = int(rng.integers(stock.facings[0], stock.facings[1] + 1))
            if x + 2 * half * count > length / 2:
                break
            for number in range(count):
                place = (x + (2 * number + 1) * half, level * pitch + _BOARD / 2, -0.02)
                for color, finish, mesh in parts:
                    coats.setdefault((color, finish), []).append(mesh.moved(*place))
            x += 2 * half * count + float(rng.uniform(*stock.gap))
    return [painted(color, finish, *meshes) for (color, finish), meshes in coats.items()]


def _drawn(stock: Stock, rng: np.random.Generator) -> tuple[list[Part], float]:
    """One of a stock's goods about x = 0, and half the room that it takes, metres."""
    build, halves, heights = GOODS[stock.kinds[int(rng.integers(len(stock.kinds)))]]
    half, tall = (stock.size * float(rng.uniform(*limits)) for limits in (halves, heights))
    color = stock.colors[int(rng.integers(len(stock.colors)))]
    return build(half, tall, color, stock.labels[int(rng.integers(len(stock.labels)))]), half + _AIR
