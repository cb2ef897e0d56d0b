"""What every piece of furniture is told."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things
from photoshoot.placers.studio.textures.gradients import tint as tint


@dataclass(frozen=True, kw_only=True)
class Style:
    """The room's colours."""

    wood: str
    """Colour of wooden furniture, ``#rrggbb``."""
    accent: str
    """Colour of lamps, seats and pictures, ``#rrggbb``."""
    dusk: float = 0.0
    """How far day has gone out of doors, 0 to 1."""

    @property
    def palette(self) -> tuple[str, ...]:
        """Paper, the accent and its companions."""
        return ("#efe6d4", self.accent, "#2f6f73", "#b5533a", "#2c3a4a", tint(self.accent, "#efe6d4", 0.5))


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a piece stands."""

    x: float
    """x of the piece's middle, world units."""
    wall_z: float
    """Depth of the wall behind it."""
    floor_y: float
    """Height (y) of the room's floor, world units; below 0."""
    ceiling_y: float
    """Upper edge of the picture at the wall."""


Furnish = Callable[[Spot, Style, np.random.Generator], Things]
"""Builds one piece at a spot."""


def box(half_sizes: tuple[float, float, float], radius: float = 0.03) -> Mesh:
    """A box about the origin with rounded edges, of few triangles."""
    return rounded_box(half_sizes, min(radius, *half_sizes), steps=2)
