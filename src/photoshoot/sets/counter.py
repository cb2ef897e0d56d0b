"""A kitchen or bathroom counter before a tiled wall."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SetObject, colored
from photoshoot.sets.patterned import WovenSet
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Counter(WovenSet, StrewnSet):
    """A kitchen or bathroom counter before a tiled wall."""

    in_scale = True
    hangs_from = "rail"
    behind = ("tile_color", "counter_color")
    free_colors = ("tile_color", "accent_color")
    prompted: ClassVar[SetObject] = {"light": {"azimuth_deg": -55, "softness": 0.5}}
    shown_with = ("mug", "bottle", "tea_carton")

    room: Literal["kitchen", "bathroom"] = "kitchen"
    """What stands in the background."""
    tiles: Literal["subway", "square", "hexagon", "herringbone"] = "subway"
    """How the wall is tiled."""
    tile_color: str = colored("#f1efea", "backdrop", leans=True)
    """The tiles of the wall."""
    counter: Literal["marble", "wood", "stone", "concrete", "linen"] = "marble"
    """What the counter is made of, or laid with."""
    counter_color: str = colored("#eceae6", "surface")
    """Main colour of the counter."""
    vein_color: str = colored("#a9a49c", "surface", "vein", follows=("counter_color", None, 0.8))
    """Grain, veins or speckles of the counter."""
    accent_color: str = colored("#8f9f86", "accent", leans=True)
    """Jars, towels and plants' pots."""
    props: bool = True
    """Things out of focus in the background."""

    @property
    def misfits(self) -> frozenset[str]:
        """What is eaten and drunk, and what it is served on, belongs into kitchens; what is for the skin does not."""
        return frozenset({"food", "drink", "tableware"} if self.room == "bathroom" else {"beauty"})

    def lying(self) -> SetObject:
        """The wall's tiles as a floor, with a slab of the counter on it: a board, or a rug by the bath."""
        if self.room == "bathroom":
            held = {"under": "rug", "under_color": self.accent_color, "props": "leaves" if self.props else "none"}
        else:
            held = {"under": "board", "under_color": "#a9794c", "props": "citrus" if self.props else "none"}
        return {"name": "flat_lay", "surface": "tiles", "tiles": self.tiles, "colors": (self.tile_color,), **held}

    def placed(self, size_class: SizeClass) -> SetObject:
        """A room with a tiled floor and a wall in the tiles' colour."""
        if size_class is SizeClass.GEAR:
            return super().placed(size_class)
        colors = {"wall_color": self.tile_color, "floor_color": self.counter_color, "accent_color": self.accent_color}
        return {"name": "room", "floor": "wood" if self.counter == "wood" else "tiles", "rug": False, **colors}
