"""Where props lie, beside the product, never over it, thinning out towards the picture's edges; and their size."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.assets.props.counted import lay_counted
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import BLACK, Entry
from photoshoot.placers.studio.scene.shapes import to_shape

Pieces = dict[str, tuple[Mesh, Entry]]
"""Name → mesh and material, or an ``area`` emitter. Meshes rest on the plane y = 0 of the support; z runs towards the
picture's lower edge."""
Build = Callable[[View, np.random.Generator, tuple[str, ...]], Pieces]
"""Makes pieces for a view, in colours."""
Spots = dict[int, Float64Array]
"""Number of a thing → its place (3,); things that found no room are missing."""
Taken = list[tuple[Float64Array, float]]
"""Places (3,) on the support and the radii that things there need."""

_TRIES = (14, 40)  # fewer where there are many things
_SHARES, _ENOUGH = (1.0, 0.75, 0.55, 0.4), 0.3  # of sizes, and of things; see ``fit_spots``
_SOME = 4  # of many things
_LIFELIKE = 0.75  # share of sizes under which what lies is a toy: rather a few things than many of those
_CUT = 0.15  # of its width: what stands and is cut by no more is seen whole
_HIDDEN, _CROPPED = 0.35, 0.45  # of its width, that the picture's edge may cut at most; from above, as photographers do
_LENGTHS = (
    "distance", "camera_y", "product_x", "product_half_width", "product_height", "product_bottom", "product_reach",
    "product_back", "support_front",
)  # fmt: skip
_CORNERS = np.array(list(itertools.product((-1, 1), (0, 1), (-1, 1))), np.float64)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """The room that one prop needs."""

    radius: float
    """Radius seen from above, world units."""
    height: float
    """Height over the support, world units."""
    core: float = 0.96
    """Share of the radius that other props must leave free: twigs may cross."""


@dataclass(frozen=True, kw_only=True)
class Patch:
    """Where props may lie on the support."""

    back: float = -1.7
    """Farthest depth (z) where the product stands upright, world units."""
    front: float = 1.0
    """Nearest depth (z) where the product stands upright, world units."""
    gap: float = 0.12
    """Least distance to the product, seen from the camera."""
    spread: float = 1.1
    """How fast they thin out away from the product (lying: from two corners), world units."""
    before: float = 0.0
    """Share that may lie before the product, below its base, where low things have room (upright)."""
    balance: float = 0.62
    """Share on the fuller side."""


def find_spots(
    view: View,
    things: Sequence[Thing],
    rng: np.random.Generator,
    patch: Patch | None = None,
    taken: Taken | None = None,
) -> Spots:
    """A place on the support for each thing that fits: beside the product, apart from each other, inside the picture.

    Args:
        view: The camera and the product's room.
        things: Sizes; earlier ones choose first.
        rng: Always advanced by the same number of draws for one number of things.
        patch: Where to look.
        taken: What lies there already.
    """
    patch = patch or Patch()
    radii, heights = (np.array([[getattr(thing, name)] for thing in things]) for name in ("radius", "height"))
    if not things:
        return {}
    places = _lying(view, radii, rng, patch) if view.lying else _upright(view, radii, rng, patch)
    clear = are_clear(view, places, radii, heights, patch.gap)
    kept = [*(taken or []), *((np.array([x, 0.0, z]), radius) for x, z, radius in view.kept)]
    laid, count = np.empty((len(kept) + len(things), 3)), len(kept)
    laid[:count] = np.array([(place[0], place[2], radius) for place, radius in kept]).reshape(-1, 3)
    stands = np.array(view.taken).reshape(-1, 3)
    spots: Spots = {}
    for index, thing in enumerate(things):
        core, options = thing.core * thing.radius, places[index][clear[index]]
        free = np.flatnonzero(_outside(options, core, laid[:count]) & _outside(options, thing.radius, stands))
        if len(free):
            spots[index] = place = options[free[0]]
            laid[count] = place[0], place[2], core
            count += 1
    return spots


def fit_spots(
    view: View,
    things: Sequence[Thing],
    rng: np.random.Generator,
    patch: Patch | None,
) -> tuple[Spots, float]:
    """As ``find_spots``, for what a theme is of: all things get smaller until enough find room beside the product.

    A garment fills a square picture: what is as large as beside a bottle would find no room there, nor beside books.
    From above the picture's edges cut things, rather than that they are toys: as few as there is room for.

    Args:
        view: The camera and the product's room.
        things: Sizes to begin with; earlier ones choose first.
        rng: Advanced once for each share that is tried.
        patch: Where to look.

    Returns:
        The places, and the share of the sizes that they are for; those of most things where no share lets enough in.
        Of things that were counted, no more than ``view.most``, each whole.
    """
    if view.most is not None:
        return _fit_counted(view, things, rng, patch)
    best: tuple[Spots, float] = {}, 1.0
    most = 0
    for share in _SHARES:
        smaller = [replace(thing, radius=share * thing.radius, height=share * thing.height) for thing in things]
        spots = find_spots(view, smaller, rng, patch)
        whole = sum(_shows_whole(view, place, smaller[index]) for index, place in spots.items())
        if whole > most or not best[0]:
            best, most = (spots, share), whole
        enough = min(_ENOUGH * len(things), _SOME) if share > _LIFELIKE or not view.lying else 1
        if whole >= enough or not (view.lying or view.taken or view.kept):
            break
    return best


def _fit_counted(
    view: View, things: Sequence[Thing], rng: np.random.Generator, patch: Patch | None
) -> tuple[Spots, float]:
    """As ``fit_spots``, for so many things as were asked for: they get smaller until all of them are seen whole."""

    def look(smaller: Sequence[Thing], there: Taken) -> Spots:
        spots = find_spots(view, smaller, rng, patch, there)
        return {index: place for index, place in spots.items() if _shows_whole(view, place, smaller[index])}

    def box(place: Float64Array, thing: Thing) -> Float64Array:
        return np.array(_bounds_px(view, place, np.array(thing.radius), np.array(thing.height)))

    return lay_counted(things, _SHARES, min(view.most or 0, len(things)), look, box)


def _shows_whole(view: View, place: Float64Array, thing: Thing) -> bool:
    """Whether the picture's edge cuts next to nothing of a thing; from above, no more than photographers let it."""
    left, top, right, bottom = _bounds_px(view, place, np.array(thing.radius), np.array(thing.height))
    edge = (_HIDDEN if view.lying else _CUT) * float(right - left)
    across = left >= -edge and right <= view.width_px + edge
    return bool(across and top >= -edge and bottom <= view.height_px + edge)


def support_frame(view: View) -> Float64Array:
    """The (4, 4) matrix from the support's frame (y = 0 is the support) to the world."""
    if not view.lying:
        return np.eye(4)
    return np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, LYING_SURFACE_Z], [0, 0, 0, 1]])


def stand(pieces: Pieces, view: View, floor_y: float = 0.0, prefix: str = "prop") -> dict[str, object]:
    """Pieces as shapes of the scene, on the support of an upright or lying product or on a floor below it."""
    frame = support_frame(view)
    frame[:3, 3] += frame[:3, 1] * floor_y
    return {f"{prefix}_{name}": _shape(mesh.transformed(frame), coat) for name, (mesh, coat) in pieces.items()}


def _shape(mesh: Mesh, coat: Entry) -> object:
    return to_shape(mesh, bsdf=BLACK, emitter=coat) if coat["type"] == "area" else to_shape(mesh, bsdf=coat)


def _outside(options: Float64Array, radius: float, stands: Float64Array) -> BoolArray:
    """Whether a thing at each place (N, 3) would be in nothing that stands there, (M, 3): x, z and radius."""
    across, along = options[:, None, 0] - stands[:, 0], options[:, None, 2] - stands[:, 1]
    return np.asarray((across * across + along * along > (radius + stands[:, 2]) ** 2).all(1))


def are_clear(view: View, places: Float64Array, radii: Float64Array, heights: Float64Array, gap: float) -> BoolArray:
    """Whether things at places (…, 3) neither hide the product nor hide behind it, and are mostly in the picture.

    Their sizes broadcast to (…); ``gap`` is how far from the product they stand at least, all in the scene's units.
    """
    left, top, right, bottom = _bounds_px(view, places, radii, heights)
    cut = (_CROPPED if view.lying else _HIDDEN) * (right - left)
    inside = (right - cut >= 0) & (left + cut <= view.width_px) & (bottom - cut * view.lying <= view.height_px + 4)
    if view.lying:
        inside &= bottom >= cut
    scale, margin = view.px_per_unit, gap * view.px_per_unit
    center = 0.5 * view.width_px + view.product_x * scale
    half = view.product_half_width * scale + margin
    base = view.axis_row_px + (view.camera_y - view.product_bottom) * scale
    over = (right > center - half) & (left < center + half)
    level = (bottom > base - view.product_height * scale - margin) & (
        top < base + (1.0 if view.lying else 0.5) * margin
    )
    return np.asarray(inside & ~(over & level))


def _bounds_px(
    view: View, places: Float64Array, radii: Float64Array, heights: Float64Array
) -> tuple[Float64Array, ...]:
    """Left, top, right and bottom of things on the canvas."""
    deep = radii if view.lying else 0.7 * radii
    sizes = np.stack(np.broadcast_arrays(radii, heights, deep), -1)
    corners = places[..., None, :] + _CORNERS * sizes[..., None, :]
    frame = support_frame(view)
    pixels = view.to_pixel(corners @ frame[:3, :3].T + frame[:3, 3])
    columns, rows = (np.moveaxis(pixels[..., axis], -1, 0).copy() for axis in (0, 1))  # (corners, …)
    return columns.min(0), rows.min(0), columns.max(0), rows.max(0)


def _upright(view: View, radii: Float64Array, rng: np.random.Generator, patch: Patch) -> Float64Array:
    """Places to try, (things, tries, 3): beside the product, some before it."""
    shape = (len(radii), int(np.clip(2600 / len(radii), *_TRIES)))
    main = rng.choice([-1.0, 1.0])
    side = np.where(rng.uniform(size=shape) < patch.balance, main, -main)
    room = np.clip((view.half_width - view.product_half_width) / 2.6, 0.5, 3.0)
    away = rng.exponential(patch.spread * room * max(1.0, view.prop_scale) ** 0.5, shape)
    z = rng.uniform(patch.back, patch.front, shape)
    edge = (view.product_half_width + patch.gap) * (view.distance - z) / view.distance
    x = view.product_x + side * (edge + 1.05 * radii + away)
    before, across, near = rng.uniform(size=(3, *shape))
    nearest = max(0.6, float(view.floor_z(view.height_px + 4.0)))
    low = before < _share_before(view, patch)
    reach = np.minimum(view.half_width, view.product_half_width + 1.2 + patch.spread)
    x = np.where(low, view.product_x + (2 * across - 1) * reach, x)
    z = np.where(low, 0.25 + near * (nearest - 0.25), z)
    z = np.minimum(z, view.support_front - radii)
    return np.stack([x, np.zeros(shape), z], -1)


def _share_before(view: View, patch: Patch) -> float:
    """Share of the tries before the product: more in tall pictures, which have floor there and little at the sides."""
    narrow = np.clip(1.1 - (view.half_width - view.product_half_width) / 1.3, 0, 0.6)
    floor = np.clip(-view.bottom - 0.5, 0, 1)
    return float(max(patch.before, narrow * floor))


def _lying(view: View, radii: Float64Array, rng: np.random.Generator, patch: Patch) -> Float64Array:
    """Places to try, (things, tries, 3): gathered in two opposite corners, a few anywhere."""
    shape = (len(radii), int(np.clip(2600 / len(radii), *_TRIES)))
    corner = rng.choice([-1.0, 1.0], 2)
    drawn, first, second, anywhere_x, anywhere_z = rng.uniform(size=(5, *shape))
    sign = np.where(drawn < patch.balance, 1.0, -1.0)
    across, down = view.half_width, 0.5 * (view.top - view.bottom)
    share = np.clip(patch.spread / 1.6, 0.35, 0.9)
    x = corner[0] * sign * across * (1 - np.minimum(1, -np.log(1 - 0.999 * first) * 0.55 * share))
    z = corner[1] * sign * down * (1 - np.minimum(1.6, -np.log(1 - 0.999 * second) * 1.1 * share))
    stray = rng.uniform(size=shape) < 0.3
    x = np.where(stray, (2 * anywhere_x - 1) * across, x)
    z = np.where(stray, (2 * anywhere_z - 1) * down, z)
    return np.stack([x, np.zeros(shape), z - 0.5 * (view.top + view.bottom)], -1)


def to_scale(build: Build, view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """What ``build`` makes for a view at the product's scale: beside large things smaller, and more of it."""
    return build_smaller(build, view, rng, colors, view.prop_scale)


def build_smaller(build: Build, view: View, rng: np.random.Generator, colors: tuple[str, ...], ratio: float) -> Pieces:
    """What ``build`` makes for a view, all of it smaller by a ratio, and more of it; under 1 larger, and less."""
    if ratio == 1.0:
        return build(view, rng, colors)
    lengths = {name: ratio * getattr(view, name) for name in _LENGTHS}
    taken, kept = (tuple((ratio * x, ratio * z, ratio * r) for x, z, r in rooms) for rooms in (view.taken, view.kept))
    larger = replace(view, px_per_unit=view.px_per_unit / ratio, taken=taken, kept=kept, **lengths)
    pieces = build(larger, rng, colors)
    return {name: (_shrunk(mesh, ratio), coat) for name, (mesh, coat) in pieces.items()}


def _shrunk(mesh: Mesh, ratio: float) -> Mesh:
    return replace(mesh, vertices=(mesh.vertices / ratio).astype(np.float32))
