"""Colours as stone and water have them: green marble and red rocks are no paint, and a blue sea is no ink."""

import types
from collections.abc import Sequence
from typing import Any

import numpy as np

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab, oklab_to_hex
from photoshoot.color.styling import shift_color
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Values, load_vocabulary

_FACE = types.MappingProxyType({"material": ("surface_color", "table_color"), "counter": ("counter_color",)})
ROCKS, _LOOSE = ("rock_color", "stone_color"), ("ground_color", "sand_color")
_HUES = frozenset(NAMED_COLORS.values())
_RED, _YELLOW = 0.02, 0.03  # over which a, and under which b, OKLab, a colour is pink or purple
_STONE_CHROMA, _STONE_DARKER = 0.065, 0.8  # the most chroma of a coloured marble, and its lightness beside paint's
_SAND_CHROMA, _SAND_DARKER = 0.105, 0.9  # the same of sand and earth: the Namib's dunes are orange, and no brown marble
_WATERS, _WATER_CHROMA = ("water_color", "sea_color"), 0.12  # over which a blue or green is no water's
_SEA = "#2f8fa6"  # to which such a colour goes half way
_UNDER, _DEEPER = ("underwater",), 0.75  # the phrase of what is under water, and its lightness, OKLab, up there
_CLEAR = "#35c4c0"  # water, of which no more is said
_WARM = 0.03  # over which a, OKLab, water is of another colour than blue or green, and dyed


def as_in_nature(data: Values, named: set[str]) -> dict[str, str]:
    """Stone and water in a colour's name, as they have it. Numbers of colours stay.

    Sand is so, too, but for pink and purple, and water in blues and greens: else they are dyed.
    """
    stones = [part for part in ("material", "counter") if data.get(part) == "marble"]
    faces = [*(param for part in stones for param in _FACE[part]), *ROCKS, *_LOOSE, *_WATERS]
    colors = {param: data[param] for param in faces if param in named and data.get(param) in _HUES}
    return {param: _as_part(color, param) for param, color in colors.items()}


def under_water(mentions: Sequence[Mention], data: Values, named: set[str]) -> dict[str, Any]:
    """Water in the stead of the sky where the picture is to be under water; empty elsewhere."""
    under = load_vocabulary().find(_UNDER)
    there = any(under is not None and m.term.stand_in == under.stand_in and not m.negated for m in mentions)
    if not there or "sky_colors" in named:
        return {}
    color = data.get("water_color", _CLEAR)
    return {
        "water_color": color,
        "sky_colors": [color, shift_color(color, (_DEEPER - 1) * hex_to_oklab(color)[0], 1.0)],
    }


def looks_of(color: str) -> tuple[str, str, str]:
    """A colour as it is named, as stone and as water have it, ``#rrggbb`` each."""
    return color, _quarry(color), water(color)


def _as_part(color: str, param: str) -> str:
    if param in _WATERS:
        return water(color)
    if param not in _LOOSE:
        return _quarry(color)
    return color if _is_dyed(color) else _quarry(color, _SAND_CHROMA, _SAND_DARKER)


def _is_dyed(color: str) -> bool:
    """Whether it is pink or purple, which no earth is."""
    _, a, b = (float(part) for part in hex_to_oklab(color))
    return a > _RED and b < _YELLOW


def _quarry(color: str, most_chroma: float = _STONE_CHROMA, darker: float = _STONE_DARKER) -> str:
    """A colour as veined stone or as sand has it, ``#rrggbb``: with less chroma, and darker; a pale one as it is."""
    lightness, a, b = hex_to_oklab(color)
    chroma = float(np.hypot(a, b))
    if chroma <= most_chroma:
        return color
    return shift_color(color, (darker - 1) * float(lightness), most_chroma / chroma)


def water(color: str) -> str:
    """A blue or green as the sea has it, ``#rrggbb``: a strong one half way to its own; other colours as they are."""
    lab = hex_to_oklab(color)
    strong = float(np.hypot(lab[1], lab[2])) > _WATER_CHROMA
    return oklab_to_hex((lab + hex_to_oklab(_SEA)) / 2) if strong and lab[1] <= _WARM else color
