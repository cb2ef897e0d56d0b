"""Shelves behind pendant lamps: a bar's bottles before backs that shine, and the loaves of a bakery."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear, hex_to_oklab
from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.shelving import Rack, Stock
from photoshoot.placers.studio.geometry.solids import lathe, sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.set_builders.places.shops import across
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_Z, _LAMPS_Z = -8.0, -5.2
_WOOD, _AMBER = "#2a1a10", "#d9853a"
_DARK = 0.45  # OKLab lightness under which a colour is no light
_BOTTLES = Stock(
    kinds=("liquor", "liquor", "bottle"),
    colors=("#6b3410", "#8a4a14", "#1d3a22", "#2b1a12", "#a86a24", "#d8cdb4", "#3a4a52", "#54160f"),
    labels=("#e6d9bb", "#1b1714", "#b08a3e", "#7a1f1a"),
    facings=(1, 3),
    gap=(0.01, 0.05),
)
_BREADS = Stock(
    kinds=("loaf", "bun", "loaf", "baguette"),
    colors=("#c98a4b", "#b87333", "#d9a566", "#a8642c", "#8f5426", "#e0b87a"),
    labels=("#efd9b0",),
    facings=(1, 4),
    gap=(0.02, 0.1),
    size=1.1,
)
_APART = 2.6  # of the lamps


def glow_of(color: str) -> Float32Array:
    """What the shelves shine in, (3,) display-linear: a colour, or amber where that is too dark for a lamp's."""
    lit = color if hex_to_oklab(color)[0] > _DARK else _AMBER
    return np.asarray(hex_to_linear(lit) * np.float32(1.25), np.float32)


def build_bar(setting: Setting) -> dict[str, object]:
    """Rows of bottles before glowing backs, and lamps that hang in a row."""
    glow, rail = glow_of(setting.color), tint(setting.color, _WOOD, 0.6)
    rack = Rack(color=_WOOD, back=_WOOD, rail=rail, pitch=0.46, glow=tuple(map(float, glow)))
    things: Things = across(setting, rack, _BOTTLES, _Z)
    things += pendants(setting)
    return named_shapes("bar", things, setting)


def pendants(setting: Setting) -> Things:
    """Lamps that hang in a row before what is behind."""
    view, rng = setting.view, setting.rng
    shade = lathe([(0.04, 0.62), (0.08, 0.5), (0.5, 0.1), (0.52, 0.0), (0.46, 0.06)], 40, crease_deg=60)
    reach, y = view.half_width_at(_LAMPS_Z) + 1.0, view.top_at(_LAMPS_Z) - 0.75
    bulb = np.tile(np.array([2.16, 1.42, 0.74], np.float32), (2, 1))
    things: Things = []
    for x in np.arange(-reach + float(rng.uniform(0, _APART)), reach, _APART):
        place = (float(x), y, _LAMPS_Z)
        cord = tube((x, y + 0.5, _LAMPS_Z), (x, y + 6.0, _LAMPS_Z), 0.02, sides=6)
        things.append(painted("#1a1512", "satin", shade.moved(*place), cord))
        things.append(Emissive(mesh=sphere(0.36, rings=12, segments=24).moved(x, y + 0.02, _LAMPS_Z), light=bulb))
    return things


def build_bakery(setting: Setting) -> dict[str, object]:
    """Boards of wood full of loaves, buns and baguettes in a warm light."""
    wood = tint(setting.color, "#8a5a34", 0.35)
    rack = Rack(color=wood, back=tint(setting.color, "#f2e2c8", 0.5), rail=wood, pitch=0.42, light=(1.9, 1.45, 0.95))
    things: Things = across(setting, rack, _BREADS, _Z)
    return named_shapes("bakery", [*things, *pendants(setting)], setting)
