"""What the shape network learns from: families of solids by chance, and half of the CC0 things; split by model.

``held_out`` is the rule of who never trains: a thing, and all that share the first word of its name, goes by that
word's digest, but that those which ``bench_relight`` has shown before are held out in any case.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from benchmarks.pitch_photos import cup, jar
from benchmarks.relight_models import bottle, bowl, carton, cushion, draw_print, last
from benchmarks.relight_things import CATEGORIES, Part, load_parts

from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    loft,
    rounded_box,
    rounded_profile,
    sphere,
    torus,
    tube_along,
)
from photoshoot.records import Category

Kind = Literal["flat", "box", "round", "free"]
KIND_NAMES: tuple[Kind, ...] = ("flat", "box", "round", "free")
_SIZE = (1.5, 1.4)  # world units that a solid fills at most, across and up
_TURN = 180.0  # degrees either way that things are turned by


@dataclass(frozen=True, kw_only=True, eq=False)
class Solid:
    """A thing to learn from; it stands on y = 0 and its front is at z = 0."""

    name: str
    category: Category
    kind: Kind | None
    """None: nobody said what kind it is, and only its normals and depth are learned."""
    parts: tuple[Part, ...]


def held_out(thing: str) -> bool:
    """Whether a CC0 thing never trains."""
    word = _first_word(thing)
    return word in {_first_word(name) for name in _SHOWN} or hashlib.sha256(word.encode()).digest()[0] % 2 == 0


def _first_word(name: str) -> str:
    found = re.match(r"[A-Za-z]?[a-z]*", name)
    return found[0].lower() if found else name


_SHOWN = (
    *("tetrapak", "yogurtBottle", "mamadeira", "cosmeticsPot", "plasticCup", "coffeeBrewer", "kitchenaid", "handbag"),
    *("briefcase", "bootie", "slippers", "headphones", "speaker2", "teddyBear", "woodToy", "basketball", "cupcake"),
    *("bread", "fireExtinguisher", "stool", "armchair", "winchesterSofa", "barrel", "crate"),
)


def tube(rng: np.random.Generator) -> Mesh:
    """Of cream: round at its cap, flat at its end."""
    wide, tall, cap = rng.uniform(0.3, 0.45), rng.uniform(1.1, 1.5), rng.uniform(0.15, 0.3)
    round_ = rng.uniform(0.55, 0.8) * wide
    angle = np.linspace(0, 2 * np.pi, 49)
    at = np.linspace(0, 1, 24)
    half = round_ + (wide - round_) * at
    deep = np.maximum(round_ * np.sqrt(np.maximum(1 - at**1.5, 0)), 0.02)
    up = np.broadcast_to((cap + tall * at)[:, None], (24, 49))
    skin = _skin(np.stack([half[:, None] * np.sin(angle), up, deep[:, None] * np.cos(angle)], -1))
    return merged([skin, _plain(bevelled_cylinder(round_ * rng.uniform(0.8, 1.0), cap, 0.03))])


def mug(rng: np.random.Generator) -> Mesh:
    body = cup(rng)
    wide, tall = float(body.vertices[:, 0].max()), float(body.vertices[:, 1].max())
    size = tall * rng.uniform(0.22, 0.32)
    ring = torus(size, size * rng.uniform(0.15, 0.25), segments=60).scaled(rng.uniform(0.7, 1.0), 1, 1)
    side = rng.choice([-1.0, 1.0])
    return merged([_plain(body), _plain(ring.moved(side * wide * 0.95, tall * 0.5, 0))]).turned(
        float(rng.uniform(-40, 40))
    )


def vase(rng: np.random.Generator) -> Mesh:
    """A lathe of five radii by chance."""
    up = np.linspace(1, 0, 6)
    radii = rng.uniform(0.15, 0.6, 6)
    return lathe(
        rounded_profile(
            [[0, 1.0], *np.stack([radii, up], 1)[0:1] * [1, 1], *np.stack([radii, up], 1)[1:], [0, 0]], 0.05
        )
    )


def box(rng: np.random.Generator) -> Mesh:
    half = rng.uniform(0.15, 0.7, 3)
    round_ = float(half.min()) * rng.choice([0.03, 0.1, rng.uniform(0.1, 0.9)])
    return (
        rounded_box((float(half[0]), float(half[1]), float(half[2])), round_)
        .moved(0, float(half[1]), 0)
        .turned(float(rng.uniform(-60, 60)))
    )


def card(rng: np.random.Generator) -> Mesh:
    """Something thin that faces the camera: a book, a screen, a picture."""
    half = (rng.uniform(0.3, 0.7), rng.uniform(0.4, 0.7), rng.uniform(0.02, 0.08))
    lean = float(rng.choice([0.0, rng.uniform(-20, 0)]))
    return rounded_box(half, 0.015).moved(0, half[1], 0).turned(lean, "x").turned(float(rng.uniform(-25, 25)))


def pouch(rng: np.random.Generator) -> Mesh:
    """A bag that stands: wide below, flat above, soft at its sides."""
    wide, tall, deep = rng.uniform(0.4, 0.6), rng.uniform(0.9, 1.4), rng.uniform(0.1, 0.3)
    at, angle = np.linspace(0, 1, 30), np.linspace(0, 2 * np.pi, 65)
    flat = np.maximum(deep * (1 - at) ** rng.uniform(0.4, 1.0), 0.015)
    power = rng.uniform(0.5, 1.0)
    sine, cosine = (np.sign(f(angle)) * np.abs(f(angle)) ** power for f in (np.sin, np.cos))
    slant = 1 + rng.uniform(-0.3, 0.1) * at
    up = np.broadcast_to(tall * at[:, None], (30, 65))
    return _skin(np.stack([wide * slant[:, None] * sine, up, flat[:, None] * cosine], -1)).turned(
        float(rng.uniform(-30, 30))
    )


def blob(rng: np.random.Generator) -> Mesh:
    """Round bodies in a heap: fruit, toys, shoes from afar."""
    parts = []
    for _ in range(rng.integers(1, 6)):
        power = rng.uniform(0.7, 1.3)
        ball = sphere(1.0, rings=28, segments=48)
        vertices = np.sign(ball.vertices) * np.abs(ball.vertices) ** power
        half = rng.uniform(0.15, 0.55, 3)
        bent = _plain(ball.bent(vertices * half)).turned(float(rng.uniform(-60, 60)), str(rng.choice(["x", "z"])))
        place = rng.uniform(-0.45, 0.45, 3)
        parts.append(bent.moved(float(place[0]), float(place[1]), float(place[2])))
    return merged(parts)


def wobble(rng: np.random.Generator) -> Mesh:
    """A body whose surface swells and sinks: bread, plush, stones, folds of cloth."""
    ball = sphere(1.0, rings=60, segments=96)
    shift = np.ones(len(ball.vertices))
    for _ in range(rng.integers(3, 9)):
        wave = rng.normal(size=3) * rng.uniform(1, 5)
        shift += rng.uniform(0.02, 0.18) * np.sin(ball.vertices @ wave + rng.uniform(0, 6))
    return _plain(ball.bent(ball.vertices * shift[:, None] * rng.uniform(0.3, 0.7, 3)))


def shoe(rng: np.random.Generator) -> Mesh:
    """A last on a sole, with a collar to look into."""
    at, angle = np.linspace(0, 1, 40), np.linspace(0, 2 * np.pi, 49)
    heel, toe, ankle = rng.uniform(0.3, 0.42), rng.uniform(0.18, 0.3), rng.uniform(0.45, 0.9)
    high = np.interp(at, [0, 0.12, 0.38, 0.6, 0.85, 1], [heel, ankle, ankle * 0.9, (ankle + toe) / 2.2, toe, 0.05])
    wide = np.interp(
        at, [0, 0.1, 0.35, 0.7, 0.92, 1], np.array([0.1, 0.24, 0.22, 0.32, 0.24, 0.05]) * rng.uniform(0.8, 1.1)
    )
    sine, cosine = np.sin(angle), np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.7
    y = high[:, None] * np.where(sine > 0, sine, 0.0)
    rings = np.stack([np.broadcast_to((1.4 * at - 0.7)[:, None], y.shape), y, wide[:, None] * cosine], -1)
    sole = np.stack(
        [rings[..., 0] * 1.02, np.broadcast_to(np.where(sine > 0, 0.0, -0.1), y.shape), rings[..., 2] * 1.08], -1
    )
    pair = merged([_skin(rings), _skin(sole)]).moved(0, 0.1, 0)
    return pair.turned(float(rng.uniform(-70, 70)) + float(rng.choice([0, 180])))


def strap(rng: np.random.Generator) -> Mesh:
    """A body with rods about it: handles, headbands, legs."""
    body = rounded_box(tuple(rng.uniform(0.2, 0.5, 3).tolist()), 0.1)
    parts = [_plain(body)]
    for _ in range(rng.integers(1, 4)):
        path = np.cumsum(rng.normal(size=(4, 3)) * 0.35, 0)
        fine = np.stack([np.interp(np.linspace(0, 3, 30), range(4), column) for column in path.T], 1)
        parts.append(_plain(tube_along(fine, float(rng.uniform(0.03, 0.1)), sides=12)))
    return merged(parts)


FAMILIES: dict[str, tuple[Category, Kind, Callable[[np.random.Generator], Mesh]]] = {
    "bottle": (Category.DRINK, "round", bottle),
    "bowl": (Category.TABLEWARE, "round", bowl),
    "carton": (Category.BOX, "box", carton),
    "cushion": (Category.HOME, "free", cushion),
    "last": (Category.FOOTWEAR, "free", last),
    "jar": (Category.BEAUTY, "round", jar),
    "cup": (Category.TABLEWARE, "round", cup),
    "mug": (Category.TABLEWARE, "round", mug),
    "tube": (Category.BEAUTY, "round", tube),
    "vase": (Category.HOME, "round", vase),
    "box": (Category.BOX, "box", box),
    "gadget": (Category.ELECTRONICS, "box", box),
    "card": (Category.BOOK, "flat", card),
    "pouch": (Category.BAG, "free", pouch),
    "blob": (Category.TOY, "free", blob),
    "fruit": (Category.FOOD, "free", wobble),
    "cloth": (Category.GARMENT, "free", wobble),
    "shoe": (Category.FOOTWEAR, "free", shoe),
    "strap": (Category.ELECTRONICS, "free", strap),
}


def build_solid(family: str, seed: int) -> Solid:
    """One of a family, by chance. Those of ``bench_relight`` have other seeds: 0 to 99 never train."""
    category, kind, make = FAMILIES[family]
    rng = np.random.default_rng([seed, 31, *family.encode()])
    mesh = _plain(make(rng))
    size = np.ptp(mesh.vertices, axis=0)
    uv = (mesh.vertices[:, :2] - mesh.vertices[:, :2].min(0)) / np.maximum(size[:2], 1e-6)
    picture = draw_print(rng) if rng.random() < 0.7 else np.broadcast_to(rng.uniform(0.02, 0.9, 3), (2, 2, 3))
    gloss = float(rng.uniform(0.12, 0.4)) if rng.random() < 0.5 else None
    part = Part(mesh=Mesh(vertices=mesh.vertices, faces=mesh.faces, uv=uv.astype(np.float32), normals=mesh.normals),
                albedo=picture.astype(np.float32), gloss=gloss)  # fmt: skip
    return stand(Solid(name=family, category=category, kind=kind, parts=(part,)))


def load_solid(archive: Path, thing: str, seed: int) -> Solid:
    """A CC0 thing, turned by chance."""
    turn = float(np.random.default_rng([seed, 41, *thing.encode()]).uniform(-_TURN, _TURN))
    parts = tuple(
        Part(mesh=part.mesh.turned(turn), albedo=part.albedo, gloss=part.gloss) for part in load_parts(archive, thing)
    )
    return stand(Solid(name=thing, category=CATEGORIES.get(thing, Category.HOME), kind=None, parts=parts))


def stand(solid: Solid) -> Solid:
    """The solid on y = 0, its front at z = 0, as large as fits."""
    points = np.concatenate([part.mesh.vertices for part in solid.parts])
    low, high = points.min(0), points.max(0)
    scale = float(min(_SIZE[0] / (high[0] - low[0]), _SIZE[1] / (high[1] - low[1])))
    middle = (low + high) / 2
    parts = tuple(
        Part(mesh=part.mesh.moved(-middle[0], -low[1], -high[2]).scaled(scale), albedo=part.albedo, gloss=part.gloss)
        for part in solid.parts
    )
    return Solid(name=solid.name, category=solid.category, kind=solid.kind, parts=parts)


def _skin(rings: np.ndarray) -> Mesh:
    return _plain(loft(rings).smoothed())


def _plain(mesh: Mesh) -> Mesh:
    """With normals, without coordinates, so that any two can be one."""
    shaded = mesh if mesh.normals is not None else mesh.faceted()
    return Mesh(vertices=shaded.vertices, faces=shaded.faces, normals=shaded.normals)
