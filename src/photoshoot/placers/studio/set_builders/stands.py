"""What a product stands on instead of the ground or a table: a platform of a kind, a flat rock, or a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.assets.book_stack import book_stack
from photoshoot.placers.studio.assets.crate_and_stump import closed_crate, stump, stump_bark, stump_top
from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.props.beside import Ground
from photoshoot.placers.studio.assets.props.several import Rooms
from photoshoot.placers.studio.backdrops.table_tops import TABLE_REPEATS, table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.landscape.boulders import Slab, rock_material
from photoshoot.placers.studio.landscape.grid import HORIZON_Z, Footprint
from photoshoot.placers.studio.landscape.lawn_and_sand import Support, lawn
from photoshoot.placers.studio.landscape.spread_cloth import OVER_GROUND, SpreadCloth, spread_shape
from photoshoot.placers.studio.scene.batching import painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Roughness, Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.emitters import albedo_exposure
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.platform import FINISHES, Platform, body_shapes, stand_surface
from photoshoot.placers.studio.set_builders.podium import strew_round
from photoshoot.placers.studio.textures.by_name import Surface, planks, surface_texture
from photoshoot.sets.location import GROUND_COLORS, Location
from photoshoot.sets.strewn import PlatformKind, StandingSet
from photoshoot.sets.tabletop import Tabletop

_BURIED = 0.3  # how far a platform goes down into uneven ground, world units
_INSIDE = 0.9  # share of a stand's outline that the ground round it sees
_OF_TABLES: Final[dict[str, Roughness]] = {**FINISHES, "linen": "matte", "tiles": "satin", "plain": "satin"}
_TABLE_HEIGHT = 1.5  # over what lies round it: lower than life, so that it is seen beyond the table's edge
_GOING = 0.45  # depth of a step
_GRAIN = 0.010  # relief of a crate's boards
_INSIDE_CRATE = "#1d1610"
_OVER_GRASS = 0.32  # at least, of a platform's top over a lawn: blades are as long
_SET_OFF = 0.12  # share of its grain's colour that a table has more than the platform on it
_ROOM_BEHIND = 0.4  # of a table behind a platform
_ROOM_BEFORE_SHORE = 2.8  # of dry sand behind a cloth
_ROCK_HEIGHT = 0.45  # the most of a rock over the ground


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What the product stands on, and the ground round it; its top is y = 0."""

    foot: Footprint
    """Where it rises out of the ground, or where the product touches it."""
    height: float = 0.0
    """Over the ground, world units; 0 where the product stands on that."""
    shapes: dict[str, object] = field(default_factory=dict[str, object])
    """It; empty where there is none."""
    rim: Rooms = ()
    """Rooms along its edge, which nothing hangs over."""
    covers: Callable[[Float64Array, Float64Array], BoolArray] | None = None
    """Whether places (x, z) are over it; None where there is none."""
    hides: float = 0.0
    """Depth, 0 or less, from which on the ground is seen behind it."""

    @classmethod
    def of(cls, design: StandingSet, view: View, exposure: float, rng: np.random.Generator) -> Stand:
        """That of a design; ``rng`` is not advanced where there is none.

        Args:
            design: Says which, of what and in what colour.
            view: The camera.
            exposure: The picture's.
            rng: The shot's generator.
        """
        if design.stand == "none":
            return cls(foot=Footprint.of(view))
        if design.stand == "rock":
            slab = Slab.under(view, _ROCK_HEIGHT)
            mesh = slab.mesh(int(rng.integers(1000)))
            rock = to_shape(mesh, bsdf=rock_material(design.stand_color, rng, wet=design.wet))
            foot = _footprint(slab.x, slab.reach, slab.front, slab.back)
            return cls(foot=foot, height=slab.height, shapes={"stand": rock}, rim=slab.rim(), covers=slab.covers)
        if design.stand == "cloth":
            return cls.cloth(design, view, rng)
        look = stand_surface(design.stand_material, design.stand_color)
        if design.stand == "table":
            return cls.table(look, view, rng)
        return cls.platform(look, view, exposure, rng, design.stand)

    @classmethod
    def platform(
        cls, look: Surface, view: View, exposure: float, rng: np.random.Generator, kind: PlatformKind
    ) -> Stand:
        """A platform of a kind; arguments as those of ``platform_shapes``."""
        platform = Platform.under(view)
        return cls(
            foot=_footprint(view.product_x, platform.reach, platform.center_z + platform.depth, platform.back),
            height=platform.height,
            shapes=platform_shapes(platform, look, view, exposure, rng, kind),
            rim=platform.rim(view.product_x),
            covers=lambda x, z: platform.above(view.product_x, -1.0)(x, z) == 0.0,
        )

    @classmethod
    def table(cls, look: Surface, view: View, rng: np.random.Generator) -> Stand:
        """A table under the whole picture; arguments as those of ``platform_shapes``."""
        back, half = table_back(view), view.half_width_at(HORIZON_Z)
        top = table_top(look, _OF_TABLES[look.material], view, rng)
        sunk = (view.camera_y + _TABLE_HEIGHT) / view.camera_y
        return cls(
            foot=Footprint(x=0.0, half_width=half, reach=view.distance - back, front=view.distance),
            height=_TABLE_HEIGHT,
            shapes={"stand": top},
            covers=lambda _, z: z > back,
            hides=min(0.0, view.distance - (view.distance - back) * sunk),
        )

    @classmethod
    def cloth(cls, design: StandingSet, view: View, rng: np.random.Generator) -> Stand:
        """A cloth that is spread on the ground, which is level under it; arguments as those of ``of``."""
        cloth = SpreadCloth.under(view, rng)
        return cls(
            foot=cloth.ground,
            height=OVER_GROUND,
            shapes={"stand": spread_shape(cloth, design, design.stand_color, view, rng)},
            covers=cloth.covers,
            hides=min(0.0, cloth.back + _ROOM_BEFORE_SHORE),
        )

    def resting(self, ground: Ground) -> Ground:
        """Height of what a thing lies on: its top, or the ground."""
        covers = self.covers
        if covers is None:
            return ground
        return lambda x, z: np.where(covers(x, z), 0.0, ground(x, z))


def platform_shapes(
    platform: Platform, look: Surface, view: View, exposure: float, rng: np.random.Generator, kind: PlatformKind
) -> dict[str, object]:
    """A platform under the product, of a material or of paint; its foot is in the ground.

    Crates and stumps are of wood, and books have covers of their own, whatever is told.

    Args:
        platform: Its size.
        look: What it is made of.
        view: The camera.
        exposure: The picture's.
        rng: Chooses its piece of stone; not advanced for paint.
        kind: Its shape.
    """
    if kind == "books":
        stack = book_stack((platform.reach, 0.85 * platform.depth), platform.height, _BURIED, rng)
        books = [replace(book, mesh=book.mesh.moved(view.product_x, 0, platform.center_z)) for book in stack]
        return {f"stand_{name}": shape for name, shape in thing_shapes(books, exposure).items()}
    if kind in ("crate", "stump"):
        return (_crate if kind == "crate" else _stump)(platform, look, view, rng)
    deep = replace(platform, height=platform.height + _BURIED)
    body = _steps(platform, view) if kind == "steps" else deep.shaped(view.product_x, is_round=kind == "round")
    if look.material in FINISHES:
        return body_shapes(look, platform.cut(body, view.product_x, is_round=kind == "round"), rng)
    things = thing_shapes([painted(look.color, "eggshell", body)], exposure)
    return {f"stand_{name}": shape for name, shape in things.items()}


def _steps(platform: Platform, view: View) -> Mesh:
    """A landing and two steps that go down from it to the camera and to both sides."""
    rise, tiers = platform.height / 3, []
    for index in range(3):
        low = rise + _BURIED * (index == 2)
        half = (platform.reach + index * _GOING, low / 2, 0.9 * platform.depth + 0.5 * index * _GOING)
        middle = platform.center_z + 0.5 * index * _GOING
        tiers.append(rounded_box(half, 0.02).moved(view.product_x, -index * rise - low / 2, middle))
    return merged(tiers)


def _crate(platform: Platform, look: Surface, view: View, rng: np.random.Generator) -> dict[str, object]:
    repeats, old = TABLE_REPEATS["wood"], replace(look, material="wood", rustic=1.0)
    half, height = (platform.reach, 0.78 * platform.depth), platform.height + _BURIED
    boards = closed_crate(half, height, (planks(old.rustic), repeats), rng).moved(view.product_x, 0, platform.center_z)
    texture = surface_texture(old, int(rng.integers(3)))
    dark = rounded_box((half[0] - 0.09, height / 2 - 0.05, half[1] - 0.09), 0.01, steps=1)
    return {
        "stand": to_shape(boards, bsdf=textured(texture, Tiling(), "matte", _GRAIN)),
        "inside": to_shape(
            dark.moved(view.product_x, -height / 2 - 0.05, platform.center_z), bsdf=diffuse(_INSIDE_CRATE)
        ),
    }


def _stump(platform: Platform, look: Surface, view: View, rng: np.random.Generator) -> dict[str, object]:
    seed = int(rng.integers(8))
    top, bark = stump((1.04 * platform.reach, platform.depth), platform.height + _BURIED, seed)
    coats = {"stand": (top, stump_top(look.color, seed)), "bark": (bark, stump_bark(look.color, seed))}
    return {
        name: to_shape(mesh.moved(view.product_x, 0, platform.center_z), bsdf=diffuse(bitmap(image, clamp=True)))
        for name, (mesh, image) in coats.items()
    }


def platform_on_table(design: Location | Tabletop, view: View, rng: np.random.Generator) -> Support:
    """A platform on a table of its colour, and props round it; in parks and forests it stands on grass."""
    platform = Platform.under(view)
    on_lawn = isinstance(design, Location) and design.is_on_lawn
    floor_y = -max(platform.height, _OVER_GRASS) if on_lawn else -platform.height
    back = min(table_back(view), platform.back - _ROOM_BEHIND)
    top = Surface(material=_solid(design.material), color=design.surface_color, vein_color=design.vein_color)
    exposure = albedo_exposure(design.light, 0.93)
    if on_lawn:
        shapes, back, drop = lawn(GROUND_COLORS["lawn"], view, rng, -floor_y)
    else:
        table = replace(top, color=tint(design.surface_color, design.vein_color, _SET_OFF))
        shapes, drop = {"table": table_top(table, design.finish, view, rng, back, floor_y)}, -floor_y
    assert design.stand != "none", "asked of designs that have a platform"
    shapes |= platform_shapes(platform, top, view, exposure, rng, design.stand)
    shapes |= strew_round(design, view, platform, (floor_y, 0.0), [], rng)
    return shapes, back, drop


def _solid(material: str) -> str:
    return "plain" if material in ("grass", "sand", "blanket") else material


def _footprint(x: float, reach: float, front: float, back: float) -> Footprint:
    """A stand's outline, a little inside its sides."""
    deep = front - back
    inset = 0.5 * (1 - _INSIDE) * deep
    return Footprint(x=x, half_width=_INSIDE * reach, reach=_INSIDE * deep, front=front - inset)
