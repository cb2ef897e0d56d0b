"""Furniture for a room's background: it is seen out of focus, so it is made of few, bold shapes.

Lengths are in world units of a product set, where a room is about nine units a metre.
"""

from photoshoot.placers.studio.assets.furniture.decor import bookshelf, plant, slat_panel, sunburst_clock, wall_pictures
from photoshoot.placers.studio.assets.furniture.lighting import arc_lamp, tripod_lamp, window
from photoshoot.placers.studio.assets.furniture.seats import armchair, bench, sofa
from photoshoot.placers.studio.assets.furniture.still_life import still_life
from photoshoot.placers.studio.assets.furniture.style import Furnish, Spot, Style

__all__ = [
    "Furnish",
    "Spot",
    "Style",
    "arc_lamp",
    "armchair",
    "bench",
    "bookshelf",
    "plant",
    "slat_panel",
    "sofa",
    "still_life",
    "sunburst_clock",
    "tripod_lamp",
    "wall_pictures",
    "window",
]
