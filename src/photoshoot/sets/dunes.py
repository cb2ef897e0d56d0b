"""Dunes of sand or snow under a wide sky."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import HORIZON, LARGE, SMALL, Seen, SetObject, colored
from photoshoot.sets.strewn import OpenSet
from photoshoot.settings import SizeClass

ASPHALT: Final = "#5b5c5e"
"""Dry asphalt in full light."""
_MOONLIT = ("#3f5080", 0.45)  # what the ground's colour is mixed with by night, and how much of that is in it
_LOW_SUN = {"azimuth_deg": -60, "elevation_deg": 28, "softness": 0.15, "color": "#fff0da"}


@dataclass(frozen=True, kw_only=True)
class Dunes(OpenSet):
    """Dunes of sand or snow under a wide sky."""

    on_foot = True
    carries = (*SMALL, *LARGE)
    camera_y = 1.3
    made_of = frozenset({"pine", "snow"})
    shows = HORIZON
    hangs_from = "branch"
    behind = ("sky_colors", "ground_color")
    free_colors = ("sky_colors", "ground_color")
    unpainted = ("water", "props")
    prompted: ClassVar[SetObject] = {"light": _LOW_SUN}

    ground: Literal["sand", "snow", "clouds"] = "sand"
    """What the dunes are made of; ``clouds`` are puffs seen from above, and none are where a road runs."""
    ground_color: str = colored("#dcb483", "ground", "floor")
    """The sand or snow in full light."""
    sky_colors: tuple[str, ...] = colored(("#f3dcc0", "#8fb4d4"), "backdrop", "sky")
    """One to four colours of the sky, first at the horizon."""
    props: Literal["none", "rocks", "shells", "pine", "grass"] = "none"
    """What lies or grows on it."""
    road: bool = False
    """Whether a road of asphalt runs through it to the horizon, with the product on that; ``wet`` if it rained."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.road and self.ground == "clouds":
            object.__setattr__(self, "ground", "sand")

    @property
    def called(self) -> str:
        """Clouds are no dunes."""
        return "clouds" if self.ground == "clouds" else ""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The sky and the ground, by night in moonlight."""
        toward, share = _MOONLIT if self.night_sky != "none" else (self.ground_color, 0.0)
        sky = (Seen(color=color) for color in self.sky_colors)
        return *sky, Seen(color=ASPHALT if self.road else self.ground_color, toward=toward, share=share)

    def lying(self) -> SetObject:
        """Its sand in ripples, its snow or its road, with the props on it; grass from above is leaves.

        Clouds are puffs of cotton round the product on paper of the sky's colour.
        """
        if self.road:
            wet = {"place": "clear_sky"} if self.wet else {}
            return {"name": "flat_lay", "surface": "asphalt", "colors": (ASPHALT,), "marks": "solid", **wet}
        if self.ground == "clouds":
            paper = {"surface": "paper", "colors": self.sky_colors[-1:], "props": "clouds"}
            return {"name": "flat_lay", **paper, **self.under}
        props = "leaves" if self.props == "grass" else self.props
        ground = {"surface": self.ground, "colors": (self.ground_color,)}
        return {"name": "flat_lay", **ground, "props": props, **self.under}

    def takes(self, size_class: SizeClass) -> bool:
        """Furniture stands in a desert; in the snow it has a terrace."""
        return super().takes(size_class) and (self.ground == "sand" or size_class is not SizeClass.FURNITURE)

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return "sky" if self.night_sky == "none" else "night"
