"""What lights a room: a window and lamps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.assets.furniture.style import Spot, Style, box
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, wall
from photoshoot.placers.studio.geometry.solids import lathe, sphere, tube, tube_along
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden
from photoshoot.placers.studio.textures.procedural import smoothstep

_WARM = np.array([1.0, 0.72, 0.44], np.float32)
_SKY = np.array([1.55, 1.62, 1.70], np.float32)
_HAZE = np.array([1.45, 1.47, 1.42], np.float32)
_GREENS = (("#e2e9dc", "#d3ddca"), ("#c3cfb2", "#a8b795"), ("#a4b48e", "#7f8f6c"))
"""Trees from far to near, their sunlit tops and their feet."""
_LAWN = ("#d9dfc6", "#c3cbae")
_DUSK = np.array([0.030, 0.052, 0.115], np.float32)  # of a tone of the day, at dusk
_BRASS = "#c9a25a"
_COLUMNS = 96  # of a row of trees


@dataclass(frozen=True, kw_only=True, eq=False)
class _Hedge:
    """What grows out of doors, seen through a window."""

    ridge: Float64Array
    """Height of its upper edge from left to right, a share of the window's."""
    light: Float32Array
    """(2, 3): its display-linear light at the top and at the foot."""


def window(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A tall window full of daylight or dusk, with muntins and a sheer curtain on either side."""
    rows = _garden(float(rng.uniform(0.22, 0.34)), rng)
    return _window(
        spot, _dimmed(_sky(), style.dusk), [replace(row, light=_dimmed(row.light, style.dusk)) for row in rows]
    )


def snowy_window(spot: Spot, _style: Style, rng: np.random.Generator) -> Things:
    """The same window with firs and snow outside."""
    return _window(spot, _snow(float(rng.uniform(0.42, 0.5))))


def _dimmed(day: Float32Array, dusk: float) -> Float32Array:
    """Light out of doors as far as day has gone: each of its tones is a dark blue."""
    night = (day @ LUMINANCE)[..., None] * _DUSK
    return np.asarray(day * (1 - dusk) + night * dusk, np.float32)


def _window(spot: Spot, outside: Float32Array, before: Sequence[_Hedge] = ()) -> Things:
    """``before``: what is seen before the sky, the farthest first."""
    half, bottom, top, z = 2.3, spot.floor_y + 4.0, max(5.2, 0.94 * spot.ceiling_y), spot.wall_z + 0.12
    pane = wall(z=z, half_width=half, bottom=bottom, top=top).moved(spot.x)
    seen = [
        Emissive(mesh=_hedge(row, half, bottom, top).moved(spot.x, 0, z + 0.01 * (1 + index)), light=row.light)
        for index, row in enumerate(before)
    ]
    bars = [box((0.10, (top - bottom) / 2, 0.12)).moved(x, (top + bottom) / 2) for x in (-half, 0, half)]
    bars += [box((half, 0.10, 0.12)).moved(0, y) for y in np.arange(bottom, top + 0.1, 2.4)]
    folds = [_curtain(side, half, spot.floor_y + 1.0, top + 1.0).moved(spot.x, 0, z + 0.5) for side in (-1.0, 1.0)]
    return [
        Emissive(mesh=pane, light=outside),
        *seen,
        painted("#f4f1ea", "matte", *[bar.moved(spot.x, 0, z + 0.1) for bar in bars]),
        painted("#f3eee4", "matte", *folds),
    ]


def tripod_lamp(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A floor lamp on three wooden legs, its linen shade lit."""
    x, z, knee = spot.x, spot.wall_z + 3.0, 0.9 + float(rng.uniform(-0.2, 0.3))
    feet = [(x + 1.6 * np.sin(a), spot.floor_y, z + 1.6 * np.cos(a)) for a in (0.4, 2.5, 4.6)]
    shade = lathe([(0.99, 1.75), (1.15, 0.0)], 48).moved(x, knee + 0.1, z)
    v = np.linspace(-1, 1, 32, dtype=np.float32)[:, None]
    lids = [lathe([(0.0, y), (radius, y)], 48).moved(x, knee + 0.1, z) for radius, y in ((0.98, 1.7), (1.13, 0.06))]
    return [
        wooden(style.wood, "matte", *[tube(foot, (x, knee, z), 0.09, sides=10) for foot in feet]),
        painted("#efe3cd", "matte", *lids),  # without them its shadow is a ring
        Emissive(mesh=shade, light=np.asarray((0.63 + 0.86 * np.exp(-((v / 0.6) ** 2))) * _WARM, np.float32)),
    ]


def arc_lamp(spot: Spot, _style: Style, rng: np.random.Generator) -> Things:
    """A brass arc from a heavy foot that carries a lit dome."""
    side, z, top = float(rng.choice([-1.0, 1.0])), spot.wall_z + 3.2, 4.4
    turn = np.linspace(0, 1.05 * np.pi / 2, 24)
    foot = spot.x - 1.4 * side
    path = np.stack([foot + side * 2.6 * (1 - np.cos(turn)), -0.6 + (top + 0.6) * np.sin(turn), 0 * turn + z], 1)
    path = np.concatenate([[[foot, spot.floor_y, z]], path])
    head = path[-1]
    profile = [(0.0, 0.62), (0.35, 0.56), (0.72, 0.34), (0.95, 0.0), (0.9, 0.0), (0.0, 0.10)]
    bulb = sphere(0.42, rings=16, segments=32).moved(head[0], head[1] - 0.72, z)
    return [
        painted(
            _BRASS, "metal", tube_along(path, 0.055, sides=10), lathe(profile, 48).moved(head[0], head[1] - 0.7, z)
        ),
        Emissive(mesh=bulb, light=np.tile(3.0 * _WARM, (2, 1))),
    ]


def _curtain(side: float, half: float, bottom: float, top: float) -> Mesh:
    """Gathered cloth beside a window."""
    x = np.linspace(-0.75, 0.75, 60)
    z = 0.16 * np.sin(x * 17)
    profile = np.stack([x + side * (half + 0.35), np.full_like(x, (top + bottom) / 2), z], 1)
    reach = np.array([0.0, (top - bottom) / 2, 0.0])
    return grid(np.stack([profile + reach, profile - reach]))


def _snow(horizon: float) -> Float32Array:
    """The same in winter: a pale sky, a dark band of firs, and the snow before them."""
    v = np.linspace(0, 1, 64, dtype=np.float32)
    ground = smoothstep(-0.03, 0.03, v - (1 - horizon))[:, None]
    firs = (smoothstep(-0.36, -0.16, v - (1 - horizon)) * (1 - ground[:, 0]))[:, None]
    sky = hex_to_linear("#dfeaf6") * np.float32(1.2)
    seen = sky * (1 - 0.8 * firs) + hex_to_linear("#33443c") * np.float32(0.8) * firs
    return np.asarray(seen * (1 - ground) + np.array([1.22, 1.27, 1.34], np.float32) * ground, np.float32)


def _sky() -> Float32Array:
    """The sky out of a window, from its top down: paler towards the ground."""
    v = np.linspace(0, 1, 16, dtype=np.float32)[:, None]
    return np.asarray(_SKY * (1 - v) + _HAZE * v, np.float32)


def _garden(horizon: float, rng: np.random.Generator) -> list[_Hedge]:
    """Trees far away, nearer ones, and a lawn in the sun; ``horizon``: their foot, a share of the window."""
    rows = []
    for drop, reach, count, (top, low) in zip((0.0, 0.02, 0.04), (0.42, 0.27, 0.13), (5, 6, 8), _GREENS, strict=True):
        rows.append(_Hedge(ridge=horizon - drop + reach * _crowns(count, rng), light=_shade(top, low)))
    return [*rows, _Hedge(ridge=np.full(2, horizon - 0.08), light=_shade(*_LAWN))]


def _crowns(count: int, rng: np.random.Generator) -> Float64Array:
    """The ridge of broad crowns side by side, 0 to 1: waves have peaks, which are firs to the eye."""
    x = np.linspace(0, 1, _COLUMNS)
    ridge = np.zeros_like(x)
    for middle in (np.arange(count) + rng.uniform(0, 1, count)) / count:
        height, half = rng.uniform(0.5, 1.0), rng.uniform(0.6, 1.0) * 1.3 / count
        ridge = np.maximum(ridge, height * np.sqrt(np.clip(1 - ((x - middle) / half) ** 2, 0, 1)))
    leaves = sum(rng.normal() * np.sin(2 * np.pi * (k * x + rng.uniform())) / k for k in (9, 14, 23))
    return np.asarray(np.maximum(ridge, 0.25) + 0.5 * leaves * ridge, np.float64)


def _shade(top: str, low: str) -> Float32Array:
    """Display-linear light from the top of what grows to its foot."""
    return np.asarray(np.stack([hex_to_linear(top), hex_to_linear(low)]) * np.float32(1.2), np.float32)


def _hedge(row: _Hedge, half: float, bottom: float, top: float) -> Mesh:
    """A strip from a window's lower edge up to the row's ridge, in the plane z = 0."""
    x = np.linspace(-half, half, len(row.ridge))
    upper = bottom + (top - bottom) * np.clip(row.ridge, 0.02, 0.98)
    edges = np.stack([np.stack([x, y, 0 * x], 1) for y in (upper, np.full_like(x, bottom))])
    across = (x + half) / (2 * half)
    return grid(edges, np.stack([np.stack([across, np.full_like(across, v)], 1) for v in (0.0, 1.0)]))
