"""A children's room with toys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SMALL, SetDesign, SetObject, colored
from photoshoot.settings import SizeClass

Toy = Literal["ball", "bear", "blocks", "rainbow", "rings", "train"]
"""A toy: a ball, a plush bear, a tower of wooden blocks, a wooden rainbow, rings on a peg, or a wooden train."""


@dataclass(frozen=True, kw_only=True)
class Playroom(SetDesign):
    """A children's room: a soft rug, wooden toys, hills or a rainbow painted on the wall, and bunting over them."""

    camera_y = 1.45
    carries = (*SMALL, SizeClass.FURNITURE)
    in_scale = True
    behind = ("wall_color", "toy_colors", "rug_color")
    free_colors = ("toy_colors", "wall_color", "rug_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -50, "elevation_deg": 46, "softness": 0.6, "color": "#fff5e6", "fill": 0.55}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "toy": 0.98,
        "book": 0.75,
        "footwear": 0.55,
        "bag": 0.55,
        "headwear": 0.6,
        "tableware": 0.5,
        "food": 0.45,
        "drink": 0.4,
        "beauty": 0.35,
        "electronics": 0.3,
        "jewelry": 0.1,
        "garment": 0.2,
    }
    shown_with = ("mug", "sneaker")

    wall_color: str = colored("#eaf1ee", "backdrop", leans=True)
    """The wall over the painted hills."""
    mural: Literal["hills", "rainbow"] = "hills"
    """What is painted on it: hills, or a rainbow over them."""
    rug_color: str = colored("#f3e7d6", "surface", leans=True)
    """The rug under the product."""
    floor_color: str = colored("#d3b287", "floor", "ground")
    """The boards of the floor."""
    toy_colors: tuple[str, ...] = colored(("#f0a7a0", "#f4cf7c", "#8fc3b5", "#8fb3dc"), "accent", "props", leans=True)
    """One to four colours of the toys, the hills and the bunting."""
    toys: tuple[Toy, ...] = ()
    """The toys that stand nearest to the product, the first of them nearest; the others follow as chance has it."""

    def lying(self) -> SetObject:
        """The rug on the boards, with blocks and balls in the toys' colours."""
        wood = {"surface": "wood", "colors": (self.floor_color,), "vein_color": "#8a6238"}
        rug = {"under": "rug", "under_color": self.rug_color, "shape_colors": self.toy_colors}
        return {"name": "flat_lay", **wood, **rug, "gobo": "panes"}

    def hanging(self) -> SetObject:
        """The wall, in the light of a window."""
        return {"name": "hanging_wall", "colors": (self.wall_color,), "gobo": "panes"}
