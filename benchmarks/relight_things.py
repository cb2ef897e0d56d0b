"""Things that people modelled and gave away (CC0), for ``bench_relight``: no shape or light was made on them.

They are in ``BlendSwap-CC-0.sh3f`` of Debian's package ``sweethome3d-furniture``, each with a licence of its author.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np
from benchmarks.relight_models import Model
from PIL import Image

from photoshoot.color.space import bytes_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, diffuse, plastic
from photoshoot.records import Category

CATEGORIES = {
    "tetrapak": Category.BOX,
    "yogurtBottle": Category.DRINK,
    "mamadeira": Category.DRINK,
    "cosmeticsPot": Category.BEAUTY,
    "plasticCup": Category.TABLEWARE,
    "coffeeBrewer": Category.ELECTRONICS,
    "kitchenaid": Category.ELECTRONICS,
    "handbag": Category.BAG,
    "briefcase": Category.BAG,
    "bootie": Category.FOOTWEAR,
    "slippers": Category.FOOTWEAR,
    "headphones": Category.ELECTRONICS,
    "speaker2": Category.ELECTRONICS,
    "teddyBear": Category.TOY,
    "woodToy": Category.TOY,
    "basketball": Category.SPORT,
    "cupcake": Category.FOOD,
    "bread": Category.FOOD,
    "fireExtinguisher": Category.HOME,
    "stool": Category.HOME,
    "armchair": Category.HOME,
    "winchesterSofa": Category.HOME,
    "barrel": Category.HOME,
    "crate": Category.BOX,
}
"""What a describer would say that they are."""
_SIZE = (1.5, 1.4)  # world units that they fill at most, across and up
_GLOSSY = 0.15  # specular reflectance from which on a surface has a coat


def load_thing(archive: Path, name: str, seed: int = 0) -> Model:
    """One of the archive's models, turned a little.

    Raises:
        KeyError: The archive has no such model.
    """
    with zipfile.ZipFile(archive) as packed:
        folder = f"blendswap-cc-0/{name}"
        materials = _read_materials(packed, folder, _read_text(packed, f"{folder}/{name}.mtl"))
        parts = list(_read_parts(_read_text(packed, f"{folder}/{name}.obj")))
    plain = diffuse(bitmap(np.full((2, 2, 3), 0.5, np.float32)))
    turn = float(np.random.default_rng([seed, *name.encode()]).uniform(-35, 35))
    turned = [(material, mesh.turned(turn)) for material, mesh in parts]
    points = np.concatenate([mesh.vertices for _, mesh in turned])
    low, high = points.min(0), points.max(0)
    scale = float(min(_SIZE[0] / (high[0] - low[0]), _SIZE[1] / (high[1] - low[1])))
    middle = (low + high) / 2
    placed = [(material, mesh.moved(-middle[0], -low[1], -high[2]).scaled(scale)) for material, mesh in turned]
    return Model(
        kind=name,
        seed=seed,
        category=CATEGORIES[name],
        parts=tuple((mesh, materials.get(material, plain)) for material, mesh in placed),
    )


def _read_text(packed: zipfile.ZipFile, path: str) -> str:
    return packed.read(path).decode("utf-8", "replace")


def _read_materials(packed: zipfile.ZipFile, folder: str, text: str) -> dict[str, Entry]:
    """Materials of an MTL file: colour or picture, and a coat where they are glossy."""
    found: dict[str, Entry] = {}
    for block in text.split("newmtl ")[1:]:
        lines = [line.split() for line in block.splitlines()]
        told = {line[0]: line[1:] for line in lines[1:] if len(line) > 1}
        color = np.clip(np.array(told.get("Kd", ["0.6"] * 3), np.float32), 0.02, 0.9) ** 2.2
        albedo = bitmap(np.broadcast_to(color, (2, 2, 3)))
        if "map_Kd" in told:
            picture = packed.read(str(PurePosixPath(folder) / told["map_Kd"][-1]))
            image = Image.open(io.BytesIO(picture)).convert("RGB").resize((256, 256), Image.Resampling.BOX)
            albedo = bitmap(np.clip(bytes_to_linear(np.asarray(image)), 0.02, 0.9))
        coated = float(told.get("Ks", ["0"])[0]) > _GLOSSY
        found[lines[0][0]] = plastic(albedo, 0.2) if coated else diffuse(albedo)
    return found


def _read_parts(text: str) -> Iterator[tuple[str, Mesh]]:
    """The meshes of an OBJ file, one a material; polygons as fans of triangles."""
    vertices: dict[str, list[list[float]]] = {"v": [], "vt": [], "vn": []}
    faces: dict[str, list[tuple[str, str, str]]] = {}
    material = ""
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word in vertices:
            vertices[word].append([float(number) for number in rest.split()[: 2 if word == "vt" else 3]])
        elif word == "usemtl":
            material = rest.strip()
        elif word == "f":
            corners = rest.split()
            fan = zip([corners[0]] * (len(corners) - 2), corners[1:-1], corners[2:], strict=True)
            faces.setdefault(material, []).extend(fan)
    arrays = {name: np.array(rows, np.float32) for name, rows in vertices.items()}
    for name, triangles in faces.items():
        yield name, _build_mesh(triangles, arrays)


def _build_mesh(triangles: list[tuple[str, str, str]], arrays: dict[str, np.ndarray]) -> Mesh:
    number: dict[str, int] = {}
    indices = [number.setdefault(corner, len(number)) for triangle in triangles for corner in triangle]
    used = np.array([([int(part or 0) for part in corner.split("/")] + [0, 0])[:3] for corner in number])
    used = np.where(used < 0, used + 1, used) - 1  # counted from 1, or from the end
    textured, smooth = len(arrays["vt"]) > 0, len(arrays["vn"]) > 0 and (used[:, 2] != -1).all()
    uv = arrays["vt"][used[:, 1]] if textured else np.zeros((len(used), 2), np.float32)
    uv = uv * np.float32([1, -1]) + np.float32([0, 1])
    normals = arrays["vn"][used[:, 2]] if smooth else None
    if normals is not None:
        normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-6)
    return Mesh.of(arrays["v"][used[:, 0]], np.array(indices), uv, normals)
