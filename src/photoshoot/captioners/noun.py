"""A noun for what shops sell: its place among others, and what an outline and two networks must show of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from photoshoot.captioners.silhouette import Silhouette
from photoshoot.records import Category

ROOT = "product"
"""The broadest noun: what is said where nothing is sure."""

_SEEN_TOP, _SEEN_BELOW = 0.28, 0.33  # evidence that a noun right under the root, and one farther down, needs
_RARE = 0.5  # more evidence that the rarest noun needs: what shops sell more often, and has no class, looks like it
_TOLERANCE = {"aspect": 0.25, "fill": 0.08, "head": 0.05, "round": 0.02, "leaves": 0.1}
"""How far outside its range a measure is half believed."""
_OUTLINE = ("aspect", "fill", "head", "round", "leaves")
_LEAST_FIT = 0.02
_GROWN = frozenset({"fruit", "vegetable"})

Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A word of the tree."""

    name: str
    """Lower case, such as ``"sneakers"``."""
    parent: str | None
    """The broader noun; None for the root."""
    category: Category
    """The shelf it stands on."""
    plural: bool = False
    """Whether it takes no article: sunglasses, jeans, shoes."""
    has_screen: bool = False
    """Whether what it shows may be lit up on a screen."""
    has_lens: bool = False
    """Whether it has glass that shines, whatever its body is like."""
    is_metal: bool = False
    """Whether what looks sand-coloured of it is gilt or brass."""
    counted: str | None = None
    """How one of it is called where the name can't be counted: furniture, ``"piece of furniture"``."""
    needs: float = 0.0
    """Evidence that it takes at least: a broad noun gathers a little of whatever is unknown."""
    prior: float = 1.0
    """How common it is in shops against the other nouns, over 0 to 1."""
    is_mixed: bool = False
    """Whether its kinds don't look alike: what only looks like a rare one of them need not be one of it either."""
    outline: Mapping[str, Range]
    """Measures of the silhouette (``aspect``, ``fill``, ``head``, ``round``, ``leaves``) → the range of such things."""
    when: Mapping[str, Range]
    """Measures that alone tell it from its parent; no class speaks for such a noun. A hood makes a hoodie; two cups
    under a thin band make headphones of what the classifier has no word for."""

    @property
    def evidence(self) -> float:
        """What it takes at least to be said: the share of probability that speaks for it, 0 to 1."""
        usual = _SEEN_TOP if self.parent == ROOT else _SEEN_BELOW
        return max(usual + _RARE * (1 - self.prior), self.needs)

    @property
    def is_plant(self) -> bool:
        """Whether leaves tell it."""
        return "leaves" in self.outline or "leaves" in self.when

    @property
    def is_grown(self) -> bool:
        """Whether it is a fruit or a vegetable: its colours fade into one another, and none is a grey."""
        return not {self.name, self.parent}.isdisjoint(_GROWN)

    @property
    def said(self) -> str:
        """The words that an article or a colour can stand before."""
        return self.counted or self.name

    def fit(self, silhouette: Silhouette) -> float:
        """How well an outline fits, 0.02 to 1; 1 inside all ranges."""
        misfit = sum(_misfit(name, limits, silhouette) ** 2 for name, limits in self.outline.items())
        return max(_LEAST_FIT, math.exp2(-misfit))


def _misfit(name: str, limits: Range, silhouette: Silhouette) -> float:
    """How far outside its range a measure is, in tolerances; ratios are compared as logarithms."""
    low, high = limits
    value = float(getattr(silhouette, name))
    if name == "aspect":
        low, high, value = math.log(low), math.log(high), math.log(value)
    return max(low - value, value - high, 0.0) / _TOLERANCE[name]


def read_noun(name: str, data: Mapping[str, Any]) -> Noun:
    """A noun as the file has it."""
    return Noun(
        name=name,
        parent=data["parent"],
        category=Category(data["category"]),
        plural=bool(data.get("plural", False)),
        counted=data.get("counted"),
        has_screen=bool(data.get("screen", False)),
        has_lens=bool(data.get("lens", False)),
        is_mixed=bool(data.get("mixed", False)),
        is_metal=bool(data.get("metal", False)),
        prior=float(data.get("prior", 1.0)),
        needs=float(data.get("needs", 0.0)),
        outline={key: (float(data[key][0]), float(data[key][1])) for key in _OUTLINE if key in data},
        when={key: (float(low), float(high)) for key, (low, high) in data.get("when", {}).items()},
    )
