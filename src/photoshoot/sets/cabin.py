"""By the window of a wooden cabin, in the snow or in summer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from photoshoot.sets.design import SetObject, colored
from photoshoot.sets.strewn import HeldSet
from photoshoot.settings import SizeClass

_DAYLIGHT = "#f4f7ff"
_PLASTER = "#d3bba8"  # of a room of its woods


@dataclass(frozen=True, kw_only=True)
class Cabin(HeldSet):
    """A table by the window of a log cabin, firs outside in snow or green, lights and warm things inside."""

    camera_y = 1.4
    in_scale = True
    hangs_from = "rail"
    behind = ("wall_color", "table_color")
    free_colors = ("textile_color",)
    unpainted = ("water",)
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -48, "elevation_deg": 40, "softness": 0.5, "color": "#ffe0b8", "fill": 0.4}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "drink": 0.9,
        "tableware": 0.9,
        "food": 0.85,
        "home": 0.8,
        "book": 0.8,
        "headwear": 0.75,
        "beauty": 0.65,
        "toy": 0.6,
        "jewelry": 0.5,
        "electronics": 0.4,
        "sport": 0.4,
        "footwear": 0.35,
        "garment": 0.2,
    }
    shown_with = ("mug", "tea_carton")

    table_color: str = colored("#8d5f39", "surface")
    """The boards of the table."""
    wall_color: str = colored("#9a6b42", "backdrop")
    """The logs of the wall."""
    textile_color: str = colored("#a3332c", "accent", leans=True)
    """Curtains and a knitted blanket."""
    sky_colors: tuple[str, ...] = colored(("#eef3f8", "#b9cfe4"), "sky", shines=True)
    """One to four colours outside, first at the horizon: a pale day, or a blue dusk."""
    snow: bool = True
    """Whether it is winter outside; else the mountains are green there, in whatever light the sky has."""
    lights: bool = True
    """Whether a string of small lights hangs along the window."""
    fireplace: bool = False
    """Whether a fire burns in a chimney of field stones beside the window."""
    props: Literal[
        "none",
        "autumn",
        "autumn_leaves",
        "books",
        "candles",
        "coffee",
        "gifts",
        "hearts",
        "leaves",
        "ornaments",
        "pine",
        "stars",
        "tea",
    ] = "none"
    """What lies beside the product."""

    def lying(self) -> SetObject:
        """The boards of the table, seen from above."""
        wood = {"surface": "wood", "colors": (self.table_color,), "vein_color": "#3a2213"}
        props = "pine" if self.props == "none" else self.props
        return {"name": "flat_lay", **wood, "props": props, "glow": "lights" if self.lights else "none"}

    def hanging(self) -> SetObject:
        """The wall of boards."""
        return {"name": "hanging_wall", "wall": "wood", "colors": (self.wall_color,), "vein_color": "#3a2213"}

    def placed(self, size_class: SizeClass) -> SetObject:
        """A room of its woods with the same outside; what stands on the ground does so on its terrace."""
        if size_class is SizeClass.GEAR:
            light = replace(self.light, color=_DAYLIGHT)  # lamplight makes sand of snow
            return {"name": "room", "style": "terrace", "accent_color": self.textile_color, "light": light}
        if size_class in self.carries:
            return super().placed(size_class)
        colors = {"floor_color": self.table_color, "accent_color": self.textile_color}
        return {"name": "room", "wall_color": _PLASTER, "fireplace": self.fireplace, **colors}
