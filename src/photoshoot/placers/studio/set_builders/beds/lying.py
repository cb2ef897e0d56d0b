"""A product that lies, and the plane under it: in the support's frame x runs right, y up to the camera, z down."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.placement import support_frame
from photoshoot.placers.studio.backdrops.shaded_relief import shaded
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import relief
from photoshoot.placers.studio.scene.bsdfs import Entry, Roughness, Tiling, textured
from photoshoot.placers.studio.textures.procedural import Texture, smoothstep
from photoshoot.sets import Light
from photoshoot.sets.flat_lay import FlatLay

_VERTICES = 110_000
_BESIDE = 0.45  # how far a bed reaches past the picture's sides, world units
_ROUND = 0.3  # radius of the corners of the product's outline, of its half width


@dataclass(frozen=True, kw_only=True)
class Lying:
    """What a bed is made for."""

    design: FlatLay
    """Its material and colours, what is seen mirrored in it, what lies under the product."""
    view: View
    """The camera, looking down."""
    light: Light
    """The light, from in front of the bed."""
    exposure: float
    """Factor on radiance."""
    rng: np.random.Generator
    """The shot's; all chance comes from it."""
    drop: float = 0.0
    """How far the bed lies under the product's support: the height of what is between them."""

    @property
    def z(self) -> float:
        """Depth of the bed in the world."""
        return LYING_SURFACE_Z - self.drop

    @property
    def middle(self) -> tuple[float, float]:
        """The product's middle: x and z."""
        return self.view.product_x, -(self.view.product_bottom + 0.5 * self.view.product_height)

    def half_sizes(self, margin: float) -> tuple[float, float]:
        """Of what reaches ``margin`` past the product: across the picture, and down it."""
        return self.view.product_half_width + margin, 0.5 * self.view.product_height + margin

    def lowered(self, drop: float, beside: tuple[float, float]) -> Lying:
        """The bed ``drop`` under the product, round what lies between them.

        Args:
            drop: World units.
            beside: How far that reaches past the product to the sides, and up and down the picture.
        """
        view = self.view
        wider = replace(
            view,
            product_half_width=view.product_half_width + beside[0],
            product_height=view.product_height + 2 * beside[1],
            product_bottom=view.product_bottom - beside[1],
        )
        return replace(self, view=wider, drop=drop)

    def points(self, vertices: int = _VERTICES) -> tuple[Float64Array, Float64Array]:
        """An even grid of about so many points over the picture: x and z, (rows, columns)."""
        half, top, bottom = self.view.half_width + _BESIDE, self.view.top + _BESIDE, self.view.bottom - _BESIDE
        step = float(np.sqrt(2 * half * (top - bottom) / vertices))
        x = np.linspace(-half, half, max(8, round(2 * half / step)))
        z = np.linspace(-top, -bottom, max(8, round((top - bottom) / step)))
        return tuple(np.meshgrid(x, z))  # type: ignore[return-value]

    def distance(self, x: npt.ArrayLike, z: npt.ArrayLike) -> Float64Array:
        """Distance of places to the product's box, its corners rounded; 0 in it."""
        view = self.view
        half_z, middle_z = 0.5 * view.product_height, self.middle[1]
        corner = _ROUND * min(view.product_half_width, half_z)
        beside = np.abs(np.asarray(x, np.float64) - view.product_x) - (view.product_half_width - corner)
        along = np.abs(np.asarray(z, np.float64) - middle_z) - (half_z - corner)
        return np.asarray(np.maximum(np.hypot(np.maximum(beside, 0), np.maximum(along, 0)) - corner, 0), np.float64)

    def clear(self, x: npt.ArrayLike, z: npt.ArrayLike, near: float, far: float) -> Float64Array:
        """0 nearer to the product than ``near``, 1 farther than ``far``, smooth between."""
        return np.asarray(smoothstep(near, far, self.distance(x, z)), np.float64)

    def placed(self, mesh: Mesh) -> Mesh:
        """A mesh of the support's frame in the world."""
        return mesh.moved(0.0, -self.drop, 0.0).transformed(support_frame(self.view))

    def surface(self, x: Float64Array, y: Float64Array, z: Float64Array, uv: npt.ArrayLike | None = None) -> Mesh:
        """The smooth surface of heights ``y`` over a grid, in the world; texture coordinates are x and z."""
        return self.placed(relief(np.stack([x, y, z], -1), np.stack([x, z], -1) if uv is None else uv))

    def coat(self, texture: Texture, tiling: Tiling, roughness: Roughness, relief: float) -> Entry:
        """The material of what lies flat, with its relief as it shows in the light; arguments as of ``textured``."""
        return textured(shaded(texture, tiling, relief, self.light), tiling, roughness)

    def chance(self, count: int) -> int:
        """One of so many, by the shot's chance."""
        return int(self.rng.integers(count))
