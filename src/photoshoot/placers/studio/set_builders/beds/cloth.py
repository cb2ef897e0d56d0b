"""Silk, velvet or linen laid out in folds round the product, smoothed flat under it."""

from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import slow_waves
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, blended, diffuse, metal
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.by_name import woven
from photoshoot.placers.studio.textures.gradients import mix_hex, velvet_albedo


@dataclass(frozen=True, kw_only=True)
class Drop:
    """How a cloth falls when it is laid down."""

    folds: float
    """Folds a world unit, across them."""
    depth: float
    """Height of the folds, world units."""
    round: float
    """1 = as wide as the hollows, more = narrower ridges."""
    winding: float
    """How far the folds wander, world units."""
    ridge: float
    """How broad the top of a fold is, 0 (a crease) to 1."""


_DROPS = {
    "silk": Drop(folds=1.15, depth=0.46, round=1.0, winding=1.05, ridge=0.45),
    "velvet": Drop(folds=0.95, depth=0.5, round=1.0, winding=0.8, ridge=0.4),
    "folds": Drop(folds=1.1, depth=0.34, round=1.15, winding=0.6, ridge=0.2),
}


def folded_cloth(lying: Lying) -> dict[str, object]:
    """The cloth; its folds run aslant, come together at two corners, and die away under the product."""
    x, z = lying.points()
    drop = _DROPS[lying.design.surface]
    height = _folds(lying, x, z, drop)
    mesh = lying.surface(x, height, z)
    assert mesh.normals is not None
    facing = np.clip(mesh.normals[:, 2].reshape(x.shape).astype(np.float64), 0, 1)
    uv = np.stack(np.meshgrid(np.linspace(0, 1, x.shape[1]), np.linspace(0, 1, x.shape[0])), -1)
    if lying.design.surface == "folds":
        texture, repeats = woven(lying.design, lying.design.colors[0], lying.view, 0.6, lying.chance(4))
        turn = float(lying.rng.uniform(-30, 30))
        return {
            "cloth": to_shape(mesh, bsdf=lying.coat(texture, Tiling.drawn(repeats, lying.rng, turn), "matte", 0.003))
        }
    return {"cloth": to_shape(lying.surface(x, height, z, uv), bsdf=_coat(lying, facing))}


def _coat(lying: Lying, facing: Float64Array) -> Entry:
    color = lying.design.colors[0]
    if lying.design.surface == "velvet":
        return diffuse(bitmap(velvet_albedo(color, facing), clamp=True))
    body = diffuse(bitmap(_plain(color, facing), clamp=True))
    return blended(body, metal(mix_hex(color, "#ffffff", 0.45), 0.24), 0.46)


def _plain(color: str, facing: Float64Array) -> Float32Array:
    """The colour, deeper in the hollows' sides."""
    share = np.clip(np.asarray(facing, np.float64), 0, 1)[..., None]
    return np.asarray(hex_to_linear(color) * (0.6 + 0.4 * share**2), np.float32)


def _folds(lying: Lying, x: Float64Array, z: Float64Array, drop: Drop) -> Float64Array:
    rng = lying.rng
    slant = float(rng.choice([-1.0, 1.0]) * rng.uniform(0.45, 0.95))
    across, along = x * np.cos(slant) + z * np.sin(slant), z * np.cos(slant) - x * np.sin(slant)
    wind = drop.winding * slow_waves(along, across, (1.3, 1.1), rng)
    fan = 1 + 0.16 * np.tanh(0.5 * along)  # they come together at one end
    phase = 2 * np.pi * drop.folds * (across + wind) * fan
    swell = 0.3 + 0.7 * np.clip(slow_waves(across, along, (1.8, 1.0), rng) + 0.6, 0, 1.5)
    lean = np.sin(phase + 1.4)  # folds fall over to one side
    ridge = _rounded(np.sin(0.5 * (phase + 0.6 * lean)), drop.ridge) ** drop.round * swell
    small = 0.5 + 0.5 * np.sin(2.1 * phase + 2.4 * slow_waves(across, along, (2.4, 1.4), rng))
    creases = 0.045 * slow_waves(across, along, (6.0, 2.6), rng)
    calm = 0.10 + 0.90 * lying.clear(x, z, 0.02, 0.75)
    return np.asarray(drop.depth * (ridge + 0.22 * small * ridge) * calm + creases * (0.35 + 0.65 * calm), np.float64)


def _rounded(slope: Float64Array, ridge: float) -> Float64Array:
    """1 - abs(slope) with a round top: a cusp between points of the grid is a saw."""
    return np.asarray(1 - (np.hypot(slope, ridge) - ridge) / (np.hypot(1, ridge) - ridge), np.float64)
