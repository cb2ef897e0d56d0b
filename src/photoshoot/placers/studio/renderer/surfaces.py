"""What a ray meets: the surface that it shows, and the clear panes before that. Not for scalar variants."""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi

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
        clear = dr.select(number < panes, dr.mean(si.bsdf().eval_null_transmission(si, hit)), 0)
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
        bs, weight = bsdf.sample(mi.BSDFContext(), si, 0, mi.Point2f(0), on)
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
