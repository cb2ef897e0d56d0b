"""A surface seen from above, with the product lying on it: what other sets become where a product lies."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import Props, SetDesign, SetObject, colored
from photoshoot.settings import Stance


@dataclass(frozen=True, kw_only=True)
class FlatLay(SetDesign):
    """A surface seen from above, with the product lying on it."""

    only_stance = Stance.LYING
    behind = ("colors",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"light": {"azimuth_deg": -45, "elevation_deg": 50}}
    shown_with = ("bottle", "sneaker", "headphones")

    surface: Literal["paper", "linen", "wood", "marble", "concrete", "plaster"] = "paper"
    """What it lies on."""
    colors: tuple[str, ...] = colored(("#f4f2ee",), "surface", "backdrop", leans=True)
    """One to four colours; more than one is a gradient across the surface."""
    vein_color: str = colored("#c3ac8f", "surface", "vein", follows=("colors", None, 0.8))
    """Grain or veins of wood and marble."""
    gobo: Literal["none", "leaves", "blinds", "panes"] = "none"
    """What casts shadows on it from outside the picture."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = colored((), "props", leans=True)
    """Up to four colours of the props; none: their own."""

    def leaning(self) -> tuple[str, ...]:
        """The props, and the surface where it is painted: wood, stone and natural cloth keep their colour."""
        is_painted = self.surface in ("paper", "plaster")
        return tuple(name for name in super().leaning() if name != "colors" or is_painted)

    def hanging(self) -> SetObject:
        """A wall of the same material; cloth and marble are plaster there."""
        wall = {"linen": "plaster", "marble": "plaster"}.get(self.surface, self.surface)
        colors = {"colors": self.colors, "vein_color": self.vein_color}
        return {"name": "hanging_wall", "wall": wall, **colors, "gobo": self.gobo}

    def upright(self) -> SetObject:
        """A table of its material, a sweep of its paper; where shadows fall in from outside, a room."""
        color = self.colors[0]
        if self.gobo != "none":
            return {"name": "window_room", "wall_color": color, "floor_color": color, "gobo": self.gobo}
        if self.surface == "paper" and self.props == "none":
            return {"name": "cyclorama", "colors": self.colors}
        return {
            "name": "tabletop",
            "material": {"paper": "plain", "plaster": "plain"}.get(self.surface, self.surface),
            "surface_color": color,
            "vein_color": self.vein_color,
            "finish": "satin" if self.surface in ("wood", "marble") else "matte",
            "backdrop_color": self.colors[-1],
            "props": self.props,
            "prop_colors": self.prop_colors,
        }
