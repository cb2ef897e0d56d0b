"""Photos of things in rooms by chance, with their true mattes, for the network that cuts products out.

CC0 things and solids by chance stand on grounds, tables and sweeps, before walls and the studio's own plates, in the
studio's environments and two lamps; shadows and reflections are traced. Other things stand behind or are cut off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import mitsuba as mi
import numpy as np
from benchmarks.cutout_camera import find_matte, place_camera, shape_numbers, shoot
from benchmarks.cutout_material import list_pictures, load_environment, load_plate, things_of
from benchmarks.cutout_surfaces import crumbs, draw_pattern, flip_texture, map_flat, shade_and_map, sheet
from benchmarks.relight_things import Part, load_parts
from benchmarks.shape_models import FAMILIES, build_solid
from scipy import ndimage

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape

_THINGS = 0.72  # share of things among products; the others are solids by chance


@dataclass(frozen=True, kw_only=True, eq=False)
class Taken:
    """A photo and its matte."""

    rgb: np.ndarray
    """(SIDE, SIDE, 3) uint8."""
    alpha: np.ndarray
    """(SIDE, SIDE) uint8."""
    names: str


class Scenery:
    """Draws scenes of one half of the material.

    Args:
        archive: ``BlendSwap-CC-0.sh3f``.
        train: Of things, plates and environments that train; else of those that never do.
    """

    def __init__(self, archive: Path, *, train: bool) -> None:
        self._archive, self._train = archive, train
        for path in list_pictures(
            "environments", train
        ):  # while Dr.Jit may still use several threads: EXR files need them
            load_environment(path)

    def photograph(self, rng: np.random.Generator, views: int = 2) -> list[Taken]:
        """So many photos of one scene, at most."""
        product, names, albedo = self._product(rng)
        loaded = [to_shape(mesh, bsdf=material) for mesh, material in product]
        points = np.concatenate([mesh.vertices for mesh, _ in product])
        others = [
            to_shape(mesh, bsdf=material)
            for _ in range(int(rng.choice([0, 0, 1, 2, 3])))
            for mesh, material in self._distractor(rng)
        ]
        room = self._room(rng, albedo)
        found = []
        for scenery in (others, []):
            parts: list[object] = [*loaded, *scenery, *room.values(), *crumbs()]
            scene = compose_scene({f"p{number:04d}": part for number, part in enumerate(parts)})
            for _ in range(views * 2):
                if len(found) == views:
                    break
                camera = place_camera(points, rng)
                masks = find_matte(scene, camera, shape_numbers(loaded), shape_numbers(scenery))
                if masks is not None:
                    found.append(Taken(rgb=shoot(scene, camera, rng), alpha=masks, names=names))
            if len(found) == views or not others:
                break
        return found

    def _solid(self, rng: np.random.Generator, things: float) -> tuple[str, list[Part]]:
        """A thing or a solid by chance, standing on y = 0 about x = z = 0, its longest side 1.4."""
        if rng.random() < things:
            name = str(rng.choice(things_of(self._archive, self._train)))
            parts = list(load_parts(self._archive, name))
        else:
            seed = int(rng.integers(5000, 1 << 30) if self._train else rng.integers(100, 1000))
            family = str(rng.choice(list(FAMILIES)))
            name, parts = family, list(build_solid(family, seed).parts)
        turn = float(rng.uniform(-180, 180))
        parts = [Part(mesh=part.mesh.turned(turn), albedo=part.albedo, gloss=part.gloss) for part in parts]
        return name, _stand(parts)

    def _product(self, rng: np.random.Generator) -> tuple[list[tuple[Mesh, Entry]], str, np.ndarray]:
        name, parts = self._solid(rng, _THINGS)
        kind = rng.random()
        if kind < 0.1:  # a pair
            turn, apart = float(rng.uniform(-60, 60)), float(rng.uniform(0.9, 1.15))
            wide = float(np.ptp(np.concatenate([part.mesh.vertices[:, 0] for part in parts])))
            parts += [_changed(part, turn, (apart * wide, 0, float(rng.uniform(-0.3, 0.3)))) for part in parts]
        elif kind < 0.2:  # on a plate or a board
            wide, tall = float(rng.uniform(0.75, 1.1)), float(rng.uniform(0.02, 0.08))
            mesh = (
                bevelled_cylinder(wide, tall, 0.01) if rng.random() < 0.6 else rounded_box((wide, tall / 2, wide), 0.01)
            )
            mesh = mesh if mesh.vertices[:, 1].min() > -1e-3 else mesh.moved(0, tall / 2, 0)
            parts = [_changed(part, 0, (0, tall, 0)) for part in parts]
            plate = np.broadcast_to(rng.uniform(0.05, 0.85, 3) ** rng.choice([0.2, 1.0]), (2, 2, 3)).astype(np.float32)
            parts.append(Part(mesh=mesh, albedo=plate, gloss=0.2))
        elif kind < 0.3:  # with another, as a set
            second, more = self._solid(rng, 0.4)
            name, side = f"{name}+{second}", float(rng.choice([-1, 1]) * rng.uniform(0.5, 0.9))
            parts += [_changed(part, 0, (side, 0, float(rng.uniform(-0.2, 0.4))), 0.6) for part in more]
        parts = _stand(parts)
        tone = _recolour(rng)
        found = []
        gloss = rng.choice([None, 0.08, 0.2, 0.35], p=[0.25, 0.2, 0.3, 0.25]) if rng.random() < 0.5 else "own"
        for part in parts:
            albedo = tone(part.albedo)
            rough = part.gloss if gloss == "own" else gloss
            found.append(
                (shade_and_map(part.mesh), plastic(bitmap(albedo), float(rough)) if rough else diffuse(bitmap(albedo)))
            )
        mean = np.mean([tone(part.albedo).mean((0, 1)) for part in parts], axis=0)
        return found, name, mean

    def _distractor(self, rng: np.random.Generator) -> list[tuple[Mesh, Entry]]:
        _, parts = self._solid(rng, 0.8)
        angle = float(rng.choice([rng.uniform(110, 250), rng.uniform(70, 290)])) * np.pi / 180  # 180: behind
        far = float(rng.uniform(1.2, 4.5))
        size, place = float(rng.uniform(0.6, 2.2)), (np.sin(angle) * far, 0.0, np.cos(angle) * far)
        moved = [_changed(part, 0, place, size) for part in parts]
        return [
            (
                shade_and_map(part.mesh),
                plastic(bitmap(part.albedo), part.gloss) if part.gloss else diffuse(bitmap(part.albedo)),
            )
            for part in moved
        ]

    def _surface(self, rng: np.random.Generator, albedo: np.ndarray, *, wall: bool) -> tuple[np.ndarray, float]:
        """A picture (h, w, 3) for a ground or wall, and how often it repeats a unit."""
        kind = rng.random()
        if kind < 0.4:  # plain, often pale, often like the product
            which = rng.random()
            color = (
                np.full(3, rng.uniform(0.6, 0.88)) if which < 0.35
                else np.clip(albedo * rng.uniform(0.75, 1.35) + rng.normal(0, 0.015, 3), 0.02, 0.9) if which < 0.65
                else np.full(3, rng.uniform(0.02, 0.1)) if which < 0.75
                else rng.uniform(0.03, 0.85, 3)
            )  # fmt: skip
            grain = 1 + rng.uniform(0, 0.12) * ndimage.gaussian_filter(
                rng.normal(size=(96, 96)), rng.uniform(0.3, 6), mode="wrap"
            )
            return np.clip(color * grain[..., None], 0.01, 0.92).astype(np.float32), float(rng.uniform(0.2, 3))
        if kind < 0.62:
            return draw_pattern(rng), float(rng.uniform(0.15, 1.5))
        plate = load_plate(_pick(list_pictures("plates", self._train), rng))
        if wall and kind < 0.9:
            return np.clip(plate, 0.01, 0.92), 0.0
        side = int(rng.uniform(80, 420))
        top, left = int(rng.integers(0, 600 - side)), int(rng.integers(0, 800 - side))
        crop = plate[top : top + side, left : left + side]
        crop = np.concatenate([crop, crop[:, ::-1]], 1)
        return np.clip(np.concatenate([crop, crop[::-1]]), 0.01, 0.92), float(rng.uniform(0.15, 0.8))

    def _room(self, rng: np.random.Generator, albedo: np.ndarray) -> dict[str, object]:
        """Ground, wall, lamps and what is round about."""
        flat = lambda half, albedo, tiles, gloss: (  # noqa: E731
            sheet(half), plastic(bitmap(albedo, tiles), gloss) if gloss else diffuse(bitmap(albedo, tiles))
        )  # fmt: skip
        picture, often = self._surface(rng, albedo, wall=False)
        gloss = float(rng.choice([0.0, 0.0, 0.06, 0.15, 0.3]))
        far = float(rng.choice([rng.uniform(1.0, 2.5), rng.uniform(2.5, 9)]))
        shapes: dict[str, object] = {}
        table = rng.random() < 0.3
        if table:
            half = (float(rng.uniform(1.1, 2.6)), float(rng.uniform(0.9, 1.6)))
            thick = float(rng.uniform(0.03, 0.12))
            round_table = rng.random() < 0.35
            slab = (
                bevelled_cylinder(half[0], 2 * thick, 0.02) if round_table
                else rounded_box((half[0], thick, half[1]), 0.02)
            )  # fmt: skip
            slab = slab.moved(0, -float(slab.vertices[:, 1].max()), -float(rng.uniform(0, 0.5)))
            slab = shade_and_map(map_flat(slab.turned(float(rng.uniform(-25, 25))), often or 0.5))
            shapes["table"] = to_shape(
                slab, bsdf=plastic(bitmap(picture), gloss) if gloss else diffuse(bitmap(picture))
            )
            picture, often = self._surface(rng, albedo, wall=False)
        tiles = Tiling.drawn(24 * (often or 0.3), rng, float(rng.uniform(0, 360)))
        mesh, material = flat(12, picture, tiles, gloss)
        level = float(rng.uniform(-3.0, -0.8)) if table else 0.0
        shapes["ground"] = to_shape(mesh.turned(-90, "x").moved(0, level, 0), bsdf=material)
        sweep = not table and rng.random() < 0.25  # wall and ground are one colour
        if not sweep:
            picture, often = self._surface(rng, albedo, wall=True)
        yaw = float(rng.choice([0.0, rng.uniform(-35, 35)]))
        if often == 0.0:  # a plate, once
            half = float(rng.uniform(3, 7))
            mesh, material = flat(half, picture, Tiling(), 0.0)
            mesh = flip_texture(mesh.scaled(4 / 3, 1, 1)).moved(0, half * 0.75, 0)
        else:
            mesh, material = flat(12, picture, Tiling.drawn(24 * often, rng), 0.0)
        shapes["wall"] = to_shape(mesh.moved(0, 0, -far).turned(yaw), bsdf=material)
        if rng.random() < 0.15:  # a corner
            mesh, material = flat(12, *self._surface(rng, albedo, wall=False)[:1], Tiling.drawn(5, rng), 0.0)
            shapes["side"] = to_shape(
                mesh.turned(90 * float(rng.choice([-1, 1]))).moved(float(rng.choice([-1, 1])) * far, 0, 0),
                bsdf=material,
            )
        for name, chance in (("key", 1.0), ("fill", 0.5)):
            shapes[name] = _lamp(rng, on=rng.random() < chance)
        shapes["round"] = self._around(rng)
        return shapes

    def _around(self, rng: np.random.Generator) -> Entry:
        image = load_environment(_pick(list_pictures("environments", self._train), rng))
        image = np.roll(image, int(rng.integers(256)), axis=1)
        image = np.minimum(image / image.mean(), 30)
        share = rng.uniform(0, 1)
        image = (share * image + (1 - share)) * rng.uniform(0.15, 1.2)
        return {"type": "envmap", "bitmap": mi.Bitmap(np.ascontiguousarray(image, np.float32))}


def _pick(paths: list[Path], rng: np.random.Generator) -> Path:
    return paths[int(rng.integers(len(paths)))]


def _lamp(rng: np.random.Generator, *, on: bool) -> object:
    azimuth, height = np.radians(rng.uniform(-150, 150)), np.radians(rng.uniform(15, 85))
    place = 6 * np.array([np.sin(azimuth) * np.cos(height), np.sin(height), np.cos(azimuth) * np.cos(height)])
    half = float(rng.choice([0.15, 0.6, 2.0]) * rng.uniform(0.7, 1.4))
    tint = np.clip(1 + rng.normal(size=3) * 0.06, 0.5, 1.5)
    power = rng.uniform(4, 26) / half**2 * tint if on else np.zeros(3)
    to_world = mi.ScalarTransform4f().look_at(origin=place.tolist(), target=[0, 0.5, 0], up=[0, 1, 0.01])
    return {
        "type": "rectangle",
        "to_world": to_world @ mi.ScalarTransform4f().scale([half, half, 1]),
        "emitter": {"type": "area", "radiance": {"type": "rgb", "value": power.tolist()}},
    }


def _stand(parts: list[Part]) -> list[Part]:
    points = np.concatenate([part.mesh.vertices for part in parts])
    low, high = points.min(0), points.max(0)
    scale = 1.4 / float(max(high - low))
    middle = (low + high) / 2
    return [
        Part(mesh=part.mesh.moved(-middle[0], -low[1], -middle[2]).scaled(scale), albedo=part.albedo, gloss=part.gloss)
        for part in parts
    ]


def _changed(part: Part, turn: float, place: tuple[float, float, float], size: float = 1.0) -> Part:
    mesh = part.mesh.turned(turn).scaled(size).moved(*place)
    return Part(mesh=mesh, albedo=part.albedo, gloss=part.gloss)


def _recolour(rng: np.random.Generator) -> Callable[[np.ndarray], np.ndarray]:
    """What is done to all of a product's colours: nothing, paler, whiter, darker, another hue."""
    kind = rng.random()
    if kind < 0.4:
        return lambda albedo: albedo
    share = float(rng.uniform(0.6, 1.0))
    goal = (
        np.full(3, rng.uniform(0.7, 0.88)) * rng.uniform(0.94, 1, 3) if kind < 0.62
        else np.full(3, rng.uniform(0.015, 0.06)) if kind < 0.78
        else rng.uniform(0.03, 0.8, 3)
    )  # fmt: skip
    return lambda albedo: np.clip((1 - share) * albedo + share * goal, 0.01, 0.9).astype(np.float32)
