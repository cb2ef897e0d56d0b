"""The families of sets, one a file: each turns a design into shapes and lights."""

from __future__ import annotations

import types
from collections.abc import Mapping

from photoshoot.placers.studio.scene.set_parts import Family
from photoshoot.placers.studio.set_builders.celebration import CELEBRATION
from photoshoot.placers.studio.set_builders.counter import COUNTER
from photoshoot.placers.studio.set_builders.cyclorama import CYCLORAMA
from photoshoot.placers.studio.set_builders.drapery import DRAPERY
from photoshoot.placers.studio.set_builders.dunes import DUNES
from photoshoot.placers.studio.set_builders.flat_lay import FLAT_LAY, lay_flat
from photoshoot.placers.studio.set_builders.gallery import GALLERY
from photoshoot.placers.studio.set_builders.geometric_wall import GEOMETRIC_WALL
from photoshoot.placers.studio.set_builders.glossy_floor import GLOSSY_FLOOR
from photoshoot.placers.studio.set_builders.gym import GYM
from photoshoot.placers.studio.set_builders.hanging_wall import HANGING_WALL
from photoshoot.placers.studio.set_builders.interior import INTERIOR
from photoshoot.placers.studio.set_builders.location import LOCATION
from photoshoot.placers.studio.set_builders.neon_room import NEON_ROOM
from photoshoot.placers.studio.set_builders.podium import PODIUM
from photoshoot.placers.studio.set_builders.rocks import ROCKS
from photoshoot.placers.studio.set_builders.stances import hang, stand_up, take_stance
from photoshoot.placers.studio.set_builders.tabletop import TABLETOP
from photoshoot.placers.studio.set_builders.water import WATER
from photoshoot.placers.studio.set_builders.window_room import WINDOW_ROOM
from photoshoot.sets import (
    Celebration,
    Counter,
    Cyclorama,
    Drapery,
    Dunes,
    FlatLay,
    Gallery,
    GeometricWall,
    GlossyFloor,
    Gym,
    HangingWall,
    Interior,
    Location,
    NeonRoom,
    Podium,
    Rocks,
    SetDesign,
    Tabletop,
    Water,
    WindowRoom,
)

__all__ = ["FAMILIES", "hang", "lay_flat", "stand_up", "take_stance"]

FAMILIES: Mapping[type[SetDesign], Family] = types.MappingProxyType(
    {
        Celebration: CELEBRATION,
        Cyclorama: CYCLORAMA,
        Podium: PODIUM,
        WindowRoom: WINDOW_ROOM,
        Tabletop: TABLETOP,
        GlossyFloor: GLOSSY_FLOOR,
        Interior: INTERIOR,
        Location: LOCATION,
        NeonRoom: NEON_ROOM,
        GeometricWall: GEOMETRIC_WALL,
        Counter: COUNTER,
        Gym: GYM,
        Gallery: GALLERY,
        Drapery: DRAPERY,
        FlatLay: FLAT_LAY,
        HangingWall: HANGING_WALL,
        Dunes: DUNES,
        Rocks: ROCKS,
        Water: WATER,
    }
)
"""Every design and the family that builds it."""
