"""A jetty: boards across it on beams, and posts that stand in the water at both sides, out to its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.assets.crate_and_stump import plank
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.assets.props.several import Rooms
from photoshoot.placers.studio.backdrops.table_tops import TABLE_REPEATS
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import box_mapped
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box
from photoshoot.placers.studio.scene.batching import thing_shapes, wooden
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.platform import FINISHES, body_shapes
from photoshoot.placers.studio.textures.by_name import Surface, planks, surface_texture

_LEAST, _MOST = 1.55, 2.2  # half its width beside small things: of a narrow picture, and of a wide one
_BESIDE = 0.45  # of a wide product, to either side
_LENGTH, _LENGTH_M = 19.0, 9.0  # behind the product, in world units at least
_HEIGHT = 0.62  # over the water
_BOARD, _BOARD_M, _BROADEST = 0.34, 0.14, 0.6
_GAP, _THICK, _LONGER = 0.028, 0.045, 0.05  # between boards; half of one's thickness; how far ends are out of line
_POST, _TALL, _APART, _FIRST = 0.17, (0.45, 0.75), 4.6, -2.2
"""Radius of a post, how far it stands over the boards, from one to the next, and depth of the nearest behind."""
_DEEP = 1.5  # of a post, under the water
_RELIEF = 0.010
_OLD = 0.8  # how rustic its boards are
_WORN = 0.05  # radius of the edges of a body of stone


@dataclass(frozen=True, kw_only=True)
class Jetty:
    """Its size; its boards are y = 0."""

    x: float
    """x of its middle, world units."""
    half_width: float
    """Half its width, world units."""
    back: float
    """Depth (z) of its end, world units."""
    front: float
    """Depth (z) of its nearest board, behind the camera's lower edge, world units."""
    board: float
    """Width of a board with the gap after it, world units."""

    height = _HEIGHT
    """Of its boards over the water, world units."""

    @classmethod
    def under(cls, view: View) -> Jetty:
        """One that leads from the camera past the product out over the water."""
        metre = 0.0 if view.unit_m is None else 1 / view.unit_m
        half = float(np.clip(0.9 * view.half_width, _LEAST, _MOST))
        return cls(
            x=view.product_x,
            half_width=max(half, view.product_half_width + _BESIDE),
            back=-view.product_back - max(_LENGTH, min(_LENGTH_M * metre, 1.5 * _LENGTH)),
            front=view.distance + 1.0,
            board=float(np.clip(_BOARD_M * metre, _BOARD, _BROADEST)),
        )

    def covers(self, x: npt.ArrayLike, z: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Whether places lie over it."""
        aside = np.abs(np.asarray(x, np.float64) - self.x) < self.half_width
        return np.asarray(aside & (np.asarray(z, np.float64) > self.back), bool)

    def rim(self) -> Rooms:
        """Rooms along its sides, which nothing hangs over."""
        depths = np.arange(-4.0, 4.0, 0.1)
        return tuple((self.x + side * self.half_width, float(z), 0.1) for z in depths for side in (-1, 1))

    def shapes(self, look: Surface, exposure: float, rng: np.random.Generator) -> dict[str, object]:
        """Its boards and what bears them; of stone or concrete a mole, that is one body.

        Args:
            look: What it is made of; paint is that of wood.
            exposure: The picture's.
            rng: Chooses each board's piece of wood, and the posts; or the piece of stone.
        """
        if look.material in FINISHES and look.material != "wood":
            middle, half = 0.5 * (self.front + self.back), 0.5 * (self.front - self.back)
            body = rounded_box((self.half_width, self.height, half), _WORN).moved(self.x, -self.height, middle)
            return body_shapes(look, box_mapped(body, 1.0), rng)
        wood = Surface(material="wood", color=look.color, vein_color=look.vein_color, rustic=_OLD)
        texture = surface_texture(wood, int(rng.integers(3)))
        boards = to_shape(self._boards(wood, rng), bsdf=textured(texture, Tiling(), "matte", _RELIEF))
        dark = tint(look.color, "#2c2119", 0.55)
        posts = wooden(tint(look.color, dark, 0.5), "matte", *self._posts(rng))
        bearing = thing_shapes([wooden(dark, "matte", *self._beams()), posts], exposure)
        return {"stand": boards, **{f"jetty_{name}": shape for name, shape in bearing.items()}}

    def _boards(self, look: Surface, rng: np.random.Generator) -> Mesh:
        """Boards across it, a little out of line."""
        wood = (planks(look.rustic), TABLE_REPEATS["wood"])
        width = self.board - _GAP
        return merged(
            plank(self.half_width + float(rng.uniform(0, _LONGER)), _THICK, (z, width), "z", wood, rng).moved(
                self.x, -_THICK - float(rng.uniform(0, 0.008))
            )
            for z in np.arange(self.back, self.front, self.board) + 0.5 * self.board
        )

    def _beams(self) -> list[Mesh]:
        """Beams along it, under its boards: at both sides and in the middle."""
        middle, half = 0.5 * (self.front + self.back), 0.5 * (self.front - self.back)
        return [box((0.09, 0.13, half)).moved(self.x + side * (self.half_width - 0.1), -2 * _THICK - 0.14, middle)
                for side in (-1, 0, 1)]  # fmt: skip

    def _posts(self, rng: np.random.Generator) -> list[Mesh]:
        """Posts at both sides, each of a height and a thickness of its own."""
        posts = []
        for z in np.arange(_FIRST, self.back, -_APART):
            for side in (-1, 1):
                tall, deep = float(rng.uniform(*_TALL)), self.height + _DEEP
                post = bevelled_cylinder(_POST * float(rng.uniform(0.88, 1.1)), tall + deep, 0.03, segments=40)
                at = self.x + side * (self.half_width + _POST + 0.03)
                posts.append(post.moved(at, -deep, float(z) + float(rng.uniform(-0.2, 0.2))))
        return posts
