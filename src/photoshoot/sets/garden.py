"""A table in a garden in flower."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import Seen, SetObject, colored
from photoshoot.sets.patterned import PatternedSet, Weave
from photoshoot.sets.props import Props
from photoshoot.sets.strewn import HeldSet
from photoshoot.settings import SizeClass

_LEAVES = "#66754a"  # of bushes and the lawn behind them, out of focus
_LEAFY = 0.6  # how far what is seen of a bush is its leaves


@dataclass(frozen=True, kw_only=True)
class Garden(PatternedSet, HeldSet):
    """A table in a garden: bushes in flower and trees out of focus behind it, the shade of leaves on it."""

    camera_y = 1.35
    outdoors = True
    hangs_from = "branch"
    behind = ("flower_colors", "table_color")
    free_colors = ("flower_colors",)
    unpainted = ("water", "sky", "backdrop")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -52, "elevation_deg": 44, "softness": 0.3, "color": "#fff2d8", "fill": 0.48}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "drink": 0.9,
        "food": 0.9,
        "tableware": 0.9,
        "beauty": 0.85,
        "home": 0.6,
        "book": 0.65,
        "eyewear": 0.6,
        "jewelry": 0.6,
        "headwear": 0.6,
        "bag": 0.5,
        "footwear": 0.3,
        "electronics": 0.2,
        "sport": 0.3,
        "garment": 0.25,
    }
    shown_with = ("bottle", "tea_carton", "mug")

    material: Literal["wood", "stone", "marble", "linen"] = "wood"
    """What the table is made of; ``linen`` is a cloth over it."""
    pattern: Literal[Weave, "terrazzo"] = "none"
    """The pattern of the cloth or the stone."""
    table_color: str = colored("#b4926a", "surface")
    """The table, or its cloth."""
    flower_colors: tuple[str, ...] = colored(("#f0c3cf", "#f7efe8", "#e59bb2"), "props", "accent")
    """One to four colours of the flowers."""
    shade: bool = True
    """Whether the shade of leaves lies on the table."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = colored(())
    """Up to four colours of these; none: their own."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """Blossoms among leaves, and the table."""
        bushes = (Seen(color=color, toward=_LEAVES, share=_LEAFY) for color in self.flower_colors)
        return (*bushes, Seen(color=self.table_color))

    def lying(self) -> SetObject:
        """The table seen from above, in the same shade, petals on it."""
        veins = {"wood": {"vein_color": "#5a3c22"}, "marble": {"vein_color": "#9a968f"}}.get(self.material, {})
        props = {"props": "petals", "prop_colors": self.flower_colors}
        if self.props != "none":
            props = {"props": self.props, "prop_colors": self.prop_colors}
        gobo = "leaves" if self.shade else "none"
        return {
            "name": "flat_lay",
            "surface": self.material,
            "colors": (self.table_color,),
            "gobo": gobo,
            **veins,
            **props,
            **self.patterned,
        }

    def hanging(self) -> SetObject:
        """A limewashed wall in the shade of leaves."""
        return {"name": "hanging_wall", "colors": ("#e8e2d4",), "gobo": "leaves"}

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return "park"

    def placed(self, size_class: SizeClass) -> SetObject:
        """A path of earth before its bushes for vehicles, and what others become for the rest."""
        if size_class is SizeClass.GEAR:
            path = {"ground": "trail", "ground_color": "#a08a6c", "flower_colors": self.flower_colors}
            return {"name": "outdoor_ground", **path}
        return super().placed(size_class)
