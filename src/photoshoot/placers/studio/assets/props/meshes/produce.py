"""Food and garden things: carved faces, coffee, eggs, blossoms, pine. Unit sizes, resting near y = 0."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.marching_squares import polygon_field, triangulate_region
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged, rotation
from photoshoot.placers.studio.geometry.organic import PUMPKIN_RINGS, leaf, petal
from photoshoot.placers.studio.geometry.solids import lathe, sphere, tube_along
from photoshoot.placers.studio.textures.procedural import smoothstep

_ROLL = 0.12  # of a petal's rim, of its length
_EYE = ((-0.50, 0.16), (-0.16, 0.16), (-0.28, 0.46))
_NOSE = ((-0.09, 0.02), (0.09, 0.02), (0.0, 0.16))
_MOUTH = (
    (-0.62, -0.04), (-0.46, -0.12), (-0.42, -0.04), (-0.32, -0.17), (-0.10, -0.20), (-0.08, -0.10), (0.08, -0.10),
    (0.10, -0.20), (0.32, -0.17), (0.42, -0.04), (0.46, -0.12), (0.62, -0.04), (0.44, -0.34), (0.24, -0.42),
    (0.20, -0.32), (0.04, -0.33), (0.0, -0.45), (-0.24, -0.42), (-0.44, -0.34),
)  # fmt: skip


def pumpkin_face(body: Mesh, *, seed: int = 0) -> Mesh:
    """A grin and eyes just over the skin of a ``pumpkin`` of radius 1, looking towards +z.

    Args:
        body: The pumpkin, as made.
        seed: Chooses the grin.
    """
    skin = body.vertices.reshape(PUMPKIN_RINGS, -1, 3).astype(np.float64)
    generator = np.random.default_rng(seed)
    stretch = generator.uniform(0.9, 1.1, 2)
    parts = []
    for outline in (_EYE, tuple((-x, y) for x, y in _EYE), _NOSE, _MOUTH):
        plan, faces = _cut(np.array(outline) * stretch)
        azimuth = (plan[:, 0] / (2 * np.pi) + 0.5) * (skin.shape[1] - 1)
        polar = (0.5 - plan[:, 1] * 1.05 / np.pi) * (PUMPKIN_RINGS - 1)
        points = np.stack(
            [ndimage.map_coordinates(skin[..., axis], [polar, azimuth], order=1) for axis in range(3)], -1
        )
        middle = np.array([0.0, skin[..., 1].mean(), 0.0])
        parts.append(Mesh(vertices=(middle + 1.006 * (points - middle)).astype(np.float32), faces=faces))
    return merged(parts).smoothed()


def _cut(outline: Float64Array) -> tuple[Float64Array, npt.NDArray[np.int32]]:
    """Triangles (x, y) of a polygon, fine enough to bend."""
    x, y = np.linspace(-0.75, 0.75, 121), np.linspace(0.6, -0.6, 97)
    flat, faces = triangulate_region(polygon_field(outline)(*np.meshgrid(x, y)))
    plan = [np.interp(flat[:, 0], np.arange(len(x)), x), np.interp(flat[:, 1], np.arange(len(y)), y)]
    return np.stack(plan, 1), faces


@lru_cache(maxsize=1)
def coffee_bean() -> Mesh:
    """A bean 1 long on its round back, its flat side with the cleft up."""
    ball = sphere(1.0, rings=12, segments=20)
    x, y, z = ball.vertices.astype(np.float64).T
    y = np.where(y > 0, y * 0.22, y * 0.62)
    cleft = np.exp(-(((z - 0.06 * np.sin(3 * x)) / 0.16) ** 2)) * np.clip(1 - x**2, 0, 1)
    y = y - 0.22 * cleft * (ball.vertices[:, 1] > 0)
    points = np.stack([0.5 * x, 0.36 * y, 0.36 * z], 1)
    points[:, 1] -= points[:, 1].min()
    shade = np.clip(1 - cleft * (ball.vertices[:, 1] > 0), 0, 1)
    return ball.bent(points).shaded(shade)


@lru_cache(maxsize=1)
def egg() -> Mesh:
    """An egg 1 long, lying along x round the origin; texture 0 to 1."""
    angle = np.linspace(0, np.pi, 33)
    radius = 0.375 * np.sin(angle) * (1 + 0.17 * np.cos(angle))
    radius[[0, -1]] = 0.0
    return lathe(np.stack([radius, 0.5 * np.cos(angle)], 1), 40).turned(90, "z")


@lru_cache(maxsize=3)
def nest(seed: int) -> Mesh:
    """A ring of straw of radius 1 on y = 0, hollow in the middle; v varies from stalk to stalk."""
    rng = np.random.default_rng(seed)
    stalks = []
    for _ in range(110):
        start, length = rng.uniform(0, 2 * np.pi), rng.uniform(0.8, 2.2)
        angle = start + np.linspace(0, length, 13)
        ring = rng.uniform(0, 2 * np.pi)
        out, up = 0.76 + 0.17 * np.cos(ring) + rng.uniform(-0.1, 0.1), 0.20 + 0.17 * np.sin(ring)
        radius = out + rng.uniform(-0.25, 0.25) * np.linspace(-0.5, 0.5, 13)
        height = np.maximum(up + rng.uniform(-0.25, 0.25) * np.linspace(-0.5, 0.5, 13), 0.02)
        path = np.stack([radius * np.cos(angle), height, radius * np.sin(angle)], 1)
        stalk = tube_along(path, rng.uniform(0.010, 0.020), sides=4)
        shade = float(rng.uniform())
        stalks.append(stalk.shaded(shade, shade))
    return merged(stalks)


@lru_cache(maxsize=4)
def small_petal(number: int) -> Mesh:
    """A light petal 1 long along x about the origin, facing +y; v runs from its foot (0) to its tip (1).

    No two are alike: rims ripple and roll outward, more on one side, or all look like stickers from above.
    """
    rng = np.random.default_rng(number)
    light = _thinned(petal(1.0, 0.72 + 0.06 * number, cup=0.22 + 0.1 * number), 17, 25, (2, 2))
    x, y, z = (axis.astype(np.float64) for axis in light.vertices.T)
    out = np.clip(np.hypot((x - 0.45) / 0.55, y / np.abs(y).max()), 0, 1)
    side, phase = rng.uniform(-0.6, 0.6), rng.uniform(0, 6)
    rolled = _ROLL * smoothstep(0.5, 1.0, out) * smoothstep(0.2, 0.8, x) * (1 + side * np.sign(y) * np.abs(y) ** 0.5)
    ripple = 0.03 * out**3 * np.sin(4 * np.arctan2(y, x - 0.45) + phase)
    z = z - rolled + ripple + rng.uniform(-0.35, 0.35) * (x - 0.5) * y
    bent = np.stack([x * (1 + 0.02 * np.sin(4 * y + phase)), y + 0.06 * side * x**2, z], -1)
    return light.bent(bent).moved(-0.5).turned(-90, "x")


@lru_cache(maxsize=2)
def small_leaf(width: float) -> Mesh:
    """A light leaf 1 long along x about the origin, facing +y; v runs from its foot to its tip."""
    return _thinned(leaf(1.0, width, curl=0.12, fold=0.25), 9, 25, (2, 3)).moved(-0.5).turned(-90, "x")


def _thinned(mesh: Mesh, rows: int, columns: int, stride: tuple[int, int]) -> Mesh:
    """Every so many rows and columns of a grid, with its u as v."""
    assert mesh.uv is not None
    points = mesh.vertices.reshape(rows, columns, 3)[:: stride[0], :: stride[1]]
    along = mesh.uv.reshape(rows, columns, 2)[:: stride[0], :: stride[1], 0]
    return grid(points, np.stack([0 * along, along], -1))


@lru_cache(maxsize=2)
def marigold(seed: int) -> Mesh:
    """A ruffled blossom of radius 1 on y = 0; v runs from the petals' feet to their tips."""
    rng = np.random.default_rng(seed)
    one = _thinned(petal(1.0, 0.9, cup=0.5, notch=0.15), 17, 25, (4, 6)).turned(-90, "x")
    parts = []
    for layer, (count, tilt, size) in enumerate(
        ((15, 8, 1.0), (14, 28, 0.92), (12, 46, 0.8), (9, 62, 0.66), (6, 78, 0.5))
    ):
        for index in range(count):
            angle = 360 * (index + 0.5 * (layer % 2)) / count + rng.uniform(-9, 9)
            turn = rotation(angle) @ rotation(tilt + rng.uniform(-9, 9), "z") @ rotation(rng.uniform(-25, 25), "x")
            parts.append(one.scaled(size * rng.uniform(0.85, 1.05)).transformed(turn).moved(0, 0.10 + 0.05 * layer))
    return merged(parts)


@lru_cache(maxsize=4)
def pine_twig(seed: int) -> Mesh:
    """A sprig of pine 1.2 long along x about the origin, with side shoots; v runs from the wood to the tips."""
    rng = np.random.default_rng(seed)
    parts = [_shoot(1.0, rng)]
    for share in (0.22, 0.36, 0.5, 0.64):
        side = 1 if len(parts) % 2 else -1
        turn = rotation(side * rng.uniform(32, 50)) @ rotation(rng.uniform(0, 8), "z")
        parts.append(_shoot(0.62 * (1 - 0.55 * share), rng).transformed(turn).moved(share))
    return merged(parts).moved(-0.55)


def _shoot(length: float, rng: np.random.Generator) -> Mesh:
    along = np.linspace(0, length, 8)
    stem = tube_along(np.stack([along, 0 * along, 0.03 * np.sin(3 * along)], 1), 0.011, sides=5).shaded(0.0)
    count = int(230 * length)
    foot = np.stack([rng.uniform(0.08, 1.0, count) * length, np.zeros(count), np.zeros(count)], 1)
    foot[:, 2] = 0.03 * np.sin(3 * foot[:, 0])
    around, lean = rng.uniform(0, 2 * np.pi, count), rng.uniform(0.5, 0.95, count)
    way = np.stack([np.cos(lean), np.sin(lean) * np.cos(around) * 0.8, np.sin(lean) * np.sin(around)], 1)
    reach = rng.uniform(0.15, 0.24, count)[:, None] * (1 - 0.35 * foot[:, :1] / length)
    side = np.cross(way, rng.normal(size=(count, 3)))
    side *= 0.0085 / np.linalg.norm(side, axis=1, keepdims=True)
    corners = np.stack([foot - side, foot + side, foot + way * reach], 1)
    shade = np.tile([[0.0, 0.3], [0.0, 0.3], [0.0, 1.0]], (count, 1))
    needles = Mesh.of(corners, np.arange(3 * count, dtype=np.int32), shade).smoothed()
    return merged([stem, needles])


@lru_cache(maxsize=1)
def pine_cone() -> Mesh:
    """A cone 1 long, standing on its foot at y = 0; v runs from the scales' feet to their tips."""
    across, along = np.meshgrid(np.linspace(-1, 1, 5), np.linspace(0, 1, 4))
    width = 0.5 * np.sin(np.pi * (0.25 + 0.55 * along))
    points = np.stack([along, 0.25 * along**2 - 0.12 * across**2 * along, across * width], -1)
    uv = np.stack([0 * along, along], -1)
    scale = merged([grid(points, uv), grid(points[:, ::-1] + [0, -0.05, 0], uv[:, ::-1])])
    parts = [sphere(1.0, rings=10, segments=14).scaled(0.16, 0.44, 0.16).moved(0, 0.46).shaded(0.0)]
    for index in range(84):
        share = index / 84
        girth = 0.34 * np.sin(np.pi * (0.14 + 0.80 * share)) ** 0.8
        turn = rotation(137.5 * index) @ rotation(-8 + 62 * share, "z")
        parts.append(
            scale.scaled(girth, girth, 0.30 * (1 - 0.55 * share)).transformed(turn).moved(0, 0.06 + 0.80 * share)
        )
    return merged(parts)
