"""Palm trees: leaves that hang into the picture, and whole trees far away."""

from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.foliage import frond
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import blob
from photoshoot.placers.studio.geometry.solids import sphere, tube_along

_CROWN = 9
_PALMS = 4
_BUSHES = 60
_LAND = 0.3  # how high the sand of an island is: a low bank, mostly under leaves
_ISLAND_Z = -40.0


def hanging_fronds(view: View, side: float, rng: np.random.Generator) -> Mesh:
    """Leaves of a palm that stands beside the picture, over its upper corner and clear of the product."""
    z = -1.6
    reach, top = view.half_width_at(z), view.top_at(z)
    size = min(1.05 * reach, 0.95 * (top - 0.2), 2.9)
    parts = []
    for index, angle in enumerate((-14.0, -40.0, -64.0)):
        leaf_mesh = frond(size * (1.0, 0.9, 0.72)[index], 0.32, int(rng.integers(64)))
        mesh = leaf_mesh.turned(angle + float(rng.uniform(-6, 6)), "z")
        mesh = mesh if side < 0 else mesh.turned(180, "y")
        parts.append(mesh.moved(side * (reach + 0.12 * size), top + 0.05 * size - 0.12 * index, z - 0.25 * index))
    return merged(parts)


def island(view: View, side: float, rng: np.random.Generator, level: float) -> tuple[Mesh, Mesh]:
    """(crowns and undergrowth, trunks and land) of a low island with palms, far out on one side."""
    x, reach = side * 0.78 * view.half_width_at(_ISLAND_Z), 0.36 * view.half_width_at(_ISLAND_Z)
    green = _undergrowth(x, reach, level, rng)
    rest = [sphere(1.0, rings=16, segments=48).scaled(reach, _LAND, 3.0).moved(x, level, _ISLAND_Z)]
    for place in np.linspace(-0.62, 0.55, _PALMS) + rng.uniform(-0.08, 0.08, _PALMS):
        foot = np.array([x + place * reach, level, _ISLAND_Z + float(rng.uniform(-1, 1))])
        top, trunk = _trunk(foot, float(rng.uniform(3.4, 5.4)), float(rng.uniform(-1.3, 1.3)))
        rest.append(trunk)
        green += [
            frond(2.2, 0.55, int(rng.integers(64)), 16)
            .turned(float(rng.uniform(-4, 40)), "z")
            .turned(360 * turn / _CROWN + float(rng.uniform(-12, 12)))
            .moved(*top)
            for turn in range(_CROWN)
        ]
    return merged([_plain(mesh) for mesh in green]), merged([_plain(mesh) for mesh in rest])


def _undergrowth(x: float, reach: float, level: float, rng: np.random.Generator) -> list[Mesh]:
    """Bushes that cover the land: highest inland, low and apart at its ends, so that its outline is ragged."""
    bushes = []
    for place in rng.uniform(-0.9, 0.9, _BUSHES):
        size = rng.uniform(0.35, 0.8) * (1.05 - place**2) ** 0.5
        bush = blob(size, seed=int(rng.integers(64)), roughness=0.3, squash=0.8, rings=16)
        depth = _ISLAND_Z + float(rng.uniform(-1.5, 1.5))
        bushes.append(bush.moved(x + place * reach, level + float(rng.uniform(0.1, 0.55)) * size, depth))
    return bushes


def _plain(mesh: Mesh) -> Mesh:
    return replace(mesh, uv=None)


def _trunk(foot: Float64Array, tall: float, lean: float) -> tuple[Float64Array, Mesh]:
    share = np.linspace(0, 1, 16)
    path = foot + np.stack([lean * share**1.7, tall * share, 0 * share], 1)
    return path[-1], tube_along(path, 0.16 - 0.07 * share, sides=10)
