"""Bread: round loaves, long loaves and slices, crust and crumb. Unit sizes, resting on y = 0."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear, hex_to_oklab, oklab_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import loft, sphere
from photoshoot.placers.studio.geometry.terrain import plane_noise, space_noise

_SLASHES = (-0.42, -0.02, 0.38)  # of a round loaf: how far off its middle
_LONG, _GIRTH = 1.3, 0.25  # of a long loaf: half its length, and its radius
_CRUST = 0.45  # v of plain crust: over it is flour and what the blade laid open, under it what is burnt
_SLICE = (0.5, 0.44, 0.13)  # half its width, half its depth and its thickness
_CRUMB_PX = 192
_RAMP, _FLOUR = 41, "#ecdcba"


@lru_cache(maxsize=3)
def round_loaf(number: int) -> Mesh:
    """A round loaf of radius 1 with three cuts over its top; v runs from burnt crust (0) to crumb and flour (1)."""
    ball = sphere(1.0, rings=84, segments=168)
    way = ball.vertices.astype(np.float64)
    points = way * (1 + 0.035 * sphere_noise(way, number))[:, None]
    points[:, 1] = np.maximum(0.66 * points[:, 1], -0.2)
    x, z = points[:, 0] + 0.07 * points[:, 2], points[:, 2]
    open_, lip = np.zeros(len(points)), np.zeros(len(points))
    for place in _SLASHES:
        off = z - place - 0.10 * np.cos(1.7 * x)
        along = np.clip(1 - (np.abs(x) / (0.9 * np.sqrt(1 - place**2) - 0.16)) ** 4, 0, 1) * (points[:, 1] > 0)
        open_ = np.maximum(open_, along * np.exp(-((off / 0.075) ** 4)))
        lip = np.maximum(lip, along * np.exp(-(((off + 0.11) / 0.04) ** 2)))
    points += way * (0.045 * lip - 0.03 * open_)[:, None]
    points[:, 1] -= points[:, 1].min()
    dust = space_noise(way * 9, seed=70 + number, octaves=2) + space_noise(way * 2.5, seed=80 + number)
    flour = np.clip(0.55 * dust, 0, 1) * np.clip(1.6 * way[:, 1] + 0.35, 0, 1)
    shade = _CRUST + 0.09 * sphere_noise(way * 1.6, 20 + number) + 0.4 * flour - 0.1 * (1 - way[:, 1])
    shade = np.where(open_ > 0.05, shade + (0.95 - shade) * open_, shade - 0.38 * lip)
    return ball.bent(points).shaded(np.clip(shade, 0.02, 0.98))


@lru_cache(maxsize=2)
def long_loaf(number: int) -> Mesh:
    """A baguette along x with slanting cuts; v as of a round loaf."""
    along, turn = np.linspace(-1, 1, 150), np.linspace(0, 2 * np.pi, 57)
    girth = _GIRTH * np.clip(1 - np.abs(along) ** 3.2, 0.002, 1) ** 0.5
    bow = 0.05 * np.cos(1.4 * along + number)
    up, side = np.sin(turn), np.cos(turn)
    x = _LONG * along[:, None] + 0 * turn
    y, z = 0.86 * girth[:, None] * up, girth[:, None] * side + bow[:, None]
    phase = np.mod(2.35 * along[:, None] + 0.9 * side + 0.3 * number, 1.0)
    top = np.clip(1.6 * (up - 0.35), 0, 1) * np.clip(1.25 * (0.92 - np.abs(along)) / 0.2, 0, 1)[:, None]
    open_ = top * np.exp(-(((phase - 0.5) / 0.19) ** 4))
    lip = top * np.exp(-(((phase - 0.27) / 0.06) ** 2))
    swell = 1 + 0.12 * lip - 0.05 * open_
    y, z = y * swell, (z - bow[:, None]) * swell + bow[:, None]
    noise = plane_noise(x * 2.4, turn * np.ones_like(x), seed=90 + number, octaves=3)
    shade = _CRUST + 0.16 * noise - 0.14 * (1 - np.clip(up, -1, 1)) * 0.5 - 0.34 * lip
    shade = shade + (0.9 - shade) * open_
    points = np.stack([x, np.maximum(y, -0.72 * _GIRTH), z], -1)
    points[..., 1] -= points[..., 1].min()
    return loft(points[:, ::-1], capped=False, uv=np.stack([0 * shade, np.clip(shade, 0.02, 0.98)], -1)[:, ::-1])


@lru_cache(maxsize=1)
def slice_of_bread() -> tuple[Mesh, Mesh]:
    """A slice that lies on y = 0: its crumb, which faces +y with a picture of its own, and its crust."""
    wide, deep, thick = _SLICE
    turn = np.linspace(0, 2 * np.pi, 73)
    reach = (np.abs(np.cos(turn)) ** 3.4 + np.abs(np.sin(turn)) ** 3.4) ** (-1 / 3.4)
    reach *= 1 + 0.09 * np.clip(np.sin(turn), 0, 1) ** 2  # it rose on one side
    x, z = wide * reach * np.cos(turn), -deep * reach * np.sin(turn)
    shares = np.linspace(0.003, 0.975, 12)[:, None]
    flat = np.stack([shares * x, thick - 0.006 + 0 * shares * x, shares * z], -1)
    uv = np.stack([0.5 + 0.42 * flat[..., 0] / wide, 0.5 + 0.42 * flat[..., 2] / deep], -1)
    rims = [(0.97, thick - 0.012), (0.985, thick), (1.0, thick - 0.03), (1.0, 0.03), (0.97, 0.0)]
    side = np.stack([np.stack([share * x, height + 0 * x, share * z], -1) for share, height in rims])
    return grid(flat[::-1], uv[::-1]), grid(side[::-1]).shaded(0.25)


@lru_cache(maxsize=8)
def crust_albedo(colors: tuple[str, ...]) -> Float32Array:
    """The colours of crust along v, (41, 3 a colour, 3), linear: burnt at 0, as asked at 0.45, flour and crumb at 1."""
    share = np.interp(np.linspace(0, 1, _RAMP), [0, _CRUST, 1], [-1, 0, 1])[:, None]
    columns = []
    for color, step in ((color, step) for color in colors for step in (-0.02, 0.0, 0.02)):
        plain = hex_to_oklab(color) + np.array([step, 0, 0])
        burnt = plain * [0.55, 0.75, 0.75]
        columns.append(plain + np.where(share < 0, -share * (burnt - plain), share * (hex_to_oklab(_FLOUR) - plain)))
    return np.asarray(np.clip(oklab_to_linear(np.stack(columns, 1)), 0.004, 0.95), np.float32)


@lru_cache(maxsize=4)
def crumb_albedo(color: str) -> Float32Array:
    """What a slice shows, (192, 192, 3), linear: pale crumb with holes of many sizes, darker within."""
    y, x = (np.mgrid[0:_CRUMB_PX, 0:_CRUMB_PX] + 0.5) / _CRUMB_PX
    rng = np.random.default_rng(11)
    tone: Float64Array = 1 + 0.05 * plane_noise(x * 14, y * 14, seed=31, octaves=2)
    for radius in np.concatenate([rng.uniform(0.012, 0.03, 90), rng.uniform(0.03, 0.06, 16)]):
        cx, cy, turn = rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0, np.pi)
        across = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
        along = (y - cy) * np.cos(turn) - (x - cx) * np.sin(turn)
        away = np.hypot(across, 1.7 * along) / radius
        tone -= 0.3 * np.clip(1.15 - away, 0, 1) * np.clip(2.2 - (y - cy) / radius, 0.6, 1.4)
    lit: Float64Array = np.clip(tone, 0.3, 1.1)
    return np.asarray((hex_to_linear(color) * lit[..., None]).clip(0.01, 0.95), np.float32)
