"""A sandy beach before the sea."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import HORIZON, LARGE, SMALL, SetObject, colored
from photoshoot.sets.strewn import OpenSet

_WET: Final = "#a58a66"  # sand, seen from above


@dataclass(frozen=True, kw_only=True)
class Beach(OpenSet):
    """A sandy beach: sand, the waves' foam, the sea out to the horizon, and palms where asked for."""

    on_foot = True
    made_of = frozenset({"palm_leaves"})
    carries = (*SMALL, *LARGE)
    camera_y = 1.3
    shows = HORIZON
    behind = ("sky_colors", "sand_color")
    free_colors = ("sky_colors", "sand_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -55, "elevation_deg": 38, "softness": 0.15, "color": "#ffe9cc"}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "beauty": 0.95,
        "drink": 0.7,
        "eyewear": 0.95,
        "headwear": 0.85,
        "bag": 0.8,
        "footwear": 0.75,
        "sport": 0.7,
        "jewelry": 0.7,
        "book": 0.6,
        "electronics": 0.4,
        "tableware": 0.2,
        "home": 0.2,
    }
    shown_with = ("bottle", "sunglasses")

    sand_color: str = colored("#ecd2ae", "ground", "floor")
    """The dry sand in full light."""
    wet_sand: bool = False
    """Whether the sand is wet as far as one sees: darker, and it shines."""
    sea_color: str = colored("#2f8fa6", "water")
    """The sea where it does not mirror the sky."""
    sky_colors: tuple[str, ...] = colored(("#e6f2f6", "#6fb3de"), "backdrop", "sky")
    """One to four colours of the sky, first at the horizon."""
    sun: bool = False
    """Whether the sun stands low over the sea, in the picture."""
    props: Literal["none", "palms", "shells", "rocks"] = "none"
    """What grows or lies on it: ``palms`` is palm leaves over the picture, and palms far away."""

    def lying(self) -> SetObject:
        """The sand with shells on it, in the shade of leaves where palms stand."""
        gobo = "leaves" if self.props == "palms" else "none"
        props = "rocks" if self.props == "rocks" else "shells"
        return {
            "name": "flat_lay",
            "surface": "sand",
            "colors": (_WET if self.wet_sand else self.sand_color,),
            "props": props,
            "gobo": gobo,
            **self.under,
        }

    def hanging(self) -> SetObject:
        """The sky, as paper, in the shade of leaves where palms stand."""
        gobo = "leaves" if self.props == "palms" else "none"
        return {"name": "hanging_wall", "wall": "paper", "colors": self.sky_colors, "gobo": gobo}
