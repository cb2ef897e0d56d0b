"""Sets that are rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from photoshoot.sets.design import SetDesign


@dataclass(frozen=True, kw_only=True)
class WindowRoom(SetDesign):
    """A plain room where sun comes through a window, blinds or leaves and draws on the wall."""

    wall_color: str = "#b4b1ae"
    """Plaster wall."""
    floor_color: str = "#aaa7a3"
    """Floor or shelf."""
    gobo: Literal["blinds", "panes", "leaves"] = "blinds"
    """What the sun comes through."""


@dataclass(frozen=True, kw_only=True)
class Interior(SetDesign):
    """A corner of a room, out of focus, with the product on a sideboard or desk."""

    wall_color: str = "#d9d2c5"
    """The wall."""
    furniture_color: str = "#8a5a33"
    """The wood of the sideboard the product stands on."""
    accent_color: str = "#c98a2b"
    """Lamp, vase and cushions."""
    room: Literal["office", "living"] = "office"
    """What stands in the background."""


@dataclass(frozen=True, kw_only=True)
class Gym(SetDesign):
    """A dark training hall of concrete: rubber floor, strip lights, weights out of focus."""

    wall_color: str = "#4b4c4f"
    """Concrete wall."""
    floor_color: str = "#2a2a2c"
    """Rubber or concrete floor."""
    accent_color: str = "#ff5a1f"
    """Strip lights and the weights' rims."""
    weights: bool = True
    """Kettlebells, plates and a rack in the background; without them it is a bare concrete hall."""


@dataclass(frozen=True, kw_only=True)
class Gallery(SetDesign):
    """A gallery: a plain wall with framed pictures under spotlights, and a plinth."""

    wall_color: str = "#f0eee9"
    """The wall."""
    floor: Literal["wood", "concrete"] = "wood"
    """The floor."""
    floor_color: str = "#b58d62"
    """Main colour of the floor."""
    accent_color: str = "#c2543a"
    """Main colour of the pictures on the wall."""
    plinth_color: str = "#f6f5f2"
    """The plinth that the product stands on."""
