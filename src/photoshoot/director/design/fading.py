"""What fades: a gradient of one colour, "blue gradient background", and fog of one."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.color.styling import shift_color
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Values
from photoshoot.sets import SETS

FADES_INTO: Final = "fade_colors"
"""The parameter of what a wall behind a platform or a table fades into."""
_FADE, _FADES_FROM = "fade", "backdrop_color"
_OF_FADING = frozenset({_FADE, FADES_INTO})
_FADING = {"cyclorama": (None,), "hanging_wall": (None, "plaster", "paper")}  # sets that fade, and of which walls
_STEP = 0.17  # of OKLab's lightness, between the ends of what is called a gradient of one colour
_HUED = 0.04  # OKLab chroma from which on a colour is no grey
_PALE = 0.8  # lightness from which on a colour is its paler end


def fade_one(mentions: Sequence[Mention], data: Values, name: str) -> dict[str, Any]:
    """The two ends of a gradient for which a prompt names one colour or none: paler at the bottom, or in the middle.

    Args:
        mentions: The prompt's phrases.
        data: The set's parameters so far.
        name: The set.
    """
    if _FADE in data:
        return _fade_wall(data, name)
    asked = any(mention.term.fades and not mention.negated for mention in mentions)
    if data.get("wall") not in _FADING.get(name, ()) or not asked:
        return {}
    color, *more = data.get("colors", getattr(SETS[name], "colors"))  # noqa: B009, a set of those that fade
    if more:
        return {}
    return {"colors": list(_ends(color))}


def _ends(color: str) -> tuple[str, str]:
    """The paler and the deeper end of what is called a gradient of one colour."""
    if hex_to_oklab(color)[0] >= _PALE:
        return color, shift_color(color, -_STEP, 1.25)
    return shift_color(color, _STEP, 0.85), color


def _fade_wall(data: Values, name: str) -> dict[str, Any]:
    if unfaded_params(data, name) or FADES_INTO in data:
        return {}
    paler, deeper = _ends(data.get(_FADES_FROM, getattr(SETS[name], _FADES_FROM)))
    return {_FADES_FROM: paler, FADES_INTO: [deeper]}


def unfaded_params(data: Values, name: str) -> frozenset[str]:
    """The parameters of a fading wall where a set has none: its wall is not plain, or is not asked to fade."""
    behind = data.get("backdrop", getattr(SETS[name], "backdrop", "wall"))
    return frozenset() if behind == "wall" and _FADE in data else _OF_FADING


def with_haze(paints: Sequence[Paint], heard: Sequence[Mention], name: str) -> list[Paint]:
    """Colours, of which those of fog and smoke come last, and are behind the product where nothing else is.

    Greys stay the light's alone: white smoke leaves a dark room dark. So do those of a room of lamps.
    """
    hazes = {mention.start for mention in heard if "haze" in mention.term.light}
    if not hazes:
        return list(paints)
    theirs = [paint for paint in paints if paint.rank is Rank.NAMED and paint.noun in hazes]
    lamps = any(use.shines and part.endswith("colors") for part, use in SETS[name].color_uses().items())
    hued = [p for p in theirs if not lamps and float(np.hypot(*hex_to_oklab(p.color)[1:])) >= _HUED]
    behind = (dataclasses.replace(paint, role="backdrop", rank=Rank.MATERIAL) for paint in hued)
    return [*(paint for paint in paints if paint not in theirs), *theirs, *behind]
