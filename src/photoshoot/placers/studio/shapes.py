"""From meshes to Mitsuba shapes, in memory."""

from __future__ import annotations

from collections.abc import Mapping

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.geometry.mesh import Mesh

_ALIGNMENT = 64  # bytes


def to_shape(
    mesh: Mesh,
    *,
    bsdf: Mapping[str, object] | mi.BSDF,
    emitter: Mapping[str, object] | mi.Emitter | None = None,
    face_normals: bool = False,
) -> mi.Mesh:
    """A shape that stands as a value in the dictionary of ``mi.load_dict``.

    The caller has set Mitsuba's variant; the shape belongs to that variant. An area emitter shines from the side that
    the faces point to.

    Args:
        mesh: The geometry; without normals it is shaded flat.
        bsdf: A material, as a dictionary or loaded (loaded ones may be shared by shapes).
        emitter: An ``area`` emitter, as a dictionary or loaded; a loaded one belongs to one shape only.
        face_normals: Shade flat although the mesh has normals.
    """
    smooth = mesh.normals is not None and not face_normals
    properties = mi.Properties()
    properties["face_normals"] = not smooth
    properties["bsdf"] = _loaded(bsdf)
    if emitter is not None:
        properties["emitter"] = _loaded(emitter)
    shape = mi.Mesh(
        "mesh",
        len(mesh.vertices),
        len(mesh.faces),
        props=properties,
        has_vertex_normals=smooth,
        has_vertex_texcoords=mesh.uv is not None,
    )
    parameters = mi.traverse(shape)
    parameters["vertex_positions"] = _aligned(mesh.vertices, np.float32)
    parameters["faces"] = _aligned(mesh.faces, np.uint32)
    if mesh.uv is not None:
        parameters["vertex_texcoords"] = _aligned(mesh.uv, np.float32)
    if mesh.normals is not None and smooth:
        parameters["vertex_normals"] = _aligned(mesh.normals, np.float32)
    parameters.update()
    return shape


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
    return mi.load_dict(dict(plugin)) if isinstance(plugin, Mapping) else plugin
