"""What stands along the walls of rooms, metres: for each kind of room, pieces from its middle outwards."""

from collections.abc import Callable

import numpy as np

from photoshoot.placers.studio.assets.furniture.bathroom import towel_ladder, tub, washstand
from photoshoot.placers.studio.assets.furniture.christmas_tree import christmas_tree
from photoshoot.placers.studio.assets.furniture.decor import bookshelf, plant, wall_pictures
from photoshoot.placers.studio.assets.furniture.dressing import clothes_rail, hat_shelf, mirror_table
from photoshoot.placers.studio.assets.furniture.hearth import BREAST, DEPTH, HEAD, chimney, fireplace
from photoshoot.placers.studio.assets.furniture.kitchen import fridge, stove, units
from photoshoot.placers.studio.assets.furniture.laundry import drying_rail, machines, tower
from photoshoot.placers.studio.assets.furniture.lighting import snowy_window, tripod_lamp, window
from photoshoot.placers.studio.assets.furniture.music import amplifier, console, guitar, microphone
from photoshoot.placers.studio.assets.furniture.seats import armchair, sofa
from photoshoot.placers.studio.assets.furniture.standing import (
    bed,
    floor_lamp,
    in_metres,
    picture,
    planter,
    scaled,
    side_table,
    sideboard,
)
from photoshoot.placers.studio.assets.furniture.style import Spot, Style, box, tint
from photoshoot.placers.studio.assets.furniture.workplace import workplace
from photoshoot.placers.studio.assets.rows import moved
from photoshoot.placers.studio.scene.batching import Things, painted

_PANE_M = 0.02  # else the pane lies in the wall, and nothing is seen of it
Piece = tuple[float, Callable[[Style, np.random.Generator], Things]]
"""Half the width of a piece of furniture, metres, and what builds it about the origin, its back at z = 0."""


_CEILING_M, _FIRE_M = 2.9, 0.4  # height of a chimney, and metres a unit of it: its beam is at 1.1


def _hearth(style: Style, rng: np.random.Generator) -> Things:
    chimney = Spot(x=0.0, wall_z=0.0, floor_y=0.0, ceiling_y=_CEILING_M / _FIRE_M)
    return scaled(fireplace(chimney, style, rng), _FIRE_M, (0.0, 0.0, 0.0))


def mantel(style: Style, height: float, rng: np.random.Generator) -> Things:
    """A fireplace whose beam is so high, metres, with nothing over it: it is under a picture."""
    return scaled(moved(chimney(style, HEAD, rng), (0.0, 0.0, DEPTH)), height / HEAD, (0.0, 0.0, 0.0))


CHRISTMAS_TREE: Piece = (0.7, lambda colors, rng: _forward(christmas_tree(2.05, colors, rng), 0.75))
"""A decorated tree on the floor."""
FIREPLACE: Piece = (BREAST * _FIRE_M, _hearth)
"""A fire in a chimney's breast."""


def pieces_of(style: str, *, snow: bool = False) -> tuple[list[Piece], list[Piece]]:
    """What stands on the one side of the product and on the other, from near it outwards, in a room or a place."""
    tree: Piece = (0.45, lambda colors, rng: _forward(in_metres(plant, 1.35, colors, rng), 0.5))
    lamp: Piece = (0.24, lambda *_: _forward(floor_lamp(), 0.35))
    table: Piece = (0.26, lambda colors, rng: _forward(side_table(colors, rng), 0.4))
    chair: Piece = (0.5, lambda colors, rng: _forward(in_metres(armchair, 0.85, colors, rng), 0.6))
    low: Piece = (0.7, lambda colors, rng: [*sideboard(colors, 1.3), *_hung(colors, rng, 1.45)])
    art: Piece = (0.5, lambda colors, rng: _hung(colors, rng, 1.4))
    sleep: Piece = (1.0, lambda colors, rng: bed(colors, rng))
    pot: Piece = (0.32, lambda colors, rng: _forward(planter(colors, rng), 0.4))
    outside = snowy_window if snow else window
    pane: Piece = (0.75, lambda colors, rng: _forward(in_metres(outside, 2.3, colors, rng), _PANE_M))
    tripod: Piece = (0.35, lambda colors, rng: _forward(in_metres(tripod_lamp, 1.5, colors, rng), 0.4))
    pictures: Piece = (0.6, lambda colors, rng: _up(in_metres(wall_pictures, 1.0, colors, rng), 1.0))
    white: Piece = (0.32, lambda colors, rng: _forward(planter(colors, rng, snow=True), 0.4))
    couch: Piece = (
        1.15,
        lambda colors, rng: [*_forward(in_metres(sofa, 0.85, colors, rng), 0.55), *_hung(colors, rng, 1.55)],
    )
    bath: Piece = (0.85, lambda *_: _forward(tub(), 0.5))
    sink: Piece = (0.5, washstand)
    towels: Piece = (0.3, towel_ladder)
    desk: Piece = (0.75, workplace)
    books: Piece = (0.5, lambda colors, rng: _forward(in_metres(bookshelf, 2.0, colors, rng), 0.2))
    cupboards: Piece = (0.9, units)
    cooker: Piece = (0.45, stove)
    cold: Piece = (0.38, fridge)
    washers: Piece = (0.66, machines)
    washing: Piece = (0.6, drying_rail)
    dryer: Piece = (0.32, tower)
    mixer: Piece = (1.0, console)
    mic: Piece = (0.2, microphone)
    strings: Piece = (0.2, guitar)
    amp: Piece = (0.35, amplifier)
    bulbs: Piece = (0.65, mirror_table)
    clothes: Piece = (0.66, clothes_rail)
    hats: Piece = (0.45, hat_shelf)
    if snow and style != "winter_terrace":  # the season is what one came for
        return [pane, low, tree, chair], [pane, lamp, chair, tree]
    return {
        "winter_terrace": ([white, white], [white, white]),
        "living": ([tree, low, pane, chair], [lamp, pictures, chair, tree]),
        "bedroom": ([sleep, table, pane], [lamp, art, pane, tree]),
        "loft": ([tripod, low, tree], [tree, chair, lamp, art]),
        "terrace": ([pot, chair, pot], [pot, pot, table, pot]),
        "lounge": ([couch, lamp, pane], [tree, low, pictures]),
        "bathroom": ([bath, tree, pane], [sink, towels, pane]),
        "office": ([desk, books, pane], [tree, books, pictures, desk]),
        "laundry": ([washers, dryer, washing, tree], [washing, pane, dryer, washers]),
        "recording_studio": ([mixer, strings, amp, mic], [mic, strings, amp, mic]),
        "dressing_room": ([bulbs, clothes, hats, tree], [clothes, chair, bulbs, hats]),
        "kitchen": ([cooker, cupboards, cold, tree], [cupboards, pane, tree]),
        "garage": ([_BENCH, _BENCH], [_BENCH]),
    }[style]


def _shelves(style: Style, rng: np.random.Generator) -> Things:
    """A steel rack with boxes, as in a garage, metres."""
    levels = (0.1, 0.65, 1.2, 1.75)
    boards = [box((0.5, 0.012, 0.22), 0.004).moved(0, y, 0.24) for y in levels]
    posts = [box((0.018, 0.95, 0.018), 0.004).moved(x, 0.95, z) for x in (-0.48, 0.48) for z in (0.04, 0.44)]
    colors = ("#8d6b45", "#5b6770", "#b9a58a", tint(style.accent, "#3a3a3a", 0.4))
    things: Things = [painted("#3b3e42", "satin", *boards, *posts)]
    for y in levels[:-1]:
        x = -0.42
        while x < 0.3:
            wide, tall = float(rng.uniform(0.09, 0.17)), float(rng.uniform(0.09, 0.19))
            crate = box((wide, tall, 0.17), 0.006).moved(x + wide, y + 0.012 + tall, 0.24)
            things.append(painted(colors[int(rng.integers(len(colors)))], "matte", crate))
            x += 2 * wide + float(rng.uniform(0.01, 0.12))
    return things


_BENCH: Piece = (0.55, _shelves)


def _hung(style: Style, rng: np.random.Generator, y: float) -> Things:
    return scaled(picture(style, rng), 1.0, (0.0, y, 0.0))


def _forward(things: Things, z: float) -> Things:
    return scaled(things, 1.0, (0.0, 0.0, z))


def _up(things: Things, y: float) -> Things:
    return scaled(things, 1.0, (0.0, y, 0.0))
