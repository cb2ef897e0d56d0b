"""A relief of triangular facets behind a low platform."""

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.set_builders.platform import Platform
from photoshoot.sets.geometric_wall import GeometricWall

_WALL_Z = -2.2
_SIDE = 0.66
_DEPTHS = (0.0, 0.0, 0.14, 0.28, 0.40)


def build_geometric_wall(design: GeometricWall, view: View, rng: np.random.Generator) -> SetParts:
    """The relief, its colours and the light vary."""
    light = vary(design.light, rng)
    platform = Platform.under(view)
    height = min(platform.height, 0.22)
    disc = bevelled_cylinder(1.0, height, 0.02).scaled(platform.reach, 1.0, platform.depth)
    wall_z = min(_WALL_Z, platform.back - 0.6)
    things: Things = [
        painted(design.podium_color, "eggshell", stage_floor(view, y=-height, back=wall_z - 0.3)),
        painted(design.podium_color, "eggshell", disc.moved(view.product_x, -height, platform.center_z)),
    ]
    for color, facets in zip(design.colors, _relief(view, wall_z, -height, len(design.colors), rng), strict=True):
        things.append(painted(color, "eggshell", facets))
    exposure = albedo_exposure(light, 0.95)
    shapes = thing_shapes(things, exposure)
    shapes |= build_lights(light, view, Rig(target=(0.0, 0.7, -1.2), back_z=-0.6, distance=9.0))
    return SetParts(shapes=shapes, aperture=0.03, exposure=exposure)


def _relief(view: View, wall_z: float, floor_y: float, colors: int, rng: np.random.Generator) -> list[Mesh]:
    """Facets that fill the picture at the wall, one mesh a colour."""
    half, top = view.half_width_at(wall_z) + 3.0, view.top_at(wall_z) + 2.0
    columns, rows = int(2 * half / _SIDE) + 2, int((top - floor_y) / (_SIDE * 0.866)) + 3
    points = _lattice((rows, columns), (-half, floor_y - 0.3, wall_z), rng)
    triangles = facet_triangles(rows, columns)
    share = shared_out(points.reshape(-1, 3)[triangles].mean(1)[:, :2], colors, rng)
    vertices = points.reshape(-1, 3).astype(np.float32)
    return [Mesh(vertices=vertices, faces=triangles[share == index].astype(np.int32)) for index in range(colors)]


def shared_out(middles: npt.NDArray[np.float64], colors: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Which colour each facet has, by its middle (n, 2): in patches, as if poured over the wall, with a few strays."""
    drift = np.sin(middles[:, 0] * 0.9 + rng.uniform(0, 6)) + np.sin(middles[:, 1] * 1.3 + rng.uniform(0, 6))
    rank = np.argsort(np.argsort(drift + rng.normal(0, 0.7, len(drift)))) / len(drift)
    return np.minimum((rank * colors).astype(np.int64), colors - 1)


def _lattice(
    size: tuple[int, int], corner: tuple[float, float, float], rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Points of a jittered triangular lattice from its lower left corner, pushed in and out; (rows, columns, 3)."""
    row, column = np.mgrid[: size[0], : size[1]]
    x = corner[0] + (column + 0.5 * (row % 2)) * _SIDE + rng.uniform(-0.06, 0.06, row.shape)
    y = corner[1] + row * _SIDE * 0.866 + rng.uniform(-0.05, 0.05, row.shape)
    z = corner[2] + rng.choice(_DEPTHS, row.shape) + rng.uniform(-0.04, 0.04, row.shape)
    return np.stack([x, y, z], -1)


def facet_triangles(rows: int, columns: int) -> npt.NDArray[np.int64]:
    """Triangles of a lattice whose odd rows are shifted by half a step; its rows run from its lower edge up."""
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).reshape(-1)
    even = np.repeat(np.arange(rows - 1) % 2 == 0, columns - 1)
    below, right, corner = first + columns, first + 1, first + columns + 1
    lower = np.stack([first, right, np.where(even, below, corner)], 1)
    upper = np.stack([np.where(even, right, first), corner, below], 1)
    return np.concatenate([lower, upper])
