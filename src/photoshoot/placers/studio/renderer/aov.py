"""AOVs (arbitrary output variables): what the surface that a pixel shows is like, whatever light falls on it.

They are read along rays (``look_through``), through the clear panes before that surface; not in scalar variants, which
have Mitsuba's integrator for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Self

import drjit as dr
import mitsuba as mi
import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import brightest, grown, in_planes
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.tiling import TILE_PX
from photoshoot.records import LinearImage

INTEGRATOR = {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal,distance:depth", "block_size": TILE_PX}
"""What Mitsuba reads the seven channels with."""
_BESIDE_PX, _USUAL = 31, 0.01  # pixels across, twice, in which surfaces are beside a lamp; what the usual one weighs
_NOISY = 0.05  # albedo, against the mean of nine pixels, from which on AOVs are noisy: beside white
_BEND, _STEP, _NEAR_EDGE = 0.1, 0.03, 5  # of normals, of log distance: an edge of a shape; film pixels across
_FEW = 1e-5  # of the pixels round one: where fewer shine nobody knows how bright that is
_EMPTY, _NEAR_SKY = 0.99, 9  # of a pixel that shows nothing; film pixels across that a lens mixes with the sky
_DIM = 0.2  # added to the albedo round a pixel, by which that is less: on dark boards fainter seams are seen


@dataclass(frozen=True, kw_only=True, eq=False)
class Aovs:
    """The AOVs of a film (h, w, …), or of chosen pixels (N, …). They are free of the light's noise."""

    albedo: LinearImage
    """(…, 3), [0, 1]: the share of light that the surface scatters, linear RGB."""
    normals: Float32Array
    """(…, 3), [-1, 1], world axes."""
    distance: Float32Array
    """(…): from the lens along the ray, world units; 0 where there is nothing. Denoisers don't look at it."""
    lamp: Float32Array | None = None
    """(…), [0, 1]: the share of the pixel that shines by itself; None: nothing is known of it."""
    glass: Float32Array | None = None
    """(…, 2): the share of the pixel that is seen through clear glass, and the mean of the first one's distance, or 0
    where none is. None: nothing is known of it."""
    glow: LinearImage | None = None
    """(…, 3), [0, 1]: how bright what shines near the pixel is, as displayed; None: as white or brighter."""

    @cached_property
    def guide(self) -> LinearImage:
        """What a denoiser is shown as a film's albedo (h, w, 3): in it lamps have that of the surfaces beside them.

        They scatter nothing. A denoiser that is told so sees an edge between a window and its white bars, as hard as
        one of black and white, where light has next to none; and before a lens it sees the noise of that edge. What
        shines darker than they are (a wall of light behind white stars, a night's sky) has its own brightness: else
        it would see no edge where there is one.
        """
        if self.lamp is None or not self.lamp.any():
            return self.albedo
        known = np.concatenate([self.albedo, 1 - self.lamp[..., None]], -1)
        mean = known.mean((0, 1))
        near = mean_around(mean_around(known, _BESIDE_PX), _BESIDE_PX) + _USUAL * mean / max(mean[3], 1e-6)
        beside = near[..., :3] / np.maximum(near[..., 3:], 1e-6)
        beside = beside if self.glow is None else np.minimum(beside, self.glow)
        return np.asarray(np.clip(self.albedo + self.lamp[..., None] * beside, 0, 1), np.float32)

    @property
    def told(self) -> Float32Array:
        """All of it that denoisers are told (…, 10): albedo, normals, what shines, and how bright that is."""
        lamp = np.zeros_like(self.distance) if self.lamp is None else self.lamp
        glow = np.ones_like(self.albedo) if self.glow is None else self.glow
        return np.concatenate([self.albedo, self.normals, lamp[..., None], glow], -1)

    @classmethod
    def of_told(cls, told: Float32Array) -> Self:
        """What ``told`` says; no distances."""
        albedo, lamp = np.clip(told[..., :3], 0, 1), np.clip(told[..., 6], 0, 1)
        glow = np.clip(told[..., 7:], 0, 1)
        return cls(albedo=albedo, normals=told[..., 3:6], distance=np.zeros_like(lamp), lamp=lamp, glow=glow)

    def without_stand_in(self, hidden: Float32Array) -> Self:
        """Without lamps where a product hides the set (share of each pixel): its stand-in shines, and is an edge."""
        return self if self.lamp is None else replace(self, lamp=np.where(hidden > 0, 0, self.lamp))

    def with_albedo(self, albedo: LinearImage) -> Self:
        """With another albedo; what has been found of shapes is kept."""
        return self._keeping(replace(self, albedo=albedo), "bend", "step", "edges")

    def with_glow(self, light: LinearImage, exposure: float) -> Self:
        """Of a film, told how bright what shines is; all that has been found but the guide is kept.

        Args:
            light: Radiance (h, w, 3): what shines has no noise.
            exposure: The picture's factor on the light.
        """
        if self.lamp is None or not (whole := self.lamp > _EMPTY).any():
            return self
        shown = np.concatenate([np.minimum(exposure * light, 1), np.ones_like(self.lamp)[..., None]], -1)
        near = mean_around(mean_around(np.where(whole[..., None], shown, 0), _BESIDE_PX), _BESIDE_PX)
        glow = np.where(near[..., 3:] > _FEW, near[..., :3] / np.maximum(near[..., 3:], _FEW), 1)
        kept = "bend", "step", "edges", "paint", "surface_distance"
        return self._keeping(replace(self, glow=np.asarray(glow, np.float32)), *kept)

    def _keeping(self, other: Self, *found: str) -> Self:
        vars(other).update({name: vars(self)[name] for name in found if name in vars(self)})
        return other

    @cached_property
    def surface_distance(self) -> Float32Array:
        """Of a film's surfaces alone (h, w): before the sky, whose distance is 0, a far ridge would seem near."""
        if self.lamp is None:
            return self.distance
        beside_sky = grown((self.distance <= 0) & (self.lamp > _EMPTY), _NEAR_SKY)
        return np.where(beside_sky, without_sky(self.distance, self.lamp), self.distance)

    @cached_property
    def edges(self) -> BoolArray:
        """Film pixels (h, w) near edges of shapes, over which a lens mixes what is seen."""
        return grown((self.bend > _BEND) | (self.step > _STEP), _NEAR_EDGE)

    @cached_property
    def paint(self) -> Float32Array:
        """Local contrast of a film's albedo (h, w), see ``local_contrast``."""
        return local_contrast(self.albedo)

    @cached_property
    def bend(self) -> Float32Array:
        """Likewise, of a film's normals."""
        return local_contrast(self.normals)

    @cached_property
    def step(self) -> Float32Array:
        """Likewise, of the logarithm of a film's distances: shares of them."""
        return local_contrast(np.log(np.maximum(self.distance, 0.1))[..., None])

    @classmethod
    def of_channels(cls, channels: Float32Array) -> Self:
        """Of the seven channels (…, 7) that Mitsuba gives, eight with lamps, or ten with glass, too."""
        lamp = channels[..., 7] if channels.shape[-1] > 7 else None
        glass = channels[..., 8:] if channels.shape[-1] > 8 else None
        color, normals, distance = np.clip(channels[..., :3], 0, 1), channels[..., 3:6], channels[..., 6]
        return cls(albedo=color, normals=normals, distance=distance, lamp=lamp, glass=glass)


def without_sky(distance: Float32Array, lamp: Float32Array) -> Float32Array:
    """Mean distances over pixels of which a share is the sky, as those over the rest."""
    return np.where(lamp > _EMPTY, distance, distance / np.maximum(1 - lamp, 1 - _EMPTY))


def local_contrast(image: Float32Array) -> Float32Array:
    """How far each pixel (h, w) of (h, w, C) is from the mean of nine, the most of its channels."""

    def contrast(plane: Float32Array) -> Float32Array:
        return np.asarray(np.abs(plane - ndimage.uniform_filter(plane, 3)), np.float32)

    return np.asarray(brightest(in_planes(contrast, image)), np.float32)


def mean_around(image: Float32Array, side_px: int) -> Float32Array:
    """The mean of an image's channels (h, w, C) over a square of so many pixels round each."""
    return np.asarray(in_planes(partial(ndimage.uniform_filter, size=side_px), image), np.float32)


def find_edges(channels: Float32Array) -> BoolArray:
    """Which film pixels (h, w) lie beside an edge of albedo, a lamp or the sky, where few samples are a noisy mean.

    Args:
        channels: As ``Aovs.of_channels`` takes them (h, w, …).
    """
    shown = np.concatenate([channels[..., :3], channels[..., 7:8]], -1)
    around = np.minimum(brightest(mean_around(shown, 3)) + _DIM, 1)
    return grown(local_contrast(shown) > _NOISY * around, 5)


def face_camera(normals: Float32Array, view: View) -> Float32Array:
    """Means of normals (H, W, 3) at length 1 and turned to the side that a camera sees; none where nothing is."""
    rows, columns = np.indices(normals.shape[:2]) + 0.5
    away = view.to_world(columns, rows, np.zeros_like(rows)) - np.array([0, view.camera_y, view.distance])
    length = np.linalg.norm(normals, axis=-1, keepdims=True)
    turned = np.where((normals * away).sum(-1, keepdims=True) > 0, -normals, normals)
    return np.asarray(np.where(length > 0.1, turned / np.maximum(length, 1e-6), 0), np.float32)


MOST_PANES, MOST_PANES_AFTER = 6, 4
"""Sides of clear glass that a ray is followed through, and a mirrored one after its reflection."""
_PANE_ALBEDO = 0.5  # of what they reflect
_ASIDE = (0.98, 0.0, 0.2)  # about 80 degrees from the normal


def count_panes(scene: mi.Scene) -> int:
    """Sides of clear glass that rays are followed through in a scene; 0 where it has none."""
    bsdfs = [bsdf for shape in scene.shapes() if (bsdf := shape.bsdf()) is not None]
    return MOST_PANES if any(mi.has_flag(bsdf.flags(), mi.BSDFFlags.Null) for bsdf in bsdfs) else 0


def look_through(scene: mi.Scene, panes: int, ray: mi.Ray3f) -> list[Any]:
    """The eight AOVs along a ray; 1 and how far away where it meets a pane, which counts as far as it reflects.

    Panes are met in a loop of Dr.Jit's, which is written down once: one after another they would take Python seconds.
    """
    coherent = dr.auto.ad.Bool(True)
    if not panes:
        si: Any = scene.ray_intersect(ray, int(mi.RayFlags.All), coherent=coherent)
        hit = si.is_valid()
        return [dr.select(hit, channel, 0) for channel in (*_albedo(si, hit), *si.sh_frame.n, si.t)] + [
            _shines(si, hit)
        ]
    nothing = dr.zeros(dr.auto.ad.Float, dr.width(ray))
    begin = (dr.auto.ad.UInt32(0), ray, dr.auto.ad.Bool(True), nothing + 1, nothing, dr.auto.ad.Bool(False))

    def look(
        number: Any, ray: Any, on: Any, left: Any, way: Any, met: Any, seen: list[Any], pane: list[Any]
    ) -> tuple[Any, ...]:
        si: Any = scene.ray_intersect(ray, int(mi.RayFlags.All), coherent=coherent, active=on)
        hit = on & si.is_valid()
        clear = dr.select(number < panes, _mean_of(si.bsdf().eval_null_transmission(si, hit)), 0)
        albedo = _albedo(si, hit)
        glass, way = (clear > 0) & (dr.max(albedo) == 0), way + dr.select(hit, si.t, 0)
        own = [dr.select(glass, _PANE_ALBEDO, channel) for channel in albedo]
        first, met = hit & glass & ~met, met | (hit & glass)
        pane = [dr.select(first, its, known) for its, known in zip((1, way), pane, strict=True)]
        share = left * (1 - clear)
        found = [dr.select(hit, share * channel, 0) for channel in (*own, *si.sh_frame.n, way)]
        found.append(dr.select(on, share * _shines(si, hit), 0))
        seen = [total + more for total, more in zip(seen, found, strict=True)]
        return number + 1, si.spawn_ray(ray.d), hit & (clear > 0), left * clear, way, met, seen, pane

    *_, seen, pane = dr.while_loop((*begin, [nothing] * 8, [nothing] * 2), lambda *state: state[2], look)
    return [*seen, *pane]


def is_mirrored(bsdf: Any, sampled: Any) -> Any:
    """Where a sample of a surface is a reflection in clear glass: what is looked at, and left out of paths."""
    reflected = mi.has_flag(sampled.sampled_type, mi.BSDFFlags.DeltaReflection)
    return reflected & mi.has_flag(bsdf.flags(), mi.BSDFFlags.Null)


def mirror_lamps(scene: mi.Scene, ray: mi.Ray3f) -> list[Any]:
    """Radiance, in three channels, of the lamps that clear glass on a ray's way mirrors: once, none of what is more."""
    width, color = dr.width(ray), mi.Color3f

    def look(number: Any, ray: Any, on: Any, left: Any, seen: Any) -> tuple[Any, ...]:
        si: Any = scene.ray_intersect(ray, int(mi.RayFlags.All), coherent=dr.auto.ad.Bool(True), active=on)
        on = on & si.is_valid()
        bsdf: Any = si.bsdf()
        pane = on & mi.has_flag(bsdf.flags(), mi.BSDFFlags.Null)  # what stands behind it is not sampled
        bs, weight = bsdf.sample(mi.BSDFContext(), si, 0, mi.Point2f(0), pane)
        clear = is_mirrored(bsdf, bs)
        lit = _follow(scene, si.spawn_ray(si.to_world(bs.wo)), on & clear, left * weight * bs.pdf)
        left = left * bsdf.eval_null_transmission(si, on)
        on = on & (number + 1 < MOST_PANES) & (dr.max(left) > 0)
        return number + 1, si.spawn_ray(ray.d), on, left, seen + lit

    begin = (dr.zeros(mi.UInt32, width), ray, dr.full(mi.Bool, True, width), color(1), dr.zeros(color, width))
    *_, seen = dr.while_loop(begin, lambda *state: state[2], look)
    return list(seen)


def _follow(scene: mi.Scene, ray: Any, on: Any, left: Any) -> Any:
    """Radiance of lamps that a mirrored ray ends at, through clear panes, times what is left of it."""

    def look(number: Any, ray: Any, on: Any, left: Any, seen: Any) -> tuple[Any, ...]:
        si: Any = scene.ray_intersect(ray, int(mi.RayFlags.All), coherent=dr.auto.ad.Bool(False), active=on)
        on = on & si.is_valid()
        seen = seen + dr.select(on, left * si.emitter(scene, on).eval(si, on), 0)
        left = left * si.bsdf().eval_null_transmission(si, on)
        on = on & (number < MOST_PANES_AFTER) & (dr.max(left) > 0)
        return number + 1, si.spawn_ray(ray.d), on, left, seen

    begin = (dr.zeros(mi.UInt32, dr.width(ray)), ray, on, left, dr.zeros(mi.Color3f, dr.width(ray)))
    *_, seen = dr.while_loop(begin, lambda *state: state[2], look)
    return seen


def _mean_of(color: Any) -> Any:
    """The mean of three channels. Dr.Jit's own has the number of rays in its code: a kernel for each number."""
    return (color.x + color.y + color.z) * (1 / 3)


def _shines(si: Any, hit: Any) -> Any:
    """1 where a surface shines, and where there is none; else 0."""
    return dr.select(hit & ~si.shape.is_emitter(), dr.auto.ad.Float(0), 1)


def _albedo(si: Any, hit: Any) -> Any:
    """What a surface scatters, as seen from the side: there metal, and a sheen, show nothing of their highlights.

    Mitsuba gives what a rough conductor reflects along its normal: several times the light seen from above, nothing
    from the side. Over a round thing that is no albedo, but a highlight with a black rim.
    """
    seen, si.wi = mi.Vector3f(si.wi), mi.Vector3f(*_ASIDE)
    albedo = si.bsdf().eval_diffuse_reflectance(si, hit)
    si.wi = seen
    return albedo
