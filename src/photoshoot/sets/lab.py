"""A laboratory bench with glassware."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SetObject, colored
from photoshoot.sets.strewn import StrewnSet


@dataclass(frozen=True, kw_only=True)
class Lab(StrewnSet):
    """A clean laboratory bench: flasks, tubes and dishes with coloured liquids before a wall that glows."""

    takes_two_keys = True
    camera_y = 1.35
    in_scale = True
    hangs_from = "rail"
    behind = ("wall_color", "bench_color")
    free_colors = ("liquid_colors", "wall_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -45, "elevation_deg": 48, "softness": 0.75, "color": "#f2f8ff", "fill": 0.6}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "beauty": 0.95,
        "drink": 0.6,
        "electronics": 0.7,
        "box": 0.7,
        "food": 0.35,
        "eyewear": 0.5,
        "jewelry": 0.35,
        "tableware": 0.4,
        "footwear": 0.3,
        "home": 0.2,
        "garment": 0.1,
    }
    shown_with = ("bottle",)

    beside_colors: tuple[str, ...] = colored(())
    """Up to four colours of what lies or stands beside the product; none: its own. Words for things colour liquids."""
    bench_color: str = colored("#f2f4f5", "surface")
    """The top of the bench."""
    wall_color: str = colored("#dfeaf1", "backdrop", leans=True)
    """The wall behind it, and the glow of its window of frosted glass."""
    liquid_colors: tuple[str, ...] = colored(("#5fb4e0", "#8fd3c8", "#f0b45a"), "accent", "props")
    """One to four colours of what is in the glasses."""
    bench: Literal["plain", "steel"] = "plain"
    """What the bench is made of."""

    def lying(self) -> SetObject:
        """The bench, seen from above, plain or shining steel, with dishes and glasses on it."""
        glasses = {"props": "labware", "prop_colors": self.liquid_colors}
        if self.bench == "steel":
            shining = {"glow": "pool", "glow_colors": (self.wall_color,)}
            return {"name": "flat_lay", "surface": "lacquer", "colors": (self.bench_color,), **shining, **glasses}
        return {"name": "flat_lay", "surface": "tiles", "tiles": "square", "colors": (self.bench_color,), **glasses}

    def hanging(self) -> SetObject:
        """The wall."""
        return {"name": "hanging_wall", "colors": (self.wall_color,)}
