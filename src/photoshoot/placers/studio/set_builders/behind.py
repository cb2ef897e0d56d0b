"""What stands far behind what a product stands on: walls, curtains, shelves of books, a fireplace, neon signs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.furniture.christmas_tree import SPREAD, christmas_tree
from photoshoot.placers.studio.assets.furniture.hearth import MOUTH, breast, burning, mantelpiece, surround
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.rows import moved
from photoshoot.placers.studio.backdrops.bokeh import (
    backdrop_aspect,
    backdrop_extent,
    blurred_lights,
    glow_image,
    is_daylight,
    shining_wall,
)
from photoshoot.placers.studio.backdrops.neon_signs import neon_signs
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.backdrops.table_tops import wooden_shape
from photoshoot.placers.studio.backdrops.tiled_walls import tiled_wall
from photoshoot.placers.studio.backdrops.wall_panels import wall_panels
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.drapery import curtain
from photoshoot.placers.studio.set_builders.places import PLACES
from photoshoot.placers.studio.set_builders.planted_walls import PLANTINGS, planted_wall
from photoshoot.placers.studio.set_builders.setting import WALL_Z, Setting, lowest_seen, named_shapes, side_window
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.gradients import canvas_gradient
from photoshoot.placers.studio.textures.graffiti import graffiti
from photoshoot.placers.studio.textures.masonry import BRICK_SCALE, bare_bricks
from photoshoot.placers.studio.textures.procedural import concrete, plaster

_DARK_WALL_Z, _DARK_WALL = -9.8, "#24242b"
_LOW = -6.0  # how far down walls reach
_SPRAYED = 0.3  # repeats of graffiti a world unit: letters are half a metre high
_GLOW, _POOL = 1.7, 0.62  # times a glow's colour in its middle, as lamps are; its radius, of half the picture's width
_SHELF, _BAY, _DEEP = 1.75, 4.6, 0.5  # height between boards, width between posts, and half their depth
_BOARDS, _OLD, _GRAIN = 0.24, 0.6, "#20160f"  # repeats of five boards a world unit, how worn they are, and their grain
_SETS, _TITLED, _GAPS = 0.25, 0.3, 0.08  # shares of books in sets, of those with a label, and of rooms between
_LABEL = "#cdb98a"
_BOOKS = ("#7c3b2e", "#2f4a57", "#d9cdb6", "#54633f", "#b98a3f", "#8f8a80", "#3a3440", "#c7b299", "#94533a", "#5d6f78")
_TREE = (3.2, 6.5)  # heights of a tree
_FLOOR = -0.35  # where a fire's is


def build_behind(kind: str, setting: Setting) -> dict[str, object]:
    """What is behind, of a kind of ``BACKDROPS``; which piece of it is seen varies."""
    return BACKDROPS[kind](setting)


def is_dark(kind: str, color: str) -> bool:
    """Whether a backdrop is lights in the dark."""
    return kind in ("glow", "neon") or (kind == "bokeh" and not is_daylight(color))


def _bokeh(setting: Setting) -> dict[str, object]:
    image = blurred_lights(setting.color, setting.view, WALL_Z, setting.rng)
    return {"backdrop": shining_wall(image, setting.view, WALL_Z, setting.exposure)}


def _glow(setting: Setting) -> dict[str, object]:
    view = setting.view
    _, top, bottom = backdrop_extent(view, WALL_Z)
    center = (0.5 + float(setting.rng.uniform(-0.06, 0.06)), 1 - (1.6 - bottom) / (top - bottom))
    spread = min(2.5, _POOL * view.half_width_at(WALL_Z))
    image = _GLOW * glow_image(setting.color, backdrop_aspect(view, WALL_Z), center, spread / (top - bottom))
    return {"backdrop": shining_wall(image, view, WALL_Z, setting.exposure)}


def _cloth(setting: Setting, *, kind: str) -> dict[str, object]:
    window = side_window(setting)
    return {"wall": curtain(kind, setting.color, setting.view, WALL_Z, setting.rng), **window}


def _wall(setting: Setting, *, coat: Callable[[str, int, Tiling], Entry]) -> dict[str, object]:
    seed, tiling = int(setting.rng.integers(4)), Tiling.drawn(0.6, setting.rng)
    mesh = stage_wall(setting.view, z=WALL_Z, bottom=_LOW)
    return {"wall": to_shape(mesh, bsdf=coat(setting.color, seed, tiling)), **side_window(setting)}


def _plain_wall(setting: Setting) -> dict[str, object]:
    """Plaster; a wall that fades is smooth."""
    if not setting.fade_colors:
        return _wall(setting, coat=_plaster)
    view = setting.view
    seen_from = 1 - view.to_pixel([0.0, lowest_seen(view, WALL_Z), WALL_Z])[1] / view.height_px
    bottom = float(np.clip(seen_from, 0.0, 0.9))
    colors = canvas_gradient((setting.color, *setting.fade_colors), setting.fade, view, bottom=bottom)
    mesh = stage_wall(view, z=WALL_Z, bottom=_LOW, uv_scale=None)
    return {"wall": to_shape(mesh, bsdf=diffuse(bitmap(colors, clamp=True))), **side_window(setting)}


def _bricks(color: str, seed: int, tiling: Tiling) -> Entry:
    return textured(bare_bricks(color, seed), replace(tiling, scale=BRICK_SCALE), "matte", 0.012)


def _plaster(color: str, seed: int, tiling: Tiling) -> Entry:
    return textured(plaster(color, seed, 0.02), tiling, "matte")


def _concrete(color: str, seed: int, tiling: Tiling) -> Entry:
    return textured(concrete(color, seed), tiling, "matte", 0.004)


def _sprayed(color: str, seed: int, tiling: Tiling) -> Entry:
    return textured(graffiti(color, seed), replace(tiling, scale=(_SPRAYED, _SPRAYED)), "matte")


def _planted(setting: Setting, *, kind: str) -> dict[str, object]:
    view = setting.view
    plants = planted_wall(kind, setting.color, view, WALL_Z, lowest_seen(view, WALL_Z), setting.rng)
    return {**plants, **side_window(setting)}


def _boards(setting: Setting) -> dict[str, object]:
    """Old boards from wall to wall, which stand or lie."""
    grain = tint(setting.color, _GRAIN, 0.45)
    surface = Surface(material="wood", color=setting.color, vein_color=grain, rustic=_OLD)
    sheet = stage_wall(setting.view, z=WALL_Z, bottom=_LOW, uv_scale=1.0)
    return {"wall": wooden_shape(surface, sheet, ("matte", 0.012), _BOARDS, setting.rng), **side_window(setting)}


def _tiles(setting: Setting) -> dict[str, object]:
    tiles = tiled_wall("square", setting.color, setting.view, WALL_Z, setting.rng, _LOW)
    return {**named_shapes("tiles", tiles, setting), **side_window(setting)}


def _panels(setting: Setting) -> dict[str, object]:
    panels = wall_panels(setting.color, setting.view, WALL_Z, _LOW, setting.rng)
    return {**named_shapes("panels", panels, setting), **side_window(setting)}


def _neon(setting: Setting) -> dict[str, object]:
    """Tubes at several depths before a wall that is nearly black."""
    wall = to_shape(stage_wall(setting.view, z=_DARK_WALL_Z, bottom=_LOW), bsdf=_concrete(_DARK_WALL, 0, Tiling()))
    return {"wall": wall, **neon_signs((setting.color,), setting.view, setting.exposure, setting.rng)}


def _books(setting: Setting) -> dict[str, object]:
    """Shelves from wall to wall, of boards and posts of the colour, full of books."""
    view, rng, z = setting.view, setting.rng, WALL_Z
    half, top = view.half_width_at(z) + 1.5, view.top_at(z) + 1.0
    levels = np.arange(lowest_seen(view, z) - float(rng.uniform(0, _SHELF)), top + _SHELF, _SHELF)
    posts = np.arange(-half - float(rng.uniform(0, _BAY)), half + _BAY, _BAY)
    tall = (levels[-1] - levels[0]) / 2
    boards = [box((half + _BAY, 0.06, _DEEP)).moved(0, float(y), z) for y in levels]
    boards += [box((0.07, tall, _DEEP)).moved(float(x), float(levels[0]) + tall, z) for x in posts]
    back = box((half + _BAY, tall, 0.03)).moved(0, float(levels[0]) + tall, z - _DEEP)
    books: dict[str, list[Mesh]] = {}
    for y in levels[:-1]:
        for x in posts[:-1]:
            for color, book in _row((float(x) + 0.1, float(x) + _BAY - 0.1), float(y) + 0.06, z, rng):
                books.setdefault(color, []).append(book)
    things: Things = [
        wooden(setting.color, "eggshell", *boards),
        painted(tint(setting.color, "#20160f", 0.55), "matte", back),
        *[painted(color, "matte", *meshes) for color, meshes in books.items()],
    ]
    return {**named_shapes("books", things, setting), **side_window(setting)}


def _row(room: tuple[float, float], y: float, z: float, rng: np.random.Generator) -> list[tuple[str, Mesh]]:
    """Books of one bay: sets of like ones, some lower than others, and a gap at times."""
    row: list[tuple[str, Mesh]] = []
    x, far = room
    while x < far - 0.2:
        count, alike = int(rng.integers(2, 9)), rng.uniform() < _SETS
        wide, tall = rng.uniform(0.05, 0.11, count), rng.uniform(0.45, 0.74, count)
        dyes = rng.integers(len(_BOOKS), size=count)
        if alike:
            wide, tall, dyes = (np.full(count, values[0]) for values in (wide, tall, dyes))
        for half, high, dye in zip(wide, tall, dyes, strict=True):
            if x + 2 * half > far:
                return row
            deep = float(rng.uniform(0.30, 0.40))
            middle = (x + half, y + high, z + _DEEP - 0.08 - deep)
            row.append((_BOOKS[dye], rounded_box((half, high, deep), 0.015, steps=1).moved(*middle)))
            if alike or rng.uniform() < _TITLED:
                label = rounded_box((0.9 * half, 0.12 * high, 0.01), 0.005, steps=1)
                row.append((_LABEL, label.moved(middle[0], y + 1.5 * high, middle[2] + deep)))
            x += 2 * half + 0.012
        x += float(rng.uniform(0.2, 0.6)) if rng.uniform() < _GAPS else 0.0
    return row


def _christmas_tree(setting: Setting) -> dict[str, object]:
    """A decorated tree before a plain wall, beside the product."""
    view, rng, z = setting.view, setting.rng, WALL_Z
    foot = lowest_seen(view, z) - 0.3
    height = float(np.clip(0.94 * (view.top_at(z) - foot), *_TREE))
    near = z + SPREAD * height + 0.1
    reach, (middle, clear) = view.half_width_at(near), view.product_at(near)
    aside = float(rng.choice([-1.0, 1.0])) * (clear + 0.85 * SPREAD * height)
    x = float(np.clip(middle + aside, -0.66 * reach, 0.66 * reach))
    style = Style(wood=_LABEL, accent=tint(setting.color, "#f4efe6", 0.6))
    tree = moved(christmas_tree(height, style, rng), (x, foot, near))
    return {**named_shapes("tree", tree, setting), **_plain_wall(setting)}


def _fireplace(setting: Setting) -> dict[str, object]:
    """A wall with a fire in it, a little aside of the product: the opening, logs, flames, and a mantelpiece."""
    view, rng, z = setting.view, setting.rng, WALL_Z
    reach, (middle, clear) = view.half_width_at(z), view.product_at(z)
    aside = float(rng.choice([-1.0, 1.0])) * 0.95 * (clear + MOUTH[0])
    x = float(np.clip(middle + aside, -0.62 * reach, 0.62 * reach))
    pale = tint(setting.color, "#fbf8f2", 0.75)
    low = _LOW - _FLOOR
    wall = painted(setting.color, "matte", *breast(2 * reach + 9.0, view.top_at(z) + 2.0 - _FLOOR, low))
    things: Things = [wall, *surround(pale, low), *mantelpiece(pale), *burning(rng)]
    return {**named_shapes("fire", moved(things, (x, _FLOOR, z)), setting), **side_window(setting)}


BACKDROPS: Final[Mapping[str, Callable[[Setting], dict[str, object]]]] = MappingProxyType(
    {
        "wall": _plain_wall,
        "brick": partial(_wall, coat=_bricks),
        "concrete": partial(_wall, coat=_concrete),
        "graffiti": partial(_wall, coat=_sprayed),
        "boards": _boards,
        "tiles": _tiles,
        "panels": _panels,
        **{cloth: partial(_cloth, kind=cloth) for cloth in ("linen", "silk", "velvet")},
        "books": _books,
        "christmas_tree": _christmas_tree,
        "fireplace": _fireplace,
        **{planting: partial(_planted, kind=planting) for planting in PLANTINGS},
        "neon": _neon,
        "bokeh": _bokeh,
        "glow": _glow,
        **PLACES,
    }
)
"""Kinds of what is behind, and their builders."""
