"""A made bed, or a sofa, in the light of a window."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from photoshoot.sets.design import SetObject, colored
from photoshoot.sets.patterned import PatternedSet, Weave
from photoshoot.sets.strewn import FLAMES, StrewnSet
from photoshoot.settings import SizeClass

_TRAY = "#9a6b42"


@dataclass(frozen=True, kw_only=True)
class Bed(PatternedSet, StrewnSet):
    """A made bed: a soft duvet under the product, pillows and a headboard behind it, in the light of a window.

    Or the seat of a sofa, and its back.
    """

    camera_y = 1.55
    in_scale = True
    hangs_from = "rail"
    behind = ("wall_color", "accent_color", "linen_color")
    free_colors = ("linen_color", "wall_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -58, "elevation_deg": 38, "softness": 0.3, "color": "#fff2df", "fill": 0.5}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "book": 0.75,
        "beauty": 0.7,
        "toy": 0.7,
        "home": 0.65,
        "tableware": 0.6,
        "electronics": 0.55,
        "jewelry": 0.5,
        "footwear": 0.1,
        "sport": 0.1,
        "drink": 0.3,
        "food": 0.4,
    }

    linen_color: str = colored("#efe9de", "surface", leans=True)
    """The duvet and half of the pillows."""
    pattern: Weave = "none"
    """The pattern of the duvet."""
    wall_color: str = colored("#d8d2c6", "backdrop", leans=True)
    """The wall behind the bed."""
    accent_color: str = colored("#b9a58c", "accent", leans=True, follows=("wall_color", 0.06, 0.8))
    """The headboard and the other pillows."""
    sofa: bool = False
    """Whether it is a sofa, in the linen's colour, with pillows in the accent's."""
    tray: bool = False
    """Whether a wooden tray is on it, with the product and what lies beside it on that."""

    @property
    def has_tray(self) -> bool:
        """Whether there is a tray, which what burns stands on in any case, and on no bedding."""
        return self.tray or not FLAMES.isdisjoint((self.beside, *self.also))

    def lying(self) -> SetObject:
        """The linen and a woven throw on it, or its tray, seen from above, in the light of a window.

        No throw hides a pattern.
        """
        linen = {"surface": "linen", "colors": (self.linen_color,), **self.patterned}
        if self.pattern != "none" and not self.has_tray:
            return {"name": "flat_lay", **linen, "gobo": "panes"}
        throw = {
            "under": "tray" if self.has_tray else "rug",
            "under_color": _TRAY if self.has_tray else self.accent_color,
        }
        return {"name": "flat_lay", **linen, "gobo": "panes", **throw}

    def hanging(self) -> SetObject:
        """The wall, in the light of a window."""
        return {"name": "hanging_wall", "colors": (self.wall_color,), "gobo": "panes"}

    def placed(self, size_class: SizeClass) -> SetObject:
        """The room that the bed stands in; what stands on the ground does so in a loft of its colours."""
        colors = {"wall_color": self.wall_color, "accent_color": self.accent_color}
        if size_class is SizeClass.GEAR:
            return {"name": "room", "style": "loft", "rug": False, **colors}
        if self.sofa:
            return {"name": "room", **colors}
        return {"name": "room", "style": "bedroom", **colors}
