"""A coloured sweep with things strewn on its floor and things in the air."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import LARGE, SMALL, Seen, SetObject, colored
from photoshoot.sets.props import Props
from photoshoot.sets.strewn import HeldSet


@dataclass(frozen=True, kw_only=True)
class Celebration(HeldSet):
    """A coloured sweep with things strewn on its floor and things in the air."""

    carries = (*SMALL, *LARGE)
    takes_two_keys = True
    camera_y = 1.5
    behind = ("backdrop_color",)
    free_colors = ("backdrop_color", "prop_colors")
    prompted: ClassVar[SetObject] = {"props": "none"}

    backdrop_color: str = colored("#f3c9d2", "backdrop", "surface", "floor", "glow", leans=True)
    """Wall and floor, one colour."""
    props: Props = "confetti"
    """What lies on the floor."""
    prop_colors: tuple[str, ...] = colored((), "props", "accent", leans=True)
    """Up to four colours of the props; none: their own."""
    air: Literal[
        "none",
        "autumn_leaves",
        "balloons",
        "citrus",
        "coffee",
        "confetti",
        "drops",
        "hearts",
        "ice",
        "leaves",
        "petals",
        "snow",
        "stars",
        "streamers",
    ] = "none"
    """What hangs, falls or is tossed beside and behind the product: cut ``citrus``, ``coffee`` beans, ``drops`` of
    water, ``ice`` among such drops."""
    backdrop: Literal["sweep", "bokeh", "glow"] = "sweep"
    """A seamless sweep, discs of light out of focus, or a soft pool of light in the dark."""
    finish: Literal["matte", "satin", "gloss"] = "matte"
    """How much the floor reflects."""

    def leaning(self) -> tuple[str, ...]:
        """The sweep's paper and the props; blurred lights and a glow keep their colour."""
        return tuple(name for name in super().leaning() if name != "backdrop_color" or self.backdrop == "sweep")

    def seen_colors(self) -> tuple[Seen, ...]:
        """The backdrop, and the floor in its light; lights out of focus are dimmer than their colour."""
        lit = Seen(color=self.backdrop_color)
        return (Seen(color=self.backdrop_color, share=0.4), lit) if self.backdrop == "bokeh" else (lit,)

    def lying(self) -> SetObject:
        """The floor; what is in the air has come down, and a glossy one mirrors what shines behind the product."""
        fallen = "confetti" if self.air == "streamers" else self.air
        props = fallen if self.props == "none" else self.props
        looks: SetObject = {"surface": "paper"}
        if self.finish == "gloss":
            glow = {"sweep": "none", "bokeh": "lights", "glow": "pool"}[self.backdrop]
            looks = {"surface": "lacquer", "glow": glow, "glow_colors": (self.backdrop_color,)}
        colors = {"colors": (self.backdrop_color,), "prop_colors": self.prop_colors}
        return {"name": "flat_lay", **colors, **looks, "props": props}
