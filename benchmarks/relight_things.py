"""Things that people modelled and gave away (CC0), for ``bench_relight``: no shape or light was made on them.

They are in ``BlendSwap-CC-0.sh3f`` of Debian's package ``sweethome3d-furniture``, each with a licence of its author.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
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
    "JapaneseLantern": Category.HOME,
    "L_shaped_sofa": Category.HOME,
    "ammoBox": Category.BOX,
    "antiqueChair": Category.HOME,
    "armchair2": Category.HOME,
    "bedsideTable2": Category.HOME,
    "bookcase": Category.HOME,
    "box": Category.BOX,
    "caballito": Category.TOY,
    "cactus": Category.HOME,
    "cupboard": Category.HOME,
    "deckChair": Category.HOME,
    "deer": Category.HOME,
    "desklamp": Category.HOME,
    "electricGuitar": Category.OTHER,
    "housePuzzle": Category.TOY,
    "iphone": Category.ELECTRONICS,
    "kalender": Category.OTHER,
    "led_tv": Category.ELECTRONICS,
    "lockedLocker": Category.HOME,
    "motorbike": Category.OTHER,
    "numberLock": Category.OTHER,
    "osakaChair": Category.HOME,
    "plasticChair": Category.HOME,
    "potty": Category.HOME,
    "refrigerator": Category.ELECTRONICS,
    "silla2": Category.HOME,
    "sillaBlanca": Category.HOME,
    "speaker3": Category.ELECTRONICS,
    "stoneLantern": Category.HOME,
    "stool2": Category.HOME,
    "textMarker": Category.OTHER,
    "thonet": Category.HOME,
    "toiletBrush": Category.HOME,
    "toiletPaperDispenser": Category.HOME,
    "verticalShelves": Category.HOME,
    "washbasin": Category.HOME,
    "winchesterArmchair": Category.HOME,
}
"""What a describer would say that they are.

None of them ever trained the shape network (``shape_models.held_out``). Of those that never did plants, towels,
and what is built into rooms or streets are left out.
"""
_SIZE = (1.5, 1.4)  # world units that they fill at most, across and up
_GLOSSY = 0.15  # specular reflectance from which on a surface has a coat


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """What one material covers."""

    mesh: Mesh
    albedo: np.ndarray
    """(h, w, 3): linear reflectance over (u, v)."""
    gloss: float | None
    """Roughness of its coat; None: it has none."""

    def material(self) -> Entry:
        """As Mitsuba reads it."""
        return diffuse(bitmap(self.albedo)) if self.gloss is None else plastic(bitmap(self.albedo), self.gloss)


def list_things(archive: Path) -> list[str]:
    """Names of all its models."""
    with zipfile.ZipFile(archive) as packed:
        return sorted(PurePosixPath(name).parts[1] for name in packed.namelist() if name.endswith(".obj"))


@lru_cache(maxsize=100)
def load_parts(archive: Path, name: str, texture_px: int = 256) -> tuple[Part, ...]:
    """One of the archive's models, as it lies in its file; its pictures are made squares of ``texture_px``.

    Raises:
        KeyError: The archive has no such model.
    """
    with zipfile.ZipFile(archive) as packed:
        folder = f"{archive.stem.lower()}/{name}"
        files = {PurePosixPath(path).suffix: path for path in packed.namelist() if path.startswith(f"{folder}/")}
        materials = {}
        if ".mtl" in files:
            materials = _read_materials(packed, folder, _read_text(packed, files[".mtl"]), texture_px)
        meshes = list(_read_meshes(_read_text(packed, files[".obj"])))
    plain = (np.full((2, 2, 3), 0.5, np.float32), None)
    return tuple(
        Part(mesh=mesh, albedo=albedo, gloss=gloss)
        for material, mesh in meshes
        for albedo, gloss in [materials.get(material, plain)]
    )


def load_thing(archive: Path, name: str, seed: int = 0, texture_px: int = 256) -> Model:
    """One of the archive's models, turned a little.

    Raises:
        KeyError: The archive has no such model.
    """
    turn = float(np.random.default_rng([seed, *name.encode()]).uniform(-35, 35))
    turned = [(part.material(), part.mesh.turned(turn)) for part in load_parts(archive, name, texture_px)]
    points = np.concatenate([mesh.vertices for _, mesh in turned])
    low, high = points.min(0), points.max(0)
    scale = float(min(_SIZE[0] / (high[0] - low[0]), _SIZE[1] / (high[1] - low[1])))
    middle = (low + high) / 2
    return Model(
        kind=name,
        seed=seed,
        category=CATEGORIES[name],
        parts=tuple((mesh.moved(-middle[0], -low[1], -high[2]).scaled(scale), material) for material, mesh in turned),
    )


def _read_text(packed: zipfile.ZipFile, path: str) -> str:
    return packed.read(path).decode("utf-8", "replace")


def _read_materials(
    packed: zipfile.ZipFile, folder: str, text: str, texture_px: int
) -> dict[str, tuple[np.ndarray, float | None]]:
    """Materials of an MTL file: colour or picture, and the roughness of a coat where they are glossy."""
    found: dict[str, tuple[np.ndarray, float | None]] = {}
    for block in text.split("newmtl ")[1:]:
        lines = [line.split() for line in block.splitlines()]
        told = {line[0]: line[1:] for line in lines[1:] if len(line) > 1}
        color = np.clip(np.array(told.get("Kd", ["0.6"] * 3), np.float32), 0.02, 0.9) ** 2.2
        albedo = np.broadcast_to(color, (2, 2, 3)).astype(np.float32)
        name = " ".join(told.get("map_Kd", []))
        path = str(PurePosixPath(folder) / name)
        if name and path in packed.namelist():  # some materials name pictures that were not packed
            image = Image.open(io.BytesIO(packed.read(path))).convert("RGB")
            image = image.resize((texture_px, texture_px), Image.Resampling.BOX)
            albedo = np.clip(bytes_to_linear(np.asarray(image)), 0.02, 0.9).astype(np.float32)
        coated = float(told.get("Ks", ["0"])[0]) > _GLOSSY
        found[lines[0][0]] = (albedo, 0.2 if coated else None)
    return found


def _read_meshes(text: str) -> Iterator[tuple[str, Mesh]]:
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
    uv = uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    normals = arrays["vn"][used[:, 2]] if smooth else None
    if normals is not None:
        normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-6)
    return Mesh.of(arrays["v"][used[:, 0]], np.array(indices), uv, normals)
