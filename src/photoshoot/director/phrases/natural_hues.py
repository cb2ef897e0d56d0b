"""Fruit, leaves, stones and the like come in colours of their own: of "lemons, navy" no lemon is navy."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Term
from photoshoot.sets.props import LARGE_LEAVES

_GREENS, _BROWNS = ("#4f7a3a", "#9caf88", "#8aa84a"), ("#5b3a22", "#a97c4a", "#c9a877")
_WHITES, _FALL = ("#f5f1e6", "#e9e4d8"), ("#c2571f", "#d99a2b", "#8f2f1d", "#7a4a26")
_HUES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "apples": ("#b3262a", "#8aa84a", "#d9c04a"),
        "autumn": _FALL,
        "autumn_leaves": _FALL,
        "berries": ("#b3202a", "#2c2f57", "#5a2350"),
        "bread": _BROWNS,
        "cheese": ("#e8c860", *_WHITES),
        "chilis": ("#b3202a", "#4f7a3a"),
        "chocolate": (*_BROWNS, *_WHITES),
        "citrus": ("#f0cf35", "#ee8a1f", "#8fb53a", "#e0685a"),
        "coffee": _BROWNS,
        "coffee_beans": _BROWNS,
        "eggs": (*_WHITES, *_BROWNS),
        "grapes": ("#9fb04a", "#4a2350"),
        "greens": _GREENS,
        "ice": (*_WHITES, "#d5e6f0"),
        "leaves": _GREENS,
        "mushrooms": (*_BROWNS, *_WHITES),
        "nuts": _BROWNS,
        "pine": _GREENS,
        "rocks": ("#8a8680", "#4a4744", "#b59a7c", *_WHITES),
        "shells": (*_WHITES, "#e9b9a6"),
        "spices": _BROWNS,
        "tomatoes": ("#c02f22", "#e0a52b"),
        **dict.fromkeys(LARGE_LEAVES, _GREENS),
    }
)
"""Kind of thing beside a product → colours that it has in nature."""
GREEN_LANDS: Final = ("park", "forest")
"""Photographed places of one colour."""
_OF_LANDS: Final = ("#4f7a3a", "#2f9e4c", "#1f5a34")
"""What that is called."""
_NEAR: Final = 0.13  # OKLab, how far a colour may be from one of them


def has_own_color(term: Term, color: Term) -> bool:
    """Whether a thing comes in its own colours, of which a named one is none.

    Args:
        term: What names the thing.
        color: What names the colour.
    """
    kind = next((str(own["props"]) for own in term.params.values() if "props" in own), "")
    hues = _HUES.get(kind, ())
    return color.color is not None and bool(hues) and not _is_near(color.color, hues)


def is_a_lands(color: Mention, mentions: Sequence[Mention], place: str) -> bool:
    """Whether a colour is one that a photographed land has of itself: of green fields before which it stands.

    Args:
        color: What may name a colour.
        mentions: All phrases of the prompt.
        place: Where the set stands, of ``GREEN_LANDS``.
    """
    said = color.term.color
    if said is None or color.term.kind != "colour" or color.negated:
        return False
    noun = next((other.term for other in mentions if other.start == color.end), Term())
    shown = any(values.get("place") == place for values in noun.params.values())
    return shown and noun.role in (None, "ground") and _is_near(said, _OF_LANDS)


def _is_near(color: str, hues: Sequence[str]) -> bool:
    named = hex_to_oklab(color)
    return any(float(np.linalg.norm(hex_to_oklab(hue) - named)) <= _NEAR for hue in hues)
