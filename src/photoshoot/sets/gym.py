"""A dark training hall of concrete."""

from dataclasses import dataclass
from typing import ClassVar

from photoshoot.sets.design import SMALL, SetDesign, SetObject, colored
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Gym(SetDesign):
    """A dark training hall of concrete: rubber floor, strip lights, weights out of focus."""

    carries = (*SMALL, SizeClass.GEAR)
    on_foot = True
    camera_y = 1.2
    in_scale = True
    shows = (-17.0, 1.9)  # lamps on the far wall
    behind = ("wall_color", "floor_color")
    free_colors = ("accent_color", "wall_color")
    prompted: ClassVar[SetObject] = {"light": {"softness": 0.3, "rim": 0.45, "intensity": 0.9, "fill": 0.3}}
    shown_with = ("sneaker", "headphones")

    wall_color: str = colored("#4b4c4f", "backdrop")
    """The concrete of the wall."""
    floor_color: str = colored("#2a2a2c", "surface", "floor")
    """Rubber or concrete floor."""
    accent_color: str = colored("#ff5a1f", "accent", "glow", "light", leans=True, shines=True)
    """Strip lights and the weights' rims."""
    weights: bool = True
    """Kettlebells, plates and a rack in the background; without them it is a bare concrete hall."""
    strips: bool = False
    """Strip lights in a bare hall, too, in place of a slit of daylight; a hall with weights always has them."""

    def lying(self) -> SetObject:
        """The rubber floor in a pool of the strips' light, or bare concrete under a hall's windows."""
        if not self.weights and not self.strips:
            return {"name": "flat_lay", "surface": "concrete", "colors": (self.floor_color,), "gobo": "panes"}
        glow = {"glow": "pool", "glow_colors": (self.accent_color,)}
        surface = "rubber" if self.weights else "concrete"
        return {"name": "flat_lay", "surface": surface, "colors": (self.floor_color,), **glow}
