"""What gobos are cut to: blinds, a paned window, a slit, a round hole, twigs of leaves, drawn where their shadows fall.

A pattern is one or more layers, each as far from the light as makes its edges softer or harder than the others'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane, Rectangle

GoboKind = Literal["blinds", "panes", "leaves", "slit", "spot"]

_BROAD = 1.9  # how broad leaves are that fall over a product: soft light fills the gaps of narrow ones
_ROW = 3.2  # from row to row of leaves, world units
_SPOT_OPACITY = 0.75  # beside a spotlight pale paper stays pale, as where a studio is lit besides
_SPOT_EDGES, _SHADE = 72, 60.0  # corners of a round hole, and how far the shade round it reaches, world units
_SOFT_AND_HARD = (0.7, 1.7)  # twigs hang at several distances: times the softness of their shadows' edges


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """What of a pattern is equally far from the light."""

    mesh: Mesh
    """Opaque, flat, where its shadow falls: x to the right, y up, as ``GoboPlane`` has them."""
    softness: float = 1.0
    """Times the width of its shadow's soft edge."""
    opacity: float = 1.0
    """Share of the light that it keeps off, 0 to 1."""


def draw(kind: GoboKind, plane: GoboPlane, rng: np.random.Generator) -> tuple[Layer, ...]:
    """The layers of a pattern; ``rng`` moves and varies it."""
    return _PATTERNS[kind](plane, rng)


def _blinds(plane: GoboPlane, rng: np.random.Generator) -> tuple[Layer, ...]:
    windows = _windows(plane, rng, width=float(rng.uniform(4.2, 5.4)), gap=1.3)
    slope = float(rng.uniform(-0.10, -0.04) * rng.choice([-1, 1]))
    pitch = float(rng.uniform(0.21, 0.27))
    bars = _surround(windows, plane)
    for left, right, bottom, top in windows:
        slats = np.arange(bottom, top, pitch)
        bars += [(left, right, y, y + pitch * 0.46) for y in slats]
        bars += [(x - 0.02, x + 0.02, bottom, top) for x in np.linspace(left, right, 5)[1:-1]]
    return (Layer(mesh=_sheared(bars, plane, slope)),)


def _panes(plane: GoboPlane, rng: np.random.Generator) -> tuple[Layer, ...]:
    windows = _windows(plane, rng, width=float(rng.uniform(3.0, 3.8)), gap=0.9)
    slope = float(rng.uniform(0.16, 0.30) * rng.choice([-1, 1]))
    bars = _surround(windows, plane)
    for left, right, bottom, top in windows:
        columns, rows = 3, max(2, round((top - bottom) / 1.05))
        bars += [(x - 0.06, x + 0.06, bottom, top) for x in np.linspace(left, right, columns + 1)[1:-1]]
        bars += [(left, right, y - 0.05, y + 0.05) for y in np.linspace(bottom, top, rows + 1)[1:-1]]
    return (Layer(mesh=_sheared(bars, plane, slope)),)


def _slit(plane: GoboPlane, rng: np.random.Generator) -> tuple[Layer, ...]:
    """One tall gap as wide as the plane, leaning a little."""
    bars = _surround([(plane.left, plane.right, plane.bottom - 20.0, plane.top + 15.0)], plane)
    lean = np.eye(4)
    lean[0, 1] = float(rng.uniform(0.16, 0.30) * rng.choice([-1, 1]))
    return (Layer(mesh=_sheared(bars, plane, 0.0).transformed(lean)),)


def _spot(plane: GoboPlane, _: np.random.Generator) -> tuple[Layer, ...]:
    """A round hole as wide and as tall as the plane, and shade all round it."""
    turns = np.linspace(0, 2 * np.pi, _SPOT_EDGES + 1)
    wide, tall, y = 0.5 * (plane.right - plane.left), 0.5 * (plane.top - plane.bottom), 0.5 * (plane.bottom + plane.top)
    rings = [plane.focus_x + reach * np.cos(turns) for reach in (wide, _SHADE)]
    heights = [y + reach * np.sin(turns) for reach in (tall, _SHADE)]
    points = np.stack([np.stack(rings), np.stack(heights), np.full((2, len(turns)), plane.z)], -1)
    return (Layer(mesh=grid(points), opacity=_SPOT_OPACITY),)


def _windows(plane: GoboPlane, rng: np.random.Generator, *, width: float, gap: float) -> list[Rectangle]:
    """Windows side by side across the plane; one of them lights the focus."""
    first = plane.focus_x - width * float(rng.uniform(0.38, 0.62))
    step = width + gap
    count_left = max(0, int(np.ceil((first - plane.left) / step)))
    count_right = max(0, int(np.ceil((plane.right - first - width) / step)))
    bottom, top = plane.bottom - 9.0, plane.top - float(rng.uniform(0.0, 0.10)) * (plane.top - max(plane.bottom, 0.0))
    return [(first + k * step, first + k * step + width, bottom, top) for k in range(-count_left, count_right + 1)]


def _surround(windows: list[Rectangle], plane: GoboPlane) -> list[Rectangle]:
    """The opaque wall round the windows."""
    far, low, high = 30.0, plane.bottom - 30.0, plane.top + 20.0
    edges = [windows[0][0] - far, *[x for window in windows for x in window[:2]], windows[-1][1] + far]
    bars = [(left, right, low, high) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    bars += [(left, right, top, high) for left, right, _, top in windows]
    return bars + [(left, right, low, bottom) for left, right, bottom, _ in windows]


def _sheared(bars: list[Rectangle], plane: GoboPlane, slope: float) -> Mesh:
    """Rectangles as one mesh in the plane; lines that were level rise by ``slope``."""
    box = np.array(bars, np.float64)
    left, right, bottom, top = box.T
    corners = np.stack([np.stack([left, right, right, left], 1), np.stack([bottom, bottom, top, top], 1)], -1)
    corners[..., 1] += slope * (corners[..., 0] - plane.focus_x)
    points = np.concatenate([corners, np.full((*corners.shape[:2], 1), plane.z)], -1)
    first = 4 * np.arange(len(bars))[:, None]
    return Mesh.of(points, np.concatenate([first + np.array([0, 1, 2]), first + np.array([0, 2, 3])]))


def _leaves(plane: GoboPlane, rng: np.random.Generator) -> tuple[Layer, ...]:
    """Palm-like twigs that hang in from the edges and leave the focus in the light; every other one is farther off."""
    twigs = []
    spacing, reach = 1.7, plane.top - max(plane.bottom, plane.top - 6.0)
    for x in np.arange(plane.left - 0.6, plane.right + 0.7, spacing):
        at = float(x + rng.uniform(-0.5, 0.5))
        clear = abs(at - plane.focus_x) < 1.2
        length = float(rng.uniform(0.50, 0.66) * min(reach, 3.4)) * (0.55 if clear else 1.0)
        heading = float(rng.uniform(-125, -55))
        twigs.append(_twig(at, plane.top + float(rng.uniform(0.1, 0.5)), heading, length, rng))
    for y in np.arange(plane.top - _ROW, plane.bottom + _ROW, -_ROW):  # a tall plane has rows of them
        for x in np.arange(plane.left + 0.4, plane.right, spacing):
            if abs(x - plane.focus_x) > plane.clear:
                length, heading = float(rng.uniform(1.8, 2.6)), float(rng.uniform(-125, -55))
                twigs.append(_twig(x + float(rng.uniform(-0.5, 0.5)), float(y), heading, length, rng))
    for side in (-1.0, 1.0):
        for y in np.arange(plane.bottom + 0.9, plane.top - 0.9, 1.5):
            edge = plane.left - 0.5 if side < 0 else plane.right + 0.5
            edge = plane.focus_x + side * min(abs(edge - plane.focus_x), 5.5)
            heading = (0.0 if side < 0 else 180.0) + float(rng.uniform(-35, 35))
            twigs.append(_twig(edge, float(y), heading, float(rng.uniform(1.8, 2.5)), rng))
    if plane.product is not None:
        twigs += _over(plane.product, rng)
    near, far = _SOFT_AND_HARD
    hung = [merged(some).moved(0, 0, plane.z) for some in (twigs[::2], twigs[1::2])]
    return Layer(mesh=hung[0], softness=near), Layer(mesh=hung[1], softness=far)


def _over(product: Rectangle, rng: np.random.Generator) -> list[Mesh]:
    """Twigs from above whose leaves fall over a product's upper half, more of them on one side."""
    left, right, bottom, top = product
    side, wide, tall = float(rng.choice([-1, 1])), right - left, top - bottom
    length = max(1.5, 1.1 * tall)
    middle = 0.5 * (left + right)
    return [
        _twig(
            middle + toward * share * wide,
            top + rise * length,
            -90 - toward * float(rng.uniform(8, 22)),
            length,
            rng,
            broad=_BROAD,
        )
        for toward, share, rise in ((side, 0.3, 0.3), (-side, 0.6, 0.5))
    ]


def _twig(
    x: float, y: float, heading_deg: float, length: float, rng: np.random.Generator, *, broad: float = 1.0
) -> Mesh:
    twig = branch(
        length,
        pairs=round(int(rng.integers(8, 12)) / broad),
        leaf_length=length * 0.40,
        leaf_width=length * 0.085 * broad,
        seed=int(rng.integers(2**31)),
        unseen=True,
    )
    return twig.turned(heading_deg, "z").moved(x, y)


_PATTERNS: Mapping[GoboKind, Callable[[GoboPlane, np.random.Generator], tuple[Layer, ...]]] = {
    "blinds": _blinds,
    "panes": _panes,
    "leaves": _leaves,
    "slit": _slit,
    "spot": _spot,
}
