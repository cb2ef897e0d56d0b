"""The last the sneaker is built on: the sole's outline, the opening's edge, and the skin between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import interpolate

Doubles = npt.NDArray[np.float64]

UP = np.array([0.0, 1.0, 0.0])

_SOLE = [
    (1.38, 0.02),
    (1.29, 0.25),
    (1.02, 0.43),
    (0.58, 0.49),
    (0.1, 0.42),
    (-0.42, 0.36),
    (-0.9, 0.36),
    (-1.22, 0.27),
    (-1.37, 0.0),
]
_MEDIAL = [(-1.22, -0.27), (-0.9, -0.34), (-0.42, -0.31), (0.1, -0.34), (0.58, -0.45), (1.02, -0.43), (1.29, -0.25)]
"""Plan of the sole (x, z): from the toe along the outer side to the heel, then back along the inner side."""
_OPENING = [
    (0.56, 0.70, 0.0),
    (0.55, 0.705, 0.07),
    (0.47, 0.74, 0.12),
    (0.27, 0.83, 0.15),
    (0.0, 0.94, 0.165),
    (-0.32, 1.06, 0.19),
    (-0.78, 0.97, 0.27),
    (-1.13, 1.08, 0.20),
    (-1.27, 1.18, 0.0),
]
"""The edge of the opening: from the foot of the throat over the top eyelet and the collar to the heel."""
_LEAVING = [
    (0.54, -0.06, 0.0),
    (0.46, -0.06, 0.18),
    (0.30, -0.05, 0.27),
    (0.10, -0.09, 0.31),
    (0.0, -0.15, 0.28),
    (0.0, -0.28, 0.18),
    (0.0, -0.36, 0.08),
    (-0.04, -0.33, 0.04),
    (-0.07, -0.33, 0.0),
]
"""How the upper leaves the opening."""


def _closed(points: npt.ArrayLike) -> Callable[[npt.ArrayLike], Doubles]:
    knots = np.asarray(points, np.float64)
    curve = interpolate.CubicSpline(
        np.linspace(0, 1, len(knots) + 1), np.concatenate([knots, knots[:1]]), bc_type="periodic"
    )
    return lambda share: np.asarray(curve(np.asarray(share) % 1.0), np.float64)


def _mirrored(half: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    return half + [(x, y, -z) for x, y, z in half[-2:0:-1]]


_plan, opening_edge, _leaving = _closed(_SOLE + _MEDIAL), _closed(_mirrored(_OPENING)), _closed(_mirrored(_LEAVING))


def _spring(x: Doubles) -> Doubles:
    """How far the sole lifts off the floor at the toe and the heel."""
    return 0.13 * np.clip((x - 0.7) / 0.68, 0, 1) ** 2 + 0.035 * np.clip((-x - 1.0) / 0.37, 0, 1) ** 2


def _thickness(x: Doubles) -> Doubles:
    return np.interp(x, [-1.4, -0.6, 0.7, 1.4], [0.27, 0.25, 0.19, 0.17])


def ring(outward: float, height: float, steps: int = 240) -> Doubles:
    """The sole's outline moved outward, at a share of the sole's thickness; (steps + 1, 3), closed."""
    share = np.linspace(0, 1, steps + 1)
    plan = _plan(share)
    tangent = _plan(share + 1e-3) - _plan(share - 1e-3)
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], 1) / np.hypot(*tangent.T)[:, None]
    x, z = (plan + outward * _outer(normal, plan)).T
    return np.stack([x, _spring(x) + height * _thickness(x), z], 1)


def _outer(normal: Doubles, plan: Doubles) -> Doubles:
    return normal if (normal * plan).sum() > 0 else -normal


def skin(share: npt.ArrayLike, rise: npt.ArrayLike, offset: float = 0.0) -> Doubles:
    """Points of the upper at shares round the shoe and rises from the sole (0) to the opening (1), moved outward."""
    share, rise = np.broadcast_arrays(np.asarray(share, np.float64), np.asarray(rise, np.float64))
    points = _bezier(share, rise)
    if offset == 0.0:
        return points
    across = _bezier(share + 2e-3, rise) - _bezier(share - 2e-3, rise)
    along = _bezier(share, np.minimum(rise + 2e-3, 1)) - _bezier(share, np.maximum(rise - 2e-3, 0))
    normal = np.cross(along, across)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
    return points + offset * normal


def _bezier(share: Doubles, rise: Doubles) -> Doubles:
    plan, top = _plan(share) * [0.99, 0.98], opening_edge(share)
    x = plan[..., 0]
    foot = np.stack([x, _spring(x) + _thickness(x) * 0.96, plan[..., 1]], -1)
    lift = UP * np.interp(np.abs((share + 0.5) % 1 - 0.5), [0, 0.15, 0.5], [0.27, 0.34, 0.40])[..., None]
    t = rise[..., None]
    first, second = foot + lift, top + _leaving(share)
    return (1 - t) ** 3 * foot + 3 * t * (1 - t) ** 2 * first + 3 * t**2 * (1 - t) * second + t**3 * top
