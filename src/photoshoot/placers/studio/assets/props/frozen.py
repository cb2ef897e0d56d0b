"""Ice, cubes that begin to melt and the drops that they leave, drops of water, and bubbles of soap."""

from functools import lru_cache

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.lab_glass import CLEAR
from photoshoot.placers.studio.assets.props.instancing import (
    crowd,
    gather,
    named,
    occupied,
    own,
    sized,
    spun,
    usual_size,
)
from photoshoot.placers.studio.assets.props.instancing import laid as laid_at
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, plastic, rgb
from photoshoot.placers.studio.textures.gradients import mix_hex

_SQUARE = 7.0  # exponent of the superellipsoid: 2 is a ball, 20 a sharp cube
_DENT = 0.07  # how far a face has melted in, of half a side
_MELTED = 0.035  # height of the bumps, of half a side
_PALE = 0.6  # of white in what dyes light that goes through two sides
_CLOUDY, _DROP_CLOUDY = 0.13, 0.4  # share of the light that white haze in a cube scatters, and what drops gather
_AIRBORNE_CLOUDY = 0.06  # of drops in the air, which shade no ground
_DROP_HEIGHT = 0.3  # of its radius
_BEAD, _SUNK_BEAD = 0.52, 0.25  # height of a drop of its radius, and how far its ball would reach under the surface
_FROM_ABOVE = 0.6  # size of drops that are seen from above, where all of each is
_FILM = ("#ffb3de", "#ffe8a7", "#abf4d6", "#acccff", "#e3b8ff")  # in the order of a soap film's thickness
_FILM_IOR = 1.9  # denser than soap: each mirrors enough to be seen on white
ICE_MODELS = 4
"""How many shapes cubes of ice have."""


def ice(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Cubes of ice that begin to melt, and drops of water round them; a colour tints the ice."""
    sizes = np.concatenate([[0.30, 0.27, 0.29, 0.25], rng.uniform(0.19, 0.28, crowd(view, 7))])
    patch = Patch(back=-1.1, front=0.8, gap=0.05, spread=0.42)
    scale = usual_size(view)
    spots, share = fit_spots(view, sized(scale * sizes, 1.3, 2.0), rng, patch)
    scale *= share
    sizes = sizes * scale
    kinds, turns = rng.integers(ICE_MODELS, size=len(sizes)), spun(rng, len(sizes), tilt=9, roll=9)
    cubes = laid_at([ice_cube(number) for number in range(ICE_MODELS)], spots, sizes, turns, kinds=kinds, lift=-0.004)
    small = rng.uniform(0.03, 0.09, crowd(view, 26)) * scale
    near = Patch(back=-1.2, front=1.0, gap=0.015, spread=0.6)
    wet = find_spots(view, sized(small, height=_DROP_HEIGHT), rng, near, occupied(spots, 1.1 * sizes))
    drops = laid_at([_drop(10, _DROP_HEIGHT)], wet, small, spun(rng, len(small)), lift=-0.002)
    return gather(named("ice", cubes) + named("drops", drops), ice_coats(colors))


def ice_coats(colors: tuple[str, ...], *, in_air: bool = False) -> dict[str, Entry]:
    """Materials of ``ice`` and of the ``drops`` round it, tinted by the first colour; in the air drops are clear."""
    tint = own(colors, "#eef6fb")[0]
    return {"ice": _ice(tint, _CLOUDY), "drops": _ice(tint, _AIRBORNE_CLOUDY if in_air else _DROP_CLOUDY)}


def drops(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Drops of water on what repels it: a few large ones, many small, and fine spray between them."""
    tint = own(colors, "#ffffff")[0]
    scale = usual_size(view) * (_FROM_ABOVE if view.lying else 1.0)
    big = np.concatenate([[0.15, 0.13, 0.12], rng.uniform(0.07, 0.13, crowd(view, 34))]) * scale
    found = find_spots(
        view, sized(big, height=_BEAD), rng, Patch(back=-1.6, front=1.5, gap=0.02, spread=0.9, before=0.1)
    )
    small = rng.uniform(0.015, 0.06, crowd(view, 300)) * scale
    near = Patch(back=-2.0, front=1.8, gap=0.006, spread=1.0, before=0.1)
    rest = find_spots(view, sized(small, height=_BEAD), rng, near, occupied(found, big))
    meshes = laid_at([_drop(14, _BEAD, _SUNK_BEAD)], found, big, spun(rng, len(big)), lift=-0.002)
    meshes += laid_at([_drop(6, _BEAD, _SUNK_BEAD)], rest, small, spun(rng, len(small)), lift=-0.001)
    return gather(named("drops", meshes), {"drops": _water(tint)})


def bubbles(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Bubbles of soap that rest beside the product in heaps, and some that float there; a colour tints their film."""
    scale = usual_size(view)
    big = np.concatenate([[0.36, 0.3, 0.25], rng.uniform(0.13, 0.3, crowd(view, 12))]) * scale
    rise = np.where(np.arange(len(big)) % 3 == 2, rng.uniform(0.5, 2.6, len(big)), 0.0) * (not view.lying) * scale
    things = [Thing(radius=r, height=h + 2 * r, core=0.9) for r, h in zip(big, rise, strict=True)]
    found = find_spots(view, things, rng, Patch(back=-1.5, front=0.7, gap=0.05, spread=0.5))
    small = rng.uniform(0.03, 0.11, crowd(view, 120)) * scale
    near = Patch(back=-1.6, front=1.1, gap=0.02, spread=0.55, before=0.08)
    below = {index: place for index, place in found.items() if not rise[index]}
    rest = find_spots(view, sized(small, core=0.8), rng, near, occupied(below, big, 0.9))
    films = laid_at([_film(22)], found, big, spun(rng, len(big), 180, 180), lift=rise)
    films += laid_at([_film(12)], rest, small, spun(rng, len(small), 180, 180), lift=-0.15 * small)
    return gather(named("films", films), {"films": _soap(colors)})


def _soap(colors: tuple[str, ...]) -> Entry:
    """A film that mirrors in the colours of its thickness, which runs down it, or in those that were asked for."""
    hues = np.stack([hex_to_linear(color) for color in own(colors, *_FILM)])
    bands = np.concatenate([hues, hues, hues[:1]])
    rows = np.linspace(0, len(bands) - 1, 48)
    ramp = np.stack([np.interp(rows, np.arange(len(bands)), channel) for channel in bands.T], 1)
    film = bitmap(np.repeat(ramp[:, None], 2, 1).astype(np.float32), clamp=True)
    return {**CLEAR, "int_ior": _FILM_IOR, "specular_reflectance": film}


@lru_cache(maxsize=2)
def _film(rings: int) -> Mesh:
    """A ball of radius 1 round the origin; v, the thickness of its film, wavers as it runs down."""
    ball = sphere(1.0, rings=rings, segments=2 * rings)
    x, y, z = ball.vertices.astype(np.float64).T
    swirl = 0.07 * np.sin(3 * x + 2 * z) + 0.05 * np.sin(5 * z - 2 * y)
    return ball.shaded(np.clip(0.5 + 0.42 * y + swirl, 0.01, 0.99))


def _water(tint: str) -> Entry:
    """Thin water, which bends nothing: what bends light shades the ground under it, and is grey and full of noise."""
    return {**CLEAR, "specular_transmittance": rgb(tint)}


def _ice(tint: str, cloudy: float) -> Entry:
    """Ice of its own refraction, with white haze in it."""
    side = rgb(mix_hex(tint, "#ffffff", _PALE) ** 0.5)
    clear: Entry = {"type": "dielectric", "int_ior": 1.31, "specular_transmittance": side}
    return {"type": "blendbsdf", "weight": cloudy, "a": clear, "b": plastic(tint, 0.08)["bsdf"]}


@lru_cache(maxsize=ICE_MODELS)
def ice_cube(number: int) -> Mesh:
    """A cube with half a side of about 1 round the origin, its edges and faces melted."""
    ball = sphere(1.0, rings=30, segments=60)
    out = ball.vertices.astype(np.float64)
    points = out / (np.abs(out) ** _SQUARE).sum(1, keepdims=True) ** (1 / _SQUARE)
    middle = np.prod(1 - np.minimum(np.abs(points), 1) ** 2 * (np.abs(out) < np.abs(out).max(1, keepdims=True)), axis=1)
    shrunk = 1 - _DENT * middle + _MELTED * sphere_noise(out, 70 + number)
    stretch = np.random.default_rng(number).uniform(0.88, 1.08, 3)
    return ball.bent(points * shrunk[:, None] * stretch)


@lru_cache(maxsize=3)
def _drop(rings: int, height: float, sunk: float = 0.0) -> Mesh:
    """A drop of water of radius 1 that lies on y = 0, so high; its ball reaches ``sunk`` under that."""
    ball = sphere(1.0, rings=rings, segments=2 * rings)
    points = ball.vertices.astype(np.float64)
    points[:, 1] = np.maximum(height * (points[:, 1] + sunk) / (1 + sunk), 0)
    return ball.bent(points)
