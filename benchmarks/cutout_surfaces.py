"""Patterns of grounds and walls, and meshes that can carry them."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import to_shape


def draw_pattern(rng: np.random.Generator) -> np.ndarray:
    """Stripes, checks, tiles, boards, flecks or weave, (256, 256, 3) linear; it repeats."""
    y, x = np.mgrid[0:256, 0:256] / 256
    first, second = rng.uniform(0.03, 0.8, (2, 3))
    second = first * rng.uniform(0.5, 1.5) if rng.random() < 0.5 else second
    count = int(rng.integers(1, 9))
    kind = int(rng.integers(6))
    share = (
        (np.sin(2 * np.pi * count * x) > rng.uniform(-0.8, 0.8)).astype(float) if kind == 0
        else ((np.floor(x * 2 * count) + np.floor(y * 2 * count)) % 2) if kind == 1
        else np.maximum((x * count % 1) < 0.04, (y * count % 1) < 0.04).astype(float) if kind == 2
        else _boards(x, y, count, rng) if kind == 3
        else (_blotches(rng) > 0).astype(float) if kind == 4
        else 0.5 + 0.25 * np.sin(2 * np.pi * 20 * x) + 0.25 * np.sin(2 * np.pi * 20 * y)
    )  # fmt: skip
    image = first + share[..., None] * (second - first)
    grain = 1 + rng.uniform(0, 0.25) * ndimage.gaussian_filter(rng.normal(size=(256, 256)), 1.2, mode="wrap")
    return np.clip(image * grain[..., None], 0.01, 0.9).astype(np.float32)


def _blotches(rng: np.random.Generator) -> np.ndarray:
    return ndimage.gaussian_filter(rng.normal(size=(256, 256)), rng.uniform(1, 9), mode="wrap")


def _boards(x: np.ndarray, y: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    tone = rng.uniform(0, 1, count)[np.floor(y * count).astype(int) % count]
    long = ndimage.gaussian_filter(rng.normal(size=x.shape), (0.7, 30), mode="wrap")
    gap = ((y * count) % 1) < 0.03
    return np.clip(0.5 * tone + 2.5 * long + 0.25 + 0.6 * gap, 0, 1)


def sheet(half: float) -> Mesh:
    """A square in x and y that faces z, of so much half a side."""
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], np.float32) * half
    uv = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    return Mesh.of(corners, np.array([[0, 1, 2], [0, 2, 3]]), uv).faceted()


def flip_texture(mesh: Mesh) -> Mesh:
    """The picture's first row goes up."""
    return Mesh(
        vertices=mesh.vertices,
        faces=mesh.faces,
        uv=(mesh.uv * [1, -1] + [0, 1]).astype(np.float32),
        normals=mesh.normals,
    )


def shade_and_map(mesh: Mesh) -> Mesh:
    """With coordinates and normals: scenes of like meshes and materials share one compiled kernel."""
    shaded = mesh if mesh.normals is not None else mesh.faceted()
    return shaded if shaded.uv is not None else map_flat(shaded, 1.0)


def crumbs() -> list[object]:
    """Each kind of material, under the ground."""
    paper = bitmap(np.full((2, 2, 3), 0.5, np.float32))
    mesh = shade_and_map(sheet(0.001).moved(0, -60, 0))
    return [to_shape(mesh, bsdf=material) for material in (diffuse(paper), plastic(paper, 0.2))]


def map_flat(mesh: Mesh, often: float) -> Mesh:
    """With coordinates from above and before, repeated so often a unit."""
    uv = np.stack([mesh.vertices[:, 0] * often, (mesh.vertices[:, 2] + mesh.vertices[:, 1]) * often], 1)
    return Mesh(vertices=mesh.vertices, faces=mesh.faces, uv=uv.astype(np.float32), normals=mesh.normals)
