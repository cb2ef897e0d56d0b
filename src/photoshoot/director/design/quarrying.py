"""Colours of stone as it is quarried: green marble and red rocks are no paint."""

import types

import numpy as np

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.color.styling import shift_color
from photoshoot.director.words.vocabulary import Values

_FACE = types.MappingProxyType({"material": ("surface_color", "table_color"), "counter": ("counter_color",)})
ROCKS, _LOOSE = ("rock_color", "stone_color"), ("ground_color", "sand_color")
_HUES = frozenset(NAMED_COLORS.values())
_RED, _YELLOW = 0.02, 0.03  # over which a, and under which b, OKLab, a colour is pink or purple
_STONE_CHROMA, _STONE_DARKER = 0.065, 0.8  # the most chroma of a coloured marble, and its lightness beside paint's


def quarried(data: Values, named: set[str]) -> dict[str, str]:
    """Stone in a colour's name, as it is quarried: green marble and red rocks are no paint. Numbers of colours stay.

    Sand is so, too, but for pink and purple: such is dyed.
    """
    stones = [part for part in ("material", "counter") if data.get(part) == "marble"]
    faces = [*(param for part in stones for param in _FACE[part]), *ROCKS, *_LOOSE]
    colors = {param: data[param] for param in faces if param in named and data.get(param) in _HUES}
    return {param: quarry(color) for param, color in colors.items() if param not in _LOOSE or not _is_dyed(color)}


def _is_dyed(color: str) -> bool:
    """Whether it is pink or purple, which no earth and no sea is."""
    _, a, b = (float(part) for part in hex_to_oklab(color))
    return a > _RED and b < _YELLOW


def quarry(color: str) -> str:
    """A colour as veined stone has it, ``#rrggbb``: with less chroma, and darker; a pale one as it is."""
    lightness, a, b = hex_to_oklab(color)
    chroma = float(np.hypot(a, b))
    if chroma <= _STONE_CHROMA:
        return color
    return shift_color(color, (_STONE_DARKER - 1) * float(lightness), _STONE_CHROMA / chroma)
