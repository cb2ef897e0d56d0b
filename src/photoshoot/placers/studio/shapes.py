"""From meshes to Mitsuba shapes, in memory."""

from __future__ import annotations

from collections.abc import Mapping

import mitsuba as mi
import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh


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
    parameters["vertex_positions"] = np.ascontiguousarray(mesh.vertices, np.float32).reshape(-1)
    parameters["faces"] = np.ascontiguousarray(mesh.faces, np.uint32).reshape(-1)
    if mesh.uv is not None:
        parameters["vertex_texcoords"] = np.ascontiguousarray(mesh.uv, np.float32).reshape(-1)
    if smooth:
        parameters["vertex_normals"] = np.ascontiguousarray(mesh.normals, np.float32).reshape(-1)
    parameters.update()
    return shape


def _loaded(plugin: Mapping[str, object] | mi.Object) -> mi.Object:
    return mi.load_dict(dict(plugin)) if isinstance(plugin, Mapping) else plugin
