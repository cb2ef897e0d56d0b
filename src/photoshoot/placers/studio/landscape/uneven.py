"""Ground that is uneven beside the product and flat under it."""

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points


def uneven_ground(view: View, back: float, metre: float, bumps_m: float, rng: np.random.Generator) -> Mesh:
    """Ground out to a depth; texture coordinates are world units.

    Args:
        view: The camera and the product's room.
        back: Where it ends, z.
        metre: World units a metre.
        bumps_m: How uneven it is, metres.
        rng: The shot's generator.
    """
    x, z = ground_points(view, back)
    rough = Footprint.of(view).clear(x, z, 0.15 * metre, 0.9 * metre)
    seed = int(rng.integers(6))
    y = bumps_m * metre * rough * (plane_noise(x / (0.7 * metre), z / (0.7 * metre), seed=seed, octaves=3) - 0.3)
    return relief(np.stack([x, y, z], -1), np.stack([x, z], -1))
