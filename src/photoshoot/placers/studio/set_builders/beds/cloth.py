"""Silk, velvet or linen laid out in folds round the product, smoothed flat under it."""

from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, blended, diffuse, metal, textured
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


_DROPS = {
    "silk": Drop(folds=1.25, depth=0.42, round=1.2, winding=0.75),
    "velvet": Drop(folds=0.95, depth=0.5, round=1.15, winding=0.6),
    "folds": Drop(folds=1.1, depth=0.34, round=1.3, winding=0.5),
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
        return {"cloth": to_shape(mesh, bsdf=textured(texture, Tiling.drawn(repeats, lying.rng, turn), "matte", 0.003))}
    return {"cloth": to_shape(lying.surface(x, height, z, uv), bsdf=_coat(lying, facing))}


def _coat(lying: Lying, facing: Float64Array) -> Entry:
    color = lying.design.colors[0]
    if lying.design.surface == "velvet":
        return diffuse(bitmap(velvet_albedo(color, facing), clamp=True))
    body = diffuse(bitmap(_plain(color, facing), clamp=True))
    return blended(body, metal(mix_hex(color, "#ffffff", 0.45), 0.28), 0.34)


def _plain(color: str, facing: Float64Array) -> Float32Array:
    """The colour, deeper in the hollows' sides."""
    share = np.clip(np.asarray(facing, np.float64), 0, 1)[..., None]
    return np.asarray(hex_to_linear(color) * (0.72 + 0.28 * share), np.float32)


def _folds(lying: Lying, x: Float64Array, z: Float64Array, drop: Drop) -> Float64Array:
    rng, seed = lying.rng, lying.chance(64)
    slant = float(rng.choice([-1.0, 1.0]) * rng.uniform(0.45, 0.95))
    across, along = x * np.cos(slant) + z * np.sin(slant), z * np.cos(slant) - x * np.sin(slant)
    wind = drop.winding * plane_noise(along * 0.35, across * 0.5, seed=seed, octaves=2, gain=0.45)
    fan = 1 + 0.16 * np.tanh(0.5 * along)  # they come together at one end
    phase = 2 * np.pi * drop.folds * (across + wind) * fan
    swell = 0.45 + 0.55 * np.clip(plane_noise(across * 0.5, along * 0.25, seed=seed + 7) + 0.75, 0, 1.5)
    lean = np.sin(phase + 0.55 * np.sin(phase))  # folds fall over to one side
    ridge = (1 - np.abs(np.sin(0.5 * (phase + 0.6 * lean)))) ** drop.round * swell
    small = 0.5 + 0.5 * np.sin(2.1 * phase + 2.4 * plane_noise(across * 0.8, along * 0.4, seed=seed + 11))
    creases = 0.045 * plane_noise(across * 2.2, along * 0.9, seed=seed + 13, octaves=2)
    calm = 0.10 + 0.90 * lying.clear(x, z, 0.02, 0.75)
    return np.asarray(drop.depth * (ridge + 0.22 * small * ridge) * calm + creases * (0.35 + 0.65 * calm), np.float64)
