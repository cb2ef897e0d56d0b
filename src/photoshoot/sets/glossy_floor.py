"""A mirror-like floor under a glow."""

from dataclasses import dataclass
from typing import ClassVar

from photoshoot.sets.design import LARGE, SMALL, Seen, SetObject, colored
from photoshoot.sets.strewn import StrewnSet


@dataclass(frozen=True, kw_only=True)
class GlossyFloor(StrewnSet):
    """A mirror-like floor under a glow: the product stands on its own reflection."""

    carries = (*SMALL, *LARGE)
    on_foot = True
    camera_y = 1.15
    behind = ("glow_color", "floor_color")
    free_colors = ("glow_color", "floor_color")
    prompted: ClassVar[SetObject] = {"light": {"softness": 0.5, "intensity": 0.9, "fill": 0.25, "rim": 0.4}}
    shown_with = ("headphones", "bottle")

    floor_color: str = colored("#0c0d10", "surface", "floor")
    """The lacquered floor, which mirrors the product and the glow."""
    glow_color: str = colored("#8f9cba", "backdrop", "glow", "light", leans=True, shines=True)
    """The glow behind the product."""

    @property
    def catches_shadows(self) -> bool:
        """A dark mirror does not."""
        return False

    def seen_colors(self) -> tuple[Seen, ...]:
        """The glow, and the floor's mirror image of it."""
        return Seen(color=self.glow_color, share=0.18), Seen(color=self.glow_color, share=0.38)

    def lying(self) -> SetObject:
        """The floor's slabs, with the glow and lamps mirrored in them; where a spotlight falls, paper that shows it."""
        if self.light.gobo == "spot":
            return {"name": "flat_lay", "surface": "paper", "colors": (self.floor_color,)}
        glow = {"glow": "pool", "glow_colors": (self.glow_color,)}
        return {"name": "flat_lay", "surface": "lacquer", "colors": (self.floor_color,), "joints": True, **glow}
