"""Things that lie beside the product: pumpkins and maple leaves, ornaments, rocks, petals, sprigs.

They gather near the product, thin out towards the picture's edges, and never hide it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import blob, branch, maple_leaf, petal, pumpkin, pumpkin_stem
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, sphere
from photoshoot.placers.studio.materials import Entry, diffuse, metal, plastic
from photoshoot.placers.studio.shapes import to_shape
from photoshoot.placers.studio.view import LYING_SURFACE_Z, View

Doubles = npt.NDArray[np.float64]
Pieces = dict[str, tuple[Mesh, Entry]]
"""Name → mesh and material. Meshes rest on the plane y = 0 of the support; z runs towards the picture's lower edge."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """The room that one prop needs."""

    radius: float
    """In plan."""
    height: float
    """Over the support."""


@dataclass(frozen=True, kw_only=True)
class Patch:
    """Where props may lie on the support."""

    back: float = -1.7
    """Farthest depth (upright)."""
    front: float = 1.0
    """Nearest depth (upright)."""
    gap: float = 0.12
    """Least distance to the product, seen from the camera."""
    spread: float = 1.1
    """How fast they thin out away from the product, world units."""


def find_spots(
    view: View, things: list[Thing], rng: np.random.Generator, patch: Patch | None = None
) -> dict[int, Doubles]:
    """A place on the support for each thing that fits: beside the product, apart from each other, inside the picture.

    Returns:
        Index of the thing → place (3,); things that found no room are missing.
    """
    patch = patch or Patch()
    taken: list[tuple[Doubles, float]] = []
    spots: dict[int, Doubles] = {}
    for index, thing in enumerate(things):
        for _ in range(80):
            place = _candidate(view, thing, rng, patch)
            apart = all(
                float(np.hypot(*(place - other)[[0, 2]])) > 0.96 * (thing.radius + size) for other, size in taken
            )
            if apart and is_clear(view, place, thing, patch.gap):
                spots[index] = place
                taken.append((place, thing.radius))
                break
    return spots


def support_frame(view: View) -> Doubles:
    """The (4, 4) matrix from the support's frame (y = 0 is the support) to the world."""
    if not view.lying:
        return np.eye(4)
    return np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, LYING_SURFACE_Z], [0, 0, 0, 1]])


def stand(pieces: Pieces, view: View) -> dict[str, object]:
    """Pieces as shapes of the scene, on the support of an upright or lying product."""
    frame = support_frame(view)
    return {name: to_shape(mesh.transformed(frame), bsdf=material) for name, (mesh, material) in pieces.items()}


def is_clear(view: View, place: Doubles, thing: Thing, gap: float) -> bool:
    """Whether a thing neither hides the product nor hides behind it, and is mostly inside the picture."""
    left, top, right, bottom = _bounds_px(view, place, thing)
    cut = 0.35 * (right - left)
    if right - cut < 0 or left + cut > view.width_px or bottom - cut * view.lying > view.height_px + 4:
        return False
    if view.lying and bottom < cut:
        return False
    scale, margin = view.px_per_unit, gap * view.px_per_unit
    center = 0.5 * view.width_px + view.product_x * scale
    half = view.product_half_width * scale + margin
    base = view.axis_row_px + (view.camera_y - view.product_bottom) * scale
    over = right > center - half and left < center + half
    level = bottom > base - view.product_height * scale - margin and top < base + 0.5 * margin
    return not (over and level)


def _bounds_px(view: View, place: Doubles, thing: Thing) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a thing on the canvas."""
    signs = np.array(list(itertools.product((-1, 1), (0, 1), (-1, 1))), np.float64)
    corners = place + signs * [thing.radius, thing.height, 0.7 * thing.radius]
    frame = support_frame(view)
    pixels = view.to_pixel(corners @ frame[:3, :3].T + frame[:3, 3])
    (left, top), (right, bottom) = pixels.min(0), pixels.max(0)
    return float(left), float(top), float(right), float(bottom)


def _candidate(view: View, thing: Thing, rng: np.random.Generator, patch: Patch) -> Doubles:
    side, away = float(rng.choice([-1.0, 1.0])), float(rng.exponential(patch.spread))
    if view.lying:
        x = float(rng.uniform(-view.half_width, view.half_width))
        return np.array([x, 0.0, float(rng.uniform(-view.top, -view.bottom))])
    z = float(rng.uniform(patch.back, patch.front))
    edge = (view.product_half_width + patch.gap) * (view.distance - z) / view.distance
    x = view.product_x + side * (edge + 1.05 * thing.radius + away)
    return np.array([x, 0.0, z])


def autumn(view: View, rng: np.random.Generator) -> Pieces:
    """Small pumpkins in a few oranges, and fallen maple leaves in reds and golds."""
    room = min(1.0, 0.55 + 0.12 * view.half_width)
    radii = [float(r) * room for r in rng.permutation([0.52, 0.46, 0.38, 0.32, 0.26, 0.22])]
    radii += [float(rng.uniform(0.18, 0.40)) for _ in range(int(2 * max(0.0, view.half_width - 4)))]
    things = [Thing(radius=r, height=1.5 * r) for r in radii]
    parts: Pieces = {}
    spots = find_spots(view, things, rng, Patch(back=-1.4, front=0.35, gap=0.08, spread=0.55))
    for index, place in spots.items():
        parts |= _pumpkin(f"pumpkin_{index}", radii[index], place, rng)
    return parts | _maple_litter(view, rng, [(place, radii[index]) for index, place in spots.items()])


def _pumpkin(name: str, radius: float, place: Doubles, rng: np.random.Generator) -> Pieces:
    color = str(rng.choice(["#d9701c", "#c95a17", "#e08a2e", "#e9d3ab", "#b9471a"]))
    seed, squash = int(rng.integers(2**31)), float(rng.uniform(0.62, 0.78))
    body = pumpkin(radius, ribs=int(rng.integers(9, 13)), squash=squash, seed=seed)
    stem = pumpkin_stem(radius, squash=squash, seed=seed)
    turn = float(rng.uniform(0, 360))
    return {
        name: (body.turned(turn).moved(*place), plastic(color, 0.32)),
        f"{name}_stem": (stem.turned(turn).moved(*place), diffuse("#6b5a32")),
    }


_MAPLE_COLORS = ("#b5361a", "#cf5a1e", "#d98a24", "#8f2416", "#c7a12e")


def _maple_litter(view: View, rng: np.random.Generator, pumpkins: list[tuple[Doubles, float]]) -> Pieces:
    count = int(np.clip(34 + 5 * (view.half_width - 3), 14, 64))
    sizes = rng.uniform(0.34, 0.62, count)
    flat = [Thing(radius=0.22 * float(size), height=0.10) for size in sizes]
    spots = find_spots(view, flat, rng, Patch(back=-1.5, front=1.5, gap=0.03, spread=1.2))
    leaves: dict[int, list[Mesh]] = {index: [] for index in range(len(_MAPLE_COLORS))}
    for index, place in spots.items():
        lean = next(
            (0.25 * radius for spot, radius in pumpkins if np.hypot(*(spot - place)[[0, 2]]) < radius + 0.2), 0.0
        )
        leaves[int(rng.integers(len(_MAPLE_COLORS)))].append(_fallen_leaf(float(sizes[index]), place, lean, rng))
    return {
        f"maple_{index}": (merged(found), plastic(_MAPLE_COLORS[index], 0.45))
        for index, found in leaves.items()
        if found
    }


@lru_cache(maxsize=8)
def _maple(number: int) -> Mesh:
    """One of eight leaves of unit size; making one takes longer than laying a dozen."""
    return maple_leaf(1.0, curl=0.15 + 0.04 * number, seed=number)


def _fallen_leaf(size: float, place: Doubles, lift: float, rng: np.random.Generator) -> Mesh:
    """A maple leaf that lies on the support, resting on its lobes; ``lift`` raises its middle."""
    leaf = _maple(int(rng.integers(8))).scaled(size)
    leaf = leaf.turned(float(rng.uniform(0, 360)), "z").turned(float(rng.uniform(-84, -48)), "x")
    leaf = leaf.turned(float(rng.uniform(-35, 35)))
    sunk = float(np.percentile(leaf.vertices[:, 1], 4))
    return leaf.moved(place[0], 0.006 - sunk + lift, place[2])


def ornaments(view: View, rng: np.random.Generator, color: str) -> Pieces:
    """Glass balls in gold and in ``color``, with their caps."""
    radii = [0.46, 0.40, 0.34, 0.29, 0.24, 0.20, 0.15, 0.13]
    radii += [float(rng.uniform(0.14, 0.42)) for _ in range(int(2 * max(0.0, view.half_width - 4)))]
    radii = [radius * min(1.0, 0.5 + 0.14 * view.half_width) for radius in radii]
    spots = find_spots(
        view, [Thing(radius=r, height=2.1 * r) for r in radii], rng, Patch(back=-1.3, front=0.9, spread=0.9)
    )
    parts: Pieces = {}
    for index, place in spots.items():
        coat = metal("#f0b65a", 0.12) if rng.uniform() < 0.45 else plastic(color, 0.05, 1.6)
        parts |= _ornament(f"ornament_{index}", radii[index], place, coat, rng)
    return parts


def _ornament(name: str, radius: float, place: Doubles, coat: Entry, rng: np.random.Generator) -> Pieces:
    cap = bevelled_cylinder(0.17 * radius, 0.22 * radius, 0.01, segments=32).moved(0, 0.93 * radius)
    cap = cap.turned(float(rng.uniform(-45, 45)), "z").turned(float(rng.uniform(0, 360)))
    center = place + np.array([0.0, radius, 0.0])
    return {
        name: (sphere(radius).moved(*center), coat),
        f"{name}_cap": (cap.moved(*center), metal("#e8c27a", 0.2)),
    }


def rocks(view: View, rng: np.random.Generator, material: Entry) -> Pieces:
    """Weathered stones in a few sizes."""
    radii = [0.52, 0.42, 0.34, 0.27, 0.20, 0.14, 0.11]
    radii += [float(rng.uniform(0.14, 0.5)) for _ in range(int(1.5 * max(0.0, view.half_width - 4)))]
    radii = [radius * min(1.0, 0.5 + 0.14 * view.half_width) for radius in radii]
    spots = find_spots(
        view, [Thing(radius=r, height=1.2 * r) for r in radii], rng, Patch(back=-1.6, front=0.8, spread=0.8)
    )
    stones = [
        blob(radii[index], seed=int(rng.integers(2**31)), squash=float(rng.uniform(0.6, 0.8)))
        .turned(float(rng.uniform(0, 360)))
        .moved(*place)
        for index, place in spots.items()
    ]
    return {"rocks": (merged(stones), material)} if stones else {}


def petals(view: View, rng: np.random.Generator, color: str) -> Pieces:
    """Loose petals strewn on the support."""
    count = int(np.clip(30 + 8 * (view.half_width - 3), 18, 130))
    sizes = rng.uniform(0.15, 0.30, count)
    flat = [Thing(radius=0.4 * float(size), height=0.06) for size in sizes]
    spots = find_spots(view, flat, rng, Patch(back=-2.0, front=1.6, gap=0.03, spread=1.5))
    strewn = []
    for index, place in spots.items():
        one = petal(float(sizes[index]), float(sizes[index]) * 0.8, cup=float(rng.uniform(0.2, 0.5)))
        one = one.turned(-90 + float(rng.uniform(-20, 20)), "x").turned(float(rng.uniform(0, 360)))
        strewn.append(one.moved(place[0], 0.004 - float(one.vertices[:, 1].min()), place[2]))
    return {"petals": (merged(strewn), diffuse(color))} if strewn else {}


def sprigs(view: View, rng: np.random.Generator) -> Pieces:
    """Leafy twigs lying at both sides, like eucalyptus."""
    lengths = rng.uniform(0.9, 1.5, int(np.clip(3 + view.half_width, 3, 18)))
    flat = [Thing(radius=0.38 * float(length), height=0.10) for length in lengths]
    spots = find_spots(view, flat, rng, Patch(back=-1.2, front=0.7, gap=0.05, spread=0.8))
    twigs: list[list[Mesh]] = [[], []]
    for index, place in spots.items():
        length = float(lengths[index])
        twig = branch(
            length, pairs=8, leaf_length=0.24 * length, leaf_width=0.13 * length, seed=int(rng.integers(2**31))
        )
        twig = twig.moved(-0.5 * length).turned(-90, "x").turned(float(rng.uniform(0, 360)))
        twigs[int(rng.integers(2))].append(twig.moved(place[0], 0.05, place[2]))
    colors = ("#6f8a6a", "#8aa284")
    return {f"sprigs_{index}": (merged(found), diffuse(colors[index])) for index, found in enumerate(twigs) if found}


Strew = Callable[[View, np.random.Generator, str], Pieces]
"""Builds props for a view from a generator, and a colour where they have one."""

STREWN: Mapping[str, Strew] = {
    "none": lambda view, rng, color: {},  # noqa: ARG005
    "autumn": lambda view, rng, color: autumn(view, rng),  # noqa: ARG005
    "ornaments": ornaments,
    "petals": petals,
    "leaves": lambda view, rng, color: sprigs(view, rng),  # noqa: ARG005
}
"""Props by their name in designs; the third argument is their colour where they have one."""
