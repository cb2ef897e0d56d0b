"""Lamps with a gel before them, in the full colour of its word: two keys, one key from a side, or lamps from behind.

What one key alone shines in is paler: it is all the light that there is, and things keep their own colours in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from photoshoot.color.space import hex_to_oklab
from photoshoot.color.styling import light_color
from photoshoot.director.phrases.crossed_lights import LIT_BY_GELS
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Values

KEY: Final = "light.color"
"""The parameter of a light's colour."""
_SECOND: Final = "light.second_color"
_BEHIND: Final = "backdrop_color"
_INTENSITY, _FILL, _EDGES = 0.85, 0.16, 0.5
"""Intensity, fill and least rim of two lamps in colour."""
_BESIDE_WHITE: Final = 0.3
"""Fill of one lamp in colour."""
_WHITE: Final = "#ffffff"
"""The lamp that faces it."""
_RIM: Final = 0.8
"""The least of a rim that has a colour of its own."""
_VIVID: Final = 0.08
"""OKLab chroma from which on a colour is a gel's."""
_WARM_DEG: Final = (42.0, 112.0)
"""OKLab hues that no gel makes: a lamp that is called golden, amber or orange is a warm one."""
_BESIDE_DEG: Final = 100.0
"""The farthest to the side that a key is from a side, and not from behind."""


def lit_in_colors(
    fills: Mapping[str, Sequence[str]],
    paints: Sequence[Paint],
    mentions: Sequence[Mention],
    light: Values,
    *,
    takes_two_keys: bool,
) -> dict[str, Any]:
    """A light in the colours that its words give it.

    Args:
        fills: Colour parameter → the colours that a prompt gives it; ``KEY`` has some.
        paints: The prompt's colours.
        mentions: Its phrases.
        light: What else they say of the light.
        takes_two_keys: Whether the set shows a second one.
    """
    color = fills[KEY][0]
    if _SECOND in fills and any(_is_pair(mention) for mention in mentions):
        gels = {"color": color, "second_color": fills[_SECOND][0], "fill": _FILL}
        return {"intensity": _INTENSITY, **light, **gels, "rim": max(light.get("rim", 0), _EDGES)}
    lamp = _lamp_of(color, paints, mentions)
    tinted = {**light, "color": light_color(color)}
    if lamp is None or not _is_gel(color):
        return tinted
    if "rim" in lamp.term.light:
        behind = {"rim": max(light.get("rim", 0), _RIM), "rim_color": color}
        return (tinted if "azimuth_deg" in lamp.term.light else {**light}) | behind
    if not takes_two_keys or not _is_from_side(lamp, mentions):
        return tinted
    return {"fill": _BESIDE_WHITE, **light, "color": color, "second_color": _WHITE}


def glow_of(
    fills: Mapping[str, Sequence[str]], fixed: Values, mentions: Sequence[Mention], name: str
) -> dict[str, str]:
    """What is behind the product in the colour of a lamp with a gel, where only a feast gave that another one.

    Halloween in purple light has no orange wall.

    Args:
        fills: As ``lit_in_colors`` takes them.
        fixed: What phrases fix in the set.
        mentions: Those phrases.
        name: The set.
    """
    if _BEHIND not in fixed or not _is_gel(fills[KEY][0]):
        return {}
    of_feasts = {m.term.params_in(name).get(_BEHIND) for m in mentions if m.term.season and not m.negated}
    return {_BEHIND: fills[KEY][0]} if fixed[_BEHIND] in of_feasts else {}


def _is_pair(mention: Mention) -> bool:
    return not mention.negated and mention.term.params_in(LIT_BY_GELS).get("shape") == "gel"


def _lamp_of(color: str, paints: Sequence[Paint], mentions: Sequence[Mention]) -> Mention | None:
    """What a colour of the light is said of."""
    nouns = {paint.noun for paint in paints if paint.color == color and paint.rank is Rank.NAMED}
    return next((mention for mention in mentions if mention.start in nouns and not mention.negated), None)


def _is_gel(color: str) -> bool:
    _, a, b = hex_to_oklab(color)
    warm = _WARM_DEG[0] <= math.degrees(math.atan2(b, a)) <= _WARM_DEG[1]
    return math.hypot(a, b) >= _VIVID and not warm


def _is_from_side(lamp: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a lamp, or what is said right after it, is of a side."""
    of = (m for m in mentions if (m is lamp or m.start == lamp.end) and not m.negated)
    return any(abs(m.term.light.get("azimuth_deg", 180)) <= _BESIDE_DEG for m in of)
