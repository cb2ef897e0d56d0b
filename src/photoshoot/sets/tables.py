"""Sets of a surface: tables, counters, cloth, and surfaces seen from above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from photoshoot.sets.design import Props, SetDesign
from photoshoot.settings import Stance


@dataclass(frozen=True, kw_only=True)
class Tabletop(SetDesign):
    """A slab or table before a far background."""

    material: Literal["wood", "marble", "stone", "concrete", "linen", "plain"] = "wood"
    """What the table is made of."""
    surface_color: str = "#a9743f"
    """Main colour of the table."""
    vein_color: str = "#55331b"
    """Grain, veins or speckles."""
    finish: Literal["matte", "satin", "gloss"] = "satin"
    """How much the table reflects."""
    backdrop: Literal["wall", "bokeh", "glow"] = "wall"
    """A plain wall, discs of light out of focus, or a soft pool of light in the dark."""
    backdrop_color: str = "#c9c4bd"
    """The wall, the lights or the glow."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = ()
    """Up to four colours of the props; none: their own."""


@dataclass(frozen=True, kw_only=True)
class Drapery(SetDesign):
    """Folded cloth."""

    cloth: Literal["silk", "velvet", "linen"] = "silk"
    """What the cloth is."""
    color: str = "#9c0f2c"
    """Its colour."""


@dataclass(frozen=True, kw_only=True)
class FlatLay(SetDesign):
    """A surface seen from above, with the product lying on it."""

    surface: Literal["paper", "linen", "wood", "marble", "concrete", "plaster"] = "paper"
    """What it lies on."""
    colors: tuple[str, ...] = ("#f4f2ee",)
    """One to four colours; more than one is a gradient across the surface."""
    vein_color: str = "#c3ac8f"
    """Grain or veins of wood and marble."""
    gobo: Literal["none", "leaves", "blinds", "panes"] = "none"
    """What casts shadows on it from outside the picture."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = ()
    """Up to four colours of the props; none: their own."""

    @property
    def only_stance(self) -> Stance | None:
        """Seen from above, everything lies."""
        return Stance.LYING


@dataclass(frozen=True, kw_only=True)
class Counter(SetDesign):
    """A kitchen or bathroom counter before a tiled wall."""

    room: Literal["kitchen", "bathroom"] = "kitchen"
    """What stands in the background."""
    tiles: Literal["subway", "square", "hexagon", "herringbone"] = "subway"
    """How the wall is tiled."""
    tile_color: str = "#f1efea"
    """The tiles."""
    counter: Literal["marble", "wood", "stone", "concrete"] = "marble"
    """What the counter is made of."""
    counter_color: str = "#eceae6"
    """Main colour of the counter."""
    vein_color: str = "#a9a49c"
    """Grain, veins or speckles of the counter."""
    accent_color: str = "#8f9f86"
    """Jars, towels and plants' pots."""
    props: bool = True
    """Things out of focus in the background."""


@dataclass(frozen=True, kw_only=True)
class HangingWall(SetDesign):
    """A wall that a garment hangs on, or that a light product floats before."""

    wall: Literal["plaster", "wood", "concrete", "paper", "fluted"] = "plaster"
    """What the wall is made of."""
    colors: tuple[str, ...] = ("#e9e4db",)
    """One to four colours; more than one is a gradient across the wall."""
    vein_color: str = "#c3ac8f"
    """Grain of a wooden wall."""
    holder: Literal["none", "hanger", "rail"] = "hanger"
    """What holds the product: nothing (it floats), a hanger on a peg, or a hanger on a rail."""
    gobo: Literal["none", "leaves", "blinds", "panes"] = "none"
    """What casts shadows on the wall from outside the picture."""

    @property
    def only_stance(self) -> Stance | None:
        """There is no floor to stand on."""
        return Stance.HANGING
