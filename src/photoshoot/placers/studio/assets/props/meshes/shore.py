"""Things from the beach and the ground: shells, starfish, crystals, snow. Unit sizes, near y = 0."""

from functools import lru_cache

import numpy as np
from scipy import ndimage

from photoshoot.placers.studio.assets.props.meshes.festive import cushion
from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid, merged, rotation
from photoshoot.placers.studio.geometry.solids import sphere

_TIP_DOWN_DEG = -14.0  # a shell lies on its last whorl and its tip
_WHORLS = 9
_LINED, _LINING = 0.07, 0.86
"""How deep a shell is seen into, as a share of its way up, and its inside's width, of its outside's."""


@lru_cache(maxsize=2)
def scallop(ribs: int = 17) -> Mesh:
    """A scallop shell about 2 wide, its hinge towards +z, hollow side down; v runs from the hinge to the rim."""
    angle, share = np.linspace(-1.28, 1.28, ribs * 6 + 1), np.linspace(0, 1, 22)[:, None]
    rib = 0.5 + 0.5 * np.cos(angle / 1.28 * np.pi * ribs)
    reach = share * (1.72 - 0.42 * (angle / 1.28) ** 2 + 0.05 * rib)
    dome = (
        0.55
        * np.sin(np.pi * np.clip(0.08 + 0.92 * share, 0, 1) ** 0.75) ** 0.8
        * np.sqrt(np.maximum(1 - (angle / 1.28) ** 2, 0))
    )
    height = dome + 0.055 * share * rib * (1 - 0.4 * share)
    points = np.stack([reach * np.sin(angle), height, 0.85 - reach * np.cos(angle)], -1)
    bands = share + 0.05 * np.sin(share * 40) * share
    uv = np.stack(np.broadcast_arrays(0 * share, np.clip(bands, 0, 1) + 0 * angle), -1)
    ear_x, ear_z = np.meshgrid(np.linspace(-0.42, 0.42, 7), np.linspace(0.62, 0.90, 4))
    ear = np.stack([ear_x, 0.12 - 0.35 * np.abs(ear_x) * (ear_z - 0.55), ear_z], -1)
    return merged([drop_degenerate(grid(points[::-1], uv[::-1])), grid(ear)])


@lru_cache(maxsize=2)
def spiral_shell() -> Mesh:
    """A turret shell 2 long along x, lying on y = 0, ribbed, with a flared mouth; v varies along its whorls."""
    outside = np.linspace(0, 1, 24 * _WHORLS)
    along = np.concatenate([np.linspace(_LINED, 0, 12), outside])[:, None]  # from deep in the mouth out over its lip
    thick = np.concatenate([np.full(12, _LINING), np.ones(len(outside))])[:, None]
    around = np.linspace(0, 2 * np.pi, 25)
    grow, mouth = np.exp(-2.3 * along), np.exp(-((along / 0.03) ** 2))
    winding = 2 * np.pi * _WHORLS * along
    ribs = 1 + (1 - mouth) * (0.022 * np.cos(8 * around) + 0.014 * np.cos(11 * winding))
    tube_radius, path_radius = 0.25 * grow * thick * ribs * (1 + 0.12 * mouth), 0.25 * grow * (1 + 0.05 * mouth)
    out = path_radius + tube_radius * np.cos(around)
    x = -1.0 + 2.12 * (1 - grow) - 0.1 + tube_radius * np.sin(around) * (1.3 + 0.25 * mouth)
    points = np.stack([x, out * np.cos(winding), out * np.sin(winding)], -1)
    stripe = 0.5 + 0.3 * np.sin(winding * 2.0 + 2 * np.sin(around)) + 0.2 * np.sin(7 * winding)
    mesh = grid(points, np.stack([0 * stripe, stripe], -1)).turned(_TIP_DOWN_DEG, "z")
    return mesh.moved(0, -float(mesh.vertices[:, 1].min()))


@lru_cache(maxsize=2)
def starfish(seed: int) -> Mesh:
    """A starfish of radius 1 on y = 0 with bumps along its arms."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 140, endpoint=False)
    arm = 0.5 + 0.5 * np.cos(5 * angle)
    radius = 0.30 + 0.62 * arm**2.2 + 0.08 * arm
    radius *= 1 + 0.05 * np.interp(angle, np.linspace(0, 2 * np.pi, 11), rng.normal(size=11), period=2 * np.pi)
    body = cushion(np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1), 0.24, rings=15)
    points = body.vertices.astype(np.float64)
    around, out = np.arctan2(points[:, 1], points[:, 0]), np.hypot(points[:, 0], points[:, 1])
    ridge = np.cos(5 * around) ** 8 * (np.cos(5 * around) > 0)
    bumps = 0.035 * np.maximum(np.sin(34 * out), 0) * ridge + 0.012 * np.sin(23 * points[:, 0]) * np.sin(
        23 * points[:, 1]
    )
    points[:, 2] = np.where(points[:, 2] > 0, points[:, 2] + bumps * (points[:, 2] > 0.02), 0.15 * points[:, 2])
    mesh = body.bent(points).turned(-90, "x")
    return mesh.moved(0, -float(mesh.vertices[:, 1].min()))


@lru_cache(maxsize=4)
def crystals(seed: int = 0) -> Mesh:
    """A cluster of six-sided crystals about 1 in radius that grows from y = 0; flat faces, v runs up each crystal."""
    rng = np.random.default_rng(seed)
    parts = []
    for index in range(13):
        out = 0.0 if index == 0 else rng.uniform(0.12, 0.46)
        angle = 137.5 * index
        length = (1.35 if index == 0 else rng.uniform(0.5, 1.15)) * (1 - 0.35 * out)
        turn = rotation(angle) @ rotation(out * 105 + rng.uniform(-6, 6), "x") @ rotation(rng.uniform(0, 60))
        spike = _spike(length, rng.uniform(0.12, 0.22), rng).transformed(turn)
        side = np.radians(angle)
        parts.append(spike.moved(out * np.sin(side), -0.10, out * np.cos(side)))
    return merged(parts)


def _spike(length: float, radius: float, rng: np.random.Generator) -> Mesh:
    angle = np.linspace(0, 2 * np.pi, 7)[:-1]
    shoulder = length - radius * rng.uniform(1.0, 1.9, 6)
    ring = np.stack([radius * np.sin(angle), 0 * angle, radius * np.cos(angle)], 1)
    upper = ring * [0.94, 1, 0.94] + np.stack([0 * angle, shoulder, 0 * angle], 1)
    tip = np.array([rng.uniform(-0.3, 0.3) * radius, length, rng.uniform(-0.3, 0.3) * radius])
    triangles = []
    for k in range(6):
        n = (k + 1) % 6
        triangles += [(ring[k], ring[n], upper[n]), (ring[k], upper[n], upper[k]), (upper[k], upper[n], tip)]
    corners = np.array(triangles)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    uv = np.stack([0 * corners[..., 1], corners[..., 1] / length], -1)
    return Mesh.of(corners, np.arange(3 * len(corners), dtype=np.int32), uv, np.repeat(normals, 3, axis=0))


@lru_cache(maxsize=4)
def snow_mound(seed: int) -> Mesh:
    """A drift of snow of radius 1 that runs out into y = 0, about 0.4 high."""
    rng = np.random.default_rng(seed)
    angle, share = np.linspace(0, 2 * np.pi, 73), np.linspace(1, 0, 26)[:, None]
    edge = 1 + 0.16 * sum(np.sin(k * angle + rng.uniform(0, 6)) / k for k in (1, 2, 3))
    noise = ndimage.gaussian_filter(rng.normal(size=(48, 48)), 2.4, mode="wrap")
    plan = np.stack([share * edge * np.sin(angle), share * edge * np.cos(angle)])
    lumps = ndimage.map_coordinates(noise / noise.std(), 24 + 15 * plan, order=1, mode="wrap")
    height = 0.40 * np.exp(-((share / 0.62) ** 2.5)) * (1 + 0.14 * lumps) - 0.012 + 0.012 * (1 - share)
    height[-1] = height[-1].mean()
    points = np.stack([share * edge * np.cos(angle), height, -share * edge * np.sin(angle)], -1)
    return drop_degenerate(grid(points[::-1]))


@lru_cache(maxsize=3)
def snowball(seed: int) -> Mesh:
    """A ball of packed snow of radius 1 round the origin."""
    ball = sphere(1.0, rings=30, segments=48)
    relief = np.random.default_rng(seed).normal(size=(31, 49))
    relief[:, -1] = relief[:, 0]
    broad, fine = (ndimage.gaussian_filter(relief, sigma, mode="wrap") for sigma in (3.0, 0.8))
    points = ball.vertices * (1 + 0.35 * broad + 0.022 * fine).reshape(-1, 1)
    return ball.bent(points)
