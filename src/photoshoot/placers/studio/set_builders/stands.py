"""What a product stands on under the sky instead of the ground: a platform, a flat rock, or a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.color.styling import contrast_color
from photoshoot.placers.studio.assets.props.beside import Ground
from photoshoot.placers.studio.assets.props.several import Rooms
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_material, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.rocks import box_mapped
from photoshoot.placers.studio.landscape.boulders import Slab, rock_material
from photoshoot.placers.studio.landscape.grid import HORIZON_Z, Footprint
from photoshoot.placers.studio.scene.batching import painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Roughness
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.podium import Platform
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.sets.strewn import OpenSet

_BURIED = 0.3  # how far a platform goes down into uneven ground, world units
_INSIDE = 0.9  # share of a stand's outline that the ground round it sees
_FINISHES: Final[dict[str, Roughness]] = {"concrete": "matte", "marble": "gloss", "stone": "matte", "wood": "satin"}
_OF_TABLES: Final[dict[str, Roughness]] = {**_FINISHES, "linen": "matte", "tiles": "satin", "plain": "satin"}
_TABLE_HEIGHT = 1.5  # over what lies round it: lower than life, so that it is seen beyond the table's edge
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
    def of(cls, design: OpenSet, view: View, exposure: float, rng: np.random.Generator) -> Stand:
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
            rock = to_shape(slab.mesh(int(rng.integers(1000))), bsdf=rock_material(design.stand_color, rng))
            foot = _footprint(slab.x, slab.reach, slab.front, slab.back)
            return cls(foot=foot, height=slab.height, shapes={"stand": rock}, rim=slab.rim(), covers=slab.covers)
        look = stand_surface(design.stand_material, design.stand_color)
        if design.stand == "table":
            return cls.table(look, view, rng)
        return cls.platform(look, view, exposure, rng, is_round=design.stand == "round")

    @classmethod
    def platform(cls, look: Surface, view: View, exposure: float, rng: np.random.Generator, *, is_round: bool) -> Stand:
        """A platform, round or square; arguments as those of ``platform_shapes``."""
        platform = Platform.under(view)
        return cls(
            foot=_footprint(view.product_x, platform.reach, platform.center_z + platform.depth, platform.back),
            height=platform.height,
            shapes=platform_shapes(platform, look, view, exposure, rng, is_round=is_round),
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

    def resting(self, ground: Ground) -> Ground:
        """Height of what a thing lies on: its top, or the ground."""
        covers = self.covers
        if covers is None:
            return ground
        return lambda x, z: np.where(covers(x, z), 0.0, ground(x, z))


def stand_surface(material: str, color: str) -> Surface:
    """What a platform is made of, with veins or grain in tone with its colour."""
    return Surface(material=material, color=color, vein_color=contrast_color(color, 0.8))


def platform_shapes(
    platform: Platform, look: Surface, view: View, exposure: float, rng: np.random.Generator, *, is_round: bool
) -> dict[str, object]:
    """A platform under the product, of stone, marble, concrete, wood or paint; its foot is in the ground.

    Args:
        platform: Its size.
        look: What it is made of.
        view: The camera.
        exposure: The picture's.
        rng: Chooses its piece of stone; not advanced for paint.
        is_round: Whether it is round; else it is square.
    """
    body: Mesh = replace(platform, height=platform.height + _BURIED).shaped(view.product_x, is_round=is_round)
    if look.material in _FINISHES:
        finish = _FINISHES[look.material]
        return {"stand": to_shape(box_mapped(body, 1.0), bsdf=table_material(look, finish, rng))}
    things = thing_shapes([painted(look.color, "eggshell", body)], exposure)
    return {f"stand_{name}": shape for name, shape in things.items()}


def _footprint(x: float, reach: float, front: float, back: float) -> Footprint:
    """A stand's outline, a little inside its sides."""
    deep = front - back
    inset = 0.5 * (1 - _INSIDE) * deep
    return Footprint(x=x, half_width=_INSIDE * reach, reach=_INSIDE * deep, front=front - inset)
