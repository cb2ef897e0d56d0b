"""A dark room with glowing tubes."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import LARGE, SMALL, Seen, SetObject, colored
from photoshoot.sets.strewn import StrewnSet

GEL_PAPER: Final = "#8e8e96"
"""The sweep that coloured light falls on."""
FLOOR_COLOR: Final = "#8f8d8a"
"""The floor's, where none is asked for."""


@dataclass(frozen=True, kw_only=True)
class NeonRoom(StrewnSet):
    """A dark room with glowing tubes, or coloured light, over a glossy floor or one of a material."""

    carries = (*SMALL, *LARGE)
    on_foot = True
    camera_y = 1.2
    behind = ("wall_color",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"light": {"intensity": 0.8, "fill": 0.15, "rim": 0.35}}
    shown_with = ("headphones", "sneaker")

    wall_color: str = colored("#26262e")
    """The wall behind the tubes; the floor is darker."""
    wall: Literal["concrete", "brick"] = "concrete"
    """What the wall behind the tubes is of; not of gels."""
    floor: Literal["lacquer", "concrete", "marble", "stone", "wood"] = "lacquer"
    """What the product stands on: lacquer half as light as the wall (under gels paper), or a material."""
    floor_color: str = colored(FLOOR_COLOR, "surface", "floor")
    """Main colour of a floor that is of a material, or of lacquer where it is another than this one."""
    vein_color: str = colored("#55504a", "surface", "vein", "accent", follows=("floor_color", None, 0.8))
    """Grain, veins or speckles of a floor of marble, stone or wood."""
    finish: Literal["matte", "satin", "gloss"] = "satin"
    """How much a floor of a material reflects; a wet one is ``gloss``."""
    colors: tuple[str, ...] = colored(("#ff2a9a", "#2a7bff"), "light", "glow", "backdrop", leans=True, shines=True)
    """One to four colours of the tubes or gels; of gels, a fixed light's side is the first one's."""
    shape: Literal["ring", "bars", "gel"] = "ring"
    """A ring with tubes, tubes alone, or coloured light without tubes."""

    @property
    def has_floor(self) -> bool:
        """Whether a floor was asked for: of a material, or lacquer of a colour of its own."""
        return self.floor != "lacquer" or self.floor_color != FLOOR_COLOR

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
        glow: SetObject = {"glow": "gels" if self.shape == "gel" else "tubes", "glow_colors": self.colors}
        if self.floor != "lacquer":
            surface = {"surface": self.floor, "colors": (self.floor_color,), "vein_color": self.vein_color}
        elif self.has_floor:
            surface = {"surface": "lacquer", "colors": (self.floor_color,)}
        elif self.shape == "gel":
            surface = {"surface": "paper", "colors": (GEL_PAPER,)}
        else:
            surface = {"surface": "lacquer", "colors": (self.wall_color,)}
        return {"name": "flat_lay", **surface, **glow}
