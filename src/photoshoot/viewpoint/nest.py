"""How steeply circles that lie in one another are seen: a cup's rim over its saucer, a plate's hollow within its edge.

The outer one is the lower end of the outline, an ellipse's near half. It alone may be a pebble, so within it a second
ellipse, about as steep, has to be an edge of the picture all the way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array, share_within
from photoshoot.records import Cutout
from photoshoot.viewpoint.outline import Outline
from photoshoot.viewpoint.rim import find_edges, fit_arc, shrink_colors

_SINES: Final = (0.34, 0.93)  # of the outer one: flatter ones are edges' rounding, rounder ones balls and clocks
_OFF: Final = 0.0055  # of the half width, that its near half leaves: bellies and pebbles leave more
_BARE: Final = 0.015  # of it that is no part of the product: over a bowl's belly, seen from its side, nothing is
_LEAST_HALF_PX: Final = 24.0
_WIDTHS: Final = np.linspace(0.3, 0.93, 32)  # of the inner one, over the outer one's
_RISES: Final = np.linspace(-0.08, 1.0, 55)  # of its middle over the other's, half widths of that
_RAISED: Final = 0.12  # rise from which on it lies over the other, as no print and no oval frame does
_WITHIN: Final = 0.05  # between the two where they lie in one plane, half widths of the outer one
_BESIDE: Final = (-0.06, -0.03, 0.0, 0.03, 0.06)  # of its middle beside the other's, half widths of that
_STEEPER: Final = (0.06, 0.02, -0.02, -0.06, -0.1)  # its sine less the other's: the eye is nearer to a rim's height
_TURNS: Final = np.arange(72) * (2 * np.pi / 72)
_SECTORS: Final = 6
_BLUR_PX: Final = 1.0
_STEP: Final = 2.0  # of 255 a pixel, across an edge
_ALONG: Final = 0.85  # of the steepest change, that it is across the ellipse
_MAYBE: Final = 0.6  # share of the ellipse that is an edge, from which on it is looked at more closely
_STARTS: Final = 4  # unlike ones that are
_UNLIKE: Final = 0.08
_STEPS: Final = (0.012, 0.006, 0.003)  # in which it is fitted, half widths of the outer one
_SEEN: Final = 0.85  # share of it that is an edge
_SECTOR_SEEN: Final = 0.55  # the same of each sixth


@dataclass(frozen=True, kw_only=True)
class Nest:
    """Two circles seen aslant, one in the other."""

    sine: float
    """Half height over half width of the outer one, 0 to 1."""
    is_raised: bool
    """Whether the inner one lies higher than the outer one, as a cup's rim does and a plate's hollow does not."""


@dataclass(frozen=True, kw_only=True)
class _Ellipse:
    """An upright one, px of the outline."""

    x: float
    y: float
    half: float
    """Half its width."""
    sine: float
    """Its height over its width."""

    def trace(self) -> tuple[Float64Array, Float64Array]:
        """Places (n, 2) on it, (column, row), and the unit normals (n, 2) there."""
        ring = np.stack([np.cos(_TURNS), np.sin(_TURNS)], 1)
        normal = ring * [self.sine, 1.0]
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        return [self.x, self.y] + self.half * ring * [1.0, self.sine], normal


def find_nest(cutout: Cutout, body: Outline) -> Nest | None:
    """The circles of a body; None where its lower end is no ellipse, or there is none within that is seen whole."""
    outer = _find_outer(body)
    if outer is None:
        return None
    rgb = shrink_colors(cutout, body)
    fitted = [_fit(rgb, start, outer) for start in _find_starts(rgb, outer)]
    if not fitted:
        return None
    seen, inner = max(fitted, key=lambda one: one[0])
    if seen[0] < _SEEN or seen[1] < _SECTOR_SEEN:
        return None
    return Nest(sine=outer.sine, is_raised=outer.y - inner.y > _RAISED * outer.half)


def _find_outer(body: Outline) -> _Ellipse | None:
    left, right = (edge[::-1] for edge in body.sides())
    rows = np.flatnonzero(body.solid.any(1))
    columns, lower = body.lower()
    found = []
    for index in range(len(rows) - 1, -1, -1):
        half, x, y = (right[index] - left[index]) / 2, (right[index] + left[index]) / 2, rows[index] + 0.5
        if rows[-1] - rows[index] > half:
            break
        arc = fit_arc((columns - x) / half, (lower - y) / half) if half >= _LEAST_HALF_PX else None
        if arc is not None and _SINES[0] < arc.sine < _SINES[1] and arc.off < _OFF:
            ellipse = _Ellipse(x=float(x), y=float(y), half=float(half), sine=arc.sine)
            found.append((arc.off, _share_bare(body.solid, ellipse), ellipse))
    found = [one for one in found if one[1] < _BARE]
    return min(found, key=lambda one: one[0] + one[1])[2] if found else None  # rows side by side fit as well


def _share_bare(solid: BoolArray, ellipse: _Ellipse) -> float:
    """Share of an ellipse, without its rim, that is no part of the product."""
    row, column = np.mgrid[: solid.shape[0], : solid.shape[1]] + 0.5
    off = np.hypot((column - ellipse.x) / ellipse.half, (row - ellipse.y) / (ellipse.half * ellipse.sine))
    inside = off < 1 - _OFF - 1 / ellipse.half
    return share_within(~solid, inside)


def _find_starts(rgb: Float32Array, outer: _Ellipse) -> Iterator[_Ellipse]:
    """Unlike ellipses within another that may be edges, the likeliest first."""
    soft = ndimage.gaussian_filter(rgb, (0, _BLUR_PX, _BLUR_PX))
    down, right = np.gradient(soft, axis=(1, 2))
    change = np.stack([right, down])  # (2, 3, h, w)
    most = np.argmax((change**2).sum(0), axis=0)
    change = np.take_along_axis(change, most[None, None], 1)[:, 0]
    found = []
    for steeper in _STEEPER:
        for beside in _BESIDE:
            found += _scan(change, outer, outer.sine + steeper, beside)
    starts: list[_Ellipse] = []
    for _, one in sorted(found, key=lambda rated: -rated[0]):
        if all(max(abs(one.half - other.half), abs(one.y - other.y)) > _UNLIKE * outer.half for other in starts):
            starts.append(one)
            yield one
        if len(starts) == _STARTS:
            return


def _scan(change: Float32Array, outer: _Ellipse, sine: float, beside: float) -> list[tuple[float, _Ellipse]]:
    """Ellipses of one sine and axis that may be edges, each with the share of it that is one.

    Args:
        change: (2, h, w), of the picture, to the right and down.
        outer: They lie in it.
        sine: Theirs.
        beside: Of their middle beside its axis, in its half widths.
    """
    widths, rises = (grid.ravel() for grid in np.meshgrid(_WIDTHS, _RISES))
    apart = (np.abs(rises) > _RAISED) | (widths < 1 - _WITHIN)
    widths, rises = widths[apart], rises[apart]
    ring, normal = _Ellipse(x=0, y=0, half=1, sine=min(sine, 1.0)).trace()
    at = widths[:, None, None] * ring + np.stack([np.full_like(rises, beside), -rises], 1)[:, None]
    at = np.floor([outer.x, outer.y] + outer.half * at).astype(int)
    height, width = change.shape[1:]
    inside = (at >= 0).all(-1) & (at < [width, height]).all(-1)
    right, down = change[:, at[..., 1].clip(0, height - 1), at[..., 0].clip(0, width - 1)]
    across = np.abs(right * normal[:, 0] + down * normal[:, 1])
    share = (inside & (across > _STEP) & (across > _ALONG * np.hypot(right, down))).mean(1)
    return [
        (
            float(share[index]),
            _Ellipse(
                x=outer.x + outer.half * beside,
                y=outer.y - outer.half * float(rises[index]),
                half=outer.half * float(widths[index]),
                sine=min(sine, 1.0),
            ),
        )
        for index in np.flatnonzero(share > _MAYBE)
    ]


def _fit(rgb: Float32Array, start: _Ellipse, outer: _Ellipse) -> tuple[tuple[float, float], _Ellipse]:
    """The ellipse near a start that is most of an edge, and how much of it is one: all of it, and its worst sixth."""
    best = _rate(rgb, start), start
    for step in _STEPS:
        improved = True
        while improved:
            near = max(((_rate(rgb, one), one) for one in _vary(best[1], step, outer)), key=lambda one: one[0])
            improved = near[0] > best[0]
            best = near if improved else best
    return best


def _vary(ellipse: _Ellipse, step: float, outer: _Ellipse) -> Iterator[_Ellipse]:
    for sign in (-1, 1):
        px = sign * step * outer.half
        yield replace(ellipse, x=ellipse.x + px)
        yield replace(ellipse, y=ellipse.y + px)
        yield replace(ellipse, half=min(ellipse.half + px, (1 - _WITHIN) * outer.half))
        sine = ellipse.sine + 2 * sign * step
        yield replace(ellipse, sine=float(np.clip(sine, outer.sine + min(_STEEPER), outer.sine + max(_STEEPER))))


def _rate(rgb: Float32Array, ellipse: _Ellipse) -> tuple[float, float]:
    edges = find_edges(rgb, *ellipse.trace())
    return float(edges.mean()), float(edges.reshape(_SECTORS, -1).mean(1).min())
