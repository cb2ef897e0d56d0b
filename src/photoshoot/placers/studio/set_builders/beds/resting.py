"""Lets things lie on a bed that is not flat: on a rock's hollows they would hover, and be buried in a fold of silk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.placement import Pieces, support_frame
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.shapes import finished_shape

UNEVEN: Final = frozenset({"sand", "snow", "silk", "velvet", "folds", "facets", "rock", "moss", "soil"})
"""Surfaces that things follow; on pebbles and ribs they lie on top, and in grass among the blades."""
_CELL = 0.05  # of the grid that heights are read on, world units
_SMOOTH = 2.4  # cells: a thing follows the ground, and is not bent by its grain


def settle(pieces: Pieces, bed: Mapping[str, object], view: View, drop: float) -> Pieces:
    """Pieces that lie on y = 0, each of their points as much higher or lower as the bed is there.

    Args:
        pieces: In the support's frame.
        bed: The bed's shapes, loaded; what gives light is not part of the ground.
        view: The camera.
        drop: How far the bed lies under the support.
    """
    ground = [shape for shape in _meshes(bed) if not shape.is_emitter()]
    if not pieces or not ground:
        return pieces
    inverse = np.linalg.inv(support_frame(view))
    points = np.concatenate([_vertices(shape) for shape in ground]) @ inverse[:3, :3].T + inverse[:3, 3]
    heights, corner = _height_map(points)

    def laid(mesh: Mesh) -> Mesh:
        at = (mesh.vertices[:, [0, 2]] - corner) / _CELL - 0.5
        rise = ndimage.map_coordinates(heights, at.T, order=1, mode="nearest") + drop
        return replace(mesh, vertices=(mesh.vertices + rise[:, None] * np.array([0, 1, 0])).astype(np.float32))

    return {name: (laid(mesh), coat) for name, (mesh, coat) in pieces.items()}


def standing_there(shapes: Mapping[str, object], view: View, drop: float) -> Iterator[Mesh]:
    """What stands on a bed, of its loaded shapes, in the frame of a support ``drop`` under the product's."""
    inverse = np.linalg.inv(support_frame(view))
    for shape in _meshes(shapes):
        points = _vertices(shape) @ inverse[:3, :3].T + inverse[:3, 3] + np.array([0.0, drop, 0.0])
        faces = np.array(mi.traverse(shape)["faces"]).reshape(-1, 3)
        yield Mesh.of(points, faces)


def _meshes(shapes: Mapping[str, object]) -> list[mi.Mesh]:
    """Those of shapes that have points, as soon as all are loaded."""
    return [shape for shape in map(finished_shape, shapes.values()) if isinstance(shape, mi.Mesh)]


def _vertices(shape: mi.Mesh) -> Float64Array:
    return np.array(mi.traverse(shape)["vertex_positions"], np.float64).reshape(-1, 3)


def _height_map(points: Float64Array) -> tuple[Float64Array, npt.NDArray[np.floating]]:
    """The ground's height over cells of x and z, (columns, rows), smoothed; and the first cell's corner."""
    corner = points[:, [0, 2]].min(0)
    cells = ((points[:, [0, 2]] - corner) / _CELL).astype(np.int64)
    highest = np.full(cells.max(0) + 1, -np.inf)
    np.maximum.at(highest, (cells[:, 0], cells[:, 1]), points[:, 1])
    empty = np.isinf(highest)
    nearest = ndimage.distance_transform_edt(empty, return_distances=False, return_indices=True)
    return np.asarray(ndimage.gaussian_filter(highest[tuple(nearest)], _SMOOTH), np.float64), corner
