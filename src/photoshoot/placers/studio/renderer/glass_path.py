"""Path tracing where there is clear glass: lamps that it mirrors are left out, and looked at apart.

Glass reflects a twentieth of what falls on it, and a lamp is tens of times as bright as what is seen through it: by
chance one path in twenty finds the highlight, as a speck, and a denoiser takes specks away. Where a lamp is mirrored is
no matter of chance, though: it takes a ray for each side of glass, see ``highlights``.

Nor does it hide lamps: where a path first meets what is no glass, they are asked through panes. By chance alone what
stands in a glass, under it or behind it is lit by the few paths that run into a lamp.
"""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi

from photoshoot.placers.studio.renderer.aov import MOST_PANES, MOST_PANES_AFTER, is_mirrored

_RR_MOST = 0.95  # chance that a path goes on, at most
_STRAIGHT, _MIRRORED, _SCATTERED, _OTHER = range(4)
"""What a path did so far: nothing, one reflection in clear glass, one bounce off what is no glass, anything else."""


class GlassPath:
    """Mitsuba's ``path`` for JIT variants, without lamps that clear glass mirrors for the camera; panes hide none.

    Source: Mitsuba's ``path`` plugin: next event estimation, combined with what surfaces sample by the power heuristic.

    Args:
        max_depth: Longest light path.
        rr_depth: Bounces from which on a path goes on by chance.
    """

    def __init__(self, max_depth: int, rr_depth: int) -> None:
        self._max_depth, self._rr_depth = max_depth, rr_depth

    def sample(self, scene: mi.Scene, sampler: Any, ray: mi.RayDifferential3f) -> tuple[Any, Any, list[Any]]:
        """Radiance along rays, which of them are any, and nothing more: as integrators give it."""
        width = dr.width(ray)
        color, real = mi.Color3f, mi.Float
        begin = (
            sampler,
            mi.Ray3f(ray),
            color(1),
            color(0),
            dr.full(real, 1, width),
            dr.zeros(mi.UInt32, width),
            dr.zeros(mi.Interaction3f, width),
            dr.full(real, 1, width),
            dr.full(mi.Bool, True, width),
            dr.full(mi.Bool, True, width),
            dr.full(mi.UInt32, _STRAIGHT, width),
            dr.zeros(mi.UInt32, width),
        )
        state = dr.while_loop(begin, lambda *state: state[9], lambda *state: self._bounce(scene, *state))
        return state[3], dr.full(mi.Bool, True, width), []

    def _bounce(
        self,
        scene: mi.Scene,
        sampler: Any,
        ray: Any,
        throughput: Any,
        light: Any,
        eta: Any,
        depth: Any,
        before: Any,
        before_pdf: Any,
        before_delta: Any,
        on: Any,
        did: Any,
        panes: Any,
    ) -> tuple[Any, ...]:
        si: Any = scene.ray_intersect(ray, int(mi.RayFlags.All), coherent=depth == 0, active=on)
        shown = on & ~((did == _MIRRORED) & si.is_valid())
        light = light + dr.select(shown, throughput * _met(scene, si, before, before_pdf, before_delta, shown), 0)
        further = on & si.is_valid() & (depth + 1 < self._max_depth)
        bsdf: Any = si.bsdf()
        context = mi.BSDFContext()
        ask = further & mi.has_flag(bsdf.flags(), mi.BSDFFlags.Smooth)
        ds, weight = scene.sample_emitter_direction(si, sampler.next_2d(), False, ask)
        ask &= ds.pdf != 0
        first = (did == _STRAIGHT) | (did == _MIRRORED)
        weight = weight * _let_through(scene, si, ds, (ask, first), self._max_depth - 2 - mi.Int32(depth))
        wo = si.to_local(ds.d)
        value, pdf, bs, bs_weight = bsdf.eval_pdf_sample(context, si, wo, sampler.next_1d(), sampler.next_2d(), further)
        share = dr.select(ds.delta, 1, _power(ds.pdf, pdf))
        light = light + dr.select(ask, throughput * value * weight * share, 0)
        null = mi.has_flag(bs.sampled_type, mi.BSDFFlags.Null)
        delta = mi.has_flag(bs.sampled_type, mi.BSDFFlags.Delta)
        within = dr.select(did == _STRAIGHT, panes < MOST_PANES, panes < MOST_PANES_AFTER)
        mirrored = (did == _STRAIGHT) & is_mirrored(bsdf, bs) & within
        on_its_way = null & (did == _SCATTERED)
        scattered = dr.select(first & ~null, mi.UInt32(_SCATTERED), _OTHER)
        did = dr.select(
            on_its_way | (null & ((did == _STRAIGHT) | within)),
            did,
            dr.select(mirrored, mi.UInt32(_MIRRORED), scattered),
        )
        panes = dr.select(mirrored, 0, panes + 1)
        throughput, eta = throughput * bs_weight, eta * bs.eta
        depth = depth + dr.select(si.is_valid(), mi.UInt32(1), 0)
        most = dr.max(throughput)
        chance = dr.minimum(most * dr.square(eta), _RR_MOST)
        by_chance = depth >= self._rr_depth
        goes_on = sampler.next_1d() < chance
        throughput = dr.select(by_chance, throughput * dr.rcp(chance), throughput)
        on = further & (~by_chance | goes_on) & (most != 0)
        ray = si.spawn_ray(si.to_world(bs.wo))
        before = dr.select(on_its_way, before, mi.Interaction3f(si))
        before_pdf, before_delta = dr.select(on_its_way, before_pdf, bs.pdf), dr.select(on_its_way, before_delta, delta)
        return sampler, ray, throughput, light, eta, depth, before, before_pdf, before_delta, on, did, panes


def _let_through(scene: mi.Scene, si: Any, ds: Any, on: tuple[Any, Any], most: Any) -> Any:
    """Share of a lamp's light, in three channels, that comes to a surface: all, what panes let through, or none.

    Args:
        scene: What may be in between.
        si: The surface.
        ds: The lamp's point.
        on: Where it is asked, and where panes are looked through.
        most: Panes that are looked through; each is a bounce of a path that finds the lamp by chance.
    """
    ray = si.spawn_ray_to(ds.p)
    hidden = on[0] & scene.ray_test(ray, dr.auto.ad.Bool(False), on[0])

    def look(number: Any, ray: Any, on: Any, left: Any) -> tuple[Any, ...]:
        pane: Any = scene.ray_intersect(ray, int(mi.RayFlags.All), coherent=dr.auto.ad.Bool(False), active=on)
        hit = on & pane.is_valid()
        clear = dr.select(number < most, pane.bsdf().eval_null_transmission(pane, hit), 0)
        left = dr.select(hit, left * clear, left)
        return number + 1, pane.spawn_ray_to(ds.p), hit & (dr.max(left) > 0), left

    left = dr.select(hidden & ~on[1], mi.Color3f(0), 1)
    begin = (dr.zeros(mi.Int32, dr.width(ray)), ray, hidden & on[1], left)
    *_, left = dr.while_loop(begin, lambda *state: state[2], look)
    return left


def _met(scene: mi.Scene, si: Any, before: Any, before_pdf: Any, before_delta: Any, on: Any) -> Any:
    """Radiance of the light that a ray runs into, as far as it is not asked for at the bounce before."""
    emitter: Any = si.emitter(scene, on)
    ds: Any = mi.DirectionSample3f(scene, si, before)
    asked = scene.pdf_emitter_direction(before, ds, on & ~before_delta)
    return emitter.eval(si, on) * dr.select(before_delta, 1, _power(before_pdf, asked))


def _power(pdf: Any, other: Any) -> Any:
    """Weight of a sample of one of two densities. Source: E. Veach, thesis, 1997, the power heuristic."""
    both = dr.square(pdf) + dr.square(other)
    return dr.select(both > 0, dr.square(pdf) / both, 0)
