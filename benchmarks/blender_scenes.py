"""The studio's built sets, written down for another renderer: meshes, materials, lamps and the camera, as Mitsuba has.

What is written is what the studio renders: the same triangles and textures, the product's stand-in, the same lamps with
the same radiance. Two things are of another kind there: rough plastic becomes a principled surface of the same
roughness and index (GGX instead of Beckmann), and a relief a bump node of the same depth.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mitsuba as mi
import numpy as np

from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.product.proxy import build_proxy
from photoshoot.placers.studio.renderer.exposure import ToneMapping
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.placers.studio.scene_cache import SetKey
from photoshoot.records import ShotRequest


def write_scene(placer: StudioPlacer, request: ShotRequest, path: Path) -> ToneMapping:
    """Write the set of a request with its product's stand-in; how its light becomes a picture."""
    built = placer._scenes.build(SetKey.of(request))
    proxy = build_proxy(request.layer, request.canvas, built.key.view)
    shapes = {**built.shapes, **proxy.load_shapes(built.tone_mapping)}
    arrays: dict[str, np.ndarray] = {}
    fill, entries = [0.0, 0.0, 0.0], []
    for name, shape in shapes.items():
        if isinstance(shape, mi.Mesh):
            entries.append(_describe(name, shape, arrays))
        else:
            fill = _numbers(dict(mi.traverse(shape))["radiance.value"])
    scene = {"view": _view(built.camera), "fill": fill, "shapes": entries}
    held: dict[str, Any] = {"scene": json.dumps(scene), **arrays}
    np.savez(path, **held)
    return built.tone_mapping


def _view(camera: Camera) -> dict[str, Any]:
    view = camera.film.view
    return {
        "size": [view.width_px, view.height_px],
        "fov": 2 * math.atan(view.width_px / 2 / view.px_per_unit / view.distance),
        "shift": (view.axis_row_px - view.height_px / 2) / view.width_px,
        "camera_y": view.camera_y,
        "distance": view.distance,
        "aperture": camera.aperture,
    }


def _describe(name: str, shape: mi.Mesh, arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    """A shape's entry; its arrays are put among the others."""
    held: Mapping[str, Any] = dict(mi.traverse(shape))
    arrays[f"{name}/vertices"] = np.array(held["vertex_positions"]).reshape(-1, 3)
    arrays[f"{name}/faces"] = np.array(held["faces"]).reshape(-1, 3)
    if len(held.get("vertex_texcoords", ())):
        arrays[f"{name}/uv"] = np.array(held["vertex_texcoords"]).reshape(-1, 2)
    if shape.has_vertex_normals() and not shape.has_face_normals():
        arrays[f"{name}/normals"] = np.array(held["vertex_normals"]).reshape(-1, 3)
    entry: dict[str, Any] = {"name": name}
    known = {"reflectance": "albedo", "diffuse_reflectance": "albedo", "radiance": "light", "nested_texture": "relief"}
    for path, value in held.items():
        *parents, last = path.split(".")
        kind = known.get(parents[-1]) if parents else None
        if "brdf_1" in parents or (kind is None and last not in ("alpha", "eta", "scale")):
            continue
        if last == "data" and kind is not None:
            arrays[f"{name}/{kind}"] = np.array(value)
            entry[kind] = f"{name}/{kind}"
        elif last == "value" and kind is not None:
            entry[kind] = _numbers(value)
        elif last in ("alpha", "eta", "scale") and "emitter" not in parents:
            entry[{"alpha": "alpha", "eta": "ior", "scale": "relief_depth"}[last]] = _numbers(value)[0]
    _check(name, shape)
    return entry


def _check(name: str, shape: mi.Mesh) -> None:
    """Hold that nothing of a material is lost."""
    text = str(shape.bsdf())
    for kind in ("Blend", "Conductor", "Dielectric", "Mask"):
        assert kind not in text, f"{name} has a material that is not written: {kind}"


def _numbers(value: Any) -> list[float]:
    return [float(number) for number in np.array(value).ravel()]
