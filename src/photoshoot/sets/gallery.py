"""A gallery: framed pictures under spotlights, and a plinth."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import Seen, SetDesign, SetObject, colored
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Gallery(SetDesign):
    """A gallery: a plain wall with framed pictures under spotlights, and a plinth."""

    camera_y = 1.4
    shows = (-15.0, 1.2)  # the wall of pictures
    hangs_from = "rail"
    behind = ("wall_color", "plinth_color")
    free_colors = ("wall_color", "accent_color")
    prompted: ClassVar[SetObject] = {"light": {"elevation_deg": 56, "softness": 0.4}}
    shown_with = ("sneaker", "headphones", "mug")

    wall_color: str = colored("#f0eee9", "backdrop", leans=True)
    """The wall that the pictures hang on."""
    floor: Literal["wood", "concrete"] = "wood"
    """What the floor is made of."""
    floor_color: str = colored("#b58d62", "floor")
    """Main colour of the floor."""
    accent_color: str = colored("#c2543a", "accent", leans=True)
    """Main colour of the pictures on the wall."""
    plinth_color: str = colored("#f6f5f2", "surface")
    """The plinth that the product stands on."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """Wall and plinth in the room's dim light."""
        return Seen(color=self.wall_color, share=0.15), Seen(color=self.plinth_color, share=0.12)

    def lying(self) -> SetObject:
        """The plinth on the floor, in the light of the gallery's windows."""
        plinth = {"under": "block", "under_color": self.plinth_color}
        floor = {"surface": self.floor, "colors": (self.floor_color,), "vein_color": "#5a3f28"}
        return {"name": "flat_lay", **floor, **plinth, "gobo": "panes"}

    def placed(self, size_class: SizeClass) -> SetObject:
        """A plain room with the gallery's floor and pictures in its colours."""
        if size_class is SizeClass.GEAR:
            return super().placed(size_class)
        colors = {"wall_color": self.wall_color, "floor_color": self.floor_color, "accent_color": self.accent_color}
        return {"name": "room", "floor": self.floor, "rug": False, **colors}
