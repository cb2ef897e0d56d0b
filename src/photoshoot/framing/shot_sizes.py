"""How large a design asks for its product to be, relative to what suits the picture's format."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from photoshoot.sets import SetDesign
from photoshoot.sets.design import ShotSize
from photoshoot.settings import Placement

_SCALES: Final[Mapping[ShotSize, float]] = MappingProxyType({"usual": 1.0, "close_up": 1.35, "wide": 0.6})
_LEAST, _MOST = 0.1, 3.0  # of ``Placement.scale``


def asked_frame(design: SetDesign) -> tuple[bool, bool, ShotSize]:
    """What a design says of its product's room: whether it is a packshot, whether it floats, and the shot's size."""
    return design.pure_white, design.afloat, "usual" if design.pure_white else design.shot_size


def with_shot_size(placement: Placement, size: ShotSize) -> Placement:
    """A placement whose product is larger or smaller by a shot's size; an exact box stays as it is."""
    return dataclasses.replace(placement, scale=min(_MOST, max(_LEAST, placement.scale * _SCALES[size])))
