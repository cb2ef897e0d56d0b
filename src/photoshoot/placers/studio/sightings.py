"""Which of the things that a design names a traced picture shows: those that stay hidden are told.

Builders lay things by chance, beside a product of any size, on canvases of any shape; whether they are in sight is
known only now. No ray is traced for it: points on each thing are compared with what the film saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mitsuba as mi
import numpy as np

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.plate import RawChange
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.sensor import Film
from photoshoot.records import AlphaMatte
from photoshoot.sets import SetDesign
from photoshoot.sets.named import kinds_of_things

_LAID, _HUNG = ("prop_", "beside_"), "air_"  # what names of shapes that are things begin with
_POINTS, _FACES = 1024, 4096  # that a kind of things is looked at in, and that each of its meshes is drawn as
_GOLDEN = (0.7548776662466927, 0.5698402909980532)  # strides of the sequence R2, which fills a square evenly
_NEAR, _SLACK = 0.002, 0.03  # share of a distance, and world units, by which a film pixel of a floor may be nearer
_OWN = 0.5  # matte from which on a pixel is the product's
_LEAST = 6e-4  # of the picture, that is seen of things at least: 26 px by 26 of a square of 1080


def find_hidden(
    design: SetDesign, shapes: Mapping[str, object], raw: RawRender | RawChange, alpha: AlphaMatte
) -> tuple[str, ...]:
    """The kinds of a design's things of which next to nothing is seen, but for those that have no shapes of their own.

    Args:
        design: What was built.
        shapes: Its shapes by name.
        raw: What was traced of them. Over a plate no distances are known, and so none hides another.
        alpha: The product's matte (H, W), on the whole canvas.
    """
    owned = {kind: [shapes[name] for name in names] for kind, names in _names_of(design, shapes).items()}
    aovs = raw.aovs if isinstance(raw, RawRender) else None
    away = None if aovs is None else aovs.distance
    seen = {kind: _share_seen(own, raw.camera.film, away, alpha) for kind, own in owned.items()}
    return tuple(kind for kind, share in seen.items() if share < _LEAST)


def _names_of(design: SetDesign, shapes: Mapping[str, object]) -> Mapping[str, list[str]]:
    """Kind → the names of its shapes, for those that have some; the main kind's say only that they are things."""
    kinds, air = kinds_of_things(design), getattr(design, "air", "none")
    main = next((kind for part in ("props", "beside") if (kind := getattr(design, part, "none")) in kinds), "none")
    longest = sorted(getattr(design, "also", ()), key=len, reverse=True)  # "autumn_leaves_leaf" is no autumn's
    names: dict[str, list[str]] = {}
    for name in shapes:
        part = next((name.removeprefix(prefix) for prefix in _LAID if name.startswith(prefix)), None)
        if part is not None:
            kind = next((kind for kind in longest if part.startswith(f"{kind}_")), main)
        else:
            kind = air if name.startswith(_HUNG) else name
        if kind in kinds:
            names.setdefault(kind, []).append(name)
    return names


def _share_seen(shapes: Sequence[object], film: Film, away: Float32Array | None, alpha: AlphaMatte) -> float:
    """The share of the picture in which shapes are seen, 0 to 1: by points that lie evenly on what could be."""
    view, size = film.view, np.array([film.view.width_px, film.view.height_px])
    parts = [_triangles(shape, view) for shape in shapes if isinstance(shape, mi.Mesh)]
    triangles = np.concatenate([np.zeros((0, 3, 3)), *(part for part, _ in parts)])
    area = np.concatenate([np.zeros(0), *(part for _, part in parts)])
    if not area.sum():
        return 0.0
    points = _points_on(triangles, area)
    return float(area.sum() * _are_seen(points, film, away, alpha).mean() / size.prod())


def _triangles(mesh: mi.Mesh, view: View) -> tuple[Float64Array, Float64Array]:
    """Triangles (n, 3, 3) that reach into the picture, and the px that each stands for; of many, some stand for all."""
    places = np.array(mesh.vertex_positions_buffer()).reshape(-1, 3)
    faces = np.array(mesh.faces_buffer()).reshape(-1, 3)
    step = max(1, len(faces) // _FACES)
    triangles = places[faces[::step]].astype(np.float64)
    triangles = triangles[(triangles[..., 2] < view.distance).all(1)]
    corners = view.to_pixel(triangles)
    inside = ((corners.max(1) > 0) & (corners.min(1) < [view.width_px, view.height_px])).all(1)
    first, second = corners[inside, 1] - corners[inside, 0], corners[inside, 2] - corners[inside, 0]
    return triangles[inside], 0.5 * step * np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])


def _points_on(triangles: Float64Array, area: Float64Array) -> Float64Array:
    """Points (N, 3) on triangles, as many on each as it is large in the picture."""
    steps = np.arange(_POINTS) + 0.5
    chosen = np.searchsorted(np.cumsum(area), steps / _POINTS * area.sum())
    across, along = (steps[:, None] * _GOLDEN % 1).T
    folded = across + along > 1
    across, along = np.where(folded, 1 - across, across), np.where(folded, 1 - along, along)
    corners = triangles[np.minimum(chosen, len(triangles) - 1)]
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(corners[:, 0] + across[:, None] * first + along[:, None] * second)


def _are_seen(points: Float64Array, film: Film, away: Float32Array | None, alpha: AlphaMatte) -> BoolArray:
    """Which points (N, 3) are in the picture, beside the product, and behind nothing that the film saw before them."""
    view = film.view
    columns, rows = view.to_pixel(points).T
    inside = (columns >= 0) & (columns < view.width_px) & (rows >= 0) & (rows < view.height_px)
    at = np.clip(rows, 0, view.height_px - 1).astype(int), np.clip(columns, 0, view.width_px - 1).astype(int)
    beside = inside & (alpha[at] < _OWN)
    if away is None:
        return np.asarray(beside)
    left, top, _, _ = film.window
    on_film = (at[0] / film.stride + top).astype(int), (at[1] / film.stride + left).astype(int)
    from_lens = np.linalg.norm(points - [0, view.camera_y, view.distance], axis=1)
    met = np.where(away[on_film] > 0, away[on_film], np.inf)
    return np.asarray(beside & (from_lens <= met * (1 + _NEAR) + _SLACK))
