"""Procedural wood: planks with growth rings, fibres, pores and, when rustic, knots and worn edges."""

import itertools
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, blend, noise, smoothstep

_AT_ONCE = 2  # boards that are sawn; each is a function of its own seed
_FINEST_PX = 1.6  # relief that is finer is no shape but roughness: traced, each pixel would glitter on its own
_KNOTS, _KNOT = 2.0, (math.log(0.025), math.log(0.15))  # on a worn board; logarithms of their radii, of its width
_FADED, _RUBBED = (0.03, 0.09), 0.30  # how unlike itself a board is along its length, new and worn; rubbed edges


@dataclass(frozen=True, kw_only=True)
class WoodGrain:
    """How boards are laid and worn."""

    planks: int = 6
    """Boards stacked along v, 1 to 12."""
    rustic: float = 0.0
    """0 = furniture, 1 = old boards with knots and wide gaps."""
    contrast: float = 1.0
    """Strength of the rings, 0.4 to 1.5."""
    seed: int = 0
    """Chooses the boards' rings and knots, 0 or more."""
    joints: float = 1.0
    """How dark and deep the gaps between boards are: 0 = none, as where they are glued together."""
    stretch: float = 1.0
    """How many times as long as wide the texture is laid: its knots are as round then."""


@SHELF.keep
def wood(color: str, grain_color: str, grain: WoodGrain) -> Texture:
    """Boards side by side; the grain runs along u (columns), the boards are stacked along v (rows)."""
    rng = np.random.default_rng(grain.seed)
    edges = np.linspace(0, SIZE_PX, grain.planks + 1).astype(int)
    chosen = [((int(high - low), SIZE_PX), int(rng.integers(2**31))) for low, high in itertools.pairwise(edges)]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        boards = list(threads.map(lambda board: _board(board[0], color, grain_color, grain, board[1]), chosen))
    albedo = np.concatenate([board.color for board in boards])
    albedo = albedo * (hex_to_linear(color).mean() / albedo.mean() * 0.96)
    return Texture(
        color=np.asarray(np.clip(albedo, 0, 1), np.float32), height=np.concatenate([b.height for b in boards])
    )


def _board(shape: tuple[int, int], color: str, grain_color: str, grain: WoodGrain, seed: int) -> Texture:
    rng = np.random.default_rng(seed)
    depth, knots = _ring_depth(shape, grain, rng)
    fibre = noise(shape, seed=seed, exponent=1.1, stretch=(1, 1 / 26), lowest=1)
    pores = smoothstep(1.2, 2.3, noise(shape, seed=seed + 1, exponent=0.7, stretch=(1, 1 / 40)))
    streak = noise(shape, seed=seed + 2, exponent=2.2, stretch=(1, 1 / 12))
    rings = _ring_profile(depth)
    share = (0.08 + 0.42 * rings) * grain.contrast + 0.13 * fibre + 0.10 * streak + rng.uniform(-0.10, 0.14)
    share = share + _RUBBED * grain.rustic * (1 - _gap(shape[0], 0.09 * shape[0])) * smoothstep(0.0, 1.6, streak)
    albedo = blend(hex_to_linear(color), hex_to_linear(grain_color), np.clip(share + 0.55 * knots, 0, 1.15))
    gap = _gap(shape[0], 2.0 + 2.2 * grain.rustic, grain.joints)
    turns = 2 * np.pi * (np.arange(shape[1], dtype=np.float32) / shape[1] * [[1], [2]] + rng.uniform(size=(2, 1)))
    faded = rng.uniform(0.86, 1.10) * (1 + np.interp(grain.rustic, [0, 1], _FADED) * np.sin(turns).sum(0))
    albedo = albedo * ((1 - 0.30 * pores) * (0.22 + 0.78 * gap) * faded.astype(np.float32))[..., None]
    fine = ndimage.gaussian_filter(0.15 * fibre - 0.25 * pores, _FINEST_PX, mode="wrap")
    relief = 2.5 * (gap - 1) - 0.30 * rings + fine - 0.4 * knots
    return Texture(color=np.asarray(np.clip(albedo, 0, 1), np.float32), height=np.asarray(relief, np.float32))


def _ring_depth(
    shape: tuple[int, int], grain: WoodGrain, rng: np.random.Generator
) -> tuple[Float32Array, Float32Array]:
    """Distance to the pith in rings, bent by noise and by knots, and the knots' darkness (0 to 1)."""
    rows, columns = shape
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    y, x = y / rows, x / columns
    seed = int(rng.integers(2**31))
    # a slow, periodic drift of the pith along the board draws the long arches of a plain-sawn plank
    drift = 0.55 * np.sin(2 * np.pi * (x + rng.uniform())) + 0.25 * np.sin(4 * np.pi * (x + rng.uniform()))
    warp = noise(shape, seed=seed, exponent=3.2, stretch=(1, 1 / 7))
    pith = rng.uniform(-0.5, 1.5)
    depth = (
        np.hypot(y - pith, 0.28) * rng.uniform(4.5, 8.0) * 6 / grain.planks
        + drift * rng.uniform(0.5, 1.3)
        + 0.30 * warp
    )
    knots = np.zeros(shape, np.float32)
    depth = np.asarray(depth, np.float32)
    for _ in range(int(rng.poisson(_KNOTS * grain.rustic))):
        cy, cx, size = rng.uniform(0.12, 0.88), rng.uniform(0.1, 0.9), math.exp(rng.uniform(*_KNOT))
        round_px = rows * size / grain.stretch
        near = slice(max(0, int(cx * columns - 10 * round_px)), int(cx * columns + 10 * round_px) + 1)
        aside, along = (y[:, near] - cy) / size, (x[:, near] - cx) * (columns / round_px)
        depth[:, near] += 4.2 * min(1.0, size / 0.1) * np.exp(-((aside**2 + (along / 2.6) ** 2) ** 0.65))
        distance = np.hypot(aside, along / rng.uniform(1.1, 1.9)) + 0.16 * warp[:, near]
        core = (1 - smoothstep(0.55, 1.0, distance)) * (0.55 + 0.45 * smoothstep(0.1, 0.75, distance))
        knots[:, near] = np.maximum(knots[:, near], rng.uniform(0.35, 1.0) * core)
    return depth, knots


def _ring_profile(depth: Float32Array) -> Float32Array:
    """Early wood darkens slowly into late wood, then starts anew; 0 to 1."""
    phase = depth * np.float32(1.6) % 1
    return np.asarray(phase**2.2 * (1 - smoothstep(0.90, 1.0, phase)), np.float32)


def _gap(rows: int, width_px: float, depth: float = 1.0) -> Float32Array:
    """``1 - depth`` in the gaps along a board's edges, 1 on it, (rows, 1)."""
    row = np.arange(rows, dtype=np.float32) + 0.5
    return np.asarray(1 - depth * np.exp(-((np.minimum(row, rows - row) / np.float32(width_px)) ** 2)), np.float32)[
        :, None
    ]
