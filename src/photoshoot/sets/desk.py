"""A desk, mostly with a screen, and what one works with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import LARGE, SetObject, colored
from photoshoot.sets.light import NO_LAMP
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass

_DIM = "#6d727b"  # of what would be glaring in coloured light


@dataclass(frozen=True, kw_only=True)
class Desk(StrewnSet):
    """A desk before a wall: a screen, a keyboard, a lamp, books and plants, out of focus."""

    camera_y = 1.4
    in_scale = True
    hangs_from = "rail"
    behind = ("wall_color", "desk_color")
    free_colors = ("accent_color", "wall_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -58, "elevation_deg": 40, "softness": 0.35, "color": "#fff4e2", "fill": 0.5}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "electronics": 0.97,
        "book": 0.85,
        "tableware": 0.75,
        "box": 0.6,
        "bag": 0.55,
        "eyewear": 0.65,
        "toy": 0.5,
        "food": 0.35,
        "sport": 0.2,
        "footwear": 0.15,
        "garment": 0.1,
    }
    shown_with = ("headphones", "mug")

    desk_color: str = colored("#c39a6b", "surface")
    """The top of the desk."""
    wall_color: str = colored("#e6e2da", "backdrop", leans=True)
    """The wall behind it."""
    accent_color: str = colored("#5d7f86", "accent", leans=True)
    """Lamp, cup and books."""
    material: Literal["wood", "laminate"] = "wood"
    """What the top is made of; ``laminate`` is one plain colour."""
    screen: Literal["monitor", "laptop", "none"] = "monitor"
    """What stands on it; ``none``: a desk to write at."""
    screen_colors: tuple[str, ...] = colored(("#1f3b73", "#4f8fc9", "#f0b48a"), shines=True)
    """One to four colours on the screen, from its top down."""
    strip_color: str = colored(NO_LAMP, "glow", shines=True)
    """Light strips behind the desk and under the screen; black: there are none."""

    @property
    def _lamps(self) -> tuple[str, str]:
        return self.strip_color, self.screen_colors[-1]

    def lying(self) -> SetObject:
        """The top of the desk, seen from above: in a window's light, or in the strips' and the screen's."""
        glows = self.strip_color != NO_LAMP
        surface = "wood" if self.material == "wood" else "plaster" if glows else "paper"
        gobo = "none" if glows else "panes"
        shining = {"glow": "gels", "glow_colors": self._lamps} if glows else {}
        wood = {"vein_color": "#4a2c18"} if surface == "wood" else {}
        pens = {"props": "school", "prop_colors": (self.accent_color, _DIM if glows else "#e9e2d4", "#3c4a57")}
        colors = {"colors": (self.desk_color,), **wood}
        return {"name": "flat_lay", "surface": surface, "glued": True, **colors, "gobo": gobo, **pens, **shining}

    def hanging(self) -> SetObject:
        """The wall, in the light of a window."""
        return {"name": "hanging_wall", "colors": (self.wall_color,), "gobo": "panes"}

    def placed(self, size_class: SizeClass) -> SetObject:
        """What is large stands in a room of its colours: in the light of its strips, or before a loft's wall."""
        if size_class not in LARGE:
            return super().placed(size_class)
        if self.strip_color != NO_LAMP:
            return {"name": "neon_room", "wall_color": self.wall_color, "shape": "bars", "colors": self._lamps}
        loft = {"style": "loft", "rug": False} if size_class is SizeClass.GEAR else {}
        return {"name": "room", "wall_color": self.wall_color, "accent_color": self.accent_color, **loft}
