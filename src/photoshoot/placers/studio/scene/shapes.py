"""From meshes to Mitsuba shapes, and from shapes to a scene, in memory.

``SetParts`` is what a set's builder hands to the studio: shapes and lights, and how the picture is exposed.
"""

from __future__ import annotations

import dataclasses
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.settings import check_range

_ALIGNMENT = 64  # bytes
_OF_MESHES = ["vertex_", "faces"]  # what is set: with all of it, `update` copies each texture of the material
_ROWS = 4096  # of texture coordinates that are tiled at once

_THREAD = ThreadPoolExecutor(1, "loading")  # kept: Dr.Jit keeps a state for each thread that it ever ran on
_beside: ContextVar[bool] = ContextVar("_beside", default=False)
_rake: ContextVar[float] = ContextVar("_rake", default=0.0)


@contextmanager
def loading_beside() -> Iterator[None]:
    """Load what ``to_shape`` is asked for on another thread, while the builder that asked goes on.

    A rough plastic takes 50 ms, without Python's lock, and a set has up to six. It is one thread, which loads one shape
    after another in the order in which they are asked for: see ``_load``. In here ``to_shape`` returns what stands for
    a shape; ``finished_shape`` waits for it, and so does ``load_shapes``, which is to be called in here, too. On a GPU
    every thread has a queue of work of its own, so there nothing is loaded beside.
    """
    token = _beside.set(not str(mi.variant()).startswith("cuda"))
    try:
        yield
    finally:
        _beside.reset(token)
        _THREAD.submit(dr.sync_thread).result()  # where a builder failed, nothing of it goes on beside the next


@contextmanager
def raked(slope: float) -> Iterator[None]:
    """Have all shapes that are made in here, lamps too, lie by ``slope`` world units lower a unit behind ``z = 0``."""
    token = _rake.set(slope)
    try:
        yield
    finally:
        _rake.reset(token)


def in_rake() -> Float64Array:
    """What ``raked`` does to a place, (3, 4), affine."""
    matrix = np.eye(3, 4)
    matrix[1, 2] = _rake.get()
    return matrix


def to_shape(
    mesh: Mesh,
    *,
    bsdf: Mapping[str, object] | mi.BSDF,
    emitter: Mapping[str, object] | mi.Emitter | Callable[[], Mapping[str, object]] | None = None,
    face_normals: bool = False,
) -> Any:
    """A shape that stands as a value in the dictionary of ``mi.load_dict``.

    The caller has set Mitsuba's variant; the shape belongs to that variant. An area emitter shines from the side that
    the faces point to.

    Args:
        mesh: The geometry; without normals it is shaded flat.
        bsdf: A material, as a dictionary or loaded (loaded ones may be shared by shapes).
        emitter: An ``area`` emitter, as a dictionary or loaded; a loaded one belongs to one shape only. Or what makes
            the dictionary, where that takes long: it is called where the shape is loaded, see ``loading_beside``.
        face_normals: Shade flat although the mesh has normals.

    Returns:
        The shape, or what stands for it: see ``loading_beside``.
    """
    mesh = mesh.transformed(in_rake()) if _rake.get() else mesh
    if _beside.get():
        return _THREAD.submit(_to_shape_there, mesh, bsdf, emitter, face_normals=face_normals)
    return _to_shape(mesh, bsdf, emitter, face_normals=face_normals)


def finished_shape(entry: object) -> object:
    """A scene entry itself: waits for a shape that is being loaded."""
    return entry.result() if isinstance(entry, Future) else entry


def _to_shape_there(*of: Any, face_normals: bool) -> mi.Mesh:
    """``_to_shape`` on a thread whose shapes others use: what it computes is there."""
    shape = _to_shape(*of, face_normals=face_normals)
    dr.sync_thread()
    return shape


def _to_shape(
    mesh: Mesh,
    bsdf: Mapping[str, object] | mi.BSDF,
    emitter: Mapping[str, object] | mi.Emitter | Callable[[], Mapping[str, object]] | None,
    *,
    face_normals: bool,
) -> mi.Mesh:
    if emitter is None and isinstance(bsdf, Mapping):
        mesh, bsdf = _lift_tiling(mesh, bsdf)
    smooth = mesh.normals is not None and not face_normals
    properties = mi.Properties()
    properties["face_normals"] = not smooth
    properties["bsdf"] = _loaded(bsdf)
    if emitter is not None:
        properties["emitter"] = _loaded(emitter() if callable(emitter) else emitter)
    shape = mi.Mesh(
        "mesh",
        len(mesh.vertices),
        len(mesh.faces),
        props=properties,
        has_vertex_normals=smooth,
        has_vertex_texcoords=mesh.uv is not None,
    )
    parameters = mi.traverse(shape)
    parameters.keep(_OF_MESHES)
    parameters["vertex_positions"] = _aligned(mesh.vertices, np.float32)
    parameters["faces"] = _aligned(mesh.faces, np.uint32)
    if mesh.uv is not None:
        parameters["vertex_texcoords"] = _aligned(mesh.uv, np.float32)
    if mesh.normals is not None and smooth:
        parameters["vertex_normals"] = _aligned(mesh.normals, np.float32)
    parameters.update()
    return shape


def load_shapes(entries: Mapping[str, object]) -> dict[str, object]:
    """Load scene entries, so that several scenes can share them; waits for shapes that are being loaded."""
    made = {name: finished_shape(entry) for name, entry in entries.items()}
    return {name: _load(entry) if isinstance(entry, dict) else entry for name, entry in made.items()}


def compose_scene(shapes: Mapping[str, object]) -> mi.Scene:
    """A scene of loaded shapes."""
    scene: mi.Scene = _load({"type": "scene", **shapes})
    return scene


def compose_unlit(shapes: Mapping[str, object]) -> mi.Scene:
    """A scene of the loaded shapes' surfaces, with their materials, without light sources: for scalar variants.

    There the ``aov`` integrator takes a reference to every shape for every ray, and a reference to a shape that was
    made in Python needs the interpreter's lock: one ray then costs as much as three light paths. Shapes that Mitsuba
    reads from files are its own, and five to eight times as fast to look at.
    """
    with tempfile.TemporaryDirectory() as folder:
        entries = {
            name: _own(shape, Path(folder) / f"{index}.ply") if isinstance(shape, mi.Mesh) else shape
            for index, (name, shape) in enumerate(shapes.items())
            if isinstance(shape, mi.Shape)
        }
        scene: mi.Scene = mi.load_dict({"type": "scene", **entries})
    return scene


def _own(mesh: mi.Mesh, path: Path) -> dict[str, object]:
    mesh.write_ply(str(path))
    return {"type": "ply", "filename": str(path), "face_normals": mesh.has_face_normals(), "bsdf": mesh.bsdf()}


def _lift_tiling(mesh: Mesh, material: Mapping[str, object]) -> tuple[Mesh, Mapping[str, object]]:
    """The same look with the textures' common tiling moved into the mesh.

    Dr.Jit compiles a texture's tiling into the code, and compiling takes as long as tracing half a picture; the mesh's
    coordinates are data.
    """
    tilings = [np.asarray(texture["to_uv"].matrix, np.float64) for texture in _bitmaps(material)]
    if mesh.uv is None or not tilings or any(not np.array_equal(tilings[0], other) for other in tilings):
        return mesh, material
    return dataclasses.replace(mesh, uv=_tiled(mesh.uv, tilings[0])), _untiled(material)


def _tiled(uv: npt.NDArray[np.floating], tiling: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Texture coordinates (n, 2) as a tiling (4, 4) lays them.

    Some rows at a time: over all of them BLAS sets threads to work, which take ten times as much CPU time.
    """
    laid = np.empty(uv.shape, np.float32)
    for start in range(0, len(uv), _ROWS):
        some = slice(start, start + _ROWS)
        laid[some] = uv[some] @ tiling[:2, :2].T + tiling[:2, 3]
    return laid


def _bitmaps(entry: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
    if entry.get("type") == "bitmap":
        yield entry
    for value in entry.values():
        if isinstance(value, Mapping):
            yield from _bitmaps(value)


def _untiled(entry: Mapping[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in entry.items() if key != "to_uv" or entry.get("type") != "bitmap"}
    return {key: _untiled(value) if isinstance(value, Mapping) else value for key, value in kept.items()}


def _aligned(array: npt.NDArray[np.generic], dtype: type[np.generic]) -> npt.NDArray[np.generic]:
    """The numbers in a row, at an address that suits every vector unit.

    Dr.Jit compiles other code for buffers at odd addresses, and compiling takes as long as tracing half a picture.
    """
    spare = _ALIGNMENT // np.dtype(dtype).itemsize
    room = np.empty(array.size + spare, dtype)
    start = -(room.ctypes.data // room.itemsize) % spare
    row = room[start : start + array.size]
    row[:] = array.reshape(-1)
    return row


def _loaded(plugin: Mapping[str, object] | mi.Object) -> mi.Object:
    return _load(plugin) if isinstance(plugin, Mapping) else plugin


def _load(entry: Mapping[str, object]) -> Any:
    """Load an entry, one plugin after another.

    Dr.Jit compiles anew where plugins come into being in another order, which several threads would leave to chance.
    """
    return mi.load_dict(dict(entry), parallel=False)


BLURRED_DENSITY = 113.0
"""``SetParts.film_density`` of a table before a wall that its lens blurs: half of the pixels of a canvas 628 high."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SetParts:
    """A built set, ready for the renderer. The product and the camera are added by the studio."""

    shapes: Mapping[str, object]
    """Name → scene entry (a Mitsuba dict or object): shapes with their materials, and emitters."""
    aperture: float = 0.0
    """Lens radius in world units, 0 = all sharp, to 0.5; the focus is on the product's plane."""
    film_density: float = math.inf
    """Film pixels a world unit that show all of it as well, 0 or more: fewer where all but what is near the product is
    out of focus, and noise is low."""
    least_patch: float = 0.0
    """Share of the picture, 0 to 1, from which on what is crowded with edges is traced at full size, too: more where
    the few things in focus are smooth."""
    untold_db: float = 0.0
    """Decibels by which its error is more than its surfaces foretell, 0 to 12: where light has edges that they lack."""
    lawn: bool = False
    """Whether short grass is seen, whose blades' normals are much alike: fainter steps of them tell its blades."""
    bloom: float = 0.0
    """Glow round what is brighter than white, 0 to 0.3."""
    tone_curve: Literal["studio", "neutral", "agx"] = "neutral"
    """How its light becomes colours: hues are kept; or, with a sun or its sky in the picture, ``"studio"``; or, where
    little but coloured lamps is seen, ``"agx"``."""
    vignette: float = 0.0
    """Share of the light that the picture's corners lose, 0 to 0.6; for dark sets."""
    exposure: float | None = None
    """Factor on the scene's radiance; None: metered with ``card``."""
    card: float = 0.92
    """Display-linear value, 0.1 to 1.2, of perfect white where the product stands."""

    def __post_init__(self) -> None:
        check_range("aperture", self.aperture, 0, 0.5)
        check_range("bloom", self.bloom, 0, 0.3)
        check_range("vignette", self.vignette, 0, 0.6)
        check_range("card", self.card, 0.1, 1.2)
        check_range("film_density", self.film_density, 0, math.inf)
        check_range("least_patch", self.least_patch, 0, 1)
        check_range("untold_db", self.untold_db, 0, 12)
        if self.exposure is not None:
            check_range("exposure", self.exposure, 1e-3, 1e3)


Builder = Callable[[Any, View, np.random.Generator], SetParts]
"""Builds a set: (its design, the view, the shot's generator) → parts.

It reads only its arguments; all chance comes from the generator, so one seed gives one set. Shapes must reach past the
picture's edges (``view.half_width_at(z)``, ``view.top_at(z)``) and lights stay outside them.
"""
