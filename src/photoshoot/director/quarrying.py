"""Colours of stone as it is quarried: green marble and red rocks are no paint."""

import types

import numpy as np

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.color.styling import shift_color
from photoshoot.director.vocabulary import Values

_FACE = types.MappingProxyType({"material": ("surface_color", "table_color"), "counter": ("counter_color",)})
ROCKS = ("rock_color", "stone_color")
_HUES = frozenset(NAMED_COLORS.values())
_STONE_CHROMA, _STONE_DARKER = 0.065, 0.8  # the most chroma of a coloured marble, and its lightness beside paint's


def quarried(data: Values, named: set[str]) -> dict[str, str]:
    """Stone in a colour's name, as it is quarried: green marble and red rocks are no paint. Numbers of colours stay."""
    stones = [part for part in ("material", "counter") if data.get(part) == "marble"]
    faces = [*(param for part in stones for param in _FACE[part]), *ROCKS, "ground_color", "sand_color"]
    return {param: quarry(data[param]) for param in faces if param in named and data.get(param) in _HUES}


def quarry(color: str) -> str:
    """A colour as veined stone has it, ``#rrggbb``: with less chroma, and darker; a pale one as it is."""
    lightness, a, b = hex_to_oklab(color)
    chroma = float(np.hypot(a, b))
    if chroma <= _STONE_CHROMA:
        return color
    return shift_color(color, (_STONE_DARKER - 1) * float(lightness), _STONE_CHROMA / chroma)
