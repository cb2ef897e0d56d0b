"""Uneven ground as the camera sees it: dense where the picture shows much of it, out to the horizon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import Terrain, relief
from photoshoot.placers.studio.textures.procedural import smoothstep

HORIZON_Z = -430.0
"""Depth where open ground ends: so far that it meets the horizon to the eye."""
_VERTICES = 66_000
_OVERLAP = 1.05  # how far the dense part reaches past the picture's sides
_BESIDE = np.array([0.8, 2.5, 7.0, 20.0])  # columns beside it, world units from the picture's edge
_SPREAD = -0.35  # power of the distance in whose even steps they are: -1 is the picture's, 0 the logarithm's
_LEAST_ROWS, _MOST_ROWS = 48, 230
_UNDER = 0.3  # between rows that the picture cuts off


def ground_mesh(view: View, terrain: Terrain, back: float, share: float) -> Mesh:
    """The ground from depth ``back`` to behind the camera; texture coordinates are x and z."""
    x, z = ground_points(view, back, share)
    return relief(np.stack([x, terrain(x, z), z], -1), np.stack([x, z], -1))


def places_in_sight(
    view: View, rows: Float64Array, near: float, far: float, rng: np.random.Generator
) -> tuple[Float64Array, Float64Array]:
    """X and z (k,) of places on the ground, spread at random over the picture's width.

    Args:
        view: The camera.
        rows: How far up the picture each one is (k,): 0 at depth ``far``, 1 at ``near``.
        near: Depth (z) of the nearest.
        far: Depth (z) of the farthest.
        rng: The shot's generator.
    """
    z = view.distance - 1 / (rows / (view.distance - near) + (1 - rows) / (view.distance - far))
    return rng.uniform(-1.05, 1.05, len(rows)) * view.half_width * (view.distance - z) / view.distance, z


def ground_points(
    view: View, back: float = HORIZON_Z, share: float = 1.0, hilly: float = 0.25, rows: float = 1.0
) -> tuple[Float64Array, Float64Array]:
    """X and z of a grid over the ground whose cells look about equally large; rows from far to near, (n, m) each.

    Args:
        view: The camera.
        back: Farthest depth.
        share: Of the points that smooth ripples need, 0.1 to 1: less for plain ground.
        hilly: Share of the rows that are spread by distance, for what rises far away; the rest by the picture.
        rows: Times as many rows, with fewer columns for it: slopes that face the camera spread rows over the picture.
    """
    seen = min(view.height_px, view.height_px - view.axis_row_px)
    deep = int(np.clip(0.55 * seen, _LEAST_ROWS, _MOST_ROWS) * (1 + 0.5 * hilly) * share**0.5 * rows)
    columns = int(np.clip(_VERTICES * share / deep, 64, 0.7 * view.width_px + 40))
    depth = _depths(view, back, deep, round(hilly * deep))
    half = np.maximum(view.half_width * (view.distance - depth) / view.distance, 0.05)[:, None]
    across = np.linspace(-1, 1, columns)[None] * half * _OVERLAP
    beside = half * _OVERLAP + _BESIDE[None] * (1 + np.maximum(-depth, 0)[:, None] / view.distance)
    x = np.concatenate([-beside[:, ::-1], across, beside], 1)
    return x, np.broadcast_to(depth[:, None], x.shape)


def row_spacing(z: Float64Array) -> Float64Array:
    """Depth between neighbouring rows of ``ground_points``, (n, 1), without sudden changes."""
    steps = np.maximum(np.abs(np.gradient(z[:, 0])), 1e-4)
    return np.asarray(np.exp(ndimage.gaussian_filter1d(np.log(steps), 3, mode="nearest"))[:, None], np.float64)


def _depths(view: View, back: float, rows: int, spread: int) -> Float64Array:
    """Depths of the rows: most at even steps of the picture, some at even steps of distance for what rises far away."""
    far = view.axis_row_px + view.distance * view.px_per_unit * view.camera_y / (view.distance - back)
    near = 1.06 * view.height_px
    even = view.floor_z(np.linspace(far, near, rows - spread))
    first, last = (view.distance - back) ** _SPREAD, (view.distance - float(even[-1])) ** _SPREAD
    steps = view.distance - np.linspace(first, last, spread + 2)[1:-1] ** (1 / _SPREAD)
    under = np.arange(float(even[-1]) + 2 * _UNDER, 0.5, _UNDER)  # of a picture that ends over the ground in z = 0
    behind = np.array([*under, 1.0, view.distance - 1.0, view.distance + 4.0])
    beyond = behind[behind > even[-1] + 0.5]
    return np.concatenate([np.sort(np.concatenate([even, steps])), beyond])


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """The part of the ground that a product stands on."""

    x: float
    """x of its middle, world units."""
    half_width: float
    """Half its width, world units."""
    reach: float
    """How far it reaches back from its front edge, world units."""
    front: float = 0.0
    """Depth of its front edge."""

    @classmethod
    def of(cls, view: View) -> Footprint:
        """Where the product of a view may touch the ground."""
        return cls(
            x=view.product_x,
            half_width=view.product_half_width,
            reach=max(min(view.product_reach, 0.8), view.product_back),
        )

    def distance(self, x: npt.ArrayLike, z: npt.ArrayLike) -> Float64Array:
        """Distance of ground points to the footprint, 0 on it: round a narrow product, long round a wide one."""
        radius = min(self.half_width, 0.5 * self.reach + 0.05)
        beyond = np.maximum(np.abs(np.asarray(x, np.float64) - self.x) - (self.half_width - radius), 0)
        deep = np.maximum(
            np.abs(np.asarray(z, np.float64) - self.front + 0.5 * self.reach) - (0.5 * self.reach + 0.05 - radius), 0
        )
        return np.asarray(np.maximum(np.hypot(beyond, deep) - radius, 0), np.float64)

    def clear(self, x: npt.ArrayLike, z: npt.ArrayLike, near: float, far: float) -> Float64Array:
        """0 nearer to the footprint than ``near``, 1 farther than ``far``, smooth between."""
        return np.asarray(smoothstep(near, far, self.distance(x, z)), np.float64)
