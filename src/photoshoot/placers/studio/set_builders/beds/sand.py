"""Sand in the wind's ripples, and packed snow."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.dunes import snow_drifts, wind_ripples
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.placers.studio.textures.soil import sand as sand_texture

_SWELL = 0.16  # height of the soft rises beside the product, world units


def sand(lying: Lying) -> dict[str, object]:
    """Sand: ripples across it, soft rises at its sides, a shallow hollow under the product."""
    x, z = lying.points()
    seed, wind = lying.chance(40), float(lying.rng.uniform(-0.5, 0.5))
    height = 1.9 * wind_ripples(x, z, seed=seed, wind=wind, length=0.23) + _rises(lying, x, z, seed)
    texture = sand_texture(lying.design.colors[0], seed % 3)
    material = textured(texture, Tiling.drawn(0.55, lying.rng, float(lying.rng.uniform(0, 360))), "matte", 0.008)
    return {"sand": to_shape(lying.surface(x, height, z), bsdf=material)}


def snow(lying: Lying) -> dict[str, object]:
    """Fresh snow: soft humps and streaks of the wind, and fine crumbs on them."""
    x, z = lying.points()
    seed = lying.chance(40)
    crumbs = 0.004 * np.maximum(plane_noise(x * 13.0, z * 13.0, seed=seed + 9, octaves=2) - 0.1, 0)
    height = 1.3 * snow_drifts(x, z, seed=seed) * (0.35 + 0.65 * lying.clear(x, z, 0.0, 0.6))
    height += crumbs + _rises(lying, x, z, seed)
    texture = plaster(lying.design.colors[0], seed % 4, 0.012)
    material = textured(texture, Tiling.drawn(0.8, lying.rng), "matte", 0.006)
    return {"snow": to_shape(lying.surface(x, height, z), bsdf=material)}


def _rises(lying: Lying, x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    broad = plane_noise(x * 0.42, z * 0.55, seed=seed + 5, octaves=2, gain=0.4)
    return np.asarray(_SWELL * lying.clear(x, z, 0.05, 1.0) * (broad + 0.5), np.float64)
