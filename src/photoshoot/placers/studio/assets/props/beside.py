"""Props beside the product, in sets that have none of their own."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import Rooms, keeping_off, strew
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, weld
from photoshoot.sets.strewn import StrewnSet

Ground: TypeAlias = Callable[[Float64Array, Float64Array], Float64Array]
"""Height of an uneven support at x and z, arrays of one shape, world units."""


def beside(
    design: StrewnSet,
    view: View,
    rng: np.random.Generator,
    *,
    front: float | None = None,
    ground: Ground | None = None,
    among: Iterable[Mesh] = (),
    taken: Rooms = (),
) -> dict[str, object]:
    """Shapes of it; none, and ``rng`` is not advanced, where there is nothing.

    Args:
        design: Says what.
        view: The camera and the product's room.
        rng: The shot's generator.
        front: How near the support reaches, z; None: to the camera.
        ground: The support, where it is no plane; each thing is raised as a whole.
        among: What stands there already; nothing is put into it.
        taken: Other rooms that are left free.
    """
    if design.beside == "none":
        return {}
    held = view if front is None else replace(view, support_front=front)
    held = keeping_off(replace(held, taken=(*held.taken, *taken)), among)
    pieces = to_scale(
        strew(design.beside, design.also, design.also_colors, design.counts), held, rng, design.beside_colors
    )
    if ground is not None:
        pieces = {name: (on_ground(mesh, ground), coat) for name, (mesh, coat) in pieces.items()}
    return stand(pieces, view, prefix="beside")


def on_ground(mesh: Mesh, ground: Ground) -> Mesh:
    """A mesh with each of its things raised as a whole by the height of the ground under its middle."""
    shared = weld(mesh.vertices)
    corners = shared[mesh.faces]
    links = csr_array(
        (np.ones(2 * len(corners), bool), (corners[:, :2].ravel(), corners[:, 1:].ravel())),
        shape=(shared.max() + 1,) * 2,
    )
    thing = connected_components(links, directed=False)[1][shared]
    count = np.bincount(thing)
    x, z = (np.bincount(thing, mesh.vertices[:, axis]) / count for axis in (0, 2))
    points = mesh.vertices.astype(np.float64)
    points[:, 1] += ground(x, z)[thing]
    return replace(mesh, vertices=points.astype(np.float32))
