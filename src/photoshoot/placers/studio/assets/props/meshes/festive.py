"""Things of a party: balloons, hearts, stars, ribbons and bows, parcels, confetti. All rest on or hang round y = 0."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid, merged
from photoshoot.placers.studio.geometry.solids import lathe, rounded_box, sphere


@lru_cache(maxsize=1)
def balloon() -> Mesh:
    """A blown-up balloon of radius 1 round the origin, its knot at y = -1.4; v is 0 at the knot, 1 at the crown."""
    polar = np.linspace(0, np.pi, 34)[:-2]
    below = np.clip(-np.cos(polar), 0, 1)
    radius = np.sin(polar) * (1 - 0.16 * below**1.5)
    body = np.stack([radius, np.cos(polar) * (1 + 0.27 * below)], 1)
    neck = np.array([[0.055, -1.285], [0.048, -1.31], [0.10, -1.40], [0.085, -1.41], [0.0, -1.38]])
    body[0, 0] = 0.0
    mesh = lathe(np.concatenate([body, neck]), 40, crease_deg=50)
    assert mesh.uv is not None
    shade = np.clip((mesh.vertices[:, 1] + 1.4) / 1.1, 0, 1)
    return replace(mesh, uv=np.stack([mesh.uv[:, 0], shade], 1).astype(np.float32))


def cushion(outline: npt.ArrayLike, depth: float, *, rings: int = 7) -> Mesh:
    """A puffed shape, like a foil balloon, in the xy plane round the origin.

    Args:
        outline: (k, 2), counter-clockwise, every point seen from the origin.
        depth: Half its thickness in the middle.
        rings: Steps from the middle to the rim.
    """
    rim = np.asarray(outline, np.float64)
    rim = np.concatenate([rim, rim[:1]])[::-1]
    share = np.sin(np.linspace(0, np.pi / 2, rings + 1))[::-1, None]
    height = depth * (1 - share**2) ** 0.5 + 0 * rim[:, 0]
    front = np.stack([share * rim[:, 0], share * rim[:, 1], height], -1)
    shade = np.stack([0 * height, 1 - share + 0 * height], -1)
    back = front[:, ::-1] * [1, 1, -1]
    return drop_degenerate(merged([grid(front, shade), grid(back, shade)])).smoothed()


@lru_cache(maxsize=4)
def heart(depth: float = 0.34) -> Mesh:
    """A puffed heart about 2 wide in the xy plane, its tip towards -y."""
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    x = 16 * np.sin(angle) ** 3
    y = 13 * np.cos(angle) - 5 * np.cos(2 * angle) - 2 * np.cos(3 * angle) - np.cos(4 * angle)
    return cushion(np.stack([x, y - 1.0], 1)[::-1] / 16, depth)


@lru_cache(maxsize=1)
def star() -> Mesh:
    """A five-pointed star of radius 1 in the xy plane, a rounded tip towards +y."""
    corner = np.arange(10)
    radius, angle = np.where(corner % 2 == 0, 1.0, 0.46), np.pi / 2 + corner * np.pi / 5
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    following = np.roll(points, -1, axis=0)
    share = np.linspace(0, 1, 7, endpoint=False)[:, None]
    outline = (points[:, None] * (1 - share) + following[:, None] * share).reshape(-1, 2)
    outline = ndimage.gaussian_filter1d(outline, 1.4, axis=0, mode="wrap")
    return cushion(outline / np.hypot(*outline.T).max(), 0.3)


def ribbon(path: npt.ArrayLike, width: npt.ArrayLike, across: npt.ArrayLike) -> Mesh:
    """A band along a curve.

    Args:
        path: (k, 3).
        width: One, or (k,) of them.
        across: Direction (3,) of its width, or (k, 3).
    """
    points = np.asarray(path, np.float64)
    half = 0.5 * np.broadcast_to(np.asarray(width, np.float64), len(points))[:, None]
    side = np.broadcast_to(np.asarray(across, np.float64), points.shape)
    along = np.linspace(0, 1, len(points))
    rows = np.stack([points - half * side, points, points + half * side])
    uv = np.stack(np.broadcast_arrays(np.linspace(0, 1, 3)[:, None], along), -1)
    return grid(rows, uv)


@lru_cache(maxsize=2)
def bow(loops: int) -> Mesh:
    """A bow about 2 wide that rests on y = 0: two loops and two tails, or a full rosette of ``loops``."""
    parts = [sphere(1.0, rings=8, segments=14).scaled(0.17, 0.12, 0.19).moved(0, 0.12)]
    angles = np.linspace(0, 360, loops, endpoint=False)
    parts += [_loop(0.92, 0.62).turned(22, "z").turned(float(angle)).moved(0, 0.08) for angle in angles]
    if loops > 2:
        parts += [_loop(0.7, 0.55).turned(50, "z").turned(float(angle) + 180 / loops) for angle in angles]
    else:
        parts += [_tail().turned(turn).moved(0, 0.03) for turn in (58.0, 128.0)]
    return merged(parts)


def _loop(length: float, height: float) -> Mesh:
    along = np.linspace(-np.pi / 2, np.pi / 2, 29)
    path = np.stack([length * np.cos(along), height * np.sin(along) * np.cos(along), 0 * along], 1)
    width = 0.40 * (0.42 + 0.58 * np.cos(along) ** 0.7)
    return ribbon(path, width, (0, 0, 1))


def _tail() -> Mesh:
    along = np.linspace(0, 1, 16)
    path = np.stack([0.95 * along, 0.10 * np.sin(along * 5.5) * (1 - 0.5 * along) + 0.03, 0.05 * along], 1)
    return ribbon(path, 0.22 + 0.16 * along, (0, 0, 1))


@lru_cache(maxsize=12)
def parcel(half_x: float, half_y: float, half_z: float) -> tuple[Mesh, Mesh]:
    """A lidded box that stands on y = 0, and the ribbon tied round it with its bow."""
    lid = min(0.22 * half_y, 0.12)
    body = rounded_box((half_x, half_y, half_z), 0.012, steps=2).moved(0, half_y)
    cover = rounded_box((half_x + 0.014, lid, half_z + 0.014), 0.012, steps=2).moved(0, 2 * half_y - lid + 0.01)
    band = 0.10 * (half_x + half_z) + 0.01
    top = half_y + 0.012
    ties = [
        rounded_box((band, top, half_z + 0.021), 0.006, steps=1).moved(0, top),
        rounded_box((half_x + 0.021, top, band), 0.006, steps=1).moved(0, top),
    ]
    size = 0.78 * min(half_x, half_z) + 0.06
    knot = bow(6 if half_y < 0.75 * half_x else 2).scaled(size).moved(0, 2 * top)
    return merged([body, cover]), merged([*ties, knot])


@lru_cache(maxsize=1)
def confetti_pieces() -> tuple[Mesh, ...]:
    """Scraps of paper about 1 wide, lying in the xz plane: discs, strips and bent squares."""
    angle = np.linspace(0, 2 * np.pi, 17)
    disc = np.stack(
        [np.stack([r * np.cos(angle), 0.10 * r * np.cos(angle) ** 2, -r * np.sin(angle)], -1) for r in (0.5, 0.02)]
    )
    across, along = np.meshgrid(np.linspace(-1, 1, 3), np.linspace(-1, 1, 7))
    strip = np.stack([0.17 * across, 0.16 * along**2, 0.75 * along], -1)
    curl = np.stack([0.15 * across, 0.16 * np.cos(2.6 * along), 0.5 * along + 0.12 * np.sin(3 * along)], -1)
    square = np.stack([0.42 * across, 0.12 * (across + along) ** 2 / 2, 0.42 * along], -1)
    return tuple(drop_degenerate(grid(points)) for points in (disc, strip, curl, square, disc * 0.8))


@lru_cache(maxsize=4)
def streamer(turns: float, length: float = 1.0) -> Mesh:
    """A coiled paper ribbon along y, from y = 0 up to ``length``; its coils loosen downwards."""
    share = np.linspace(0, 1, int(22 * turns))
    angle = 2 * np.pi * turns * share
    radius = 0.12 + 0.05 * np.sin(3 * share)
    path = np.stack([radius * np.cos(angle), length * share, radius * np.sin(angle)], 1)
    return ribbon(path, 0.09, (0, 1, 0))
