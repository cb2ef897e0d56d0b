"""A slab among rough rocks before a plain wall."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import Seen, SetObject, colored
from photoshoot.sets.location import PLACE_COLORS
from photoshoot.sets.strewn import NightSky, StrewnSet

_WATER: Final = "#35606b"
"""A brook's, seen from above."""


@dataclass(frozen=True, kw_only=True)
class Rocks(StrewnSet):
    """A slab among rough rocks before a plain wall or in a real place."""

    camera_y = 1.35
    made_of = frozenset({"rocks"})
    outdoors = True
    hangs_from = "branch"
    behind = ("backdrop_color", "rock_color")
    free_colors = ("rock_color", "backdrop_color")
    unpainted = ("water",)
    prompted: ClassVar[SetObject] = {"light": {"softness": 0.25, "azimuth_deg": -55}}

    rock_color: str = colored("#9b948a", "surface")
    """The rocks and the slab under the product."""
    ground: Literal["rock", "sand", "pebbles", "moss", "soil"] = "sand"
    """What lies between the rocks."""
    ground_color: str = colored("#cbb79a", "ground", "floor", "props", follows=("rock_color", 0.14, 0.8))
    """The sand, pebbles, moss or soil."""
    brook: bool = False
    """Whether a brook runs between them, round the slab; then moss grows on them, in the ground's colour."""
    wet: bool = False
    """Whether rocks and ground are wet: darker, and the stones shine."""
    backdrop_color: str = colored("#d8cfc2", "backdrop", leans=True, follows=("rock_color", 0.2, 0.6))
    """The wall behind the rocks."""
    place: Literal[
        "none", "clear_sky", "forest", "forest_at_night", "night", "park", "park_at_night", "sky", "sunrise", "sunset"
    ] = "none"
    """What real place is seen behind, out of focus, by its panorama in ``presets/environments``; none: the wall."""
    heading_deg: float = -70.0
    """Which way the camera looks there, -180 to 180."""
    night_sky: NightSky = "none"
    """What is in the sky of the place ``night``."""
    plants: Literal["none", "leaves", "grass", "petals"] = "none"
    """What grows or lies between the rocks."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The wall or the place, and the rocks."""
        behind = self.backdrop_color if self.place == "none" else PLACE_COLORS[self.place]
        return Seen(color=behind), Seen(color=self.rock_color)

    def lying(self) -> SetObject:
        """The slab among the rocks, on the same ground; grass from above is leaves."""
        props = "leaves" if self.plants == "grass" else self.plants
        if self.brook:
            water = {"surface": "water", "colors": (_WATER,), "vein_color": self.rock_color, "ripples": 0.4}
            return {"name": "flat_lay", **water, "under": "slab", "under_color": self.rock_color, "wet": self.wet}
        slab = {"under": "slab", "under_color": self.rock_color, "wet": self.wet}
        return {"name": "flat_lay", "surface": self.ground, "colors": (self.ground_color,), **slab, "props": props}

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return "forest"
