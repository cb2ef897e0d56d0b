"""Rocks that lie where there is room beside the product, each larger one placed before the smaller ones."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.placement import Patch, Taken, Thing, find_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import Terrain
from photoshoot.placers.studio.landscape.boulders import set_down

_SMALLEST = 0.12


def draw_sizes(view: View, count: int, largest: float, rng: np.random.Generator) -> Float64Array:
    """Radii of ``count`` rocks in world units, the largest first; smaller in pictures that show little ground."""
    sizes = np.sort(np.exp(rng.uniform(np.log(_SMALLEST), np.log(largest), count)))[::-1]
    return np.asarray(sizes * min(1.0, 0.5 + 0.14 * view.half_width), np.float64)


def strew_rocks(
    view: View,
    sizes: Float64Array,
    rng: np.random.Generator,
    patch: Patch,
    ground: Terrain,
    *,
    height: float,
    sunk: float,
    taken: Taken | None = None,
) -> Mesh | None:
    """Those rocks that find room, as one mesh; None where none does.

    Args:
        view: The camera and the product's room.
        sizes: Radii (n,), the largest first.
        rng: The shot's generator.
        patch: Where to look.
        ground: Its height.
        height: How far a rock rises over the ground, in radii.
        sunk: Height of a rock's middle over the ground, in radii.
        taken: What lies there already.
    """
    things = [Thing(radius=float(size), height=height * float(size)) for size in sizes]
    spots = find_spots(view, things, rng, patch, taken)
    if not spots:
        return None
    places = np.array([place[[0, 2]] for place in spots.values()])
    return set_down(places, sizes[list(spots)], ground, rng, sunk=sunk)
