"""Many things drawn as few shapes: things of one roughness become one mesh, and all lamps become one.

A renderer's cost grows with the number of its shapes and materials, not with their triangles. So the colours of a
room's furniture lie side by side in one small bitmap, and the texture coordinates of each thing point at its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.scene.bsdfs import BLACK, Roughness, area_emitter, bitmap, finished
from photoshoot.placers.studio.scene.shapes import to_shape

_COLORS, _LAMPS = 24, 8
_LAMP_PX = 4  # columns a lamp has in the bitmap of all lamps, so that none takes light from its neighbour
_LAMP_ROWS = 64
_LAMP_SAMPLING = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Painted:
    """A thing of one colour."""

    mesh: Mesh
    """Where it stands, in world units."""
    color: str
    """Its albedo, or what a metal reflects in."""
    roughness: Roughness = "matte"
    """How it reflects."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Emissive:
    """A thing that gives light."""

    mesh: Mesh
    """Where it is; its texture coordinates run from 0 to 1, v down."""
    light: npt.NDArray[np.float32]
    """(k, 3): how it looks from its top to its bottom, display-linear; 1 is white."""


Things = list[Painted | Emissive]
"""What a part of a room is made of."""


def painted(color: str, roughness: Roughness, *meshes: Mesh) -> Painted:
    """Meshes as one thing."""
    return Painted(mesh=merged([_shaded(mesh) for mesh in meshes]), color=color, roughness=roughness)


def thing_shapes(things: Iterable[Painted | Emissive], exposure: float) -> dict[str, object]:
    """Things as shapes: one for each roughness among them, named by it, and ``lamps``.

    Args:
        things: What to draw.
        exposure: The picture's exposure, so that lamps look as bright as they should.
    """
    whole = list(things)
    solid = [thing for thing in whole if isinstance(thing, Painted)]
    emissive = [thing for thing in whole if isinstance(thing, Emissive)]
    shapes: dict[str, object] = {}
    for roughness in sorted({thing.roughness for thing in solid}):
        shapes[roughness] = _merged([thing for thing in solid if thing.roughness == roughness], roughness)
    if emissive:
        shapes["lamps"] = _lamps(emissive, exposure)
    return shapes


def _merged(things: Sequence[Painted], roughness: Roughness) -> object:
    colors = sorted({thing.color for thing in things})
    slots = _slots(len(colors), _COLORS)
    meshes = []
    for thing in things:
        mesh = _shaded(thing.mesh)
        at = np.array([(colors.index(thing.color) + 0.5) / slots, 0.5], np.float32)
        meshes.append(replace(mesh, uv=np.tile(at, (len(mesh.vertices), 1))))
    palette = np.stack([hex_to_linear(color) for color in colors + colors[-1:] * (slots - len(colors))])[None]
    return to_shape(merged(meshes), bsdf=finished(bitmap(np.asarray(palette, np.float32), clamp=True), roughness))


def _slots(count: int, usual: int) -> int:
    """Room for ``count`` in a texture: mostly ``usual``, since each size has kernels of its own to be compiled."""
    return usual * -(-count // usual)


def _lamps(things: Sequence[Emissive], exposure: float) -> object:
    rows, slots = np.linspace(0, 1, _LAMP_ROWS), _slots(len(things), _LAMPS)
    meshes, columns = [], []
    for index, thing in enumerate(things):
        light = np.asarray(thing.light, np.float32)
        marks = np.linspace(0, 1, len(light))
        columns += [np.stack([np.interp(rows, marks, light[:, channel]) for channel in range(3)], 1)] * _LAMP_PX
        assert thing.mesh.uv is not None
        across = (index + 0.25 + 0.5 * thing.mesh.uv[:, 0]) / slots
        uv = np.stack([across, thing.mesh.uv[:, 1]], 1).astype(np.float32)
        meshes.append(replace(_shaded(thing.mesh), uv=uv))
    columns += [np.zeros_like(columns[0])] * (_LAMP_PX * slots - len(columns))
    radiance = bitmap(np.asarray(np.stack(columns, 1) / exposure, np.float32), clamp=True)
    return to_shape(merged(meshes), bsdf=BLACK, emitter=area_emitter(radiance, _LAMP_SAMPLING))


def _shaded(mesh: Mesh) -> Mesh:
    """The mesh with normals, so that it keeps its shading when it is merged with others."""
    return mesh if mesh.normals is not None else mesh.faceted()
