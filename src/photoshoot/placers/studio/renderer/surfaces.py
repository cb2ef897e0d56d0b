"""What a ray meets: the surface that it shows, and the clear panes before that. Not for scalar variants."""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi

_PANES, _PANE_ALBEDO = 6, 0.5  # sides of clear glass that a ray is followed through; of what they reflect
_ASIDE = (0.98, 0.0, 0.2)  # about 80 degrees from the normal


def count_panes(scene: mi.Scene) -> int:
    """Sides of clear glass that rays are followed through in a scene; 0 where it has none."""
    bsdfs = [bsdf for shape in scene.shapes() if (bsdf := shape.bsdf()) is not None]
    return _PANES if any(mi.has_flag(bsdf.flags(), mi.BSDFFlags.Null) for bsdf in bsdfs) else 0


def look_through(scene: mi.Scene, panes: int, ray: mi.Ray3f) -> list[Any]:
    """The eight AOVs along a ray, and a pane's four. It counts as far as it reflects, as something grey would.

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
        pane = [dr.select(first, its, known) for its, known in zip((*si.sh_frame.n, way), pane, strict=True)]
        share = left * (1 - clear)
        found = [dr.select(hit, share * channel, 0) for channel in (*own, *si.sh_frame.n, way)]
        found.append(dr.select(on, share * _shines(si, hit), 0))
        seen = [total + more for total, more in zip(seen, found, strict=True)]
        return number + 1, si.spawn_ray(ray.d), hit & (clear > 0), left * clear, way, met, seen, pane

    *_, seen, pane = dr.while_loop((*begin, [nothing] * 8, [nothing] * 4), lambda *state: state[2], look)
    return [*seen, *pane]


def _shines(si: Any, hit: Any) -> Any:
    """1 where a surface shines, and where there is none; else 0."""
    return dr.select(hit & ~si.shape.is_emitter(), dr.auto.ad.Float(0), 1)


def _albedo(si: Any, hit: Any) -> Any:
    """What a surface scatters, as seen from the side: there metal, and a sheen, show nothing of their highlights.

    Mitsuba gives what a rough conductor reflects along its normal: several times the light seen from above, nothing
    from the side. Over a round thing that is no albedo, but a highlight with a black rim.
    """
    seen, si.wi = si.wi, mi.Vector3f(*_ASIDE)
    albedo = si.bsdf().eval_diffuse_reflectance(si, hit)
    si.wi = seen
    return albedo
