"""What lies between rocks: sand, pebbles, moss, soil, or bare rock."""

from dataclasses import dataclass, replace

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.instancing import blades, copies, random_turns
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import pebble
from photoshoot.placers.studio.geometry.terrain import Terrain, plane_noise
from photoshoot.placers.studio.landscape.boulders import Slab
from photoshoot.placers.studio.landscape.grid import ground_mesh
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.placers.studio.textures.soil import moss, rock, sand, soil

COVER_REPEATS = {"rock": 0.4, "sand": 0.55, "pebbles": 0.5, "moss": 0.45, "soil": 0.5}
_RELIEF = {"rock": 0.007, "sand": 0.006, "pebbles": 0.01, "moss": 0.012, "soil": 0.012}
_TEXTURES = {"rock": rock, "sand": sand, "pebbles": soil, "moss": moss, "soil": soil}
_SHADES = 16  # of pebbles, in a strip


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Ground to lay."""

    kind: str
    """``rock``, ``sand``, ``pebbles``, ``moss`` or ``soil``."""
    color: str
    """Mean colour of the ground, ``#rrggbb``."""
    slab: Slab
    """The rock in its middle; nothing is strewn under it."""


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
    texture: Texture = _TEXTURES[cover.kind](cover.color, int(rng.integers(3)))
    tiling = Tiling.drawn(COVER_REPEATS[cover.kind], rng, float(rng.uniform(0, 360)))
    material = textured(texture, tiling, "matte", _RELIEF[cover.kind])
    shapes: dict[str, object] = {"ground": to_shape(ground_mesh(view, terrain, back, 0.3), bsdf=material)}
    if cover.kind == "moss":
        shapes["fibres"] = to_shape(_fibres(cover, view, terrain, rng), bsdf=diffuse(bitmap(moss_tips(cover.color))))
    else:
        count, sizes = {"pebbles": (620, (0.05, 0.13)), "sand": (70, (0.012, 0.06))}.get(
            cover.kind, (260, (0.012, 0.07))
        )
        stones = pebbles_on(cover, view, terrain, rng, count, sizes)
        shapes["pebbles"] = to_shape(stones, bsdf=diffuse(bitmap(pebble_shades(cover.color))))
    return shapes


def pebbles_on(
    cover: Cover, view: View, terrain: Terrain, rng: np.random.Generator, count: int, sizes: tuple[float, float]
) -> Mesh:
    """Small stones of many shades on the ground, half sunk; texture coordinates choose the shade in a strip."""
    return pebbles_at(scattered(cover, view, rng, count), sizes, terrain, rng)


def pebbles_at(spots: Float64Array, sizes: tuple[float, float], terrain: Terrain, rng: np.random.Generator) -> Mesh:
    """As ``pebbles_on``, at places (k, 2), x and z."""
    size = np.exp(rng.uniform(np.log(sizes[0]), np.log(sizes[1]), len(spots)))
    points = np.stack([spots[:, 0], terrain(spots[:, 0], spots[:, 1]) + 0.3 * size, spots[:, 1]], 1)
    frames = random_turns(len(spots), rng, 25) * size[:, None, None]
    shade = (rng.integers(0, _SHADES, len(spots)) + 0.5) / _SHADES
    fine = (spots[:, 1] > 0.0) & (size > 0.08)
    parts = []
    for kind in range(4):
        for detail, part in ((2, fine), (1, ~fine)):
            chosen = part & (np.arange(len(spots)) % 4 == kind)
            if chosen.any():
                stone = _plain_uv(pebble(kind, detail=detail))
                shifts = np.stack([shade[chosen], 0 * shade[chosen]], 1)
                parts.append(copies(stone, frames[chosen], points[chosen], shifts))
    return merged(parts)


def scattered(cover: Cover, view: View, rng: np.random.Generator, count: int) -> Float64Array:
    """About ``count`` places (k, 2), x and z, on the ground in sight, evenly over the picture."""
    rows = rng.uniform(0.0, 1.0, count)
    far, near = -4.0, float(view.floor_z(view.height_px * 1.02))
    near = min(near, 3.0)
    z = view.distance - 1 / (rows / (view.distance - near) + (1 - rows) / (view.distance - far))
    x = rng.uniform(-1.05, 1.05, count) * view.half_width * (view.distance - z) / view.distance
    return np.stack([x, z], 1)[~cover.slab.covers(x, z, 0.97)]


def _fibres(cover: Cover, view: View, terrain: Terrain, rng: np.random.Generator) -> Mesh:
    spots = scattered(cover, view, rng, 16000)
    roots = np.stack([spots[:, 0], terrain(spots[:, 0], spots[:, 1]) - 0.005, spots[:, 1]], 1)
    lengths = rng.uniform(0.025, 0.065, len(spots))
    return blades(roots, lengths, rng.normal(0, 0.5, (len(spots), 2)), 0.28, steps=1)


def _plain_uv(mesh: Mesh) -> Mesh:
    uv = mesh.vertices[:, [0, 1]] * np.array([0.2 / _SHADES, 0.4], np.float32)
    return replace(mesh, uv=uv)


def pebble_shades(color: str) -> Float32Array:
    """A strip of 16 shades round a colour, mottled down its length."""
    rng = np.random.default_rng(5)
    tone = np.exp(rng.normal(0, 0.32, (1, _SHADES, 1))) * (1 + rng.normal(0, 0.025, (1, _SHADES, 3)))
    albedo = np.repeat(hex_to_linear(color) * tone, 12, axis=1)
    grain = 1 + 0.12 * rng.standard_normal((128, albedo.shape[1], 1))
    return np.asarray(np.clip(albedo * grain, 0, 0.9), np.float32)


def moss_tips(color: str) -> Float32Array:
    """Moss from the tip down: paler, then dark; each fibre a little different."""
    rng = np.random.default_rng(6)
    tone = np.exp(rng.normal(0, 0.25, (1, 256, 1)))
    fall = np.linspace(1.35, 0.45, 8)[:, None, None]
    return np.asarray(np.clip(hex_to_linear(color) * tone * fall, 0, 0.9), np.float32)
