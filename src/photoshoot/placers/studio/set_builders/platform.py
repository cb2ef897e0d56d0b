"""A platform under the product: its size, its body, and what that is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.styling import contrast_color
from photoshoot.placers.studio.assets.props.beside import Ground
from photoshoot.placers.studio.assets.props.several import Rooms
from photoshoot.placers.studio.backdrops.table_tops import table_material
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.rocks import box_mapped
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box
from photoshoot.placers.studio.scene.bsdfs import Entry, Roughness
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.clear_block import CLEAR, faces_and_edges
from photoshoot.placers.studio.textures.by_name import Surface

_BACK_Z = -1.6  # of the platform: a box turned aside reaches about 1.5 back with its far corner
_ROOM_FOR_PRODUCT = 1.22
"""Platform over product, in half widths: wide shoes must not overhang."""
_ROOM_BEHIND = 0.25  # and so much more for feet that stand far back, near a round platform's edge
_RIM = 40  # rooms along a platform's edge
_CHORD = 0.72  # of a round platform's half depth: what is left of it beside the middle, where such feet stand
FINISHES: Final[dict[str, Roughness]] = {
    **dict.fromkeys(("concrete", "stone", "cork", "rattan", "tatami"), "matte"),
    **dict.fromkeys(("wood", "leather"), "satin"),
    "marble": "gloss",
    "metal": "metal",
}
"""Materials that are cut, cast, sawn or plaited → how a platform of them shines."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """The platform's size."""

    reach: float
    """Half its width."""
    depth: float
    """Half its depth."""
    center_z: float
    """Its middle; the product stands at z = 0."""
    height: float
    """Over the floor."""

    @classmethod
    def under(cls, view: View) -> Platform:
        """A platform that the product fits on, as high as the picture's lower edge lets it be seen."""
        room = _ROOM_FOR_PRODUCT + _ROOM_BEHIND * min(1.0, view.product_back)
        reach = max(1.15, room * view.product_half_width)
        front = 0.15 + 0.75 * min(reach, 1.15 + 0.25 * (reach - 1.15))
        depth = max((front - _BACK_Z) / 2, (front + view.product_back + 0.1) / (1 + _CHORD))
        height = float(np.clip(-0.72 * view.bottom_at(front), 0.12, 0.5))
        return cls(reach=reach, depth=depth, center_z=front - depth, height=height)

    @property
    def back(self) -> float:
        """Depth of its far edge."""
        return self.center_z - self.depth

    def shaped(self, x0: float, *, is_round: bool) -> Mesh:
        """Its body round ``x0``, round or square; its top is at 0."""
        if is_round:
            body = bevelled_cylinder(1.0, self.height, 0.03).scaled(self.reach, 1.0, self.depth)
            return body.moved(x0, -self.height, self.center_z)
        body = rounded_box((self.reach, self.height / 2, self.depth * 0.9), 0.03)
        return body.moved(x0, -self.height / 2, self.center_z)

    def cut(self, body: Mesh, x0: float, *, is_round: bool) -> Mesh:
        """A body of it with texture coordinates of its place, in world units; the side of a round one goes round it."""
        return box_mapped(body, 1.0, (x0, self.center_z) if is_round else None)

    def rim(self, x0: float) -> Rooms:
        """Rooms along its edge, which nothing hangs over: as a round one has it, inside that of a square one."""
        turns = np.linspace(0, 2 * np.pi, _RIM, endpoint=False)
        return tuple(
            (x0 + self.reach * float(np.cos(turn)), self.center_z + self.depth * float(np.sin(turn)), 0.08)
            for turn in turns
        )

    def above(self, x0: float, floor_y: float) -> Ground:
        """Height of what a thing stands on: its top, or the floor."""

        def height(x: Float64Array, z: Float64Array) -> Float64Array:
            inside = np.hypot((x - x0) / self.reach, (z - self.center_z) / self.depth) < 1
            return np.where(inside, 0.0, floor_y)

        return height


def stand_surface(material: str, color: str) -> Surface:
    """What a platform is made of, with veins or grain in tone with its colour."""
    return Surface(material=material, color=color, vein_color=contrast_color(color, 0.8))


def body_shapes(look: Surface, cut: Mesh, rng: np.random.Generator, name: str = "stand") -> dict[str, object]:
    """A body of a material, of one shape or, if clear, of its sides and its edges.

    Args:
        look: What it is of, none of it paint.
        cut: The body, see ``Platform.cut``; its top is y = 0.
        rng: Chooses the piece of what has grain.
        name: That of the shape, or of the sides.
    """
    if look.material not in CLEAR:
        return {name: to_shape(cut, bsdf=solid(look, rng))}
    (sides, edges), (pane, rim) = faces_and_edges(cut), CLEAR[look.material](look.color)
    return {name: to_shape(sides, bsdf=pane), f"{name}_edges": to_shape(edges, bsdf=rim)}


def solid(look: Surface, rng: np.random.Generator) -> Entry:
    """What has veins or grain, for (u, v) in world units; ``rng`` chooses its piece."""
    return table_material(look, FINISHES[look.material], rng)
