"""Sets of a photo studio: paper, platforms, floors and light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from photoshoot.sets.design import Props, SetDesign


@dataclass(frozen=True, kw_only=True)
class Cyclorama(SetDesign):
    """A seamless sweep of paper: one colour, or a gradient of up to four."""

    colors: tuple[str, ...] = ("#f6f6f5",)
    """One to four colours, first at the bottom, left or centre."""
    direction: Literal["vertical", "horizontal", "diagonal", "radial"] = "vertical"
    """Which way a gradient runs."""
    finish: Literal["matte", "satin", "gloss"] = "matte"
    """How much the floor reflects."""


@dataclass(frozen=True, kw_only=True)
class Podium(SetDesign):
    """A platform before a plain wall."""

    backdrop_color: str = "#ecd8c6"
    """Wall and floor."""
    podium_color: str = "#f3e6d8"
    """The platform."""
    accent_color: str = "#d07c55"
    """Spheres, blocks and other small shapes."""
    shape: Literal["round", "square", "steps"] = "round"
    """The platform's plan."""
    backing: Literal["none", "arch", "disc", "fluted"] = "arch"
    """What stands behind."""
    shapes: bool = True
    """Geometric blocks and balls at the sides."""
    props: Props = "none"
    """What lies round the platform."""
    prop_colors: tuple[str, ...] = ()
    """Up to four colours of the props; none: their own."""


@dataclass(frozen=True, kw_only=True)
class GlossyFloor(SetDesign):
    """A mirror-like floor under a glow: the product stands on its own reflection."""

    floor_color: str = "#0c0d10"
    """The floor."""
    glow_color: str = "#8f9cba"
    """The glow behind the product."""


@dataclass(frozen=True, kw_only=True)
class GeometricWall(SetDesign):
    """A relief of facets behind a low platform."""

    colors: tuple[str, ...] = ("#eceae6",)
    """One to four colours, spread over the facets."""
    podium_color: str = "#f4f2ef"
    """The platform and the floor."""


@dataclass(frozen=True, kw_only=True)
class NeonRoom(SetDesign):
    """A dark room with glowing tubes and a glossy floor."""

    wall_color: str = "#26262e"
    """The wall."""
    colors: tuple[str, ...] = ("#ff2a9a", "#2a7bff")
    """One to four colours of the tubes."""
    shape: Literal["ring", "bars", "gel"] = "ring"
    """A ring with tubes, tubes alone, or coloured light without tubes."""


@dataclass(frozen=True, kw_only=True)
class Celebration(SetDesign):
    """A coloured sweep with things strewn on its floor and things in the air."""

    backdrop_color: str = "#f3c9d2"
    """Wall and floor."""
    props: Props = "confetti"
    """What lies on the floor."""
    prop_colors: tuple[str, ...] = ()
    """Up to four colours of the props; none: their own."""
    air: Literal["none", "balloons", "confetti", "hearts", "petals", "snow", "stars", "streamers"] = "none"
    """What hangs or falls beside and behind the product."""
    backdrop: Literal["sweep", "bokeh", "glow"] = "sweep"
    """A seamless sweep, discs of light out of focus, or a soft pool of light in the dark."""
    finish: Literal["matte", "satin", "gloss"] = "matte"
    """How much the floor reflects."""
