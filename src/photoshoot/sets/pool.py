"""The edge of a swimming pool."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SMALL, Seen, SetObject, colored
from photoshoot.sets.strewn import StandingSet
from photoshoot.settings import SizeClass

_HEDGE = "#557b62"  # of the other side, as it stands in the presets' plates


@dataclass(frozen=True, kw_only=True)
class Pool(StandingSet):
    """The edge of a swimming pool: a deck under the product, bright water behind it, a hedge and the sky."""

    on_foot = True
    in_scale = True
    made_of = frozenset({"palm_leaves"})
    carries = (*SMALL, SizeClass.FURNITURE, SizeClass.GEAR)
    camera_y = 1.45
    behind = ("water_color", "deck_color")
    free_colors = ("water_color", "deck_color")
    prompted: ClassVar[SetObject] = {
        "light": {"azimuth_deg": -52, "elevation_deg": 48, "softness": 0.06, "color": "#fff3de", "fill": 0.42}
    }
    suits: ClassVar[Mapping[str, float]] = {
        "beauty": 0.95,
        "eyewear": 0.95,
        "drink": 0.9,
        "headwear": 0.8,
        "bag": 0.65,
        "footwear": 0.6,
        "jewelry": 0.6,
        "sport": 0.65,
        "book": 0.55,
        "electronics": 0.4,
        "home": 0.15,
        "tableware": 0.25,
        "garment": 0.3,
    }
    shown_with = ("bottle",)

    water_color: str = colored("#2fb4c9", "water")
    """The water over the pool's tiles."""
    deck_color: str = colored("#e6dccb", "surface", "floor", "ground")
    """The deck under the product."""
    deck: Literal["stone", "wood", "tiles"] = "stone"
    """What the deck is made of."""
    sky_colors: tuple[str, ...] = colored(("#dcedf6", "#6fb0e0"), "backdrop", "sky")
    """One to four colours of the sky, first at the horizon."""
    shade: Literal["none", "palms"] = "none"
    """What throws its shadow on the deck: palm leaves, which also hang into the picture."""
    ripples: float = 0.45
    """0 = a mirror, 1 = lively water."""

    def seen_colors(self) -> tuple[Seen, ...]:
        """The hedge on the other side, the water and the deck."""
        return Seen(color=_HEDGE), Seen(color=self.water_color), Seen(color=self.deck_color)

    def lying(self) -> SetObject:
        """A piece of the deck in the water, seen from above, in the shade of palms where there are some."""
        deck = {
            "under": {"wood": "board", "stone": "paving", "tiles": "block"}[self.deck],
            "under_color": self.deck_color,
        }
        water = {"surface": "water", "colors": (self.water_color,), "vein_color": "#e4f4f4", "ripples": self.ripples}
        gobo = "leaves" if self.shade == "palms" else "none"
        return {
            "name": "flat_lay",
            **water,
            "pool": True,
            "glow_colors": self.sky_colors,
            **deck,
            **self.under,
            "gobo": gobo,
        }

    def hanging(self) -> SetObject:
        """A sunlit wall, in the shade of palms where there are some."""
        gobo = "leaves" if self.shade == "palms" else "none"
        return {"name": "hanging_wall", "colors": (self.deck_color,), "gobo": gobo}

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return "sky"
