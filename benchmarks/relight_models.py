"""Things to photograph, in a photo studio that the library is not told of; for ``bench_relight``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import mitsuba as mi
import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box_sides, sphere
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import load_shapes, to_shape
from photoshoot.records import Category

_FAR = 12  # world units to the lamp: behind the camera, which it would hide the model from


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A thing to photograph; it stands on y = 0 and its front is at z = 0."""

    kind: str
    seed: int
    category: Category
    parts: tuple[tuple[Mesh, Entry], ...]
    """Meshes and their materials, not loaded: Dr.Jit dispatches over every shape alive."""

    def shapes(self) -> dict[str, object]:
        """Loaded shapes, and a crumb under it of each material that a model may have.

        Dr.Jit compiles anew for another set of materials, which takes longer than tracing so small a picture.
        """
        crumb = Mesh.of(
            np.array([[0, -0.02, -0.3], [0.001, -0.02, -0.3], [0, -0.02, -0.301]], np.float32),
            np.array([[0, 1, 2]]),
            np.zeros((3, 2)),
        )
        paper = bitmap(np.full((2, 2, 3), 0.5, np.float32))
        parts = [*self.parts, (crumb, diffuse(paper)), (crumb, plastic(paper))]
        return {f"part_{number}": to_shape(mesh, bsdf=material) for number, (mesh, material) in enumerate(parts)}


def bottle(rng: np.random.Generator) -> Mesh:
    radius, neck, tall = rng.uniform(0.25, 0.42), rng.uniform(0.35, 0.6), rng.uniform(1.2, 1.7)
    shoulder, soft = rng.uniform(0.55, 0.75) * tall, rng.uniform(0.08, 0.2) * tall
    up = np.linspace(tall, 0, 60)
    mix = np.clip((up - shoulder) / soft, 0, 1)
    profile = radius * (1 - (1 - neck) * mix * mix * (3 - 2 * mix))
    return lathe(np.concatenate([[[0, tall]], np.stack([profile, up], 1), [[0, 0]]]))


def bowl(rng: np.random.Generator) -> Mesh:
    tall, wide = rng.uniform(0.8, 1.2), rng.uniform(0.45, 0.7)
    up = np.linspace(1, 0, 40)
    profile = wide * (rng.uniform(0.35, 0.7) + 0.5 * np.sin(up * rng.uniform(1.6, 2.6)))
    return lathe(np.concatenate([[[0, tall]], np.stack([profile, up * tall], 1), [[0, 0]]]))


def carton(rng: np.random.Generator) -> Mesh:
    half = (rng.uniform(0.3, 0.55), rng.uniform(0.5, 0.8), rng.uniform(0.12, 0.3))
    turn = rng.choice([0.0, rng.uniform(-35, 35)])
    return merged(rounded_box_sides(half, 0.02).values()).moved(0, half[1], 0).turned(float(turn))


def cushion(rng: np.random.Generator) -> Mesh:
    half, thick = rng.uniform(0.55, 0.7), rng.uniform(0.18, 0.3)
    at = np.linspace(-1, 1, 61)
    x, y = np.meshgrid(at, at)
    pinch = 1 - rng.uniform(0.05, 0.12) * np.cos(np.stack([y, x]) * np.pi / 2)
    depth = thick * ((1 - x**2) * (1 - y**2)) ** 0.4
    flat = [x * half * pinch[0], -y * half * pinch[1]]
    front, back = (np.stack([*flat, side * depth], -1) for side in (1, -1))
    return merged([grid(front), grid(back[:, ::-1])]).moved(0, half, 0)


def last(rng: np.random.Generator) -> Mesh:
    """Something like a shoe: a long round body, low at one end."""
    body = sphere(1.0)
    x, y, z = body.vertices.T
    high = np.where(y > 0, rng.uniform(0.5, 0.8) * (1 - 0.45 * np.clip(x, -0.4, 1)), 0.12)
    squared = np.sign(x) * np.abs(x) ** 0.8
    moved = np.stack([squared * rng.uniform(0.8, 0.95), y * high + 0.12, z * rng.uniform(0.26, 0.36)], 1)
    return Mesh(vertices=moved.astype(np.float32), faces=body.faces, uv=body.uv).smoothed()


KINDS: dict[str, tuple[Category, Callable[[np.random.Generator], Mesh]]] = {
    "bottle": (Category.DRINK, bottle),
    "bowl": (Category.TABLEWARE, bowl),
    "carton": (Category.BOX, carton),
    "cushion": (Category.HOME, cushion),
    "shoe": (Category.FOOTWEAR, last),
}


def build_model(kind: str, seed: int) -> Model:
    """A model with a print on it, matt or glossy."""
    category, make = KINDS[kind]
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    mesh = make(rng)
    mesh = mesh.moved(0, 0, -float(mesh.vertices[:, 2].max()))
    if mesh.uv is None:
        low, span = mesh.vertices[:, :2].min(0), np.ptp(mesh.vertices[:, :2], axis=0)
        mesh = replace(mesh, uv=((mesh.vertices[:, :2] - low) / span).astype(np.float32))
    print_ = bitmap(draw_print(rng))
    material = diffuse(print_) if rng.random() < 0.5 else plastic(print_, float(rng.uniform(0.15, 0.4)))
    return Model(kind=kind, seed=seed, category=category, parts=((mesh, material),))


def draw_print(rng: np.random.Generator) -> np.ndarray:
    """Reflectance (128, 128, 3): a ground, bars, and a field of lines as fine as writing."""
    ground, ink, field = rng.uniform(0.03, 0.85, (3, 3)) ** rng.choice([1.0, 0.3])
    image = np.broadcast_to(ground, (128, 128, 3)).copy()
    for _ in range(rng.integers(2, 6)):
        row, column = rng.integers(0, 110, 2)
        image[row : row + rng.integers(4, 40), column : column + rng.integers(4, 60)] = field
    row = int(rng.integers(30, 80))
    image[row : row + 30 : 6, 30:100] = ink
    return np.asarray(np.clip(image, 0.02, 0.9), np.float32)


def photo_studio(rng: np.random.Generator) -> tuple[dict[str, object], float]:
    """Lamps that the library is not told of: a box somewhere before the thing, and light from all round.

    Returns:
        The lamps, and the radiance of white paper that faces the camera, but for what the floor adds.
    """
    azimuth, height = np.radians(rng.uniform(-55, 55)), np.radians(rng.uniform(10, 60))
    place = np.array([np.sin(azimuth) * np.cos(height), np.sin(height), np.cos(azimuth) * np.cos(height)])
    to_world = mi.ScalarTransform4f().look_at(origin=(_FAR * place).tolist(), target=[0, 0.6, 0], up=[0, 1, 0])
    size, round_ = float(rng.uniform(0.16, 0.4)), float(rng.uniform(0.2, 0.6))
    light = {"type": "area", "radiance": {"type": "rgb", "value": 0.32 / size**2}}
    floor = {
        "type": "rectangle",
        "to_world": mi.ScalarTransform4f().rotate([1, 0, 0], -90).scale([9, 9, 1]),
        "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.8}},
    }
    lamps = load_shapes(
        {
            "box": {"type": "rectangle", "to_world": to_world.scale([size * _FAR, size * _FAR, 1]), "emitter": light},
            "round": {"type": "constant", "radiance": {"type": "rgb", "value": round_}},
            "floor": floor,
        }
    )
    return lamps, round_ + 4 * 0.32 * float(place[2]) / np.pi
