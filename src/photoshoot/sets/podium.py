"""A platform before a plain wall."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import Props, SetDesign, SetObject, colored


@dataclass(frozen=True, kw_only=True)
class Podium(SetDesign):
    """A platform before a plain wall."""

    camera_y = 1.35
    behind = ("backdrop_color", "podium_color")
    free_colors = ("backdrop_color", "podium_color", "accent_color")
    prompted: ClassVar[SetObject] = {"backing": "none", "shapes": False}

    backdrop_color: str = colored("#ecd8c6", "backdrop", leans=True, follows=("podium_color", 0.03, 0.75))
    """Wall and floor, one colour."""
    podium_color: str = colored("#f3e6d8", "surface", leans=True, follows=("backdrop_color", 0.04, 0.8))
    """The platform and what stands behind it."""
    accent_color: str = colored("#d07c55", "accent", leans=True, follows=("podium_color", -0.14, 1.2))
    """Spheres, blocks and other small shapes."""
    shape: Literal["round", "square", "steps"] = "round"
    """The platform's plan."""
    backing: Literal["none", "arch", "disc", "fluted"] = "arch"
    """What stands behind."""
    shapes: bool = True
    """Geometric blocks and balls at the sides."""
    props: Props = "none"
    """What lies round the platform."""
    prop_colors: tuple[str, ...] = colored((), "props", leans=True)
    """Up to four colours of the props; none: their own."""

    def lying(self) -> SetObject:
        """The wall's plaster, with the props on it."""
        colors = (self.backdrop_color,)
        held = {"props": self.props, "prop_colors": self.prop_colors}
        return {"name": "flat_lay", "surface": "plaster", "colors": colors, **held}

    def hanging(self) -> SetObject:
        """The wall, with its flutes where it has them."""
        wall = "fluted" if self.backing == "fluted" else "plaster"
        return {"name": "hanging_wall", "wall": wall, "colors": (self.backdrop_color,)}
