"""Large leaves of the tropics, along +x from the origin like ``organic.leaf``; all are seeded, none needs a file."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import tube_along

_LEAFLETS = 44
_ANGLES = (72.0, 24.0)  # between leaflets and the leaf's rib, at its foot and at its tip
_STALK_SHADE = 0.1  # v of stalks and ribs
_RIB = 0.06  # share of a half blade beside its middle rib that is the rib's


def frond(length: float, droop: float, seed: int, leaflets: int = _LEAFLETS) -> Mesh:
    """A palm leaf along +x from the origin in the xy plane: a rib that bends down, and leaflets to both sides.

    Args:
        length: Along the rib, world units.
        droop: How far its tip hangs, as a share of the length.
        seed: Which leaf.
        leaflets: On each side.
    """
    rng = np.random.default_rng(seed)
    share = np.linspace(0, 1, 32)
    rib = _rib(share, length, droop)
    parts = [tube_along(rib, 0.012 * length * (1 - 0.8 * share) + 0.002, sides=6)]
    for place in np.linspace(0.06, 0.99, leaflets):
        at, heading = _rib(np.array([place]), length, droop)[0], _heading(place, droop)
        size = 0.34 * length * np.sin(np.pi * (0.12 + 0.80 * place)) ** 0.8 * rng.uniform(0.9, 1.08)
        spread = np.interp(place, [0, 1], _ANGLES)
        for side in (-1.0, 1.0):
            width = 0.045 * length * rng.uniform(0.8, 1.1)
            blade = leaf(size, width, curl=0.18, fold=0.35, narrow=True)
            turned = blade.turned(rng.uniform(-50, 50), "x").turned(heading + side * (spread + rng.uniform(-6, 6)), "z")
            parts.append(turned.moved(*at))
    return merged(parts)


def monstera_leaf(seed: int) -> Mesh:
    """A heart-shaped leaf with deep slits between its veins, 1 long with its stalk, facing +z."""
    shape = _Blade(
        reach=lambda s: np.interp(s, *_MONSTERA_REACH), heading=lambda s: np.interp(s, *_MONSTERA_HEADING),
        slits=5, depth=(0.42, 0.7), width=0.26, stalk=0.3, wave=0.03,
    )  # fmt: skip
    return _blade(shape, seed)


def banana_leaf(seed: int) -> Mesh:
    """A long broad blade, torn here and there along its veins, 1 long with its stalk, facing +z."""
    shape = _Blade(
        reach=lambda s: 0.17 * np.sin(np.pi * np.clip(0.02 + 0.97 * s, 0, 1) ** 0.85) ** 0.6,
        heading=lambda s: np.interp(s, [0, 0.8, 1], [92.0, 68.0, 40.0]),
        slits=7, depth=(0.5, 1.0), width=0.12, stalk=0.12, wave=0.022,
    )  # fmt: skip
    return _blade(shape, seed)


_MONSTERA_REACH = (
    (0.0, 0.08, 0.25, 0.45, 0.65, 0.82, 0.93, 1.0),
    (0.34, 0.44, 0.52, 0.50, 0.42, 0.30, 0.20, 0.12),
)
"""How long its side veins are, at shares of the middle rib."""
_MONSTERA_HEADING = ((0.0, 0.12, 0.4, 0.75, 1.0), (158.0, 118.0, 84.0, 54.0, 22.0))
"""Degrees between them and the middle rib's direction: those at its foot run back, so that the leaf is a heart."""


@dataclass(frozen=True, kw_only=True)
class _Blade:
    """A leaf whose side veins leave a middle rib of unit length."""

    reach: Callable[[Float64Array], Float64Array]
    """Length of the side vein at a share of the rib."""
    heading: Callable[[Float64Array], Float64Array]
    """Degrees between that vein and the rib's direction."""
    slits: int
    """Between veins, on each side."""
    depth: tuple[float, float]
    """Share of the blade that a slit leaves between its end and the rib, from and to; 1 is no slit."""
    width: float
    """Of a slit at the rim, as a share of the distance between slits."""
    stalk: float
    """Length of the stalk before the blade."""
    wave: float
    """How far the blade bulges between veins."""


def _blade(shape: _Blade, seed: int) -> Mesh:
    """The leaf, scaled to unit length."""
    rng = np.random.default_rng(seed)
    bend = rng.uniform(0.10, 0.30)
    sides = [_half(shape, side, bend, rng) for side in (1.0, -1.0)]
    share = np.linspace(-shape.stalk, 1.0, 24)
    thick = 0.011 * (1 - 0.75 * np.clip(share, 0, 1))
    rib = tube_along(_spine(share, bend) + np.array([0.0, 0.0, -0.004]), thick, sides=8).shaded(_STALK_SHADE)
    return merged([*sides, rib]).moved(shape.stalk).scaled(1 / (1 + shape.stalk))


def _half(shape: _Blade, side: float, bend: float, rng: np.random.Generator) -> Mesh:
    """The blade on one side of the rib: rows run along its veins."""
    middles = (np.arange(shape.slits) + rng.uniform(0.7, 1.0, shape.slits)) / (shape.slits + 0.6)
    half = 0.5 * shape.width / (shape.slits + 0.6)
    rims = np.concatenate([middles - half, middles - 0.75 * half, middles + 0.75 * half, middles + half])
    s = np.unique(np.clip(np.concatenate([np.linspace(0, 1, 61), rims]), 0, 1))
    left = rng.uniform(*shape.depth, shape.slits)
    near = np.abs(s[:, None] - middles) / half
    cut = np.where(near < 1, left + (1 - left) * np.clip((near - 0.75) / 0.25, 0, 1), 1.0).min(1)
    lobe = np.interp(s, *_between(middles))
    reach = shape.reach(s) * (1 - 0.05 * lobe**2 - 0.12 * lobe**6) * cut * rng.uniform(0.95, 1.05)
    t = np.concatenate([[0.0], np.linspace(_RIB, 1, 12)])[:, None]
    turn = np.radians(shape.heading(s))
    curved = turn - 0.35 * t * (1 - 0.5 * s)  # veins bend towards the tip
    x = _spine(s, bend)[:, 0] + t * reach * np.cos(curved)
    y = side * t * reach * np.sin(curved)
    droop = rng.uniform(0.1, 0.35)
    out = np.abs(y)
    z = _spine(s, bend)[:, 2] + 0.25 * out - droop * out**2 / 0.3 + shape.wave * np.cos(np.pi * lobe) * t
    vein = np.exp(-((lobe / 0.07) ** 2))
    shade = np.clip(t / _RIB, 0, 1) * (0.62 + 0.38 * t) * (1 - 0.35 * vein)
    uv = np.stack([0 * shade + 0.5, shade], -1)
    points = np.stack([x, y, z + 0 * t], -1)
    return grid(points if side < 0 else points[:, ::-1], uv if side < 0 else uv[:, ::-1])


def _between(middles: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Shares of the rib, and where between slits they lie: 0 on a vein, -1 and 1 at the slits beside it."""
    places, values = [0.0], [0.0]
    for before, after in zip(np.concatenate([[0.0], middles[:-1]]), middles, strict=True):
        places += [0.5 * (before + after), after - 1e-6, after + 1e-6]
        values += [0.0, 1.0, -1.0]
    return np.array([*places, 1.0]), np.array([*values, 0.0])


def _spine(share: Float64Array, bend: float) -> Float64Array:
    """The middle rib (n, 3): its tip bends back."""
    return np.stack([share, 0 * share, -bend * np.clip(share, 0, 1) ** 2], 1)


def _rib(share: Float64Array, length: float, droop: float) -> Float64Array:
    return np.asarray(np.stack([share * length, -droop * length * share**2, 0 * share], 1), np.float64)


def _heading(share: float, droop: float) -> float:
    return float(np.degrees(np.arctan2(-2 * droop * share, 1.0)))
