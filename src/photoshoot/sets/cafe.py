"""A table on a café's terrace."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import LARGE, Seen, SetObject, colored
from photoshoot.sets.location import PLACE_COLORS
from photoshoot.sets.patterned import WovenSet
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass

_FRONT: Final = "#6b5a4a"
"""A café's front on average: stone over dark windows."""
_STREET: Final = "city"
"""The real place that is like what lies round it."""


@dataclass(frozen=True, kw_only=True)
class Cafe(WovenSet, StrewnSet):
    """A small round table on a café's terrace: coffee on it, chairs and a real street out of focus behind it."""

    made_of = frozenset({"coffee", "coffee_cups"})
    camera_y = 1.25
    in_scale = True
    outdoors = True
    hangs_from = "rail"
    behind = ("table_color",)
    free_colors = ("accent_color",)
    unpainted = ("water", "backdrop", "sky")
    prompted: ClassVar[SetObject] = {
        "place": "front",
        "heading_deg": -20,
        "light": {"azimuth_deg": -58, "elevation_deg": 36, "softness": 0.4, "color": "#fff2dd", "fill": 0.45},
    }
    suits: ClassVar[Mapping[str, float]] = {
        "food": 0.95,
        "drink": 0.95,
        "tableware": 0.9,
        "eyewear": 0.8,
        "book": 0.75,
        "bag": 0.65,
        "electronics": 0.55,
        "jewelry": 0.5,
        "beauty": 0.5,
        "footwear": 0.15,
        "sport": 0.15,
        "garment": 0.15,
    }
    shown_with = ("mug", "tea_carton", "bottle")

    place: Literal["bridge", "city", "dawn", "esplanade", "front", "lobby", "park", "sunrise", "sunset", "venice"] = (
        "city"
    )
    """The panorama behind it, by its file in ``presets/environments``; or the café's own front, with an awning."""
    heading_deg: float = 0.0
    """Which way the camera looks in it, -180 to 180."""
    material: Literal["marble", "wood", "plain", "linen"] = "marble"
    """What the table's top is made of, or laid with."""
    table_color: str = colored("#f1eeea", "surface")
    """The table's top."""
    accent_color: str = colored("#8c2f2a", "accent")
    """The frames of the chairs, and the band of the cup."""
    served: bool = True
    """Whether a cup of coffee and a small vase stand on it."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The place and the table."""
        behind = _FRONT if self.place == "front" else PLACE_COLORS[self.place]
        return Seen(color=behind), Seen(color=self.table_color)

    def lying(self) -> SetObject:
        """The table's top, seen from above in the shade of leaves, coffee beans on it."""
        surface = {"plain": "paper"}.get(self.material, self.material)
        props = "coffee" if self.served else "none"
        return {
            "name": "flat_lay",
            "surface": surface,
            "glued": True,
            "colors": (self.table_color,),
            "gobo": "leaves",
            "props": props,
            **self.woven,
        }

    def hanging(self) -> SetObject:
        """A wall in the accent's colour, in the shade of leaves."""
        return {"name": "hanging_wall", "colors": (self.accent_color,), "gobo": "leaves"}

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return _STREET if self.place == "front" else self.place

    def placed(self, size_class: SizeClass) -> SetObject:
        """Its place: vehicles stand on the pavement before its chairs and tables, furniture on a terrace."""
        if size_class not in LARGE:
            return super().placed(size_class)
        where = {"place": self.terrace, "heading_deg": self.heading_deg}
        if size_class is SizeClass.GEAR:
            paved = {"ground": "concrete", "ground_color": "#a9a198"}
            return {"name": "outdoor_ground", **where, **paved, "seats": True, "seat_color": self.accent_color}
        return {"name": "room", "style": "terrace", "accent_color": self.accent_color, **where}
