"""The families of sets, one a file: each turns a design into shapes and lights."""

from __future__ import annotations

import types
from collections.abc import Mapping

from photoshoot.placers.studio.families.cyclorama import CYCLORAMA
from photoshoot.placers.studio.families.drapery import DRAPERY
from photoshoot.placers.studio.families.flat_lay import FLAT_LAY, lay_flat
from photoshoot.placers.studio.families.geometric_wall import GEOMETRIC_WALL
from photoshoot.placers.studio.families.glossy_floor import GLOSSY_FLOOR
from photoshoot.placers.studio.families.interior import INTERIOR
from photoshoot.placers.studio.families.neon_room import NEON_ROOM
from photoshoot.placers.studio.families.podium import PODIUM
from photoshoot.placers.studio.families.tabletop import TABLETOP
from photoshoot.placers.studio.families.window_room import WINDOW_ROOM
from photoshoot.placers.studio.parts import Family
from photoshoot.sets import (
    Cyclorama,
    Drapery,
    FlatLay,
    GeometricWall,
    GlossyFloor,
    Interior,
    NeonRoom,
    Podium,
    SetDesign,
    Tabletop,
    WindowRoom,
)

__all__ = ["FAMILIES", "lay_flat"]

FAMILIES: Mapping[type[SetDesign], Family] = types.MappingProxyType(
    {
        Cyclorama: CYCLORAMA,
        Podium: PODIUM,
        WindowRoom: WINDOW_ROOM,
        Tabletop: TABLETOP,
        GlossyFloor: GLOSSY_FLOOR,
        Interior: INTERIOR,
        NeonRoom: NEON_ROOM,
        GeometricWall: GEOMETRIC_WALL,
        Drapery: DRAPERY,
        FlatLay: FLAT_LAY,
    }
)
"""Every design and the family that builds it."""
