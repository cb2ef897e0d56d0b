"""Broad steps of concrete or stone in hard light."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SMALL, Seen, SetObject, colored
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Stairs(StrewnSet):
    """Broad outdoor steps that rise behind the product; the sun throws the shadow of what stands beside them."""

    camera_y = 1.5
    carries = (*SMALL, SizeClass.FURNITURE)
    outdoors = True
    behind = ("step_color",)
    free_colors = ("step_color",)
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -62, "elevation_deg": 40, "softness": 0.05, "fill": 0.35, "color": "#fff1dc"}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "footwear": 0.8,
        "bag": 0.85,
        "sport": 0.8,
        "headwear": 0.7,
        "eyewear": 0.7,
        "electronics": 0.6,
        "beauty": 0.6,
        "drink": 0.6,
        "food": 0.15,
        "tableware": 0.15,
    }

    material: Literal["concrete", "stone", "wood"] = "concrete"
    """What the steps are made of."""
    step_color: str = colored("#b9b5ad", "surface", "floor", "ground", leans=True)
    """Main colour of the steps."""
    gobo: Literal["none", "slit", "leaves"] = "slit"
    """What throws its shadow on them: ``slit`` is walls, between which the sun comes through."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The steps behind, half of them in shade, and the landing."""
        return Seen(color=self.step_color, share=0.3), Seen(color=self.step_color)

    def lying(self) -> SetObject:
        """A step over the next one down, seen from above, in the same shadow."""
        surface = "wood" if self.material == "wood" else "concrete"
        color = self.step_color
        return {
            "name": "flat_lay", "surface": surface, "colors": (color,), "gobo": self.gobo, "under": "tread",
            "under_color": color,
        }  # fmt: skip

    def hanging(self) -> SetObject:
        """A wall of the same material, in the same shadow."""
        wall = "wood" if self.material == "wood" else "concrete"
        return {"name": "hanging_wall", "wall": wall, "colors": (self.step_color,), "gobo": self.gobo}
