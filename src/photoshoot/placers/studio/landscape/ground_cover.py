"""What lies between rocks: sand, pebbles, moss, soil, or bare rock."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import blades, copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import pebble
from photoshoot.placers.studio.geometry.terrain import Terrain, plane_noise
from photoshoot.placers.studio.landscape.boulders import Slab, wetted
from photoshoot.placers.studio.landscape.grid import ground_mesh, places_in_sight
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, finished, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import Texture, noise
from photoshoot.placers.studio.textures.soil import moss, rock, sand, soil

COVER_REPEATS = {"rock": 0.4, "sand": 0.55, "pebbles": 0.5, "moss": 0.45, "soil": 0.5}
_RELIEF = {"rock": 0.007, "sand": 0.006, "pebbles": 0.01, "moss": 0.012, "soil": 0.012}
_TEXTURES = {"rock": rock, "sand": sand, "pebbles": soil, "moss": moss, "soil": soil}
_SHADES = 16  # of pebbles, in a strip
_SHADE_PX, _ROWS_PX = 64, 128  # the strip's columns of a shade, and its rows
_BRIGHTEST = 0.72  # of a stone paler than its ground: in the sun, more is burnt
_WARMER = np.array([0.05, 0.0, -0.06])  # deviation of their warmth: no stone is greener or pinker than its ground
_TOUCHING = 0.84  # of the sum of two stones' radii, as near as they come: they are not as deep as wide


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Ground to lay."""

    kind: str
    """``rock``, ``sand``, ``pebbles``, ``moss`` or ``soil``."""
    color: str
    """Mean colour of the ground, ``#rrggbb``."""
    slab: Slab
    """The rock in its middle; nothing is strewn under it."""
    wet: bool = False
    """Whether it is darker and its stones shine."""


def make_terrain(kind: str, level: float, seed: int) -> Terrain:
    """The ground's shape round height ``level``."""
    broad, octaves, rough = {
        "rock": (0.10, 5, 0.6),
        "sand": (0.035, 2, 0.35),
        "pebbles": (0.03, 2, 0.4),
        "moss": (0.08, 4, 0.55),
        "soil": (0.06, 6, 0.62),
    }[kind]

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        return level + broad * (plane_noise(x * 0.9, z * 0.9, seed=seed, octaves=octaves, gain=rough) - 0.9)

    return height


def cover_ground(
    cover: Cover, view: View, terrain: Terrain, rng: np.random.Generator, *, back: float
) -> dict[str, object]:
    """The ground from depth ``back`` to behind the camera, and what is strewn on it."""
    color = wetted(cover.color, wet=cover.wet)
    texture: Texture = _TEXTURES[cover.kind](color, int(rng.integers(3)))
    tiling = Tiling.drawn(COVER_REPEATS[cover.kind], rng, float(rng.uniform(0, 360)))
    material = textured(texture, tiling, "matte", _RELIEF[cover.kind])
    shapes: dict[str, object] = {"ground": to_shape(ground_mesh(view, terrain, back, 0.3), bsdf=material)}
    if cover.kind == "moss":
        shapes["fibres"] = to_shape(_fibres(cover, view, terrain, rng), bsdf=diffuse(bitmap(moss_tips(color))))
    else:
        count, sizes = {"pebbles": (1500, (0.04, 0.13)), "sand": (70, (0.012, 0.06))}.get(
            cover.kind, (260, (0.012, 0.07))
        )
        stones = pebbles_on(cover, view, terrain, rng, count, sizes)
        shapes["pebbles"] = to_shape(stones, bsdf=pebble_material(cover.color, wet=cover.wet))
    return shapes


def pebbles_on(
    cover: Cover, view: View, terrain: Terrain, rng: np.random.Generator, count: int, sizes: tuple[float, float]
) -> Mesh:
    """Small stones of many shades on the ground, half sunk; texture coordinates choose the shade in a strip."""
    return pebbles_at(scattered(cover, view, rng, count), sizes, terrain, rng)


def pebbles_at(spots: Float64Array, sizes: tuple[float, float], terrain: Terrain, rng: np.random.Generator) -> Mesh:
    """As ``pebbles_on``, at places (k, 2), x and z, or fewer: a stone that would cut into a larger one is left out."""
    size = np.sort(np.exp(rng.uniform(np.log(sizes[0]), np.log(sizes[1]), len(spots))))[::-1]
    free = _apart(spots, size)
    spots, size = spots[free], size[free]
    points = np.stack([spots[:, 0], terrain(spots[:, 0], spots[:, 1]) + 0.3 * size, spots[:, 1]], 1)
    frames = random_turns(len(spots), rng, 25) * size[:, None, None]
    shade = np.stack([(rng.integers(0, _SHADES, len(spots)) + 0.5) / _SHADES, rng.uniform(size=len(spots))], 1)
    fine = (spots[:, 1] > 0.0) & (size > 0.08)
    parts = []
    for kind in range(4):
        for detail, part in ((2, fine), (1, ~fine)):
            chosen = part & (np.arange(len(spots)) % 4 == kind)
            if chosen.any():
                parts.append(
                    copies(_mottled(pebble(kind, detail=detail)), frames[chosen], points[chosen], shade[chosen])
                )
    return merged(parts)


def _apart(spots: Float64Array, size: Float64Array) -> npt.NDArray[np.intp]:
    """Which of the places (k, 2) to take: no stone cuts far into one before it; ``size`` (k,) are their radii."""
    x, z, reach = np.empty((3, len(spots)))
    taken: list[int] = []
    for index, (across, deep, radius) in enumerate(np.column_stack([spots, _TOUCHING * size]).tolist()):
        count = len(taken)
        beside, behind, apart = x[:count] - across, z[:count] - deep, reach[:count] + radius
        if (beside * beside + behind * behind > apart * apart).all():
            x[count], z[count], reach[count] = across, deep, radius
            taken.append(index)
    return np.array(taken, np.intp)


def scattered(cover: Cover, view: View, rng: np.random.Generator, count: int) -> Float64Array:
    """About ``count`` places (k, 2), x and z, on the ground in sight, evenly over the picture."""
    near = min(float(view.floor_z(view.height_px * 1.02)), 3.0)
    x, z = places_in_sight(view, rng.uniform(0.0, 1.0, count), near, -4.0, rng)
    return np.stack([x, z], 1)[~cover.slab.covers(x, z, 0.97)]


def _fibres(cover: Cover, view: View, terrain: Terrain, rng: np.random.Generator) -> Mesh:
    spots = scattered(cover, view, rng, 16000)
    roots = np.stack([spots[:, 0], terrain(spots[:, 0], spots[:, 1]) - 0.005, spots[:, 1]], 1)
    lengths = rng.uniform(0.025, 0.065, len(spots))
    return blades(roots, lengths, rng.normal(0, 0.5, (len(spots), 2)), 0.28, steps=1)


def _mottled(mesh: Mesh) -> Mesh:
    """A stone whose texture coordinates are of a patch in the middle of a shade, seen aslant: nothing rings it."""
    x, y, z = mesh.vertices.T
    uv = np.stack([x - 0.3 * y, z - 0.6 * y], 1) * (0.3 * np.array([1 / _SHADES, _SHADE_PX / _ROWS_PX]))
    return replace(mesh, uv=uv.astype(np.float32))


def pebble_material(color: str, *, wet: bool = False) -> Entry:
    """Small stones of many shades round a colour, which shine where they are wet."""
    return finished(bitmap(pebble_shades(wetted(color, wet=wet))), "semigloss" if wet else "matte")


def pebble_shades(color: str) -> Float32Array:
    """A strip of 16 shades round a colour, mottled and speckled, periodic down its length."""
    rng, base = np.random.default_rng(5), hex_to_linear(color)
    tone = np.exp(rng.normal(0, 0.32, (1, _SHADES, 1))) * (1 + rng.normal(0, 1, (1, _SHADES, 1)) * _WARMER)
    stone = base * tone
    stone = stone * np.minimum(1.0, max(_BRIGHTEST, base.max()) / stone.max(-1, keepdims=True))
    return np.asarray(np.clip(np.repeat(stone, _SHADE_PX, axis=1) * _grain()[..., None], 0, 0.9), np.float32)


@lru_cache(maxsize=1)
def _grain() -> Float32Array:
    """What stones are mottled and speckled with, round 1, over the strip (rows, columns) of their shades."""
    shape = (_ROWS_PX, _SHADES * _SHADE_PX)
    square = (1.0, shape[1] / shape[0])
    speckles = np.minimum(noise(shape, seed=7, exponent=1.0, lowest=12, stretch=square), 1.5)
    mottles = noise(shape, seed=5, exponent=2.6, lowest=3, stretch=square)
    return np.asarray(1 + 0.09 * mottles + 0.07 * speckles, np.float32)


def moss_tips(color: str) -> Float32Array:
    """Moss from the tip down: paler, then dark; each fibre a little different."""
    rng = np.random.default_rng(6)
    tone = np.exp(rng.normal(0, 0.25, (1, 256, 1)))
    fall = np.linspace(1.35, 0.45, 8)[:, None, None]
    return np.asarray(np.clip(hex_to_linear(color) * tone * fall, 0, 0.9), np.float32)
