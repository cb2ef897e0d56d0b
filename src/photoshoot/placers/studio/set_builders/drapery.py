"""Cloth that hangs in folds behind the product and runs out flat under it."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.beside import Ground, beside
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.geometry.terrain import slow_waves
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, diffuse, sheen_cloth, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import woven
from photoshoot.placers.studio.textures.gradients import velvet_albedo
from photoshoot.placers.studio.textures.procedural import linen, smoothstep
from photoshoot.sets.drapery import Drapery

_BACK_Z = -2.6
_RADIUS = 0.9
_COLUMNS = 40  # a world unit: folds are broad, and shaded smooth
_ROWS = (16, 26, 160)  # of the hanging part, the bend and the lying part
_HUNG_ROWS = 40  # of a curtain
_WEAVE = 0.7  # of plain linen, a world unit
_LEANS = 0.6  # of how far a steep side of velvet's folds turns away: all of it, and they would be pale
_ALL_HANGS = 1.5  # how far over the bend a length of cloth is that knows nothing of it


@dataclass(frozen=True, kw_only=True)
class Fall:
    """How a cloth falls."""

    folds: float
    """Folds a world unit."""
    depth: float
    """Depth of the folds, world units."""
    flow: float
    """How far the folds run and wander on the floor, 0 to 1."""
    roundness: float
    """How round the valleys between hanging folds are, 0 (creased) to 1."""
    ridge: float
    """How narrow the ridges of the lying part are: a power, 1 a wave."""


_FALLS = {
    "silk": Fall(folds=1.2, depth=0.28, flow=1.0, roundness=0.12, ridge=1.5),
    "velvet": Fall(folds=0.95, depth=0.42, flow=0.7, roundness=0.12, ridge=1.4),
    "linen": Fall(folds=1.1, depth=0.24, flow=0.5, roundness=0.1, ridge=1.4),
}


def build_drapery(design: Drapery, view: View, rng: np.random.Generator) -> SetParts:
    """The cloth's folds and the light vary."""
    light = vary(design.light, rng)
    points, uv, base = _cloth(view, _FALLS[design.cloth], rng)
    cloth = _hang(points, uv, base, (design.cloth, design.color), rng, (design, view))
    lights = build_lights(light, view, Rig(target=(0.0, 0.5, -1.0), back_z=-1.2))
    laid = beside(design, view, rng, ground=_ground(points))
    return SetParts(shapes={"cloth": cloth, **lights, **laid}, exposure=albedo_exposure(light, 0.86))


def curtain(cloth: str, color: str, view: View, z: float, rng: np.random.Generator) -> object:
    """Cloth that hangs in folds all over the picture at depth ``z``, from above it to below."""
    half, top, bottom = view.half_width_at(z) + 1.5, view.top_at(z) + 0.6, min(-6.0, view.bottom_at(z) - 1.0)
    across = np.linspace(-half, half, int(np.clip(2 * half * _COLUMNS, 120, 370)))
    x, y = np.meshgrid(across, np.linspace(top, bottom, _HUNG_ROWS))
    height = _folds(x, y - top - _ALL_HANGS, _FALLS[cloth], rng)
    points, uv = np.stack([x, y, z + height], -1), np.stack([x, -y], -1)
    return _hang(points, uv, np.array([[0.0, 0.0, 1.0]]), (cloth, color), rng)


def _hang(
    points: Float64Array,
    uv: Float64Array,
    base: Float64Array,
    cloth: tuple[str, str],
    rng: np.random.Generator,
    patterned: tuple[Drapery, View] | None = None,
) -> object:
    """A cloth through points (rows, columns, 3).

    Args:
        points: Of its folds.
        uv: Where they lie on the cloth, world units (rows, columns, 2).
        base: The normal that each row, or all, would have without folds (rows or 1, 3).
        cloth: What it is, and its colour.
        rng: Lays a weave.
        patterned: Whose pattern a weave has, and the camera; None: it has none.
    """
    kind, color = cloth
    if kind != "velvet":
        return to_shape(grid(points, uv), bsdf=_material(kind, color, rng, patterned))
    mesh = grid(points)
    assert mesh.normals is not None
    normals = mesh.normals.reshape(points.shape)
    facing = 1 - _LEANS * (1 - np.clip((normals * base[:, None]).sum(-1), 0, 1))
    return to_shape(mesh, bsdf=diffuse(bitmap(velvet_albedo(color, facing), clamp=True)))


def _material(cloth: str, color: str, rng: np.random.Generator, patterned: tuple[Drapery, View] | None) -> Entry:
    if cloth == "silk":
        return sheen_cloth(color, 0.36, 0.23)
    seed = int(rng.integers(4))
    if patterned is None:
        return textured(linen(color, seed), Tiling.drawn(_WEAVE, rng), "matte")
    design, view = patterned
    texture, repeats = woven(design, color, view, _WEAVE, seed)
    return textured(texture, Tiling.drawn(repeats, rng), "matte")


def _ground(points: Float64Array) -> Ground:
    """The lying part of a cloth; its rows and columns are evenly apart."""
    lying = points[-_ROWS[-1] :]
    x, z = lying[0, :, 0], lying[:, 0, 2]

    def height(at_x: Float64Array, at_z: Float64Array) -> Float64Array:
        column, row = (np.interp(at, axis, np.arange(len(axis))) for at, axis in ((at_x, x), (at_z, z)))
        return np.asarray(map_coordinates(lying[..., 1], [row, column], order=1), np.float64)

    return height


def _cloth(view: View, fall: Fall, rng: np.random.Generator) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Points (rows, columns, 3), where they lie on the cloth (the same, 2), and normals without folds (rows, 3)."""
    half = view.half_width_at(_BACK_Z) + 1.5
    across = np.linspace(-half, half, int(np.clip(2 * half * _COLUMNS, 120, 370)))
    down, profile, normal = _profile(view)
    x, along = np.meshgrid(across, down)
    height = _folds(x, along, fall, rng) * _calm(view, x, profile[:, 1][:, None])
    points = np.empty((*x.shape, 3))
    points[..., 0] = x
    points[..., 1] = profile[:, :1] + height * normal[:, :1]
    points[..., 2] = profile[:, 1:] + height * normal[:, 1:]
    return points, np.stack([x, along], -1), np.pad(normal, [(0, 0), (1, 0)])


def _profile(view: View) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Arc length (negative on the hanging part), (y, z) and normal (y, z) down the cloth."""
    top = view.top_at(_BACK_Z) + 0.6
    hanging, bent, lying = _ROWS
    wall = np.linspace(top, _RADIUS, hanging, endpoint=False)
    angle = np.linspace(0, np.pi / 2, bent, endpoint=False)
    floor = np.linspace(_BACK_Z + _RADIUS, view.distance - 2.5, lying)
    y = np.concatenate([wall, _RADIUS * (1 - np.sin(angle)), np.zeros(lying)])
    z = np.concatenate([np.full(hanging, _BACK_Z), _BACK_Z + _RADIUS * (1 - np.cos(angle)), floor])
    turn = np.concatenate([np.zeros(hanging), angle, np.full(lying, np.pi / 2)])
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(y), np.diff(z)))])
    foot = length[hanging + bent]
    return length - foot, np.stack([y, z], 1), np.stack([np.sin(turn), np.cos(turn)], 1)


def _folds(x: Float64Array, along: Float64Array, fall: Fall, rng: np.random.Generator) -> Float64Array:
    """Height of the folds: close pipes where the cloth hangs, lone ridges that wander and end where it lies."""
    lies = smoothstep(-1.3, 1.5, along).astype(np.float64)
    slant = float(rng.choice((-1, 1)) * rng.uniform(0.35, 0.75))
    drift = lies * (along + 1.3) * slant * fall.flow
    at = x + drift + (0.1 + 0.16 * lies * fall.flow) * slow_waves(x, along, (1.1, 0.9), rng)
    phase = fall.folds * (at + 0.2 * slow_waves(at, np.zeros_like(at), (1.8, 0.0), rng))
    swell = 0.68 + 0.32 * np.tanh(1.4 * slow_waves(at, along, (1.5, 0.45), rng))
    hanging = _pipes(phase, fall.roundness + 0.5 * lies)
    lying = (0.5 - 0.5 * np.cos(2 * np.pi * phase)) ** fall.ridge
    ends = smoothstep(-0.5, 0.9, slow_waves(at, along, (1.3, 1.5), rng)).astype(np.float64)
    body = (1 - lies) * hanging + 0.85 * lies * lying * (0.4 + 0.6 * ends)
    small = _pipes(2.37 * phase + 0.5 * slow_waves(x, along, (1.3, 1.1), rng), 0.35 + 0.4 * lies)
    creases = slow_waves(x, along, (5.0, 4.0), rng)
    return np.asarray(fall.depth * (body * swell + 0.16 * small * swell + 0.035 * creases), np.float64)


def _pipes(phase: Float64Array, roundness: Float64Array) -> Float64Array:
    """Folds side by side, one a unit of ``phase``, 0 to 1 high; how round the valleys between them are."""
    height = np.sqrt(np.sin(np.pi * phase) ** 2 + roundness**2) - roundness
    return np.asarray(height / (np.sqrt(1 + roundness**2) - roundness), np.float64)


def _calm(view: View, x: Float64Array, z: Float64Array) -> Float64Array:
    """0 where the product stands and in front of it, 1 away from it."""
    reach = view.product_half_width + 0.35
    distance = np.hypot(np.maximum(np.abs(x - view.product_x) - reach + 0.9, 0) / 0.9, (z + 0.05) / 0.8)
    return np.asarray(0.008 + 0.992 * smoothstep(0.7, 1.7, distance), np.float64)
