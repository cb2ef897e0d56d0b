"""A dark room with glowing tubes and a glossy floor."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import LARGE, SMALL, Seen, SetObject, colored
from photoshoot.sets.strewn import StrewnSet

GEL_PAPER: Final = "#8e8e96"
"""The sweep that coloured light falls on."""


@dataclass(frozen=True, kw_only=True)
class NeonRoom(StrewnSet):
    """A dark room with glowing tubes and a glossy floor."""

    carries = (*SMALL, *LARGE)
    camera_y = 1.2
    behind = ("wall_color",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"light": {"intensity": 0.8, "fill": 0.15, "rim": 0.35}}
    shown_with = ("headphones", "sneaker")

    wall_color: str = colored("#26262e")
    """The wall behind the tubes; the floor is darker."""
    wall: Literal["concrete", "brick"] = "concrete"
    """What the wall behind the tubes is of; not of gels."""
    colors: tuple[str, ...] = colored(("#ff2a9a", "#2a7bff"), "light", "glow", "backdrop", leans=True, shines=True)
    """One to four colours of the tubes."""
    shape: Literal["ring", "bars", "gel"] = "ring"
    """A ring with tubes, tubes alone, or coloured light without tubes."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The dim wall, or what coloured light makes of it."""
        if self.shape == "gel":
            return tuple(Seen(color=color, toward=self.wall_color, share=0.45) for color in self.colors)
        return (Seen(color=self.wall_color, share=0.4),)

    @property
    def catches_shadows(self) -> bool:
        """What glows shines from inside the picture."""
        return False

    def lying(self) -> SetObject:
        """The glossy floor, with the tubes lying on it, or paper in coloured light from both sides."""
        if self.shape == "gel":
            return {
                "name": "flat_lay",
                "surface": "paper",
                "colors": (GEL_PAPER,),
                "glow": "gels",
                "glow_colors": self.colors,
            }
        return {
            "name": "flat_lay",
            "surface": "lacquer",
            "colors": (self.wall_color,),
            "glow": "tubes",
            "glow_colors": self.colors,
        }
