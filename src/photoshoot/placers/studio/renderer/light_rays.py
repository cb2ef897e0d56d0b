"""Single rays of light: from lamps, through surfaces, to where they land. Not for scalar variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh

_NARROW_CELLS, _WIDE_CELLS, _SURE_RAYS = 1.6, 7.0, 8.0
"""How far counted light is spread, and where rays are few; how many in a cell are enough."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Hits:
    """Where rays met something."""

    rays: npt.NDArray[np.int64]
    """Which rays met something."""
    points: Float64Array
    normals: Float64Array
    """Toward where the ray came from for ``land``, outward for ``hit_mesh``."""
    albedo: Float64Array

    @classmethod
    def none(cls) -> Hits:
        """Dr.Jit follows no rays where there are none."""
        nothing = np.zeros((0, 3))
        return cls(rays=np.zeros(0, np.int64), points=nothing, normals=nothing, albedo=nothing)


def light_at(lamp: mi.Emitter, scene: mi.Scene, points: Float64Array, seed: int) -> tuple[Float64Array, Float64Array]:
    """Directions (n, 3) from points to places on a lamp, and irradiance (n, 3) of what faces them; 0 in the shade."""
    it = dr.zeros(mi.SurfaceInteraction3f, len(points))
    it.p = _vector(points, mi.Point3f)
    choice = np.random.default_rng([seed, 1]).random((2, len(points)), np.float32)
    at = mi.Point2f(*map(_floats, choice))
    ds, weight = lamp.sample_direction(it, at)
    dr.eval(ds.d, ds.dist, weight)  # one kernel for all three, here and below
    toward = _array(ds.d)
    shade = is_blocked(scene, points + 2e-3 * toward, toward, np.array(ds.dist) - 1e-2)
    return toward, np.where(shade[:, None], 0, np.nan_to_num(_array(weight)))


def refract(directions: Float64Array, normals: Float64Array, ratio: float) -> Float64Array:
    """Directions past a surface whose normals face where they come from; 0 where all is reflected."""
    cosine = -(directions * normals).sum(1, keepdims=True)
    left = 1 - ratio**2 * (1 - cosine**2)
    bent = ratio * directions + (ratio * cosine - np.sqrt(np.maximum(left, 0))) * normals
    return np.where(left > 0, bent, 0)


def spread(light: Float64Array, rays: Float64Array) -> Float64Array:
    """Light (h, w, 3) counted by few rays is speckled: the fewer there are round a cell (h, w), the wider it spreads.

    Where it is gathered into lines rays are many, and the lines stay sharp.
    """
    narrow = ndimage.gaussian_filter(light, (_NARROW_CELLS, _NARROW_CELLS, 0))
    wide = ndimage.gaussian_filter(light, (_WIDE_CELLS, _WIDE_CELLS, 0))
    sure = np.minimum(ndimage.gaussian_filter(rays, _WIDE_CELLS) / _SURE_RAYS, 1)[..., None]
    return np.asarray(wide + sure * (narrow - wide), np.float64)


def land(scene: mi.Scene, points: Float64Array, directions: Float64Array) -> Hits:
    """Where rays from points (n, 3) meet a scene, with its albedo there."""
    if not len(points):
        return Hits.none()
    met = scene.ray_intersect(_rays(points + 2e-3 * directions, directions))
    valid, shading = met.is_valid(), met.sh_frame.n
    reflected = met.bsdf().eval_diffuse_reflectance(met, valid)
    dr.eval(valid, shading, reflected, met.p)
    found, normals, albedo = np.array(valid), _array(shading), _array(reflected)
    turned = np.where((normals * directions).sum(1, keepdims=True) > 0, -normals, normals)
    return Hits(rays=np.flatnonzero(found), points=_array(met.p)[found], normals=turned[found], albedo=albedo[found])


def hit_mesh(
    solid: tuple[mi.Scene, Mesh], points: Float64Array, directions: Float64Array, *, inner: bool = True
) -> Hits:
    """Where rays meet the solid, from within or from anywhere; its normals are interpolated here.

    Mitsuba would ask all shapes alive for them, those of the set, too, which are in no scene with the solid.
    """
    if not len(points):
        return Hits.none()
    scene, mesh = solid
    met = scene.ray_intersect_preliminary(_rays(points, directions))
    valid = met.is_valid()
    dr.eval(valid, met.prim_index, met.prim_uv)
    found = np.flatnonzero(np.array(valid))
    corners = mesh.faces[np.array(met.prim_index)[found]]
    second, third = _array(met.prim_uv)[found].T
    weights = np.stack([1 - second - third, second, third], 1)[..., None]
    assert mesh.normals is not None
    normals = (mesh.normals[corners] * weights).sum(1)
    normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    at = (mesh.vertices[corners] * weights).sum(1)
    met_right = ((normals * directions[found]).sum(1) > 0) | (not inner)
    return Hits(
        rays=found[met_right], points=at[met_right], normals=normals[met_right], albedo=np.ones_like(at[met_right])
    )


def is_blocked(
    scene: mi.Scene, points: Float64Array, directions: Float64Array, far: npt.ArrayLike
) -> npt.NDArray[np.bool_]:
    """Whether rays (n,) from points meet something nearer than ``far``."""
    if not len(points):
        return np.zeros(0, bool)
    ray = _rays(points, directions)
    ray.maxt = _floats(np.minimum(np.broadcast_to(far, len(points)), 1e6))
    return np.array(scene.ray_test(ray))


def _rays(points: Float64Array, directions: Float64Array) -> Any:
    return mi.Ray3f(_vector(points, mi.Point3f), _vector(directions, mi.Vector3f))


def _vector(values: Float64Array, kind: Any) -> Any:
    return kind(*(_floats(column) for column in values.T))


def _floats(values: npt.ArrayLike) -> Any:
    return dr.auto.ad.Float(np.ascontiguousarray(values, np.float32))


def _array(vector: Any) -> Float64Array:
    return np.array(vector, np.float64).T
