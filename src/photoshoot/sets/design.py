"""What every set has, and the things that may lie beside a product."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

from photoshoot.sets.light import Light, check_colors
from photoshoot.settings import Stance, check_color

Props = Literal[
    "none",
    "autumn",
    "balloons",
    "books",
    "candles",
    "citrus",
    "coffee",
    "confetti",
    "crystals",
    "diyas",
    "eggs",
    "gifts",
    "halloween",
    "hearts",
    "lanterns",
    "leaves",
    "ornaments",
    "paper_lanterns",
    "pearls",
    "petals",
    "pine",
    "rocks",
    "school",
    "shells",
    "snow",
    "stars",
]
"""What lies or stands beside the product; ``leaves`` is leafy twigs, ``lanterns`` is lanterns of pierced metal."""


@dataclass(frozen=True, kw_only=True)
class SetDesign:
    """What every set has."""

    light: Light = field(default_factory=Light)
    """The light it stands in."""

    @property
    def only_stance(self) -> Stance | None:
        """The one way it can hold a product; None where it depends on the product."""
        return None

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name.endswith("color"):
                check_color(item.name, value)
            elif item.name.endswith("colors"):
                check_colors(item.name, value, least=0 if item.name == "prop_colors" else 1)
