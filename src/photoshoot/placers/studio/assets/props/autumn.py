"""Pumpkins and fallen leaves: a harvest table, and Halloween with its lanterns and dark leaves."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.instancing import Palette, copies, crowd, dyed, gather, own, sheen
from photoshoot.placers.studio.assets.props.meshes.produce import pumpkin_face
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import maple_leaf, pumpkin, pumpkin_stem
from photoshoot.placers.studio.scene.bsdfs import area_emitter, diffuse

_SKINS = ("#d9701c", "#c95a17", "#e08a2e", "#e9d3ab")
_MAPLE = ("#b5361a", "#cf5a1e", "#d98a24", "#8f2416")
_KINDS = 6
_FLAME = (3.3, 1.15, 0.17)


def autumn(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Small pumpkins in a few oranges, and fallen maple leaves in reds and golds; the colours are the leaves'."""
    radii = _radii(view, rng)
    spots = _heaps(view, radii, rng)
    parts = _pumpkins(spots, radii, Palette(colors=_SKINS), rng)
    taken = [(place, float(radii[index])) for index, place in spots.items()]
    leaves = Palette(colors=own(colors, *_MAPLE), tip=-0.03)
    litter = maple_litter(view, rng, leaves, taken, 34)
    return gather([*parts, *litter], _coats(Palette(colors=_SKINS), leaves))


def halloween(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Pumpkins in the asked colours, some of them carved and lit from within, among dark leaves."""
    skins = Palette(colors=own(colors, "#d8661a", "#c4551a", "#2a2328"))
    leaves = Palette(colors=("#2b2226", "#4a2a1e", "#17151a"))
    radii = _radii(view, rng)
    spots = _heaps(view, radii, rng)
    parts = _pumpkins(spots, radii, skins, rng, carved=3)
    taken = [(place, float(radii[index])) for index, place in spots.items()]
    return gather([*parts, *maple_litter(view, rng, leaves, taken, 26)], _coats(skins, leaves))


def _coats(skins: Palette, leaves: Palette) -> dict[str, dict[str, object]]:
    stems = Palette(colors=("#6b5a32",))
    return {
        "pumpkins": sheen(skins.albedo(), 0.3, 0.06),
        "stems": diffuse(stems.albedo()),
        "leaves": sheen(leaves.albedo(), 0.4),
        "faces": area_emitter(np.array(_FLAME), 0.5),
    }


def _radii(view: View, rng: np.random.Generator) -> Float64Array:
    base = rng.permutation([0.52, 0.46, 0.38, 0.32, 0.26, 0.22])
    more = rng.uniform(0.18, 0.40, crowd(view, 1) - 1)
    return np.concatenate([np.sort(base)[::-1], more]) * min(1.0, 0.55 + 0.12 * view.half_width)


def _heaps(view: View, radii: Float64Array, rng: np.random.Generator) -> dict[int, Float64Array]:
    things = [Thing(radius=float(r), height=1.5 * float(r)) for r in radii]
    return find_spots(view, things, rng, Patch(back=-1.4, front=0.35, gap=0.08, spread=0.55))


def _pumpkins(
    spots: dict[int, Float64Array], radii: Float64Array, skins: Palette, rng: np.random.Generator, carved: int = 0
) -> list[tuple[str, Mesh]]:
    """Bodies and stems; the first ``carved`` look at the camera with a face cut in."""
    parts: list[tuple[str, Mesh]] = []
    kinds, dyes = rng.integers(_KINDS, size=len(radii)), skins.draw(rng, len(radii))
    turns = rng.uniform(0, 360, len(radii))
    for index, place in spots.items():
        kind, radius = int(kinds[index]), float(radii[index])
        body, stem = _pumpkin(kind)
        turn = float(turns[index]) if index >= carved else float(turns[index] / 9 - 20)
        parts.append(("pumpkins", dyed(body, int(dyes[index]), skins).scaled(radius).turned(turn).moved(*place)))
        parts.append(("stems", dyed(stem, 1, Palette(colors=("#6b5a32",))).scaled(radius).turned(turn).moved(*place)))
        if index < carved:
            parts.append(("faces", _face(kind).scaled(radius).turned(turn).moved(*place)))
    return parts


@lru_cache(maxsize=_KINDS)
def _pumpkin(kind: int) -> tuple[Mesh, Mesh]:
    """Body and stem of one of six pumpkins of radius 1."""
    squash = 0.62 + 0.03 * kind
    return pumpkin(1.0, ribs=9 + kind % 3, squash=squash, seed=kind), pumpkin_stem(1.0, squash=squash, seed=kind)


@lru_cache(maxsize=_KINDS)
def _face(kind: int) -> Mesh:
    return pumpkin_face(_pumpkin(kind)[0], seed=kind)


def maple_litter(
    view: View, rng: np.random.Generator, palette: Palette, taken: Taken, count: int
) -> list[tuple[str, Mesh]]:
    """Fallen maple leaves that lie flat or lean on what is near."""
    total = crowd(view, count)
    sizes = rng.uniform(0.34, 0.60, total)
    flat = [Thing(radius=0.58 * float(size), height=0.36 * float(size), core=0.42) for size in sizes]
    bodies = [(place, 0.8 * radius) for place, radius in taken]
    spots = find_spots(view, flat, rng, Patch(back=-1.6, front=1.5, gap=0.03, spread=1.0, before=0.1), bodies)
    kinds, dyes = rng.integers(8, size=total), palette.draw(rng, total)
    turns = np.stack([rng.uniform(0, 360, total), rng.uniform(-90, -66, total), rng.uniform(0, 360, total)], 1)
    lift = rng.uniform(-0.012, 0.006, total)
    parts = []
    for kind in range(8):
        mine = [index for index in spots if kinds[index] == kind]
        if mine:
            places = np.array([spots[index] for index in mine])
            leaves = copies(
                _maple(kind), places, sizes[mine], turns[mine], lift=lift[mine], columns=dyes[mine], palette=palette
            )
            parts.append(("leaves", leaves))
    return parts


@lru_cache(maxsize=8)
def _maple(number: int) -> Mesh:
    """One of eight leaves of unit size about the origin; making one takes longer than laying a dozen."""
    return maple_leaf(1.0, curl=0.12 + 0.03 * number, seed=number).moved(0, -0.28)
