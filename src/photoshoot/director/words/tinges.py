"""Colours that are only hinted at: a greenish wall is of a pale, greyed green, and reddish brown leans to red."""

import math
from types import MappingProxyType
from typing import Final

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab, oklab_to_hex

_HUES: Final = (
    "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "grey", "white",
)  # fmt: skip
"""Colours that "-ish" is said of."""
_ALSO: Final = MappingProxyType({"violetish": "purple", "grayish": "grey", "blueish": "blue", "goldish": "gold"})
"""Others, and other ways to write them."""
_DOUBLED: Final = frozenset({"red"})
_PALE, _PALER, _GREYED = 0.86, 0.4, 0.5
"""OKLab lightness that a hint of a colour goes toward, the share of the way, and that of its chroma which is left."""
_NEUTRAL, _LESS = 0.03, 0.1
"""OKLab chroma of greys, and the share of the way that those go: blackish is nearly black."""
_LEAN: Final = 0.16
"""Share of the way that a colour leans to the one that is hinted at."""


def _spell(hue: str) -> str:
    return f"{hue}{hue[-1]}ish" if hue in _DOUBLED else f"{hue.removesuffix('e')}ish"


TINGES: Final = MappingProxyType({_spell(hue): hue for hue in _HUES} | _ALSO)
"""Word → the colour that it hints at: ``greenish`` → ``green``."""


def hint_color(word: str) -> str:
    """The colour of what is of a tinge and of nothing more, ``#rrggbb``.

    Args:
        word: One of ``TINGES``.
    """
    lightness, a, b = (float(part) for part in hex_to_oklab(NAMED_COLORS[TINGES[word]]))
    share = _PALER if math.hypot(a, b) > _NEUTRAL else _LESS
    return oklab_to_hex([lightness + share * (_PALE - lightness), _GREYED * a, _GREYED * b])


def lean_color(color: str, word: str) -> str:
    """A colour that leans to that which a word hints at, as light as it is: the brown of "reddish brown".

    Args:
        color: The colour, ``#rrggbb``.
        word: One of ``TINGES``.
    """
    lightness, *hue = (float(part) for part in hex_to_oklab(color))
    toward = hex_to_oklab(NAMED_COLORS[TINGES[word]])[1:]
    return oklab_to_hex(
        [lightness, *(own + _LEAN * (float(goal) - own) for own, goal in zip(hue, toward, strict=True))]
    )
