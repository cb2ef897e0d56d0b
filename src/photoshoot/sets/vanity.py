"""A dressing table with a mirror."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SetObject, colored
from photoshoot.sets.strewn import StrewnSet

_BULB_GLOW = "#ffe9d4"  # as bright tables show it: a warmer one made lilac and blush orange
_BLACK = 0x50  # the brightest channel of a dark table, which the bulbs' glow would only make brown


@dataclass(frozen=True, kw_only=True)
class Vanity(StrewnSet):
    """A dressing table: a mirror, perhaps with bulbs round it, flacons, jars and powder out of focus."""

    camera_y = 1.35
    in_scale = True
    hangs_from = "rail"
    behind = ("wall_color", "surface_color")
    free_colors = ("wall_color", "accent_color", "surface_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -40, "elevation_deg": 44, "softness": 0.7, "color": "#fff3e6", "fill": 0.55}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "beauty": 0.98,
        "jewelry": 0.95,
        "eyewear": 0.7,
        "bag": 0.6,
        "headwear": 0.5,
        "electronics": 0.3,
        "footwear": 0.25,
        "food": 0.15,
        "drink": 0.2,
        "sport": 0.1,
        "garment": 0.15,
    }
    shown_with = ("bottle",)

    surface_color: str = colored("#f3efea", "surface")
    """The top of the table."""
    wall_color: str = colored("#ead3cd", "backdrop", leans=True)
    """The wall behind it."""
    accent_color: str = colored("#d9a5a0", "accent", "props", leans=True)
    """Flacons, jars and powder."""
    material: Literal["marble", "wood", "lacquer"] = "marble"
    """What the top is made of."""
    mirror: Literal["round", "arch"] = "round"
    """The mirror's shape."""
    bulbs: bool = True
    """Whether lit bulbs stand round the mirror."""

    def lying(self) -> SetObject:
        """The top of the table, seen from above, with cosmetics on it; a pale one in its bulbs' glow."""
        surface = {"lacquer": "paper"}.get(self.material, self.material)
        pale = max(bytes.fromhex(self.surface_color[1:])) > _BLACK
        bulbs = {"glow": "pool", "glow_colors": (_BULB_GLOW,)} if pale else {}
        light = bulbs if self.bulbs else {"gobo": "panes"}
        things = {"props": "cosmetics", "prop_colors": (self.accent_color,)}
        return {"name": "flat_lay", "surface": surface, "colors": (self.surface_color,), **light, **things}

    def hanging(self) -> SetObject:
        """The wall."""
        return {"name": "hanging_wall", "colors": (self.wall_color,)}
