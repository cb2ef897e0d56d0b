"""What every set has: the parameters that all share, and the facts that others ask a set for.

A set is a frozen dataclass of plain data. Its fields are what a preset file may say; its class attributes and methods
are what the rest of the library must know of it: how prompts paint it, what a product is seen against, what it becomes
when its product lies or hangs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

from photoshoot.sets.light import Light, check_colors
from photoshoot.settings import Stance, check_color

SetObject: TypeAlias = Mapping[str, Any]
"""A set as preset files have it: its ``name`` and parameters. What is left out is as the set has it by default."""

Follows: TypeAlias = tuple[str, float | None, float]
"""(other colour, step in lightness or None for contrast, factor of its chroma)."""

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

PARTS = ("surface", "floor", "ground", "water", "backdrop", "sky", "accent", "props", "glow", "vein", "light")
"""The parts of a scene that a prompt can name."""

_USE = "use"
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class ColorUse:
    """What a colour parameter is for."""

    parts: tuple[str, ...] = ()
    """The parts of the scene, of ``PARTS``, whose colour in a prompt it takes."""
    leans: bool = False
    """Whether it is paint, and may lean a little toward the product's colours; wood, stone and lamps keep their own."""
    shines: bool = False
    """Whether it is the colour of lamps: a dark picture does not put them out."""
    follows: Follows | None = None
    """The colour that it goes with where a prompt names that one and not this; None: it stays as it is."""


def colored(default: _T, *parts: str, leans: bool = False, shines: bool = False, follows: Follows | None = None) -> _T:
    """A colour parameter of a design, or a list of colours, and what it is for; see ``ColorUse``."""
    use = ColorUse(parts=parts, leans=leans, shines=shines, follows=follows)
    return field(default=default, metadata={_USE: use})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A colour as it is seen in the picture: dim, bright with windows, or lit by lamps."""

    color: str
    """The parameter's colour, ``#rrggbb``."""
    toward: str = "#000000"
    """What it is mixed with, ``#rrggbb``."""
    share: float = 0.0
    """How much of that is in it, 0 to 1, in OKLab."""


@dataclass(frozen=True, kw_only=True)
class SetDesign:
    """What every set has."""

    light: Light = field(default_factory=Light)
    """The light that the set stands in."""

    camera_y: ClassVar[float] = 1.45
    """Camera height over the support, world units, 0.9 to 2; higher shows more of the floor. No meaning when lying."""
    only_stance: ClassVar[Stance | None] = None
    """The one way it can hold a product; None where it can hold one upright, and turns into other sets for the rest."""
    alike_in_every_stance: ClassVar[bool] = False
    """Whether its scene's words stay true when its product lies or hangs: plain backdrops and cloth do."""
    behind: ClassVar[tuple[str, ...]] = ()
    """The colour parameters that lie behind and, last, under the product."""
    free_colors: ClassVar[tuple[str, ...]] = ()
    """The colour parameters that take a prompt's colours that belong to no part, in this order."""
    unpainted: ClassVar[tuple[str, ...]] = ()
    """The parts, of ``PARTS``, that it shows in colours of their own: a prompt's colour for them is not painted."""
    prompted: ClassVar[SetObject] = {}
    """The parameters that a prompt's words start from, where they are others than the defaults."""
    words: ClassVar[tuple[str, ...]] = ()
    """Phrases that speak for it in a prompt, beside those of ``presets/director.json``."""
    suits: ClassVar[Mapping[str, float] | None] = None
    """Product category → how well it suits, 0 to 1, half where left out; None: ``presets/affinity.json`` says it."""
    shown_with: ClassVar[tuple[str, ...]] = ()
    """The example products that suit it in previews, of ``examples/``; none: all suit it."""

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name.endswith("color"):
                check_color(item.name, value)
            elif item.name.endswith("colors"):
                check_colors(item.name, value, least=0 if item.name == "prop_colors" else 1)

    @classmethod
    def color_uses(cls) -> dict[str, ColorUse]:
        """Its parameters that hold a colour or a list of colours, in order, and what each is for."""
        colors = (item for item in fields(cls) if item.name.endswith(("color", "colors")))
        return {item.name: item.metadata.get(_USE, ColorUse()) for item in colors}

    def leaning(self) -> tuple[str, ...]:
        """The parameters whose colours may lean toward the product's: what is painted as this design is."""
        return tuple(name for name, use in self.color_uses().items() if use.leans)

    def seen_colors(self) -> tuple[Seen, ...]:
        """What is seen behind and, last, under the product."""
        return tuple(Seen(color=color) for name in self.behind for color in self._colors(name))

    def lying(self) -> SetObject:
        """The set that it becomes, in the same light, where its product lies and is seen from above."""
        return {"name": "flat_lay", "surface": "plaster", "colors": self._colors(self.behind[-1])}

    def hanging(self) -> SetObject:
        """The set that it becomes, in the same light, where its product hangs or floats."""
        return {"name": "hanging_wall", "colors": self._colors(self.behind[0])}

    def upright(self) -> SetObject:
        """The set that it becomes, in the same light, where its product stands; not asked where it stands in this."""
        return {"name": "cyclorama", "colors": self._colors(self.behind[0])}

    def _colors(self, name: str) -> tuple[str, ...]:
        value: str | tuple[str, ...] = getattr(self, name)
        return (value,) if isinstance(value, str) else value
