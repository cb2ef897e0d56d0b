"""Streets and roads after rain: puddles round the product and behind it, damp between."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.backdrops.streets import Street, street_coat
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, blended
from photoshoot.placers.studio.textures.procedural import smoothstep

_DAMP, _UNDER_WATER = 0.7, 0.32  # of dry asphalt's albedo
_WATER = (0.03, 1.5)  # Beckmann alpha and index of refraction of the film over it


def wet_coat(street: Street, view: View, seed: int) -> Entry:
    """A street's ground and paint after rain, under a film of water where that stands.

    Args:
        street: The street.
        view: The camera and the product's room.
        seed: Chooses how it is worn, and where puddles are.
    """
    wet = bitmap(np.asarray(smoothstep(0.1, 0.6, _puddles(view, *street.points(), seed)), np.float32), street.plan)
    return blended(street_coat(street, seed, _DAMP), street_coat(street, seed, _UNDER_WATER, _WATER), wet)


def _puddles(view: View, x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """How wet it is, 0 to 1: puddles round the product and behind it, damp between; shallow under the product."""
    field = plane_noise(x * 0.30, z * 0.42, seed=seed, octaves=3)
    edge = 0.10 * plane_noise(x * 2.2, z * 2.2, seed=seed + 4, octaves=2)
    near = 0.35 * (1 - Footprint.of(view).clear(x, z, 0.3, 2.5))
    return np.asarray(np.clip(0.45 + 0.55 * (field + edge) + near, 0, 1), np.float64)
