"""What lies beside the product in sets that show no such things by themselves."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import covered, strew
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, weld
from photoshoot.placers.studio.scene.batching import Things
from photoshoot.sets.strewn import StrewnSet

Ground: TypeAlias = Callable[[Float64Array, Float64Array], Float64Array]
"""Height of an uneven support at x and z, arrays of one shape, world units."""

_SUPPORT = (-0.1, 0.6)  # heights at which faces begin that stand on it: what is higher leaves room under it
_FINE, _SPLITS = 0.2, 5  # the longest side of a face that its corners stand for, and how often a face is split


def beside(
    design: StrewnSet,
    view: View,
    rng: np.random.Generator,
    *,
    front: float | None = None,
    ground: Ground | None = None,
    among: Things | None = None,
) -> dict[str, object]:
    """Shapes of it; none, and ``rng`` is not advanced, where there is nothing.

    Args:
        design: Says what.
        view: The camera and the product's room.
        rng: The shot's generator.
        front: How near the support reaches, z; None: to the camera.
        ground: The support, where it is no plane; each thing is raised as a whole.
        among: What stands there already; nothing is put into it.
    """
    if design.beside == "none":
        return {}
    held = view if front is None else replace(view, support_front=front)
    held = replace(
        held, taken=(*held.taken, *(disc for thing in among or () for disc in covered(_stands_on(thing.mesh))))
    )
    pieces = to_scale(strew(design.beside, design.also, design.also_colors), held, rng, design.beside_colors)
    if ground is not None:
        pieces = {name: (_on_ground(mesh, ground), coat) for name, (mesh, coat) in pieces.items()}
    return stand(pieces, view, prefix="beside")


def _stands_on(mesh: Mesh) -> Float64Array:
    """Points, x and z, of the support under a thing."""
    faces = mesh.vertices[mesh.faces].astype(np.float64)
    foot = faces[..., 1].min(axis=1)
    faces = faces[(foot > _SUPPORT[0]) & (foot < _SUPPORT[1])][..., [0, 2]]
    for _ in range(_SPLITS):
        long = np.linalg.norm(faces - np.roll(faces, 1, axis=1), axis=2).max(axis=1) > _FINE
        middles = (faces[long] + np.roll(faces[long], -1, axis=1)) / 2
        corners = [np.stack([faces[long][:, i], middles[:, i], middles[:, i - 1]], 1) for i in range(3)]
        faces = np.concatenate([faces[~long], middles, *corners])
    return faces.reshape(-1, 2)


def _on_ground(mesh: Mesh, ground: Ground) -> Mesh:
    """Each of its things raised as a whole by the height of the ground under its middle."""
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
