"""A surface seen from above, with the product lying on it: what other sets become where a product lies."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from photoshoot.sets.design import SMALL, Place, SetObject, colored
from photoshoot.sets.named import ON_FLOORS
from photoshoot.sets.patterned import PatternedSet, RugPattern
from photoshoot.sets.props import Props
from photoshoot.sets.road import Paving
from photoshoot.sets.strewn import HeldSet, PlatformMaterial
from photoshoot.settings import SizeClass, Stance

_PAINTED = frozenset({"paper", "plaster", "facets", "fluted", "tiles", "silk", "velvet", "lacquer"})
_HOLDS_ALL = frozenset(
    {"sand", "snow", "grass", "rock", "pebbles", "moss", "soil", "wet", "asphalt", "concrete", "wood", "rubber"}
)
"""Ground and floors, on which anything may lie, however large."""
_GROUNDS = frozenset(
    {"sand", "snow", "silk", "velvet", "folds", "water", "rock", "pebbles", "moss", "soil", "grass", "lacquer"}
    | {"tiles", "facets", "rubber", "wet", "asphalt"}
)
_LAID = ("linen", "marble", "cork", "knit", "leather", "rattan", "tatami")  # what walls are not of
_BARE = ("paper", "plaster", "metal")  # what is no material of tables: these are painted, or of metal as their finish
_GRAIN = "#5a3c22"  # of boards
_FIRM = frozenset({"disc", "block", "steps", "paving", "tread", "slab", "board"})
"""What may lie under a product and is the ground for a large one, which finds no room on a piece of it."""


@dataclass(frozen=True, kw_only=True)
class FlatLay(PatternedSet, HeldSet):
    """A surface seen from above, with the product lying on it."""

    carries = (*SMALL, SizeClass.FLOOR)
    only_stance = Stance.LYING
    behind = ("colors",)
    free_colors = ("colors",)
    prompted: ClassVar[SetObject] = {"light": {"azimuth_deg": -45, "elevation_deg": 50}}
    shown_with = ("bottle", "sneaker", "headphones")

    surface: Literal[
        "paper",
        "linen",
        "wood",
        "marble",
        "concrete",
        "plaster",
        "stone",
        "rubber",
        "cork",
        "knit",
        "leather",
        "rattan",
        "tatami",
        "tiles",
        "facets",
        "fluted",
        "silk",
        "velvet",
        "folds",
        "sand",
        "snow",
        "grass",
        "rock",
        "pebbles",
        "moss",
        "soil",
        "water",
        "wet",
        "asphalt",
        "lacquer",
        "metal",
    ] = "paper"
    """What it lies on. ``folds`` is linen in folds, ``facets`` a relief of triangles, ``fluted`` one of half-round
    ribs, ``wet`` concrete after rain,
    ``water`` is shallow, over pebbles of ``vein_color``; ``wet`` and ``lacquer`` mirror ``place`` or ``glow``,
    ``asphalt`` has puddles that mirror ``place``; ``metal`` is a brushed sheet."""
    colors: tuple[str, ...] = colored(("#f4f2ee",), "surface", "floor", "water", "ground", "backdrop", leans=True)
    """One to four colours; more than one is a gradient across the surface."""
    vein_color: str = colored("#c3ac8f", "surface", "vein", follows=("colors", None, 0.8))
    """Grain or veins of wood and marble."""
    gobo: Literal["none", "leaves", "blinds", "panes", "slit"] = "none"
    """What casts shadows on it from outside the picture."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = colored((), "props", leans=True)
    """Up to four colours of the props; none: their own."""
    marks: Literal["none", "solid", "double", "crossing"] = "none"
    """What is painted on ``asphalt`` in ``vein_color``: a line or two, or the bars of a crossing."""
    glued: bool = False
    """Whether ``wood`` is a table's, whose boards are glued edge to edge; floorboards have gaps between them."""
    paving: Paving = "asphalt"
    """What ``asphalt`` is, which may be a street of cobbles."""
    tiles: Literal["subway", "square", "hexagon", "herringbone"] = "square"
    """How ``tiles`` are laid."""
    joints: bool = False
    """Whether ``lacquer`` is laid in slabs with joints between them, as floors are; a table is of one piece."""
    pool: bool = False
    """Whether ``water`` stands over a pool's square tiles, and not over pebbles."""
    ripples: float = 0.4
    """Of ``water``: 0 = a mirror, 1 = lively ripples."""
    glow: Literal["none", "pool", "lights", "tubes", "gels"] = "none"
    """What shines on it: a pool of light at the product's side, lamps out of focus, glowing tubes that lie there, or
    lamps behind coloured gels at both sides."""
    glow_colors: tuple[str, ...] = colored((), shines=True)
    """Up to four colours of what shines, or of the sky that ``water`` mirrors; none: a cool white."""
    place: Literal["none", Place] = "none"
    """The place that a shining surface mirrors, out of focus, by its panorama in ``presets/environments``."""
    heading_deg: float = 0.0
    """Which way the camera looks in it, -180 to 180."""
    under: Literal["none", "disc", "block", "steps", "paving", "tread", "slab", "board", "rug", "tray"] = "none"
    """What lies between the surface and the product: a platform (round, square, or of two steps), a block of cut stone,
    a slab among rocks, a wooden board, a rug, or a tray that holds what lies beside the product, too."""
    under_color: str = colored("#e9dfd1")
    """Colour of what lies under the product."""
    rug_pattern: RugPattern = "none"
    """The pattern of a rug there, in that colour and in wool's."""
    wet: bool = False
    """Whether ``rock``, ``pebbles``, ``moss``, ``soil`` and a slab among rocks are wet: darker, and stones shine."""
    under_material: PlatformMaterial = "plain"
    """What a platform there is made of; ``plain`` is painted."""
    shape_colors: tuple[str, ...] = colored((), leans=True)
    """Up to four colours of geometric blocks and balls round it; none: there are none."""

    packshot: bool = False
    """Whether the surface is only there to be shaded: all but the product's soft shadow is pure white."""

    @property
    def strews(self) -> bool:
        """So, too, are the chips and the paint of a street."""
        return super().strews or self.surface == "asphalt"

    @property
    def mirrors(self) -> bool:
        """A surface of lacquer does."""
        return self.surface == "lacquer"

    @property
    def pure_white(self) -> bool:
        """A packshot is."""
        return self.packshot

    def takes(self, size_class: SizeClass) -> bool:
        """Bare ground and floors take anything, all else small things; a rug lies on the surface itself."""
        if size_class is SizeClass.FLOOR:
            return self.under == "none"
        bare = self.surface in _HOLDS_ALL and self.props in ("none", *ON_FLOORS) and self.under == "none"
        return super().takes(size_class) or (bare and size_class is not SizeClass.WALL)

    def placed(self, size_class: SizeClass) -> SetObject:
        """For large things bare ground or a floor: the surface, or concrete in its colour, under the same shadows."""
        if size_class not in (SizeClass.FURNITURE, SizeClass.GEAR, SizeClass.FLOOR):
            return super().placed(size_class)
        kept = size_class is SizeClass.FLOOR or self.surface in _HOLDS_ALL
        surface = self.surface if kept else "wood" if self.under == "board" else "concrete"
        firm = not kept and self.under in _FIRM
        color, vein = ((self.under_color,), _GRAIN) if firm else (self.colors[:1], self.vein_color)
        colors = {"colors": color, "vein_color": vein, "glow_colors": self.glow_colors}
        place = {"place": self.place, "heading_deg": self.heading_deg, "marks": self.marks}
        glow = {"glow": self.glow} if self.glow == "gels" else {}
        return {"name": "flat_lay", "surface": surface, **colors, **place, "gobo": self.gobo, **glow}

    def leaning(self) -> tuple[str, ...]:
        """The props, and the surface where it is painted: wood, stone and natural cloth keep their colour."""
        is_painted = self.surface in _PAINTED
        return tuple(name for name in super().leaning() if name != "colors" or is_painted)

    def hanging(self) -> SetObject:
        """A wall of the same material; cloth and marble are plaster there. What is no wall is the set it stands in."""
        if self.surface in _GROUNDS:
            return self.upright()
        wall = {**dict.fromkeys(_LAID, "plaster"), "stone": "concrete", "metal": "concrete"}.get(
            self.surface, self.surface
        )
        colors = {"colors": self.colors, "vein_color": self.vein_color}
        return {"name": "hanging_wall", "wall": wall, **colors, "gobo": self.gobo}

    def upright(self) -> SetObject:
        """The set that it is a piece of: dunes, a lake, a curtain, a table of its material, a sweep of its paper.

        Where shadows fall in from outside, a room.
        """
        color = self.colors[0]
        if self.surface in _GROUNDS:
            return self._landscape()
        if self.gobo != "none":
            gobo = "panes" if self.gobo == "slit" else self.gobo
            return {"name": "window_room", "wall_color": color, "floor_color": color, "gobo": gobo}
        if self.surface == "fluted":
            platform = {"backdrop_color": color, "podium_color": color, "backing": "fluted"}
            return {"name": "podium", **platform, "shapes": False, "props": self.props}
        if self.surface == "paper" and self.props == "none":
            return {"name": "cyclorama", "colors": self.colors, "packshot": self.packshot}
        return {
            "name": "tabletop",
            "material": self.surface if self.surface not in _BARE else "plain",
            "surface_color": color,
            "vein_color": self.vein_color,
            **self.patterned,
            "finish": {"wood": "satin", "marble": "satin", "metal": "metal"}.get(self.surface, "matte"),
            "backdrop_color": self.colors[-1],
            "props": self.props,
            "prop_colors": self.prop_colors,
        }

    def _landscape(self) -> SetObject:
        """The set whose ground, water, cloth or floor it is."""
        color = self.colors[0]
        glow = {"glow_color": self.glow_colors[0]} if self.glow_colors else {}
        sky = {"sky_colors": self.glow_colors} if self.glow_colors else {}
        stone = self.under_color if self.under == "slab" else self.vein_color
        cloth = {"name": "drapery", "color": color, **self.woven}
        sand = {"name": "dunes", "ground_color": color}
        rocks = {"name": "rocks", "ground": self.surface, "ground_color": color, "rock_color": stone}
        place = {"name": "location", "surface_color": color, "place": "city" if self.place == "none" else self.place}
        sets: dict[str, SetObject] = {
            "sand": {**sand, "ground": "sand"},
            "snow": {**sand, "ground": "snow"},
            "silk": {**cloth, "cloth": "silk"},
            "velvet": {**cloth, "cloth": "velvet"},
            "folds": {**cloth, "cloth": "linen"},
            "water": {"name": "water", "water_color": color, "ripples": self.ripples, **sky},
            "grass": {**place, "place": "park", "material": "grass"},
            "wet": {**place, "material": "concrete"},
            "asphalt": {
                "name": "road",
                "asphalt_color": color,
                "line": self.marks,
                "line_color": self.vein_color,
                "paving": self.paving,
            },
            "lacquer": {"name": "glossy_floor", "floor_color": color, **glow},
            "tiles": {"name": "counter", "tiles": self.tiles, "tile_color": color},
            "facets": {"name": "geometric_wall", "colors": self.colors},
            "rubber": {"name": "gym", "floor_color": color},
        }
        return sets.get(self.surface, rocks)
