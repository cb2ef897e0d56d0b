"""A room that is built to the product's scale: what furniture stands in, pictures hang in, and rugs lie in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import SMALL, Place, Seen, SetObject, colored
from photoshoot.sets.location import GROUND_COLORS
from photoshoot.sets.patterned import FLOORS, FloorPattern, PatternedSet, RugPattern
from photoshoot.sets.strewn import StrewnSet
from photoshoot.settings import SizeClass

RUG_SHARE: Final = 0.22
"""How much of the accent colour is in a rug's; the rest is the wall's."""
_WINDOW = {"azimuth_deg": -52, "elevation_deg": 36, "softness": 0.3, "color": "#fff1dd", "fill": 0.5}

_WOOL, _PALE = "#e9e0cf", ("berber", "checks")
"""The wool of patterned rugs, and those that are pale on the whole."""
_WORKING: Final = {"loft": "warehouse", "garage": "workshop"}
"""Real places that look like such a room."""


@dataclass(frozen=True, kw_only=True)
class Room(PatternedSet, StrewnSet):
    """A room with the product on its floor or its wall: floorboards, skirting, a window's light, a rug, plants."""

    on_foot = True
    carries = (SizeClass.FURNITURE, SizeClass.GEAR, SizeClass.WALL, SizeClass.FLOOR, SizeClass.WEARABLE)
    camera_y = 1.55
    shows = (-7.0, 1.5)  # the wall
    eye_m = 1.1
    behind = ("wall_color", "floor_color")
    free_colors = ("wall_color", "accent_color", "floor_color")
    prompted: ClassVar[SetObject] = {"light": _WINDOW}
    suits: ClassVar[Mapping[str, float]] = {
        "home": 0.95,
        "bag": 0.6,
        "footwear": 0.35,
        "sport": 0.4,
        "toy": 0.5,
        "electronics": 0.4,
        "garment": 0.5,
        "headwear": 0.25,
        "eyewear": 0.1,
        "jewelry": 0.05,
        "beauty": 0.05,
        "drink": 0.05,
        "food": 0.05,
        "tableware": 0.1,
        "book": 0.2,
    }
    shown_with = ("sneaker",)

    style: Literal["living", "bedroom", "loft", "terrace", "garage"] = "living"
    """What room it is: what stands in it, and what its wall is; a terrace has a low wall and a view."""
    wall_color: str = colored("#e3dccf", "backdrop", leans=True)
    """The plaster of the wall; on a terrace, of the low wall."""
    floor: Literal["wood", "concrete", "tiles", "carpet"] = "wood"
    """What the floor is made of."""
    pattern: FloorPattern = "none"
    """Of its floor of tiles, or of a parquet of wood; small things stand on a floor that has one, too."""
    floor_color: str = colored("#b58a5e", "surface", "floor", "ground")
    """Boards, concrete, tiles or carpet."""
    accent_color: str = colored("#b7714f", "accent", "props", leans=True, follows=("wall_color", None, 1.0))
    """Cushions, pictures and pots."""
    rug: bool = True
    """Whether what stands does so on a rug."""
    rug_pattern: RugPattern = "none"
    """The rug's pattern, whose main dye is the accent's colour; small things stand on a rug that has one, too."""
    place: Place = "park"
    """What is seen over a terrace's wall, by its file in ``presets/environments``."""
    heading_deg: float = -58.0
    """Which way the camera looks there, -180 to 180."""

    fireplace: bool = False
    """Whether a fire burns in a chimney's breast along the wall of a room that people live in."""
    christmas_tree: bool = False
    """Whether a decorated tree stands before that wall."""

    snow: bool = False
    """Whether it is winter: snow lies on a terrace and before it, or is seen out of a room's window."""

    @property
    def in_the_snow(self) -> bool:
        """Whether the product stands in snow."""
        return self.snow and self.style == "terrace"

    @property
    def has_rug(self) -> bool:
        """Whether a rug lies under it: none does in the snow."""
        return self.rug and not self.in_the_snow

    @property
    def rug_color(self) -> SetObject:
        """The rug's colour as seen, as parameters of ``Seen``."""
        if self.rug_pattern in _PALE:
            return {"color": _WOOL, "toward": self.accent_color, "share": RUG_SHARE}
        if self.rug_pattern != "none":
            return {"color": self.accent_color, "toward": _WOOL, "share": RUG_SHARE}
        return {"color": self.wall_color, "toward": self.accent_color, "share": RUG_SHARE}

    def seen_colors(self) -> tuple[Seen, ...]:
        """The wall, or the sky over a terrace, and the floor or the rug on it."""
        sky = 0.5 * (self.style == "terrace")
        wall = Seen(color=self.wall_color, toward="#dfe6ea", share=sky)
        if self.in_the_snow:
            return wall, Seen(color=GROUND_COLORS["snow"])
        if self.rug:
            return wall, Seen(**self.rug_color)
        return wall, Seen(color=self.floor_color)

    def lying(self) -> SetObject:
        """Its floor, and the rug on it, seen from above in the light of the window."""
        if self.in_the_snow:
            return {"name": "flat_lay", "surface": "snow", "colors": (GROUND_COLORS["snow"],)}
        surface = {"wood": "wood", "concrete": "concrete", "tiles": "stone", "carpet": "linen"}[self.floor]
        surface = FLOORS.get(self.pattern, surface)
        gobo = "leaves" if self.style == "terrace" else "panes"
        floor = {"name": "flat_lay", "surface": surface, "colors": (self.floor_color,), "gobo": gobo, **self.patterned}
        if not self.rug:
            return floor
        color = self.wall_color if self.rug_pattern == "none" else self.accent_color
        return {**floor, "under": "rug", "under_color": color, "rug_pattern": self.rug_pattern}

    def takes(self, size_class: SizeClass) -> bool:
        """What stands on the ground does so on a terrace, in a garage or a loft, too, and not beside a bed."""
        if size_class in SMALL and ((self.has_rug and self.rug_pattern != "none") or self.pattern != "none"):
            return True
        return super().takes(size_class) and (
            size_class is not SizeClass.GEAR or self.style in ("terrace", "garage", "loft")
        )

    def placed(self, size_class: SizeClass) -> SetObject:
        """For what stands on tables: a sideboard in the room, a made bed, a table on the terrace or in such a hall."""
        if size_class not in SMALL:
            return super().placed(size_class)
        if self.style == "bedroom":
            return {"name": "bed", "wall_color": self.wall_color, "accent_color": self.accent_color}
        if self.style == "terrace":
            return {"name": "location", "place": self.place, "surface_color": self.floor_color}
        if self.style in _WORKING:
            bench = {"material": "concrete" if self.floor == "concrete" else "wood", "surface_color": self.floor_color}
            return {"name": "location", "place": _WORKING[self.style], **bench}
        colors = {"wall_color": self.wall_color, "accent_color": self.accent_color}
        large = [thing for thing in ("fireplace", "christmas_tree") if getattr(self, thing)]
        return {"name": "interior", "room": "living", "furnished": tuple(large), **colors}
