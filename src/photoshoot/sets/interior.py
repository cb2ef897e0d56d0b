"""A corner of a room, out of focus."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import Seen, SetObject, colored
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass

_DAYLIGHT = "#ece4d4"  # of the windows, as it stands in the presets' plates
_WINDOW = {"azimuth_deg": -60, "elevation_deg": 38, "color": "#fff0de", "intensity": 0.95}


Furnishing = Literal[
    "armchair", "bookshelf", "christmas_tree", "clock", "fireplace", "lamp", "pictures", "plant", "sofa"
]
"""What may stand or hang in a room behind a product; ``clock`` is one with rays, a fire burns in the ``fireplace``."""


@dataclass(frozen=True, kw_only=True)
class Interior(StrewnSet):
    """A corner of a room, out of focus, with the product on a sideboard or desk."""

    camera_y = 1.35
    shows = (-20.0, 1.0)  # the room's wall
    hangs_from = "rail"
    behind = ("wall_color", "furniture_color")
    free_colors = ("accent_color", "wall_color")
    prompted: ClassVar[SetObject] = {"light": _WINDOW}
    shown_with = ("mug", "headphones", "tea_carton")

    wall_color: str = colored("#d9d2c5", "backdrop")
    """The wall of the room."""
    furniture_color: str = colored("#8a5a33", "surface")
    """The wood of the sideboard the product stands on."""
    accent_color: str = colored("#a39d86", "accent", leans=True)
    """Lamp, vase, sofa and chair."""
    room: Literal["office", "living"] = "office"
    """What stands in the background."""
    furnished: tuple[Furnishing, ...] = ()
    """What of it is surely seen, to both sides of the product; the rest is as chance has it."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The wall, bright with windows, the seat before it, and the wood."""
        wall = Seen(color=self.wall_color, toward=_DAYLIGHT, share=0.45)
        seat = Seen(color=self.accent_color, toward=self.wall_color, share=0.5)
        return wall, seat, Seen(color=self.furniture_color)

    def lying(self) -> SetObject:
        """A rug on the room's wooden floor, in the light of a window."""
        wood = {"surface": "wood", "colors": (self.furniture_color,), "vein_color": "#4a2c18"}
        rug = {"under": "rug", "under_color": self.wall_color}
        return {"name": "flat_lay", **wood, **rug, "gobo": "panes"}

    def placed(self, size_class: SizeClass) -> SetObject:
        """The room itself, to scale; what stands on the ground does so outside."""
        if size_class is SizeClass.GEAR:
            return super().placed(size_class)
        colors = {"wall_color": self.wall_color, "accent_color": self.accent_color}
        tree = "christmas_tree" in self.furnished and size_class is not SizeClass.WALL  # none is seen beside a picture
        colors |= {"floor_color": self.furniture_color}
        return {"name": "room", "fireplace": "fireplace" in self.furnished, "christmas_tree": tree, **colors}
