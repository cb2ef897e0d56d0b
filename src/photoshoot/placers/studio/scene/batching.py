"""Many things drawn as few shapes: things of one roughness become one mesh, and all lamps become one.

A renderer's cost grows with the number of its shapes and materials, not with their triangles. So the colours of a
room's furniture lie side by side in one bitmap, each as a patch of worn paint or of wood, and the texture coordinates
of each thing point into its own: no two things, and no two places of one, are quite alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, Roughness, area_emitter, bitmap, finished
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.wear import PATCH_PX, painted_tone, wooden_tone

_COLORS, _LAMPS = 24, 8
_LAMP_PX = 4  # columns a lamp has in the bitmap of all lamps, so that none takes light from its neighbour
_LAMP_ROWS = 64
_LAMP_SAMPLING = 0.5
_PATCH_UNITS = 1.0  # world units that a patch of wear covers at least; on what is larger it is stretched
_LEAN = {"paint": (0.6, 0.35), "wood": (0.8, 0.0)}  # how far a patch leans, in u and v, along a thing's third side
_SHIFTS = np.array([[0.37, 0.61, 0.83], [0.71, 0.29, 0.53]])  # of a patch, in u and v, a unit of where its thing is
_INSET = 1.0 / PATCH_PX  # of a patch, along its sides, so that none takes colour from its neighbour
_TONES = {"paint": painted_tone, "wood": wooden_tone}


Wear = Literal["paint", "wood"]
"""What a colour looks like from near."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Painted:
    """A thing of one colour."""

    mesh: Mesh
    """Where it stands, in world units; its texture coordinates are places on a patch of wear, u from 0 to 1."""
    color: str
    """Its albedo, or what a metal reflects in."""
    roughness: Roughness = "matte"
    """How it reflects."""
    wear: Wear = "paint"
    """What its colour looks like from near."""
    seen: bool = True
    """Whether it found room; if not, its mesh is a speck that keeps its roughness in the set: see ``thing_shapes``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Emissive:
    """A thing that gives light."""

    mesh: Mesh
    """Where it is; its texture coordinates run from 0 to 1, v down."""
    light: npt.NDArray[np.float32]
    """(k, 3): how it looks from its top to its bottom, display-linear; 1 is white."""
    asked: bool = False
    """Whether a set lives by its light, so that paths ask it, and all lamps with it; else they are ``MET``."""
    seen: bool = True
    """As of ``Painted``."""


Things = list[Painted | Emissive]
"""What a part of a room is made of."""


def painted(color: str, roughness: Roughness, *meshes: Mesh) -> Painted:
    """Meshes as one thing."""
    return _thing(color, roughness, "paint", meshes)


def wooden(color: str, roughness: Roughness, *meshes: Mesh) -> Painted:
    """Meshes as one thing of wood; the grain of each runs along its longest side."""
    return _thing(color, roughness, "wood", meshes)


def _thing(color: str, roughness: Roughness, wear: Wear, meshes: Sequence[Mesh]) -> Painted:
    laid = [replace(mesh, uv=_patch_places(mesh, wear)) for mesh in map(_shaded, meshes)]
    return Painted(mesh=merged(laid), color=color, roughness=roughness, wear=wear)


def _patch_places(mesh: Mesh, wear: Wear) -> Float32Array:
    """Where a patch of wear lies on a mesh, (N, 2): the same all round it, without a seam, and elsewhere on each mesh.

    Its longest side runs along v, which repeats; the next, with a share of the third, along u, which has one patch.
    """
    points = mesh.vertices.astype(np.float64).T.copy()  # (3, N)
    low = points.min(1)
    third, middle, longest = np.argsort(np.ptp(points, axis=1), kind="stable")
    points -= low[:, None]
    flat = points[[middle, longest]] + points[third] * np.reshape(_LEAN[wear], (-1, 1))
    flat = (flat - flat.min(1)[:, None]) / max(_PATCH_UNITS, float(np.ptp(flat[0])))
    shift = _SHIFTS @ low % 1
    shift[0] *= 1 - flat[0].max()
    return np.ascontiguousarray((flat + shift[:, None]).T, np.float32)


def thing_shapes(things: Iterable[Painted | Emissive], exposure: float) -> dict[str, object]:
    """Things as shapes: one for each roughness among them, named by it, and ``lamps``.

    A roughness that only things without room have gets a shape of a speck, lamps likewise: with a shape more or less
    Dr.Jit compiles all of a set's code anew, which takes as long as tracing half a picture.

    Args:
        things: What to draw.
        exposure: The picture's exposure, so that lamps look as bright as they should.
    """
    whole = list(things)
    solid = [thing for thing in whole if isinstance(thing, Painted)]
    emissive = shown([thing for thing in whole if isinstance(thing, Emissive)])
    shapes: dict[str, object] = {}
    for roughness in sorted({thing.roughness for thing in solid}):
        shapes[roughness] = _merged(shown([thing for thing in solid if thing.roughness == roughness]), roughness)
    if emissive:
        shapes["lamps"] = _lamps(emissive, exposure)
    return shapes


_Thing = TypeVar("_Thing", bound=Painted | Emissive)


def shown(things: Sequence[_Thing]) -> list[_Thing]:
    """Those that found room; where none did, one that did not."""
    return [thing for thing in things if thing.seen] or list(things[:1])


def _merged(things: Sequence[Painted], roughness: Roughness) -> object:
    coats = sorted({(thing.color, thing.wear) for thing in things})
    slots = _slots(len(coats), _COLORS)
    meshes = []
    for thing in things:
        assert thing.mesh.uv is not None, "painted() lays a patch of wear on it"
        inside = _INSET + (1 - 2 * _INSET) * thing.mesh.uv[:, 0]
        uv = np.stack([(coats.index((thing.color, thing.wear)) + inside) / slots, thing.mesh.uv[:, 1]], 1)
        meshes.append(replace(thing.mesh, uv=uv.astype(np.float32)))
    return to_shape(merged(meshes), bsdf=finished(bitmap(_patches(coats, slots)), roughness))


def _patches(coats: Sequence[tuple[str, Wear]], slots: int) -> Float32Array:
    """Patches of wear side by side, (PATCH_PX, PATCH_PX slots, 3), linear; each of another piece of its kind."""
    image = np.zeros((PATCH_PX, slots * PATCH_PX, 3), np.float32)
    for index, (color, wear) in enumerate(coats):
        tone = np.roll(_TONES[wear](), (37 * index, 59 * index), (0, 1))
        image[:, index * PATCH_PX : (index + 1) * PATCH_PX] = tone[..., None] * hex_to_linear(color)
    return np.minimum(image, 0.98, out=image)


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
    asked = _LAMP_SAMPLING if any(thing.asked and thing.seen for thing in things) else MET
    radiance = bitmap(np.asarray(np.stack(columns, 1) / exposure, np.float32), clamp=True)
    return to_shape(merged(meshes), bsdf=BLACK, emitter=area_emitter(radiance, asked))


def _shaded(mesh: Mesh) -> Mesh:
    """The mesh with normals, so that it keeps its shading when it is merged with others."""
    return mesh if mesh.normals is not None else mesh.faceted()
