"""Ground out of doors that a product stands on: a lawn, a bank of sand. Both fall away behind, out of focus."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.placers.studio.textures.soil import sand

Covers = Callable[[Float64Array, Float64Array], BoolArray]
"""Whether places (x, z) are under something."""
Support = tuple[dict[str, object], float, float]
"""Shapes, depth of the far edge as the camera sees it, and how far that lies under the product's base."""

_LEVEL = 1.0  # how far behind the product the ground stays level
_FALL = 0.05  # how steeply it then falls away
_BUMPS, _PRESSED = 0.05, 0.1  # of a lawn's ground, and how much lower it is under a cover, through which it would show
_BLADES = 12_000  # as broad as in life beside a bottle; finer ones take many more paths
_BLADE_HEIGHT = 0.15  # as mown: between taller ones little light comes, which paths find by chance
_TILT = 0.17  # how far normals lean with their blade: each that leans as far as its blade is in a light of its own
_HUES = 16


def lawn(color: str, view: View, rng: np.random.Generator, drop: float = 0.0, covers: Covers | None = None) -> Support:
    """Short grass, so far under the product's base, but for places (x, z) under a cover; its bumps and blades vary."""
    seed = int(rng.integers(6))
    back = _edge(view, drop)
    ground = _mound(view, seed, back, bumps=_BUMPS, step=2, covers=covers)
    roots = diffuse(np.asarray(hex_to_linear(color) * 0.30, np.float32))
    albedo = diffuse(bitmap(blade_albedo(color), clamp=True))
    shapes: dict[str, object] = {
        "soil": to_shape(ground.moved(0, -drop), bsdf=roots),
        "grass": to_shape(_blades(view, seed, back, covers).moved(0, -drop), bsdf=albedo),
    }
    return shapes, back, _fall(view, np.array(back)).item() + drop


def sand_bank(color: str, view: View, rng: np.random.Generator) -> Support:
    """Fine sand with soft bumps; they and the grain vary."""
    seed = int(rng.integers(6))
    back = _edge(view)
    material = textured(sand(color, seed % 3), Tiling.drawn(0.40, rng, float(rng.uniform(0, 360))), "matte", 0.02)
    shapes: dict[str, object] = {"sand": to_shape(_mound(view, seed, back, bumps=0.15, ripples=0.011), bsdf=material)}
    return shapes, back, _fall(view, np.array(back)).item()


def _edge(view: View, drop: float = 0.0) -> float:
    """Depth where the ground, falling away, leaves the camera's sight."""
    level = -view.product_back - _LEVEL
    # the sight line that touches the ground: height over (view.distance - z) equals the slope there
    reach = view.distance - level
    return float(level - (np.sqrt(reach**2 + (view.camera_y + drop) / _FALL) - reach))


def _fall(view: View, z: npt.ArrayLike) -> Float64Array:
    """How far the ground at depth ``z`` lies under the product's base."""
    level = -view.product_back - _LEVEL
    return np.asarray(_FALL * np.maximum(level - np.asarray(z, np.float64), 0) ** 2, np.float64)


def _mound(
    view: View,
    seed: int,
    back: float,
    bumps: float,
    ripples: float = 0.0,
    step: int = 1,
    covers: Covers | None = None,
) -> Mesh:
    """The ground, pressed down under a cover; every ``step``-th of its points is enough where blades hide it."""
    x, z = (points[::-step, ::step][::-1] for points in ground_points(view, back - 3.0))
    y = _height(view, x, z, seed, bumps)
    if ripples:
        y += ripples * Footprint.of(view).clear(x, z, 0.1, 0.6) * _wind_ripples(x, z, seed)
    if covers is not None:
        y -= _PRESSED * covers(x, z)
    return relief(np.stack([x, y, z], -1), np.stack([x, z], -1))


def _height(view: View, x: Float64Array, z: Float64Array, seed: int, bumps: float) -> Float64Array:
    """Soft bumps round the product, level under it."""
    rough = Footprint.of(view).clear(x, z, 0.15, 1.2)
    return np.asarray(bumps * rough * (plane_noise(x / 1.6, z / 1.6, seed=seed, octaves=2) - 0.4) - _fall(view, z))


def _wind_ripples(x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """What wind draws in sand: waves a third of a unit long that bend, fork and fade; -1 to 1."""
    bend = plane_noise(x / 1.3, z / 1.3, seed=seed + 60, octaves=2)
    strength = smoothstep(-0.5, 0.5, plane_noise(x / 2.0, z / 2.0, seed=seed + 70))
    phase = 2 * np.pi * (z + 0.35 * x) / 0.34 + 4.2 * bend
    return np.asarray(strength * (np.sin(phase) + 0.25 * np.sin(2 * phase)), np.float64)


def _blades(view: View, seed: int, back: float, covers: Covers | None) -> Mesh:
    """Blades of grass over the ground that is seen, as one mesh; u is a blade's hue, v runs from root to tip."""
    rng = np.random.default_rng([seed, 11])
    first = max(0.8, view.distance - float(view.floor_z(view.height_px)) - 0.4)
    last = view.distance - back + 1.2
    way = first * (last / first) ** rng.uniform(size=_BLADES)  # from the camera: denser near it, where more is seen
    z = view.distance - way
    half = view.half_width * way / view.distance + 0.3
    x = rng.uniform(-1, 1, _BLADES) * half
    y = _height(view, x, z, seed, 0.05)
    area = 2 * float(half.mean()) * (last - first)
    width = 0.55 * np.sqrt(area / _BLADES) * rng.uniform(0.6, 1.2, _BLADES)
    patches = plane_noise(x / 1.1, z / 1.1, seed=seed + 40, octaves=2)
    tall = _BLADE_HEIGHT * rng.uniform(0.55, 1.15, _BLADES) * (1 + 0.3 * patches)
    tall *= np.where(rng.uniform(size=_BLADES) < 0.04, 1.6, 1.0)
    tall *= 0.45 + 0.55 * Footprint.of(view).clear(x, z, 0.0, 0.3)
    hue = np.clip(0.5 + 0.22 * patches + 0.17 * rng.standard_normal(_BLADES), 0, 1)
    free = slice(None) if covers is None else ~covers(x, z)
    return blade_mesh(np.stack([x, y, z], 1)[free], width[free], tall[free], hue[free], rng)


def blade_mesh(
    roots: Float64Array, width: Float64Array, tall: Float64Array, hue: Float64Array, rng: np.random.Generator
) -> Mesh:
    """Blades that lean and bend: two corners at the root, two at the middle, one tip."""
    count = len(roots)
    facing, lean = rng.uniform(0, 2 * np.pi, count), rng.uniform(0.15, 0.9, count)
    across = np.stack([np.cos(facing), 0 * facing, np.sin(facing)], 1)
    toward = np.stack([-np.sin(facing), 0 * facing, np.cos(facing)], 1)
    up = np.array([0.0, 1.0, 0.0])
    middle = roots + tall[:, None] * (0.55 * up + 0.22 * lean[:, None] * toward)
    tip = roots + tall[:, None] * ((1 - 0.35 * lean[:, None]) * up + 0.8 * lean[:, None] * toward)
    side = 0.5 * width[:, None] * across
    corners = np.stack([roots - side, roots + side, middle - 0.7 * side, middle + 0.7 * side, tip], 1)
    normal = up + _TILT * lean[:, None] * toward * rng.choice([-1.0, 1.0], (count, 1))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    first = 5 * np.arange(count)[:, None]
    faces = np.concatenate([first + np.array(face) for face in ((0, 1, 3), (0, 3, 2), (2, 3, 4))])
    uv = np.stack([np.repeat(hue, 5), np.tile([0.0, 0.0, 0.55, 0.55, 1.0], count)], 1)
    return Mesh.of(corners, faces, uv, np.repeat(normal, 5, axis=0))


def blade_albedo(color: str) -> Float32Array:
    """Grass from dark root (row 0) to light tip, in hues from fresh to dry; (8, 16, 3)."""
    fresh, dry = mix_hex(color, "#3f7a24", 0.20), mix_hex(color, "#d6cf86", 0.45)
    share = np.linspace(0, 1, _HUES, dtype=np.float32)[None, :, None] ** 1.6
    light = np.linspace(0.40, 1.55, 8, dtype=np.float32)[:, None, None]
    return np.asarray(np.clip(light * (fresh * (1 - share) + dry * share), 0, 0.95), np.float32)
