"""Quiet things: stones, crystals, pearls, shells."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    ball,
    copies,
    crowd,
    gather,
    named,
    occupied,
    own,
    settled,
    sheen,
    sized,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.shore import crystals as crystal_cluster
from photoshoot.placers.studio.assets.props.meshes.shore import scallop, spiral_shell, starfish
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Thing, find_spots, fit_spots
from photoshoot.placers.studio.assets.props.rest import at_rest, rotations
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.rocks import boulder, box_mapped
from photoshoot.placers.studio.scene.bsdfs import Tiling, plastic, textured
from photoshoot.placers.studio.textures.procedural import stone

_FIRST_STONE, _BEDDED, _STONE_REPEATS = 40, 0.5, 0.45
"""Of the boulders, the first that is one of these; how deep it reaches, of its height; its texture's repeats a unit."""


def rocks(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Weathered stones in a few sizes; the second colour is their speckles'."""
    asked = own(colors, "#9b948a")
    radii = np.concatenate([[0.52, 0.42, 0.34, 0.27, 0.20, 0.14, 0.11], rng.uniform(0.06, 0.2, crowd(view, 8))])
    radii = radii * usual_size(view)
    spots, share = fit_spots(view, sized(radii, height=1.2), rng, Patch(back=-1.5, front=0.8, spread=0.6))
    radii = radii * share
    kinds, turns = rng.integers(5, size=len(radii)), spun(rng, len(radii))
    parts = [
        ("rocks", copies(_stone(int(kinds[index])), [place], radii[index], turns[index], lift=-0.01))
        for index, place in spots.items()
    ]
    texture = stone(asked[0], asked[1] if len(asked) > 1 else "#6f685e", 5)
    return gather(parts, {"rocks": textured(texture, Tiling.drawn(1.0, rng), "matte")})


@lru_cache(maxsize=5)
def _stone(number: int) -> Mesh:
    """A worn stone of about unit radius, flat below; its texture is stretched nowhere."""
    flat = 0.62 + 0.05 * number
    whole = boulder(number + _FIRST_STONE, detail=4, worn=0.7)
    points = whole.vertices * np.array([1.0, flat, 1.0], np.float32)
    points[:, 1] = np.maximum(points[:, 1], -_BEDDED * flat)
    return box_mapped(whole.bent(points), _STONE_REPEATS)


def crystals(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Clusters of crystals and loose points, paler towards their tips' feet."""
    palette = Palette(colors=own(colors, "#8e6bb8", "#c9a4d6", "#b58fd0"), foot=0.16, tip=-0.06)
    sizes = np.concatenate([[0.62, 0.46, 0.38, 0.30], rng.uniform(0.12, 0.24, crowd(view, 14))]) * usual_size(view)
    spots, share = fit_spots(view, sized(sizes, 0.8, 1.35), rng, Patch(back=-1.3, front=0.8, spread=0.5))
    sizes = sizes * share
    found = strewn([crystal_cluster(n) for n in range(4)], spots, sizes, palette, rng, tilt=4, lift=-0.02)
    return gather(named("crystals", found), {"crystals": sheen(palette.albedo(), 0.08, 0.26)})


def pearls(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Loose pearls of a few sizes, and many small ones where they are not counted."""
    palette = Palette(colors=own(colors, "#f3eee4", "#efe0d8"), jitter=0.015)
    scale = usual_size(view)
    further = crowd(view, 5) if view.most is None else view.most
    big = np.concatenate([[0.24, 0.19, 0.15], rng.uniform(0.10, 0.18, further)]) * scale
    found, share = fit_spots(view, sized(big), rng, Patch(back=-1.0, front=0.8, spread=0.5))
    big = big * share
    small = rng.uniform(0.035, 0.085, crowd(view, 110) if view.most is None else 0) * scale
    patch = Patch(back=-1.5, front=1.4, gap=0.02, spread=0.7, before=0.12)
    rest = find_spots(view, sized(small), rng, patch, occupied(found, big))
    meshes = strewn([ball(20)], found, big, palette, rng) + strewn([ball(9)], rest, small, palette, rng)
    return gather(named("pearls", meshes), {"pearls": plastic(palette.albedo(), 0.11, 1.75)})


def _as_it_lies(model: Mesh) -> Mesh:
    """A model, turned as it comes to rest."""
    turned = np.eye(4)
    turned[:3, :3] = rotations(at_rest(model, np.zeros((1, 3))))[0]
    return model.transformed(turned)


@lru_cache(maxsize=1)
def _shell_models() -> tuple[tuple[Mesh, ...], tuple[float, ...]]:
    """Four shells, seen from above about their middle, and the radius of each round it."""
    models = [_as_it_lies(model) for model in (scallop(), spiral_shell(), starfish(0), scallop(13))]
    middles = [0.5 * (model.vertices.min(0) + model.vertices.max(0)) for model in models]
    about = [model.moved(-x, 0, -z) for model, (x, _, z) in zip(models, middles, strict=True)]
    radii = [float(np.hypot(model.vertices[:, 0], model.vertices[:, 2]).max()) for model in about]
    return tuple(about), tuple(radii)


def shells(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Scallops, turret shells and starfish, and a few pebbles."""
    palette = Palette(colors=own(colors, "#f0dcc8", "#e9b9a0", "#f4ebdf", "#d99b7c"), foot=0.05, tip=-0.07)
    models, radii = _shell_models()
    sizes = np.concatenate([[0.60, 0.50, 0.58, 0.42], rng.uniform(0.18, 0.36, crowd(view, 14))]) * usual_size(view)
    kinds = np.where(np.arange(len(sizes)) < 4, np.arange(len(sizes)), rng.integers(4, size=len(sizes)))
    things = [Thing(radius=radii[kind] * size, height=0.6 * size) for kind, size in zip(kinds, sizes, strict=True)]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.3, front=1.0, gap=0.06, spread=0.55))
    sizes = sizes * share
    dyes, turns = palette.draw(rng, len(sizes)), settled(models, kinds, spun(rng, len(sizes), tilt=9))
    parts = [
        (
            "shells",
            copies(
                models[int(kinds[index])], [place], sizes[index], turns[index],
                lift=-0.01, columns=dyes[index : index + 1], palette=palette,
            ),
        )
        for index, place in spots.items()
    ]  # fmt: skip
    return gather(parts, {"shells": sheen(palette.albedo(), 0.3)})
