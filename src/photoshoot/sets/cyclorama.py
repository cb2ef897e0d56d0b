"""A seamless sweep of paper."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import LARGE, SMALL, SetObject, colored
from photoshoot.sets.patterned import WovenSet, second_color
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Cyclorama(WovenSet, StrewnSet):
    """A seamless sweep of paper: one colour, a gradient of up to four, or printed with a pattern of cloth's."""

    carries = (*SMALL, *LARGE)
    on_foot = True
    alike_in_every_stance = True
    takes_two_keys = True
    behind = ("colors",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"colors": ["#efedea"]}

    colors: tuple[str, ...] = colored(("#f6f6f5",), "backdrop", "surface", "floor", "sky", "glow", leans=True)
    """One to four colours, first at the bottom, left or centre."""
    direction: Literal["vertical", "horizontal", "diagonal", "radial", "split"] = "vertical"
    """Which way a gradient runs; ``radial`` with one colour: a pool of light on it; ``split``: none does, the colours
    stand side by side with an edge between them."""
    finish: Literal["matte", "satin", "gloss"] = "matte"
    """How much the floor reflects."""

    packshot: bool = False
    """Whether the paper is only there to be shaded: all but the product's soft shadow is pure white."""

    @property
    def dyes(self) -> tuple[str, ...]:
        """The colours of its pattern, two or three."""
        named = (*self.colors, *self.pattern_colors)
        return named[:3] if len(named) > 1 else (*named, second_color(self.pattern))

    @property
    def pure_white(self) -> bool:
        """A packshot is."""
        return self.packshot

    def lying(self) -> SetObject:
        """The paper, lying."""
        if self.pattern != "none":
            first, *more = self.dyes
            printed = {"pattern": self.pattern, "pattern_colors": tuple(more)}
            return {"name": "flat_lay", "surface": "linen", "colors": (first,), **printed}
        return {"name": "flat_lay", "surface": "paper", "colors": self.colors, "packshot": self.packshot}

    def placed(self, size_class: SizeClass) -> SetObject:
        """A plain wall for pictures; a floor for rugs."""
        if size_class is SizeClass.WALL:
            return {"name": "hanging_wall", "wall": "paper", "colors": self.colors, "holder": "none"}
        return super().placed(size_class)
