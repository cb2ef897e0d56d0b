"""A street of asphalt or cobbles, dry or after rain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from photoshoot.sets.design import HORIZON, SMALL, Seen, SetObject, colored
from photoshoot.sets.dunes import ASPHALT
from photoshoot.sets.location import PLACE_COLORS, SHADED_PLACES
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass

Paving: TypeAlias = Literal["asphalt", "cobbles"]
"""What streets are paved with."""


@dataclass(frozen=True, kw_only=True)
class Road(StrewnSet):
    """Asphalt with a painted line, or cobbles, dry or wet with puddles, and a real place out of focus behind it."""

    on_foot = True
    carries = (*SMALL, SizeClass.GEAR)
    camera_y = 1.2
    in_scale = True
    shows = HORIZON
    behind = ("asphalt_color",)
    free_colors = ("line_color",)
    unpainted = ("water", "backdrop", "sky")
    prompted: ClassVar[SetObject] = {
        "place": "city",
        "heading_deg": -20,
        "light": {"azimuth_deg": -60, "elevation_deg": 34, "softness": 0.25, "color": "#fff3e2", "fill": 0.45},
    }
    suits: ClassVar[Mapping[str, float]] = {
        "footwear": 0.97,
        "sport": 0.9,
        "bag": 0.75,
        "headwear": 0.75,
        "eyewear": 0.7,
        "electronics": 0.6,
        "drink": 0.55,
        "beauty": 0.4,
        "food": 0.15,
        "tableware": 0.1,
        "home": 0.1,
        "garment": 0.35,
    }
    shown_with = ("sneaker", "headphones")

    place: Literal[
        "bridge", "city", "clear_sky", "dawn", "esplanade", "forest", "forest_at_night", "night", "park",
        "park_at_night", "sky", "sunrise", "sunset", "venice"
    ] = "city"  # fmt: skip
    """The panorama behind it, by its file in ``presets/environments``."""
    heading_deg: float = 0.0
    """Which way the camera looks in it, -180 to 180."""
    asphalt_color: str = colored(ASPHALT, "surface", "floor", "ground")
    """The dry asphalt, or cobbles, in full light."""
    paving: Paving = "asphalt"
    """What it is paved with."""
    surface: Literal["dry", "wet"] = "dry"
    """Whether it has rained: ``wet`` has puddles."""
    line: Literal["none", "solid", "double", "crossing"] = "solid"
    """What is painted on it: a line or two along the street, or the bars of a crossing."""
    line_color: str = colored("#f1efe8", "accent")
    """The paint of lines and bars."""
    neon_colors: tuple[str, ...] = colored((), "glow", shines=True)
    """Up to four colours of neon signs behind the product, mirrored where it is wet; none: there are no signs."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The place and the asphalt."""
        return Seen(color=PLACE_COLORS[self.place]), Seen(color=self.asphalt_color)

    def lying(self) -> SetObject:
        """The street seen from above with its paint: wet, it mirrors the place and its signs; dry, trees shade it."""
        paint = {"marks": self.line, "vein_color": self.line_color}
        paved = {"surface": "asphalt", "paving": self.paving, "colors": (self.asphalt_color,)}
        street = {"name": "flat_lay", **paved, **paint}
        if self.surface == "wet":
            signs = {"glow_colors": self.neon_colors}
            return {**street, "place": self.place, "heading_deg": self.heading_deg, **signs}
        return {**street, "gobo": "leaves" if self.place in SHADED_PLACES else "none"}

    def hanging(self) -> SetObject:
        """A bare concrete wall."""
        return {"name": "hanging_wall", "wall": "concrete", "colors": ("#8d8c8a",)}

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return self.place
