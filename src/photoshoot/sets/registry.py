"""Every set: one line each. START HERE to add one."""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.sets.beach import Beach
from photoshoot.sets.bed import Bed
from photoshoot.sets.cabin import Cabin
from photoshoot.sets.cafe import Cafe
from photoshoot.sets.celebration import Celebration
from photoshoot.sets.counter import Counter
from photoshoot.sets.crates import Crates
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.design import PARTS, SetDesign, SetObject
from photoshoot.sets.desk import Desk
from photoshoot.sets.drapery import Drapery
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.gallery import Gallery
from photoshoot.sets.garden import Garden
from photoshoot.sets.geometric_wall import GeometricWall
from photoshoot.sets.glossy_floor import GlossyFloor
from photoshoot.sets.gym import Gym
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.sets.interior import Interior
from photoshoot.sets.lab import Lab
from photoshoot.sets.location import Location
from photoshoot.sets.named import taken_along
from photoshoot.sets.neon_room import NeonRoom
from photoshoot.sets.outdoor_ground import OutdoorGround
from photoshoot.sets.playroom import Playroom
from photoshoot.sets.podium import Podium
from photoshoot.sets.pool import Pool
from photoshoot.sets.road import Road
from photoshoot.sets.rocks import Rocks
from photoshoot.sets.room import Room
from photoshoot.sets.stairs import Stairs
from photoshoot.sets.strewn import StrewnSet
from photoshoot.sets.tabletop import Tabletop
from photoshoot.sets.vanity import Vanity
from photoshoot.sets.water import Water
from photoshoot.sets.window_room import WindowRoom
from photoshoot.settings import SizeClass, Stance

_BUILDERS = "photoshoot.placers.studio.set_builders"


@dataclass(frozen=True, kw_only=True)
class SetFamily:
    """A kind of set: what it is called, what describes it, and what builds it.

    Raises:
        SettingsError: The design speaks of a parameter or a part that there is none of, or ``builder`` is malformed.
    """

    name: str
    """Its name in preset files, lower snake case."""
    design: type[SetDesign]
    """The class of its designs; every parameter has a default."""
    builder: str
    """``"module:function"`` that builds it in the studio (a ``scene.set_parts.Builder``), imported when first built."""

    def __post_init__(self) -> None:
        kind, uses = self.design, self.design.color_uses()
        followed = [use.follows[0] for use in uses.values() if use.follows is not None]
        for key, names, known in (
            ("behind", kind.behind or ("",), (*uses,)),
            ("free_colors", kind.free_colors, (*uses,)),
            ("follows", followed, (*uses,)),
            ("unpainted", kind.unpainted, PARTS),
            ("parts", [part for use in uses.values() for part in use.parts], PARTS),
        ):
            for name in names:
                if name not in known:
                    raise SettingsError(f"{kind.__name__}.{key}", name, f"of {', '.join(known)}")
        if self.builder.count(":") != 1:
            raise SettingsError("builder", self.builder, '"module:function"')


_FAMILIES: dict[str, SetFamily] = {}
_DESIGNS: dict[str, type[SetDesign]] = {}
_NAMES: dict[type[SetDesign], str] = {}

FAMILIES: Final[Mapping[str, SetFamily]] = types.MappingProxyType(_FAMILIES)
"""Every set by its name. Where a prompt's words speak for two sets alike, the first of them is taken."""
SETS: Final[Mapping[str, type[SetDesign]]] = types.MappingProxyType(_DESIGNS)
"""The class of every set's designs, by its name, in the order of ``FAMILIES``."""


def register_set(family: SetFamily) -> None:
    """Make a set known to preset files, prompts, recommendations and the studio, in this process.

    Raises:
        SettingsError: Its name or its class is taken.
    """
    if family.name in _FAMILIES or family.design in _DESIGNS.values():
        raise SettingsError("set", family.name, f"a set of its own: {', '.join(_FAMILIES)} are taken")
    _FAMILIES[family.name], _DESIGNS[family.name], _NAMES[family.design] = family, family.design, family.name


def set_name(design: SetDesign) -> str:
    """The name of a design's set in preset files.

    Raises:
        UnknownNameError: Its set is not registered.
    """
    kind = type(design)
    if kind not in _NAMES:
        raise UnknownNameError("set", kind.__name__, _DESIGNS)
    return _NAMES[kind]


def hold(design: SetDesign, stance: Stance) -> SetDesign:
    """The design that holds a product so, in the same light; the design itself where it can."""
    if design.holds(stance):
        return design
    become = {Stance.LYING: design.lying, Stance.HANGING: design.hanging, Stance.UPRIGHT: design.upright}[stance]
    return _become(design, become())


def carry(design: SetDesign, stance: Stance, size_class: SizeClass) -> SetDesign:
    """The design that holds a product of a class so, in the same light; the design itself where it does.

    Where neither it nor what it becomes takes such a product, the nearest set that does: no sofa stands on a table.
    """
    held = hold(design, stance)
    if held.takes(size_class) or held.pure_white:  # a packshot shows no place at all
        return held
    nearest = design if stance is Stance.HANGING else held
    return hold(_become(nearest, nearest.placed(size_class), size_class), stance)


def _become(design: SetDesign, parameters: SetObject, size_class: SizeClass | None = None) -> SetDesign:
    """What the parameters say, with all that the design names and it can show; what was asked for goes first."""
    rest = dict(parameters)
    kind = _DESIGNS[rest.pop("name")]
    taken = taken_along(design, kind, size_class)
    light = rest.pop("light", design.light)
    if light.is_crossed and issubclass(kind, FlatLay) and "glow" not in rest:  # from above two keys are two gels
        rest |= {"glow": "gels", "glow_colors": (light.color, light.second_color)}
    rest |= {part: getattr(design, part) for part in ("depth_of_field", "camera_angle", "shot_size")}
    if design.afloat:
        rest |= {"holder": "none"} if issubclass(kind, HangingWall) else {"afloat": kind.only_stance is None}
    asked = isinstance(design, StrewnSet) and design.beside != "none"
    return kind(light=light, **({**rest, **taken} if asked else {**taken, **rest}))


for _family in (
    SetFamily(name="cyclorama", design=Cyclorama, builder=f"{_BUILDERS}.cyclorama:build_cyclorama"),
    SetFamily(name="podium", design=Podium, builder=f"{_BUILDERS}.podium:build_podium"),
    SetFamily(name="window_room", design=WindowRoom, builder=f"{_BUILDERS}.window_room:build_window_room"),
    SetFamily(name="tabletop", design=Tabletop, builder=f"{_BUILDERS}.tabletop:build_tabletop"),
    SetFamily(name="glossy_floor", design=GlossyFloor, builder=f"{_BUILDERS}.glossy_floor:build_glossy_floor"),
    SetFamily(name="interior", design=Interior, builder=f"{_BUILDERS}.interior:build_interior"),
    SetFamily(name="neon_room", design=NeonRoom, builder=f"{_BUILDERS}.neon_room:build_neon_room"),
    SetFamily(name="geometric_wall", design=GeometricWall, builder=f"{_BUILDERS}.geometric_wall:build_geometric_wall"),
    SetFamily(name="drapery", design=Drapery, builder=f"{_BUILDERS}.drapery:build_drapery"),
    SetFamily(name="flat_lay", design=FlatLay, builder=f"{_BUILDERS}.flat_lay:build_flat_lay"),
    SetFamily(name="location", design=Location, builder=f"{_BUILDERS}.location:build_location"),
    SetFamily(name="celebration", design=Celebration, builder=f"{_BUILDERS}.celebration:build_celebration"),
    SetFamily(name="counter", design=Counter, builder=f"{_BUILDERS}.counter:build_counter"),
    SetFamily(name="dunes", design=Dunes, builder=f"{_BUILDERS}.dunes:build_dunes"),
    SetFamily(name="water", design=Water, builder=f"{_BUILDERS}.water:build_water"),
    SetFamily(name="rocks", design=Rocks, builder=f"{_BUILDERS}.rocks:build_rocks"),
    SetFamily(name="hanging_wall", design=HangingWall, builder=f"{_BUILDERS}.hanging_wall:build_hanging_wall"),
    SetFamily(name="gym", design=Gym, builder=f"{_BUILDERS}.gym:build_gym"),
    SetFamily(name="beach", design=Beach, builder=f"{_BUILDERS}.beach:build_beach"),
    SetFamily(name="bed", design=Bed, builder=f"{_BUILDERS}.bed:build_bed"),
    SetFamily(name="stairs", design=Stairs, builder=f"{_BUILDERS}.stairs:build_stairs"),
    SetFamily(name="desk", design=Desk, builder=f"{_BUILDERS}.desk:build_desk"),
    SetFamily(name="vanity", design=Vanity, builder=f"{_BUILDERS}.vanity:build_vanity"),
    SetFamily(name="lab", design=Lab, builder=f"{_BUILDERS}.lab:build_lab"),
    SetFamily(name="playroom", design=Playroom, builder=f"{_BUILDERS}.playroom:build_playroom"),
    SetFamily(name="road", design=Road, builder=f"{_BUILDERS}.road:build_road"),
    SetFamily(name="cafe", design=Cafe, builder=f"{_BUILDERS}.cafe:build_cafe"),
    SetFamily(name="pool", design=Pool, builder=f"{_BUILDERS}.pool:build_pool"),
    SetFamily(name="crates", design=Crates, builder=f"{_BUILDERS}.crates:build_crates"),
    SetFamily(name="cabin", design=Cabin, builder=f"{_BUILDERS}.cabin:build_cabin"),
    SetFamily(name="garden", design=Garden, builder=f"{_BUILDERS}.garden:build_garden"),
    SetFamily(name="room", design=Room, builder=f"{_BUILDERS}.room:build_room"),
    SetFamily(name="outdoor_ground", design=OutdoorGround, builder=f"{_BUILDERS}.outdoor_ground:build_outdoor_ground"),
    SetFamily(name="gallery", design=Gallery, builder=f"{_BUILDERS}.gallery:build_gallery"),
):
    register_set(_family)
