"""Sets of nature: water, sand, rocks, and real places out of focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from photoshoot.sets.design import Props, SetDesign
from photoshoot.settings import check_range


@dataclass(frozen=True, kw_only=True)
class Water(SetDesign):
    """Shallow water with ripples under a plain sky."""

    water_color: str = "#2f6f86"
    """The water where it does not mirror the sky."""
    sky_colors: tuple[str, ...] = ("#e8f1f5", "#8fbfdc")
    """One to four colours of the sky, first at the horizon."""
    ripples: float = 0.4
    """0 = a mirror, 1 = lively ripples."""
    support: Literal["water", "stone"] = "water"
    """What the product stands on: the water itself, or a flat stone in it."""
    stone_color: str = "#8d8a84"
    """The stone."""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("ripples", self.ripples, 0, 1)


@dataclass(frozen=True, kw_only=True)
class Dunes(SetDesign):
    """Dunes of sand or snow under a wide sky."""

    ground: Literal["sand", "snow"] = "sand"
    """What the dunes are made of."""
    ground_color: str = "#dcb483"
    """Its colour."""
    sky_colors: tuple[str, ...] = ("#f3dcc0", "#8fb4d4")
    """One to four colours of the sky, first at the horizon."""
    props: Literal["none", "rocks", "shells", "pine", "grass"] = "none"
    """What lies or grows on it."""


@dataclass(frozen=True, kw_only=True)
class Rocks(SetDesign):
    """A slab among rough rocks before a plain wall."""

    rock_color: str = "#9b948a"
    """The rocks."""
    ground: Literal["rock", "sand", "pebbles", "moss", "soil"] = "sand"
    """What lies between the rocks."""
    ground_color: str = "#cbb79a"
    """Its colour."""
    backdrop_color: str = "#d8cfc2"
    """The wall behind."""
    plants: Literal["none", "leaves", "grass", "petals"] = "none"
    """What grows or lies between the rocks."""


@dataclass(frozen=True, kw_only=True)
class Location(SetDesign):
    """A table in a real place that is out of focus: a photographed panorama shines behind and lights the set."""

    place: Literal[
        "apartment",
        "bridge",
        "city",
        "dawn",
        "esplanade",
        "forest",
        "hall",
        "lobby",
        "night",
        "park",
        "sky",
        "sunrise",
        "sunset",
        "venice",
        "warehouse",
        "workshop",
    ] = "park"
    """The panorama, by its file in ``presets/environments``."""
    heading_deg: float = 0.0
    """Which way the camera looks in it, -180 to 180."""
    material: Literal["wood", "marble", "stone", "concrete", "linen", "plain", "grass", "sand"] = "wood"
    """What the table or ground is made of."""
    surface_color: str = "#a9743f"
    """Main colour of the table or ground."""
    vein_color: str = "#55331b"
    """Grain, veins or speckles."""
    finish: Literal["matte", "satin", "gloss"] = "satin"
    """How much the table reflects."""
    props: Props = "none"
    """What lies beside the product."""
    prop_colors: tuple[str, ...] = ()
    """Up to four colours of the props; none: their own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("heading_deg", self.heading_deg, -180, 180)
