"""A sneaker: a lofted sole, an upper stretched from the sole to the opening, stitched overlays, tongue and laces."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from photography import Part
from scipy import interpolate

from photoshoot.placers.studio.geometry.marching_squares import boundary_edges, triangulate_region
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import loft, tube, tube_along
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse, plastic
from photoshoot.placers.studio.textures.procedural import linen, noise
from products.shoe_last import UP, Doubles, opening_edge, ring, skin


def build_shoe() -> dict[str, Part]:
    """The shoe's parts, toe to the right and a little towards the camera."""
    parts = {**_sole_parts(), **_upper_parts(), **_overlays(), **_lacing()}
    return {name: (mesh.turned(-24), material) for name, (mesh, material) in parts.items()}


def _sole_parts() -> dict[str, Part]:
    outsole = [(-0.10, 0.0), (-0.03, 0.0), (0.0, 0.03), (0.012, 0.10), (0.012, 0.26)]
    midsole = [
        (0.012, 0.26),
        (0.003, 0.28),
        (0.01, 0.45),
        (0.014, 0.7),
        (0.01, 0.9),
        (0.002, 0.97),
        (-0.015, 1.0),
        (-0.12, 1.0),
    ]
    line = tube_along(ring(0.012, 0.80)[:-1], 0.008, sides=8, closed=True)
    return {
        "outsole": (loft([ring(*step) for step in outsole]), plastic("#a5713f", 0.4)),
        "midsole": (loft([ring(*step) for step in midsole]), plastic("#ece5d6", 0.35)),
        "foxing": (line, plastic("#c9603a", 0.35)),
    }


def _upper_parts() -> dict[str, Part]:
    share, rise = np.linspace(0, 1, 321), np.linspace(1, 0, 61)[:, None]
    lining = skin(share, np.linspace(0.99, 0.1, 40)[:, None], -0.03)
    collar = np.abs((np.linspace(0, 1, 200, endpoint=False) + 0.5) % 1 - 0.5)
    roll = np.interp(collar, [0.29, 0.36, 0.5], [0.013, 0.042, 0.042])
    edge = opening_edge(np.linspace(0, 1, 200, endpoint=False))
    weave = linen("#5d7a8c", 6, threads=120).color
    return {
        "upper": (grid(skin(share, rise)), diffuse(bitmap(weave, Tiling(scale=(9.0, 2.0))))),
        "lining": (grid(lining), diffuse("#c8b79c")),
        "insole": (loft([ring(-0.04, 1.02), ring(-0.05, 1.1)]), diffuse("#b9a68a")),
        "collar": (tube_along(edge, roll, sides=16, closed=True), diffuse("#31465a")),
    }


def _overlays() -> dict[str, Part]:
    """Suede panels sewn on: toe cap, eyestay, heel counter, and a sail on the outer side."""
    suede = np.clip(1 + 0.10 * noise((512, 512), seed=2, exponent=1.0), 0.6, 1.4)[..., None]
    navy = diffuse(bitmap(suede * np.array([0.030, 0.058, 0.095], np.float32), Tiling(scale=(4.0, 4.0))))
    panels = {"toe_cap": _toe_cap, "eyestay": _eyestay, "heel": _heel}
    parts: dict[str, Part] = {name: (_panel(field), navy) for name, field in panels.items()}
    parts["sail"] = (_panel(_sail, 0.011), plastic("#f0e8d8", 0.35))
    parts["rust_tab"] = (_panel(_tab, 0.026), diffuse("#c9603a"))
    stitches = [_stitches(field) for field in panels.values()]
    parts["stitches"] = (merged(stitches), diffuse("#d8cdb8"))
    return parts


def _toe_cap(side: Doubles, rise: Doubles) -> Doubles:
    return 0.52 * (1 - (side / 0.155) ** 2) - rise


def _eyestay(side: Doubles, rise: Doubles) -> Doubles:
    start = np.interp(np.abs(side), [0.0, 0.1, 0.2, 0.30, 0.36], [0.80, 0.79, 0.74, 0.62, 0.66])
    return np.minimum(rise - start, (0.352 - np.abs(side)) * 4)


def _heel(side: Doubles, rise: Doubles) -> Doubles:
    behind = 0.5 - np.abs(side)
    return np.interp(behind, [0, 0.03, 0.06, 0.12], [0.98, 0.86, 0.52, -0.02]) - rise


def _tab(side: Doubles, rise: Doubles) -> Doubles:
    return np.minimum(0.022 - (0.5 - np.abs(side)), np.minimum(rise - 0.55, 0.97 - rise) * 0.2)


def _sail(side: Doubles, rise: Doubles) -> Doubles:
    """A crescent on both sides."""
    at = np.abs(side) - 0.20
    middle = 0.16 + 3.0 * at - 2.0 * at**2
    half = 0.085 * np.sin(np.pi * np.clip(at / 0.17, 0, 1)) ** 0.8
    return np.where((at > 0) & (at < 0.17), half - np.abs(rise - middle), -0.05)


def _domain(
    field: Callable[[Doubles, Doubles], Doubles], level: float = 0.0
) -> tuple[Doubles, Doubles, npt.NDArray[np.int32]]:
    """(share, rise) of the region of a field, from heel to heel, and its triangles."""
    side, rise = np.meshgrid(np.linspace(-0.5, 0.5, 561), np.linspace(1, 0, 121))
    flat, faces = triangulate_region(field(side, rise), level)
    return flat[:, 0] / 560 - 0.5, 1 - flat[:, 1] / 120, faces


def _panel(field: Callable[[Doubles, Doubles], Doubles], thickness: float = 0.016) -> Mesh:
    """A panel on the upper with a rim that reaches down to it."""
    share, rise, faces = _domain(field)
    top, bottom = skin(share, rise, thickness), skin(share, rise, 0.0)
    start, end = boundary_edges(faces).T
    count = len(top)
    rim = np.concatenate([np.stack([start, start + count, end], 1), np.stack([end, start + count, end + count], 1)])
    uv = np.stack([share * 8, rise * 2], 1).astype(np.float32)
    face = Mesh(vertices=top.astype(np.float32), faces=faces, uv=uv).smoothed()
    points = np.concatenate([top, bottom]).astype(np.float32)
    return merged([face, Mesh(vertices=points, faces=rim.astype(np.int32), uv=np.concatenate([uv, uv])).smoothed()])


def _stitches(field: Callable[[Doubles, Doubles], Doubles]) -> Mesh:
    """A dashed thread inside the panel's edge."""
    share, rise, faces = _domain(field, 0.028)
    kept = []
    last = np.full(3, 9.0)
    for start, end in _chain(boundary_edges(faces)):
        if min(rise[start], 1 - rise[start]) < 0.04:
            continue
        point = skin(share[start], rise[start], 0.018)
        if np.linalg.norm(point - last) > 0.034:
            ahead = skin(share[end], rise[end], 0.018) - point
            kept.append(tube(point, point + 0.021 * ahead / np.linalg.norm(ahead), 0.0042, sides=6))
            last = point
    return merged(kept)


def _chain(edges: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    """The edges in walking order, loop after loop."""
    following = dict(edges.tolist())
    walk = []
    while following:
        start, end = next(iter(following.items()))
        while start in following:
            end = following.pop(start)
            walk.append((start, end))
            start = end
    return walk


def _lacing() -> dict[str, Part]:
    rows = np.linspace(0.115, 0.300, 6)
    outer, inner = skin(rows, 0.90, 0.022), skin(1 - rows, 0.90, 0.022)
    laces = [_lace(outer[0], inner[0], 0.0)]
    laces += [_lace(outer[i], inner[i + 1], 0.012) for i in range(5)] + [
        _lace(inner[i], outer[i + 1], -0.002) for i in range(5)
    ]
    return {"tongue": (_tongue(), diffuse("#47637a")), "laces": (merged(laces), diffuse("#efe9dc"))}


def _lace(start: Doubles, end: Doubles, lift: float) -> Mesh:
    """A flat lace arched over the tongue, its ends sunk in the eyelets."""
    middle = (start + end) / 2 + [0.015, 0.052 + lift, 0]
    knots = np.stack([start - UP * 0.03, start + UP * 0.008, middle, end + UP * 0.008, end - UP * 0.03])
    path = interpolate.CubicSpline([0, 0.1, 0.5, 0.9, 1], knots)(np.linspace(0, 1, 40))
    return tube_along(path, 0.013, sides=14, flatten=2.6)


def _tongue() -> Mesh:
    """A padded flap under the laces that rises over the collar."""
    share = 1 - np.linspace(1, 0, 60) ** 1.5
    middle = interpolate.CubicSpline(
        [0, 0.25, 0.55, 0.8, 1], [(0.62, 0.62), (0.32, 0.79), (-0.06, 0.96), (-0.36, 1.13), (-0.50, 1.30)]
    )(share)
    tangent = np.gradient(middle, axis=0)
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], 1) / np.hypot(*tangent.T)[:, None]
    normal *= np.sign(normal[:, 1:])
    taper = np.sqrt(np.clip((1 - share) / 0.14, 0.004, 1))
    width, thick = np.interp(share, [0, 0.6, 1], [0.13, 0.20, 0.24]) * taper, 0.045 * taper
    angle = np.linspace(0, 2 * np.pi, 49)
    across = width[:, None] * np.cos(angle)
    lift = thick[:, None] * np.sin(angle) - 0.09 * (across / 0.2) ** 2
    x = middle[:, :1] + normal[:, :1] * lift
    y = middle[:, 1:] + normal[:, 1:] * lift
    return loft(np.stack([x, y, across], -1))
