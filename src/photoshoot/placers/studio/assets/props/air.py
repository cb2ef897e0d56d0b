"""Things in the air beside and behind the product: balloons on strings, falling scraps, stars on threads, streamers."""

from collections.abc import Callable, Mapping

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    crowd,
    gather,
    laid,
    named,
    own,
    sheen,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.festive import balloon, confetti_pieces, heart, star, streamer
from photoshoot.placers.studio.assets.props.meshes.produce import small_petal
from photoshoot.placers.studio.assets.props.placement import Pieces, Spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import sphere, tube_along
from photoshoot.placers.studio.scene.bsdfs import Entry, diffuse, plastic

_BACK = -3.0
_TRIES = 14
_THREAD, _FINE = "#f4f0e8", "#8f8577"  # of balloons; and of stars: white ones are beads where the film is coarse
_THREAD_PX = 0.9  # least radius of one: the film is smaller than the picture

Air = Callable[[View, np.random.Generator, tuple[str, ...]], Pieces]
"""Builds what is in the air; the colours are the design's, none = its own."""


def find_air(
    view: View,
    radii: Float64Array,
    rng: np.random.Generator,
    *,
    front: float = 1.4,
    spread: float = 1.6,
    heights: tuple[float, float] = (0.0, 1.04),
) -> Spots:
    """Places in the air, off the product as the camera sees it and apart from each other.

    Args:
        view: The camera and the product's room.
        radii: (k,) sizes; earlier ones choose first.
        rng: Always advanced by the same number of draws for one number of things.
        front: Nearest depth.
        spread: How fast they thin out away from the product, world units.
        heights: Lowest and highest over the floor, as shares of the picture's height there.
    """
    places = _tries(view, radii, rng, front, spread, heights)
    clear = _clear_of_product(view, places, radii[:, None])
    spots: Spots = {}
    for index, radius in enumerate(radii):
        options = places[index][clear[index]]
        if spots:
            gaps = np.linalg.norm(options[:, None] - np.array(list(spots.values())), axis=-1)
            options = options[(gaps > 1.05 * (radius + radii[list(spots)])).all(1)]
        if len(options):
            spots[index] = options[0]
    return spots


def _tries(
    view: View, radii: Float64Array, rng: np.random.Generator, front: float, spread: float, heights: tuple[float, float]
) -> Float64Array:
    """Places to try, (k, tries, 3): most behind the product's plane and beside the product, some over it."""
    shape = (len(radii), _TRIES)
    near = min(0.2, front)
    z = np.where(rng.uniform(size=shape) < 0.75, rng.uniform(_BACK, near, shape), rng.uniform(near, front, shape))
    side = rng.choice([-1.0, 1.0], shape)
    edge = view.product_half_width * (view.distance - z) / view.distance
    away = rng.exponential(spread * np.clip(view.half_width / 3.0, 0.6, 3.0), shape)
    beside = view.product_x + side * (edge + radii[:, None] + away)
    x = np.where(rng.uniform(size=shape) < 0.3, view.half_width * rng.uniform(-1, 1, shape), beside)
    top = view.camera_y + (view.top - view.camera_y) * (view.distance - z) / view.distance
    return np.stack([x, radii[:, None] + rng.uniform(*heights, shape) * top, z], -1)


def _clear_of_product(view: View, places: Float64Array, radii: Float64Array) -> BoolArray:
    """Whether balls (…) stay off the product's box and show inside the picture."""
    middle = view.to_pixel(places)
    size = radii * view.distance * view.px_per_unit / (view.distance - places[..., 2])
    margin = 0.08 * view.px_per_unit
    center = 0.5 * view.width_px + view.product_x * view.px_per_unit
    half = view.product_half_width * view.px_per_unit + margin
    peak = view.axis_row_px + (view.camera_y - view.product_height) * view.px_per_unit - margin
    over = (np.abs(middle[..., 0] - center) < half + size) & (middle[..., 1] > peak - size)
    shown = (middle[..., 0] > -0.5 * size) & (middle[..., 0] < view.width_px + 0.5 * size)
    return np.asarray(~over & shown)


def falling(
    models: tuple[Mesh, ...], coat: Callable[[Palette], Entry], size: tuple[float, float], count: int
) -> Callable[[View, np.random.Generator, Palette], Pieces]:
    """Builds copies of models that tumble down.

    Args:
        models: Of unit size, about the origin.
        coat: Their material, in a palette's colours.
        size: Least and most size, world units.
        count: How many there are in a picture of usual width.
    """

    def build(view: View, rng: np.random.Generator, palette: Palette) -> Pieces:
        total = crowd(view, count)
        sizes = rng.uniform(*size, total)
        spots = find_air(view, 0.6 * sizes, rng)
        kinds, dyes = rng.integers(len(models), size=total), palette.draw(rng, total)
        turns = rng.uniform(0, 360, (total, 3))
        found = laid(models, spots, sizes, turns, kinds=kinds, lift=None, columns=dyes, palette=palette)
        return gather(named("air", found), {"air": coat(palette)})

    return build


def floating_balloons(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Balloons at both sides, some cut by the picture's edge, their strings hanging down."""
    palette = Palette(colors=own(colors, "#f4a6b8", "#fbe3da", "#e8607f", "#f2cf8d"), foot=-0.13)
    radii = np.sort(rng.uniform(0.34, 0.62, crowd(view, 11)))[::-1] * usual_size(view)
    spots = find_air(view, 1.15 * radii, rng, front=-0.15, spread=1.1, heights=(0.36, 1.0))
    if not spots:
        return {}
    count = len(radii)
    turns = np.stack([rng.uniform(-14, 14, count), rng.uniform(-8, 8, count), rng.uniform(0, 360, count)], 1)
    dyes = palette.draw(rng, count)
    skins = laid([balloon()], spots, radii, turns, lift=None, columns=dyes, palette=palette)
    strings = [_string(place, float(radii[index]), view, rng) for index, place in spots.items()]
    coats = {"skins": plastic(palette.albedo(), 0.09), "strings": diffuse(_THREAD)}
    return gather(named("skins", skins) + named("strings", strings), coats)


def _string(place: Float64Array, radius: float, view: View, rng: np.random.Generator) -> Mesh:
    share = np.linspace(0, 1, 16)
    start = place + np.array([0.0, -1.38 * radius, 0.0])
    sway = 0.10 * np.sin(share * float(rng.uniform(3, 6)) + float(rng.uniform(0, 6))) * share
    length = max(0.1, min(float(start[1]), 2.2) - 0.02)
    path = np.stack([start[0] + sway, start[1] - length * share, start[2] + 0.4 * sway], 1)
    return tube_along(path, _thickness(view, float(place[2]), 0.006), sides=5)


def hanging_stars(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Stars on threads from above, at many depths."""
    palette = Palette(colors=own(colors, "#e9b949", "#f7e3ae"), foot=-0.04, tip=0.02)
    radii = rng.uniform(0.12, 0.32, crowd(view, 22)) * usual_size(view)
    spots = find_air(view, radii, rng, front=0.8, spread=1.4, heights=(0.42, 0.96))
    if not spots:
        return {}
    count = len(radii)
    turns = np.stack([rng.uniform(-10, 10, count), np.zeros(count), rng.uniform(-50, 50, count)], 1)
    dyes = palette.draw(rng, count)
    bodies = laid([star()], spots, radii, turns, lift=None, columns=dyes, palette=palette)
    threads = [
        _thread(place + np.array([0, 0.9 * radii[index], 0]), view)
        for index, place in spots.items()
        if place[1] + radii[index] < view.top_at(place[2])
    ]
    coats = {"bodies": sheen(palette.albedo(), 0.26, 0.12), "threads": diffuse(_FINE)}
    return gather(named("bodies", bodies) + named("threads", threads), coats)


def _thread(start: Float64Array, view: View) -> Mesh:
    """From what hangs straight up out of the picture."""
    top = view.top_at(start[2]) + 0.4
    return tube_along(np.array([start, [start[0], top, start[2]]]), _thickness(view, start[2], 0.004), sides=4)


def _thickness(view: View, z: float, least: float) -> float:
    """Radius of a thread at depth ``z``: thinner ones than the picture resolves become strings of beads."""
    return max(least, _THREAD_PX * (view.distance - z) / (view.distance * view.px_per_unit))


def hanging_streamers(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Coils of paper ribbon that hang from above, and falling scraps."""
    palette = Palette(colors=own(colors, "#e8506e", "#f7c948", "#4fb3bf", "#fbf3e4"))
    count = crowd(view, 11)
    lengths = rng.uniform(0.6, 1.1, count)
    spots = find_air(view, np.full(count, 0.22), rng, front=0.2, spread=1.6, heights=(0.5, 1.0))
    turns = np.stack([rng.uniform(-6, 6, count), np.zeros(count), rng.uniform(0, 360, count)], 1)
    dyes = palette.draw(rng, count)
    hung = {
        index: np.array([place[0], view.top_at(place[2]) + 0.1 - lengths[index], place[2]])
        for index, place in spots.items()
    }
    coils = laid([streamer(7.0)], hung, lengths, turns, lift=None, columns=dyes, palette=palette)
    scraps = falling(confetti_pieces(), _paper, (0.06, 0.13), 60)(view, rng, palette)
    return gather(
        [*named("air", coils), *((name, mesh) for name, (mesh, _) in scraps.items())], {"air": _paper(palette)}
    )


def _paper(palette: Palette) -> Entry:
    return sheen(palette.albedo(), 0.3)


def _matte(palette: Palette) -> Entry:
    return diffuse(palette.albedo())


def _air(
    build: Callable[[View, np.random.Generator, Palette], Pieces], *default: str, foot: float = 0.0, tip: float = 0.0
) -> Air:
    return lambda view, rng, colors: build(view, rng, Palette(colors=own(colors, *default), foot=foot, tip=tip))


FESTIVE_AIR: Mapping[str, Air] = {
    "none": lambda view, rng, colors: {},  # noqa: ARG005
    "balloons": floating_balloons,
    "confetti": _air(
        falling(confetti_pieces(), _paper, (0.07, 0.16), 120), "#e8506e", "#f7c948", "#4fb3bf", "#fbf3e4"
    ),
    "hearts": _air(
        falling((heart(0.4),), lambda palette: plastic(palette.albedo(), 0.14), (0.06, 0.20), 28),
        "#d81f3f", "#f3a3b3", "#f7d9da", foot=-0.05, tip=0.02,
    ),
    "petals": _air(
        falling(tuple(small_petal(n) for n in range(4)), _matte, (0.17, 0.36), 56),
        "#f08aa6", "#f6b3c4", foot=0.07, tip=-0.03,
    ),
    "snow": _air(falling((sphere(0.5, rings=6, segments=10),), _matte, (0.014, 0.055), 230), "#ffffff"),
    "stars": hanging_stars,
    "streamers": hanging_streamers,
}  # fmt: skip
"""What hangs or falls where something is celebrated, by its name in designs."""
