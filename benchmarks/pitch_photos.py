"""Photos of things from a known height, with the shape that they show; for ``bench_pitch``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import drjit as dr
import mitsuba as mi
import numpy as np
from benchmarks.relight_models import KINDS, Model, build_model, draw_print
from benchmarks.relight_things import CATEGORIES, load_thing

from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, sphere
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import compose_scene
from photoshoot.records import Category

SIDE = 320
PITCHES = (0.0, 8.0, 16.0, 24.0, 35.0, 50.0)
_FAR = (2.5, 9.0)  # times the thing's size: from a phone near by to a long lens
_FILLS = 0.8  # of the photo's side


@dataclass(frozen=True, kw_only=True, eq=False)
class Taken:
    """A photo, cut out."""

    model: Model
    pitch_deg: float
    """Of the line of sight to the thing's middle, below the horizon."""
    rgb: np.ndarray
    """(SIDE, SIDE, 3) uint8."""
    alpha: np.ndarray
    """(SIDE, SIDE), 0 to 1."""
    normals: np.ndarray
    """(SIDE, SIDE, 3): x to the right, y up, z toward the camera."""


def can(rng: np.random.Generator) -> Mesh:
    return bevelled_cylinder(rng.uniform(0.3, 0.6), rng.uniform(0.5, 1.5), rng.uniform(0.01, 0.06))


def cup(rng: np.random.Generator) -> Mesh:
    """Open above: its inside is seen."""
    foot, wide, tall = rng.uniform(0.25, 0.5), rng.uniform(0.4, 0.55), rng.uniform(0.6, 1.2)
    thick = 0.03
    inside = [[0, thick], [foot - thick, thick], [wide - thick, tall]]
    return lathe(np.array([*inside, [wide, tall], [foot, 0], [0, 0]]))


def jar(rng: np.random.Generator) -> Mesh:
    """A round body under a lid that is narrower or wider."""
    radius, tall, lid = rng.uniform(0.35, 0.6), rng.uniform(0.5, 1.2), rng.uniform(0.1, 0.3)
    cap = radius * rng.uniform(0.75, 1.05)
    soft = 0.04
    body = [[cap, tall], [radius - soft, tall], [radius, tall - soft], [radius, soft], [radius - soft, 0], [0, 0]]
    return lathe(np.array([[0, tall + lid], [cap - 0.01, tall + lid], [cap, tall + lid - 0.01], *body]))


def plate(rng: np.random.Generator) -> Mesh:
    """Its edge rises from a hollow, with a ridge where the two meet."""
    wide, hollow, tall = 0.5, rng.uniform(0.28, 0.4), rng.uniform(0.04, 0.14)
    low, thick = tall * rng.uniform(0.1, 0.4), 0.02
    inside = [[0, thick], [hollow - 0.02, thick], [hollow, low + thick], [wide, tall + thick]]
    return lathe(np.array([*inside, [wide, tall], [hollow, 0], [0, 0]]))


def saucer(rng: np.random.Generator) -> Mesh:
    """A cup stands on it."""
    wide, edge = 0.5, rng.uniform(0.03, 0.08)
    foot, rim, tall = rng.uniform(0.12, 0.2), rng.uniform(0.22, 0.34), rng.uniform(0.22, 0.5)
    thick, well = 0.02, 0.03
    cup = [[0, well + thick], [foot, well + thick], [rim - thick, tall], [rim, tall], [foot + thick, well]]
    return lathe(np.array([*cup, [wide - 0.1, well], [wide, edge + well], [wide, edge], [wide - 0.2, 0], [0, 0]]))


def ball(rng: np.random.Generator) -> Mesh:
    radius = rng.uniform(0.4, 0.7)
    return sphere(radius).moved(0, radius, 0)


ROUND = {
    "can": (Category.DRINK, can),
    "cup": (Category.TABLEWARE, cup),
    "jar": (Category.BEAUTY, jar),
    "plate": (Category.TABLEWARE, plate),
    "saucer": (Category.TABLEWARE, saucer),
    "ball": (Category.SPORT, ball),
}


def list_models(archive: Path | None, seeds: Sequence[int], half: int) -> Iterator[Model]:
    """Every kind with each seed, and every other thing of the archive, from the first or the second on."""
    for seed in seeds:
        for kind, (category, make) in ROUND.items():
            rng = np.random.default_rng([seed, 9, *kind.encode()])
            yield Model(kind=kind, seed=seed, category=category, parts=((make(rng), diffuse(bitmap(draw_print(rng)))),))
        for kind in KINDS:
            yield build_model(kind, seed)
    if archive is not None:
        for name in sorted(CATEGORIES)[half::2]:
            yield load_thing(archive, name)


def photograph(model: Model, pitch_deg: float, rng: np.random.Generator) -> Taken:
    """A thing from a height, from a distance and in a light by chance; matt, with its shadows on itself."""
    scene = compose_scene(model.shapes())
    box = scene.bbox()
    low, high = np.array(box.min).ravel(), np.array(box.max).ravel()
    middle, size = (low + high) / 2, float(np.linalg.norm(high - low))
    angle, far = np.radians(pitch_deg), float(rng.uniform(*_FAR)) * size
    toward = np.array([0, np.sin(angle), np.cos(angle)])
    up = np.array([0, np.cos(angle), -np.sin(angle)])
    axes = np.stack([[1, 0, 0], up, toward])
    eye = middle + far * toward
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    seen = (corners - eye) @ axes.T
    reach = float(np.abs(seen[:, :2] / -seen[:, 2:]).max()) / _FILLS
    at = (np.stack(np.meshgrid(*[np.arange(2 * SIDE)] * 2), -1) + 0.5) / SIDE - 1
    directions = (at[..., :1] * axes[0] - at[..., 1:] * axes[1]) * reach - toward
    directions = (directions / np.linalg.norm(directions, axis=-1, keepdims=True)).reshape(-1, 3)
    hit, normals, albedo = _look(scene, eye, directions)
    lamp = rng.normal(size=3) * [1, 0.4, 0.3] + [0, 1.0, 1.0]
    lamp /= np.linalg.norm(lamp)
    shade = 0.35 + 0.1 * normals[:, 1:2] + 0.65 * np.clip(normals @ lamp, 0, 1)[:, None]
    light = np.clip(albedo * shade, 0, 1) * hit[:, None]
    alpha = _halve(hit.reshape(2 * SIDE, 2 * SIDE, 1).astype(np.float64))
    rgb = _halve(light.reshape(2 * SIDE, 2 * SIDE, 3)) / np.maximum(alpha, 1e-3)
    turned = _halve((normals @ axes.T).reshape(2 * SIDE, 2 * SIDE, 3))
    return Taken(
        model=model,
        pitch_deg=pitch_deg,
        rgb=np.round(255 * np.clip(linear_to_srgb(rgb), 0, 1)).astype(np.uint8),
        alpha=alpha[..., 0].astype(np.float32),
        normals=(turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-6)).astype(np.float32),
    )


def _look(scene: mi.Scene, eye: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether rays meet something, its normal toward the eye, and its reflectance."""
    rays = mi.Ray3f(mi.Point3f(*map(float, eye)), mi.Vector3f(np.ascontiguousarray(directions.T)))
    met = scene.ray_intersect(rays)
    color = met.bsdf().eval_diffuse_reflectance(met, met.is_valid())
    normal = dr.select(dr.dot(met.sh_frame.n, rays.d) > 0, -met.sh_frame.n, met.sh_frame.n)
    valid, normal, color = np.array(met.is_valid()), np.array(normal).T, np.array(color).T
    return valid, np.where(valid[:, None], normal, 0), np.where(valid[:, None], color, 0)


def _halve(image: np.ndarray) -> np.ndarray:
    height, width, channels = image.shape
    return np.asarray(image.reshape(height // 2, 2, width // 2, 2, channels).mean((1, 3)))
