"""Shallow water with ripples under a plain sky."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import HORIZON, LARGE, SetObject, colored
from photoshoot.sets.strewn import NightSky, PlatformKind, StandMaterial, StrewnSet, lying_table, stood_on
from photoshoot.settings import SizeClass

_SOLID = ("stone", "marble", "concrete")  # what a mole is of


@dataclass(frozen=True, kw_only=True)
class Water(StrewnSet):
    """Shallow water with ripples under a plain sky."""

    made_of = frozenset({"drops"})
    camera_y = 1.25
    shows = HORIZON
    outdoors = True
    hangs_from = "branch"
    behind = ("sky_colors", "water_color")
    free_colors = ("sky_colors", "water_color")
    prompted: ClassVar[SetObject] = {"light": {"softness": 0.2, "elevation_deg": 38, "color": "#fff8ec"}}
    shown_with = ("bottle",)

    water_color: str = colored("#2f6f86", "water")
    """The water where it does not mirror the sky."""
    sky_colors: tuple[str, ...] = colored(("#e8f1f5", "#8fbfdc"), "backdrop", "sky", "glow")
    """One to four colours of the sky, first at the horizon."""
    ripples: float = 0.4
    """0 = a mirror, 1 = lively ripples."""
    support: Literal["water", "stone", PlatformKind, "table", "jetty", "cliff"] = "water"
    """What the product stands on: the water, a flat stone in it, a platform of a kind, a table by it, a jetty that
    leads out over it, or a cliff high over it; large things stand on a jetty, too."""
    support_material: StandMaterial = "plain"
    """What a platform or a table is made of; ``plain`` is painted. A jetty is of wood, or a mole of stone or
    concrete."""
    stone_color: str = colored("#8d8a84", "surface")
    """The stone under the product and the rocks beside it; or the platform, the table or the jetty."""
    wet: bool = False
    """Whether the stone and the rocks are wet all over, and not only by the water."""
    far: Literal["none", "mountains", "hills"] = "none"
    """What rises at the horizon: mountains, or the far shore's wooded hills."""
    night_sky: NightSky = "none"
    """Whether it is night, and what is in the sky then."""

    def lying(self) -> SetObject:
        """The water over pebbles, mirroring the sky; a slab among the rocks in it; or the table or the jetty."""
        if self.support == "table":
            return {"name": "flat_lay", **lying_table(self.support_material, self.stone_color)}
        if self.support == "jetty":
            solid = self.support_material in _SOLID
            wood = {"surface": "wood", "glued": False, "colors": (self.stone_color,)}
            return {"name": "flat_lay", **(lying_table(self.support_material, self.stone_color) if solid else wood)}
        if self.support == "cliff":
            rock = {"surface": "rock", "colors": (self.stone_color,)}
            return {"name": "flat_lay", **rock, "under": "slab", "under_color": self.stone_color, "wet": self.wet}
        stones = stood_on(self.support, self.stone_color)
        looks = {"colors": (self.water_color,), "glow_colors": self.sky_colors, "ripples": self.ripples}
        return {
            "name": "flat_lay",
            "surface": "water",
            **looks,
            "vein_color": self.stone_color,
            **stones,
            "wet": self.wet,
        }

    def takes(self, size_class: SizeClass) -> bool:
        """What is large stands on a jetty."""
        return super().takes(size_class) or (self.support == "jetty" and size_class in LARGE)

    @property
    def terrace(self) -> str:
        """What lies round the terrace that it becomes for furniture."""
        return "sky" if self.night_sky == "none" else "night"
