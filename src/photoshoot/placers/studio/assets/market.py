"""A market's crates and fruit, and the awning over a stall. Crates stand at the origin on y = 0, open to the camera."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.assets.heap import hang_leaves, settle
from photoshoot.placers.studio.geometry.instancing import copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import lathe, sphere, tube_along
from photoshoot.placers.studio.scene.batching import Things, painted

CRATE = (1.25, 0.42, 0.85)
"""Half sizes of a crate."""
LEAF = "#47672f"
"""The colour of leaves among fruit."""
_SLAT = 0.035
_INNER = np.array([CRATE[0], CRATE[2]]) - _SLAT
_BULK = 1.2  # radius of the ball as which a lemon settles, of its own
_FILL, _PACKING = 1.35, 0.58  # how high a crate is filled in its mean, and the share of that which is fruit
_OVER = 0.9  # how high over the rim a fruit's middle may lie, of its radius
_LEAVES = 7  # most leaves in a crate
TILT_DEG = 16.0
"""How far a full one is tipped towards the camera."""
_SIDES, _NEAR_SIDES = 20, 44  # of a fruit: behind the focus, more are not seen, and stalls hold hundreds
_APPLE = ((0.0, 0.6), (0.18, 0.72), (0.55, 0.9), (0.98, 0.55), (1.05, 0.05), (0.84, -0.64), (0.42, -0.9), (0.0, -0.74))
_PEPPER = (
    (0.0, 0.62), (0.16, 0.68), (0.42, 0.98), (0.7, 0.98), (0.92, 0.7), (0.94, 0.1),
    (0.8, -0.55), (0.62, -0.98), (0.3, -1.02), (0.0, -0.86),
)  # fmt: skip
_TOMATO = ((0.0, 0.6), (0.2, 0.66), (0.52, 0.82), (0.9, 0.6), (1.02, 0.05), (0.86, -0.55), (0.45, -0.82), (0.0, -0.82))
"""Profiles from top to bottom, (radius, height), before their corners are cut off."""
_GROOVE, _RIB = 0.2, 0.045  # how deep a pepper is between its lobes, and a tomato between its ribs
_CALYX, _STALK = "#4e6b2c", "#5b4028"


@dataclass(frozen=True, kw_only=True)
class Fruit:
    """A kind of fruit."""

    shape: str
    """``round``, ``lemon``, ``apple``, ``tomato``, ``pepper`` or ``head``, of the meshes here."""
    radius: float
    """Its radius in the crate, world units."""
    colors: tuple[str, ...]
    """Its colours; each is drawn for about as many."""
    leafy: bool = False
    """Whether leaves lie between."""


PRODUCE: dict[str, tuple[Fruit, ...]] = {
    "citrus": (
        Fruit(shape="round", radius=0.30, colors=("#e8801f", "#ee9230", "#df7318"), leafy=True),
        Fruit(shape="lemon", radius=0.25, colors=("#efc62f", "#e6b822", "#f2d552"), leafy=True),
        Fruit(shape="round", radius=0.36, colors=("#e9a23f", "#e6b04a")),
    ),
    "apples": (
        Fruit(shape="apple", radius=0.31, colors=("#a8201f", "#c03a2b", "#b52c24"), leafy=True),
        Fruit(shape="apple", radius=0.31, colors=("#94ad3a", "#a9bd4e")),
        Fruit(shape="apple", radius=0.29, colors=("#d98a3d", "#c9582f", "#d9a648")),
    ),
    "tomatoes": (
        Fruit(shape="tomato", radius=0.27, colors=("#c22a1c", "#b52217", "#cf3d26"), leafy=True),
        Fruit(shape="pepper", radius=0.33, colors=("#e0a91f", "#d98a1c")),
        Fruit(shape="pepper", radius=0.33, colors=("#5d7f2c", "#4c7026")),
    ),
    "greens": (
        Fruit(shape="head", radius=0.40, colors=("#7fa04a", "#8fb05c")),
        Fruit(shape="lemon", radius=0.23, colors=("#7fa52e", "#8cb33c"), leafy=True),
        Fruit(shape="apple", radius=0.30, colors=("#93b04a", "#a5bd5a")),
    ),
}
"""What lies in the crates, one kind a crate, over and over."""


def crate(wood: str, rng: np.random.Generator) -> Things:
    """A crate of slats with corner posts; each slat has a shade of its own."""
    wide, tall, deep = CRATE
    things: Things = []
    for index, (y, half) in enumerate(((0.14, 0.12), (0.46, 0.12), (0.76, 0.11))):
        shade = tint(wood, "#5d4128" if index % 2 else "#ecd2a8", float(rng.uniform(0.0, 0.28)))
        slats = [box((wide, half, 0.035), 0.015).moved(0, y, s * deep) for s in (-1, 1)]
        slats += [box((0.035, half, deep), 0.015).moved(s * wide, y) for s in (-1, 1)]
        things.append(painted(shade, "matte", *slats))
    posts = [
        box((0.07, tall, 0.07), 0.02).moved(sx * (wide - 0.1), tall, sz * (deep - 0.1))
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    bottom = box((wide, 0.03, deep), 0.01).moved(0, 0.05)
    return [*things, painted(tint(wood, "#4a3320", 0.25), "matte", bottom, *posts)]


def full_crate(fruit: Fruit, wood: str, rng: np.random.Generator) -> Things:
    """A crate heaped with one kind of fruit, tipped towards the camera."""
    frames, places = _heap(fruit, rng)
    pick = rng.integers(len(fruit.colors), size=len(places))
    things = crate(wood, rng)
    model = fruit_model(fruit.shape)
    for number, color in enumerate(fruit.colors):
        own = pick == number
        if own.any():
            heap = copies(model, frames[own], places[own])
            things.append(painted(color, "eggshell" if fruit.shape in ("round", "lemon", "head") else "satin", heap))
    top = fruit_top(fruit.shape)
    if top is not None:
        things.append(painted(_STALK if fruit.shape == "apple" else _CALYX, "matte", copies(top, frames, places)))
    if fruit.leafy:
        blades = hang_leaves(model, frames, places, _INNER - 0.03, 2 * CRATE[1] + 0.08, rng)
        chosen = [blades[at] for at in rng.permutation(len(blades))[:_LEAVES]]
        things += [painted(LEAF, "matte", *chosen)] if chosen else []
    return [replace(part, mesh=part.mesh.turned(TILT_DEG, "x").moved(0, 0.25)) for part in things]


def _heap(fruit: Fruit, rng: np.random.Generator) -> tuple[Float64Array, Float64Array]:
    """Frames (n, 3, 3) and places (n, 3) of fruit that fills a crate and rises over its rim in the middle."""
    bulk = _BULK if fruit.shape == "lemon" else 1.0
    count = round(4 * _INNER.prod() * _FILL * _PACKING / (4.19 * (bulk * fruit.radius) ** 3))
    sides = _INNER - bulk * fruit.radius
    x, z = (np.linspace(-side, side, max(2, int(side / (bulk * fruit.radius) + 1))) for side in sides)
    grid_x, grid_z = (part.ravel() for part in np.meshgrid(x, z))
    level, cell = np.divmod(np.arange(count), len(grid_x))
    places = np.stack([grid_x[cell], (1.5 * level + 1.0) * bulk * fruit.radius, grid_z[cell]], 1)
    places += rng.normal(0, 0.25 * fruit.radius, places.shape)
    radii = fruit.radius * rng.uniform(0.9, 1.08, count)
    frames = radii[:, None, None] * random_turns(count, rng, 180 if fruit.shape in ("round", "lemon") else 40)
    reach = np.abs(np.einsum("nij,vj->nvi", frames, fruit_model(fruit.shape).vertices)).max(1)
    for _ in range(2):
        places = settle(places, bulk * radii, reach, _INNER, 0.08, 2 * CRATE[1])
        stays = places[:, 1] < 2 * CRATE[1] + _OVER * fruit.radius  # what would roll off is taken out
        places, radii, reach, frames = (part[stays] for part in (places, radii, reach, frames))
    return frames, places


@lru_cache(maxsize=16)
def fruit_model(shape: str, *, near: bool = False) -> Mesh:
    """A fruit of radius 1 about the origin.

    Args:
        shape: One of the shapes of ``PRODUCE``.
        near: Whether it lies beside the product, where its outline is sharp.
    """
    sides = _NEAR_SIDES if near else _SIDES
    if shape == "apple":
        return lathe(_round_off(_APPLE, 3 if near else 1), sides, crease_deg=80)
    if shape == "lemon":
        angle = np.linspace(0, np.pi, sides)
        radius = np.sin(angle) ** 0.9
        profile = np.stack(
            [radius, 1.15 * np.cos(angle) + 0.22 * np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 12], 1
        )
        profile[[0, -1], 0] = 0.0
        return lathe(profile, sides, crease_deg=80)
    if shape == "pepper":
        body = lathe(_round_off(_PEPPER, 2 if near else 1), 2 * sides, crease_deg=80)
        return _lobed(body, lambda angle: 1 - _GROOVE * (1 - np.abs(np.sin(2 * angle)) ** 0.6))
    if shape == "tomato":
        body = lathe(_round_off(_TOMATO, 3 if near else 2), 2 * sides if near else sides, crease_deg=80)
        return _lobed(body, lambda angle: 1 - _RIB * (1 - np.abs(np.sin(2.5 * angle))))
    if shape == "head":
        ball = sphere(1.0, rings=sides, segments=2 * sides)
        points = ball.vertices.astype(np.float64)
        angle = np.arctan2(points[:, 0], points[:, 2])
        ruffle = 1 + 0.07 * np.sin(9 * angle + 5 * points[:, 1]) + 0.05 * np.sin(15 * points[:, 1] + 3 * angle)
        return ball.bent(points * ruffle[:, None] * [1.0, 0.86, 1.0])
    return sphere(1.0, rings=sides // 2 + 1, segments=sides)


def _lobed(body: Mesh, share: Callable[[Float64Array], Float64Array]) -> Mesh:
    """A body of revolution whose radius is ``share`` of its own by the angle round it, as deep at its top and foot."""
    points = body.vertices.astype(np.float64)
    points[:, [0, 2]] *= share(np.arctan2(points[:, 0], points[:, 2]))[:, None]
    return body.bent(points)


@lru_cache(maxsize=8)
def fruit_top(shape: str, *, near: bool = False) -> Mesh | None:
    """What a fruit of ``fruit_model`` hung by: a tomato's star of leaves, a pepper's or apple's stalk, or none."""
    if shape == "tomato":
        blade = leaf(0.66, 0.22, curl=0.14, unseen=not near).turned(-90, "x").turned(-2, "z").moved(0.04, 0.83)
        star = [blade.turned(72.0 * number) for number in range(5)]
        stalk = tube_along([[0, 0.62, 0], [0.02, 0.9, 0.01], [0.08, 1.02, 0.03]], 0.05, sides=8 if near else 5)
        return merged([Mesh.of(part.vertices, part.faces).smoothed() for part in (*star, stalk)])
    if shape == "pepper":
        cap = sphere(1.0, rings=10 if near else 6, segments=24 if near else 12).scaled(0.3, 0.1, 0.3).moved(0, 0.74)
        path = [[0, 0.7, 0], [0.03, 1.0, 0.0], [0.12, 1.2, 0.04]]
        return merged([cap, tube_along(path, 0.085, sides=10 if near else 6)])
    if shape == "apple":
        return tube_along([[0, 0.58, 0], [0.02, 0.78, 0.0], [0.09, 0.98, 0.03]], 0.035, sides=8 if near else 5)
    return None


def _round_off(profile: Sequence[tuple[float, float]], rounds: int) -> Float64Array:
    """A profile (n, 2) whose corners are cut off so many times, its ends kept.

    Source: Chaikin, "An algorithm for high-speed curve generation" (1974).
    """
    points = np.array(profile, np.float64)
    for _ in range(rounds):
        before, after = points[:-1], points[1:]
        cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], 1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut, points[-1:]])
    return points


def awning(half: float, y: float, z: float, colors: Sequence[str]) -> Things:
    """A striped awning that slopes up to the back, its front hem cut in scallops; its lowest point is ``y``."""
    stripe, reach, drop = 0.8, 5.0, 0.42
    lists: tuple[list[Mesh], list[Mesh]] = ([], [])
    turn = np.linspace(0, np.pi, 12)
    for index, x in enumerate(np.arange(-half, half, stripe)):
        across = np.array([x, x + stripe])
        slope = np.array(
            [[[value, y + 0.5 + drop + 1.1, z - reach] for value in across], [[value, y + drop, z] for value in across]]
        )
        along = x + stripe * (0.5 - 0.5 * np.cos(turn))
        hem = np.stack(
            [
                np.stack([along, np.full_like(along, y + drop), np.full_like(along, z)], 1),
                np.stack([along, y + drop - 0.22 - 0.2 * np.sin(turn), np.full_like(along, z + 0.02)], 1),
            ]
        )
        lists[index % 2].extend((grid(slope), grid(hem)))
    return [painted(color, "matte", *own) for color, own in zip(colors, lists, strict=True)]
