"""A market behind what is large: crates of fruit on a counter, as large as in life, and an awning over them."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.market import CRATE, PRODUCE, Fruit, awning, full_crate
from photoshoot.placers.studio.assets.rows import Row, Ware, line_up, scaled
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things, painted

USUAL_UNIT_M = 0.5  # where the product's size is not known
_CRATE_M, _CLOTH_M = 0.165, 0.42  # metres that a unit of a crate and of an awning is
_BEHIND_M, _STEP_M = 1.6, 0.34  # from the product's back to the first row, and from it to the next
_ROWS_M = (0.56, 0.8)  # height of each row
_HEM_M, _OVER_M = 2.05, 0.5  # of the awning's lowest point, and how far it reaches before the first row
_SHADES = (0.5, 0.3, 0.42, 0.34)  # of the boards before the counter, from the ground up
_BOARDS = len(_SHADES)
_WOOD, _CREAM = "#8f6a45", "#f3ead8"


def stalls(view: View, produce: str, color: str, rng: np.random.Generator) -> Things:
    """A row of stalls across the picture.

    Args:
        view: The camera and the product's room.
        produce: What is in the crates, a kind of ``PRODUCE``.
        color: Every other stripe of the awning.
        rng: The shot's.
    """
    metre = 1 / (view.unit_m or USUAL_UNIT_M)
    z, size = -view.product_back - _BEHIND_M * metre, _CRATE_M * metre
    everywhere = replace(view, product_half_width=0.0, product_x=0.0)
    wares = [Ware(half=(CRATE[0] + 0.04) * size, build=_crate, of=(kind, size)) for kind in PRODUCE[produce]]
    dark, half = tint(_WOOD, "#3a281a", 0.45), view.half_width_at(z - 2 * metre) + metre
    things: Things = []
    for number, high_m in enumerate(_ROWS_M):
        row = Row(
            z=z - number * _STEP_M * metre, side=1.0, y=high_m * metre, clear=0.0, gaps=(0.0, 0.1 * size), rest=0.0
        )
        for side in (-1.0, 1.0):
            order = wares[number:] + wares[:number] if side > 0 else wares[::-1]
            things += line_up(everywhere, replace(row, side=side), order, rng)
        things += _boards(half, high_m * metre, row.z + CRATE[2] * size, metre)
    front, cloth = z + _OVER_M * metre, _CLOTH_M * metre
    stripes = awning(half / cloth, _HEM_M / _CLOTH_M, front / cloth, (color, _CREAM))
    post = rounded_box((0.035 * metre, 0.5 * _HEM_M * metre, 0.035 * metre), 0.01 * metre, steps=1)
    posts = [post.moved(side * 0.62 * half, 0.5 * _HEM_M * metre, front - 0.2 * metre) for side in (-1.0, 1.0)]
    return [*things, *scaled(stripes, cloth), painted(dark, "matte", *posts)]


def _crate(kind: Fruit, size: float, rng: np.random.Generator) -> Things:
    """A full crate as large as in life."""
    return scaled(full_crate(kind, _WOOD, rng), size)


def _boards(half: float, high: float, z: float, metre: float) -> Things:
    """The counter's front: rough boards across, each of a shade of its own."""
    wide = high / _BOARDS
    board = rounded_box((half, 0.5 * wide - 0.004 * metre, 0.02 * metre), 0.008 * metre, steps=1)
    return [
        painted(tint(_WOOD, "#3a281a", shade), "matte", board.moved(0, (number + 0.5) * wide, z))
        for number, shade in enumerate(_SHADES)
    ]
