"""A market stall of wooden crates with fruit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import LARGE, SetObject, colored
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Crates(StrewnSet):
    """A market stall: boards under the product, crates full of fruit to both sides, a striped awning over them."""

    camera_y = 1.45
    made_of = frozenset({"apples", "citrus", "greens", "tomatoes"})
    outdoors = True
    in_scale = True
    hangs_from = "rail"
    behind = ("awning_color", "wood_color")
    free_colors = ("awning_color",)
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -55, "elevation_deg": 42, "softness": 0.4, "color": "#fff3de", "fill": 0.48}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "food": 0.97,
        "drink": 0.9,
        "tableware": 0.7,
        "box": 0.6,
        "bag": 0.5,
        "book": 0.35,
        "beauty": 0.4,
        "electronics": 0.1,
        "jewelry": 0.15,
        "footwear": 0.1,
        "sport": 0.15,
        "garment": 0.1,
    }
    shown_with = ("tea_carton", "mug")

    wood_color: str = colored("#b98a58", "surface")
    """Boards and crates."""
    awning_color: str = colored("#4e7a52", "accent", leans=True)
    """Every other stripe of the awning; the rest are cream."""
    produce: Literal["citrus", "apples", "tomatoes", "greens"] = "citrus"
    """What is in the crates: oranges and lemons, red and green apples, tomatoes and peppers, or cabbages and limes."""

    def lying(self) -> SetObject:
        """Old boards, seen from above, with the fruit of the crates."""
        wood = {"surface": "wood", "colors": (self.wood_color,), "vein_color": "#4a2c18"}
        return {"name": "flat_lay", **wood, "props": self.produce}

    def hanging(self) -> SetObject:
        """A wall of boards."""
        return {"name": "hanging_wall", "wall": "wood", "colors": (self.wood_color,), "vein_color": "#4a2c18"}

    def placed(self, size_class: SizeClass) -> SetObject:
        """The pavement before the stalls: what is large stands on no boards."""
        if size_class not in LARGE:
            return super().placed(size_class)
        paved = {"ground": "concrete", "ground_color": "#a9a198", "place": "city"}
        return {"name": "outdoor_ground", **paved, "produce": self.produce, "stall_color": self.awning_color}
