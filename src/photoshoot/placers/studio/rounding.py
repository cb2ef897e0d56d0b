"""Rounds products' sizes, so that products of nearly the same size share a built set."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rounding:
    """How far a product's sizes are rounded, so that products of nearly one size share a built set."""

    size: float
    """Width, height and depth are rounded up to it, world units."""
    widths: tuple[float, ...]
    """Width to one of these, where one is as large;"""
    backs: tuple[float, ...]
    """how far behind a product its set has to go on, to one of these."""
    camera: float
    """So is the camera's height, where the product raises it."""
    lower: float | None
    """How far under that height a camera may be: it stands as many steps over the set's own as come so near. None: its
    height itself is rounded."""
    reach: float | None
    """So is how far back its farthest foot may stand; None: not at all."""
    metre: float | None
    """Powers of it are what a metre is rounded to, over 1; None: to three places."""

    def length(self, length: float) -> float:
        """A height, rounded up."""
        return _round_up(length, self.size)

    def width(self, width: float) -> float:
        """A width, rounded up."""
        return _climb(width, self.widths, self.size)

    def back(self, depth: float) -> float:
        """How far behind a product the set goes on."""
        return _climb(depth, self.backs, self.size)

    def deepest(self, reach: float) -> float:
        """How far back a product's farthest foot may stand."""
        return reach if self.reach is None else _round_up(reach, self.reach)

    def least_camera(self, height: float) -> float:
        """The lowest height of a camera that stands at least so high."""
        return _round_up(height, self.camera)

    def raised_camera(self, seen_from: float, own: float) -> float:
        """A camera's height that suits a photo's, of those that a set with a camera of its ``own`` is seen from."""
        if self.lower is None:
            return _round_up(seen_from, self.camera)
        return own + _round_up(seen_from - self.lower - own, self.camera)

    def place(self, height: float) -> float:
        """Where the product's lower edge is, to a tenth where sizes are rounded far."""
        return height if self.reach is None else round(height, 1)

    def in_metres(self, metre: float) -> float:
        """Metres that a world unit is."""
        return round(metre if self.metre is None else self.metre ** round(math.log(metre, self.metre)), 3)


FINE = Rounding(size=0.1, widths=(), backs=(), camera=0.1, lower=None, reach=None, metre=None)
"""A set of its own for nearly every product."""
SHARED = Rounding(size=1.0, widths=(1.5, 3.0), backs=(0.5, 2.0, 3.5), camera=0.5, lower=0.15, reach=1.5, metre=1.25)
"""Some sets for a catalogue: things beside a product stand up to .75 of a unit farther from it, and a camera that the
product raises stands up to .35 higher, or .15 lower: two degrees, or one."""


def _round_up(length: float, step: float) -> float:
    return round(math.ceil(length / step - 1e-9) * step, 6)


def _climb(length: float, rungs: tuple[float, ...], step: float) -> float:
    return next((rung for rung in rungs if rung >= length - 1e-9), _round_up(length, step))
