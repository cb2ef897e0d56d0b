"""Several kinds of things beside one product: each keeps off what lies there already, and leaves room for the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props import STREWN, Strew
from photoshoot.placers.studio.assets.props.instancing import usual_size
from photoshoot.placers.studio.assets.props.placement import (
    Patch,
    Pieces,
    Thing,
    build_smaller,
    find_spots,
    support_frame,
)
from photoshoot.placers.studio.assets.props.vases import FLOWERS, filled_vases
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.sets.strewn import FLAMES

_ROOMS, _ROOM = 4, 0.34
"""How many rooms are kept for each further kind, and their radius beside a bottle, world units."""
_NEAR = Patch(back=-1.1, front=0.7, spread=0.4, balance=0.5)  # where they are kept: in sight, close to the product
_CELL, _COVERS = 0.12, 0.07  # what lies there is told in squares, each as a disc
_SUPPORT = (-0.1, 0.6)  # heights at which faces begin that stand on it: what is higher leaves room under it
_FINE, _SPLITS = 0.2, 5  # the longest side of a face that its corners stand for, and how often a face is split
_LEAST_SEEN = 0.006  # of the picture, that things cover at least where smaller ones do: the tip of a twig is none
_SMALLER = (1.4, 2.0, 2.8, 4.0)  # ratios to the sizes beside a bottle that are tried where those find no room
_VASES = "vases"
_EDGE = 0.05  # of the picture's height: what lies no higher than this over its lower edge is hardly told from dirt
_BROAD = frozenset(
    {"books", "bread", "cheese", "gifts", "grapes", "school", "vases"}
)  # kinds that find no room among others, so they are laid first

Rooms = tuple[tuple[float, float, float], ...]
"""As ``View.taken``."""


class Holding(Protocol):
    """A design with things beside its product."""

    @property
    def props(self) -> str:
        """The main kind."""

    @property
    def also(self) -> Sequence[str]:
        """Further kinds."""

    @property
    def also_colors(self) -> Sequence[str]:
        """Their colours, as ``strew`` takes them."""

    @property
    def counts(self) -> Sequence[int]:
        """How many of each, as ``strew`` takes them."""


def strew_held(design: Holding) -> Strew:
    """What builds a design's things; see ``strew``."""
    return strew(design.props, design.also, design.also_colors, design.counts)


def holds_light(design: Holding) -> bool:
    """Whether any of its things gives light."""
    return not FLAMES.isdisjoint((design.props, *design.also))


def are_there(design: Holding, pieces: Pieces) -> bool:
    """Whether something of every kind of a design's things is among the pieces that ``strew_held`` made."""
    kinds = [kind for kind in (design.props, *design.also) if kind != "none"]
    if _VASES in kinds and (flowers := next((name for name in kinds if name in FLOWERS), None)):
        kinds = [_VASES, *(kind for kind in kinds if kind not in (flowers, _VASES))]
    further = sorted(kinds[1:], key=len, reverse=True)  # of "autumn_leaves_leaves" the kind is no autumn
    solid = (name for name, (mesh, _) in pieces.items() if len(mesh.faces) > 1)
    return {next((kind for kind in further if name.startswith(f"{kind}_")), *kinds[:1]) for name in solid} >= {*kinds}


def lie_at_edge(pieces: Pieces, view: View) -> bool:
    """Whether most of what pieces show lies along the picture's lower edge: crumbs that look like dirt on the frame."""
    solid = [mesh.vertices for mesh, _ in pieces.values() if len(mesh.faces) > 1]
    if not solid:
        return False
    columns, rows = np.moveaxis(view.to_pixel(np.concatenate(solid)), -1, 0)
    shown = rows[(columns >= 0) & (columns <= view.width_px) & (rows >= 0)]
    return bool(len(shown) and np.median(shown) > (1 - _EDGE) * view.height_px)


def strew(kind: str, also: Sequence[str], tints: Sequence[str], counts: Sequence[int] = ()) -> Strew:
    """What builds things of one kind and of further ones; of one alone, just as it is.

    Args:
        kind: The main kind, of ``STREWN``; the asked colours are its.
        also: Others.
        tints: A colour for each of the first of those; the rest have their own.
        counts: How many of each of the first kinds, the main one before the others; 0: as many as suit the picture.
    """
    numbers = dict(zip((kind, *also), counts, strict=False))
    themes = {name: _counted(STREWN[name], numbers.get(name, 0)) for name in (kind, *also)}
    if _VASES in (kind, *also) and (flowers := next((name for name in (kind, *also) if name in FLOWERS), None)):
        return _in_vases(kind, also, tints, flowers, numbers)
    if not also:
        return sure(themes[kind])
    return _beside_each_other(themes, kind, also, tints)


def _counted(build: Strew, count: int) -> Strew:
    """What builds so many things of a kind; with 0, as many as suit the picture."""
    return build if count == 0 else lambda view, rng, colors: build(replace(view, most=count), rng, colors)


def sure(build: Strew) -> Strew:
    """What builds the same, in smaller sizes where those beside a bottle find no room: what was asked for is seen."""

    def built(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
        pieces = build(view, rng, colors)
        for ratio in _SMALLER:
            if _are_seen(pieces, view):
                break
            smaller = build_smaller(build, replace(view, kept=()), rng, colors, ratio)
            if not _found_room(pieces) or _share_seen(smaller, view) > _share_seen(pieces, view):
                pieces = smaller
        return pieces

    return built


def _are_seen(pieces: Pieces, view: View) -> bool:
    """Whether things found room, and more of them is in the picture than tips, but on platforms, which leave little."""
    return _found_room(pieces) and (bool(view.taken) or _share_seen(pieces, view) >= _LEAST_SEEN)


def _found_room(pieces: Pieces) -> bool:
    """Whether there is something of their first coat, which is what they are of."""
    return bool(pieces) and len(next(iter(pieces.values()))[0].faces) > 1


def _share_seen(pieces: Pieces, view: View) -> float:
    """The share of the picture that things cover, 0 to 1: of the faces that its edges do not cut, half is seen."""
    covered, size, frame = 0.0, (view.width_px, view.height_px), support_frame(view)
    for mesh, _ in pieces.values():
        corners = view.to_pixel(mesh.vertices @ frame[:3, :3].T + frame[:3, 3])
        inside = np.logical_and(corners >= 0, corners <= size).all(axis=-1)
        first, second, third = np.moveaxis(corners[mesh.faces[np.take(inside, mesh.faces).all(axis=1)]], 1, 0)
        across, along = second - first, third - first
        covered += float(np.abs(across[:, 0] * along[:, 1] - across[:, 1] * along[:, 0]).sum()) / 4
    return covered / (view.width_px * view.height_px)


def _in_vases(kind: str, also: Sequence[str], tints: Sequence[str], flowers: str, numbers: Mapping[str, int]) -> Strew:
    """What builds things where flowers stand in the vases that were named with them, instead of lying there."""
    names = (kind, *also)
    color = dict(zip(also, tints, strict=False))

    def build(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
        asked = {name: colors if name == kind else (color[name],) if name in color else () for name in names}

        def vases(held: View, drawn: np.random.Generator, _: tuple[str, ...]) -> Pieces:
            return filled_vases(held, drawn, asked[_VASES], flowers, asked[flowers])

        others = tuple(name for name in names if name not in (flowers, _VASES))
        themes = {name: _counted({**STREWN, _VASES: vases}[name], numbers.get(name, 0)) for name in (_VASES, *others)}
        tinted = tuple(next(iter(asked[name]), "") for name in others)
        return _beside_each_other(themes, _VASES, others, tinted)(view, rng, ())

    return build


def _beside_each_other(themes: Mapping[str, Strew], kind: str, also: Sequence[str], tints: Sequence[str]) -> Strew:
    """What builds things of several kinds; a tint of "" is none."""

    def build(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
        kept = [_rooms(view, rng) for _ in also]
        pieces: Pieces = {}
        order = sorted(enumerate((kind, *also)), key=lambda item: item[1] not in _BROAD)
        for turn, (index, name) in enumerate(order):
            later = tuple(room for rooms in kept[turn:] for room in rooms)
            held = replace(
                view,
                taken=(*view.taken, *covered(standing_on(mesh for mesh, _ in pieces.values()))),
                kept=(*view.kept, *later),
            )
            tint = tuple(filter(None, tints[index - 1 : index]))
            laid = sure(themes[name])(held, rng, tint if index else colors)
            pieces |= {f"{name}_{part}" if index else part: piece for part, piece in laid.items()}
        return pieces

    return build


def _rooms(view: View, rng: np.random.Generator) -> Rooms:
    """Rooms that the kinds before leave free for a later one."""
    radius = _ROOM * usual_size(view)
    spots = find_spots(view, [Thing(radius=radius, height=radius)] * _ROOMS, rng, _NEAR)
    return tuple((float(place[0]), float(place[2]), radius) for place in spots.values())


def standing_on(meshes: Iterable[Mesh]) -> Float64Array:
    """Points (N, 2), x and z, of the support under meshes, close enough to each other for ``covered``."""
    faces = np.concatenate([np.zeros((0, 3, 2)), *map(_feet, meshes)])
    fine = []
    for _ in range(_SPLITS):
        sides = faces - faces[:, [2, 0, 1]]
        lengths = np.sqrt(sides[..., 0] ** 2 + sides[..., 1] ** 2)
        long = np.maximum.reduce([*lengths.T]) > _FINE  # by columns: along rows of three it takes ten times as long
        fine.append(faces[~long])
        split = faces[long]
        middles = (split + split[:, [1, 2, 0]]) / 2
        corners = [np.stack([split[:, i], middles[:, i], middles[:, i - 1]], 1) for i in range(3)]
        faces = np.concatenate([middles, *corners])
    return np.concatenate([*fine, faces]).reshape(-1, 2)


def _feet(mesh: Mesh) -> Float64Array:
    """Its triangles (n, 3, 2), x and z, that come near the support."""
    height = np.minimum.reduce([*mesh.vertices[:, 1][mesh.faces].T])
    near = mesh.faces[(height > _SUPPORT[0]) & (height < _SUPPORT[1])]
    return np.asarray(mesh.vertices[:, [0, 2]][near], np.float64)


def keeping_off(view: View, meshes: Iterable[Mesh]) -> View:
    """The view, in which nothing is laid into what stands there: meshes in the support's frame."""
    return replace(view, taken=(*view.taken, *covered(standing_on(meshes))))


def covered(points: Float64Array) -> Iterator[tuple[float, float, float]]:
    """The support under points (N, 2), x and z, as ``View.taken``."""
    cells = np.round(points / _CELL).astype(np.int64)
    for key in np.unique((cells[:, 0] << 32) + cells[:, 1] + (1 << 31)).tolist():
        column, row = key >> 32, (key & 0xFFFFFFFF) - (1 << 31)
        yield float(column * _CELL), float(row * _CELL), _COVERS
