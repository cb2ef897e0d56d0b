"""What a set's builder hands to the studio: shapes and lights, and how the picture is exposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.settings import check_range


@dataclass(frozen=True, kw_only=True, eq=False)
class SetParts:
    """A built set, ready for the renderer. The product and the camera are added by the studio."""

    shapes: Mapping[str, object]
    """Name → scene entry (a Mitsuba dict or object): shapes with their materials, and emitters."""
    aperture: float = 0.0
    """Lens radius in world units, 0 = all sharp, to 0.5; the focus is on the product's plane."""
    bloom: float = 0.0
    """Glow round what is brighter than white, 0 to 0.3."""
    exposure: float | None = None
    """Factor on the scene's radiance; None: metered with ``card``."""
    card: float = 0.92
    """Display-linear value, 0.1 to 1.2, of perfect white where the product stands."""

    def __post_init__(self) -> None:
        check_range("aperture", self.aperture, 0, 0.5)
        check_range("bloom", self.bloom, 0, 0.3)
        check_range("card", self.card, 0.1, 1.2)
        if self.exposure is not None:
            check_range("exposure", self.exposure, 1e-3, 1e3)


Builder = Callable[[Any, View, np.random.Generator], SetParts]
"""Builds a set: (its design, the view, the shot's generator) → parts.

It reads only its arguments; all chance comes from the generator, so one seed gives one set. Shapes must reach past the
picture's edges (``view.half_width_at(z)``, ``view.top_at(z)``) and lights stay outside them.
"""
