"""A platform before a plain wall."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SMALL, Seen, SetObject, colored
from photoshoot.sets.fading import Fade, seen_fading
from photoshoot.sets.props import Props
from photoshoot.sets.strewn import HeldSet, PlatformMaterial
from photoshoot.settings import SizeClass


@dataclass(frozen=True, kw_only=True)
class Podium(HeldSet):
    """A platform before a plain wall."""

    carries = (*SMALL, SizeClass.FURNITURE)
    takes_two_keys = True
    camera_y = 1.35
    hangs_from = "rail"
    behind = ("backdrop_color", "podium_color")
    free_colors = ("backdrop_color", "podium_color", "accent_color")
    prompted: ClassVar[SetObject] = {"backing": "none", "shapes": False}

    backdrop_color: str = colored("#ecd8c6", "backdrop", "floor", leans=True, follows=("podium_color", 0.03, 0.75))
    """Wall and floor; where they fade, the colour at the bottom, at the left or in the middle."""
    fade_colors: tuple[str, ...] = colored((), "backdrop", leans=True)
    """Up to four colours that they fade into; none: they do not."""
    fade: Fade = "vertical"
    """Which way they do."""
    podium_color: str = colored("#f3e6d8", "surface", leans=True, follows=("backdrop_color", 0.04, 0.8))
    """The platform and what stands behind it."""
    podium_material: PlatformMaterial = "plain"
    """What the platform is made of; ``plain`` is painted."""
    podium_finish: Literal["matte", "satin", "gloss", "mirror"] = "satin"
    """How much a painted platform reflects: nothing, a little, as lacquer does, or as a mirror of its colour."""
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

    def seen_colors(self) -> tuple[Seen, ...]:
        """The wall, as far as it fades in the middle, and the platform."""
        return seen_fading((self.backdrop_color, *self.fade_colors)), Seen(color=self.podium_color)

    def lying(self) -> SetObject:
        """The platform on its floor, fluted where its wall is, from above, with the shapes and props beside it."""
        under = {"round": "disc", "square": "block", "steps": "steps"}[self.shape]
        platform = {"under": under, "under_color": self.podium_color, "under_material": self.podium_material}
        shapes = (self.accent_color, self.podium_color) if self.shapes else ()
        held = {"shape_colors": shapes, "props": self.props, "prop_colors": self.prop_colors}
        surface = "paper" if self.fade_colors else "fluted" if self.backing == "fluted" else "plaster"
        colors = (self.backdrop_color, *self.fade_colors)[:4]
        return {"name": "flat_lay", "surface": surface, "colors": colors, **platform, **held}
