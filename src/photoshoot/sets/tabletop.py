"""A slab or table before a far background."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from photoshoot.sets.design import Seen, SetObject, colored
from photoshoot.sets.fading import Fade, seen_fading
from photoshoot.sets.patterned import PatternedSet
from photoshoot.sets.props import Props
from photoshoot.sets.strewn import HeldSet, PlatformKind, TableMaterial, stood_on
from photoshoot.sets.table_places import FROM_ABOVE, LARGE_IN, SEEN_WITH, TablePlace
from photoshoot.settings import SizeClass

_SEEN: Final = {"bokeh": ("#000000", 0.4), "neon": ("#000000", 0.8), **SEEN_WITH}
"""What the backdrop's colour is mixed with, as it is seen in the picture, and how much of that is in it."""


@dataclass(frozen=True, kw_only=True)
class Tabletop(PatternedSet, HeldSet):
    """A slab, a table or a lawn before a far background, or in a place that is softly out of focus."""

    takes_two_keys = True
    camera_y = 1.65
    hangs_from = "rail"
    behind = ("backdrop_color", "surface_color")
    free_colors = ("surface_color", "backdrop_color")
    prompted: ClassVar[SetObject] = {"material": "plain", "surface_color": "#d8d2c8", "vein_color": "#a89f92"}

    material: TableMaterial = "wood"
    """What the table is made of."""
    rustic: bool = False
    """Whether its wood is of old, broad boards."""
    surface_color: str = colored("#a9743f", "surface", "floor", follows=("backdrop_color", 0.0, 1.0))
    """Main colour of the table."""
    vein_color: str = colored("#55331b", "surface", "vein", "accent", follows=("surface_color", None, 0.8))
    """Grain, veins or speckles of the table."""
    finish: Literal["matte", "satin", "gloss", "metal"] = "satin"
    """How much the table reflects; as brushed metal, whatever it is of, in its own colour."""
    stand: Literal["none", PlatformKind] = "none"
    """A platform of the table's colour on it, under the product."""
    backdrop: Literal[
        "wall",
        "brick",
        "concrete",
        "graffiti",
        "flower_wall",
        "blossom_wall",
        "leaf_wall",
        "boards",
        "tiles",
        "panels",
        "linen",
        "silk",
        "velvet",
        "books",
        "christmas_tree",
        "fireplace",
        "neon",
        "bokeh",
        "glow",
        TablePlace,
    ] = "wall"
    """A plain wall or one of bricks, concrete, boards, tiles or panels, one that is sprayed with graffiti, or overgrown
    with roses, small blossoms or leaves, a curtain, shelves of books, a decorated Christmas tree, a fireplace, neon
    signs in the dark, discs of light out of focus, a pool of light in the dark, or a place softly out of
    focus."""
    backdrop_color: str = colored("#c9c4bd", "backdrop", "glow", leans=True, follows=("surface_color", 0.23, 0.3))
    """The wall, the curtain, the shelves, the lights, the glow, a stadium's seats, lockers, rock or the sea."""
    fade_colors: tuple[str, ...] = colored((), "backdrop", leans=True)
    """Up to four colours that a plain wall fades into, from its own; none: it does not."""
    fade: Fade = "vertical"
    """Which way it does."""
    lights: bool = False
    """Whether lamps hang on strings over what is behind."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = colored((), "props", leans=True)
    """Up to four colours of the props; none: their own."""

    def leaning(self) -> tuple[str, ...]:
        """The wall and the props; blurred lights and a glow keep their colour."""
        shining = frozenset[str]() if self.backdrop == "wall" else {"backdrop_color", "fade_colors"}
        return tuple(name for name in super().leaning() if name not in shining)

    def seen_colors(self) -> tuple[Seen, ...]:
        """The backdrop and the table; lights out of focus are dimmer than their colour."""
        if self.backdrop == "wall":
            behind = seen_fading((self.backdrop_color, *self.fade_colors))
        else:
            toward, share = _SEEN.get(self.backdrop, ("#000000", 0.0))
            behind = Seen(color=self.backdrop_color, toward=toward, share=share)
        return behind, Seen(color=self.surface_color)

    def lying(self) -> SetObject:
        """The table with the props on it, seen from above, or what tells of the place that it stands in.

        What shines behind it is mirrored in a glossy one.
        """
        glow = {"bokeh": "lights", "neon": "tubes", "glow": "pool"}.get(
            self.backdrop, "lights" if self.lights else "none"
        )
        if glow == "pool" and self.light.gobo == "spot":
            glow = "none"  # the pool is the key's own
        own = ("props", "prop_colors") if self.props != "none" else ()
        plain = {"gloss": "lacquer", "metal": "metal"}.get(self.finish, "paper")
        return {
            "name": "flat_lay",
            "surface": plain if self.material == "plain" else self.material,
            "glued": not self.rustic,
            "colors": (self.surface_color,),
            "vein_color": self.vein_color,
            "glow": glow,
            "glow_colors": (self.backdrop_color,),
            "props": self.props,
            "prop_colors": self.prop_colors,
            **self.patterned,
            **stood_on(self.stand, self.surface_color, self.material),
            **{part: value for part, value in FROM_ABOVE.get(self.backdrop, {}).items() if part not in own},
        }

    def placed(self, size_class: SizeClass) -> SetObject:
        """A room whose wall is the backdrop and whose floor is of the table's material; of wood, a loft for gear.

        For what is large the set that is most like the place behind, where there is one.
        """
        if alike := LARGE_IN.get((self.backdrop, size_class)):
            return alike
        if size_class is SizeClass.GEAR and self.material == "grass":
            return {"name": "outdoor_ground", "ground": "lawn", "ground_color": self.surface_color, "place": "park"}
        if size_class is SizeClass.GEAR and self.material != "wood":
            return super().placed(size_class)
        floor = {"wood": "wood", "marble": "tiles", "stone": "tiles", "tiles": "tiles", "linen": "carpet"}.get(
            self.material, "concrete"
        )
        colors = {"wall_color": self.backdrop_color, "floor_color": self.surface_color}
        if size_class is SizeClass.GEAR or floor == "concrete":
            return {"name": "room", "style": "loft", "floor": floor, "rug": False, **colors}
        rug = {"rug": floor == "wood"}  # it would cover the marble that was asked for
        return {"name": "room", "style": "living", "floor": floor, **rug, **colors, **self.floored}
