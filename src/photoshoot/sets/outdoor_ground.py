"""Ground out of doors, built to the product's scale: what vehicles, bicycles and tents stand on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import LARGE, SMALL, Place, Seen, SetObject, colored
from photoshoot.sets.location import PLACE_COLORS, SHADED_PLACES
from photoshoot.sets.strewn import NightSky, StrewnSet

_SMOOTH = frozenset({"asphalt", "cobbles", "concrete", "trail"})
"""Ground that is not itself relief enough to be seen by it."""


@dataclass(frozen=True, kw_only=True)
class OutdoorGround(StrewnSet):
    """A piece of ground with a real place out of focus behind it, or the floor of a garage."""

    on_foot = True
    carries = (*SMALL, *LARGE)
    camera_y = 1.25
    shows = (-16.0, 1.5)  # the place's picture
    eye_m = 1.15
    hangs_from = "rail"
    behind = ("ground_color",)
    unpainted = ("water", "props", "backdrop", "glow", "sky")
    prompted: ClassVar[SetObject] = {"light": {"softness": 0.35, "azimuth_deg": -50, "elevation_deg": 40}}
    suits: ClassVar[Mapping[str, float]] = {
        "sport": 0.6,
        "footwear": 0.6,
        "bag": 0.55,
        "toy": 0.45,
        "drink": 0.45,
        "headwear": 0.45,
        "electronics": 0.35,
        "home": 0.15,
        "beauty": 0.1,
        "jewelry": 0.05,
        "food": 0.1,
        "book": 0.15,
        "tableware": 0.1,
        "garment": 0.1,
    }
    shown_with = ("sneaker",)

    ground: Literal["asphalt", "cobbles", "lawn", "trail", "concrete", "snow"] = "asphalt"
    """What the ground is."""
    ground_color: str = colored("#55565a", "surface", "ground", "floor")
    """Tarmac, cobbles, grass, earth, concrete or snow."""
    flower_colors: tuple[str, ...] = colored(())
    """Up to four colours of bushes in flower along its far side; none: there are none."""
    place: Place = "park"
    """The panorama behind it, by its file in ``presets/environments``."""
    heading_deg: float = -58.0
    """Which way the camera looks in it, -180 to 180."""
    night_sky: NightSky = "none"
    """What is in the sky of the place ``night``."""
    seats: bool = False
    """Whether a café's chairs and tables stand on it behind the product."""
    seat_color: str = colored("#8c2f2a")
    """The frames of those chairs."""
    produce: Literal["none", "citrus", "apples", "tomatoes", "greens"] = "none"
    """What a market's stalls behind the product sell; none: there are none."""
    stall_color: str = colored("#4e7a52")
    """Every other stripe of their awning; the rest are cream."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The place and the ground."""
        return Seen(color=PLACE_COLORS[self.place]), Seen(color=self.ground_color)

    def lying(self) -> SetObject:
        """The ground, seen from above; where trees stand or the sun is low, in leaves' shadows."""
        surface = {"cobbles": "asphalt", "lawn": "grass", "trail": "soil"}.get(self.ground, self.ground)
        paving = "cobbles" if self.ground == "cobbles" else "asphalt"
        shade = "leaves" if self.ground in _SMOOTH and self.place in SHADED_PLACES else "none"
        ground = {"surface": surface, "paving": paving, "colors": (self.ground_color,)}
        return {"name": "flat_lay", **ground, "gobo": shade}
