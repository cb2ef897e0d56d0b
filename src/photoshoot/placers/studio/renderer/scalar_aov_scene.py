"""A set's surfaces without its lights: what the guides look at where Mitsuba runs without LLVM.

The ``aov`` integrator of scalar variants takes a reference to every shape for every ray, and a reference to a shape
that was made in Python needs the interpreter's lock: one look along a ray then costs as much as three light paths.
Shapes that Mitsuba reads from files are its own, and five to eight times as fast to look at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import mitsuba as mi


def compose_unlit(shapes: Mapping[str, object]) -> mi.Scene:
    """A scene of the loaded shapes' surfaces, with their materials; light sources are left out."""
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
