"""A table or a piece of ground in a real place that is out of focus."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import Place, Seen, SetObject, colored
from photoshoot.sets.patterned import PatternedSet
from photoshoot.sets.props import Props
from photoshoot.sets.strewn import HeldSet, NightSky, PlatformKind, TableMaterial, stood_on
from photoshoot.settings import SizeClass

PLACE_COLORS: Final = {
    "apartment": "#c5cbd0",
    "bridge": "#a7b3bb",
    "city": "#a29e9f",
    "clear_sky": "#9dc4e6",
    "dawn": "#997d7c",
    "esplanade": "#705546",
    "forest": "#afa689",
    "forest_at_night": "#1c2233",
    "hall": "#655949",
    "lobby": "#adb1a7",
    "night": "#0f0f12",
    "park": "#a5ac5e",
    "park_at_night": "#1e2538",
    "sky": "#d5dae7",
    "sunrise": "#927f5a",
    "sunset": "#8f7d75",
    "venice": "#6c84a8",
    "warehouse": "#a6a29c",
    "workshop": "#a5937a",
}
"""Real places out of focus, as they stand in the presets' plates: the mean of what lies behind the product's place."""

SKIES: Final = frozenset({"clear_sky", "sky"})
"""Places that are nothing but sky."""
GROUND_COLORS: Final = {
    "asphalt": "#55565a",
    "lawn": "#6f8f45",
    "trail": "#8d7355",
    "concrete": "#a3a19c",
    "snow": "#eef1f5",
}
"""Grounds out of doors in their usual colours."""
SHADED_PLACES: Final = frozenset({"forest", "park", "sunrise", "sunset"})
"""Where trees stand, or the sun is so low that they reach far: their shade tells of it on the ground."""
_DIM: Final = frozenset(
    {"dawn", "esplanade", "forest_at_night", "night", "park_at_night", "sunrise", "sunset", "venice"}
)
"""Places whose lights show in what mirrors them; by day a wet ground mirrors little but grey."""
_GREEN: Final = frozenset({"forest", "forest_at_night", "park", "park_at_night"})
"""Places on whose grass platforms stand."""
_INDOORS: Final = frozenset({"apartment", "hall", "lobby", "warehouse", "workshop"})
_DARK_GLASS: Final = "#20252b"  # what wet stone or glass becomes from above: nearly all of it is mirror


@dataclass(frozen=True, kw_only=True)
class Location(PatternedSet, HeldSet):
    """A table in a real place that is out of focus: a photographed panorama shines behind and lights the set."""

    camera_y = 1.2
    shows = (-16.0, 1.5)  # the place's picture
    hangs_from = "rail"
    behind = ("surface_color",)
    unpainted = ("water", "props", "backdrop", "glow", "sky")
    prompted: ClassVar[SetObject] = {"heading_deg": -58, "material": "wood", "light": {"softness": 0.4}}

    place: Place = "park"
    """The panorama, by its file in ``presets/environments``."""
    heading_deg: float = 0.0
    """Which way the camera looks in it, -180 to 180."""
    night_sky: NightSky = "none"
    """What is in the sky of the place ``night``."""
    material: Literal[TableMaterial, "sand", "blanket"] = "wood"
    """What the table or ground is made of; ``blanket`` is a cloth spread on grass."""
    surface_color: str = colored("#a9743f", "surface", "ground", "floor")
    """Main colour of the table or ground."""
    vein_color: str = colored("#55331b", "surface", "vein", follows=("surface_color", None, 0.8))
    """Grain, veins or speckles of the table."""
    finish: Literal["matte", "satin", "gloss", "mirror"] = "satin"
    """How much the table reflects: ``mirror``, all of the place."""
    stand: Literal["none", PlatformKind] = "none"
    """A platform of the table's colour and material on it, under the product; in parks and forests it is on grass."""
    bench: bool = False
    """Whether the table is a park bench's seat, with its back behind; of wood, whatever the table is of."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = colored(())
    """Up to four colours of the props; none: their own."""

    @property
    def is_on_lawn(self) -> bool:
        """Whether what the product stands on is on grass."""
        return self.stand != "none" and self.place in _GREEN

    @property
    def mirrors(self) -> bool:
        """A mirror does."""
        return self.finish == "mirror"

    def seen_colors(self) -> tuple[Seen, ...]:
        """The place and the table or ground."""
        return Seen(color=PLACE_COLORS[self.place]), Seen(color=self.surface_color)

    def lying(self) -> SetObject:
        """The table or ground seen from above: in leaves' or railings' shadows by day; at night it mirrors."""
        bare = self.props == "none" and self.material not in ("grass", "blanket") and not self.mirrors
        wooded = self.place in SHADED_PLACES and bare
        indoors = self.place in ("apartment", "lobby", "workshop", "warehouse") and not self.mirrors
        surface = {"plain": "paper", "blanket": "folds"}.get(self.material, self.material)
        color = self.surface_color
        paved = not indoors and (self.mirrors or self.material in ("concrete", "plain"))
        dim = self.mirrors or self.place in _DIM
        if paved and not dim:
            surface = "concrete"
        elif paved:
            surface = "wet" if self.finish == "matte" else "lacquer"
            color = color if surface == "wet" else _DARK_GLASS
        under = stood_on(self.stand, self.surface_color, self.material)
        if under and self.is_on_lawn:
            surface, color, wooded, paved = "grass", GROUND_COLORS["lawn"], False, False
        return {
            "name": "flat_lay",
            "surface": surface,
            "colors": (color,),
            "vein_color": self.vein_color,
            "gobo": "leaves" if wooded else ("panes" if indoors or (paved and not dim) else "none"),
            "place": self.place,
            "heading_deg": self.heading_deg,
            "props": self.props,
            "prop_colors": self.prop_colors,
            **self.patterned,
            **under,
        }

    def placed(self, size_class: SizeClass) -> SetObject:
        """Ground in the same place to scale; for furniture a terrace there, or a loft where the place is indoors."""
        place = {"place": self.place, "heading_deg": self.heading_deg}
        if size_class is SizeClass.GEAR:
            if self.place == "workshop":
                return {"name": "room", "style": "garage", "floor": "concrete", "floor_color": "#9a9994", "rug": False}
            wild = "trail" if self.place == "forest" else "asphalt"
            ground = {"grass": "lawn", "blanket": "lawn", "sand": "trail", "stone": "concrete", "concrete": "concrete"}
            kind = ground.get(self.material, wild)
            color = (
                GROUND_COLORS[kind]
                if self.material in ("wood", "linen", "blanket", "tiles", "plain", "marble")
                else self.surface_color
            )
            return {"name": "outdoor_ground", "ground": kind, "ground_color": color, **place}
        if self.place in _INDOORS:
            return {"name": "room", "style": "loft", "floor_color": self.surface_color}
        return {"name": "room", "style": "terrace", "floor_color": self.surface_color, **place}
