"""A wall that a garment hangs on: what other sets become where a product hangs."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SMALL, SetDesign, SetObject, colored
from photoshoot.settings import SizeClass, Stance


@dataclass(frozen=True, kw_only=True)
class HangingWall(SetDesign):
    """A wall that a garment hangs on, or that a light product floats before."""

    carries = (*SMALL, SizeClass.WALL)
    only_stance = Stance.HANGING
    behind = ("colors",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"light": {"azimuth_deg": -50, "elevation_deg": 40}}
    shown_with = ("headphones", "sneaker")

    wall: Literal["plaster", "wood", "concrete", "brick", "paper", "fluted"] = "plaster"
    """What the wall is made of."""
    colors: tuple[str, ...] = colored(("#e9e4db",), "backdrop", "surface", leans=True)
    """One to four colours; more than one is a gradient across the wall."""
    vein_color: str = colored("#c3ac8f", "surface", "vein", follows=("colors", None, 0.8))
    """Grain of a wooden wall."""
    holder: Literal["none", "hanger", "rail"] = "hanger"
    """What holds the product: nothing (it floats), a hanger on a peg, or a hanger on a rail."""
    rail_color: str = colored("#c9a468", "accent")
    """The metal or wood of a rail and of what hangs on it; the usual one is brass."""
    gobo: Literal["none", "leaves", "blinds", "panes", "slit"] = "none"
    """What casts shadows on the wall from outside the picture."""

    def leaning(self) -> tuple[str, ...]:
        """A painted wall; wood and concrete keep their colour."""
        return super().leaning() if self.wall in ("paper", "plaster", "fluted") else ()

    def lying(self) -> SetObject:
        """A surface of the same material."""
        colors = {"colors": self.colors, "vein_color": self.vein_color}
        return {
            "name": "flat_lay",
            "surface": "stone" if self.wall == "brick" else self.wall,
            **colors,
            "gobo": self.gobo,
        }

    def upright(self) -> SetObject:
        """The wall behind a table or a platform, or a sweep; where shadows fall in from outside, a room."""
        color = self.colors[0]
        if self.wall == "brick":
            gobo = "panes" if self.gobo == "slit" else self.gobo
            return {"name": "window_room", "wall": "brick", "wall_color": color, "gobo": gobo}
        if self.gobo != "none":
            gobo = "panes" if self.gobo == "slit" else self.gobo
            return {"name": "window_room", "wall_color": color, "floor_color": color, "gobo": gobo}
        if self.wall == "fluted":
            platform = {"backdrop_color": color, "podium_color": color, "backing": "fluted"}
            return {"name": "podium", **platform, "shapes": False}
        if self.wall in ("wood", "concrete"):
            table = {"material": self.wall, "surface_color": color, "vein_color": self.vein_color}
            return {"name": "tabletop", **table, "backdrop_color": self.colors[-1]}
        return {"name": "cyclorama", "colors": self.colors}
