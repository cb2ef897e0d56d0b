"""Folded cloth."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import Seen, SetObject, colored
from photoshoot.sets.patterned import PatternedSet, Weave
from photoshoot.sets.strewn import StrewnSet


@dataclass(frozen=True, kw_only=True)
class Drapery(PatternedSet, StrewnSet):
    """Folded cloth behind and under the product."""

    takes_two_keys = True
    camera_y = 1.55
    alike_in_every_stance = True
    hangs_from = "rail"
    behind = ("color",)
    free_colors = ("color",)
    prompted: ClassVar[SetObject] = {"light": {"azimuth_deg": -55, "softness": 0.5, "fill": 0.35, "rim": 0.2}}
    shown_with = ("bottle",)

    cloth: Literal["silk", "velvet", "linen"] = "silk"
    """What the cloth is."""
    pattern: Weave = "none"
    """The pattern of linen."""
    color: str = colored("#9c0f2c", "surface", "backdrop", leans=True)
    """The colour of the whole cloth."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """Its folds shade what hangs; what lies is seen as it is."""
        return Seen(color=self.color, share=0.15), Seen(color=self.color)

    def lying(self) -> SetObject:
        """The cloth, laid out in folds."""
        surface = "folds" if self.cloth == "linen" else self.cloth
        return {"name": "flat_lay", "surface": surface, "colors": (self.color,), **self.patterned}
